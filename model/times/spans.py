"""Lengths, days and periods: what a temporal expression can mean.

A reading is a function of an anchor day, because notes have two: promises count from the day they
were made, elapsed time from the day of reading.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from model.times.days import (
    DAY,
    Finder,
    fixed,
    month_of,
    monthless,
    shifted,
    unit_span,
    valid_date,
    yearless,
)
from model.workdays import add_workdays, counted_country

Span = tuple[date | None, date | None]
Resolver = Callable[[date, bool], Span | None]
"""First and last day, from a day on; the flag asks for the past one of two possible years or weeks.
None where there is no such day (31 February)."""

Anchor = Literal["calendar", "promise", "told", "today", "back"]
"""What an expression counts from: "calendar" is a named date, month or holiday, known by itself up
to its year ("the 14th", "end of November"); "promise" the day the words were said ("Friday", "next
week", "two weeks"); "told" a day told before ("that evening"); "today" the writer's own clock
("tomorrow", "this morning"); "back" looks back from it ("last Friday", "two weeks ago")."""


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the day, 0 to 24; not sure where nothing tells which half of the day."""

    at: float
    is_sure: bool

    def until(self, later: "Hour") -> float:
        """Hours from this one to another one of the same day; below 0 if that one is earlier."""
        hours = later.likely - self.likely
        return hours + 12 if hours < -6 and not later.is_sure else hours

    @property
    def likely(self) -> float:
        """Half four is in the afternoon."""
        return self.at + 12 if self.at < 7 and not self.is_sure else self.at


_DAYS = {
    "day": 1, "weekend": 2, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365,
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: `count` units of "day", "week", "month" ...; business days where said.

    `over`: days that it is longer (or shorter, below 0) where it looks back; what is promised
    "in just over a week" is taken as the week.
    """

    count: float
    unit: str
    business: bool = False
    over: int = 0

    @property
    def days(self) -> float:
        """Length in days; a month counts 30, a quarter 91, a year 365."""
        days = self.count * _DAYS[self.unit]
        return float(ceil(days) if self.unit == "day" else int(days))

    @property
    def named_days(self) -> float:
        """Length in days, or in business days where those are said."""
        return float(ceil(self.count)) if self.business and self.unit == "day" else self.days

    def after(self, day: date, sign: int = 1) -> date:
        """The day this length after `day` (`sign` 1) or before it (`sign` -1)."""
        if sign < 0 and self.over:
            return replace(self, over=0).after(day, sign) - self.over * DAY
        if self.business and self.unit == "day":
            return add_workdays(day, sign * ceil(self.count), counted_country())
        if self.unit in _MONTHS and self.count == int(self.count):
            return day + relativedelta(months=sign * int(self.count) * _MONTHS[self.unit])
        return day + sign * self.days * DAY


@dataclass(frozen=True, slots=True)
class Sum:
    """Lengths in a row: 1 month and 21 days."""

    parts: tuple[Length, ...]

    @property
    def days(self) -> float:
        """Length in days."""
        return sum(part.days for part in self.parts)

    @property
    def named_days(self) -> float:
        """Length in days."""
        return self.days

    def after(self, day: date, sign: int = 1) -> date:
        """The day this length after `day`, or before it, part by part."""
        for part in self.parts:
            day = part.after(day, sign)
        return day


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: its form (the sort of rule that read it), what it counts from, its
    days, and its length or its hour if it has one."""

    form: str
    anchor: Anchor
    resolve: Resolver
    length: Length | Sum | None = None
    hour: Hour | None = None

    def span(self, start: date, *, past: bool = False) -> Span:
        """First and last day, seen from `start`; both None where there is no such day."""
        return self.resolve(start, past) or (None, None)

    def first_day(self, start: date, past: bool) -> date | None:
        """The first of its days, seen from `start`."""
        first, _ = self.span(start, past=past)
        return first


class Time(NamedTuple):
    """A time expression before it is anchored; `kind` is the class that the grammar gave it."""

    kind: str
    reading: Reading
    start: int
    end: int


def on_day(find: Finder, form: str, anchor: Anchor) -> Reading:
    """A reading of a single day."""

    def resolve(start: date, past: bool) -> Span | None:
        found = find(start, past)
        return None if found is None else (found, found)

    return Reading(form, anchor, resolve)


TODAY = on_day(shifted(0), "today", "today")
"""The day that one stands on."""


def offset(base: Reading, length: Length | Sum, sign: int = 1) -> Finder:
    """The day so long after the one that another reading means, or before it."""

    def find(start: date, past: bool) -> date | None:
        day = base.first_day(start, past)
        return day and length.after(day, sign)

    return find


def in_the_past(inner: Reading) -> Reading:
    """The last such days, seen from the day of reading."""

    def resolve(start: date, past: bool) -> Span | None:
        return inner.resolve(start, True)

    return replace(inner, anchor="back", resolve=resolve)


def calendar_day(month: int, day: int, year: int | None) -> Reading:
    """A day of a month; 31 February is read, and resolves to no day, so that no part of it does."""
    find = yearless(month, day) if year is None else fixed(valid_date(year, month, day))
    return on_day(find, "calendar", "calendar")


def is_month_day(number: float) -> bool:
    """Whether a month can have such a day."""
    return number == int(number) and 1 <= number <= 31


def nth_day(day: float) -> Reading | None:
    """A day of the month that is nearest from where one stands; None for a 32nd or for 2.5."""
    return on_day(monthless(int(day)), "nth", "calendar") if is_month_day(day) else None


def fixed_period(form: str, days: Span) -> Reading:
    """The same days from wherever."""

    def resolve(start: date, past: bool) -> Span:
        return days

    return Reading(form, "calendar", resolve)


def fixed_month(year: int, month: int) -> Reading:
    """A month of a year."""
    return fixed_period("month", month_of(date(year, month, 1)))


def whole_year(year: int) -> Reading:
    """A year, first to last day."""
    return fixed_period("year", (date(year, 1, 1), date(year, 12, 31)))


def week_beside(day: Reading, shift: int = 0, unit: str = "week") -> Reading:
    """The calendar week, or weekend, `shift` weeks from that of a day."""

    def resolve(start: date, past: bool) -> Span | None:
        first = day.first_day(start, past)
        return None if first is None else unit_span(unit, first, shift)

    return Reading(f"{unit} period", day.anchor, resolve)


_STRONGER: tuple[Anchor, ...] = ("told", "promise", "today", "back", "calendar")
"""Of two anchors the one that counts; a date that is known by itself gives way."""


def days_between(first: Reading, last: Reading) -> Reading:
    """From one day or period to another; named dates are looked for from their late end."""
    is_dated = first.anchor == last.anchor == "calendar"
    goes_on = last.anchor == "told" and first.anchor != "told"  # "or the week after"

    def resolve(start: date, past: bool) -> Span | None:
        if goes_on:
            begin = first.resolve(start, past)
            end = begin and begin[1] and last.resolve(begin[1], False)
            return _spanned(begin, end) if begin and end else None
        end = last.resolve(start, past)
        at, back = (end[1], True) if is_dated and not past and end and end[1] else (start, past)
        day = first.first_day(at, back)
        if not (day and end and end[1]):
            return None
        if end[1] < day:
            end = last.resolve(day, False)
        return end and (day, end[1])

    stronger = min(first.anchor, last.anchor, key=_STRONGER.index)
    return Reading("range", first.anchor if goes_on else stronger, resolve)


def _spanned(one: Span, told: Span) -> Span:
    """Both of them; "the day before" lies ahead of the one it is told from."""
    is_before = bool(one[0] and told[0] and told[0] < one[0])
    return (told[0], one[1]) if is_before else (one[0], told[1])
