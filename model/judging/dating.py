"""What the times of a note are about, and which days they mean, counted from today."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from model.dates import LEAST_SURE, Basis, DatedPhrase
from model.reading.note import Note
from model.reading.speech import is_addressed
from model.times import back_from, days_back
from model.times.spans import Reading, Span, Time

FAINT = 0.02
"""Below this probability a role is not considered."""

FAR = timedelta(days=200)
"""A date without a year that lies this far ahead of a promise is meant of the year before."""

SOON = timedelta(days=60)
"""An interview that is still to come is not further ahead."""


CONTACTS = ("said", "chase", "word")
"""Roles of times at which the two sides were in touch otherwise than in an interview."""


@dataclass(frozen=True)
class Roles:
    """What the times of a note are about: `chances` of each role, for each of the `times`."""

    times: Sequence[Time]
    chances: dict[str, list[float]]

    def picked(self, *roles: str) -> Iterator[Time]:
        """The times that are likelier about one of the roles than about anything but "other"."""
        named = [chances for name, chances in self.chances.items() if name != "other"]
        for role in roles:
            for at, own in enumerate(self.chances[role]):
                if own >= LEAST_SURE and own >= max(chances[at] for chances in named):
                    yield self.times[at]

    def dated(
        self, role: str, day_of: Callable[[Time], DatedPhrase | None]
    ) -> Iterator[DatedPhrase]:
        """The days that times of a role mean, with their chances."""
        for time, chance in zip(self.times, self.chances[role], strict=True):
            if chance >= FAINT and (phrase := day_of(time)):
                yield replace(phrase, chance=chance)


@dataclass(frozen=True)
class FromToday:
    """What told days mean, counted from `today`.

    `met` and `told`: where interviews and other contacts end in the text, and their days.
    """

    note: Note
    today: date
    today_basis: Basis
    met: list[tuple[int, date]]
    told: list[tuple[int, date]]

    @classmethod
    def of(
        cls, note: Note, about: Roles, today: date, basis: Basis, interview: date | None
    ) -> "FromToday":
        """`interview`: the given one, told before all others."""
        met = _days_of(about.picked("interview"), today)
        told = _days_of(about.picked(*CONTACTS), today)
        return cls(note, today, basis, [(0, interview), *met] if interview else met, told)

    def interview(self, time: Time) -> DatedPhrase | None:
        """The day of an interview that has been."""
        return None if self.to_come(time) or time.reading.form == "hour" else self.contact(time)

    def to_come(self, time: Time) -> DatedPhrase | None:
        """The `SOON` coming day that a time means; none if the past such day is not `FAR`."""
        reading = time.reading
        if reading.anchor in ("told", "back") or self.today_basis != "stated":
            return None
        day = end_of(reading.span(self.today))
        if day is None or not self.today < day <= self.today + SOON:
            return None
        back = back_from(time, self.today)
        is_past = back is not None and self.today - FAR <= back <= self.today
        return None if is_past else phrase_of(time, day, self.today_basis)

    def elapsed(self, time: Time) -> DatedPhrase | None:
        """The day so long ago, from today or from the message that says so."""
        first, day = days_back(time, self._said_on(time))
        return replace(phrase_of(time, day, self.today_basis), first=first) if day else None

    def ended(self, time: Time) -> DatedPhrase | None:
        """The day on which a promise was over; a length tells none: "two weeks is two weeks"."""
        return None if time.kind == "length" else self.elapsed(time)

    def _said_on(self, time: Time) -> date:
        """The day on which "yesterday" was said: that of the message told before it, if it stands
        in words to somebody; else today."""
        said = told_before(self.told, time)
        return said if said and is_addressed(self.note.text, time.start) else self.today

    def contact(self, time: Time) -> DatedPhrase | None:
        """The day of a contact: "a week later" counts from the one told before, if it can.

        "At ten" is on the day of the contact told before, else today; "an hour later" then on none
        that is known.
        """
        if time.reading.form == "hour":
            day = told_before(self.told, time)
            if day is None and time.reading.anchor == "today":
                return phrase_of(time, self.today, self.today_basis)
        else:
            is_told = time.reading.anchor == "told"
            base = told_before(self.met + self.told, time) if is_told else None
            day = end_of(time.reading.span(base)) if base else None
        if day is None or day > self.today:
            return self.elapsed(time)
        basis = basis_of(time.reading, self.today_basis)
        return DatedPhrase(day, (time.start, time.end), basis=basis)


def _days_of(contacts: Iterable[Time], today: date) -> list[tuple[int, date]]:
    """Where contacts end in the text, and their days."""
    named = (time for time in contacts if time.reading.anchor != "told")
    return [(time.end, day) for time in named if (day := back_from(time, today))]


def told_before(told: Sequence[tuple[int, date]], time: Time) -> date | None:
    """The last day that is told before a time."""
    return max((each for each in told if each[0] <= time.start), default=(0, None))[1]


def phrase_of(time: Time, day: date, today: Basis) -> DatedPhrase:
    """A day that was told from today; `today`: how that is known."""
    reading = time.reading
    is_distance = time.kind == "length" or reading.form in _DISTANCES or reading.anchor == "today"
    phrase = time.start, time.end
    return DatedPhrase(day, phrase, is_distance=is_distance, basis=basis_of(reading, today))


def basis_of(reading: Reading, counted_from: Basis) -> Basis:
    """A date that names its day is stated; another is as sure as the day it counts from."""
    if reading.anchor == "calendar":
        return "stated"
    return "assumed" if counted_from == "assumed" else "inferred"


_DISTANCES = frozenset({"length", "ago", "next length", "within", "in length", "later"})


def end_of(span: Span) -> date | None:
    """The last of some days, or the first where they have no end."""
    first, last = span
    return last or first


def start_of(each: DatedPhrase) -> int:
    """Where a day is told in the text; one that is not comes before all others."""
    return each.phrase[0] if each.phrase else -1
