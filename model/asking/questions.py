"""The one missing fact that would settle a doubtful note, found by scoring its possible answers."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from model.asking.query import Query
from model.judging.advice import spell
from model.judging.advisor import Advisor
from model.judging.classifier import CALL_THRESHOLD
from model.types import Advice
from model.workdays import add_workdays

FILE = Path(__file__).with_name("questions.toml")
TOLD = 0.1
"""From this weight (log-odds) on, the notes tell the fact already."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A possible answer: `sentence` goes into the notes; it may name a day, tried at `probes`.

    One without a sentence is the day of the interview, which a query holds beside its notes.
    """

    label: str
    sentence: str
    probes: tuple[int, ...]

    @property
    def asks_day(self) -> bool:
        """Whether the candidate has to name a day."""
        return bool(self.probes)

    @property
    def is_past(self) -> bool:
        """Whether that day is over."""
        return max(self.probes, default=0) < 0

    def add_to(self, query: Query, day: date, today: date) -> Query:
        """The query with the answer in it."""
        if not self.sentence:
            return replace(query, interview_date=day)
        sentence = self.sentence.format(day=spell(day, today))
        return replace(query, notes=add_sentence(query.notes, sentence))


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for; `cues` are what the notes say where they tell it already."""

    name: str
    text: str
    cues: frozenset[str]
    answers: tuple[Answer, ...]


@cache
def read_questions() -> tuple[Question, ...]:
    """The shipped questions."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Question(name, each["text"], frozenset(each["cues"]), tuple(map(_answer, each["answers"])))
        for name, each in tables.items()
    )


def _answer(table: dict[str, Any]) -> Answer:
    return Answer(table["label"], table.get("sentence", ""), tuple(table.get("probes", ())))


def choose_question(advisor: Advisor, query: Query, advice: Advice) -> Question | None:
    """The open question that settles most; None where the notes answer them all."""
    open_ones = [each for each in read_questions() if not _is_told(each, advice)]
    today = advice.timeline.today
    return max(open_ones, key=lambda each: _settled_by(each, advisor, query, today), default=None)


def _is_told(question: Question, advice: Advice) -> bool:
    if question.name == "interview":
        return advice.timeline.interview is not None
    return any(each.cue in question.cues and abs(each.weight) >= TOLD for each in advice.evidence)


def _settled_by(
    question: Question, advisor: Advisor, query: Query, today: date
) -> tuple[int, float]:
    """How many decisions hang on the answer, then how far from even the answers leave it."""
    advices = query.ask_each(advisor, list(_probe(question, query, today)))
    distance = sum(abs(each.call_probability - CALL_THRESHOLD) for each in advices) / len(advices)
    return len({each.decision for each in advices}), distance


def _probe(question: Question, query: Query, today: date) -> Iterator[Query]:
    for answer in question.answers:
        for days in answer.probes or (0,):
            day = add_workdays(today, days, query.policy.country)
            yield answer.add_to(query, day, today)


def add_sentence(notes: str, sentence: str) -> str:
    """The notes with a sentence on a line of its own."""
    return f"{notes.rstrip()}\n{sentence}"
