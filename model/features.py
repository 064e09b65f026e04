"""From cues and timeline to the numbers the classifier weighs.

Three kinds: how surely each cue is there (`cue:`), what the calendar says (`fact:`), and how far
each rule of the decision guide applies (`rule:`): its own condition, and none of those before it,
as probabilities that multiply. The guide's order is built in; what a rule decides is learned.
Each feature remembers the phrase it comes from, so that its weight can be shown there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.data import CUE_LABELS
from model.note import Note
from model.timeline import chase_days, quiet_days, window_over_from
from model.types import DatedPhrase, Policy, Timeline

Phrase = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Feature:
    """A number, and the phrase of the notes it comes from (None: from no phrase)."""

    value: float
    cue: str
    phrase: Phrase


LEAST_SURE = 0.05
"""A clause this sure of a cue is shown as the phrase it comes from."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the features are made of.

    `clauses`: probabilities of the cues in each clause, clauses by `CUE_LABELS`; `presence`: of the
    cues in the note as a whole.
    """

    note: Note
    clauses: NDArray[np.float64]
    presence: NDArray[np.float64]
    timeline: Timeline
    policy: Policy

    def cue(self, label: str) -> float:
        """How surely the cue is in the note."""
        return float(self.presence[CUE_LABELS.index(label)])

    def where(self, label: str) -> Phrase:
        """The clause where the cue is surest, if any clause is sure enough."""
        column = self.clauses[:, CUE_LABELS.index(label)]
        if not len(column) or column.max() < LEAST_SURE:
            return None
        clause = self.note.clauses[int(column.argmax())]
        return clause.start, clause.end


def _is_over(s: Situation) -> float | None:
    """1 if the reply window is over, 0 if not, None if nothing dates it."""
    end, first = s.timeline.window_end, window_over_from(s.timeline, s.policy)
    if s.timeline.over_by is not None:
        return 1.0
    if end is None or first is None or not s.timeline.is_settled(end):
        return None
    return float(s.timeline.today >= first)


def _is_hold_up(s: Situation) -> float | None:
    hold = s.timeline.hold_from
    if hold is None or not s.timeline.is_settled(hold):
        return None
    return float(s.timeline.today >= hold.day)


def _facts(s: Situation) -> dict[str, tuple[float, DatedPhrase | None]]:
    """What the calendar says, as 0 or 1, each with the date it rests on."""
    t, policy = s.timeline, s.policy
    over, hold = _is_over(s), _is_hold_up(s)
    quiet, chase = quiet_days(t), chase_days(t)
    newest = max((d for d in (t.interview, t.last_word) if d), key=lambda d: d.day, default=None)
    window = t.over_by or t.window_end
    return {
        "window_over": (float(over == 1), window),
        "window_open": (float(over == 0), window),
        "hold_up": (float(hold == 1), t.hold_from),
        "hold_ahead": (float(hold == 0), t.hold_from),
        "quiet_long": (float(quiet is not None and quiet >= policy.silence), newest),
        "quiet_short": (float(quiet is not None and quiet < policy.silence), newest),
        "quiet_lapsed": (float(quiet is not None and quiet >= policy.lapse), newest),
        "just_met": (float(quiet is not None and quiet <= 1), newest),
        "chase_fresh": (
            float(chase is not None and chase <= policy.rest),
            t.last_chase,
        ),
        "chase_rested": (
            float(chase is not None and chase > policy.rest),
            t.last_chase,
        ),
        "pressed": (float(t.pressure is not None), t.pressure),
    }


RULE_FEATURES = (
    "closed", "reply_due", "no_contact", "chased", "hold_up", "hold_ahead", "hold_unknown",
    "deadline", "window_over", "window_open", "window_unknown", "process", "process_lapsed",
    "invited", "thanks", "silence_long", "silence_short", "silence_unknown",
)  # fmt: skip
FACTS = (
    "window_over", "window_open", "hold_up", "hold_ahead", "quiet_long", "quiet_short",
    "quiet_lapsed", "just_met", "chase_fresh", "chase_rested", "pressed",
)  # fmt: skip
FEATURE_NAMES = (
    *(f"cue:{label}" for label in CUE_LABELS),
    *(f"fact:{fact}" for fact in FACTS),
    *(f"rule:{rule}" for rule in RULE_FEATURES),
)


def _rules(s: Situation, fact: dict[str, float]) -> Iterator[dict[str, tuple[float, str]]]:
    """The guide's rules in order: for each, how surely it applies in each of its outcomes.

    An outcome is a probability and the cue that carries it.
    """
    yield {"closed": (s.cue("closed"), "closed")}
    reply = max(("reply_due", "mishap"), key=s.cue)
    yield {"reply_due": (s.cue(reply), reply)}
    yield {"no_contact": (s.cue("no_contact"), "no_contact")}
    rested = 0.2 if fact["chase_rested"] else 1.0 if fact["chase_fresh"] else 0.6
    yield {"chased": (s.cue("chase") * rested * (1 - s.cue("not_chased")), "chase")}
    hold = s.cue("hold")
    up, ahead = fact["hold_up"], fact["hold_ahead"]
    if not up and not ahead:  # "if you've not heard by Friday": the window's end is the hold's
        up, ahead = fact["window_over"], fact["window_open"]
    yield {
        "hold_up": (hold * up, "hold"),
        "hold_ahead": (hold * ahead, "hold"),
        "hold_unknown": (hold * (1 - up - ahead), "hold"),
    }
    yield {"deadline": (s.cue("pressure"), "pressure")}
    yield _window_outcomes(s, fact)
    process = s.cue("process")
    yield {
        "process": (process * (1 - fact["quiet_lapsed"]), "process"),
        "process_lapsed": (process * fact["quiet_lapsed"], "process"),
    }
    yield {"invited": (s.cue("invite"), "invite")}
    fresh = max(fact["just_met"], s.cue("fresh") * (1 - fact["quiet_long"]))
    yield {"thanks": (s.cue("personal") * fresh, "personal")}
    long = max(fact["quiet_long"], s.cue("silence") * (1 - fact["quiet_short"]))
    short = max(fact["quiet_short"], fresh * (1 - fact["quiet_long"]))
    yield {
        "silence_long": (long, "silence"),
        "silence_short": (short * (1 - long), "fresh"),
        "silence_unknown": ((1 - long) * (1 - short), "no_timeframe"),
    }


def _window_outcomes(s: Situation, fact: dict[str, float]) -> dict[str, tuple[float, str]]:
    """Over, open or unknown: by the calendar, and by the notes' own words where it is silent."""
    window = max(s.cue("window"), s.cue("over"), s.cue("not_over"))
    window = max(window, 0.8 * float(s.timeline.window_end is not None))
    dated = fact["window_over"] + fact["window_open"]
    over = fact["window_over"] + (1 - dated) * s.cue("over") * (1 - s.cue("not_over"))
    open_ = fact["window_open"] + (1 - dated) * s.cue("not_over") * (1 - s.cue("over"))
    return {
        "window_over": (
            window * over,
            "over" if s.cue("over") > s.cue("window") else "window",
        ),
        "window_open": (window * open_, "window"),
        "window_unknown": (window * max(0.0, 1 - over - open_), "window"),
    }


def make_features(s: Situation) -> list[Feature]:
    """The features of a situation, in the order of `FEATURE_NAMES`."""
    facts = _facts(s)
    features = [Feature(s.cue(label), label, s.where(label)) for label in CUE_LABELS]
    for name in FACTS:
        value, dated = facts[name]
        features.append(Feature(value, name, dated.phrase if dated else None))
    left = 1.0
    fact = {name: value for name, (value, _) in facts.items()}
    for outcomes in _rules(s, fact):
        for probability, cue in outcomes.values():
            features.append(Feature(left * probability, cue, s.where(cue)))
        left *= 1 - min(1.0, sum(probability for probability, _ in outcomes.values()))
    return features
