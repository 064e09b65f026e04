"""What the notes say, cue by cue, as far as it still stands where the story ends."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.data import CUE_LABELS
from model.dates import Timeline, chance_of_any
from model.reading.note import Note
from model.reading.speech import (
    SEVERAL,
    is_elsewhere,
    is_lasting,
    is_pluperfect,
    is_repeated,
    is_told_next,
    is_unreached,
)
from model.types import Policy

Phrase = tuple[int, int] | None
"""First character of a piece of the notes and the one behind its last; None: no piece of them."""

SHOWN_FROM = 0.05
"""A clause this sure of a cue is shown as the phrase it comes from."""
SETTLED_BY = {
    "closed": ("invite", "mishap", "reply_due"),  # feedback by phone; an error; open once more
    "reply_due": ("chase", "answered"),  # they have had their answer; "never mind, I found it"
    "invite": ("closed", "answered"),  # it was for the time before
    "mishap": ("process", "window", "hold", "answered"),  # it has been explained
    "no_contact": ("reply_due", "hold", "invite"),  # a later request beats an earlier ban
    "process": ("answered",),  # "the board has met", said later
    "over": ("answered",),  # what was late has come, or is put off
}
"""Cues that count only as far as none of these follows them in the story."""
RULED_OUT = {"chase": is_unreached, "closed": is_elsewhere}
"""Ways of saying in which a clause does not tell of a cue, however much it sounds like it."""
WITHIN = frozenset({"chase", "closed", "reply_due"})
"""Cues that what settles them may follow within the clause: "I rang and she said ..."."""


@dataclass(frozen=True)
class Situation:
    """All that the features are made of.

    `clauses`: probabilities of the cues in each clause, clauses by `CUE_LABELS`; `signals`: what
    the reader says of each cue, `CUE_LABELS` by `SIGNALS`; `presence`: how surely it is there;
    `call_by_words`: the log-odds of "call" by the plain words of the note.
    """

    note: Note
    clauses: NDArray[np.float64]
    signals: NDArray[np.float64]
    presence: NDArray[np.float64]
    call_by_words: float
    timeline: Timeline
    policy: Policy

    @cached_property
    def cues(self) -> dict[str, float]:
        """How surely each cue is in the note, as far as it stands."""
        pairs = zip(CUE_LABELS, self.presence.tolist(), strict=True)
        return {label: presence * self.standing[label] for label, presence in pairs}

    @cached_property
    def standing(self) -> dict[str, float]:
        """How far each cue still counts where the story ends: 0 where what settles it follows, or
        where the way of saying rules it out."""
        doubtful = {*RULED_OUT, *SETTLED_BY}
        return dict.fromkeys(CUE_LABELS, 1.0) | {
            label: self.unfollowed(label, *SETTLED_BY.get(label, ())) for label in doubtful
        }

    def unfollowed(self, label: str, *others: str) -> float:
        """How far the cue is one that none of the others follows in the story, 0..1."""
        surest = self._surest[label]
        if surest < SHOWN_FROM:
            return 1.0
        return max(self._standing_clauses(label, *others)) / surest

    def is_settled(self, label: str, *, by: str) -> bool:
        """Whether a cue does not count where another one is told, if that is there at all."""
        if by not in SETTLED_BY.get(label, ()):
            return False
        told, settling = self.places[label], self.places[by]
        return told is not None and settling is not None and told < settling

    def _standing_clauses(self, label: str, *others: str) -> list[float]:
        """How surely each clause holds the cue and none of the others follows."""
        columns = [self._columns[other] for other in others]
        standing = list(self._columns[label])
        followed = 0.0
        for index in reversed(self._story):
            settling = max((column[index] for column in columns), default=0.0)
            after, followed = followed, max(followed, settling)
            standing[index] *= 1 - (followed if label in WITHIN else after)
        return standing

    @cached_property
    def _story(self) -> list[int]:
        """The clauses in the order of what they tell: first what "had been" before."""
        text, clauses = self.note.text, self.note.clauses
        after = [not is_pluperfect(text, clause.start, clause.end) for clause in clauses]
        return sorted(range(len(clauses)), key=after.__getitem__)

    @cached_property
    def promised_then(self) -> float:
        """How surely the last contact was answered at once with a time.

        The window follows in the same sentence, and was promised on that day or later.
        """
        end, chase = self.timeline.window_end, self.timeline.last_chase
        if not (end and end.made and end.phrase and chase and chase.phrase):
            return 0.0
        is_next = is_told_next(self.note.text, chase.phrase[1], end.phrase[0])
        return end.chance if is_next and end.made >= chase.day else 0.0

    @cached_property
    def tells_how_long(self) -> float:
        """How surely the notes tell how long it has been quiet: by a day, or plainly by words."""
        if self._surest_of("silence", is_lasting):
            return 1.0
        return min(1.0, chance_of_any(self.timeline.comparable(self.timeline.heard)))

    @cached_property
    def chased_again(self) -> float:
        """How surely there were so many contacts that no other is allowed, if there was one at all.

        So say words such as "a few times", which is two or more; none of them was answered.
        """
        surest = self._surest["chase"]
        if surest < SHOWN_FROM or self.timeline.has_answered or self.policy.chases > SEVERAL:
            return 0.0
        return self._surest_of("chase", is_repeated) / surest

    def _surest_of(self, label: str, holds: Callable[[str, int, int], bool]) -> float:
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
        columns = dict(zip(CUE_LABELS, self.clauses.T.tolist(), strict=True))
        text, clauses = self.note.text, self.note.clauses
        for label, is_ruled_out in RULED_OUT.items():
            columns[label] = [
                0.0 if chance >= SHOWN_FROM and is_ruled_out(text, each.start, each.end) else chance
                for each, chance in zip(clauses, columns[label], strict=True)
            ]
        return columns

    @cached_property
    def _surest(self) -> dict[str, float]:
        """How surely the surest clause holds each cue."""
        return dict(zip(CUE_LABELS, self.clauses.max(axis=0, initial=0.0).tolist(), strict=True))

    @cached_property
    def places(self) -> dict[str, Phrase]:
        """For each cue, the clause where it is surest and stands; None where none is sure."""
        return {label: self._place(label) for label in CUE_LABELS}

    def _place(self, label: str) -> Phrase:
        if self._surest[label] < SHOWN_FROM:
            return None
        column = self._columns[label]
        if label in SETTLED_BY and self.standing[label] < 1:
            standing = self._standing_clauses(label, *SETTLED_BY[label])
            column = standing if max(standing) >= SHOWN_FROM else column
        clause = self.note.clauses[column.index(max(column))]
        return clause.start, clause.end
