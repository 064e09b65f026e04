"""What the answer would be without a phrase, or on another day: the note is scored again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from model.types import Advice, Label, Policy, Timeline
from model.workdays import workday_on_or_after

if TYPE_CHECKING:
    from model.advisor import Advisor
    from model.classifier import CallClassifier


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
    is_near_even: bool


def answer_by_day(
    advisor: "Advisor", query: Query, advice: Advice, *, ahead: int
) -> tuple[DayAnswer, ...]:
    """The answer on each business day from today, `ahead` calendar days on, all else equal.

    The notes are read as of today ("last Monday" stays the same day); only the clock moves on.
    """
    today = advice.timeline.today
    days = [today + timedelta(days=n) for n in range(ahead + 1)]
    days = [day for day in days if workday_on_or_after(day, query.policy.country) == day]
    chances = _chances_on(days, advisor.classifier, query, advice.timeline)
    return tuple(_on(day, chance) for day, chance in zip(days, chances, strict=True))


def _on(day: date, chance: float) -> DayAnswer:
    from model.advisor import CALL_THRESHOLD, NEAR_EVEN

    decision: Label = "call" if chance >= CALL_THRESHOLD else "wait"
    return DayAnswer(day, decision, chance, abs(chance - CALL_THRESHOLD) < NEAR_EVEN)


def _chances_on(
    days: Sequence[date], classifier: "CallClassifier", query: Query, timeline: Timeline
) -> list[float]:
    """The probability of "call" on each day, from one reading of the notes."""
    from model.classifier import WORDS, values_of
    from model.features import Feature, Situation, make_features
    from model.note import Case, read_note

    case = Case(read_note(query.notes), query.as_of, query.interview_date)
    readings = classifier.reader_.read([case])
    present = classifier.presence_.predict_proba(readings)[0]
    words = Feature(float(readings[0].words[-1]), WORDS, None)
    rows = []
    for day in days:
        moved = replace(timeline, today=day)
        situation = Situation(case.note, readings[0].clauses, present, moved, query.policy)
        rows.append([*make_features(situation), words])
    column = list(classifier.model_.classes_).index("call")
    return [float(each) for each in classifier.model_.predict_proba(values_of(rows))[:, column]]


def find_flips(answers: Sequence[DayAnswer]) -> Iterator[DayAnswer]:
    """The first day, and each one on which the answer is another than on the day before."""
    last: Label | None = None
    for answer in answers:
        if answer.decision != last:
            yield answer
        last = answer.decision
