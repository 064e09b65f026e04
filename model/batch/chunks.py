"""Scoring tables of notes: rows in, the same rows out in order, with the advice in new columns.

Rows travel in chunks, each small enough for memory however long its notes; a worker turns a chunk
into the bytes that stand for it in the output, so that what is sent back is small and the one
process that writes has little to do. `local` and `cluster` are the engines.
"""

import gc
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from model import load
from model.batch.formats import Format
from model.errors import quote
from model.judging.advisor import Advisor, Given
from model.portions import in_portions
from model.reading.wordings import make_nlp
from model.store import TRAINED, check_unchanged
from model.tables import Row, Table
from model.types import Advice, Policy, parse_day, usable_day

ADDED = (
    "prediction", "call_probability", "confident", "window_end", "days_since_interview",
    "call_from", "matched_phrases", "error",
)  # fmt: skip
DAY_COLUMNS = "as_of", "interview_date"
"""Columns of an input that need not be there."""
MAX_NOTES = 1_000_000
MAX_CHUNK = 4_000_000
"""Characters of notes after which a chunk is full, however few rows it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How rows are to be scored.

    `model`: its folder; None: `model/trained`. `as_of`: the day of reading for rows without one.
    `today`: where it is not given, that of rows with an interview behind them; fixed at the start,
    so that a run over midnight or resumed on another day gives one result. `fast`: without the
    language model. `model_sha256`: of the model that all rows are to be scored by; empty: by
    whichever is there.
    """

    model: Path | None = None
    notes_column: str = "notes"
    as_of: date | None = None
    policy: Policy = Policy()  # noqa: RUF009 - frozen
    today: date = field(default_factory=date.today)
    fast: bool = False
    model_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A scored chunk as it stands in the output, its rows, and how many could not be scored."""

    data: bytes
    rows: int
    failed: int


class Pending(Protocol):
    """A chunk that is being scored."""

    def result(self) -> ScoredChunk:
        """Wait for it."""


def warnings_of(table: Table) -> list[str]:
    """For the user: what is not as a table of notes might be meant, a line each."""
    said = table.warning, _say_replaced(table.columns), _say_misnamed(table.columns)
    return list(filter(None, said))


def _say_misnamed(columns: Sequence[str]) -> str:
    """The columns that are not read as days for their names; empty where none is."""
    near = {name: re.sub(r"[\W_]+", "_", name.strip().lower()) for name in columns}
    found = ", ".join(
        f"{quote(name)} (rename it to {meant})"
        for name, meant in near.items()
        if meant in DAY_COLUMNS and meant not in columns
    )
    return found and f"not read: {found}"


def _say_replaced(columns: Sequence[str]) -> str:
    """The columns of an input that give way to added ones; empty where none does."""
    replaced = ", ".join(name for name in columns if name in ADDED)
    return replaced and f"replaced in the output: {replaced}; rename what you want to keep"


def make_chunks(rows: Iterable[Row], options: Options, size: int) -> Iterator[list[Row]]:
    """Rows in chunks of `size`, fewer where the notes are long."""

    def length(row: Row) -> int:
        return len(str(row[options.notes_column]))

    return in_portions(rows, len_of=length, most=size, characters=MAX_CHUNK)


def in_order(
    submit: Callable[[list[Row]], Pending], chunks: Iterable[list[Row]], ahead: int
) -> Iterator[ScoredChunk]:
    """The chunks scored, in order; never more than `ahead` are in the making."""
    waiting: deque[Pending] = deque()
    for chunk in chunks:
        waiting.append(submit(chunk))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@cache
def _advisor(directory: Path | None, sha256: str = "") -> Advisor:
    """One advisor a process; `StoreError` where another model has taken the place of `sha256`."""
    advisor = load(directory)
    if sha256:
        check_unchanged(directory or TRAINED, sha256)
    return advisor


@cache
def ready_advisor(directory: Path | None, sha256: str = "") -> Advisor:
    """The advisor with everything loaded that any row may need, for a process that scores many.

    It stays to the end, so the garbage collector need not look through it again and again.
    """
    advisor = _advisor(directory, sha256)
    make_nlp()
    gc.freeze()
    return advisor


def score_to_bytes(
    rows: Sequence[Row], options: Options, output_format: Format, advisor: Advisor | None = None
) -> ScoredChunk:
    """Score a chunk into the bytes of the output."""
    scored = score_chunk(rows, options, advisor)
    failed = sum(bool(row["error"]) for row in scored)
    return ScoredChunk(output_format.encode(scored), len(scored), failed)


def score_chunk(rows: Sequence[Row], options: Options, advisor: Advisor | None = None) -> list[Row]:
    """Score some rows, with this process's advisor unless another is given."""
    read = [_read_row(row, options) for row in rows]
    good = [each for each in read if not isinstance(each, str)]
    advisor = advisor or _advisor(options.model, options.model_sha256)
    try:
        found = iter(_advise(good, options, advisor))
    except Exception:  # whatever it is about one note, it must not cost the others
        found = iter([_advise_alone(each, options, advisor) for each in good])
    return [
        {**row, **(_error(each) if isinstance(each, str) else next(found))}
        for row, each in zip(rows, read, strict=True)
    ]


