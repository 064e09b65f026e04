"""Scored rows of an upload: what "Batch" shows and hands back. No Streamlit in here."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from model.asking.query import Query
from model.batch import ADDED, Options, day_in_cell, day_of_reading, score_chunk
from model.batch.formats import make_format
from model.errors import DataError
from model.judging.classifier import CALL_THRESHOLD
from model.tables import Row, Table

if TYPE_CHECKING:
    from model.judging.advisor import Advisor

MAX_ROWS = 20_000
AT_ONCE = 50
"""Rows between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The columns of the input and its scored rows; `schema` is that of a Parquet file."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    schema: Any = None


Report = Callable[[float, str], Any]


def score_table(table: Table, options: Options, advisor: "Advisor", report: Report) -> Scored:
    """Score a table as score.py does, telling `report` the share done, and it in words.

    Raises `DataError` for a broken, empty or too long table.
    """
    rows = list(islice(table.rows, MAX_ROWS + 1))
    if not rows:
        raise DataError("The table has no rows.")
    if len(rows) > MAX_ROWS:
        raise DataError(
            f"more than {MAX_ROWS:,} rows: too many for the page; run: python score.py FILE"
        )
    scored: list[Row] = []
    started = time.monotonic()
    while len(scored) < len(rows):
        scored += score_chunk(rows[len(scored) : len(scored) + AT_ONCE], options, advisor)
        report(*_progress(len(scored), len(rows), time.monotonic() - started))
    return Scored(table.columns, tuple(scored), table.schema)


def _progress(done: int, total: int, seconds: float) -> tuple[float, str]:
    left = seconds * (total - done) / done
    return done / total, f"{done:,} of {total:,} rows, about {left:.0f} s left"


def query_of(row: Row, options: Options) -> Query:
    """What was asked in a row that could be scored."""
    as_of, met = (day_in_cell(row.get(name)) for name in ("as_of", "interview_date"))
    return Query(
        str(row[options.notes_column]), day_of_reading(as_of, met, options), met, options.policy
    )


def count_undated(scored: Scored, options: Options) -> Counter[date | None]:
    """How many scored rows without `as_of` are read on which day; None: by their words alone."""
    undated = (r for r in scored.rows if not r["error"] and day_in_cell(r.get("as_of")) is None)
    return Counter(query_of(row, options).as_of for row in undated)


def _is_call(row: Row) -> bool:
    return bool(row["prediction"] == "call")


def _is_wait(row: Row) -> bool:
    return bool(row["prediction"] == "wait")


def _is_unsure(row: Row) -> bool:
    return bool(row["confident"] == "false")


def _is_error(row: Row) -> bool:
    return bool(row["error"])


FILTERS: dict[str, Callable[[Row], bool]] = {
    "All": bool,
    "Call": _is_call,
    "Wait": _is_wait,
    "Unsure": _is_unsure,
    "Errors": _is_error,
}


def pick_rows(scored: Scored, shown: str, *, by_doubt: bool) -> list[int]:
    """The numbers of the rows of a filter, in order, or the most doubtful first."""
    keep = FILTERS[shown]
    numbers = [number for number, row in enumerate(scored.rows) if keep(row)]
    return (
        sorted(numbers, key=lambda number: _sureness(scored.rows[number])) if by_doubt else numbers
    )


def _sureness(row: Row) -> tuple[bool, float]:
    """What is surest comes last; a row that could not be scored first of all."""
    if _is_error(row):
        return False, 0.0
    return True, abs(float(row["call_probability"]) - CALL_THRESHOLD)


def count_decisions(scored: Scored) -> Iterator[tuple[str, str, int]]:
    """For the chart: what, its style, and how many rows."""
    sure = [row for row in scored.rows if row["confident"] == "true"]
    for side in ("call", "wait"):
        yield side.capitalize(), side, sum(row["prediction"] == side for row in sure)
    for side in ("call", "wait"):
        count = sum(row["prediction"] == side for row in scored.rows if _is_unsure(row))
        yield f"{side.capitalize()}, unsure", f"{side} unsure", count
    yield "Error", "error", sum(map(_is_error, scored.rows))


def to_csv(scored: Scored) -> bytes:
    """The rows as score.py writes them: no cell runs as a formula."""
    return _encode(scored, ".csv")


def to_parquet(scored: Scored) -> bytes:
    """The rows as Parquet."""
    return _encode(scored, ".parquet")


def _encode(scored: Scored, suffix: str) -> bytes:
    output_format = make_format(scored.columns, ADDED, suffix, raw=False, schema=scored.schema)
    return output_format.encode_whole(scored.rows)
