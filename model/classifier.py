"""The classifier: call or wait, with weights that add up.

A linear model on the features of `features.py` and one score for the plain words of the note. In
training, each note is read by readers that have not seen it (nor its contrast pair), as a new note
will be. A sigmoid, fitted on held-out scores, turns the log-odds into a probability that can be
believed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from model.cues import Matrix
from model.data import CUE_LABELS
from model.features import FEATURE_NAMES, Feature, Situation, make_features
from model.note import Case
from model.reader import Example, Presence, Reader, Reading, presence_of
from model.timeline import build_timeline
from model.types import Policy, Timeline

WORDS = "words"
"""The name of the last feature: the log-odds of a text model on the plain words."""
UNDATED = date(2026, 6, 10)
"""Stands for today in training where neither `as_of` nor the notes tell it; a Wednesday."""
FOLDS = 5

Split = tuple[NDArray[np.int_], NDArray[np.int_]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged case: `log_odds` = `intercept` + the `contributions` of features, towards "call"."""

    probability: float
    log_odds: float
    intercept: float
    features: list[Feature]
    contributions: NDArray[np.float64]
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The labelled examples as read by readers that had not seen them.

    `values`: examples by features; `examples` in the same order; `presence`: fitted on all.
    """

    examples: list[Example]
    values: Matrix
    presence: Presence


class CallClassifier(BaseEstimator):
    """Judges cases; `fit` learns from examples."""

    def __init__(self, C: float = 2.0, seed: int = 0) -> None:  # noqa: N803 (scikit-learn's name)
        self.C = C
        self.seed = seed

    def fit(self, examples: Sequence[Example], held_out: HeldOut) -> Self:
        """Learn to read from `examples`, and to weigh what is read from their `held_out` form."""
        self.presence_ = held_out.presence
        self.model_ = fit_weights(held_out.examples, held_out.values, C=self.C, seed=self.seed)
        fitted = self.model_.calibrated_classifiers_[0].estimator
        assert list(fitted.classes_) == ["call", "wait"]  # so its own weights point to "wait"
        self.coef_, self.intercept_ = -fitted.coef_[0], -float(fitted.intercept_[0])
        self.reader_ = Reader().fit(examples)
        return self

    def judge(self, cases: Sequence[Case], policy: Policy, today: date) -> list[Verdict]:
        """The verdict on each case."""
        if not cases:
            return []
        readings = self.reader_.read(cases)
        present = self.presence_.predict_proba(readings)
        features, timelines = assemble(cases, readings, present, policy, today)
        values = values_of(features)
        contributions = values * self.coef_
        log_odds = self.intercept_ + contributions.sum(axis=1)
        probabilities = call_probabilities(self.model_, values)
        rows = zip(probabilities, log_odds, features, contributions, timelines, strict=True)
        return [
            Verdict(float(p), float(odds), self.intercept_, each, weights, timeline)
            for p, odds, each, weights, timeline in rows
        ]


def call_probabilities(model: Any, rows: Any) -> NDArray[np.float64]:
    """The column of "call" in what a fitted classifier says of some rows."""
    return np.asarray(model.predict_proba(rows)[:, list(model.classes_).index("call")])


def split(examples: Sequence[Example], seed: int) -> list[Split]:
    """Folds of the examples; groups stay together."""
    labels = [each.label or "none" for each in examples]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    return list(folds.split(labels, labels, [each.group for each in examples]))


def assemble(
    cases: Sequence[Case], readings: Sequence[Reading], present: Matrix, policy: Policy, today: date
) -> tuple[list[list[Feature]], list[Timeline]]:
    """The features of each case, the plain words last, and its timeline."""
    rows, timelines = [], []
    for case, reading, presence in zip(cases, readings, present, strict=True):
        timeline = build_timeline(
            case.note, reading.roles, as_of=case.as_of, interview_date=case.interview_date,
            default_today=today, country=policy.country,
        )  # fmt: skip
        situation = Situation(case.note, reading.clauses, presence, timeline, policy)
        words = Feature(float(reading.words[-1]), WORDS, None)
        rows.append([*make_features(situation), words])
        timelines.append(timeline)
    return rows, timelines


def values_of(rows: list[list[Feature]]) -> Matrix:
    """The numbers of the features: cases by `FEATURE_NAMES` and the words."""
    return np.array([[each.value for each in row] for row in rows]).reshape(
        -1, len(FEATURE_NAMES) + 1
    )


def fit_weights(
    examples: Sequence[Example], values: Matrix, *, C: float, seed: int  # noqa: N803
) -> CalibratedClassifierCV:
    """The weights of the features, and a sigmoid fitted on held-out scores."""
    linear = LogisticRegression(C=C, max_iter=5000)
    folds = split(examples, seed)
    model = CalibratedClassifierCV(linear, method="sigmoid", cv=folds, ensemble=False)
    return model.fit(values, np.array([each.label for each in examples]))


def hold_out(examples: Sequence[Example], *, seed: int, jobs: int) -> HeldOut:
    """Read each example by a reader that has seen neither it nor its contrast pair."""
    splits = split(examples, seed)
    parts = Parallel(n_jobs=jobs)(delayed(_read_part)(examples, *each) for each in splits)
    readings = {
        i: reading
        for (_, test), part in zip(splits, parts, strict=True)
        for i, reading in zip(test, part, strict=True)
    }
    presence, present = _hold_out_presence(examples, readings, splits)
    rows = [i for i, each in enumerate(examples) if each.label]
    cases = [examples[i].case for i in rows]
    features, _ = assemble(cases, [readings[i] for i in rows], present[rows], Policy(), UNDATED)
    return HeldOut([examples[i] for i in rows], values_of(features), presence)


def _read_part(
    examples: Sequence[Example], train: NDArray[np.int_], test: NDArray[np.int_]
) -> list[Reading]:
    return Reader().fit([examples[i] for i in train]).read([examples[i].case for i in test])


def _hold_out_presence(
    examples: Sequence[Example], readings: dict[int, Reading], splits: list[Split]
) -> tuple[Presence, Matrix]:
    """The presence of cues fitted on all, and its held-out values: examples by `CUE_LABELS`."""
    truth = {i: presence_of(each) for i, each in enumerate(examples) if each.cues}

    def fit(rows: Iterable[int]) -> Presence:
        seen = [i for i in rows if i in truth]
        return Presence().fit([readings[i] for i in seen], np.array([truth[i] for i in seen]))

    present = np.zeros((len(examples), len(CUE_LABELS)))
    for train, test in splits:
        present[test] = fit(train).predict_proba([readings[i] for i in test])
    return fit(range(len(examples))), present
