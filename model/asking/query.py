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
        return self.ask_each(advisor, [self])[0]

    def ask_each(self, advisor: "Advisor", others: Sequence["Query"]) -> list[Advice]:
        """The advice on others, by the policy of this one, and on its day where they have none."""
        return list(
            advisor.advise_many(
                [each.notes for each in others],
                as_of=[each.as_of for each in others],
                interview_date=[each.interview_date for each in others],
                policy=self.policy,
                today=self.as_of,
            )
        )
