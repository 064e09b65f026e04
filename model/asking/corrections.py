"""The user's own labels, kept in a local file in the scenarios' format."""

import csv
import io
import os
from datetime import date
from pathlib import Path
from uuid import uuid4

from model.data import COLUMNS, OWN
from model.errors import DataError
from model.tables import MAX_FIELD
from model.types import Label

CORRECTIONS = Path(__file__).parents[2] / "data" / "corrections.csv"


def keep_correction(
    path: Path, notes: str, label: Label, as_of: date | None, interview_date: date | None
) -> None:
    """Append a labelled note to `path`, once; only its owner can read that.

    Raises `DataError` where it cannot be written.
    """
    row = {
        "notes": notes,
        "as_of": as_of.isoformat() if as_of else "",
        "interview_date": interview_date.isoformat() if interview_date else "",
        "label": label,
        "voice": OWN,
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab+") as stream:
            stream.seek(0)
            kept = stream.read().decode(errors="replace")
            if _holds(kept, row):
                return
            if not kept:
                writer.writeheader()
            elif not kept.endswith("\n"):  # edited by hand
                text.write("\n")
            writer.writerow(row | {"id": f"own-{uuid4().hex[:8]}"})
            stream.write(text.getvalue().encode())
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror})") from None


def _holds(table: str, row: dict[str, str]) -> bool:
    csv.field_size_limit(MAX_FIELD)
    kept = csv.DictReader(io.StringIO(table, newline=""))
    return any(row.items() <= each.items() for each in kept)
