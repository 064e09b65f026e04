"""Training: scenarios in, a fitted classifier out; and its cross-validation beside baselines."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from model.data import OWN, SHIPPED, Scenario, groups_of, read_scenarios
from model.judging.facts import FACTS
from model.judging.features import FEATURE_NAMES
from model.learning.encodings import encode_held_out
from model.learning.other_days import other_days
from model.learning.study import C, Split, Study, call_probabilities, fit_weights, split
from model.reading.note import Case, read_note
from model.reading.reader import Example

REAL_WEIGHT = 5.0
"""How much a real situation counts beside one that was written for its rule: what people paste is
more lopsided than what anybody writes on purpose, and it is what the tool is for."""
LEAST_TAUGHT = 400
"""With fewer annotated rows the taggers learn from the shipped scenarios' annotations as well, and
with them what is English: of 200 notes too few words are known to tell."""


def weight_of(scenario: Scenario) -> float:
    """How much a scenario counts."""
    return REAL_WEIGHT if scenario.is_real or scenario.voice == OWN else 1.0


def lend_annotations(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The shipped scenarios, to teach the taggers where few of the given ones have cues."""
    is_enough = sum(bool(each.cues) for each in scenarios) >= LEAST_TAUGHT
    return [] if is_enough else read_scenarios(SHIPPED)


def make_case(scenario: Scenario) -> Case:
    """The case of a scenario, read but not judged."""
    return Case(read_note(scenario.notes), scenario.as_of, scenario.interview_date)


def make_examples(scenarios: Sequence[Scenario], extra: Sequence[Scenario] = ()) -> list[Example]:
    """Read the notes of `scenarios`; the annotations of `extra` ones only teach the taggers."""
    taught = {each.notes: each.cues for each in extra}
    annotations = [each.cues or taught.get(each.notes, ()) for each in scenarios]
    own = {each.notes for each in scenarios}
    more = [each for each in extra if each.cues and each.notes not in own]
    cases = [make_case(each) for each in (*scenarios, *more)]
    rows = zip(
        (*scenarios, *more),
        cases,
        encode_held_out([case.note for case in cases]),
        (*(each.label for each in scenarios), *(None for _ in more)),
        (*annotations, *(each.cues for each in more)),
        groups_of((*scenarios, *more)),
        strict=True,
    )
    return [
        Example(case, encoding, label, cues, group, weight_of(each), tuple(other_days(each)))
        for each, case, encoding, label, cues, group in rows
    ]


def make_baselines() -> dict[str, Pipeline | DummyClassifier]:
    """What any classifier must beat: the majority, and words alone."""
    linear = LogisticRegression(C=4.0, solver="liblinear", dual=True, tol=0.01, random_state=0)
    return {
        "majority": DummyClassifier(strategy="most_frequent"),
        "tfidf": make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), linear
        ),
    }


def fit_weighted(model: Any, rows: Any, truth: Any, weights: NDArray[np.float64]) -> Any:
    """Fit a model whose last step takes weights."""
    step = f"{model.steps[-1][0]}__" if isinstance(model, Pipeline) else ""
    return model.fit(rows, truth, **{f"{step}sample_weight": weights})


DESIGNS = {
    "cues, calendar, words, without the rules": ("cue", "surest", "any", "second", "fact", "words"),
    "cues alone": ("cue", "surest", "any", "second"),
    "words of the note alone": ("words",),
    "calendar alone": ("fact",),
}
"""Other models of the same features: the kinds each sees, as the beginnings of their names."""


def cross_validate(study: Study, *, seed: int, jobs: int) -> dict[str, NDArray[np.float64]]:
    """Held-out probabilities of "call" for the labelled examples, in order, by design.

    The readers behind the study had not seen the example they read, and the weights of a fold
    have not seen the fold.
    """
    folds = split(study.labelled, seed)
    truth = np.array([each.label for each in study.labelled])
    weights = np.array([each.weight for each in study.labelled])
    ours = np.empty(len(truth))
    for train, test in folds:
        learned = fit_weights(study, train, seed=seed)
        ours[test] = learned.call_probabilities(study.values[test])
    designs = _designs(study, seed)
    said = Parallel(n_jobs=jobs)(
        delayed(_hold_out)(*design, truth, weights, folds) for design in designs.values()
    )
    others = dict(zip(designs, said, strict=True))
    return {"classifier": ours, **others, "date arithmetic alone": _arithmetic(study.values)}


def _designs(study: Study, seed: int) -> dict[str, tuple[Any, Any]]:
    """Other models, each with the rows it sees."""
    designs: dict[str, tuple[Any, Any]] = {}
    for design, kinds in DESIGNS.items():
        columns = [i for i, name in enumerate(FEATURE_NAMES) if name.split(":")[0] in kinds]
        linear = LogisticRegression(C=C, solver="newton-cholesky")
        designs[design] = linear, study.values[:, columns]
    boosted = HistGradientBoostingClassifier(
        max_iter=100, max_leaf_nodes=8, max_bins=32, random_state=seed
    )  # with weights, the usual 255 bins take most of the training
    notes = np.array([each.case.note.text for each in study.labelled], dtype=object)
    baselines = {name: (model, notes) for name, model in make_baselines().items()}
    return designs | {"gradient boosting": (boosted, study.values)} | baselines


def _hold_out(
    model: Any,
    rows: Any,
    truth: NDArray[Any],
    weights: NDArray[np.float64],
    folds: list[Split],
) -> NDArray[np.float64]:
    """Probabilities of "call" for each row by a model that has not seen its fold."""
    said = np.empty(len(truth))
    for train, test in folds:
        fitted = fit_weighted(model, rows[train], truth[train], weights[train])
        said[test] = call_probabilities(fitted, rows[test])
    return said


def _arithmetic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Call where a time is over, or where none runs and the last word is long ago: 1, else 0."""
    fact = {name: values[:, FEATURE_NAMES.index(f"fact:{name}")] for name in FACTS}
    over = np.maximum(fact["window_over"], fact["hold_up"])
    running = np.maximum(fact["window_open"], fact["hold_ahead"])
    quiet = (fact["quiet_long"] > fact["quiet_short"]) & (np.maximum(over, running) < 0.3)
    return ((over > running) | quiet).astype(float)
