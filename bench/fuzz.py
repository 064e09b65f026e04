"""Look for notes that break the program, led by coverage: `python -m bench.fuzz TARGET [FLAGS]`.

Needs atheris (`pip install atheris`; Linux). TARGET: `times`, `note` or `advise`. FLAGS are those
of libFuzzer, such as `-max_total_time=120` or a file that broke it. It begins with the shipped
scenarios; what breaks it is kept as `crash-*` in the working directory.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

from bench import text_of

with atheris.instrument_imports(include=["model", "ui.marks"]):
    from model import find_times, load
    from model.data import SHIPPED, read_scenarios
    from model.reading.note import read_note
    from ui.marks import render_notes


TODAY = date(2026, 11, 24)
MOST_SEEDS = 1_000
SEEDS = Path(tempfile.gettempdir(), "call-or-wait-seeds")
"""What it begins with, and what it finds on the way; the next run goes on from there."""
LIMITS = ("-max_len=2000", "-timeout=10", "-rss_limit_mb=4000")
"""Bytes of a note, seconds and megabytes for one: far more than any should need."""


def try_times(text: str) -> None:
    """Times are pieces of the text in order, and end after they begin."""
    times = find_times(text, today=TODAY)
    assert all(text[each.start : each.end] == each.text for each in times)
    assert all(one.end <= other.start for one, other in pairwise(times))
    assert all(not each.first or not each.last or each.first <= each.last for each in times)


def try_note(text: str) -> None:
    """Clauses stand within the text, in order, none of them empty."""
    note = read_note(text)
    assert all(0 <= each.start < each.end <= len(text) for each in note.clauses)
    assert all(one.end <= other.start for one, other in pairwise(note.clauses))
    assert len(note.words) == len(note.clauses)


def make_advise() -> Callable[[str], None]:
    """Weights add up, phrases are pieces of the notes, the page shows the notes."""
    advisor = load()

    def try_advise(text: str) -> None:
        advice = advisor.advise(text, as_of=TODAY)
        weights = sum(each.weight for each in advice.evidence)
        assert abs(advice.intercept + advice.other_weight + weights - advice.log_odds) < 1e-9
        assert all(text[each.start : each.end] == each.text for each in advice.evidence)
        assert text_of(render_notes(text, advice.evidence)) == text

    return try_advise


TARGETS = {"times": lambda: try_times, "note": lambda: try_note, "advise": make_advise}


def main() -> None:
    """Fuzz until a flag says to stop, or something breaks."""
    name, *flags = sys.argv[1:] or [""]
    if name not in TARGETS:
        raise SystemExit(f"bench.fuzz: give a target: {', '.join(TARGETS)}")
    check = TARGETS[name]()
    SEEDS.mkdir(exist_ok=True)
    for index, scenario in enumerate(read_scenarios(SHIPPED)[:MOST_SEEDS]):
        (SEEDS / str(index)).write_text(scenario.notes, encoding="utf-8")
    arguments = ["bench.fuzz", *LIMITS, *flags]
    if not any(Path(flag).is_file() for flag in flags):
        arguments.append(str(SEEDS))
    atheris.Setup(arguments, lambda data: check(data.decode("utf-8", "surrogateescape")))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
