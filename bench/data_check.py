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
from pathlib import Path

from bench import DEV
from model.data import COLUMNS, SHIPPED, Scenario, read_rows, read_scenarios
from model.errors import DataError
from model.learning.label_check import GUIDE, rule_of
from model.learning.other_days import label_by_dates
from model.types import LABELS

LEAST_SHARE, LEAST_OF_RULE, LEAST_IN_PAIRS = 0.45, 90, 300
RUN, MOST_SHARED, MOST_OF_DEV = 5, 9, 5
"""Words in a run, and how many runs two rows, or a row and a case of the judge, may share."""


def read(path: Path) -> list[Scenario]:
    """The scenarios; `DataError` for a file with other columns, or rows that cannot be used."""
    scenarios = read_scenarios(path)
    _, cells = next(read_rows(path))
    if tuple(cells) != COLUMNS:
        raise DataError(f"{path}: columns must be {', '.join(COLUMNS)}, in this order")
    return scenarios


def row_problems(scenario: Scenario) -> Iterator[str]:
    """What is wrong with one row by itself."""
    if not scenario.id or not scenario.voice:
        yield "id and voice must be given"
    for rule in scenario.rule.split("|"):
        if rule not in GUIDE:
            yield f"rule {rule!r} is none of the guide's: {', '.join(GUIDE)}"
        elif scenario.label not in GUIDE[rule]:
            yield f"rule {rule} never says {scenario.label}"
    expected = label_by_dates(scenario)
    if expected not in (None, scenario.label):
        yield f"label is {scenario.label}, by the dates of its window {expected}"


def doubled_ids(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """Rows whose id an earlier row has."""
    seen: dict[str, str] = {}
    for each in scenarios:
        first = seen.setdefault(each.id, each.place)
        if first != each.place:
            yield f"{each.place}: id {each.id!r} is that of {first}"


def lone_pairs(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """Rows that name a pair in which they stand alone."""
    scenarios = list(scenarios)
    sizes = Counter(each.pair for each in scenarios)
    for each in scenarios:
        if each.pair and sizes[each.pair] < 2:
            yield f"{each.place}: alone in pair {each.pair!r}"


def imbalances(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """What there is too little of in the whole."""
    scenarios = list(scenarios)
    labels = Counter(each.label for each in scenarios)
    for label in LABELS:
        if labels[label] < LEAST_SHARE * len(scenarios):
            yield f"{labels[label]} of {len(scenarios)} rows say {label}, under {LEAST_SHARE:.0%}"
    rules = Counter(rule_of(each) for each in scenarios)
    for rule in GUIDE:
        if rules[rule] < LEAST_OF_RULE:
            yield f"rule {rule} stands {rules[rule]} times, under {LEAST_OF_RULE}"
    in_pairs = sum(bool(each.pair) for each in scenarios)
    if in_pairs < LEAST_IN_PAIRS:
        yield f"{in_pairs} rows are in pairs, under {LEAST_IN_PAIRS}"


def runs_of(notes: str) -> set[str]:
    """Every five words in a row, whatever their case and punctuation."""
    words = re.findall(r"\w+", notes.lower())
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def near_duplicates(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """Two rows outside one pair that share too many runs; the later one is named."""
    holders: dict[str, list[Scenario]] = defaultdict(list)
    for each in scenarios:
        shared: Counter[str] = Counter()
        for run in runs_of(each.notes):
            earlier = holders[run]
            shared.update(other.place for other in earlier if not is_pair(other, each))
            earlier.append(each)
        for place, count in shared.items():
            if count > MOST_SHARED:
                yield f"{each.place}: shares {count} runs of {RUN} words with {place}"


def is_pair(one: Scenario, other: Scenario) -> bool:
    """Whether two rows tell one story on purpose."""
    return bool(one.pair) and one.pair == other.pair


def overlaps(scenarios: Iterable[Scenario], cases: dict[str, str]) -> Iterator[str]:
    """Rows that retell a case (notes by id) kept for judging."""
    runs = {name: runs_of(notes) for name, notes in cases.items()}
    for each in scenarios:
        own = runs_of(each.notes)
        for name, theirs in runs.items():
            if (count := len(own & theirs)) > MOST_OF_DEV:
                yield f"{each.place}: shares {count} runs of {RUN} words with case {name}"


def read_cases(path: Path) -> dict[str, str]:
    """The notes of the judge's cases by id; none where the file is not there."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["notes"] for row in csv.DictReader(stream)}


def problems_of(scenarios: list[Scenario], cases: dict[str, str]) -> Iterator[str]:
    """All that is wrong."""
    for each in scenarios:
        yield from (f"{each.place}: {problem}" for problem in row_problems(each))
    yield from doubled_ids(scenarios)
    yield from lone_pairs(scenarios)
    yield from near_duplicates(scenarios)
    yield from overlaps(scenarios, cases)
    yield from imbalances(scenarios)


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
    lines += [f"| `{rule}` | {rules[rule, 'call']} | {rules[rule, 'wait']} |" for rule in GUIDE]
    voices = Counter(each.voice for each in scenarios).most_common()
    return "\n".join([*lines, "", "| voice | rows |", "| --- | --- |",
                      *(f"| {voice} | {count} |" for voice, count in voices)])  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Print the counts, or what is wrong."""
    parser = argparse.ArgumentParser(prog="bench.data_check", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHIPPED, metavar="CSV")
    args = parser.parse_args(argv)
    try:
        scenarios = read(args.data)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    cases = read_cases(DEV)
    problems = list(problems_of(scenarios, cases))
    print(summary(scenarios))
    print(f"\n{'checked' if cases else 'not checked'} against the cases kept for judging")
    for problem in problems:
        print(f"{args.data.name}: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
