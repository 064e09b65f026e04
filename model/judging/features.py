"""From cues and timeline to the numbers the classifier weighs.

Four kinds: how surely each cue is there (`cue:`) and what that rests on (`surest:`, `any:`,
`second:`, `words:`), what the calendar says (`fact:`), and how far each rule of the decision guide
applies (`rule:`): its own condition, and none of those before it, as probabilities that multiply.
The guide's order is built in; what a rule decides is learned. Each feature remembers the phrase it
comes from, so that its weight can be shown there.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.data import CUE_LABELS
from model.judging.timeline import is_over
from model.reading.note import Note
from model.reading.reader import SIGNALS
from model.reading.speech import SEVERAL, is_lasting, is_pluperfect, is_repeated
from model.types import DatedPhrase, Dates, Policy, Timeline, likeliest, newest
from model.workdays import next_workday, workdays_between

Phrase = tuple[int, int] | None


class Feature(NamedTuple):
    """A number, and the phrase of the notes it comes from (None: from no phrase).

    A tuple, for there are more than a hundred a note.
    """

    value: float
    cue: str
    phrase: Phrase


SHOWN_FROM = 0.05
"""A clause this sure of a cue is shown as the phrase it comes from."""
SHOWN_FROM_ODDS = float(np.log(SHOWN_FROM / (1 - SHOWN_FROM)))
"""The same as log-odds."""
SETTLED_BY = {
    "closed": ("invite", "mishap", "reply_due"),  # feedback by phone; an error; open once more
    "reply_due": ("chase", "answered"),  # they have had their answer; "never mind, I found it"
    "invite": ("closed",),  # it was for the time before
    "mishap": ("process", "window", "hold"),  # it has been explained
    "no_contact": ("reply_due", "hold", "invite"),  # a later request beats an earlier ban
    "over": ("answered",),  # what was late has come, or is put off
}
"""Cues that count only as far as none of these follows them in the story."""
WITHIN = frozenset({"chase", "closed"})
"""Cues that what settles them may follow within the clause: "I rang and she said ..."."""
_STOP = re.compile(r"[.!?\n]")


@dataclass(frozen=True)
class Situation:
    """All that the features are made of.

    `clauses`: probabilities of the cues in each clause, clauses by `CUE_LABELS`; `signals`: what
    the reader says of each cue, `CUE_LABELS` by `SIGNALS`; `presence`: how surely it is there.
    """

    note: Note
    clauses: NDArray[np.float64]
    signals: NDArray[np.float64]
    presence: NDArray[np.float64]
    timeline: Timeline
    policy: Policy

    def cue(self, label: str) -> float:
        """How surely the cue is in the note, as far as it stands."""
        return float(self.presence[CUE_LABELS.index(label)]) * self.standing[label]

    @cached_property
    def standing(self) -> dict[str, float]:
        """How far each cue still counts where the story ends: 0 where what settles it follows."""
        settled = {label: self.unfollowed(label, *others) for label, others in SETTLED_BY.items()}
        return dict.fromkeys(CUE_LABELS, 1.0) | settled

    def unfollowed(self, label: str, *others: str) -> float:
        """How far the cue is one that none of the others follows in the story, 0..1."""
        surest = max(self._columns[label], default=0.0)
        if surest < SHOWN_FROM:
            return 1.0
        return max(self._standing_clauses(label, *others)) / surest

    def _standing_clauses(self, label: str, *others: str) -> list[float]:
        """How surely each clause holds the cue and none of the others follows."""
        settling = list(map(max, zip(*(self._columns[other] for other in others), strict=True)))
        standing = [0.0] * len(settling)
        followed = 0.0
        for index in reversed(self._story):
            own, settles = self._columns[label][index], settling[index]
            if label in WITHIN:
                followed = max(followed, settles)
            standing[index] = own * (1 - followed)
            followed = max(followed, settles)
        return standing

    @cached_property
    def _story(self) -> list[int]:
        """The clauses in the order of what they tell: first what "had been" before."""
        text, clauses = self.note.text, self.note.clauses
        after = [not is_pluperfect(text, clause.start, clause.end) for clause in clauses]
        return sorted(range(len(clauses)), key=after.__getitem__)

    @cached_property
    def promised_then(self) -> float:
        """How surely the last contact got a promise: in one sentence, counted from its day."""
        end, chase = self.timeline.window_end, self.timeline.last_chase
        if not (end and end.made and end.phrase and chase and chase.phrase):
            return 0.0
        between = self.note.text[chase.phrase[1] : end.phrase[0]]
        is_told_next = chase.phrase[1] <= end.phrase[0] and not _STOP.search(between)
        return end.chance if is_told_next and end.made >= chase.day else 0.0

    @cached_property
    def tells_how_long(self) -> float:
        """How surely the notes tell how long it has been quiet: by a day, or plainly by words."""
        if self._surest("silence", is_lasting):
            return 1.0
        return min(1.0, _any(self.timeline.settled(self.timeline.contacts)))

    @cached_property
    def chased_again(self) -> float:
        """If there was a contact at all: how surely so many that no other is allowed, unanswered.

        "A few times" is two or more: how many, nobody says.
        """
        surest = max(self._columns["chase"], default=0.0)
        if surest < SHOWN_FROM or self.timeline.has_answered or self.policy.chases > SEVERAL:
            return 0.0
        return self._surest("chase", is_repeated) / surest

    def _surest(self, label: str, holds: Callable[[str, int, int], bool]) -> float:
        """How surely one of the clauses of which something holds has the cue; 0: too faint."""
        clauses = zip(self.note.clauses, self._columns[label], strict=True)
        found = (
            chance
            for clause, chance in clauses
            if chance >= SHOWN_FROM and holds(self.note.text, clause.start, clause.end)
        )
        return max(found, default=0.0)

    @cached_property
    def _columns(self) -> dict[str, list[float]]:
        """How surely each clause holds each cue; lists, for most notes have few clauses."""
        return dict(zip(CUE_LABELS, self.clauses.T.tolist(), strict=True))

    def places(self) -> dict[str, Phrase]:
        """For each cue, the clause where it is surest and stands; None where none is sure."""
        return {label: self._place(label) for label in CUE_LABELS}

    def _place(self, label: str) -> Phrase:
        column = self._columns[label]
        if max(column, default=0.0) < SHOWN_FROM:
            return None
        if label in SETTLED_BY and self.standing[label] < 1:
            standing = self._standing_clauses(label, *SETTLED_BY[label])
            column = standing if max(standing) >= SHOWN_FROM else column
        clause = self.note.clauses[column.index(max(column))]
        return clause.start, clause.end


def _share(dates: Dates, holds: Callable[[DatedPhrase], bool]) -> float:
    """The probability that something holds of the newest of several days."""
    return sum(chance for dated, chance in newest(dates) if holds(dated))


def _any(dates: Dates) -> float:
    """The probability that at least one of the days is truly of its role."""
    return sum(chance for _, chance in newest(dates))


def _at_least(count: int, dates: Dates) -> float:
    """The probability that at least `count` different days are truly of their role."""
    best: dict[date, float] = {}
    for each in dates:
        best[each.day] = max(each.chance, best.get(each.day, 0.0))
    exactly = [1.0]  # the probability of 0, 1, 2 ... of the days so far
    for chance in best.values():
        exactly = [
            (1 - chance) * same + chance * one_less
            for same, one_less in zip([*exactly, 0.0], [0.0, *exactly], strict=True)
        ]
    return sum(exactly[count:])


def _facts(s: Situation) -> dict[str, tuple[float, DatedPhrase | None]]:
    """What the calendar says, as probabilities, each with the date it rests on most."""
    t, policy = s.timeline, s.policy
    tomorrow = next_workday(t.today, policy.country)

    def has_passed(window: DatedPhrase) -> bool:
        return is_over(window, t.today, policy)

    def ago(day: DatedPhrase) -> int:
        return workdays_between(day.day, t.today)

    def quiet(least: int, most: int) -> float:
        return _share(contacts, lambda day: least <= ago(day) <= most)

    windows, holds, contacts, chases = map(t.settled, (t.windows, t.holds, t.contacts, t.chases))
    passed = _share(t.overs, has_passed)
    believed = [(end, chance * _believed(end)) for end, chance in newest(windows)]
    over = sum(chance for end, chance in believed if has_passed(end))
    hold_up = _share(holds, lambda hold: t.today >= hold.day)
    fresh = _share(chases, lambda chase: ago(chase) <= policy.rest)
    window, contact = likeliest(t.overs) or t.window_end, t.last_contact
    again = s.chased_again * s.cue("chase")
    return {
        "window_over": (passed + (1 - passed) * over, window),
        "window_open": ((1 - passed) * (sum(chance for _, chance in believed) - over), window),
        "hold_up": (hold_up, t.hold_from),
        "hold_ahead": (_any(holds) - hold_up, t.hold_from),
        "quiet_long": (quiet(policy.silence, _EVER), contact),
        "quiet_short": (quiet(0, policy.silence - 1), contact),
        "quiet_lapsed": (quiet(policy.lapse, _EVER), contact),
        "just_met": (quiet(0, 1), contact),
        "chase_fresh": (fresh * (1 - s.promised_then), t.last_chase),
        "chase_rested": (_any(chases) - fresh, t.last_chase),
        "chased_out": (max(_at_least(policy.chases, t.unanswered), again), t.last_chase),
        "pressed": (_any(t.deadlines), t.deadline),
        "pressed_now": (
            _share(t.settled(t.deadlines), lambda end: end.day <= tomorrow),
            t.deadline,
        ),
    }


_EVER = 10**6  # days
GUESSED_SHARE = 0.4
"""How far the end of a window is believed that counts from a day that nothing tells: for the rest
the notes' own words decide whether it is over."""


