"""Days of the calendar: weeks, months, weekdays, and how to find one from a given day."""

from collections.abc import Callable
from datetime import date, timedelta

from model.types import FIRST_DAY, LAST_DAY

Finder = Callable[[date, bool], date | None]
"""A day, seen from another; the flag asks for the past one of two possible days. None where there
is no such day (31 February)."""

DAY = timedelta(days=1)
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6


def valid_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such, or it lies in another age."""
    try:
        return date(year, month, day) if FIRST_DAY.year <= year <= LAST_DAY.year else None
    except ValueError:
        return None


def yearless(month: int, day: int) -> Finder:
    """The next such day from a day on, or the last one up to it."""

    def find(start: date, past: bool) -> date | None:
        step, named, here = -1 if past else 1, (month, day), (start.month, start.day)
        is_over = named > here if past else named < here  # this year has no such day any more
        days = (valid_date(start.year + step * shift, month, day) for shift in range(is_over, 9))
        return next(filter(None, days), None)

    return find


def monthless(day: int) -> Finder:
    """The next such day of a month from a day on, or the last one up to it."""

    def find(start: date, past: bool) -> date | None:
        step = -1 if past else 1
        is_over = day > start.day if past else day < start.day  # this month has none any more
        days = (valid_date(*_month(start, step * shift), day) for shift in range(is_over, 13))
        return next(filter(None, days), None)

    return find


def fixed(day: date | None) -> Finder:
    """The same day from wherever."""

    def find(start: date, past: bool) -> date | None:
        return day

    return find


def shifted(days: int) -> Finder:
    """The day so many days on."""

    def find(start: date, past: bool) -> date:
        return start + days * DAY

    return find


def week_of(day: date, shift: int = 0) -> tuple[date, date]:
    """Monday to Friday of the week `shift` weeks from that of `day`."""
    monday = day - day.weekday() * DAY + shift * 7 * DAY
    return monday, monday + FRIDAY * DAY


def month_of(day: date, shift: int = 0) -> tuple[date, date]:
    """First and last day of the month `shift` months from that of `day`."""
    return _first_of_month(day, shift), _first_of_month(day, shift + 1) - DAY


def quarter_of(day: date, shift: int = 0) -> tuple[date, date]:
    """First and last day of the quarter `shift` quarters from that of `day`."""
    months = 3 * shift - (day.month - 1) % 3
    return _first_of_month(day, months), _first_of_month(day, months + 3) - DAY


def _first_of_month(day: date, shift: int) -> date:
    return date(*_month(day, shift), 1)


def _month(day: date, shift: int) -> tuple[int, int]:
    """Year and month, `shift` months from that of `day`."""
    year, month = divmod(12 * day.year + day.month - 1 + shift, 12)
    return year, month + 1


def unit_span(unit: str, day: date, shift: int) -> tuple[date, date]:
    """First and last day of the unit `shift` units from that of `day`."""
    if unit == "day":
        return day + shift * DAY, day + shift * DAY
    if unit == "week":
        return week_of(day, shift)
    if unit == "fortnight":
        return week_of(day, 2 * shift)[0], week_of(day, 2 * shift + 1)[1]
    if unit == "weekend":
        monday, _ = week_of(day, shift)
        return monday + SATURDAY * DAY, monday + SUNDAY * DAY
    if unit == "month":
        return month_of(day, shift)
    if unit == "quarter":
        return quarter_of(day, shift)
    return date(day.year + shift, 1, 1), date(day.year + shift, 12, 31)


def near_weekday(weekday: int) -> Callable[[date, bool], date]:
    """The nearest such weekday strictly after a day, or strictly before it."""

    def find(start: date, past: bool) -> date:
        return nth_weekday(start, weekday, 0) if past else nth_weekday(start + DAY, weekday, 1)

    return find


def past_weekday(weekday: int, nth: int = 1) -> Finder:
    """The nth such weekday before a day."""

    def find(start: date, past: bool) -> date:
        return nth_weekday(start, weekday, 1 - nth)

    return find


def weekday_in_week(weekday: int, shift: int) -> Finder:
    """That weekday of the week `shift` weeks on."""

    def find(start: date, past: bool) -> date:
        return week_of(start, shift)[0] + weekday * DAY

    return find


def told_weekday(weekday: int, shift: int) -> Finder:
    """That weekday, `shift` weeks after a week told before; the nearest past one, if it is past."""
    near, on = near_weekday(weekday), weekday_in_week(weekday, shift)

    def find(start: date, past: bool) -> date | None:
        return near(start, True) if past else on(start, False)

    return find


def last_weekday(weekday: int) -> Finder:
    """That weekday of the last week; at a weekend the week that is ending is the last one."""

    def find(start: date, past: bool) -> date:
        is_over = start.weekday() >= SATURDAY and weekday < start.weekday()
        return week_of(start, 0 if is_over else -1)[0] + weekday * DAY

    return find


def nth_weekday(first: date, weekday: int, nth: int) -> date:
    """The nth such weekday from `first` on; 0 is the last one before it."""
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY
