"""From cues and timeline to the numbers the classifier weighs.

Five kinds: how surely each cue is there (`cue:`) and what that rests on (`surest:`, `any:`,
`second:`, `words:`), what the calendar says (`fact:`), how far each rule of the decision guide
applies (`rule:`): its own condition, and none of those before it, as probabilities that multiply;
and the plain words of the note. The guide's order is built in; what a rule decides is learned. Each
feature remembers the phrase it comes from, so that its weight can be shown there.
"""

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

import numpy as np

from model.data import CUE_LABELS
from model.dates import LEAST_SURE
from model.judging.facts import FACTS, read_facts
from model.judging.rules import RULE_FEATURES, apply_rules, window_unknown
from model.judging.situation import SHOWN_FROM, Phrase, Situation
from model.reading.reader import SIGNALS


class Feature(NamedTuple):
    """A number, and the phrase of the notes it comes from.

    A tuple, for there are more than a hundred a note.
    """

    value: float
    cue: str
    phrase: Phrase


WORDS = "words"
"""The name of the last feature: the log-odds of "call" by the plain words."""
FEATURE_NAMES = (
    *(f"cue:{label}" for label in CUE_LABELS),
    *(f"{signal}:{label}" for label in CUE_LABELS for signal in SIGNALS),
    *(f"fact:{fact}" for fact in FACTS),
    *(f"rule:{rule}" for rule in RULE_FEATURES),
    WORDS,
)
WORDS_SHARE = 0.15
"""How much of them is taken, so that little weight falls on them: no phrase bears them, and in
notes made up for a rule the words also tell the habits of their writers. Taken whole they make
held-out made-up notes better and real ones worse."""
WORDS_MOST = 0.5
"""Log-odds of them that are believed at most. Without this bound they alone turned "They said two
weeks. It's been three weeks." into wait, and nobody saw why; on real notes it costs nothing."""
SHOWN_FROM_ODDS = float(np.log(SHOWN_FROM / (1 - SHOWN_FROM)))
"""`SHOWN_FROM` as log-odds."""
_TOO_SOON = ("quiet_short", "window_open", "hold_ahead", "window_untold")
OVERRULED = {
    "silence": _TOO_SOON, "no_timeframe": _TOO_SOON, "not_chased": _TOO_SOON,
    "over": ("window_open", "hold_ahead"),
}  # fmt: skip
"""Cues that count only as far as none of these facts of the calendar speaks against them.

"window_untold": they named a time, and nothing tells whether it is over, or how long ago it was."""
SCALE = 4.0
"""Log-odds by this are about as large as the other features."""


def make_features(s: Situation) -> list[Feature]:
    """The features of a situation, in the order of `FEATURE_NAMES`."""
    facts, where = read_facts(s), s.places
    fact = {name: value for name, (value, _) in facts.items()}
    dated = {name: day.phrase if day else None for name, (_, day) in facts.items()}
    counts = _counts(s, fact, where["not_over"])
    shares = [counts[label] * s.standing[label] for label in CUE_LABELS]
    believed = min(max(s.call_by_words, -WORDS_MOST), WORDS_MOST)
    return [
        *(Feature(s.cues[label] * counts[label], label, where[label]) for label in CUE_LABELS),
        *_signal_features(s, where, shares),
        *(Feature(fact[name], name, dated[name]) for name in FACTS),
        *_rule_features(s, fact, where | dated),
        Feature(WORDS_SHARE * believed, WORDS, None),
    ]


def _counts(s: Situation, fact: dict[str, float], not_over: Phrase) -> dict[str, float]:
    """How far the calendar lets each cue count."""
    counts = dict.fromkeys(CUE_LABELS, 1.0)
    against = fact | {"window_untold": window_unknown(s, fact) * (1 - s.tells_how_long)}
    counts |= {
        label: 1 - max(map(against.__getitem__, names)) for label, names in OVERRULED.items()
    }
    is_over = max(fact["hold_up"], fact["window_over"] * _elapsed(s, not_over))
    return counts | {"not_over": 1 - is_over}


def _elapsed(s: Situation, place: Phrase) -> float:
    """How surely a phrase tells how long ago a contact was.

    "It has been ten days" sounds alike after a promise of one week and of two: the calendar counts.
    """
    if place is None:
        return 0.0
    start, end = place
    chances = (
        each.chance
        for each in (*s.timeline.interviews, *s.timeline.words)
        if each.is_distance and each.phrase and start <= each.phrase[0] < end
    )
    return max(chances, default=0.0)


def _signal_features(
    s: Situation, where: dict[str, Phrase], shares: list[float]
) -> Iterator[Feature]:
    """How far each signal of each cue stands out; what is too faint to be shown counts nothing.

    The words of the whole note belong to no phrase.
    """
    strengths = np.maximum(s.signals - SHOWN_FROM_ODDS, 0.0) / SCALE * np.array(shares)[:, None]
    for label, row in zip(CUE_LABELS, strengths.tolist(), strict=True):
        for signal, strength in zip(SIGNALS, row, strict=True):
            if strength:
                yield Feature(strength, label, None if signal == "words" else where[label])
            else:
                yield _FAINT[label]


_FAINT = {label: Feature(0.0, label, None) for label in CUE_LABELS}
"""Most signals are too faint; with each made anew, judging takes a fifteenth longer."""


def _rule_features(s: Situation, fact: dict[str, float], where: dict[str, Phrase]) -> list[Feature]:
    """How far each rule applies and none before it, but for what it settles where it applies.

    A rule weighs much: it is shown where it comes from only if that is likely enough.
    """
    faint = {label for label in CUE_LABELS if s.cues[label] < LEAST_SURE}
    rules: dict[str, Feature] = {}
    before: list[tuple[str, float]] = []
    for outcomes in apply_rules(s, fact):
        for rule, (probability, cue) in outcomes.items():
            left = prod(1 - taken for other, taken in before if not s.is_settled(other, by=cue))
            rules[rule] = Feature(left * probability, cue, None if cue in faint else where[cue])
        taken = min(1.0, sum(probability for probability, _ in outcomes.values()))
        before.append((next(iter(outcomes.values()))[1], taken))
    return [rules[name] for name in RULE_FEATURES]
