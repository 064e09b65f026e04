"""Days that a note tells: each with its chance, and all of them as a timeline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

Basis = Literal["stated", "inferred", "assumed"]
"""How a day is known: it was given, or the notes name it; it was counted from such a day; or it
rests on one that nothing tells."""


@dataclass(frozen=True, slots=True)
class DatedPhrase:
    """A day, and the time expression it comes from; `phrase` is None for a date that was given.

    `is_distance`: the day was counted from today ("ten days ago", "tomorrow"), or is an hour's that
    stands alone, so that it is known by its distance even where today is not. `chance`: how surely
    the expression is about what it is taken for, 0..1. `made`: the day on which it was promised,
    where it is a promise and that is known. `first`: the first of the days that it may have been,
    where those are several ("last week"). `is_passed`: an hour was set on that day, and by the
    clock of the notes it is over. `basis`: how the day is known.
    """

    day: date
    phrase: tuple[int, int] | None = None
    is_distance: bool = False
    chance: float = 1.0
    made: date | None = None
    first: date | None = None
    is_passed: bool = False
    basis: Basis = "stated"

    def may_be(self, day: date) -> bool:
        """Whether it may have been that day."""
        return (self.first or self.day) <= day <= self.day

    @property
    def middle(self) -> date:
        """The middle of the days that it may have been."""
        return self.day - (self.day - self.first) / 2 if self.first else self.day


Dates = tuple[DatedPhrase, ...]
"""The days that expressions of one role may mean, in the order in which they count."""

LEAST_SURE = 0.25
"""From this probability on, a time is taken to be about what its role says."""


def ranked(dates: Dates) -> Iterator[tuple[DatedPhrase, float]]:
    """Each day with the probability that it is the first of them that is truly of its role."""
    left = 1.0
    for dated in dates:
        yield dated, left * dated.chance
        left *= 1 - dated.chance


def chance_of_any(dates: Dates) -> float:
    """The probability that at least one of the days is truly of its role."""
    return sum(chance for _, chance in ranked(dates))


def likeliest(dates: Dates) -> DatedPhrase | None:
    """The day that is most probably the first one of its role; None where none is sure enough."""
    best, chance = max(ranked(dates), key=lambda pair: pair[1], default=(None, 0.0))
    return best if chance >= LEAST_SURE else None


@dataclass(frozen=True)
class Timeline:
    """What the notes' times are about, each with the days it may mean.

    `today`: the day of reading, given or from the notes ("it's Thursday"); `is_today_known` is
    False where neither tells, and then only distances count. `names_today`: the notes tell it.
    `promised`: the day from which the employer's promise runs. `windows`: last days of the
    employer's reply window. `overs`: when it ran out, where the notes say how long ago. `holds`:
    first days on which calling is welcome. `chases`: the candidate's contacts. `words`: the
    employer's. `deadlines`: the days that force a decision, the next one first. `steps`: the last
    days of formal steps. `meetings`: interviews that are still to come. `today_basis`: how `today`
    is known.
    """

    today: date
    is_today_known: bool
    names_today: bool = False
    promised: DatedPhrase | None = None
    interviews: Dates = ()
    windows: Dates = ()
    overs: Dates = ()
    holds: Dates = ()
    chases: Dates = ()
    words: Dates = ()
    deadlines: Dates = ()
    steps: Dates = ()
    meetings: Dates = ()
    today_basis: Basis = "stated"

    @cached_property
    def interview(self) -> DatedPhrase | None:
        """The latest interview."""
        return likeliest(self.interviews)

    @cached_property
    def window_end(self) -> DatedPhrase | None:
        """The last day of the newest reply window."""
        return likeliest(self.windows)

    @cached_property
    def hold_from(self) -> DatedPhrase | None:
        """The first day on which calling is welcome."""
        return likeliest(self.holds)

    @cached_property
    def step(self) -> DatedPhrase | None:
        """The last formal step that has a day, over or not."""
        return likeliest(self.steps)

    @cached_property
    def meeting(self) -> DatedPhrase | None:
        """The next interview that is still to come."""
        return likeliest(self.meetings)

    @cached_property
    def deadline(self) -> DatedPhrase | None:
        """The next day that forces a decision."""
        return likeliest(self.deadlines)

    @cached_property
    def last_chase(self) -> DatedPhrase | None:
        """The candidate's latest contact."""
        return likeliest(self.chases)

    @cached_property
    def last_said(self) -> date:
        """The day on which the employer last spoke or promised; `date.min` where none is told."""
        promises = (end.made for end in self.windows if end.made and end.chance >= LEAST_SURE)
        words = (word.day for word in self.words if word.chance >= LEAST_SURE)
        return max((*promises, *words), default=date.min)

    @property
    def unanswered(self) -> Dates:
        """The candidate's contacts since then."""
        return tuple(each for each in self.chases if not self.is_answered(each))

    def is_answered(self, chase: DatedPhrase) -> bool:
        """Whether the employer spoke after a contact; of one day the story tells the order."""
        if chase.day != self.last_said:
            return chase.day < self.last_said
        said = [word for word in self.words if word.day == chase.day]
        said += [end for end in self.windows if end.made == chase.day]
        starts = (each.phrase[0] for each in said if each.phrase and each.chance >= LEAST_SURE)
        return not chase.phrase or any(start >= chase.phrase[0] for start in starts)

    @property
    def has_answered(self) -> bool:
        """Whether the employer has answered one of the contacts."""
        sure = (each for each in self.chases if each.chance >= LEAST_SURE)
        return any(map(self.is_answered, sure))

    @property
    def window_replaced(self) -> float:
        """How surely the employer has spoken since its newest promise: that word counts then."""
        made = (self.window_end and self.window_end.made) or date.max
        return max((word.chance for word in self.words if word.day > made), default=0.0)

    @cached_property
    def heard(self) -> Dates:
        """The days on which the employer was seen or heard, the newest first."""
        return by_newest(self.interviews + self.words)

    @cached_property
    def last_heard(self) -> DatedPhrase | None:
        """The newest interview or word of the employer."""
        return likeliest(self.heard)

    def is_comparable(self, dated: DatedPhrase) -> bool:
        """Whether today can be compared with a day that is told."""
        promised = self.promised is not None and self.promised.is_distance
        return self.is_today_known or promised or dated.is_distance

    def comparable(self, dates: Dates) -> Dates:
        """Those of the days that today can be compared with."""
        return tuple(each for each in dates if self.is_comparable(each))


def by_newest(dates: Iterable[DatedPhrase]) -> Dates:
    """The days in order, the newest first."""
    return tuple(sorted(dates, key=lambda dated: dated.day, reverse=True))
