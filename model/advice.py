"""What to do next: an ordered table of rules; the first that applies wins.

The texts use only what the notes hold. A message thanks, asks for the next steps and shows
interest, in this order, and stops there (seed article: brief, nothing personal or irrelevant).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from model.timeline import over_from
from model.types import Channel, Label, Policy, Timeline
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

    def _due(self) -> date | None:
        t, policy = self.timeline, self.policy
        if self.reason in ("closed", "no_contact"):
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


def _is_chased_out(finding: Finding) -> bool:
    return _because("wait", "chase", "chase_fresh")(finding) and (
        finding.chases >= finding.policy.chases
    )


def _always(finding: Finding) -> bool:
    return True


RULES = (
    AdviceRule("closed", _because("wait", "closed"),
        "There is nothing left to call about. If you have not yet, thank them in one line by email, and move on.", "none"),
    AdviceRule("no_contact", _because("wait", "no_contact", "formal"),
        "Do not phone: they named another way. Use that way if you must, and carry on with other applications.", "email"),
    AdviceRule("chased_out", _is_chased_out,
        "You have been in touch more than once without an answer. Leave it there and move on; they have your number.", "none"),
    AdviceRule("chased", _because("wait", "chase", "chase_fresh"),
        "Your last contact is still waiting for an answer: give it a week. {until}", "none"),
    AdviceRule("reply_due", _because("call", "reply_due", "mishap"),
        "Call today: they are waiting for you, or cannot know what went wrong.", "phone"),
    AdviceRule("deadline", _because("call", "pressure", "pressed"),
        "Call {when} and say, in one sentence, by when you have to decide.", "phone"),
    AdviceRule("thanks", _because("call", "personal", "fresh", "just_met"),
        "A short thank-you call {when} is fine: it is a personal place and the interview is fresh.", "phone"),
    AdviceRule("call_over", lambda f: _is_call(f) and f.timeline.window_end is not None,
        "Their time ran out on {end}: call {when} and ask for the next steps.", "phone"),
    AdviceRule("call", _is_call,
        "Call {when}: thank them, ask for the next steps, say that you are interested.", "phone"),
    AdviceRule("wait_until", _is_wait_until,
        "Do not call yet. If you have heard nothing, call on {from_day}.", "none"),
    AdviceRule("wait", _always,
        "Do not call for now. A short thank-you email is never wrong; otherwise let them come to you.", "email"),
)  # fmt: skip


def choose_rule(finding: Finding) -> AdviceRule:
    """The first rule that applies."""
    return next(rule for rule in RULES if rule.applies(finding))


def next_step(finding: Finding) -> tuple[str, Channel]:
    """What to do now, in words with its date, and the channel."""
    rule = choose_rule(finding)
    day = finding.call_from
    end = finding.timeline.window_end
    text = rule.step.format(
        when=_when(finding),
        from_day=spell(day) if day else "",
        end=spell(end.day) if end else "",
        until=f"After that, call once more on {spell(day)}." if day else "",
    )
    return text.strip(), rule.channel


def _when(finding: Finding) -> str:
    """Today, or the next business day: nobody picks up on a Sunday."""
    day = workday_on_or_after(finding.timeline.today, finding.policy.country)
    return "today" if day == finding.timeline.today else f"on {spell(day)}"


def spell(day: date) -> str:
    """Friday 27 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def draft_message(finding: Finding) -> str:
    """A short script for the call or mail; empty where there is nothing to say."""
    rule = choose_rule(finding)
    if rule.channel == "none":
        return ""
    t = finding.timeline
    met = f" on {spell(t.interview.day)}" if t.interview and t.is_today_known else ""
    lines = ["Hello, this is [your name].", f"Thank you again for meeting me{met}."]
    if rule.name == "reply_due":
        lines.append("I am getting back to you about [what they need].")
    elif rule.name == "deadline":
        lines.append(
            "I have to answer another offer by [day] and would rather work with you: can you tell me where things stand?"
        )
    elif rule.name == "call_over" and t.window_end:
        lines.append(
            f"I had understood I might hear by {spell(t.window_end.day)}: could you tell me what the next steps are?"
        )
    elif finding.decision == "call":
        lines.append("Could you tell me what the next steps are, and when I might expect to hear?")
    lines.append("I enjoyed our talk and remain very interested in the role.")
    return " ".join(lines)
