"""What to do next: an ordered table of rules; the first that applies wins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from model.judging.finding import CHASED, PRESSED, Finding
from model.types import Channel, Label
from model.workdays import weekdays_between, workday_on_or_after


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


def _is_foreign(finding: Finding) -> bool:
    return not finding.is_english


def _is_call(finding: Finding) -> bool:
    return finding.decision == "call"


def _is_wait_until(finding: Finding) -> bool:
    return finding.decision == "wait" and finding.call_from is not None


def _is_in_window(finding: Finding) -> bool:
    return finding.is_window_open and _is_wait_until(finding)


def _is_past_window(finding: Finding) -> bool:
    return _is_call(finding) and finding.is_overdue and finding.is_window_comparable


def _is_held(finding: Finding) -> bool:
    """It rests on the day from which calls are welcome."""
    return finding.is_held and finding.call_from is not None


def _for_good(reason: str) -> Callable[[Finding], bool]:
    """It waits because of this cue, and no day is known from which calls are welcome."""
    rests_on = _because("wait", reason)
    return lambda finding: rests_on(finding) and not _is_held(finding)


_is_closed = _for_good("closed")


def _is_free_to_call(finding: Finding) -> bool:
    return _is_call(finding) and _is_held(finding)


def _is_reply_due(finding: Finding) -> bool:
    """They wait for an answer; also where it must come by a day, as to their own offer."""
    is_pressed = finding.reason in PRESSED and "reply_due" in finding.cues
    return _is_call(finding) and (finding.reason == "reply_due" or is_pressed)


def _is_held_up(finding: Finding) -> bool:
    return _is_wait_until(finding) and finding.reason == "process"


def _is_other_open(finding: Finding) -> bool:
    """It is decided, yet a time that somebody named still runs."""
    is_known = finding.timeline.is_today_known and finding.is_window_open
    return _is_closed(finding) and is_known


def _is_feedback(finding: Finding) -> bool:
    return _is_call(finding) and finding.reason == "invite" and "closed" in finding.cues


def _is_chased_out(finding: Finding) -> bool:
    return finding.decision == "wait" and finding.is_chased_out


def _is_chased(finding: Finding) -> bool:
    return finding.decision == "wait" and finding.reason in CHASED and not finding.is_answered


def _is_told_since(finding: Finding) -> bool:
    return _is_wait_until(finding) and finding.reason in CHASED and finding.is_answered


def _is_met_again(finding: Finding) -> bool:
    return finding.decision == "wait" and finding.meets_first


def _always(finding: Finding) -> bool:
    return True


RULES = (
    AdviceRule("not_english", _is_foreign,
        "This tool reads English, and knows too few of these words: translate the notes, or decide yourself.", "none"),
    AdviceRule("closed_other", _is_other_open,
        "It is decided: there is nothing left to call about. If it was another employer that named {end}, wait for that day.", "none"),
    AdviceRule("closed", _is_closed,
        "It is decided: there is nothing left to call about. If you have not yet, thank them in one line by e-mail, and move on.", "none"),
    AdviceRule("no_contact", _for_good("no_contact"),
        "They asked people not to phone, or get in touch only where it suits them: do not call. If you must write, use the way they named{press}, and carry on with other applications.", "email"),
    AdviceRule("wait_meeting", _is_met_again,
        "Your interview on {meeting} comes first: there is nothing to call about before it.", "none"),
    AdviceRule("chased_out", _is_chased_out,
        "You have been in touch {chases} without an answer. Leave it there and move on; they have your number.", "none"),
    AdviceRule("chased", _is_chased,
        "Your last contact still waits for an answer. {until}", "none"),
    AdviceRule("reply_due", _is_reply_due,
        "They are waiting for your answer: phone {when}.", "phone"),
    AdviceRule("mishap", _because("call", "mishap"),
        "They may not know what went wrong: phone {when} and tell them.", "phone"),
    AdviceRule("deadline", _because("call", *PRESSED),
        "You have to decide soon: phone {when} and say, in one sentence, by when.", "phone"),
    AdviceRule("thanks", _because("call", "personal", "fresh", "just_met"),
        "The interview is fresh and the place is personal: a short thank-you call {when} is fine.", "phone"),
    AdviceRule("call_hold", _is_free_to_call,
        "The time from which they welcome calls has come: phone {when} and ask for the next steps.", "phone"),
    AdviceRule("call_over", _is_past_window,
        "Their time ran out on {end}: phone {when} and ask for the next steps.", "phone"),
    AdviceRule("call_feedback", _is_feedback,
        "It is decided, but they offered to talk it over: phone {when} and ask for their feedback.", "phone"),
    AdviceRule("call_invited", _because("call", "invite"),
        "They invited you to ring: phone {when} and ask for the next steps.", "phone"),
    AdviceRule("call", _is_call,
        "{since}Phone {when}: thank them, ask for the next steps, say that you are interested.", "phone"),
    AdviceRule("wait_hold", _is_held,
        "They named a time from which to call: if you hear nothing, call on {from_day}.", "none"),
    AdviceRule("wait_process", _is_held_up,
        "A step of theirs is still to come; if you hear nothing, call on {from_day}.", "none"),
    AdviceRule("wait_window", _is_in_window,
        "They said by {end}; if you hear nothing, call on {from_day}.{thanks}", "none"),
    AdviceRule("wait_answered", _is_told_since,
        "They have answered you; if you hear nothing more, call on {from_day}.", "none"),
    AdviceRule("wait_until", _is_wait_until,
        "It is too soon: if you hear nothing, call on {from_day}.{thanks}", "none"),
    AdviceRule("wait", _always,
        "Nothing here tells that a call would help now. If you have not thanked them yet, a short e-mail is never wrong; otherwise let them come to you.", "email"),
)  # fmt: skip


def choose_rule(finding: Finding) -> AdviceRule:
    """The first rule that applies."""
    return next(rule for rule in RULES if rule.applies(finding))


def next_step(rule: AdviceRule, finding: Finding) -> str:
    """What to do now, in words with its date."""
    t = finding.timeline

    def name(day: date | None) -> str:
        return spell(day, t.today) if day else ""

    text = rule.step.format(
        when=_when(finding),
        from_day=name(finding.call_from),
        end=name(t.window_end.day if t.window_end else None),
        meeting=name(t.meeting.day if t.meeting else None),
        since=_since(finding),
        until=_until(finding),
        thanks=_thanks(finding),
        press=", saying by when you have to decide" if t.deadline else "",
        chases="twice or more" if finding.chase_count > 1 else "before",
    )
    return text.strip()


def _since(finding: Finding) -> str:
    """How long nothing has come; nothing on the day of the last word, or where that is not told."""
    t = finding.timeline
    word = t.last_heard
    if word is None or word.first or word.day >= t.today or not t.is_comparable(word):
        return ""
    return f"Nothing has come since {spell(word.day, t.today)}. "


def _until(finding: Finding) -> str:
    """How long an unanswered contact rests; nothing where it has rested."""
    if finding.call_from:
        return f"If none comes, call on {spell(finding.call_from, finding.timeline.today)}."
    return "" if finding.timeline.last_chase else f"Give it {count_days(finding.policy.rest)}."


def _thanks(finding: Finding) -> str:
    """Right after an interview a mail is welcome where a call is not."""
    met, today = finding.timeline.interview, finding.timeline.today
    is_fresh = met is not None and weekdays_between(met.day, today) <= 1
    return " If you have not thanked them yet, a short e-mail is welcome." if is_fresh else ""


def _when(finding: Finding) -> str:
    """Today, or the next business day: nobody picks up on a Sunday, unless it presses."""
    today, country = finding.timeline.today, finding.policy.country
    day = workday_on_or_after(today, country)
    if day == today:
        return "today"
    presses = finding.call_from == today  # a deadline before the next business day
    return "today (write, if nobody answers)" if presses else f"on {spell(day, today)}"


NEAR = 180
"""Days within which a date is clear without its year."""


@lru_cache(maxsize=1 << 12)
def spell(day: date, today: date) -> str:
    """Friday 27 November; with the year where it is not plain from today."""
    year = "" if abs((day - today).days) <= NEAR else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def count_days(count: int) -> str:
    """How many business days, in words."""
    return f"{count} business day{'' if count == 1 else 's'}"
