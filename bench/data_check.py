"""Check the labelled scenarios against the guide, and print what is in them: `make data`.

Names every row that is wrong by line and reason, then exits with 1. What keeps a row from being
read at all (bad dates, unknown labels, inexact cue texts) is found by `model.data`.
"""

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import DEV
from model.data import COLUMNS, SHIPPED, Scenario, read_rows, read_scenarios
from model.errors import DataError
from model.learning.label_check import RULES, rule_of
from model.learning.other_days import label_by_dates
from model.types import LABELS

LEAST_SHARE, LEAST_OF_RULE, LEAST_IN_PAIRS = 0.45, 90, 300
RUN, MOST_SHARED, MOST_OF_DEV = 5, 9, 5
"""Words in a run, and how many runs two rows, or a row and a case of the judge, may share."""


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario and the line it begins on."""

    line: int
    scenario: Scenario


def read(path: Path) -> list[Row]:
    """The rows; `DataError` for a file with other columns, or rows that cannot be used."""
    lines, scenarios = [], read_scenarios(path)
    for line, cells in read_rows(path):
        if tuple(cells) != COLUMNS:
            raise DataError(f"{path}: columns must be {', '.join(COLUMNS)}, in this order")
        lines.append(line)
    return [Row(line, each) for line, each in zip(lines, scenarios, strict=True)]


def row_problems(scenario: Scenario) -> Iterator[str]:
    """What is wrong with one row by itself."""
    if not scenario.id or not scenario.voice:
        yield "id and voice must be given"
    for rule in scenario.rule.split("|"):
        if rule not in RULES:
            yield f"rule {rule!r} is none of the guide's: {', '.join(RULES)}"
        elif scenario.label not in RULES[rule]:
            yield f"rule {rule} never says {scenario.label}"
    expected = label_by_dates(scenario)
    if expected not in (None, scenario.label):
        yield f"label is {scenario.label}, by the dates of its window {expected}"


def doubled_ids(rows: Iterable[Row]) -> Iterator[str]:
    """Rows whose id an earlier row has."""
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.scenario.id, row.line)
        if first != row.line:
            yield f"line {row.line}: id {row.scenario.id!r} is that of line {first}"


def lone_pairs(rows: Iterable[Row]) -> Iterator[str]:
    """Rows that name a pair in which they stand alone."""
    rows = list(rows)
    sizes = Counter(row.scenario.pair for row in rows)
    for row in rows:
        if row.scenario.pair and sizes[row.scenario.pair] < 2:
            yield f"line {row.line}: alone in pair {row.scenario.pair!r}"


def imbalances(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """What there is too little of in the whole."""
    scenarios = list(scenarios)
    labels = Counter(each.label for each in scenarios)
    for label in LABELS:
        if labels[label] < LEAST_SHARE * len(scenarios):
            yield f"{labels[label]} of {len(scenarios)} rows say {label}, under {LEAST_SHARE:.0%}"
    rules = Counter(rule_of(each) for each in scenarios)
    for rule in RULES:
        if rules[rule] < LEAST_OF_RULE:
            yield f"rule {rule} stands {rules[rule]} times, under {LEAST_OF_RULE}"
    in_pairs = sum(bool(each.pair) for each in scenarios)
    if in_pairs < LEAST_IN_PAIRS:
        yield f"{in_pairs} rows are in pairs, under {LEAST_IN_PAIRS}"


def runs_of(notes: str) -> set[str]:
    """Every five words in a row, whatever their case and punctuation."""
    words = re.findall(r"\w+", notes.lower())
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def near_duplicates(rows: Iterable[Row]) -> Iterator[str]:
    """Two rows outside one pair that share too many runs; the later one is named."""
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        shared: Counter[int] = Counter()
        for run in runs_of(row.scenario.notes):
            earlier = holders[run]
            shared.update(each.line for each in earlier if not is_pair(each, row))
            earlier.append(row)
        for line, count in shared.items():
            if count > MOST_SHARED:
                yield f"line {row.line}: shares {count} runs of {RUN} words with line {line}"


def is_pair(one: Row, other: Row) -> bool:
    """Whether two rows tell one story on purpose."""
    return bool(one.scenario.pair) and one.scenario.pair == other.scenario.pair


def overlaps(rows: Iterable[Row], cases: dict[str, str]) -> Iterator[str]:
    """Rows that retell a case (notes by id) kept for judging."""
    runs = {name: runs_of(notes) for name, notes in cases.items()}
    for row in rows:
        own = runs_of(row.scenario.notes)
        for name, theirs in runs.items():
            if (count := len(own & theirs)) > MOST_OF_DEV:
                yield f"line {row.line}: shares {count} runs of {RUN} words with case {name}"


def read_cases(path: Path) -> dict[str, str]:
    """The notes of the judge's cases by id; none where the file is not there."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["notes"] for row in csv.DictReader(stream)}


def problems_of(rows: list[Row], cases: dict[str, str]) -> Iterator[str]:
    """All that is wrong."""
    for row in rows:
        yield from (f"line {row.line}: {problem}" for problem in row_problems(row.scenario))
    yield from doubled_ids(rows)
    yield from lone_pairs(rows)
    yield from near_duplicates(rows)
    yield from overlaps(rows, cases)
    yield from imbalances(row.scenario for row in rows)


def summary(scenarios: list[Scenario]) -> str:
    """The counts that `data/README.md` shows, as Markdown."""
    real = sum(each.is_real for each in scenarios)
    labels = Counter(each.label for each in scenarios)
    lines = [
        f"{len(scenarios):,} rows, {labels['call']:,} `call` and {labels['wait']:,} `wait`; "
        f"{real:,} from real situations, {len(scenarios) - real:,} made up;",
        f"{sum(each.as_of is not None for each in scenarios):,} with `as_of`, "
        f"{sum(each.interview_date is not None for each in scenarios):,} with `interview_date`;",
        f"{sum(bool(each.pair) for each in scenarios):,} in groups that tell one story (`pair`); "
        f"{sum(len(each.cues) for each in scenarios):,} annotations;",
        f"the label of {sum(label_by_dates(each) is not None for each in scenarios):,} `window` "
        "rows follows from their annotated dates alone.",
    ]
    rules = Counter((rule_of(each), each.label) for each in scenarios)
    lines += ["", "| rule | call | wait |", "| --- | --- | --- |"]
    lines += [f"| `{rule}` | {rules[rule, 'call']} | {rules[rule, 'wait']} |" for rule in RULES]
    voices = Counter(each.voice for each in scenarios).most_common()
    return "\n".join([*lines, "", "| voice | rows |", "| --- | --- |",
                      *(f"| {voice} | {count} |" for voice, count in voices)])  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Print the counts, or what is wrong."""
    parser = argparse.ArgumentParser(prog="bench.data_check", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHIPPED, metavar="CSV")
    args = parser.parse_args(argv)
    try:
        rows = read(args.data)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    cases = read_cases(DEV)
    problems = list(problems_of(rows, cases))
    print(summary([row.scenario for row in rows]))
    print(f"\n{'checked' if cases else 'not checked'} against the cases kept for judging")
    for problem in problems:
        print(f"{args.data.name}: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
