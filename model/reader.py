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
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from model.cues import CueTagger, Matrix, RoleTagger, clause_labels, same, weigh_terms
from model.data import CUE_LABELS, Annotation
from model.note import Case
from model.terms import note_terms
from model.types import Label

TINY = 1e-4


@dataclass(frozen=True, slots=True)
class Example:
    """A case to learn from: labelled (None: it only teaches the taggers), annotated, or both.

    Examples of one `group` stay on one side of every split.
    """

    case: Case
    label: Label | None
    cues: tuple[Annotation, ...]
    group: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of a case.

    `clauses`: clauses by `CUE_LABELS`; `roles`: times by `TIME_ROLES`; both probabilities. `words`:
    log-odds that the words of the whole note give each cue, and last, "call".
    """

    clauses: Matrix
    roles: Matrix
    words: NDArray[np.float64]


class Reader(BaseEstimator):
    """The taggers of clauses and times, and linear models on the words of whole notes."""

    def fit(self, examples: Sequence[Example]) -> Self:
        """Learn cues and roles from the annotated examples, "call" from the labelled ones."""
        taught = [each for each in examples if each.cues]
        labelled = [each for each in examples if each.label]
        cases, cues = [each.case for each in taught], [each.cues for each in taught]
        self.cue_tagger_ = CueTagger().fit([case.note for case in cases], cues)
        self.role_tagger_ = RoleTagger().fit(cases, cues)
        self.vectorizer_ = TfidfVectorizer(analyzer=same, min_df=3, max_df=0.6, sublinear_tf=True)
        self.vectorizer_.fit([note_terms(each.case.note) for each in examples])
        present = np.vstack([presence_of(each) for each in taught])
        terms = self._terms(cases)
        self.words_ = [_fit_words(terms, column) for column in present.T]
        is_call = np.array([each.label == "call" for each in labelled])
        self.words_.append(_fit_words(self._terms([each.case for each in labelled]), is_call))
        return self

    def _terms(self, cases: Sequence[Case]) -> csr_matrix:
        """TF-IDF of whole notes."""
        return weigh_terms(self.vectorizer_, [note_terms(case.note) for case in cases])

    def read(self, cases: Sequence[Case]) -> list[Reading]:
        """Read some cases."""
        terms = self._terms(cases)
        coef, intercept, _ = _stack(self.words_, terms.shape[1])
        words = terms @ coef.T + intercept
        clauses = self.cue_tagger_.predict_proba([case.note for case in cases])
        roles = self.role_tagger_.predict_proba(cases)
        return [Reading(*each) for each in zip(clauses, roles, words, strict=True)]


def _fit_words(terms: csr_matrix, truth: NDArray[np.bool_]) -> LogisticRegression | None:
    if truth.all() or not truth.any():
        return None  # nothing to tell apart
    return LogisticRegression(C=2.0, solver="liblinear").fit(terms, truth)


def _stack(
    models: Sequence[LogisticRegression | None], width: int
) -> tuple[Matrix, NDArray[np.float64], NDArray[np.bool_]]:
    """Coefficients and intercepts of the models, and which of them are there: one product does
    for all what takes long one by one."""
    known = np.array([model is not None for model in models])
    coef, intercept = np.zeros((len(models), width)), np.zeros(len(models))
    for row, model in enumerate(models):
        if model is not None:
            coef[row], intercept[row] = model.coef_[0], model.intercept_[0]
    return coef, intercept, known


class Presence(BaseEstimator):
    """How surely each cue is in a note: a small logistic model a cue, on four numbers."""

    def fit(self, readings: Sequence[Reading], present: NDArray[np.bool_]) -> Self:
        """Learn from held-out readings and which cues are there: notes by `CUE_LABELS`."""
        numbers = _summaries(readings)
        self.models_ = [
            None if truth.all() or not truth.any()
            else LogisticRegression().fit(numbers[:, column], truth)
            for column, truth in enumerate(present.T)
        ]  # fmt: skip
        return self

    def predict_proba(self, readings: Sequence[Reading]) -> Matrix:
        """Probabilities, notes by `CUE_LABELS`."""
        numbers = _summaries(readings)
        coef, intercept, known = _stack(self.models_, numbers.shape[2])
        scores = np.einsum("nck,ck->nc", numbers, coef) + intercept
        return np.where(known, 1 / (1 + np.exp(-scores)), 0.0)


def _summaries(readings: Sequence[Reading]) -> NDArray[np.float64]:
    """For each note and cue: the surest clause, any clause, the second clause, the words."""
    return np.array([_summary(reading) for reading in readings])


def _summary(reading: Reading) -> NDArray[np.float64]:
    ordered = np.sort(np.vstack([np.zeros((2, len(CUE_LABELS))), reading.clauses]), axis=0)
    some = 1 - np.prod(1 - reading.clauses, axis=0)
    best, second = _log_odds(ordered[-1]), _log_odds(ordered[-2])
    return np.column_stack([best, _log_odds(some), second, reading.words[: len(CUE_LABELS)]])


def _log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    odds = (probabilities + TINY) / (1 - probabilities + TINY)
    return np.asarray(np.log(odds))


def presence_of(example: Example) -> NDArray[np.bool_]:
    """Which cues an annotated example holds."""
    return np.asarray(clause_labels(example.case.note, example.cues).any(axis=0))
