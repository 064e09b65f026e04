"""From cues and timeline to the numbers the classifier weighs.

Five kinds: how surely each cue is there (`cue:`) and what that rests on (`surest:`, `any:`,
`second:`, `words:`), what the calendar says (`fact:`), how far each rule of the decision guide
applies (`rule:`): its own condition, and none of those before it, as probabilities that multiply;
and the plain words of the note. The guide's order is built in; what a rule decides is learned. Each
feature remembers the phrase it comes from, so that its weight can be shown there.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from model.data import CUE_LABELS
from model.judging.facts import FACTS, read_facts
from model.judging.rules import RULE_FEATURES, apply_rules
from model.judging.situation import SHOWN_FROM, Phrase, Situation
from model.reading.reader import SIGNALS
from model.types import LEAST_SURE


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
OVERRULED = {
    "silence": "quiet_short", "no_timeframe": "quiet_short", "not_chased": "quiet_short",
    "over": "window_open",
}  # fmt: skip
"""Cues that count only as far as this fact of the calendar does not speak against them."""
SCALE = 4.0
"""Log-odds by this are about as large as the other features."""


def make_features(s: Situation) -> list[Feature]:
    """The features of a situation, in the order of `FEATURE_NAMES`."""
    facts = read_facts(s)
    fact = {name: value for name, (value, _) in facts.items()}
    where = s.places()
    counts = dict.fromkeys(CUE_LABELS, 1.0)
    counts |= {label: 1 - fact[against] for label, against in OVERRULED.items()}
    counts["not_over"] = 1 - fact["window_over"] * _elapsed(s, where["not_over"])
    features = [Feature(s.cue(label) * counts[label], label, where[label]) for label in CUE_LABELS]
    features += _signal_features(
        s, where, [counts[label] * s.standing[label] for label in CUE_LABELS]
    )
    for name in FACTS:
        value, dated = facts[name]
        features.append(Feature(value, name, dated.phrase if dated else None))
        where[name] = dated.phrase if dated else None
    # a rule weighs much: it is shown where it comes from only if that is likely enough
    where |= {label: None for label in CUE_LABELS if s.cue(label) < LEAST_SURE}
    left = 1.0
    rules: dict[str, Feature] = {}
    for outcomes in apply_rules(s, fact):
        for rule, (probability, cue) in outcomes.items():
            rules[rule] = Feature(left * probability, cue, where[cue])
        left *= 1 - min(1.0, sum(probability for probability, _ in outcomes.values()))
    features += [rules[name] for name in RULE_FEATURES]
    believed = min(max(s.call, -WORDS_MOST), WORDS_MOST)
    return [*features, Feature(WORDS_SHARE * believed, WORDS, None)]


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
