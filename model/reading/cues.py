"""What is learned of clauses and times: which cues a clause holds, what a time is about.

The truth is the column `cues` of the scenarios; the models are linear, one for each label. The
wordings of `patterns/cues.jsonl` reach them as terms: evidence beside that of the single words.

What is learned is kept as plain arrays: scikit-learn is slow to import, so only who fits does.
"""

from collections.abc import Iterable
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit

from model.data import CUE_LABELS, TIME_ROLES, Annotation
from model.reading.note import Note

Matrix = NDArray[np.float64]
Truth = NDArray[np.bool_]

NEVER = -10.0
"""The log-odds of a label that no example has; negated, of one that all have."""

SHARED = 12
"""Characters by which a phrase belongs to a clause, however long both are."""


class LabelModels:
    """A binary logistic regression for each of several labels, scored in one product."""

    def __init__(self, C: float) -> None:  # noqa: N803 (scikit-learn's name)
        self.C = C

    def fit(self, rows: csr_matrix, truth: Truth, weights: NDArray[np.float64]) -> Self:
        """Learn from sparse rows; `truth` holds a row each and a column for each label."""
        from sklearn.linear_model import LogisticRegression

        self.coef_ = np.zeros((rows.shape[1], truth.shape[1]))
        self.intercept_ = np.where(truth.all(axis=0), -NEVER, NEVER)
        for label, column in enumerate(truth.T):
            if column.any() and not column.all():
                model = LogisticRegression(  # a finer `tol` finds no more, and takes twice as long
                    C=self.C, solver="liblinear", dual=True, tol=0.5, random_state=0
                )
                model.fit(rows, column, sample_weight=weights)
                self.coef_[:, label], self.intercept_[label] = model.coef_[0], model.intercept_[0]
        return self

    def decision_function(self, rows: csr_matrix) -> Matrix:
        """Log-odds, rows by labels."""
        return np.asarray(rows @ self.coef_ + self.intercept_)

    def predict_proba(self, rows: csr_matrix) -> Matrix:
        """Probabilities, rows by labels, each label for itself."""
        return np.asarray(expit(self.decision_function(rows)))


def clause_truth(note: Note, annotations: Iterable[Annotation]) -> Truth:
    """Which clause holds which label.

    A phrase belongs to each clause with which it shares a third of the shorter one, or `SHARED`.
    """
    labels = np.zeros((len(note.clauses), len(CUE_LABELS)), dtype=bool)
    for each in annotations:
        if each.label not in CUE_LABELS:
            continue
        shared = [min(c.end, each.end) - max(c.start, each.start) for c in note.clauses]
        for index, (clause, length) in enumerate(zip(note.clauses, shared, strict=True)):
            least = min(clause.end - clause.start, each.end - each.start) / 3
            if length > 0 and length >= min(least, SHARED):
                labels[index, CUE_LABELS.index(each.label)] = True
    return labels


def time_truth(note: Note, annotations: Iterable[Annotation]) -> Truth:
    """The role of each time expression; no role for one that no annotation touches."""
    roles = np.zeros((len(note.times), len(TIME_ROLES)), dtype=bool)
    spans = [
        (TIME_ROLES.index(each.label.removeprefix("time:")), each.start, each.end)
        for each in annotations
        if each.label.startswith("time:")
    ]
    for row, time in zip(roles, note.times, strict=True):
        touching = [
            (min(time.end, end) - max(time.start, start), role)
            for role, start, end in spans
            if start < time.end and time.start < end
        ]
        if touching:
            row[max(touching)[1]] = True
    return roles
