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
        return self.ask_each(advisor, [(self.notes, self.as_of, self.interview_date)])[0]

    def ask_each(
        self, advisor: "Advisor", rows: Sequence[tuple[str, date | None, date | None]]
    ) -> list[Advice]:
        """The advice on other notes, days and interview dates under the same policy."""
        notes, days, met = zip(*rows, strict=True) if rows else ((), (), ())
        return list(advisor.advise_many(notes, as_of=days, interview_date=met, policy=self.policy))
