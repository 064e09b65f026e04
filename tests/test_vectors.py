"""The arrays that scoring keeps give what the scikit-learn objects they come from give."""

import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from model.reading.vectors import LEAST_SEEN, count_terms, learn_terms, weigh_counts

TAUGHT = [["a", "b", "a b", "a"], ["b"], ["c", "a"]]
# fmt: off
ROWS = [
    [],                                     # no clause at all
    [[]],                                   # a clause without terms
    [["new", "unseen"]],                    # nothing known
    [["a", "a", "a", "b"], [], ["c"]],      # repeated terms, an empty row between others
]
# fmt: on


@pytest.mark.parametrize("rows", ROWS, ids=map(repr, ROWS))
def test_counts_and_weights_are_those_of_scikit_learn(rows: list[list[str]]) -> None:
    counter = CountVectorizer(analyzer=list).fit(TAUGHT)
    weigher = TfidfTransformer(sublinear_tf=True).fit(counter.transform(TAUGHT))
    counts = count_terms(counter.vocabulary_, rows)
    weighed = weigh_counts(counts, weigher.idf_)
    assert weighed.shape == (len(rows), 4)
    if rows:  # scikit-learn wants one
        expected = counter.transform(rows)
        assert (counts != expected).nnz == 0
        assert abs(weighed - weigher.transform(expected)).max() < 1e-12


# fmt: off
LEARNED = [
    [["b", "a"]] * LEAST_SEEN,                   # just often enough, in order
    [["a", "b"]] * (LEAST_SEEN - 1) + [["a"]],   # one is too rare
    [["a", "a", "a", "a", "a"], *[["b"]] * LEAST_SEEN],   # often, in one row
]
# fmt: on


@pytest.mark.parametrize("rows", LEARNED)
def test_the_terms_are_those_of_scikit_learn(rows: list[list[str]]) -> None:
    counter = CountVectorizer(analyzer=list, min_df=LEAST_SEEN).fit(rows)
    assert learn_terms(rows) == counter.vocabulary_


def test_without_rows_there_is_no_term() -> None:
    assert learn_terms([]) == {}
