"""Notes as numbers: sparse TF-IDF rows of their clauses, times and whole texts.

Only the terms of single clauses and times are counted in Python; neighbours and whole notes are
made of those counts by sparse products. Terms carry no offsets: what is shown to the user are
clauses and times, never terms.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack

from model.reading.note import Case
from model.reading.terms import classed, clause_terms, time_terms

LEAST_SEEN = 8
"""A term in fewer clauses or times than this is passed over."""

Rows = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Some cases as sparse rows.

    `clauses`: of all clauses, case after case; `times`: of all time expressions; `notes`: of the
    cases. `clause_ends` and `time_ends`: the row after the last one of each case.
    """

    clauses: csr_matrix
    times: csr_matrix
    notes: csr_matrix
    clause_ends: Rows
    time_ends: Rows

    def take(self, cases: Rows) -> "Vectors":
        """The rows of some of the cases."""
        return Vectors(
            self.clauses[rows_of(self.clause_ends, cases)],
            self.times[rows_of(self.time_ends, cases)],
            self.notes[cases],
            np.cumsum(np.diff(self.clause_ends, prepend=0)[cases]),
            np.cumsum(np.diff(self.time_ends, prepend=0)[cases]),
        )


def rows_of(ends: Rows, cases: Rows) -> Rows:
    """The rows that belong to some of the cases, given where the rows of each case end."""
    starts = np.concatenate([[0], ends[:-1]])
    parts = [np.arange(starts[case], ends[case]) for case in cases]
    return np.concatenate([np.zeros(0, dtype=int), *parts])


def split_rows(rows: NDArray[np.float64], ends: Rows) -> list[NDArray[np.float64]]:
    """One array a case, given where the rows of each case end."""
    return [rows[start:end] for start, end in pairwise([0, *ends.tolist()])]


class Vectorizer:
    """Learns the terms and their weights; turns cases into `Vectors`."""

    def fit_transform(self, cases: Sequence[Case]) -> Vectors:
        """Learn from the cases, labels playing no part in it, and return them as rows."""
        from sklearn.feature_extraction.text import TfidfTransformer

        terms = _read_terms(cases)
        self.own_, self.near_, self.local_ = map(learn_terms, (terms.own, terms.near, terms.local))
        counts = self._count(terms)
        self.idf_ = {name: TfidfTransformer().fit(each).idf_ for name, each in counts.items()}
        return self._weigh(terms, counts)

    def transform(self, cases: Sequence[Case]) -> Vectors:
        """The cases as rows."""
        terms = _read_terms(cases)
        return self._weigh(terms, self._count(terms))

    def _count(self, terms: "_Terms") -> dict[str, csr_matrix]:
        """How often each term stands in the clauses and around them, in the notes, at the times."""
        own = count_terms(self.own_, terms.own)
        near = count_terms(self.near_, terms.near)
        case_of_clause = np.repeat(np.arange(len(terms.clauses)), terms.clauses)
        ones = np.ones(len(case_of_clause), dtype=int)
        of_case = csr_matrix(
            (ones, (case_of_clause, np.arange(len(ones)))), (len(terms.clauses), len(ones))
        )
        nothing = csr_matrix((1, near.shape[1]), dtype=near.dtype)
        near = vstack([near, nothing]).tocsr()
        at, before, after = terms.at, terms.before, terms.after
        around = [near[at], near[before[at]], near[after[at]]]
        return {
            "clauses": hstack([own, near[before[:-1]], near[after[:-1]]]).tocsr(),
            "notes": of_case @ own,
            "times": hstack([count_terms(self.local_, terms.local), *around]).tocsr(),
        }

    def _weigh(self, terms: "_Terms", counts: dict[str, csr_matrix]) -> Vectors:
        """Counts to TF-IDF rows."""
        rows = {name: weigh_counts(each, self.idf_[name]) for name, each in counts.items()}
        return Vectors(
            **rows, clause_ends=np.cumsum(terms.clauses), time_ends=np.cumsum(terms.times)
        )


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of some cases, and which clause is where.

    `own` and `near`: of each clause, itself and as a neighbour; `local`: of each time. `at`: the
    clause of each time; `before` and `after`: the neighbours of each clause. No clause is the last
    index, which is its own neighbour. `clauses` and `times`: how many each case has.
    """

    own: list[list[str]]
    near: list[list[str]]
    local: list[list[str]]
    at: Rows
    before: Rows
    after: Rows
    clauses: Rows
    times: Rows


def _read_terms(cases: Sequence[Case]) -> _Terms:
    clauses = np.array([len(case.note.clauses) for case in cases], dtype=int)
    total = int(clauses.sum())
    starts = np.cumsum(clauses) - clauses
    rows = np.arange(total + 1)
    before, after = rows - 1, rows + 1
    before[starts[clauses > 0]] = total
    after[(starts + clauses - 1)[clauses > 0]] = total
    before[total] = after[total] = total
    at = [
        total if (index := case.note.clause_at(time.start)) is None else start + index
        for case, start in zip(cases, starts.tolist(), strict=True)
        for time in case.note.times
    ]
    forms = [[classed(words) for words in case.note.words] for case in cases]
    return _Terms(
        own=[
            terms
            for case, form in zip(cases, forms, strict=True)
            for terms in clause_terms(case, form)
        ],
        near=[terms for form in forms for terms in form],
        local=[terms for case in cases for terms in time_terms(case)],
        at=np.array(at, dtype=int),
        before=before,
        after=after,
        clauses=clauses,
        times=np.array([len(case.note.times) for case in cases], dtype=int),
    )


def learn_terms(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """The terms that are in enough of the rows, each with its column."""
    seen = Counter(chain.from_iterable(map(set, rows)))
    known = sorted(term for term, count in seen.items() if count >= LEAST_SEEN)
    return {term: column for column, term in enumerate(known)}


def count_terms(vocabulary: dict[str, int], rows: Sequence[Sequence[str]]) -> csr_matrix:
    """What a `CountVectorizer` gives, several times as fast: the terms come ready made."""
    lengths = [len(row) for row in rows]
    found = map(vocabulary.get, chain.from_iterable(rows), repeat(-1))
    columns = np.fromiter(found, dtype=np.int32, count=sum(lengths))
    known = columns >= 0
    places = np.repeat(np.arange(len(rows)), lengths)[known], columns[known]
    shape = len(rows), len(vocabulary)
    return csr_matrix((np.ones(len(places[0])), places), shape=shape)  # adds up what is repeated


def weigh_counts(counts: csr_matrix, idf: NDArray[np.float64]) -> csr_matrix:
    """What a `TfidfTransformer` with sublinear counts gives."""
    weights = (1 + np.log(counts.data)) * idf[counts.indices]
    row_of_each = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(row_of_each, weights**2, minlength=counts.shape[0]))
    weights /= lengths[row_of_each]
    return csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)
