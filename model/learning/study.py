"""What the classifier is learned from: examples, each read by readers that had not seen it.

The sigmoid that makes the log-odds a probability is fitted on held-out scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from model.judging.classifier import CallClassifier, Weights, assemble, values_of
from model.judging.features import FEATURE_NAMES, WORDS
from model.learning.examples import Example, make_lesson
from model.reading.cues import Matrix
from model.reading.encoder import Encoding
from model.reading.note import UNDATED, Case
from model.reading.reader import SIGNALS, Lesson, NoteScores, Presence, Reader, summarise
from model.reading.vectors import Rows, Vectorizer, Vectors, split_rows
from model.types import Policy

FOLDS = 4
C = 0.2
"""The inverse strength of the penalty on the weights of the features."""
MOVED_SHARE = 0.25
"""How much all other days of an example count beside the one on which it was told."""
RULED = ("window_over", "window_open", "quiet_long", "quiet_short", "quiet_lapsed", "just_met")
UNWEIGHED = [
    FEATURE_NAMES.index(name)
    for name in (
        *(f"fact:{fact}" for fact in RULED),
        *(f"{kind}:pressure" for kind in ("cue", *SIGNALS) if kind != WORDS),
    )
]
"""What only the rules made of it speak for: weighed beside those, some got a weight that nobody
understands, "a few days" one for calling, an offer to be answered by Friday one for waiting.
Without it, as many answers are right."""

Split = tuple[Rows, Rows]


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


def fit_classifier(study: Study, *, seed: int) -> CallClassifier:
    """Keep what reads, and learn to weigh from the held-out readings."""
    weights = fit_weights(study, np.arange(len(study.labelled)), seed=seed)
    return CallClassifier(study.vectorizer, study.reader, study.presence, weights)


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
    first: dict[str, str] = {}
    for group, label in zip(groups, labels, strict=True):
        first.setdefault(group, label)
    place = {group: index for index, group in enumerate(first)}
    of_group = np.array([place[group] for group in groups])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    parts = folds.split(np.zeros(len(first)), list(first.values()))
    is_test = [np.isin(of_group, part) for _, part in parts]
    return [(np.flatnonzero(~test), np.flatnonzero(test)) for test in is_test]


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
    values = np.vstack([study.values[rows], *(study.moved[row] for row in rows)])
    values[:, UNWEIGHED] = 0
    return Weights(
        *_fit_logistic(
            values,
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
) -> tuple[Reader, list[NoteScores]]:
    """A reader of all cases, and each case as read by one that had not seen its fold."""
    everything = np.arange(len(lesson.is_labelled))
    parts = [everything, *(train for train, _ in splits)]
    whole, *readers = Parallel(n_jobs=jobs)(
        delayed(_fit_reader)(vectors, lesson, rows) for rows in parts
    )
    readings: dict[int, NoteScores] = {}
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
