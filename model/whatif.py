"""What the answer would be without a phrase, or on another day: the note is scored again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from model.types import Advice, Label, Policy
from model.workdays import workday_on_or_after

if TYPE_CHECKING:
    from model.advisor import Advisor


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: the notes, the day of reading, the day of the interview, the policy."""

    notes: str
    as_of: date | None
    interview_date: date | None = None
    policy: Policy = Policy()  # noqa: RUF009 - frozen

    def ask(self, advisor: "Advisor") -> Advice:
        """The advice on it."""
        return self.ask_each(advisor, [(self.notes, self.as_of, self.interview_date)])[0]

    def ask_each(
        self, advisor: "Advisor", rows: Sequence[tuple[str, date | None, date | None]]
    ) -> list[Advice]:
        """The advice on other notes, days and interview dates under the same policy."""
        notes, days, met = zip(*rows, strict=True) if rows else ((), (), ())
        return list(advisor.advise_many(notes, as_of=days, interview_date=met, policy=self.policy))


@dataclass(frozen=True, slots=True)
class Without:
    """The answer on the notes with `notes[start:end]` left out."""

    start: int
    end: int
    decision: Label
    call_probability: float


def leave_out_each(advisor: "Advisor", query: Query, advice: Advice) -> tuple[Without, ...]:
    """The answer without each matched phrase, in the order of the notes."""
    spans = sorted({(each.start, each.end) for each in advice.evidence})
    text = query.notes
    rows = [(text[:a] + text[b:], query.as_of, query.interview_date) for a, b in spans]
    return tuple(
        Without(a, b, other.decision, other.call_probability)
        for (a, b), other in zip(spans, query.ask_each(advisor, rows), strict=True)
    )


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The answer if the same notes are read on `day`."""

    day: date
    decision: Label
    call_probability: float
    confident: bool


def answer_by_day(
    advisor: "Advisor", query: Query, today: date, *, ahead: int
) -> tuple[DayAnswer, ...]:
    """The answer on each business day from `today`, `ahead` calendar days on."""
    days = [today + timedelta(days=n) for n in range(ahead + 1)]
    days = [day for day in days if workday_on_or_after(day, query.policy.country) == day]
    rows = [(query.notes, day, query.interview_date) for day in days]
    return tuple(
        DayAnswer(day, each.decision, each.call_probability, each.confident)
        for day, each in zip(days, query.ask_each(advisor, rows), strict=True)
    )


def find_flips(answers: Sequence[DayAnswer]) -> Iterator[DayAnswer]:
    """The first day, and each one on which the answer is another than on the day before."""
    last: Label | None = None
    for answer in answers:
        if answer.decision != last:
            yield answer
        last = answer.decision
