"""Which days the times of a note mean: told from today, or promised from the day of a contact.

As the decision guide reads time: a promise counts from the day it was made (the interview, unless
the notes say otherwise), elapsed time from the day of reading.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from model.judging.due import due_next
from model.reading.note import Note
from model.reading.speech import (
    is_condition,
    is_denied,
    is_passing,
    is_pluperfect,
    is_quoted,
    is_reported,
)
from model.times import back_from
from model.times.days import week_of
from model.times.lexer import Token
from model.times.spans import Hour, Reading, Span
from model.types import LEAST_SURE, Basis, DatedPhrase
from model.workdays import add_workdays, workday_on_or_after

FAINT = 0.02
"""Below this probability a role is not considered."""

FAR = timedelta(days=200)
"""A date without a year that lies this far ahead of a promise is meant of the year before."""

SOON = timedelta(days=60)
"""An interview that is still to come is not further ahead."""

RECENT = timedelta(days=4)
"""A weekday that was named on a day unknown and lies this near is more likely over than to come: of
the annotated scenarios in which one decides, 60 of 70 say so, and of those in which it lies further
back 34 of 41 mean the coming one."""

MISSED = 1.0
"""Hours after which a call at a set hour has not come."""

_STEPS = ("process", "window", "hold")
"""Roles of times that are still to come."""


@dataclass(frozen=True)
class Roles:
    """What the times of a note are about: `chances` of each role, for each of the `times`."""

    times: Sequence[Token]
    chances: dict[str, list[float]]

    def picked(self, *roles: str) -> Iterator[Token]:
        """The times that are likelier about one of the roles than about anything but "other"."""
        rivals = list(zip(*(c for name, c in self.chances.items() if name != "other"), strict=True))
        for role in roles:
            for token, own, others in zip(self.times, self.chances[role], rivals, strict=True):
                if own >= LEAST_SURE and own >= max(others):
                    yield token

    def dated(
        self, role: str, day_of: Callable[[Token], DatedPhrase | None]
    ) -> Iterator[DatedPhrase]:
        """The days that times of a role mean, with their chances."""
        for token, chance in zip(self.times, self.chances[role], strict=True):
            if chance >= FAINT and (phrase := day_of(token)):
                yield replace(phrase, chance=chance)


@dataclass(frozen=True)
class Past:
    """What told days of the past mean, seen from `today`.

    `told`: where contacts end in the text, and their days.
    """

    today: date
    today_basis: Basis
    told: list[tuple[int, date]]

    @classmethod
    def of(
        cls, contacts: Iterable[Token], today: date, basis: Basis, interview: date | None
    ) -> "Past":
        """`interview`: the given one, told before all others."""
        told = [(0, interview)] if interview else []
        for token in contacts:
            if token.value.anchor != "told" and (day := back_from(token, today)):
                told.append((token.end, day))
        return cls(today, basis, told)

    def interview(self, token: Token) -> DatedPhrase | None:
        """The day of an interview that has been."""
        return None if self.to_come(token) else self.contact(token)

    def to_come(self, token: Token) -> DatedPhrase | None:
        """The `SOON` coming day that a date means; none if the past such day is not `FAR`."""
        reading: Reading = token.value
        if reading.anchor != "calendar" or self.today_basis == "assumed":
            return None
        day, back = _end(reading.resolve(self.today, False)), back_from(token, self.today)
        is_past = back is not None and self.today - FAR <= back <= self.today
        if day is None or is_past or not self.today < day <= self.today + SOON:
            return None
        return _phrase(token, day, self.today_basis)

    def elapsed(self, token: Token) -> DatedPhrase | None:
        """The day so long ago."""
        day = back_from(token, self.today)
        return _phrase(token, day, self.today_basis) if day else None

    def contact(self, token: Token) -> DatedPhrase | None:
        """The day of a contact: "a week later" counts from the one told before, if it can."""
        base = _told_before(self.told, token) if token.value.anchor == "told" else None
        day = _end(token.value.resolve(base, False)) if base else None
        if day is None or day > self.today:
            return self.elapsed(token)
        basis = _basis(token.value, self.today_basis)
        return DatedPhrase(day, (token.start, token.end), basis=basis)


def _told_before(told: Sequence[tuple[int, date]], token: Token) -> date | None:
    """The last day that is told before a time."""
    return max((each for each in told if each[0] <= token.start), default=(0, None))[1]


def _phrase(token: Token, day: date, today: Basis) -> DatedPhrase:
    """A day that was told from today; `today`: how that is known."""
    reading: Reading = token.value
    is_counted = token.kind == "length" or reading.form in _DISTANCES or reading.anchor == "today"
    return DatedPhrase(day, (token.start, token.end), is_counted, basis=_basis(reading, today))


def _basis(reading: Reading, counted_from: Basis) -> Basis:
    """A date that names its day is stated; another is as sure as the day it counts from."""
    if reading.anchor == "calendar":
        return "stated"
    return "assumed" if counted_from == "assumed" else "inferred"


_DISTANCES = frozenset({"length", "ago", "next length", "within", "in length", "later"})


@dataclass(frozen=True)
class Promises:
    """The days that promised times mean.

    `now`: the hour, if it is told. `spoken`: days on which
    the two sides were in touch. A promise that follows one of them in the text was made then; the
    others on the day `promised`.
    """

    note: Note
    roles: Roles
    today: date
    today_basis: Basis
    now: Hour | None
    interview: DatedPhrase | None
    promised: DatedPhrase | None
    spoken: list[DatedPhrase]
    country: str

    def window(self, token: Token) -> DatedPhrase | None:
        """The last day of a reply window, if it can be dated."""
        promised = self._promised(token)
        hour: Hour | None = token.value.hour
        is_passed = bool(hour and self.now and hour.until(self.now) >= MISSED)
        if token.value.form == "hour":
            phrase = token.start, token.end
            at = DatedPhrase(self.today, phrase, True, is_passed=is_passed, basis="inferred")
            return at if self.now else None
        first, last = self._ahead(token, promised)
        if last is None and first is not None:  # "after the weekend": the first business day
            last = workday_on_or_after(first, self.country)
        is_before = token.value.form.startswith("before")
        if last is not None and is_before and is_denied(self.note.text, token.start):
            last += timedelta(days=1)  # "not before the 14th": perhaps on the 14th
        elif last is not None and is_before:  # not put off: before it
            moved = add_workdays(last + timedelta(days=1), -1, self.country)
            last = moved if promised is None or moved >= promised.day else last
        end = self._promise(token, last, promised)
        return replace(end, is_passed=True) if end and is_passed and end.day == self.today else end

    def hold(self, token: Token) -> DatedPhrase | None:
        """The first day on which calling is welcome: from a day on, or after a window."""
        promised = self._promised(token)
        first, last = self._ahead(token, promised)
        is_limit = self.note.text[token.start : token.end].lower().split()[0] == "by"
        if last is not None and (is_limit or is_condition(self.note.text, token.start)):
            last = due_next(last, self.country)
        elif last is not None and is_passing(self.note.text, token.end):
            last += timedelta(days=1)  # "once the 14th has passed"
        elif last is not None and token.value.form.startswith("before"):
            last += timedelta(days=1)  # "not before the 14th": from the 14th
        elif last is not None and first is None:
            last = _first_of_period(token.value, last)
        elif first is not None and token.kind != "length":
            last = first
        return self._promise(token, last or first, promised)

    def coming(self, token: Token) -> DatedPhrase | None:
        """The coming day that an expression means."""
        day = _end(token.value.resolve(self.today, False))
        return _phrase(token, day, self.today_basis) if day else None

    def _promised(self, token: Token) -> DatedPhrase | None:
        """The day from which a promise runs: the last contact told before it, if later.

        What "they had said" is of the interview, but "on the 14th they wrote that it had moved to
        Friday" is not.
        """
        met = self.interview.day if self.interview else date.min
        told = [
            (each.phrase, each)
            for each in self.spoken
            if each.phrase and each.phrase[1] <= token.start and each.day >= met
        ]
        (start, _), last = max(told, key=lambda each: each[0], default=((-1, 0), self.promised))
        clauses = (each for each in self.note.clauses if each.start <= token.start < each.end)
        begin = next((each.start for each in clauses), 0)
        is_earlier = is_pluperfect(self.note.text, begin, token.start)
        return self.interview if is_earlier and not begin <= start else last

    def _ahead(self, token: Token, promised: DatedPhrase | None) -> Span:
        """The days that a time promised then means; none where they cannot be dated.

        Without the day of the promise a calendar date is the nearest one, a weekday today, one of
        the `RECENT` days or the coming one, and a length cannot be dated. "Today" is the writer's
        own unless it is quoted or reported, "last Friday" always.
        """
        reading: Reading = token.value
        is_own = reading.anchor == "today" and not is_quoted(self.note.text, token.start)
        if is_own and promised is not None and is_reported(self.note.text, token.start):
            end = _end(
                reading.resolve(promised.day, False)
            )  # nobody promises what is past: "a call yesterday at ten"
            is_own = bool(reading.hour and self.now) or (end is not None and end < promised.day)
        if is_own or reading.anchor == "back":
            return reading.resolve(self.today, False) or (None, None)
        if reading.anchor == "told":
            day = _told_before(self._told, token) or (promised.day if promised else None)
            return (day and reading.resolve(day, False)) or (None, None)
        if promised is not None:
            return _after_promise(reading, promised.day)
        if reading.form.endswith("weekday"):
            return _recent(reading, self.today)
        return _nearest(reading, self.today) if reading.anchor == "calendar" else (None, None)

    def _promise(
        self, token: Token, day: date | None, made: DatedPhrase | None
    ) -> DatedPhrase | None:
        if day is None:
            return None
        is_own = token.value.anchor in ("today", "back")
        start = self.today_basis if is_own else made.basis if made else "assumed"
        if made and day < made.day:  # nobody promises what is past: it is from before
            made = None
        return DatedPhrase(
            day, (token.start, token.end),
            made=made.day if made else None, basis=_basis(token.value, start),
        )  # fmt: skip

    @cached_property
    def _told(self) -> list[tuple[int, date]]:
        """Where steps still to come and contacts end in the text, and their days."""
        told = [(each.phrase[1], each.day) for each in self.spoken if each.phrase]
        for step in self.roles.picked(*_STEPS):
            if step.value.anchor == "told":
                continue
            if day := _end(self._ahead(step, self._promised(step))):
                told.append((step.end, day))
        return told


def _first_of_period(reading: Reading, last: date) -> date:
    """Not "until next week": from its first day on; what is no week or month begins as it ends."""
    if reading.form.endswith("week period"):
        return week_of(last)[0]
    return last.replace(day=1) if reading.form.endswith(" month") else last


def _end(span: Span | None) -> date | None:
    """The last of some days, or the first where they have no end."""
    first, last = span or (None, None)
    return last or first


def _after_promise(reading: Reading, day: date) -> Span:
    """The days from the day of the promise; "this week" said on a Friday is the week to come."""
    first, last = reading.resolve(day, False) or (None, None)
    end = _end((first, last))
    if reading.anchor == "calendar" and end is not None and end - day > FAR:
        return _nearest(reading, day)
    if reading.anchor == "promise" and last is not None and last <= day:
        return reading.resolve(day + timedelta(days=7), False) or (None, None)
    return first, last


def _nearest(reading: Reading, today: date) -> Span:
    """The past or the coming one of two days, whichever is nearer."""
    spans = [span for past in (True, False) if (span := reading.resolve(today, past))]
    near = [(abs(end - today), span) for span in spans if (end := _end(span))]
    return min(near, key=lambda each: each[0], default=(None, (None, None)))[1]


def _recent(reading: Reading, today: date) -> Span:
    """Today if it is such a day, the past one if it is recent, else the coming one."""
    yesterday = today - timedelta(days=1)
    for day, is_past in ((yesterday, False), (today, True)):
        span = reading.resolve(day, is_past) or (None, None)
        end = _end(span)
        if end == today or (is_past and end is not None and end >= today - RECENT):
            return span
    return reading.resolve(today, False) or (None, None)
