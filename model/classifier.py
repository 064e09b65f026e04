"""The classifier: call or wait, with weights that add up.

A linear model on the features of `features.py` and one score for the plain words of the note. The
taggers' cues reach it cross-fitted: each training note is tagged by taggers that have not seen it
(nor its contrast pair), as a new note will be. A sigmoid, fitted on held-out scores, turns the
log-odds into a probability that can be believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline, make_pipeline

from model.cues import CueTagger, RoleTagger, _same
from model.data import Annotation, Scenario, groups_of
from model.features import FEATURE_NAMES, Feature, Situation, make_features
from model.note import Note, read_note
from model.terms import note_terms
from model.timeline import build_timeline
from model.types import Policy, Timeline

WORDS = "words"
"""The name of the last feature: the log-odds of a text model on the plain words."""
UNDATED = date(2026, 6, 10)
"""Stands for today in training where neither `as_of` nor the notes tell it; a Wednesday."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A note as it is to be judged: with the day of reading and of the interview, if known."""

    note: Note
    as_of: date | None = None
    interview_date: date | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """An annotated note: what the taggers learn from."""

    note: Note
    cues: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged case: `log_odds` = `intercept` + the `contributions` of features, towards "call"."""

    probability: float
    log_odds: float
    intercept: float
    features: list[Feature]
    contributions: NDArray[np.float64]
    timeline: Timeline


def make_case(scenario: Scenario) -> Case:
    """The case of a scenario, read but not judged."""
    return Case(read_note(scenario.notes), scenario.as_of, scenario.interview_date)


class Reader(BaseEstimator):
    """The learned reading of a note: its cues, the roles of its times, and its plain words."""

    def fit(self, lessons: Sequence[Lesson], cases: Sequence[Case], labels: Sequence[str]) -> Self:
        """Learn the taggers from `lessons` and the plain words from labelled `cases`."""
        notes, cues = [each.note for each in lessons], [each.cues for each in lessons]
        self.cue_tagger_ = CueTagger().fit(notes, cues)
        self.role_tagger_ = RoleTagger().fit(notes, cues)
        self.words_ = make_words_model().fit([note_terms(case.note) for case in cases], labels)
        return self

    def read(
        self, cases: Sequence[Case], policy: Policy, today: date
    ) -> list[tuple[list[Feature], Timeline]]:
        """The features of each case, the plain words last, and its timeline."""
        notes = [case.note for case in cases]
        cues, roles = (
            self.cue_tagger_.predict_proba(notes),
            self.role_tagger_.predict_proba(notes),
        )
        words = _towards_call(self.words_, [note_terms(note) for note in notes])
        readings = []
        for case, cue, role, word in zip(cases, cues, roles, words, strict=True):
            timeline = build_timeline(
                case.note, role, as_of=case.as_of, interview_date=case.interview_date,
                default_today=today, country=policy.country,
            )  # fmt: skip
            features = make_features(Situation(case.note, cue, timeline, policy))
            readings.append(([*features, Feature(float(word), WORDS, None)], timeline))
        return readings


def make_words_model() -> Pipeline:
    """TF-IDF and logistic regression on the terms of whole notes."""
    return make_pipeline(
        TfidfVectorizer(analyzer=_same, min_df=3, sublinear_tf=True, max_df=0.7),
        LogisticRegression(C=1.0, max_iter=500),
    )


def _towards_call(model: Pipeline, rows: list[list[str]]) -> NDArray[np.float64]:
    """Log-odds of "call"; scikit-learn's `classes_` are sorted, so its own point to "wait"."""
    assert list(model.classes_) == ["call", "wait"]
    return -np.asarray(model.decision_function(rows)) if rows else np.zeros(0)


class CallClassifier(BaseEstimator):
    """Judges cases; `fit` learns from labelled scenarios."""

    def __init__(self, C: float = 0.5, seed: int = 0, jobs: int = 1) -> None:  # noqa: N803
        self.C = C
        self.seed = seed
        self.jobs = jobs

    def fit(
        self,
        scenarios: Sequence[Scenario],
        cases: Sequence[Case],
        lessons: Sequence[Lesson],
    ) -> Self:
        """Learn from scenarios, their cases, and annotated notes for the taggers."""
        labels = np.array([scenario.label for scenario in scenarios])
        groups = np.array(groups_of(scenarios))
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=self.seed)
        splits = list(folds.split(labels, labels, groups))
        parts = Parallel(n_jobs=self.jobs)(
            delayed(_read_held_out)(cases, labels, lessons, train, test) for train, test in splits
        )
        values = np.zeros((len(cases), len(FEATURE_NAMES) + 1))
        for (_, test), part in zip(splits, parts, strict=True):
            values[test] = part
        linear = LogisticRegression(C=self.C, max_iter=2000)
        self.model_ = CalibratedClassifierCV(linear, method="sigmoid", cv=splits, ensemble=False)
        self.model_.fit(values, labels)
        self.reader_ = Reader().fit(lessons, cases, labels.tolist())
        fitted = self.model_.calibrated_classifiers_[0].estimator
        assert list(fitted.classes_) == ["call", "wait"]
        self.coef_, self.intercept_ = -fitted.coef_[0], -float(fitted.intercept_[0])
        return self

    def judge(self, cases: Sequence[Case], policy: Policy, today: date) -> list[Verdict]:
        """The verdict on each case."""
        if not cases:
            return []
        readings = self.reader_.read(cases, policy, today)
        values = np.array([[each.value for each in features] for features, _ in readings])
        contributions = values * self.coef_
        log_odds = self.intercept_ + contributions.sum(axis=1)
        column = list(self.model_.classes_).index("call")
        probabilities = self.model_.predict_proba(values)[:, column]
        return [
            Verdict(float(p), float(odds), self.intercept_, features, row, timeline)
            for p, odds, row, (features, timeline) in zip(
                probabilities, log_odds, contributions, readings, strict=True
            )
        ]


def _read_held_out(
    cases: Sequence[Case],
    labels: NDArray[np.str_],
    lessons: Sequence[Lesson],
    train: NDArray[np.int_],
    test: NDArray[np.int_],
) -> NDArray[np.float64]:
    """Feature values of the held-out cases, as read by a reader that has not seen them."""
    unseen = {cases[index].note.text for index in test}
    reader = Reader().fit(
        [lesson for lesson in lessons if lesson.note.text not in unseen],
        [cases[index] for index in train],
        labels[train].tolist(),
    )
    readings = reader.read([cases[index] for index in test], Policy(), UNDATED)
    return np.array([[each.value for each in features] for features, _ in readings])
