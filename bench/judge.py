"""Judge the trained model on the real cases kept for development: `make judge`.

Beside two baselines in the same run: always the majority label, and TF-IDF with logistic
regression trained on the same CSV. Writes nothing.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bench import DEV
from model import Advisor, load
from model.data import SHIPPED, Scenario, read_file, read_rows, read_scenarios
from model.errors import DataError
from model.learning.cross_validation import fit_weighted, make_baselines
from model.learning.evaluation import model_table, slice_table
from model.learning.examples import weight_of
from model.learning.label_check import rule_of
from model.learning.study import call_probabilities
from model.types import Advice


def read_dev(path: Path) -> tuple[list[Scenario], list[list[str]]]:
    """The cases, and the decisive phrases of each; `DataError` where they cannot be used."""
    phrases = [json.loads(row.get("decisive_phrases") or "[]") for _, row in read_rows(path)]
    return read_file(path), phrases


def shows_decisive(advice: Advice, notes: str, phrases: list[str]) -> bool:
    """Whether a decisive phrase is among the evidence: they share at least half of one of them."""
    for phrase in phrases:
        start = notes.find(phrase)
        if start < 0:
            continue
        for each in advice.evidence:
            shared = min(each.end, start + len(phrase)) - max(each.start, start)
            if shared * 2 >= min(each.end - each.start, len(phrase)):
                return True
    return False


def advise(advisor: Advisor, cases: list[Scenario], *, fast: bool) -> Iterator[Advice]:
    """The advice on each case."""
    return advisor.advise_many(
        [case.notes for case in cases],
        as_of=[case.as_of for case in cases],
        interview_date=[case.interview_date for case in cases],
        fast=fast,
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=DEV)
    parser.add_argument("--data", type=Path, default=SHIPPED)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--errors", action="store_true", help="list the cases that came out wrong")
    args = parser.parse_args()
    if not args.cases.exists():
        sys.exit(f"{args.cases}: the real cases are not here; name a CSV with --cases")
    try:
        cases, phrases = read_dev(args.cases)
    except DataError as error:
        sys.exit(str(error))
    advisor = load(args.model)
    advices, fast = (list(advise(advisor, cases, fast=each)) for each in (False, True))
    scenarios = read_scenarios(args.data)
    truth = [case.label for case in cases]
    said = {
        name: np.array([advice.call_probability for advice in each])
        for name, each in (("classifier", advices), ("classifier, --fast", fast))
    }
    weights = np.array([weight_of(scenario) for scenario in scenarios])
    notes, labels = [s.notes for s in scenarios], [s.label for s in scenarios]
    for name, baseline in make_baselines().items():
        fitted = fit_weighted(baseline, notes, labels, weights)
        said[name] = call_probabilities(fitted, [case.notes for case in cases])
    print(model_table(truth, said))
    print(slice_table("rule", map(rule_of, cases), truth, said["classifier"]))
    shown = [
        shows_decisive(advice, case.notes, each)
        for advice, case, each in zip(advices, cases, phrases, strict=True)
        if each
    ]
    sure = [advice.confident for advice in advices]
    right = [advice.decision == case.label for advice, case in zip(advices, cases, strict=True)]
    if shown:
        print(f"a decisive phrase is among the evidence in {np.mean(shown):.1%} of the cases")
    print(
        f"confident in {np.mean(sure):.1%}, and then right in {np.mean(np.array(right)[sure]):.1%}"
    )
    if args.errors:
        for case, advice, ok in zip(cases, advices, right, strict=True):
            if not ok:
                show(case, advice)


def show(case: Scenario, advice: Advice) -> None:
    """Print a case that came out wrong, with what was read of it."""
    print(f"\n## {case.id} {case.label}/{case.rule} said {advice.call_probability:.2f}"
          f" as_of={case.as_of or '-'} met={case.interview_date or '-'}")  # fmt: skip
    print(case.notes)
    for each in sorted(advice.evidence, key=lambda e: -abs(e.weight))[:9]:
        print(f"   {each.weight:+.2f} {each.cue}: {each.text!r}")
    print(f"   {advice.other_weight:+.2f} other", _days(advice))


def _days(advice: Advice) -> dict[str, str]:
    """What the timeline holds, for reading."""
    timeline = asdict(advice.timeline)
    return {
        name: str(value["day"] if isinstance(value, dict) else value)
        for name, value in timeline.items()
        if value
    }


if __name__ == "__main__":
    main()
