"""Scoring tables of notes: rows in, the same rows out in order, with the advice in new columns."""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from model import load
from model.advisor import Advisor
from model.types import Advice, Policy, usable_day

ADDED = (
    "prediction", "call_probability", "confident", "window_end", "days_since_interview",
    "call_from", "matched_phrases", "error",
)  # fmt: skip
MAX_NOTES = 1_000_000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """How rows are to be scored: the model's folder, the notes' column, default day, policy."""

    model: Path | None
    notes_column: str
    as_of: date | None
    policy: Policy


def score_rows(rows: Iterable[Row], job: Job, *, jobs: int, chunk_rows: int) -> Iterator[Row]:
    """Score rows in order, in `jobs` processes, never more than a few chunks ahead."""
    chunks = _chunks(rows, chunk_rows)
    first = next(chunks, [])
    if jobs == 1 or len(first) < chunk_rows:
        yield from score_chunk(first, job)
        for chunk in chunks:
            yield from score_chunk(chunk, job)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Row]]] = deque([pool.submit(score_chunk, first, job)])
        for chunk in chunks:
            waiting.append(pool.submit(score_chunk, chunk, job))
            if len(waiting) >= 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk


@cache
def _advisor(directory: Path | None) -> Advisor:
    """One advisor a process."""
    return load(directory)


def score_chunk(rows: Sequence[Row], job: Job, advisor: Advisor | None = None) -> list[Row]:
    """Score some rows, with this process's advisor unless another is given."""
    read = [_read_row(row, job) for row in rows]
    good = [each for each in read if isinstance(each, tuple)]
    advices = (advisor or _advisor(job.model)).advise_many(
        [notes for notes, _, _ in good],
        as_of=[day for _, day, _ in good],
        interview_date=[day for _, _, day in good],
        policy=job.policy,
    )
    return [
        {**row, **(_error(each) if isinstance(each, str) else _columns(next(advices)))}
        for row, each in zip(rows, read, strict=True)
    ]


def _read_row(row: Row, job: Job) -> tuple[str, date | None, date | None] | str:
    """Notes, day of reading and day of the interview; or what is wrong with the row."""
    notes = row[job.notes_column]
    if notes is None or not str(notes).strip():
        return "notes are empty"
    if len(str(notes)) > MAX_NOTES:
        return f"notes are longer than {MAX_NOTES:,} characters"
    days: list[date | None] = []
    for name in ("as_of", "interview_date"):
        value = row.get(name)
        try:
            days.append(_day(value))
        except ValueError:
            return f"{name} is no date that can be used; write it as 2026-11-27"
    return str(notes), days[0] or job.as_of, days[1]


def _day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return usable_day(value.date())
    if isinstance(value, date):
        return usable_day(value)
    text = str(value).strip()
    return usable_day(date.fromisoformat(text)) if text else None


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
        "window_end": _iso(advice.window_end),
        "days_since_interview": _text(advice.days_since_interview),
        "call_from": _iso(advice.call_from),
        "matched_phrases": json.dumps(phrases, ensure_ascii=False),
        "error": "",
    }


def _error(problem: str) -> Row:
    return {**dict.fromkeys(ADDED, ""), "error": problem}


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
