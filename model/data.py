"""The labelled scenarios: reading them, and saying at once all that is wrong with them."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import cast

from model.errors import DataError, quote
from model.tables import SNIFF_BYTES, check_delimiter, check_names, read_lines
from model.types import LABELS, Label, parse_day

COLUMNS = ("id", "notes", "as_of", "interview_date", "label", "rule", "cues", "voice", "pair")
REQUIRED = ("notes", "label")
CUE_LABELS = (
    "closed", "reply_due", "mishap", "no_contact", "chase", "answered", "not_chased", "hold",
    "pressure", "window", "over", "not_over", "process", "invite", "personal", "formal",
    "no_timeframe", "silence", "fresh", "outsider",
)  # fmt: skip
"""What a phrase may say; `data/README.md` explains each."""
TIME_ROLES = (
    "window", "said", "interview", "hold", "chase", "word", "over", "today", "pressure",
    "process", "other",
)  # fmt: skip
"""What a time may be about; in the column `cues` they stand as "time:window" and so on."""

REAL, OWN = "real", "own"
"""Voices: a real situation that was reworded; a note that the user has labelled."""
SHIPPED = Path(__file__).parents[1] / "data" / "labeled_scenarios.csv"
"""What comes with the program."""
LEAST = 10
"""Rows of each label, those of one pair counted once: fewer cannot be split into folds."""
MOST_NAMED = 20
"""Problems that one error names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A labelled piece of the notes: `label` is a cue label, or "time:" and a role."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """A labelled note; `place` is the line of its file, and that file where there are several."""

    notes: str
    label: Label
    as_of: date | None = None
    interview_date: date | None = None
    id: str = ""
    rule: str = ""
    cues: tuple[Annotation, ...] = ()
    voice: str = ""
    pair: str = ""
    place: str = ""

    @property
    def is_real(self) -> bool:
        """Whether it is somebody's situation; the others were written for their rule."""
        return self.voice == REAL


def read_scenarios(*paths: Path) -> list[Scenario]:
    """Read the scenarios of one or several CSV files.

    Raises `DataError` that names every row of a file that cannot be used, by line and reason.
    """
    scenarios = [
        replace(scenario, place=f"{path.name} {scenario.place}") if len(paths) > 1 else scenario
        for path in paths
        for scenario in read_file(path)
    ]
    _check_enough(", ".join(map(str, paths)), scenarios)
    return scenarios


def _check_enough(names: str, scenarios: Sequence[Scenario]) -> None:
    """Refuse what cannot be split into folds that all know both labels."""
    groups = groups_of(scenarios)
    found = []
    for label in LABELS:
        own = {group for group, each in zip(groups, scenarios, strict=True) if each.label == label}
        found.append((f"rows labelled {label}", LEAST, own))
    for what, least, own in [*found, ("rows", LEAST * len(LABELS), set(groups))]:
        if len(own) < least:
            raise DataError(
                f"{names}: fewer than {least} {what}; add some "
                "(rows of one pair, or of the same notes, count once)"
            )


def read_file(path: Path) -> list[Scenario]:
    """The scenarios of one file, however few; raises as `read_scenarios` does."""
    scenarios, problems = [], []
    for line, row in read_rows(path):
        found = list(_problems(row))
        problems += [f"line {line}: {problem}" for problem in found]
        if not found:
            scenarios.append(_scenario(row, line))
    if problems:
        more = f"; and {len(problems) - MOST_NAMED:,} more" if len(problems) > MOST_NAMED else ""
        named = "; ".join(problems[:MOST_NAMED])
        raise DataError(f"{path}: nothing was used; mend these rows: {named}{more}")
    if not scenarios:
        raise DataError(f"{path}: has no rows under its header line; add some")
    return scenarios


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the line each begins on.

    Raises `DataError` where the file is missing, unreadable, or lacks a required column.
    """
    try:
        lines = read_lines(io.BufferedReader(io.FileIO(path), SNIFF_BYTES), str(path))
        _, names = next(lines, (1, []))
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; name one with --data") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); name another file") from None
    with closing(lines):
        _check_header(path, names)
        for line, cells in lines:
            yield line, dict(zip_longest(names, cells))


def _check_header(path: Path, names: Sequence[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        check_delimiter(names, missing[0], str(path))
        raise DataError(f"{path}: no column {' or '.join(missing)}; the first line must name it")
    check_names(names, str(path))


def _problems(row: dict[str, str]) -> Iterator[str]:
    """Everything that keeps a row from being used."""
    if None in row or None in row.values():
        yield "more or fewer cells than the header has columns"
        return
    if not row["notes"].strip():
        yield "notes are empty"
    if row["label"] not in LABELS:
        yield f"label {quote(row['label'])} is not one of {', '.join(LABELS)}"
    for name in ("as_of", "interview_date"):
        if row.get(name) and day_or_none(row[name]) is None:
            yield f"{name} {quote(row[name])} is no date that can be used; write it as 2026-11-27"
    read, met = (day_or_none(row.get(name, "")) for name in ("as_of", "interview_date"))
    if read and met and met > read:
        yield "interview_date is after as_of; mend one of them"
    try:
        parse_cues(row["notes"], row.get("cues", ""))
    except ValueError as error:
        yield str(error)


def _scenario(row: dict[str, str], line: int) -> Scenario:
    return Scenario(
        notes=row["notes"],
        label=cast(Label, row["label"]),
        as_of=day_or_none(row.get("as_of", "")),
        interview_date=day_or_none(row.get("interview_date", "")),
        id=row.get("id", ""),
        rule=row.get("rule", ""),
        cues=parse_cues(row["notes"], row.get("cues", "")),
        voice=row.get("voice", ""),
        pair=row.get("pair", ""),
        place=f"line {line}",
    )


def day_or_none(text: str) -> date | None:
    """The day that `parse_day` reads, or None where it reads none."""
    try:
        return parse_day(text)
    except ValueError:
        return None


def parse_cues(notes: str, cues: str) -> tuple[Annotation, ...]:
    """The annotations of a row, located in its notes.

    Raises `ValueError` where a label is unknown or a text does not stand in the notes exactly once.
    """
    if not cues.strip():
        return ()
    try:
        entries = json.loads(cues)
        pairs = [(entry["label"], entry["text"]) for entry in entries]
        if not all(isinstance(each, str) for pair in pairs for each in pair):
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ValueError('cues are no JSON array of {"label", "text"}') from None
    numbered = enumerate(pairs, start=1)
    return tuple(_locate(notes, number, label, text) for number, (label, text) in numbered)


def _locate(notes: str, number: int, label: str, text: str) -> Annotation:
    known = label.removeprefix("time:") in TIME_ROLES if "time:" in label else label in CUE_LABELS
    if not known:
        raise ValueError(f"unknown cue label {quote(label)}")
    count = notes.count(text) if text else 0
    if count != 1:
        where = f"cue {number} ({label})"
        raise ValueError(f"{where}: its text stands {count} times in the notes, not once")
    start = notes.index(text)
    return Annotation(label, start, start + len(text))


def groups_of(scenarios: Sequence[Scenario]) -> list[str]:
    """A name for each row that its contrast pair, or the same notes once more, share.

    Folds keep such rows together.
    """
    pair_of = {each.notes: each.pair for each in scenarios if each.pair}
    return [each.pair or pair_of.get(each.notes, each.notes) for each in scenarios]
