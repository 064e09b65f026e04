"""Training: scenarios in, a fitted classifier out; and its cross-validation beside baselines."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from model.classifier import CallClassifier, Study, call_probabilities, fit_weights, split
from model.data import Scenario, groups_of
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


def cross_validate(study: Study, *, seed: int) -> dict[str, NDArray[np.float64]]:
    """Held-out probabilities of "call" for the labelled examples, in order, by model.

    The readers behind the study had not seen the example they read, and the weights of a fold
    have not seen the fold.
    """
    labelled = study.labelled
    said = {name: np.empty(len(labelled)) for name in ("classifier", *make_baselines())}
    for train, test in split(labelled, seed):
        seen = [labelled[i] for i in train]
        model = fit_weights(seen, study.values[train], C=CallClassifier().C, seed=seed)
        said["classifier"][test] = call_probabilities(model, study.values[test])
        for name, baseline in make_baselines().items():
            baseline.fit([e.case.note.text for e in seen], [e.label for e in seen])
            said[name][test] = call_probabilities(
                baseline, [labelled[i].case.note.text for i in test]
            )
    return said
