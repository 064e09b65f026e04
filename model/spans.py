"""Lengths, days and periods: what a temporal expression can mean.

A reading is a function of an anchor day, because notes have two: promises count from the day they
were made, elapsed time from the day of reading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from model.workdays import add_workdays

Span = tuple[date | None, date | None]
Resolver = Callable[[date, bool], Span | None]
"""First and last day, from an anchor day; the flag asks for the past one of two possible years or
weeks. None where there is no such day (31 February)."""

Anchor = Literal["calendar", "promise", "today", "back"]
"""What an expression counts from: "calendar" is a named date, month or holiday, known by itself up
to its year ("the 14th", "end of November"); "promise" the day the words were said ("Friday", "next
week", "two weeks"); "today" the writer's own clock ("tomorrow", "this morning"); "back" looks back
from that clock ("last Friday", "two weeks ago")."""

DAY = timedelta(days=1)
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: `count` units of "day", "week", "month" ...; business days where said."""

    count: float
    unit: str
    business: bool = False

    @property
    def days(self) -> float:
        """Length in days; a month counts 30, a year 365."""
        size = {
            "day": 1,
            "week": 7,
            "fortnight": 14,
            "month": 30,
            "year": 365,
            "weekend": 2,
        }
        return float(int(self.count * size[self.unit]))

    @property
    def named_days(self) -> float:
        """Length in days, or in business days where those are said."""
        return self.count if self.business else self.days

    def after(self, day: date, sign: int = 1) -> date:
        """The day this length after `day` (`sign` 1) or before it (`sign` -1)."""
        if self.business and self.unit == "day":
            return add_workdays(day, sign * int(self.count))
        if self.unit in ("month", "year") and self.count == int(self.count):
            step = relativedelta(**{f"{self.unit}s": sign * int(self.count)})  # type: ignore[arg-type]
            return day + step
        return day + sign * timedelta(days=self.days)


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
    """What an expression means: its form (the rule that read it), what it counts from, its days,
    and its length if it has one."""

    form: str
    anchor: Anchor
    resolve: Resolver
    length: Length | Sum | None = None


def on_day(day: Callable[[date, bool], date | None], form: str, anchor: Anchor) -> Reading:
    """A reading of a single day."""

    def resolve(start: date, past: bool) -> Span | None:
        found = day(start, past)
        return None if found is None else (found, found)

    return Reading(form, anchor, resolve)


def inherit(*readings: Reading | None) -> Anchor:
    """The anchor of what is built of other readings: a date that is known by itself gives way."""
    anchors = {reading.anchor for reading in readings if reading is not None}
    order: tuple[Anchor, ...] = ("promise", "today", "back")
    return next((each for each in order if each in anchors), "calendar")


def valid_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def yearless(month: int, day: int) -> Callable[[date, bool], date | None]:
    """The next such day from the anchor on, or the last one up to it."""

    def find(anchor: date, past: bool) -> date | None:
        years = (
            range(anchor.year, anchor.year - 9, -1) if past else range(anchor.year, anchor.year + 9)
        )
        days = (valid_date(year, month, day) for year in years)
        return next((d for d in days if d and (d <= anchor if past else d >= anchor)), None)

    return find


def calendar_day(month: int, day: int, year: int | None) -> Reading:
    """A day of a month; 31 February is read, and resolves to no day, so that no part of it does."""
    if year is not None:
        fixed = valid_date(year, month, day)
        return on_day(lambda anchor, past: fixed, "calendar", "calendar")
    return on_day(yearless(month, day), "calendar", "calendar")


def week_of(day: date, shift: int = 0) -> tuple[date, date]:
    """Monday to Friday of the week `shift` weeks from that of `day`."""
    monday = day - day.weekday() * DAY + shift * 7 * DAY
    return monday, monday + FRIDAY * DAY


def month_of(day: date, shift: int = 0) -> tuple[date, date]:
    """First and last day of the month `shift` months from that of `day`."""
    return _first_of_month(day, shift), _first_of_month(day, shift + 1) - DAY


def _first_of_month(day: date, shift: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + shift, 12)
    return date(year, month + 1, 1)


def unit_span(unit: str, day: date, shift: int) -> tuple[date, date]:
    """First and last day of the unit `shift` units from that of `day`."""
    if unit == "day":
        return day + shift * DAY, day + shift * DAY
    if unit == "week":
        return week_of(day, shift)
    if unit == "fortnight":
        return week_of(day, 2 * shift)
    if unit == "weekend":
        monday, _ = week_of(day, shift)
        return monday + SATURDAY * DAY, monday + SUNDAY * DAY
    if unit == "month":
        return month_of(day, shift)
    return date(day.year + shift, 1, 1), date(day.year + shift, 12, 31)


def near_weekday(anchor: date, weekday: int, past: bool) -> date:
    """The nearest such weekday strictly after the anchor, or strictly before it."""
    if past:
        return anchor - ((anchor.weekday() - weekday - 1) % 7 + 1) * DAY
    return anchor + ((weekday - anchor.weekday() - 1) % 7 + 1) * DAY


def nth_of_month(anchor: date, day: int, past: bool) -> date | None:
    """The next such day of a month from the anchor on, or the last one up to it."""
    months = (_first_of_month(anchor, shift if not past else -shift) for shift in range(13))
    days = (valid_date(month.year, month.month, day) for month in months)
    return next((d for d in days if d and (d <= anchor if past else d >= anchor)), None)


def holiday_date(name: str, year: int) -> date:
    """The day of a holiday of `patterns/time_words.toml` in a year."""
    if name.startswith("easter"):
        return easter(year) + int(name.removeprefix("easter") or 0) * DAY
    if name == "thanksgiving":
        return nth_weekday(date(year, 11, 1), 3, 4)
    if name == "labor day":
        return nth_weekday(date(year, 9, 1), MONDAY, 1)
    if name == "memorial day":
        return nth_weekday(date(year, 6, 1), MONDAY, 0)
    month, day = map(int, name.split("-"))
    return date(year, month, day)


def nth_weekday(first: date, weekday: int, nth: int) -> date:
    """The nth such weekday from `first` on; 0 is the last one before it."""
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY
