"""The classifier: call or wait, with weights that add up.

A linear model on the features of `features.py` and one score for the plain words of the note. In
training, each note is read by readers that have not seen it (nor its contrast pair), as a new note
will be. A sigmoid, fitted on held-out scores, turns the log-odds into a probability that can be
believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from model.judging.features import FEATURE_NAMES, Feature, Situation, make_features
from model.judging.timeline import build_timeline
from model.reading.cues import Matrix
from model.reading.encoder import Encoding, encode, read_nothing
from model.reading.note import Case
from model.reading.reader import Example, Lesson, Presence, Reader, Reading, make_lesson, summarise
from model.reading.vectors import Rows, Vectorizer, Vectors, split_rows
from model.types import Policy, Timeline

WORDS = "words"
"""The name of the last feature: the log-odds of a text model on the plain words."""
WORDS_SHARE = 0.15
"""How much of them is taken, so that little weight falls on them: no phrase bears them, and in
notes made up for a rule the words also tell the habits of their writers. Taken whole they make
held-out made-up notes better (accuracy 0.838 to 0.842) and real ones worse (0.880 to 0.874)."""
UNDATED = date(2026, 6, 10)
"""Stands for today where no day is given; a Wednesday, far from weekends and holidays."""
FOLDS = 5
C = 0.1
"""The inverse strength of the penalty on the weights of the features."""
MOVED_SHARE = 0.5
"""How much all other days of an example count beside the one on which it was told."""

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

    `reader`: fitted on all of them. `values`: the features of the labelled ones, each read by a
    reader that had seen neither it nor its contrast pair; `moved`: of each of them, on its
    `other_days`. `presence`: fitted on all such readings.
    """

    labelled: list[Example]
    vectorizer: Vectorizer
    reader: Reader
    values: Matrix
    moved: list[Matrix]
    presence: Presence


@dataclass(frozen=True, slots=True)
class Weights:
    """What the features weigh: the log-odds of "call" are `intercept + values @ coef`.

    `slope` and `offset` are those of the sigmoid that turns them into a probability (Platt 1999).
    """

    coef: NDArray[np.float64]
    intercept: float
    slope: float = 1.0
    offset: float = 0.0

    def log_odds(self, values: Matrix) -> NDArray[np.float64]:
        """Uncalibrated, one a row."""
        return np.asarray(self.intercept + values @ self.coef)

    def call_probabilities(self, values: Matrix) -> NDArray[np.float64]:
        """Calibrated, one a row."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * self.log_odds(values) + self.offset))))


class CallClassifier:
    """Judges cases; `fit` learns from a study of examples."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, study: Study) -> Self:
        """Keep what reads, and learn to weigh from the held-out readings."""
        self.vectorizer_, self.reader_ = study.vectorizer, study.reader
        self.presence_ = study.presence
        self.weights_ = fit_weights(study, np.arange(len(study.labelled)), seed=self.seed)
        return self

    def judge(
        self, cases: Sequence[Case], policy: Policy, today: date, *, fast: bool = False
    ) -> list[Verdict]:
        """The verdict on each case; if `fast`, without the encoder."""
        read = read_nothing if fast else encode
        notes = {case.note.text: case.note for case in cases}  # each is read once, for all days
        encodings = {text: read(note) for text, note in notes.items()}
        return self.judge_encoded(cases, [encodings[c.note.text] for c in cases], policy, today)

    def judge_encoded(
        self, cases: Sequence[Case], encodings: Sequence[Encoding], policy: Policy, today: date
    ) -> list[Verdict]:
        """The verdict on each case, given what the encoder says of its note."""
        if not cases:
            return []
        readings = self.reader_.read(self.vectorizer_.transform(cases), encodings)
        signals = summarise(readings)
        present = self.presence_.predict_proba(signals)
        features, timelines = assemble(cases, readings, signals, present, policy, today)
        values = values_of(features)
        learned = self.weights_
        rows = zip(
            learned.call_probabilities(values),
            learned.log_odds(values),
            features,
            values * learned.coef,
            timelines,
            strict=True,
        )
        return [
            Verdict(float(p), float(odds), learned.intercept, each, weights, timeline)
            for p, odds, each, weights, timeline in rows
        ]


def call_probabilities(model: Any, rows: Any) -> NDArray[np.float64]:
    """The column of "call" in what a fitted classifier says of some rows."""
    return np.asarray(model.predict_proba(rows)[:, list(model.classes_).index("call")])


def split(examples: Sequence[Example], seed: int) -> list[Split]:
    """Folds of the examples, of which groups stay together."""
    return split_groups([e.group for e in examples], [e.label or "none" for e in examples], seed)


def split_groups(groups: Sequence[str], labels: Sequence[str], seed: int) -> list[Split]:
    """Folds of rows; groups stay together, and the labels of their first ones are spread.

    scikit-learn's StratifiedGroupKFold takes seconds for thousands of groups.
    """
    from sklearn.model_selection import StratifiedKFold

    first: dict[str, str] = {}
    for group, label in zip(groups, labels, strict=True):
        first.setdefault(group, label)
    place = {group: index for index, group in enumerate(first)}
    of_group = np.array([place[group] for group in groups])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    parts = folds.split(np.zeros(len(first)), list(first.values()))
    is_test = [np.isin(of_group, part) for _, part in parts]
    return [(np.flatnonzero(~test), np.flatnonzero(test)) for test in is_test]


