"""The weights of the features: those of scikit-learn, calibrated, learned from other days as well."""

from datetime import date

import numpy as np
from sklearn.linear_model import LogisticRegression

from model.judging.features import FEATURE_NAMES
from model.learning.study import UNWEIGHED, C, Study, fit_weights
from model.reading.cues import Matrix
from model.reading.encoder import read_nothing
from model.reading.note import Case, read_note
from model.reading.reader import Example, Presence, Reader
from model.reading.vectors import Vectorizer
from model.types import Label

ROWS = 60
EMPTY = Case(read_note(""))
WIDTH = len(FEATURE_NAMES)
VALUES = np.zeros((ROWS, WIDTH))
VALUES[:, :3] = np.random.default_rng(0).normal(size=(ROWS, 3))
LABELS: list[Label] = [
    "call" if total > noise else "wait"
    for total, noise in zip(
        VALUES.sum(axis=1), np.random.default_rng(1).normal(size=ROWS), strict=True
    )
]


def study(moved: Matrix, *days: tuple[date, Label], values: Matrix = VALUES) -> Study:
    examples = [
        Example(EMPTY, read_nothing(EMPTY.note), label, (), str(i), 1.0, days)
        for i, label in enumerate(LABELS)
    ]
    return Study(examples, Vectorizer(), Reader(), values, [moved] * ROWS, Presence())


def test_weights_are_those_of_scikit_learn_and_the_sigmoid_is_fitted() -> None:
    learned = fit_weights(study(np.zeros((0, WIDTH))), np.arange(ROWS), seed=0)
    reference = LogisticRegression(C=C, tol=1e-8).fit(VALUES, np.array(LABELS) == "call")
    assert np.allclose(learned.log_odds(VALUES), reference.decision_function(VALUES), atol=1e-3)
    said = learned.call_probabilities(VALUES)
    assert np.all(np.diff(said[np.argsort(learned.log_odds(VALUES))]) >= 0)
    brier = np.mean((said - (np.array(LABELS) == "call")) ** 2)
    assert brier < np.mean(
        (reference.predict_proba(VALUES)[:, 1] - (np.array(LABELS) == "call")) ** 2
    )


def test_other_days_move_the_weights() -> None:
    late = np.zeros((1, WIDTH))
    late[0, 2] = 5.0
    told = fit_weights(study(np.zeros((0, WIDTH))), np.arange(ROWS), seed=0)
    moved = fit_weights(study(late, (date(2026, 11, 24), "wait")), np.arange(ROWS), seed=0)
    assert moved.coef[2] < told.coef[2]


def test_what_only_rules_speak_for_has_no_weight_of_its_own() -> None:
    telling = VALUES.copy()
    telling[:, UNWEIGHED] = VALUES[:, :1]
    learned = fit_weights(study(np.zeros((0, WIDTH)), values=telling), np.arange(ROWS), seed=0)
    assert not learned.coef[UNWEIGHED].any()
    assert learned.coef[:3].all()
