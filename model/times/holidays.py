"""Rules for holidays: those with a name, bank holidays, long weekends."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache

from model.rule_data import PATTERNS
from model.times.days import DAY, FRIDAY, MONDAY, SUNDAY, holiday_date, week_of
from model.times.grammar import Phrase, Rules
from model.times.lexicon import Plural
from model.times.spans import Reading, Span, on_day
from model.workdays import counted_country, workday_on_or_after

rules = Rules()

YEAR = 53
"""Weeks in which a holiday comes round."""


@rules.add(1, "date", "(next|last|this)? holiday (on this unit)? year?")
def read_holiday(p: Phrase) -> Reading:
    """Christmas, Easter Monday 2017, last Thanksgiving."""
    name, year, is_last = p.first("holiday"), p.first("year"), p.has("last")

    def find(start: date, past: bool) -> date | None:
        if year is not None:
            return holiday_date(name, year)
        return _nearest(_around(start, [name]), start, past or is_last)

    return on_day(find, "holiday", "back" if is_last else "calendar")


@rules.add(1, "period", "the? holiday unit")
def read_holiday_weekend(p: Phrase) -> Reading | None:
    """Thanksgiving weekend: to its Sunday; Easter or Labor Day ends its weekend anyway."""
    name, unit = p.first("holiday"), p.first("unit")
    is_end = any(word in name for word in ("easter", "sunday", "monday"))
    if is_end or unit != "weekend" or isinstance(unit, Plural):
        return None
    holiday = read_holiday(p)

    def resolve(start: date, past: bool) -> Span | None:
        day = holiday.first_day(start, past)
        return None if day is None else _weekend_of(day)

    return Reading("weekend period", "calendar", resolve)


def _around(start: date, names: Iterable[str]) -> list[date]:
    """The days of holidays in the year of a day, the one before and the one after."""
    return [holiday_date(name, start.year + shift) for name in names for shift in (-1, 0, 1)]


def _nearest(days: Iterable[date], start: date, past: bool) -> date | None:
    """The first of the days from a day on, or the last one up to it."""
    if past:
        return max((day for day in days if day <= start), default=None)
    return min((day for day in days if day >= start), default=None)


def _weekend_of(day: date) -> tuple[date, date]:
    """A holiday and the weekend beside it; a Monday ends its own."""
    sunday = day + (SUNDAY - day.weekday() if day.weekday() else -1) * DAY
    return min(day, sunday - DAY), max(day, sunday)


@cache
def bank_holidays(country: str) -> tuple[str, ...]:
    """The bank holidays of a country, as `time_words.toml` names days; of most those of Britain."""
    tables = tomllib.loads((PATTERNS / "bank_holidays.toml").read_text(encoding="utf-8"))
    return tuple(tables.get(country, tables["GB"])["days"])


@rules.add(1, "date", "the? month? bank weekday?")
def read_bank_holiday(p: Phrase) -> Reading:
    """The bank holiday, the August bank holiday, bank holiday Monday."""
    month, weekday = p.first("month"), p.first("weekday")

    def find(start: date, past: bool) -> date | None:
        days = _around(start, bank_holidays(counted_country()))
        fitting = [day for day in days if month in (None, day.month)]
        return _nearest((day for day in fitting if weekday in (None, day.weekday())), start, past)

    return on_day(find, "holiday", "calendar")


@rules.add(1, "period", "the? month? bank unit")
def read_bank_holiday_weekend(p: Phrase) -> Reading | None:
    """The bank holiday weekend: of one that is a Monday or a Friday."""
    if p.first("unit") != "weekend" or isinstance(p.first("unit"), Plural):
        return None

    def resolve(start: date, past: bool) -> Span | None:
        days = _around(start, bank_holidays(counted_country()))
        day = _nearest((day for day in days if day.weekday() in (MONDAY, FRIDAY)), start, past)
        return None if day is None else _weekend_of(day)

    return Reading("weekend period", "calendar", resolve)


@rules.add(1, "period", "(the|this)? longweekend")
def read_long_weekend(p: Phrase) -> Reading:
    """The long weekend: the one that a public holiday makes longer."""

    def resolve(start: date, past: bool) -> Span | None:
        mondays = [week_of(start, week)[0] for week in range(-YEAR, YEAR)]
        ends = [day for monday in mondays for day in (monday, monday + FRIDAY * DAY)]
        free = (day for day in ends if workday_on_or_after(day, counted_country()) != day)
        day = _nearest(free, start, past)
        return None if day is None else _weekend_of(day)

    return Reading("weekend period", "calendar", resolve)


RULES = tuple(rules)
