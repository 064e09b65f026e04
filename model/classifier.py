"""The classifier: call or wait, with weights that add up.

A linear model on the features of `features.py` and one score for the plain words of the note. In
training, each note is read by readers that have not seen it (nor its contrast pair), as a new note
will be. A sigmoid, fitted on held-out scores, turns the log-odds into a probability that can be
believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from model.cues import Matrix
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


class CallClassifier(BaseEstimator):
    """Judges cases; `fit` learns from examples."""

    def __init__(self, C: float = 2.0, seed: int = 0, jobs: int = 1) -> None:  # noqa: N803
        self.C = C
        self.seed = seed
        self.jobs = jobs

    def fit(self, examples: Sequence[Example]) -> Self:
        """Learn to read, then to weigh what was read."""
        splits = split(examples, self.seed)
        readings = _read_held_out(examples, splits, self.jobs)
        present = self._fit_presence(examples, readings, splits)
        rows = [i for i, each in enumerate(examples) if each.label]
        cases = [examples[i].case for i in rows]
        read = [readings[i] for i in rows]
        features, _ = assemble(cases, read, present[rows], Policy(), UNDATED)
        self._fit_weights(values_of(features), [examples[i] for i in rows])
        self.reader_ = Reader().fit(examples)
        return self

    def _fit_presence(
        self, examples: Sequence[Example], readings: list[Reading], splits: list[Split]
    ) -> Matrix:
        """Fit the presence of cues; the held-out presence in every example."""
        truth = {i: presence_of(each) for i, each in enumerate(examples) if each.cues}
        present = np.zeros((len(examples), len(next(iter(truth.values())))))
        for train, test in splits:
            seen = [i for i in train if i in truth]
            model = Presence().fit([readings[i] for i in seen], np.array([truth[i] for i in seen]))
            present[test] = model.predict_proba([readings[i] for i in test])
        self.presence_ = Presence().fit(
            [readings[i] for i in truth], np.array(list(truth.values()))
        )
        return present

    def _fit_weights(self, values: Matrix, labelled: Sequence[Example]) -> None:
        """Fit the weights, and the sigmoid on held-out scores."""
        linear = LogisticRegression(C=self.C, max_iter=5000)
        folds = split(labelled, self.seed)
        self.model_ = CalibratedClassifierCV(linear, method="sigmoid", cv=folds, ensemble=False)
        self.model_.fit(values, np.array([each.label for each in labelled]))
        fitted = self.model_.calibrated_classifiers_[0].estimator
        assert list(fitted.classes_) == ["call", "wait"]  # so its own weights point to "wait"
        self.coef_, self.intercept_ = -fitted.coef_[0], -float(fitted.intercept_[0])

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
        column = list(self.model_.classes_).index("call")
        probabilities = self.model_.predict_proba(values)[:, column]
        rows = zip(probabilities, log_odds, features, contributions, timelines, strict=True)
        return [
            Verdict(float(p), float(odds), self.intercept_, each, weights, timeline)
            for p, odds, each, weights, timeline in rows
        ]


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
        if case.clock:
            timeline = replace(timeline, today=case.clock)
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


def _read_held_out(examples: Sequence[Example], splits: list[Split], jobs: int) -> list[Reading]:
    """Readings of all examples by readers that have not seen them."""
    parts = Parallel(n_jobs=jobs)(delayed(_read_part)(examples, *each) for each in splits)
    readings = {
        i: reading
        for (_, test), part in zip(splits, parts, strict=True)
        for i, reading in zip(test, part, strict=True)
    }
    return [readings[i] for i in range(len(examples))]


def _read_part(
    examples: Sequence[Example], train: NDArray[np.int_], test: NDArray[np.int_]
) -> list[Reading]:
    return Reader().fit([examples[i] for i in train]).read([examples[i].case for i in test])