def _believed(end: DatedPhrase) -> float:
    return GUESSED_SHARE if end.basis == "assumed" and end.made is None else 1.0


RULE_FEATURES = (
    "closed", "reply_due", "no_contact", "chased", "hold_up", "hold_ahead", "hold_unknown",
    "deadline", "window_over", "window_open", "window_unknown", "process", "process_lapsed",
    "invited", "thanks", "silence_long", "silence_short", "silence_unknown",
)  # fmt: skip
FACTS = (
    "window_over", "window_open", "hold_up", "hold_ahead", "quiet_long", "quiet_short",
    "quiet_lapsed", "just_met", "chase_fresh", "chase_rested", "chased_out", "pressed",
    "pressed_now",
)  # fmt: skip
FEATURE_NAMES = (
    *(f"cue:{label}" for label in CUE_LABELS),
    *(f"{signal}:{label}" for label in CUE_LABELS for signal in SIGNALS),
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
    undated = 1 - fact["chase_fresh"] - fact["chase_rested"]
    rests = fact["chase_fresh"] + 0.6 * undated + 0.2 * fact["chase_rested"]
    rests = max(rests, fact["chased_out"], s.chased_again)
    rests *= 1 - s.cue("pressure") * fact["pressed_now"]
    answered = max(1 - s.unfollowed("chase", "answered"), s.promised_then)
    unanswered = (1 - s.cue("not_chased")) * (1 - 0.8 * answered)
    yield {"chased": (s.cue("chase") * rests * unanswered, "chase")}
    hold, undated = s.cue("hold"), 1 - fact["hold_up"] - fact["hold_ahead"]
    # "if you've not heard by Friday": the window's end is the hold's
    up = fact["hold_up"] + undated * fact["window_over"]
    ahead = fact["hold_ahead"] + undated * fact["window_open"]
    yield {
        "hold_up": (hold * up, "hold"),
        "hold_ahead": (hold * ahead, "hold"),
        "hold_unknown": (hold * max(0.0, 1 - up - ahead), "hold"),
    }
    yield {"deadline": (s.cue("pressure") * (1 - _comes_first(s, fact)), "pressure")}
    yield _window_outcomes(s, fact)
    process = s.cue("process")
    lapsed = fact["quiet_lapsed"] * (1 - _step_ahead(s.timeline))
    yield {
        "process": (process * (1 - lapsed), "process"),
        "process_lapsed": (process * lapsed, "process"),
    }
    yield {"invited": (s.cue("invite"), "invite")}
    undated = max(0.0, 1 - fact["quiet_long"] - fact["quiet_short"])
    fresh = max(fact["just_met"], s.cue("fresh") * undated)
    yield {"thanks": (s.cue("personal") * fresh, "personal")}
    told = s.cue("silence") * s.tells_how_long * (1 - fact["quiet_short"])
    long = max(fact["quiet_long"], told)
    short = max(fact["quiet_short"], fresh * (1 - fact["quiet_long"]))
    yield {
        "silence_long": (long, "silence"),
        "silence_short": (short * (1 - long), "fresh"),
        "silence_unknown": ((1 - long) * (1 - short), "no_timeframe"),
    }


def _window_outcomes(s: Situation, fact: dict[str, float]) -> dict[str, tuple[float, str]]:
    """Over, open or unknown: by the calendar, and by the notes' own words where it is silent."""
    window = max(s.cue("window"), 0.8 * _any(s.timeline.windows))  # "nothing yet" names no time
    dated = min(1.0, fact["window_over"] + fact["window_open"])
    over = fact["window_over"] + (1 - dated) * s.cue("over") * (1 - s.cue("not_over"))
    open_ = fact["window_open"] + (1 - dated) * s.cue("not_over") * (1 - s.cue("over"))
    stands = window * over * (1 - _replaced(s.timeline))
    stands *= s.unfollowed("window", "answered")  # else that is the newest word
    return {
        "window_over": (stands, "over" if s.cue("over") > s.cue("window") else "window"),
        "window_open": (window * open_, "window"),
        "window_unknown": (window * max(0.0, 1 - over - open_), "window"),
    }


def _comes_first(s: Situation, fact: dict[str, float]) -> float:
    """How surely the employer's own date is not after the one that presses."""
    t = s.timeline
    window, deadline = t.window_end, likeliest(t.settled(t.deadlines))
    if window is None or deadline is None or window.day > deadline.day:
        return 0.0
    return deadline.chance * fact["window_open"]


def _step_ahead(timeline: Timeline) -> float:
    """How surely a formal step has a day of its own that is still to come."""
    steps = timeline.settled(timeline.steps)
    return max((each.chance for each in steps if each.day >= timeline.today), default=0.0)


def _replaced(timeline: Timeline) -> float:
    """How surely the employer has spoken since its newest promise: that word counts then."""
    end = timeline.window_end
    made = end.made if end and end.made else date.max
    return max((word.chance for word in timeline.words if word.day > made), default=0.0)


OVERRULED = {
    "silence": "quiet_short", "no_timeframe": "quiet_short", "not_chased": "quiet_short",
    "over": "window_open",
}  # fmt: skip
"""Cues that count only as far as this fact of the calendar does not speak against them."""
SCALE = 4.0
"""Log-odds by this are about as large as the other features."""


def make_features(s: Situation) -> list[Feature]:
    """The features of a situation, in the order of `FEATURE_NAMES`."""
    facts = _facts(s)
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
    left = 1.0
    for outcomes in _rules(s, fact):
        for probability, cue in outcomes.values():
            features.append(Feature(left * probability, cue, where[cue]))
        left *= 1 - min(1.0, sum(probability for probability, _ in outcomes.values()))
    return features


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
