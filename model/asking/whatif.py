"""What the answer would be without a phrase, or on another day: the note is scored again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from model.asking.query import Query
from model.asking.questions import add_sentence
from model.judging.advisor import Advisor
from model.reading.note import Case, read_note
from model.types import Advice, Label
from model.workdays import workday_on_or_after


@dataclass(frozen=True, slots=True)
class Without:
    """The answer on the notes with `notes[start:end]` left out."""

    start: int
    end: int
    decision: Label
    call_probability: float


AFFORDABLE = 20_000
"""Characters that are scored again for one note; in a very long one only the weightiest phrases."""


def leave_out_each(advisor: Advisor, query: Query, advice: Advice) -> tuple[Without, ...]:
    """The answer without each matched phrase, in the order of the notes."""
    text = query.notes
    weightiest = sorted(advice.evidence, key=lambda each: -abs(each.weight))
    spans = list(dict.fromkeys((each.start, each.end) for each in weightiest))
    spans = sorted(spans[: max(1, AFFORDABLE // max(1, len(text)))])
    shorter = [replace(query, notes=text[:a] + text[b:]) for a, b in spans]
    return tuple(
        Without(a, b, other.decision, other.call_probability)
        for (a, b), other in zip(spans, query.ask_each(advisor, shorter), strict=True)
    )


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The answer if the same notes are read on `day`."""

    day: date
    decision: Label
    call_probability: float
    is_near_even: bool


NO_WORD = "They have not been in touch since."
"""What the answer supposes when it names a day: "if you hear nothing, call on Monday"."""


def answer_by_day(
    advisor: Advisor, query: Query, advice: Advice, *, ahead: int
) -> tuple[DayAnswer, ...]:
    """The answer on each business day from today, `ahead` calendar days on, if nothing new comes.

    The notes are read as of today ("last Monday" stays the same day); only the clock moves on.
    From the first day to call on, they also say that no word has come.
    """
    today = advice.timeline.today
    days = [today + timedelta(days=n) for n in range(ahead + 1)]
    days = [day for day in days if workday_on_or_after(day, query.policy.country) == day]
    due = advice.call_from if advice.decision == "wait" else None
    note, silent = (read_note(text) for text in (query.notes, add_sentence(query.notes, NO_WORD)))
    cases = [
        Case(silent if due and day >= due else note, query.as_of, query.interview_date, clock=day)
        for day in days
    ]
    verdicts = advisor.classifier.judge(cases, query.policy, today)
    return tuple(
        DayAnswer(day, each.decision, each.probability, each.is_near_even)
        for day, each in zip(days, verdicts, strict=True)
    )


def find_flips(answers: Sequence[DayAnswer]) -> Iterator[DayAnswer]:
    """The first day, and each one on which the answer is another than on the day before."""
    last: Label | None = None
    for answer in answers:
        if answer.decision != last:
            yield answer
        last = answer.decision