def _advise(given: Sequence[Given], options: Options, advisor: Advisor) -> list[Row]:
    """The new columns of some rows."""
    notes, days, met = zip(*given, strict=True) if given else ((), (), ())
    advices = advisor.advise_many(
        notes,
        as_of=days,
        interview_date=met,
        policy=options.policy,
        today=options.today,
        fast=options.fast,
    )
    return [_columns(advice) for advice in advices]


def _advise_alone(given: Given, options: Options, advisor: Advisor) -> Row:
    """The new columns of a row; its text stays out of the error."""
    try:
        return _advise([given], options, advisor)[0]
    except Exception as error:
        return _error(f"these notes could not be read ({type(error).__name__}); please report it")


def _read_row(row: Row, options: Options) -> Given | str:
    """Notes, day of reading and day of the interview; or what is wrong with the row."""
    notes = row[options.notes_column]
    if notes is not None and not isinstance(notes, str):
        return "notes are no text; write that column as text"
    if notes is None or not notes.strip():
        return "notes are empty"
    if len(notes) > MAX_NOTES:
        return f"notes are longer than {MAX_NOTES:,} characters"
    days: list[date | None] = []
    for name in DAY_COLUMNS:
        value = row.get(name)
        try:
            days.append(day_in_cell(value))
        except ValueError:
            return f"{name} is no date that can be used; write it as 2026-11-27"
    as_of, met = days
    day = day_of_reading(as_of, met, options)
    if day and met and met > day:
        return "interview_date is after the day of reading; mend one of them"
    return notes, day, met


def day_of_reading(as_of: date | None, met: date | None, options: Options) -> date | None:
    """A row's own day, else the given one, else today where an interview has been; or none."""
    return as_of or options.as_of or (options.today if met and met <= options.today else None)


def day_in_cell(value: Any) -> date | None:
    """The day in a cell: a date, a time or an ISO text; None for an empty one.

    Raises `ValueError` for anything else, and as `usable_day` does.
    """
    if value is None or value != value:  # NaN, and NaT, is how pandas leaves a cell empty
        return None
    if isinstance(value, date):
        return usable_day(value)
    text = str(value).strip()
    return parse_day(text) if text else None


def _columns(advice: Advice) -> Row:
    phrases = [
        {
            "start": e.start,
            "end": e.end,
            "text": e.text,
            "cue": e.cue,
            "weight": round(e.weight, 4),
        }
        for e in advice.evidence
    ]
    return {
        "prediction": advice.decision,
        "call_probability": f"{advice.call_probability:.4f}",
        "confident": "true" if advice.confident else "false",
        "window_end": _text(advice.window_end),
        "days_since_interview": _text(advice.days_since_interview),
        "call_from": _text(advice.call_from),
        "matched_phrases": json.dumps(phrases, ensure_ascii=False),
        "error": "",
    }


def _error(problem: str) -> Row:
    return {**dict.fromkeys(ADDED, ""), "error": problem}


def _text(value: date | int | None) -> str:
    return "" if value is None else str(value)
