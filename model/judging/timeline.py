"""What each time in a note is about, and the calendar that follows from it.

Times are resolved as the decision guide reads them: a promise counts from the day it was made (the
interview, unless the notes say otherwise), elapsed time from the day of reading; a newer promise
replaces an older one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from model.data import TIME_ROLES
from model.reading.note import Note
from model.reading.speech import is_condition, is_denied, is_pluperfect, is_quoted, is_reported
from model.times import back_from
from model.times.lexer import Token
from model.times.spans import Hour, Reading, Span
from model.types import (
    LEAST_SURE,
    Basis,
    DatedPhrase,
    Dates,
    Policy,
    Timeline,
    by_newest,
    by_promise,
    likeliest,
)
from model.workdays import add_workdays, holidays_of, next_workday, workday_on_or_after

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

_CONTACTS = ("interview", "said", "chase", "word")
"""Roles of times at which the two sides were in touch."""

_STEPS = ("process", "window", "hold")
"""Roles of times that are still to come."""


def build_timeline(
    note: Note,
    roles: NDArray[np.float64],
    *,
    as_of: date | None,
    interview_date: date | None,
    default_today: date,
    country: str,
) -> Timeline:
    """The timeline of a note.

    `roles` holds a row of probabilities for each time of the note, a column for each of
    `TIME_ROLES`. Without `as_of` the notes' own words about today count, else `default_today`
    stands in and only distances are known.
    """
    with holidays_of(country):
        chances = dict(zip(TIME_ROLES, roles.T.tolist(), strict=True))
        clocks = _picked(note.times, chances, "today")
        today, known = _today(clocks, as_of, default_today)
        today_basis: Basis = "stated" if as_of else "inferred" if known else "assumed"

        def dated(role: str, day_of: DayOf) -> Iterator[DatedPhrase]:
            for token, chance in zip(note.times, chances[role], strict=True):
                if chance >= FAINT and (phrase := day_of(token)):
                    yield replace(phrase, chance=chance)

        if interview_date and interview_date > today:  # it cannot be compared with today
            interview_date = None
        given = (DatedPhrase(interview_date),) if interview_date else ()
        latest = interview_date if interview_date and known else today  # the given one is it
        contacts = chain(*(_picked(note.times, chances, role) for role in _CONTACTS))
        past = _Past.of(contacts, today, today_basis, interview_date if known else None)
        met = (each for each in dated("interview", past.interview) if each.day <= latest)
        interviews = by_newest([*given, *met])
        said, chases, words = (
            by_newest(dated(role, past.contact)) for role in ("said", "chase", "word")
        )
        promised = likeliest(said) or likeliest(interviews) or likeliest(words)
        spoken = [each for each in said + chases + words if each.chance >= LEAST_SURE]
        now = next((hour for clock in reversed(clocks) if (hour := clock.value.hour)), None)
        scale = _Scale(
            note, chances, today, today_basis, now, likeliest(interviews), promised, spoken, country
        )
        windows = by_promise(_with_hours([*dated("window", scale.window)], today))
        return Timeline(
            today=today,
            is_today_known=known,
            promised=promised,
            interviews=interviews,
            windows=windows,
            overs=_without_older(by_newest(dated("over", past.elapsed)), windows),
            holds=by_promise(dated("hold", scale.hold)),
            chases=chases,
            words=words,
            deadlines=by_newest(dated("pressure", scale.coming)),
            steps=by_newest([*dated("process", scale.window), *dated("interview", past.to_come)]),
            today_basis=today_basis,
        )


DayOf = Callable[[Token], DatedPhrase | None]


def _without_older(overs: Dates, windows: Dates) -> Dates:
    """Without those told between an older promise and the newest one: the older is over."""
    newest = likeliest(windows)
    if newest is None or newest.phrase is None:
        return overs
    start = newest.phrase[0]
    sure = (each for each in windows if each.chance >= LEAST_SURE and each.day != newest.day)
    first = min((each.phrase[1] for each in sure if each.phrase), default=start)
    return tuple(each for each in overs if not (each.phrase and first <= each.phrase[0] < start))


def _with_hours(windows: list[DatedPhrase], today: date) -> list[DatedPhrase]:
    """Hours that stand alone are of the day that is named elsewhere, else of today.

    They are the ones that are known by their distance; promised days never are. Nothing is passed
    before the last of them is.
    """
    hours = [each for each in windows if each.is_distance]
    days = [each for each in windows if not each.is_distance]
    sure = [each.is_passed for each in hours if each.chance >= LEAST_SURE]
    if not sure:
        return windows
    if any(each.chance >= LEAST_SURE for each in days):
        return [replace(d, is_passed=all(sure)) if d.day == today else d for d in days]
    return days + [replace(hour, is_passed=all(sure)) for hour in hours]


def _picked(times: Sequence[Token], chances: dict[str, list[float]], role: str) -> list[Token]:
    """The times that are likelier about `role` than about anything but "other"."""
    rivals = zip(*(chances[name] for name in TIME_ROLES if name != "other"), strict=True)
    pairs = zip(times, chances[role], rivals, strict=True)
    return [token for token, own, others in pairs if own >= LEAST_SURE and own >= max(others)]


def _today(candidates: list[Token], as_of: date | None, default: date) -> tuple[date, bool]:
    """The day of reading, and whether anything tells it."""
    if as_of is not None:
        return as_of, True
    for token in candidates:
        reading: Reading = token.value
        span = reading.resolve(default + timedelta(days=1), True)
        if reading.form in ("weekday", "calendar", "nth") and span and span[0]:
            return span[0], True
    return default, False


@dataclass(frozen=True)
class _Past:
    """What told days of the past mean, seen from `today`.

    `told`: where contacts end in the text, and their days.
    """

    today: date
    today_basis: Basis
    told: list[tuple[int, date]]

    @classmethod
    def of(
        cls, contacts: Iterable[Token], today: date, basis: Basis, interview: date | None
    ) -> "_Past":
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
class _Scale:
    """Where promised times count from.

    `chances`: of each role, for each time. `now`: the hour, if it is told. `spoken`: days on which
    the two sides were in touch. A promise that follows one of them in the text was made then; the
    others on the day `promised`.
    """

    note: Note
    chances: dict[str, list[float]]
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
        is_limit = self.note.text[token.start : token.start + 3].lower() == "by "
        if last is not None and (is_limit or is_condition(self.note.text, token.start)):
            last = due_next(last, self.country)
        elif last is not None and token.value.form.startswith("before"):
            last += timedelta(days=1)  # "not before the 14th": from the 14th
        elif first is not None and token.kind != "length":
            last = first
        return self._promise(token, last or first, promised)

    def coming(self, token: Token) -> DatedPhrase | None:
        """The coming day that an expression means."""
        day = _end(token.value.resolve(self.today, False))
        return _phrase(token, day, self.today_basis) if day else None

    def _promised(self, token: Token) -> DatedPhrase | None:
        """The day from which a promise runs: the last contact told before it, if later.

        What "they had said" is of the interview.
        """
        met = self.interview.day if self.interview else date.min
        clauses = (each for each in self.note.clauses if each.start <= token.start < each.end)
        begin = next((each.start for each in clauses), 0)
        if is_pluperfect(self.note.text, begin, token.start):
            return self.interview
        earlier = [
            each for each in self.spoken
            if each.phrase and each.phrase[1] <= token.start and each.day >= met
        ]  # fmt: skip
        return max(earlier, key=lambda each: each.phrase or (0, 0), default=self.promised)

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
        picked = (_picked(self.note.times, self.chances, role) for role in _STEPS)
        for step in chain(*picked):
            if step.value.anchor == "told":
                continue
            if day := _end(self._ahead(step, self._promised(step))):
                told.append((step.end, day))
        return told


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


def due_next(window_end: date, country: str) -> date:
    """The first business day after a promise falls due, which a weekend or holiday puts off."""
    return next_workday(workday_on_or_after(window_end, country), country)


def over_from(end: DatedPhrase, policy: Policy) -> date:
    """The first day on which a reply window is over and the grace is up."""
    over = end.day if end.is_passed else due_next(end.day, policy.country)
    return add_workdays(over, policy.grace, policy.country)


def is_over(end: DatedPhrase, today: date, policy: Policy) -> bool:
    """Whether a reply window is over, seen from `today`."""
    return today >= over_from(end, policy)
