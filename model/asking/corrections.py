"""The user's own labels, kept in a local file in the scenarios' format."""

import csv
import io
import tempfile
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from threading import Lock
from uuid import uuid4

from model.data import COLUMNS, OWN, read_rows
from model.errors import DataError
from model.types import Label

CORRECTIONS = Path(__file__).parents[2] / "data" / "corrections.csv"
_one_at_a_time = Lock()
"""The sessions of a page are threads of one process; each replaces the whole file."""


def keep_correction(
    path: Path, notes: str, label: Label, as_of: date | None, interview_date: date | None
) -> None:
    """Keep a labelled note in `path`, once: the last label counts; only its owner can read that.

    Raises `DataError`, and changes nothing, where the file is no table or cannot be written.
    """
    asked = {
        "notes": io.StringIO(notes, newline=None).read(),  # with the line ends that are read again
        "as_of": as_of.isoformat() if as_of else "",
        "interview_date": interview_date.isoformat() if interview_date else "",
    }
    try:
        with _one_at_a_time:
            _write(path, _labelled(_read(path), asked, label))
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror})") from None


def _labelled(
    rows: list[dict[str, str]], asked: dict[str, str], label: Label
) -> list[dict[str, str]]:
    """The rows with the label for what was asked: where it stands, else in a row of its own."""
    kept = [row for row in rows if all((row.get(name) or "") == asked[name] for name in asked)]
    for row in kept:
        row["label"] = label
    if kept:
        return rows
    return [*rows, asked | {"id": f"own-{uuid4().hex[:8]}", "label": label, "voice": OWN}]


def _read(path: Path) -> list[dict[str, str]]:
    if not (path.exists() and path.stat().st_size):
        return []
    rows = list(read_rows(path))
    for line, row in rows:
        if None in row:
            raise DataError(f"{path}: line {line}: more cells than the header has columns; mend it")
    return [row for _, row in rows]


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """Replace the table as a whole; it gets the columns that it lacks, and keeps its own."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(chain(COLUMNS, *rows))), restval="")
    writer.writeheader()
    writer.writerows(rows)
    with tempfile.TemporaryDirectory(prefix=path.name, dir=path.parent) as folder:
        fresh = Path(folder, path.name)
        fresh.touch(mode=0o600)
        fresh.write_bytes(text.getvalue().encode())
        fresh.replace(path)
