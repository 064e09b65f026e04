"""Cross-validation of the classifier, beside other designs and baselines."""

from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from model.judging.facts import FACTS
from model.judging.features import FEATURE_NAMES
from model.learning.study import C, Split, Study, call_probabilities, fit_weights, split


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
