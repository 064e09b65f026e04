"""The classifier: call or wait, with weights that add up.

A linear model on the features of `features.py` and one score for the plain words of the note. In
training, each note is read by readers that have not seen it (nor its contrast pair), as a new note
will be. A sigmoid, fitted on held-out scores, turns the log-odds into a probability that can be
believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from model.cues import Matrix
from model.features import FEATURE_NAMES, Feature, Situation, make_features
from model.note import Case
from model.reader import Example, Lesson, Presence, Reader, Reading, make_lesson, summarise
from model.timeline import build_timeline
from model.types import Policy, Timeline
from model.vectors import Rows, Vectorizer, Vectors

if TYPE_CHECKING:  # takes seconds to import: only who fits does
    from sklearn.calibration import CalibratedClassifierCV

WORDS = "words"
"""The name of the last feature: the log-odds of a text model on the plain words."""
UNDATED = date(2026, 6, 10)
"""Stands for today in training where neither `as_of` nor the notes tell it; a Wednesday."""
FOLDS = 5

Split = tuple[Rows, Rows]


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
class Study:
    """Examples made ready to learn from.

    `values`: the features of the labelled examples, each read by a reader that had seen neither it
    nor its contrast pair. `presence`: fitted on all such readings.
    """

    labelled: list[Example]
    vectorizer: Vectorizer
    vectors: Vectors
    lesson: Lesson
    values: Matrix
    presence: Presence


class CallClassifier:
    """Judges cases; `fit` learns from a study of examples."""

    def __init__(self, C: float = 0.1, seed: int = 0) -> None:  # noqa: N803 (scikit-learn's name)
        self.C = C
        self.seed = seed

    def fit(self, study: Study) -> Self:
        """Learn to read from all examples, and to weigh from the held-out readings."""
        self.vectorizer_, self.presence_ = study.vectorizer, study.presence
        self.reader_ = Reader().fit(study.vectors, study.lesson)
        self.keep(fit_weights(study.labelled, study.values, C=self.C, seed=self.seed))
        return self

    def keep(self, model: "CalibratedClassifierCV") -> None:
        """Keep the weights and the sigmoid of a fitted model as plain numbers, towards "call"."""
        (fitted,) = model.calibrated_classifiers_
        linear, (sigmoid,) = fitted.estimator, fitted.calibrators
        assert list(linear.classes_) == ["call", "wait"]  # so its own weights point to "wait"
        self.coef_, self.intercept_ = -linear.coef_[0], -float(linear.intercept_[0])
        self.slope_, self.offset_ = -float(sigmoid.a_), float(sigmoid.b_)

    def weigh(self, values: Matrix) -> tuple[Matrix, Matrix, Matrix]:
        """What each feature adds to the log-odds, their sums, and calibrated probabilities."""
        contributions = values * self.coef_
        log_odds = self.intercept_ + contributions.sum(axis=1)
        return contributions, log_odds, 1 / (1 + np.exp(-(self.slope_ * log_odds + self.offset_)))

    def judge(self, cases: Sequence[Case], policy: Policy, today: date) -> list[Verdict]:
        """The verdict on each case."""
        if not cases:
            return []
        readings = self.reader_.read(self.vectorizer_.transform(cases))
        signals = summarise(readings)
        present = self.presence_.predict_proba(signals)
        features, timelines = assemble(cases, readings, signals, present, policy, today)
        contributions, log_odds, probabilities = self.weigh(values_of(features))
        rows = zip(probabilities, log_odds, features, contributions, timelines, strict=True)
        return [
            Verdict(float(p), float(odds), self.intercept_, each, weights, timeline)
            for p, odds, each, weights, timeline in rows
        ]


def call_probabilities(model: Any, rows: Any) -> NDArray[np.float64]:
    """The column of "call" in what a fitted classifier says of some rows."""
    return np.asarray(model.predict_proba(rows)[:, list(model.classes_).index("call")])


def split(examples: Sequence[Example], seed: int) -> list[Split]:
    """Folds of the examples; groups stay together, and the labels of their first ones are spread.

    scikit-learn's StratifiedGroupKFold takes seconds for thousands of groups.
    """
    from sklearn.model_selection import StratifiedKFold

    first: dict[str, str] = {}
    for each in examples:
        first.setdefault(each.group, each.label or "none")
    place = {group: index for index, group in enumerate(first)}
    of_group = np.array([place[each.group] for each in examples])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    parts = folds.split(np.zeros(len(first)), list(first.values()))
    is_test = [np.isin(of_group, groups) for _, groups in parts]
    return [(np.flatnonzero(~test), np.flatnonzero(test)) for test in is_test]


def assemble(
    cases: Sequence[Case],
    readings: Sequence[Reading],
    signals: Matrix,
    present: Matrix,
    policy: Policy,
    today: date,
) -> tuple[list[list[Feature]], list[Timeline]]:
    """The features of each case, the plain words last, and its timeline."""
    rows, timelines = [], []
    for case, reading, signal, presence in zip(cases, readings, signals, present, strict=True):
        timeline = build_timeline(
            case.note, reading.roles, as_of=case.as_of, interview_date=case.interview_date,
            default_today=today, country=policy.country,
        )  # fmt: skip
        if case.clock:
            timeline = replace(timeline, today=case.clock)
        situation = Situation(case.note, reading.clauses, signal, presence, timeline, policy)
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
    labelled: Sequence[Example],
    values: Matrix,
    *,
    C: float,  # noqa: N803 (scikit-learn's name)
    seed: int,
) -> "CalibratedClassifierCV":
    """The weights of the features, and a sigmoid fitted on held-out scores."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.linear_model import LogisticRegression

    linear = LogisticRegression(C=C, solver="newton-cholesky")
    folds = split(labelled, seed)
    model = CalibratedClassifierCV(linear, method="sigmoid", cv=folds, ensemble=False)
    weights = np.array([each.weight for each in labelled])
    return model.fit(values, np.array([each.label for each in labelled]), sample_weight=weights)


