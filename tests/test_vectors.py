"""The arrays that scoring keeps give what the scikit-learn objects they come from give."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from model.classifier import CallClassifier, call_probabilities, fit_weights
from model.note import Case, read_note
from model.reader import Example
from model.types import Label
from model.vectors import count_terms, weigh_counts

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


def test_probabilities_are_those_of_scikit_learn() -> None:
    chance = np.random.default_rng(0)
    values = chance.normal(size=(60, 3))
    labels: list[Label] = ["call" if row.sum() > chance.normal() else "wait" for row in values]
    case = Case(read_note(""))
    examples = [Example(case, label, (), str(i)) for i, label in enumerate(labels)]
    fitted = fit_weights(examples, values, C=1.0, seed=0)
    classifier = CallClassifier()
    classifier.keep(fitted)
    contributions, log_odds, probabilities = classifier.weigh(values)
    assert np.allclose(contributions.sum(axis=1) + classifier.intercept_, log_odds)
    assert np.allclose(probabilities, call_probabilities(fitted, values), rtol=0, atol=1e-9)
    assert np.ptp(probabilities) > 0.5
