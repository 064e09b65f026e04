"""What the advice is made of, and the first day to call that follows from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from model.timeline import over_from
from model.types import LEAST_SURE, Dates, Label, Policy, Timeline
from model.workdays import add_workdays


@dataclass(frozen=True)
class Finding:
    """The decision, the cue that weighed most, the calendar, and the unanswered contacts.

    `is_english`: whether the words it rests on are ones that the tool knows.
    """

    decision: Label
    reason: str
    timeline: Timeline
    policy: Policy
    chases: int
    is_english: bool = True

    @cached_property
    def call_from(self) -> date | None:
        """The first day on which calling is right as far as the notes tell."""
        if not self.is_english:
            return None
        day = self._due()
        today = self.timeline.today
        if self.decision == "call":
            return today if day is None or day > today else day
        return day if day is None or day > today else None

    @property
    def is_chased_out(self) -> bool:
        """Whether the candidate has been in touch as often as the policy allows."""
        return self.reason in ("chase", "chase_fresh") and self.chases >= self.policy.chases

    def _due(self) -> date | None:
        t, policy = self.timeline, self.policy
        if self.reason in ("closed", "no_contact") or self.is_chased_out:
            return None
        if self.reason in ("chase", "chase_fresh") and t.last_chase:
            return add_workdays(t.last_chase.day, policy.rest + 1, policy.country)
        if t.hold_from and self.reason in ("hold", "hold_ahead", "hold_up"):
            return t.hold_from.day
        if t.window_end:
            return over_from(t.window_end.day, policy)
        if t.last_contact is None:
            return None
        span = policy.lapse if self.reason == "process" else policy.silence
        return add_workdays(t.last_contact.day, span, policy.country)


_MORE_THAN_ONCE = re.compile(r"\b(twice|two|three|four|again|both|several)\b", re.IGNORECASE)


def count_chases(chases: Dates, phrases: Iterable[str]) -> int:
    """The candidate's contacts: by their days, or by words such as "twice" in what tells them."""
    days = {each.day for each in chases if each.chance >= LEAST_SURE}
    said = [2 if _MORE_THAN_ONCE.search(phrase) else 1 for phrase in phrases]
    return max([len(days), *said])