def study_examples(examples: Sequence[Example], *, seed: int, jobs: int) -> Study:
    """Read each example held out; `jobs` readers are fitted at a time."""
    from joblib import Parallel, delayed

    vectorizer = Vectorizer()
    vectors = vectorizer.fit_transform([each.case for each in examples])
    lesson = make_lesson(examples)
    splits = split(examples, seed)
    parts = Parallel(n_jobs=jobs)(delayed(_read_part)(vectors, lesson, *each) for each in splits)
    order = np.argsort(np.concatenate([test for _, test in splits]))
    flat = [reading for part in parts for reading in part]
    readings = [flat[i] for i in order]
    signals = summarise(readings)
    presence, present = _hold_out_presence(signals, lesson, splits)
    rows = np.flatnonzero(lesson.is_labelled).tolist()
    features, _ = assemble(
        [examples[i].case for i in rows], [readings[i] for i in rows], signals[rows], present[rows],
        Policy(), UNDATED,
    )  # fmt: skip
    labelled = [examples[i] for i in rows]
    return Study(labelled, vectorizer, vectors, lesson, values_of(features), presence)


def _read_part(vectors: Vectors, lesson: Lesson, train: Rows, test: Rows) -> list[Reading]:
    reader = Reader().fit(vectors.take(train), lesson.take(vectors, train))
    return reader.read(vectors.take(test))


def _hold_out_presence(
    signals: Matrix, lesson: Lesson, splits: list[Split]
) -> tuple[Presence, Matrix]:
    """The presence of cues fitted on all, and its held-out values: examples by `CUE_LABELS`."""

    def fit(rows: Rows) -> Presence:
        taught = rows[lesson.is_taught[rows]]
        return Presence().fit(signals[taught], lesson.present[taught])

    present = np.zeros(signals.shape[:2])
    for train, test in splits:
        present[test] = fit(train).predict_proba(signals[test])
    return fit(np.arange(len(signals))), present
