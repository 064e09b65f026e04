"""Training: scenarios in, a fitted classifier out; and its cross-validation beside baselines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline, make_pipeline

from model.classifier import FOLDS, UNDATED, CallClassifier, Case, Lesson, make_case
from model.data import Scenario, groups_of
from model.types import Policy

LEAST_LESSONS = 100
"""With fewer annotated rows the taggers learn from the shipped scenarios' annotations as well."""


@dataclass(frozen=True, slots=True)
class Course:
    """Scenarios, their notes as read, and the annotated notes for the taggers."""

    scenarios: list[Scenario]
    cases: list[Case]
    lessons: list[Lesson]

    def pick(self, rows: NDArray[np.int_]) -> Self:
        """The course without the scenarios that are not in `rows`, nor their annotations."""
        unseen = {case.note.text for case in self.cases} - {self.cases[i].note.text for i in rows}
        return type(self)(
            [self.scenarios[i] for i in rows],
            [self.cases[i] for i in rows],
            [lesson for lesson in self.lessons if lesson.note.text not in unseen],
        )


def make_course(scenarios: list[Scenario], extra: Sequence[Scenario] = ()) -> Course:
    """Read the notes of `scenarios`; `extra` ones only teach the taggers."""
    cases = [make_case(scenario) for scenario in scenarios]
    known = {scenario.notes for scenario in scenarios}
    lessons = [Lesson(c.note, s.cues) for c, s in zip(cases, scenarios, strict=True) if s.cues]
    lessons += [
        Lesson(make_case(each).note, each.cues)
        for each in extra
        if each.cues and each.notes not in known
    ]
    return Course(scenarios, cases, lessons)


def fit(course: Course, *, seed: int, jobs: int) -> CallClassifier:
    """The classifier, fitted on the whole course."""
    classifier = CallClassifier(seed=seed, jobs=jobs)
    return classifier.fit(course.scenarios, course.cases, course.lessons)


def make_baselines() -> dict[str, Pipeline | DummyClassifier]:
    """What any classifier must beat: the majority, and words alone."""
    return {
        "majority": DummyClassifier(strategy="most_frequent"),
        "tfidf": make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            LogisticRegression(C=4.0, max_iter=1000),
        ),
    }


def cross_validate(course: Course, *, seed: int, jobs: int) -> dict[str, NDArray[np.float64]]:
    """Held-out probabilities of "call", by model; contrast pairs stay in one fold."""
    labels = np.array([scenario.label for scenario in course.scenarios])
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    splits = list(folds.split(labels, labels, groups_of(course.scenarios)))
    parts = Parallel(n_jobs=jobs)(
        delayed(_judge_fold)(course, train, test, seed) for train, test in splits
    )
    held_out = {name: np.zeros(len(labels)) for name in parts[0]}
    for (_, test), part in zip(splits, parts, strict=True):
        for name, probabilities in part.items():
            held_out[name][test] = probabilities
    return held_out


def _judge_fold(
    course: Course, train: NDArray[np.int_], test: NDArray[np.int_], seed: int
) -> dict[str, NDArray[np.float64]]:
    """Probabilities of "call" for the held-out rows."""
    part = course.pick(train)
    verdicts = fit(part, seed=seed, jobs=1).judge(
        [course.cases[i] for i in test], Policy(), UNDATED
    )
    texts = [scenario.notes for scenario in part.scenarios]
    labels = [scenario.label for scenario in part.scenarios]
    probabilities = {"classifier": np.array([verdict.probability for verdict in verdicts])}
    for name, baseline in make_baselines().items():
        baseline.fit(texts, labels)
        column = list(baseline.classes_).index("call")
        held_out = [course.scenarios[i].notes for i in test]
        probabilities[name] = baseline.predict_proba(held_out)[:, column]
    return probabilities
