"""Training: scenarios in, a fitted classifier out; and its cross-validation beside baselines."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from model.classifier import (
    WORDS,
    CallClassifier,
    Split,
    Study,
    call_probabilities,
    fit_weights,
    split,
)
from model.data import Scenario, groups_of
from model.features import FACTS, FEATURE_NAMES
from model.note import Case, read_note
from model.reader import Example

REAL_WEIGHT = 5.0
"""How much a real situation counts beside one that was written for its rule: what people paste is
more lopsided than what anybody writes on purpose, and it is what the tool is for."""
LEAST_TAUGHT = 100
"""With fewer annotated rows the taggers learn from the shipped scenarios' annotations as well."""


def make_case(scenario: Scenario) -> Case:
    """The case of a scenario, read but not judged."""
    return Case(read_note(scenario.notes), scenario.as_of, scenario.interview_date)


def make_examples(scenarios: Sequence[Scenario], extra: Sequence[Scenario] = ()) -> list[Example]:
    """Read the notes of `scenarios`; the annotations of `extra` ones only teach the taggers."""
    taught = {each.notes: each.cues for each in extra}
    examples = [
        Example(
            make_case(each),
            each.label,
            each.cues or taught.pop(each.notes, ()),
            group,
            REAL_WEIGHT if each.voice == "real" else 1.0,
        )
        for each, group in zip(scenarios, groups_of(scenarios), strict=True)
    ]
    more = [each for each in extra if each.notes in taught and each.cues]
    return examples + [
        Example(make_case(each), None, each.cues, f"extra {index}")
        for index, each in enumerate(more)
    ]


def make_baselines() -> dict[str, Pipeline | DummyClassifier]:
    """What any classifier must beat: the majority, and words alone."""
    return {
        "majority": DummyClassifier(strategy="most_frequent"),
        "tfidf": make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            LogisticRegression(C=4.0, max_iter=1000),
        ),
    }


DESIGNS = {
    "cues, calendar, words, without the rules": ("cue", "surest", "any", "second", "fact", "words"),
    "cues alone": ("cue", "surest", "any", "second"),
    "words of the note alone": ("words",),
    "calendar alone": ("fact",),
}
"""Other models of the same features: the kinds each sees, as the beginnings of their names."""


def cross_validate(study: Study, *, seed: int) -> dict[str, NDArray[np.float64]]:
    """Held-out probabilities of "call" for the labelled examples, in order, by design.

    The readers behind the study had not seen the example they read, and the weights of a fold
    have not seen the fold.
    """
    folds = split(study.labelled, seed)
    truth = np.array([each.label for each in study.labelled])
    weights = np.array([each.weight for each in study.labelled])
    said = {"classifier": np.empty(len(truth)), "date arithmetic alone": _arithmetic(study.values)}
    for train, test in folds:
        seen = [study.labelled[i] for i in train]
        model = fit_weights(seen, study.values[train], C=CallClassifier().C, seed=seed)
        said["classifier"][test] = call_probabilities(model, study.values[test])
    names = (*FEATURE_NAMES, WORDS)
    for design, kinds in DESIGNS.items():
        columns = [i for i, name in enumerate(names) if name.split(":")[0] in kinds]
        linear = LogisticRegression(C=CallClassifier().C, solver="newton-cholesky")
        said[design] = _hold_out(linear, study.values[:, columns], truth, folds, weights)
    boosted = HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=8, random_state=seed)
    said["gradient boosting"] = _hold_out(boosted, study.values, truth, folds, weights)
    notes = np.array([each.case.note.text for each in study.labelled], dtype=object)
    for name, baseline in make_baselines().items():
        said[name] = _hold_out(baseline, notes, truth, folds)
    return said


def _hold_out(
    model: Any, rows: Any, truth: NDArray[Any], folds: list[Split], weights: Any = None
) -> NDArray[np.float64]:
    """Probabilities of "call" for each row by a model that has not seen its fold."""
    said = np.empty(len(truth))
    for train, test in folds:
        options = {} if weights is None else {"sample_weight": weights[train]}
        said[test] = call_probabilities(model.fit(rows[train], truth[train], **options), rows[test])
    return said


def _arithmetic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Call where a time is over, or where none runs and the last word is long ago: 1, else 0."""
    fact = {name: values[:, FEATURE_NAMES.index(f"fact:{name}")] for name in FACTS}
    over = np.maximum(fact["window_over"], fact["hold_up"])
    running = np.maximum(fact["window_open"], fact["hold_ahead"])
    quiet = (fact["quiet_long"] > fact["quiet_short"]) & (np.maximum(over, running) < 0.3)
    return ((over > running) | quiet).astype(float)