def assemble(
    cases: Sequence[Case],
    readings: Sequence[Reading],
    signals: Matrix,
    present: Matrix,
    policy: Policy,
    today: date,
) -> tuple[list[list[Feature]], list[Timeline]]:
    """The features of each case, the plain words last, and its timeline.

    Where no day is given, only the words of the notes count: they are judged as on `UNDATED`, as in
    training, whatever day it is. Their timeline is as of `today`.
    """
    rows, timelines = [], []
    for case, reading, signal, presence in zip(cases, readings, signals, present, strict=True):
        timeline = judged = _timeline(case, reading, policy, today)
        if not (case.as_of or case.interview_date or case.clock) and today != UNDATED:
            judged = _timeline(case, reading, policy, UNDATED)
        situation = Situation(case.note, reading.clauses, signal, presence, judged, policy)
        words = Feature(WORDS_SHARE * float(reading.words[-1]), WORDS, None)
        rows.append([*make_features(situation), words])
        timelines.append(timeline)
    return rows, timelines


def _timeline(case: Case, reading: Reading, policy: Policy, today: date) -> Timeline:
    timeline = build_timeline(
        case.note, reading.roles, as_of=case.as_of, interview_date=case.interview_date,
        default_today=today, country=policy.country,
    )  # fmt: skip
    return replace(timeline, today=case.clock) if case.clock else timeline


def values_of(rows: list[list[Feature]]) -> Matrix:
    """The numbers of the features: cases by `FEATURE_NAMES` and the words."""
    return np.array([[each.value for each in row] for row in rows]).reshape(
        -1, len(FEATURE_NAMES) + 1
    )


def fit_weights(study: Study, rows: Rows, *, seed: int) -> Weights:
    """The weights learned from some of the labelled examples; the sigmoid from held-out scores."""
    held_out = np.empty(len(rows))
    for train, test in split([study.labelled[row] for row in rows], seed):
        held_out[test] = _fit_linear(study, rows[train]).log_odds(study.values[rows[test]])
    examples = [study.labelled[row] for row in rows]
    is_call = [each.label == "call" for each in examples]
    (slope,), offset = _fit_logistic(
        held_out[:, np.newaxis], is_call, [each.weight for each in examples], np.inf
    )
    return replace(_fit_linear(study, rows), slope=float(slope), offset=offset)


def _fit_linear(study: Study, rows: Rows) -> Weights:
    """The weights alone, learned from examples on the day they were told and on other days."""
    examples = [study.labelled[row] for row in rows]
    days = [day for each in examples for day in each.other_days]
    shares = [
        MOVED_SHARE * each.weight / len(each.other_days)
        for each in examples
        for _ in each.other_days
    ]
    return Weights(
        *_fit_logistic(
            np.vstack([study.values[rows], *(study.moved[row] for row in rows)]),
            [*(each.label == "call" for each in examples), *(label == "call" for _, label in days)],
            [*(each.weight for each in examples), *shares],
            C,
        )
    )


def _fit_logistic(
    values: Matrix,
    truth: Sequence[bool],
    weights: Sequence[float],
    C: float,  # noqa: N803 (scikit-learn's name)
) -> tuple[NDArray[np.float64], float]:
    """Coefficients and intercept of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=C, solver="newton-cholesky").fit(values, truth, weights)
    return model.coef_[0], float(model.intercept_[0])


def study_examples(examples: Sequence[Example], *, seed: int, jobs: int) -> Study:
    """Read each example held out; `jobs` readers are fitted at a time."""
    vectorizer = Vectorizer()
    vectors = vectorizer.fit_transform([each.case for each in examples])
    lesson, splits = make_lesson(examples), split(examples, seed)
    encodings = [each.encoding for each in examples]
    reader, readings = _read_held_out(vectors, encodings, lesson, splits, jobs)
    signals = summarise(readings)
    presence, present = _hold_out_presence(signals, lesson, splits)

    def values(of: Sequence[tuple[int, Case]]) -> Matrix:
        at = [row for row, _ in of]
        cases, read = [case for _, case in of], [readings[row] for row in at]
        features, _ = assemble(cases, read, signals[at], present[at], Policy(), UNDATED)
        return values_of(features)

    rows = [(row, examples[row]) for row in np.flatnonzero(lesson.is_labelled).tolist()]
    told = values([(row, each.case) for row, each in rows])
    moved = values(
        [(row, replace(each.case, clock=day)) for row, each in rows for day, _ in each.other_days]
    )
    ends = np.cumsum([len(each.other_days) for _, each in rows])
    labelled = [each for _, each in rows]
    return Study(labelled, vectorizer, reader, told, split_rows(moved, ends), presence)


def _read_held_out(
    vectors: Vectors,
    encodings: Sequence[Encoding],
    lesson: Lesson,
    splits: list[Split],
    jobs: int,
) -> tuple[Reader, list[Reading]]:
    """A reader of all cases, and each case as read by one that had not seen its fold."""
    from joblib import Parallel, delayed

    everything = np.arange(len(lesson.is_labelled))
    parts = [everything, *(train for train, _ in splits)]
    whole, *readers = Parallel(n_jobs=jobs)(
        delayed(_fit_reader)(vectors, lesson, rows) for rows in parts
    )
    readings: dict[int, Reading] = {}
    for (_, test), reader in zip(splits, readers, strict=True):
        rows = test.tolist()
        read = reader.read(vectors.take(test), [encodings[row] for row in rows])
        readings.update(zip(rows, read, strict=True))
    return whole, [readings[row] for row in range(len(readings))]


def _fit_reader(vectors: Vectors, lesson: Lesson, rows: Rows) -> Reader:
    return Reader().fit(vectors.take(rows), lesson.take(vectors, rows))


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
