"""The learned reading of a note: its cues, the roles of its times, what its words suggest.

`Reader` holds the models that see text. `Presence` turns what they say of the clauses into how
surely each cue is in the note at all; it is fitted on readings by readers that had not seen the
note, so that it learns how far they can be trusted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

from model.data import CUE_LABELS
from model.reading.cues import NEVER, LabelModels, Matrix, Truth
from model.reading.encoder import Encoding
from model.reading.vectors import Rows, Vectors, rows_of, split_rows

TINY = 1e-4
ENCODER_SHARE = 0.75
"""How much counts what the encoder says; the rest is what the linear models say. On real notes,
held out, the Brier score is best from 0.7 to 0.8; with a half and with the whole it is worse."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The truth about some cases, row by row as in their `Vectors`.

    `clauses`: clauses by `CUE_LABELS`; `roles`: times by `TIME_ROLES`; `present`: cases by
    `CUE_LABELS`; `is_call`: of the cases. `is_taught`, `is_labelled`: which cases have annotations,
    which a label. `weights`: how much each case counts.
    """

    clauses: Truth
    roles: Truth
    present: Truth
    is_call: Truth
    is_taught: Truth
    is_labelled: Truth
    weights: NDArray[np.float64]

    def take(self, vectors: Vectors, cases: Rows) -> "Lesson":
        """The truth about some of the cases, of which `vectors` are the rows."""
        return Lesson(
            clauses=self.clauses[rows_of(vectors.clause_ends, cases)],
            roles=self.roles[rows_of(vectors.time_ends, cases)],
            present=self.present[cases],
            is_call=self.is_call[cases],
            is_taught=self.is_taught[cases],
            is_labelled=self.is_labelled[cases],
            weights=self.weights[cases],
        )


@dataclass(frozen=True, slots=True)
class NoteScores:
    """What a reader says of a case.

    `clauses`: clauses by `CUE_LABELS`; `roles`: times by `TIME_ROLES`; both probabilities. `words`:
    log-odds that the words of the whole note give each cue; `call_by_words`: that they give "call".
    """

    clauses: Matrix
    roles: Matrix
    words: NDArray[np.float64]
    call_by_words: float


class Reader:
    """Linear models of clauses, of times, and of the words of whole notes."""

    def fit(self, vectors: Vectors, lesson: Lesson) -> Self:
        """Learn cues and roles from the annotated cases, "call" from the labelled ones."""
        taught = np.flatnonzero(lesson.is_taught)
        seen, truth = vectors.take(taught), lesson.take(vectors, taught)
        of_clauses = np.repeat(truth.weights, np.diff(seen.clause_ends, prepend=0))
        of_times = np.repeat(truth.weights, np.diff(seen.time_ends, prepend=0))
        told = truth.roles.any(axis=1)
        self.clauses_ = LabelModels(C=1.0).fit(seen.clauses, truth.clauses, of_clauses)
        self.roles_ = LabelModels(C=2.0).fit(seen.times[told], truth.roles[told], of_times[told])
        self.cues_ = LabelModels(C=2.0).fit(seen.notes, truth.present, truth.weights)
        labelled = np.flatnonzero(lesson.is_labelled)
        is_call = lesson.is_call[labelled][:, np.newaxis]
        self.call_ = LabelModels(C=2.0).fit(
            vectors.notes[labelled], is_call, lesson.weights[labelled]
        )
        return self

    def read(self, vectors: Vectors, encodings: Sequence[Encoding]) -> list[NoteScores]:
        """Read some cases: what the linear models and the encoder say, weighed."""
        clauses = self.clauses_.decision_function(vectors.clauses)
        roles = self.roles_.predict_proba(vectors.times)
        roles /= np.maximum(roles.sum(axis=1, keepdims=True), TINY)  # a time is about one thing
        clauses = _weigh(clauses, np.vstack([each.clauses for each in encodings]))
        encoded = np.vstack([each.times for each in encodings])
        roles = softmax(_weigh(np.log(roles + TINY), encoded), axis=1)
        parts = (
            split_rows(expit(clauses), vectors.clause_ends),
            split_rows(roles, vectors.time_ends),
            self.cues_.decision_function(vectors.notes),
            self.call_.decision_function(vectors.notes)[:, 0].tolist(),
        )
        return [NoteScores(*each) for each in zip(*parts, strict=True)]


SIGNALS = ("surest", "any", "second", "words")
"""What is said of each cue of a note: its surest clause, any clause, the second surest, the words
of the note as a whole; all as log-odds."""


def summarise(readings: Sequence[NoteScores]) -> Matrix:
    """The signals of each cue: readings by `CUE_LABELS` by `SIGNALS`."""
    of_clauses = _log_odds(np.array([_summary(reading.clauses) for reading in readings]))
    of_words = np.array([[reading.words] for reading in readings])
    return np.concatenate([of_clauses, of_words], axis=1).transpose(0, 2, 1)


def _summary(clauses: Matrix) -> list[NDArray[np.float64]]:
    """The probabilities of the surest clause, of any, and of the second surest."""
    none = np.zeros((2, len(CUE_LABELS)))
    second, surest = np.sort(np.concatenate([none, clauses]), axis=0)[-2:]
    return [surest, 1 - np.prod(1 - clauses, axis=0), second]


def _weigh(said: Matrix, encoded: Matrix) -> Matrix:
    """Both by `ENCODER_SHARE`; what the linear models say where the encoder has read nothing."""
    both = (1 - ENCODER_SHARE) * said + ENCODER_SHARE * encoded
    return np.where(np.isnan(encoded), said, both)


def _log_odds(probabilities: Matrix) -> Matrix:
    odds = (probabilities + TINY) / (1 - probabilities + TINY)
    return np.asarray(np.log(odds))


class Presence:
    """How surely each cue is in a note: a small logistic model a cue, on its signals."""

    def fit(self, signals: Matrix, present: Truth) -> Self:
        """Learn from the signals of held-out readings and which cues are there."""
        from sklearn.linear_model import LogisticRegression

        self.coef_ = np.zeros(signals.shape[1:])
        self.intercept_ = np.where(present.all(axis=0), -NEVER, NEVER)
        for label, truth in enumerate(present.T):
            if truth.any() and not truth.all():
                model = LogisticRegression().fit(signals[:, label], truth)
                self.coef_[label], self.intercept_[label] = model.coef_[0], model.intercept_[0]
        return self

    def predict_proba(self, signals: Matrix) -> Matrix:
        """Probabilities, notes by `CUE_LABELS`."""
        scores = np.einsum("nck,ck->nc", signals, self.coef_) + self.intercept_
        return np.asarray(expit(scores))
