"""What to do next: an ordered table of rules; the first that applies wins.

The texts use only what the notes hold. A message thanks, asks for the next steps and shows
interest, in this order, and stops there (seed article: brief, nothing personal or irrelevant).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from model.timeline import over_from
from model.types import LEAST_SURE, Channel, Dates, Label, Policy, Timeline
from model.workdays import add_workdays, workday_on_or_after


@dataclass(frozen=True, slots=True)
class Finding:
    """What the advice is made of: the decision, the cue that weighed most, and the calendar."""

    decision: Label
    reason: str
    timeline: Timeline
    policy: Policy
    chases: int

    @property
    def call_from(self) -> date | None:
        """The first day on which calling is right as far as the notes tell."""
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


@dataclass(frozen=True, slots=True)
class AdviceRule:
    """A named answer: when it applies, what to do, and by which channel."""

    name: str
    applies: Callable[[Finding], bool]
    step: str
    channel: Channel


def _because(decision: Label, *reasons: str) -> Callable[[Finding], bool]:
    """The decision rests most on one of these cues."""

    def applies(finding: Finding) -> bool:
        return finding.decision == decision and finding.reason in reasons

    return applies


def _is_call(finding: Finding) -> bool:
    return finding.decision == "call"


def _is_wait_until(finding: Finding) -> bool:
    return finding.decision == "wait" and finding.call_from is not None


def _is_in_window(finding: Finding) -> bool:
    dated = finding.timeline.window_end is not None
    return finding.decision == "wait" and dated and finding.call_from is not None


def _is_past_window(finding: Finding) -> bool:
    t = finding.timeline
    is_over = t.window_end is not None and t.today >= over_from(t.window_end.day, finding.policy)
    return finding.decision == "call" and is_over


def _has_hold(decision: Label) -> Callable[[Finding], bool]:
    """The decision rests on the day from which calls are welcome."""

    def applies(finding: Finding) -> bool:
        held = _because(decision, "hold", "hold_ahead", "hold_up")(finding)
        return held and finding.call_from is not None

    return applies


def _is_held_up(finding: Finding) -> bool:
    return _because("wait", "process")(finding) and finding.call_from is not None


def _is_chased_out(finding: Finding) -> bool:
    return finding.decision == "wait" and finding.is_chased_out


def _always(finding: Finding) -> bool:
    return True


RULES = (
    AdviceRule("closed", _because("wait", "closed"),
        "It is decided: there is nothing left to call about. If you have not yet, thank them in one line by e-mail, and move on.", "none"),
    AdviceRule("no_contact", _because("wait", "no_contact", "formal"),
        "They asked people not to phone. Use the way they named, if you must write at all, and carry on with other applications.", "email"),
    AdviceRule("chased_out", _is_chased_out,
        "You have been in touch {chases} without an answer. Leave it there and move on; they have your number.", "none"),
    AdviceRule("chased", _because("wait", "chase", "chase_fresh"),
        "Your last contact still waits for an answer. {until}", "none"),
    AdviceRule("reply_due", _because("call", "reply_due", "mishap"),
        "They are waiting for you, or cannot know what went wrong: phone {when}.", "phone"),
    AdviceRule("deadline", _because("call", "pressure", "pressed"),
        "You have to decide before they do: phone {when} and say, in one sentence, by when.", "phone"),
    AdviceRule("thanks", _because("call", "personal", "fresh", "just_met"),
        "The interview is fresh and the place is personal: a short thank-you call {when} is fine.", "phone"),
    AdviceRule("call_hold", _has_hold("call"),
        "The time from which they welcome calls has come: phone {when} and ask for the next steps.", "phone"),
    AdviceRule("call_over", _is_past_window,
        "Their time ran out on {end}: phone {when} and ask for the next steps.", "phone"),
    AdviceRule("call_invited", _because("call", "invite"),
        "They invited you to ring: phone {when} and ask for the next steps.", "phone"),
    AdviceRule("call", _is_call,
        "{since}Phone {when}: thank them, ask for the next steps, say that you are interested.", "phone"),
    AdviceRule("wait_hold", _has_hold("wait"),
        "They welcome calls only from a time on; if you hear nothing, call on {from_day}.", "none"),
    AdviceRule("wait_window", _is_in_window,
        "They said by {end}; if you hear nothing, call on {from_day}.", "none"),
    AdviceRule("wait_process", _is_held_up,
        "A step of theirs is still to come; if you hear nothing, call on {from_day}.", "none"),
    AdviceRule("wait_until", _is_wait_until,
        "It is too soon: if you hear nothing, call on {from_day}.", "none"),
    AdviceRule("wait", _always,
        "Nothing here tells that a call would help now. A short thank-you e-mail is never wrong; otherwise let them come to you.", "email"),
)  # fmt: skip


def choose_rule(finding: Finding) -> AdviceRule:
    """The first rule that applies."""
    return next(rule for rule in RULES if rule.applies(finding))


def next_step(finding: Finding) -> tuple[str, Channel]:
    """What to do now, in words with its date, and the channel."""
    rule, t = choose_rule(finding), finding.timeline
    day, end, word = finding.call_from, t.window_end, t.last_contact
    text = rule.step.format(
        when=_when(finding),
        from_day=spell(day, t.today) if day else "",
        end=spell(end.day, t.today) if end else "",
        since=f"Nothing has come since {spell(word.day, t.today)}. " if word else "",
        until=f"If none comes, call once more on {spell(day, t.today)}."
        if day
        else "Give it a week.",
        chases="twice or more" if finding.chases > 1 else "before",
    )
    return text.strip(), rule.channel


def _when(finding: Finding) -> str:
    """Today, or the next business day: nobody picks up on a Sunday."""
    today = finding.timeline.today
    day = workday_on_or_after(today, finding.policy.country)
    return "today" if day == today else f"on {spell(day, today)}"


NEAR = 180
"""Days within which a date is clear without its year."""


def spell(day: date, today: date) -> str:
    """Friday 27 November; with the year where it is not plain from today."""
    year = "" if abs((day - today).days) <= NEAR else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


ASKS = {
    "reply_due": "I am getting back to you about [what they need].",
    "deadline": "I have to answer another offer by [day] and would rather work with you: can you tell me where things stand?",
    "thanks": "",
}
"""What to ask for, where it is not the next steps."""


def draft_message(finding: Finding) -> str:
    """A short script for the call or mail, now or on the day named; empty where there is none."""
    rule, t = choose_rule(finding), finding.timeline
    if rule.channel == "none" and finding.call_from is None:
        return ""
    met = f" on {spell(t.interview.day, t.today)}" if t.interview and t.is_today_known else ""
    hello = "Hello [name]," if rule.channel == "email" else "Hello, this is [your name]."
    lines = [
        hello,
        f"Thank you again for meeting me{met}.",
        ASKS.get(rule.name, _next_steps(finding)),
        "I enjoyed our talk and remain very interested in the role.",
    ]
    return " ".join(line for line in lines if line)


def _next_steps(finding: Finding) -> str:
    end = finding.timeline.window_end
    if end and choose_rule(finding).name in ("call_over", "wait_window"):
        day = spell(end.day, finding.timeline.today)
        return f"I had understood I might hear by {day}: could you tell me what the next steps are?"
    return "Could you tell me what the next steps are, and when I might expect to hear?"
