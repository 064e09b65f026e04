"""The weights of the features: those of scikit-learn, calibrated, learned from other days as well."""

from datetime import date

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from model.data import CUE_LABELS, TIME_ROLES
from model.judging.classifier import assemble
from model.judging.features import FEATURE_NAMES
from model.learning.examples import Example
from model.learning.study import UNWEIGHED, C, Study, fit_weights
from model.reading.cues import Matrix
from model.reading.encoder import read_nothing
from model.reading.note import UNDATED, Case, read_note
from model.reading.reader import SIGNALS, NoteScores, Presence, Reader
from model.reading.vectors import Vectorizer
from model.types import Label, Policy

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


@pytest.mark.parametrize(("clock", "presses"), [(None, True), (20, True), (21, False)])
def test_a_deadline_that_is_over_on_the_clock_presses_no_more(
    clock: int | None, presses: bool
) -> None:
    note = read_note("Another firm wants my answer by 20 November.")
    case = Case(note, date(2026, 11, 16), clock=clock and date(2026, 11, clock))
    roles = np.array([[float(role == "pressure") for role in TIME_ROLES]])
    no_cue = np.zeros((1, len(CUE_LABELS)))
    read = NoteScores(no_cue, roles, no_cue[0], 0.0)
    signals = np.zeros((1, len(CUE_LABELS), len(SIGNALS)))
    _, (timeline,) = assemble([case], [read], signals, no_cue, Policy(), UNDATED)
    assert bool(timeline.deadlines) == presses
