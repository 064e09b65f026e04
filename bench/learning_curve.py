"""How far more scenarios help: trained on shares of them, tested on the same held-out quarter.

The encoder is no part of it: at every share it was tuned on all the rest. So the curve shows
what more rows teach the rest, and is flatter than one that tunes anew.

Prints a table and draws `docs/learning-curve.png`. A minute or three; no part of `train.py`, which
would take twice as long with it.
"""

import os
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from model.data import SHIPPED, read_scenarios
from model.learning.evaluation import Score, score
from model.learning.examples import Example, make_examples
from model.learning.study import fit_classifier, split, study_examples
from model.reading.note import UNDATED
from model.types import Policy

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "learning-curve.png"
SHARES = (1 / 8, 1 / 4, 1 / 2, 1)
SEED = 0


def take_share(examples: list[Example], share: float) -> list[Example]:
    """Some of the examples; groups stay together."""
    groups = list(dict.fromkeys(each.group for each in examples))
    order = np.random.default_rng(SEED).permutation(len(groups))
    kept = {groups[place] for place in order[: round(share * len(groups))]}
    return [each for each in examples if each.group in kept]


def judge_held_out(
    train: list[Example], test: list[Example], real: NDArray[np.bool_]
) -> tuple[Score, Score]:
    """Scores on all of the held-out examples, and on the real ones alone."""
    study = study_examples(train, seed=SEED, jobs=os.cpu_count() or 1)
    classifier = fit_classifier(study, seed=SEED)
    cases, encodings = [each.case for each in test], [each.encoding for each in test]
    verdicts = classifier.judge_encoded(cases, encodings, Policy(), UNDATED)
    said = np.array([verdict.probability for verdict in verdicts])
    labels = np.array([each.label for each in test])
    return score(labels.tolist(), said), score(labels[real].tolist(), said[real])


def draw(rows: list[tuple[int, Score, Score]]) -> None:
    """The accuracies against the number of scenarios."""
    figure = Figure(figsize=(5, 4), layout="tight")
    axes = figure.subplots()
    numbers = [number for number, _, _ in rows]
    axes.plot(numbers, [all_.accuracy for _, all_, _ in rows], marker="o", label="all held out")
    axes.plot(numbers, [real.accuracy for _, _, real in rows], marker="s", label="real ones")
    axes.set(xscale="log", xlabel="scenarios trained on", ylabel="accuracy", ylim=(0.5, 1))
    axes.set_xticks(numbers, [f"{number:,}" for number in numbers])
    axes.minorticks_off()
    axes.legend(loc="lower right")
    figure.savefig(PICTURE, dpi=110)


def main() -> None:
    """Train on each share, print, draw."""
    scenarios = read_scenarios(SHIPPED)
    examples = make_examples(scenarios)
    taught, held_out = split(examples, SEED)[0]
    train, test = ([examples[i] for i in part] for part in (taught, held_out))
    real = np.array([scenarios[i].is_real for i in held_out])
    print("| scenarios | accuracy | Brier | real ones: accuracy | Brier |\n" + "| --- " * 5 + "|")
    rows = []
    for share in SHARES:
        part = take_share(train, share)
        everything, of_real = judge_held_out(part, test, real)
        rows.append((len(part), everything, of_real))
        print(f"| {len(part):,} | {everything.accuracy:.3f} | {everything.brier:.3f} "
              f"| {of_real.accuracy:.3f} | {of_real.brier:.3f} |", flush=True)  # fmt: skip
    draw(rows)


if __name__ == "__main__":
    main()
