"""Score `find_times` on the third-party time suite: `python -m bench.time_suite [--misses]`."""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import SUITE
from model.times import find_times
from model.types import TimeExpression

DAY = timedelta(days=1)


def is_right(found: TimeExpression, expected: dict[str, Any], today: date) -> bool:
    """The lenient scoring of `time_suite.README.txt`."""
    values = [expected["value"], *expected["alternatives"]]
    if expected["kind"] == "duration":
        length = expected["value"]
        distance = (found.last - today).days if found.last else None
        slack = 3 if length >= 28 else 0.5
        return any(n is not None and abs(n - length) <= slack for n in (found.days, distance))
    if expected["kind"] == "date":
        return any(date.fromisoformat(v) in (found.first, found.last) for v in values)
    return any(_inside(found, low, high) for low, high in values)


def _inside(found: TimeExpression, low: str | None, high: str | None) -> bool:
    """The found days lie inside the period, either edge counted, a day early tolerated."""
    days = [day for day in (found.first, found.last) if day is not None]
    first = date.fromisoformat(low) - DAY if low else date.min
    last = date.fromisoformat(high) if high else date.max
    return bool(days) and all(first <= day <= last for day in days)


def score(suite: Path = SUITE, *, show_misses: bool) -> tuple[int, int, int, int]:
    """Right and expected expressions, false alarms and texts without any."""
    right = expected_count = alarms = negatives = 0
    for line in suite.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        today = date.fromisoformat(case["reference_date"])
        found = find_times(case["text"], today=today)
        if not case["expected"]:
            negatives += 1
            alarms += bool(found)
            if found and show_misses:
                print("ALARM", case["text"], "->", [t.text for t in found])
        for expected in case["expected"]:
            expected_count += 1
            start, end = expected["start"], expected["start"] + len(expected["phrase"])
            hits = [t for t in found if t.start < end and start < t.end]
            ok = any(is_right(hit, expected, today) for hit in hits)
            right += ok
            if not ok and show_misses:
                print("MISS", repr(expected["phrase"]), today, expected["value"], "->", hits)
    return right, expected_count, alarms, negatives


def main(argv: list[str] | None = None) -> None:
    """Print the figures; only a line where the suite is not there, so that `make bench` goes on."""
    parser = argparse.ArgumentParser(prog="bench.time_suite", description=__doc__)
    parser.add_argument("--suite", type=Path, default=SUITE, metavar="JSONL")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args(argv)
    if not args.suite.exists():
        print("time suite: left out, it is not shipped; name a file with --suite")
        return
    right, expected_count, alarms, negatives = score(args.suite, show_misses=args.misses)
    print(f"time suite: {right} of {expected_count} right ({right / expected_count:.1%}), "
          f"false alarms on {alarms} of {negatives} texts ({alarms / negatives:.1%})")  # fmt: skip


if __name__ == "__main__":
    main()
