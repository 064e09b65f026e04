"""What the advice is made of, and the first day to call that follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from model.dates import LEAST_SURE, Timeline
from model.judging.due import is_over, over_from
from model.reading.speech import SEVERAL, is_repeated
from model.types import Label, Policy
from model.workdays import add_workdays, next_workday, quiet_until, workday_on_or_after

CHASED = ("chase", "chase_fresh", "chase_rested", "chased_out")
"""Reasons that are an unanswered contact."""
PRESSED = ("pressure", "pressed", "pressed_now")
"""Reasons that are a day by which the candidate has to decide."""
HELD = ("hold", "hold_ahead", "hold_up")
"""Reasons that are a day from which calls are welcome."""
PROMISED = ("window", "over", "not_over", "window_over", "window_open")
"""Reasons that are a time they named."""
THANKS = ("personal", "fresh", "just_met")
"""Reasons for a thank-you call."""
FAMILIES = (
    CHASED, PRESSED, HELD, PROMISED,
    ("silence", "no_timeframe", "quiet_long", "quiet_short", "quiet_lapsed"),
    THANKS,
)  # fmt: skip
"""Reasons of one kind: what the words say and what the calendar says to it weigh together."""
FINAL = ("closed", "no_contact")
"""Reasons that no time makes a reason to call, but for a day from which calls are welcome."""
UNTIMED = ("reply_due", "mishap", "invite", *THANKS, *PRESSED)
"""Reasons for a call that no time had to pass for."""


@dataclass(frozen=True)
class Finding:
    """The decision, the reason that weighed most, the calendar, and the unanswered contacts.

    `is_english`: whether the words it rests on are ones that the tool knows. `cues`: what else the
    phrases say that weigh something.
    """

    decision: Label
    reason: str
    timeline: Timeline
    policy: Policy
    chase_count: int
    is_english: bool = True
    cues: frozenset[str] = frozenset()

    @cached_property
    def call_from(self) -> date | None:
        """The first day on which calling is right as far as the notes tell."""
        if not self.is_english:
            return None
        day, today = self._due(), self.timeline.today
        if self.decision == "call":
            day = min(max(day, self._rested_from or day), today) if day else today
        elif day is None or day <= today:
            return None
        workday = workday_on_or_after(day, self.policy.country)
        return today if self._presses_before(workday) else workday

    def _presses_before(self, workday: date) -> bool:
        """Whether a call cannot wait for the business day: the candidate must decide before it."""
        deadline = self.timeline.deadline
        is_pressed = self.decision == "call" and self.reason in PRESSED
        return is_pressed and deadline is not None and deadline.day < workday

    @property
    def is_held(self) -> bool:
        """Whether it rests on a day from which calls are welcome.

        A ban may end on one, and after a rejection feedback may be had from one.
        """
        is_final_until = self.reason in FINAL and "hold_ahead" in self.cues
        return self.reason in HELD or (is_final_until and self.timeline.hold_from is not None)

    @property
    def is_answered(self) -> bool:
        """Whether the employer has spoken since the candidate's last contact."""
        chase = self.timeline.last_chase
        return self.timeline.is_answered(chase) if chase else "answered" in self.cues

    @property
    def is_chased_out(self) -> bool:
        """Whether the candidate has been in touch as often as the policy allows."""
        return self.reason in CHASED and self.chase_count >= self.policy.chases

    @property
    def has_to_decide(self) -> bool:
        """Whether another employer's offer, say, has to be answered, and not before the call."""
        deadline, from_day = self.timeline.deadline, self.call_from or self.timeline.today
        is_said = not self.cues.isdisjoint(PRESSED)
        return is_said and deadline is not None and deadline.day >= from_day

    @property
    def is_window_over(self) -> bool:
        """Whether the time they named has passed."""
        end = self.timeline.window_end
        return end is not None and is_over(end, self.timeline.today, self.policy)

    @property
    def is_overdue(self) -> bool:
        """Whether it has passed without a word of theirs since they named it."""
        return self.is_window_over and self.timeline.window_replaced < LEAST_SURE

    @property
    def meets_first(self) -> bool:
        """Whether an interview is still to come, and before the time they named is over."""
        meeting, end = self.timeline.meeting, self.timeline.window_end
        if meeting is None:
            return False
        return end is None or self.is_window_over or meeting.day <= end.day

    @property
    def is_window_comparable(self) -> bool:
        """Whether today can be compared with the time they named."""
        end = self.timeline.window_end
        return end is not None and self.timeline.is_comparable(end)

    @property
    def is_window_open(self) -> bool:
        """Whether they named a time that has not passed."""
        return self.timeline.window_end is not None and not self.is_window_over

    @property
    def is_by_window(self) -> bool:
        """Whether that time decides: a call once it passed in silence, a wait while it runs."""
        return self.is_overdue if self.decision == "call" else self.is_window_open

    def _due(self) -> date | None:
        t, policy = self.timeline, self.policy
        if (self.reason in FINAL and not self.is_held) or self.is_chased_out:
            return None
        if self.decision == "call" and self.reason in UNTIMED:
            return None
        over = over_from(t.window_end, policy) if t.window_end else None
        ahead = over if self.is_window_open else None
        if t.meeting and self.meets_first:
            return _latest(quiet_until(t.meeting.day, policy.silence, policy.country), ahead)
        if self.reason in CHASED and not self.is_answered:
            return self._rested(ahead)
        if t.hold_from and self.is_held:
            return t.hold_from.day
        if over and self.is_by_window:
            return over
        # a window that is over and still "wait" decides no more: the newest word does
        least = max(policy.silence, policy.lapse if self.reason == "process" else 0)
        word, step = t.last_heard, t.step
        return _latest(
            quiet_until(word.day, least, policy.country) if word else None,
            next_workday(step.day, policy.country) if step else None,  # not before its day
        )

    def _rested(self, over: date | None) -> date | None:
        """When the last contact has rested and a window is over, or another offer is about to end.

        Without the contact's day nobody knows when it has rested.
        """
        due, deadline = _latest(self._rested_from, over), self.timeline.deadline
        if due is None or deadline is None:
            return due
        return min(due, add_workdays(deadline.day, -1, self.policy.country))

    @property
    def _rested_from(self) -> date | None:
        """From when the last contact has rested; None where none waits for an answer."""
        chase = self.timeline.last_chase
        if chase is None or self.is_answered:
            return None
        return quiet_until(chase.day, self.policy.rest + 1, self.policy.country)


def _latest(*days: date | None) -> date | None:
    """The last of those days that are known."""
    return max(filter(None, days), default=None)


def count_chases(timeline: Timeline, phrases: Iterable[str]) -> int:
    """The unanswered contacts: by their days, or by words such as "twice" in what tells them.

    Where one has been answered, "again" is not twice without an answer.
    """
    days = {each.day for each in timeline.unanswered if each.chance >= LEAST_SURE}
    several = 1 if timeline.has_answered else SEVERAL
    said = [several if is_repeated(phrase, 0, len(phrase)) else 1 for phrase in phrases]
    return max([len(days), *said])
