"""Scenarios in, examples to learn from out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.data import OWN, SHIPPED, Annotation, Scenario, groups_of, read_scenarios
from model.learning.encodings import encode_held_out
from model.learning.other_days import other_days
from model.reading.cues import clause_truth, time_truth
from model.reading.encoder import Encoding
from model.reading.note import Case, read_note
from model.reading.reader import Lesson
from model.types import Label

REAL_WEIGHT = 5.0
"""How much a real situation counts beside one that was written for its rule: what people paste is
more lopsided than what anybody writes on purpose, and it is what the tool is for."""
LEAST_TAUGHT = 400
"""With fewer annotated rows the taggers learn from the shipped scenarios' annotations as well, and
with them what is English: of 200 notes too few words are known to tell."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case to learn from: labelled (None: it only teaches the taggers), annotated, or both.

    `encoding`: by an encoder that was not tuned on it. Examples of one `group` stay on one side of
    every split. `weight`: how much it counts. `other_days`: days on which the same notes have a
    label as well.
    """

    case: Case
    encoding: Encoding
    label: Label | None
    cues: tuple[Annotation, ...]
    group: str
    weight: float = 1.0
    other_days: tuple[tuple[date, Label], ...] = ()


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
        Example(case, encoding, label, cues, group, weight_of(each), _days_to_learn(each, label))
        for each, case, encoding, label, cues, group in rows
    ]


def _days_to_learn(scenario: Scenario, label: Label | None) -> tuple[tuple[date, Label], ...]:
    """Its other days; none of a scenario that lends its annotations alone."""
    return tuple(other_days(scenario)) if label else ()


def make_lesson(examples: Sequence[Example]) -> Lesson:
    """What the examples teach."""
    clauses = [clause_truth(each.case.note, each.cues) for each in examples]
    return Lesson(
        clauses=np.vstack(clauses),
        roles=np.vstack([time_truth(each.case.note, each.cues) for each in examples]),
        present=np.array([each.any(axis=0) for each in clauses]),
        is_call=np.array([each.label == "call" for each in examples]),
        is_taught=np.array([bool(each.cues) for each in examples]),
        is_labelled=np.array([each.label is not None for each in examples]),
        weights=np.array([each.weight for each in examples]),
    )
