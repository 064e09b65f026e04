"""The learned taggers: which cues a clause holds, and what a time expression is about.

Both are linear models on terms, trained from the column `cues` of the scenarios. Patterns of
`patterns/cues.jsonl` reach them as terms, so what is certain in writing is certain here.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from model.data import CUE_LABELS, TIME_ROLES, Annotation
from model.note import Case, Note
from model.terms import clause_terms, time_terms

Matrix = NDArray[np.float64]


def same(terms: Sequence[str]) -> Sequence[str]:
    """The analyzer: terms come ready made."""
    return terms


def _vectorizer() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=same, min_df=2, sublinear_tf=True)


def weigh_terms(vectorizer: TfidfVectorizer, rows: Sequence[Sequence[str]]) -> csr_matrix:
    """What `vectorizer.transform(rows)` gives, several times as fast: the terms come ready made."""
    lengths = [len(row) for row in rows]
    found = map(vectorizer.vocabulary_.get, chain.from_iterable(rows), repeat(-1))
    columns = np.fromiter(found, dtype=np.int32, count=sum(lengths))
    known = columns >= 0
    places = np.repeat(np.arange(len(rows)), lengths)[known], columns[known]
    shape = len(rows), len(vectorizer.idf_)
    weights = csr_matrix((np.ones(known.sum()), places), shape=shape)  # adds up what is repeated
    weights.data = (1 + np.log(weights.data)) * vectorizer.idf_[weights.indices]
    return normalize(weights, copy=False)


class CueTagger(BaseEstimator):
    """Probabilities of the cue labels for each clause of a note, one binary model a label."""

    def __init__(self, C: float = 20.0) -> None:  # noqa: N803 (scikit-learn's name)
        self.C = C

    def fit(self, notes: Sequence[Note], cues: Sequence[tuple[Annotation, ...]]) -> Self:
        """Learn from the annotations of each note."""
        rows = [row for note in notes for row in clause_terms(note)]
        truth = np.vstack([clause_labels(*each) for each in zip(notes, cues, strict=True)])
        self.vectorizer_ = _vectorizer()
        terms = self.vectorizer_.fit_transform(rows)
        self.coef_ = np.zeros((len(CUE_LABELS), terms.shape[1]))
        self.intercept_ = np.full(
            len(CUE_LABELS), -10.0
        )  # a label without an example is never seen
        for index, labelled in enumerate(truth.T):
            if labelled.any():
                model = LogisticRegression(C=self.C, solver="liblinear").fit(terms, labelled)
                self.coef_[index], self.intercept_[index] = (
                    model.coef_[0],
                    model.intercept_[0],
                )
        return self

    def predict_proba(self, notes: Sequence[Note]) -> list[Matrix]:
        """For each note an array of its clauses by `CUE_LABELS`."""
        rows = [row for note in notes for row in clause_terms(note)]
        if not rows:
            return [np.zeros((0, len(CUE_LABELS))) for _ in notes]
        scores = weigh_terms(self.vectorizer_, rows) @ self.coef_.T + self.intercept_
        return _split(1 / (1 + np.exp(-scores)), (len(note.clauses) for note in notes))


class RoleTagger(BaseEstimator):
    """Probabilities of the roles in `TIME_ROLES` for each time expression of a note."""

    def __init__(self, C: float = 10.0) -> None:  # noqa: N803 (scikit-learn's name)
        self.C = C

    def fit(self, cases: Sequence[Case], cues: Sequence[tuple[Annotation, ...]]) -> Self:
        """Learn from the annotated times; expressions without a role are passed over."""
        rows, roles = [], []
        for case, annotations in zip(cases, cues, strict=True):
            found = time_roles(case.note, annotations)
            for row, role in zip(time_terms(case), found, strict=True):
                if role is not None:
                    rows.append(row)
                    roles.append(role)
        self.vectorizer_ = _vectorizer()
        self.model_ = LogisticRegression(C=self.C, max_iter=500)
        self.model_.fit(self.vectorizer_.fit_transform(rows), roles)
        return self

    def predict_proba(self, cases: Sequence[Case]) -> list[Matrix]:
        """For each case an array of its times by `TIME_ROLES`."""
        rows = [row for case in cases for row in time_terms(case)]
        if not rows:
            return [np.zeros((0, len(TIME_ROLES))) for _ in cases]
        learned = self.model_.predict_proba(weigh_terms(self.vectorizer_, rows))
        columns = [TIME_ROLES.index(role) for role in self.model_.classes_]
        roles = np.zeros((len(rows), len(TIME_ROLES)))
        roles[:, columns] = learned
        return _split(roles, (len(case.note.times) for case in cases))


def _split(rows: Matrix, sizes: Iterable[int]) -> list[Matrix]:
    """Cut stacked rows into one array a note."""
    return np.split(rows, np.cumsum(list(sizes))[:-1])


def clause_labels(note: Note, annotations: Iterable[Annotation]) -> NDArray[np.bool_]:
    """Which clause holds which label: a phrase belongs to the clauses it shares a third with."""
    labels = np.zeros((len(note.clauses), len(CUE_LABELS)), dtype=bool)
    for each in annotations:
        if each.label not in CUE_LABELS:
            continue
        shared = [min(c.end, each.end) - max(c.start, each.start) for c in note.clauses]
        for index, (clause, length) in enumerate(zip(note.clauses, shared, strict=True)):
            least = min(clause.end - clause.start, each.end - each.start) / 3
            if length > 0 and length >= min(least, 12):
                labels[index, CUE_LABELS.index(each.label)] = True
    return labels


def time_roles(note: Note, annotations: Iterable[Annotation]) -> list[str | None]:
    """The annotated role of each time expression; None for one that no annotation touches."""
    spans = [
        (each.label.removeprefix("time:"), each.start, each.end)
        for each in annotations
        if each.label.startswith("time:")
    ]
    roles: list[str | None] = []
    for token in note.times:
        touching = [
            (min(token.end, end) - max(token.start, start), role)
            for role, start, end in spans
            if start < token.end and token.start < end
        ]
        roles.append(max(touching)[1] if touching else None)
    return roles
