"""A question to the advisor. Light to import, so that the page is there before the model is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from model.types import Advice, Policy

if TYPE_CHECKING:
    from model.judging.advisor import Advisor


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: the notes, the day of reading, the day of the interview, the policy."""

    notes: str
    as_of: date | None
    interview_date: date | None = None
    policy: Policy = Policy()  # noqa: RUF009 - frozen

    def ask(self, advisor: "Advisor") -> Advice:
        """The advice on it."""
        return self.ask_each(advisor, [self.notes])[0]

    def ask_each(self, advisor: "Advisor", texts: Sequence[str]) -> list[Advice]:
        """The advice on other notes, asked in the same way."""
        days, met = ([day] * len(texts) for day in (self.as_of, self.interview_date))
        return list(advisor.advise_many(texts, as_of=days, interview_date=met, policy=self.policy))
