"""Figures of held-out predictions: beside baselines, by rule and by voice, with plots."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, brier_score_loss, f1_score

from model.data import Scenario
from model.judging.classifier import CALL_THRESHOLD
from model.learning.label_check import rule_of
from model.learning.study import FOLDS
from model.text import escape_markdown

Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """How good probabilities of "call" are: accuracy, macro-F1 and Brier score on `rows` rows."""

    rows: int
    accuracy: float
    macro_f1: float
    brier: float


def score(truth: Sequence[str], probabilities: Probabilities) -> Score:
    """Score probabilities of "call" against the labels."""
    is_call = _is_call(truth)
    said_call = probabilities >= CALL_THRESHOLD
    return Score(
        len(is_call),
        float(accuracy_score(is_call, said_call)),
        float(f1_score(is_call, said_call, average="macro")),
        float(brier_score_loss(is_call, probabilities)),
    )


def figures_of(scenarios: Sequence[Scenario], probabilities: Probabilities) -> dict[str, Any]:
    """For the manifest: `metrics`, and `real`, those of the real situations alone, or None."""
    truth, real = [each.label for each in scenarios], _real_rows(scenarios)
    metrics = asdict(score(truth, probabilities))
    del metrics["rows"]
    of_real = score([truth[row] for row in real], probabilities[real]) if real else None
    return {"metrics": metrics, "real": of_real and asdict(of_real)}


def _real_rows(scenarios: Sequence[Scenario]) -> list[int]:
    return [row for row, each in enumerate(scenarios) if each.is_real]


def model_table(truth: Sequence[str], held_out: dict[str, Probabilities]) -> str:
    """A Markdown table of the models."""
    lines = [
        "| model | rows | accuracy | macro-F1 | Brier |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, probabilities in held_out.items():
        s = score(truth, probabilities)
        lines.append(f"| {name} | {s.rows} | {s.accuracy:.3f} | {s.macro_f1:.3f} | {s.brier:.3f} |")
    return "\n".join(lines)


def _is_right(truth: Sequence[str], probabilities: Probabilities) -> NDArray[np.bool_]:
    """Of each row, whether the more probable label is its own."""
    return np.asarray((probabilities >= CALL_THRESHOLD) == _is_call(truth))


def _is_call(truth: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([label == "call" for label in truth])


def slice_table(
    name: str, keys: Iterable[str], truth: Sequence[str], probabilities: Probabilities
) -> str:
    """A Markdown table of the accuracy for each value of a column."""
    by_key: dict[str, list[bool]] = {}
    for key, is_right in zip(keys, _is_right(truth, probabilities), strict=True):
        by_key.setdefault(key or "(none)", []).append(bool(is_right))
    lines = [f"| {name} | rows | right | accuracy |", "| --- | --- | --- | --- |"]
    for key, hits in sorted(by_key.items(), key=lambda item: -len(item[1])):
        lines.append(
            f"| {escape_markdown(key)} | {len(hits)} | {sum(hits)} | {np.mean(hits):.3f} |"
        )
    return "\n".join(lines)


def coverage_table(truth: Sequence[str], probabilities: Probabilities) -> str:
    """A Markdown table: the share of rows at least so sure, and how often they are right."""
    right = _is_right(truth, probabilities)
    sure = np.maximum(probabilities, 1 - probabilities)
    lines = ["| sure to at least | share of the rows | right |", "| --- | --- | --- |"]
    for least in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        rows = sure >= least
        often = f"{right[rows].mean():.1%}" if rows.any() else "-"
        lines.append(f"| {least:.0%} | {rows.mean():.1%} | {often} |")
    return "\n".join(lines)


def _real_part(scenarios: Sequence[Scenario], held_out: dict[str, Probabilities]) -> list[str]:
    """The same table on the real situations alone, where there are some."""
    rows = _real_rows(scenarios)
    if not rows:
        return []
    truth = [scenarios[row].label for row in rows]
    table = model_table(truth, {name: said[rows] for name, said in held_out.items()})
    return ["## On the real situations alone", table]


def _doubtful_part(doubts: Sequence[str]) -> list[str]:
    """The rules whose labels are not the guide's, where there are some."""
    if not doubts:
        return []
    intro = (
        "All is well if your own guide says so; they have been learned as they are. If not, "
        "somebody has spoiled the labels: mend them and train again."
    )
    return [
        "## Labels that the guide contradicts",
        intro,
        "\n".join(f"- {each}" for each in doubts),
    ]


def make_report(
    scenarios: Sequence[Scenario], held_out: dict[str, Probabilities], doubts: Sequence[str]
) -> str:
    """The text of `report.md`; `doubts` as `check_labels` gives them."""
    truth = [scenario.label for scenario in scenarios]
    ours = held_out["classifier"]
    parts = [
        "# Report",
        f"{FOLDS}-fold cross-validation on the training scenarios; contrast pairs stay in one "
        "fold. The first row is the model that was saved; the others are what it was compared "
        "with.",
        *_doubtful_part(doubts),
        model_table(truth, held_out),
        *_real_part(scenarios, held_out),
        "## How far it can be believed",
        coverage_table(truth, ours),
        "![How far the probabilities can be believed](reliability.png)",
        "## By rule of the decision guide",
        slice_table("rule", map(rule_of, scenarios), truth, ours),
        "## By voice",
        slice_table("voice", (scenario.voice for scenario in scenarios), truth, ours),
    ]
    return "\n\n".join(parts) + "\n"


def plot_reliability(truth: Sequence[str], probabilities: Probabilities) -> bytes:
    """A PNG: how often "call" was right, against how probable it was said to be."""
    from matplotlib.figure import Figure
    from sklearn.calibration import calibration_curve

    right, said = calibration_curve(_is_call(truth), probabilities, n_bins=8, strategy="quantile")
    figure = Figure(figsize=(5, 4), layout="tight")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], linestyle=":", color="gray", label="perfect")
    axes.plot(said, right, marker="o", label="held-out scenarios")
    axes.set(
        xlabel="probability of “call”",
        ylabel="share that was “call”",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    axes.legend()
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=110)
    return stream.getvalue()
