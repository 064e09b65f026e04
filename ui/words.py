"""Cues and probabilities in the reader's words."""

from model.judging.classifier import CALL_THRESHOLD, NEAR_EVEN
from model.types import Advice

CUE_NAMES = {
    "closed": "it is over", "reply_due": "they wait for you", "mishap": "something went wrong",
    "no_contact": "asked not to call", "chase": "you have been in touch",
    "answered": "they answered", "not_chased": "you have not been in touch",
    "hold": "when to call", "pressure": "you must decide",
    "window": "when they reply", "over": "time is up", "not_over": "time is not up",
    "process": "a step to come", "invite": "invited to call", "personal": "personal contact",
    "formal": "formal place", "no_timeframe": "no time named", "silence": "long silence",
    "fresh": "just met", "outsider": "not the employer", "window_over": "their time is over",
    "window_open": "their time runs", "hold_up": "time to call", "hold_ahead": "not yet",
    "quiet_long": "long quiet", "quiet_short": "a few days", "quiet_lapsed": "very long quiet",
    "just_met": "just met", "chase_fresh": "contact is fresh", "chase_rested": "contact is old",
    "chased_out": "in touch often enough", "pressed": "deadline", "pressed_now": "deadline at once",
}  # fmt: skip
"""What a phrase says, in the reader's words."""


def name_of(cue: str) -> str:
    """A cue in the reader's words."""
    return CUE_NAMES.get(cue, cue)


def say_answer(advice: Advice) -> str:
    """The answer and its reason; at a guess where no phrase weighs enough to be a reason."""
    decision = advice.decision.capitalize()
    if advice.confident or advice.reason or _knows_day(advice) or not advice.is_english:
        return f"{decision}. {advice.next_step}"
    return f"{decision}, at a guess: no phrase in the notes decides it."


def _knows_day(advice: Advice) -> bool:
    """Whether the day to call was counted from another; without one, that of a call is today."""
    others = advice.window_end, advice.timeline.last_heard
    return advice.call_from is not None and (advice.decision == "wait" or any(others))


def signed(weight: float) -> str:
    """A weight with its sign, a true minus."""
    return f"{weight:+.2f}".replace("-", "−")


NEARLY_ALL = 0.95
QUITE_SURE = 0.9


def say_confidence(advice: Advice) -> str:
    """How sure the answer is, in words."""
    share = advice.call_probability if advice.decision == "call" else 1 - advice.call_probability
    tens = "nearly all" if share >= NEARLY_ALL else f"about {share * 10:.0f} in 10"
    tens += f" notes like this one mean “{advice.decision}”"
    if advice.confident:
        return f"{'Quite' if share >= QUITE_SURE else 'Fairly'} sure: {tens}."
    why = tens if share < CALL_THRESHOLD + NEAR_EVEN else "the notes tell too little"
    read = "Read the phrases below, and decide" if advice.evidence else "Decide"
    return f"Unsure: {why}. {read} yourself."
