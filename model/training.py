"""Training: scenarios in, a fitted classifier out; and its cross-validation beside baselines."""

from collections.abc import Sequence

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from model.classifier import UNDATED, CallClassifier, split
from model.data import Scenario, groups_of
from model.note import Case, read_note
from model.reader import Example
from model.types import Policy

LEAST_TAUGHT = 100
"""With fewer annotated rows the taggers learn from the shipped scenarios' annotations as well."""


def make_case(scenario: Scenario) -> Case:
    """The case of a scenario, read but not judged."""
    return Case(read_note(scenario.notes), scenario.as_of, scenario.interview_date)


def make_examples(scenarios: Sequence[Scenario], extra: Sequence[Scenario] = ()) -> list[Example]:
    """Read the notes of `scenarios`; the annotations of `extra` ones only teach the taggers."""
    taught = {each.notes: each.cues for each in extra}
    examples = [
        Example(make_case(each), each.label, each.cues or taught.pop(each.notes, ()), group)
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


def cross_validate(
    examples: Sequence[Example], *, seed: int, jobs: int
) -> dict[str, NDArray[np.float64]]:
    """Held-out probabilities of "call" for the labelled examples, in order, by model."""
    splits = split(examples, seed)
    parts = Parallel(n_jobs=jobs)(
        delayed(_judge_fold)(examples, train, test, seed) for train, test in splits
    )
    held_out = {name: np.full(len(examples), np.nan) for name in parts[0]}
    for (_, test), part in zip(splits, parts, strict=True):
        for name, probabilities in part.items():
            held_out[name][test] = probabilities
    labelled = [i for i, each in enumerate(examples) if each.label]
    return {name: probabilities[labelled] for name, probabilities in held_out.items()}


def _judge_fold(
    examples: Sequence[Example], train: NDArray[np.int_], test: NDArray[np.int_], seed: int
) -> dict[str, NDArray[np.float64]]:
    """Probabilities of "call" for the held-out rows, by a classifier and the baselines."""
    seen = [examples[i] for i in train]
    cases = [examples[i].case for i in test]
    verdicts = CallClassifier(seed=seed).fit(seen).judge(cases, Policy(), UNDATED)
    probabilities = {"classifier": np.array([verdict.probability for verdict in verdicts])}
    labelled = [each for each in seen if each.label]
    for name, baseline in make_baselines().items():
        baseline.fit([e.case.note.text for e in labelled], [e.label for e in labelled])
        column = list(baseline.classes_).index("call")
        said = baseline.predict_proba([case.note.text for case in cases])
        probabilities[name] = said[:, column]
    return probabilities
