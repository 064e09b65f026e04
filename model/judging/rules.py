"""How far each rule of the decision guide applies, in the guide's order: `RULE_FEATURES`."""

from collections.abc import Iterator

from model.dates import Timeline, chance_of_any, likeliest
from model.judging.situation import Situation
from model.workdays import workday_on_or_after

RULE_FEATURES = (
    "closed", "reply_due", "no_contact", "chased", "hold_up", "hold_ahead", "hold_unknown",
    "deadline", "window_over", "window_open", "window_unknown", "process", "process_lapsed",
    "invited", "thanks", "silence_long", "silence_short", "silence_unknown",
)  # fmt: skip
"""The rules; those that go by dates in each of their outcomes."""
NOT_RESTED = {"fresh": 1.0, "undated": 0.6, "rested": 0.2}
"""How far an unanswered contact still speaks against another: of one that seems to have rested the
day may be misread."""
SETTLED = 0.8
"""How far an answer that is told settles a contact: it may be one to something else."""
UNNAMED = 0.8
"""How far a time counts as theirs where no words name it as such: "nothing yet" names none."""

Outcomes = dict[str, tuple[float, str]]
"""How surely a rule applies, by outcome, and the cue or fact of the calendar that carries it."""


def apply_rules(s: Situation, fact: dict[str, float]) -> Iterator[Outcomes]:
    """The guide's rules in order, each by itself: its own condition, whatever comes before it."""
    yield {"closed": (s.cues["closed"], "closed")}
    reply = max(("reply_due", "mishap"), key=s.cues.__getitem__)
    yield {"reply_due": (s.cues[reply] * (1 - _not_yet(s, fact)), reply)}
    yield {"no_contact": (s.cues["no_contact"], "no_contact")}
    yield {"chased": (_chased(s, fact), "chase")}
    yield _hold(s, fact)
    yield {"deadline": (s.cues["pressure"] * (1 - _comes_first(s, fact)), "pressure")}
    yield _window(s, fact)
    lapsed = fact["quiet_lapsed"] * (1 - _step_ahead(s.timeline))
    yield {
        "process": (s.cues["process"] * (1 - lapsed), "process"),
        "process_lapsed": (s.cues["process"] * lapsed, "process"),
    }
    yield {"invited": (s.cues["invite"], "invite")}
    undated = _unknown(fact["quiet_long"], fact["quiet_short"])
    fresh = max(fact["just_met"], s.cues["fresh"] * undated)
    yield {"thanks": (s.cues["personal"] * fresh, "personal")}
    yield _silence(s, fact, fresh)


def _unknown(*known: float) -> float:
    """The probability that is left."""
    return max(0.0, 1 - sum(known))


def _not_yet(s: Situation, fact: dict[str, float]) -> float:
    """How surely an answer is welcome only from a day ahead: "ring me on the 21st"."""
    return s.cues["hold"] * fact["hold_ahead"] * s.unfollowed("hold", "reply_due")


def _chased(s: Situation, fact: dict[str, float]) -> float:
    """How surely a contact waits for its answer, or no other is allowed."""
    dated = {"fresh": fact["chase_fresh"], "rested": fact["chase_rested"]}
    shares = dated | {"undated": (1 - sum(dated.values())) * (1 - s.promised_then)}
    rests = sum(NOT_RESTED[which] * share for which, share in shares.items())
    rests = max(rests, fact["chased_out"], s.chased_again)
    rests *= 1 - s.cues["pressure"] * fact["pressed_now"]
    answered = max(1 - s.unfollowed("chase", "answered"), s.promised_then)
    return s.cues["chase"] * rests * (1 - SETTLED * answered)


def _hold(s: Situation, fact: dict[str, float]) -> Outcomes:
    """Up, ahead or unknown; of "if you've not heard by Friday" the window's end is the hold's."""
    hold, undated = s.cues["hold"], 1 - fact["hold_up"] - fact["hold_ahead"]
    up = fact["hold_up"] + undated * fact["window_over"]
    ahead = fact["hold_ahead"] + undated * fact["window_open"]
    return {
        "hold_up": (hold * up, "hold"),
        "hold_ahead": (hold * ahead, "hold"),
        "hold_unknown": (hold * _unknown(up, ahead), "hold"),
    }


def window_unknown(s: Situation, fact: dict[str, float]) -> float:
    """How surely they named a time, and neither the calendar nor words tell whether it is over."""
    return _window_named(s) * _unknown(*_over_and_open(s, fact))


def _window_named(s: Situation) -> float:
    return max(s.cues["window"], UNNAMED * chance_of_any(s.timeline.windows))


def _over_and_open(s: Situation, fact: dict[str, float]) -> tuple[float, float]:
    """By the calendar, and by the notes' own words where it is silent."""
    dated = min(1.0, fact["window_over"] + fact["window_open"])
    over = fact["window_over"] + (1 - dated) * s.cues["over"] * (1 - s.cues["not_over"])
    open_ = fact["window_open"] + (1 - dated) * s.cues["not_over"] * (1 - s.cues["over"])
    return over, open_


def _window(s: Situation, fact: dict[str, float]) -> Outcomes:
    """Over, open or unknown."""
    window = _window_named(s)
    over, open_ = _over_and_open(s, fact)
    stands = window * over * (1 - s.timeline.window_replaced)
    stands *= s.unfollowed("window", "answered")  # else that is the newest word
    return {
        "window_over": (stands, "over" if s.cues["over"] > s.cues["window"] else "window"),
        "window_open": (window * open_, "window"),
        "window_unknown": (window_unknown(s, fact), "window"),
    }


def _silence(s: Situation, fact: dict[str, float], fresh: float) -> Outcomes:
    """Long, short or unknown: by the calendar, and by words where it does not tell."""
    told = s.cues["silence"] * s.tells_how_long * (1 - fact["quiet_short"])
    long, by_long = max((fact["quiet_long"], "quiet_long"), (told, "silence"))
    just_met = fresh * (1 - fact["quiet_long"])
    short, by_short = max((fact["quiet_short"], "quiet_short"), (just_met, "fresh"))
    return {
        "silence_long": (long, by_long),
        "silence_short": (short * (1 - long), by_short),
        "silence_unknown": ((1 - long) * (1 - short), "no_timeframe"),
    }


def _comes_first(s: Situation, fact: dict[str, float]) -> float:
    """How surely the employer's own date is not after the one that presses."""
    t = s.timeline
    window, deadline = t.window_end, likeliest(t.comparable(t.deadlines))
    if window is None or deadline is None:
        return 0.0
    if workday_on_or_after(window.day, s.policy.country) > deadline.day:
        return 0.0
    return deadline.chance * fact["window_open"]


def _step_ahead(timeline: Timeline) -> float:
    """How surely a formal step or an interview has a day of its own that is still to come."""
    steps = timeline.comparable(timeline.steps + timeline.meetings)
    return max((each.chance for each in steps if each.day >= timeline.today), default=0.0)
