"""Holidays: which days they are, and the rules of their names."""

from datetime import date

from dateutil.easter import easter

from model.times.days import DAY, FRIDAY, MONDAY, SUNDAY, nth_weekday
from model.times.grammar import Phrase, Rules
from model.times.lexicon import is_single, lexicon
from model.times.spans import Reading, Span, on_day
from model.workdays import counted_country, public_holidays

rules = Rules()


def holiday_dates(named: str, year: int) -> list[date]:
    """The days of a holiday of `patterns/time_words.toml` in a year; most have one."""
    if " or " in named:
        return sorted(day for one in named.split(" or ") for day in holiday_dates(one, year))
    country, is_public, name = named.partition("/")
    if is_public:
        return _public_dates(country, name, year)
    if named.startswith("easter"):
        return [easter(year) + int(named.removeprefix("easter") or 0) * DAY]
    start, *counted = named.split(" ")
    month, _, day = start.partition("-")
    first = date(year, int(month), int(day or 1))
    if not counted:
        return [first]
    weekday, nth = counted
    return [nth_weekday(first, lexicon()[weekday][1], int(nth))]


def is_of_month_day(named: str) -> bool:
    """Whether a holiday is told by a day of a month: its own, or that from which it is counted."""
    return named.partition("-")[0].isdigit()


def _public_dates(country: str, name: str, year: int) -> list[date]:
    """Those of a public holiday; of any that makes a long weekend, if it has no name."""
    days = public_holidays(country or counted_country(), year)
    if name:
        return [day for day, called in days.items() if called.partition(" (")[0] == name]
    return [day for day in days if day.weekday() in (MONDAY, FRIDAY)]


@rules.add(1, "date", "(next|last|this)? holiday (on this unit)? year?")
def read_holiday(p: Phrase) -> Reading:
    """Christmas, Easter Monday 2017, last Thanksgiving."""
    name, year, is_last = p.first("holiday"), p.first("year"), p.has("last")

    def find(start: date, past: bool) -> date | None:
        if year is not None:
            return next(iter(holiday_dates(name, year)), None)
        days = [d for shift in (-1, 0, 1) for d in holiday_dates(name, start.year + shift)]
        if past or is_last:
            return max((day for day in days if day <= start), default=None)
        return min((day for day in days if day >= start), default=None)

    return on_day(find, "holiday", "back" if is_last else "calendar")


@rules.add(1, "period", "the? holiday unit")
def read_holiday_weekend(p: Phrase) -> Reading | None:
    """Thanksgiving weekend: to its Sunday; Easter or Labor Day ends its weekend anyway."""
    name, unit = p.first("holiday"), p.first("unit")
    is_end = any(word in name for word in ("easter", "sunday", "monday"))
    if is_end or not is_single(unit, "weekend"):
        return None
    holiday = read_holiday(p)

    def resolve(start: date, past: bool) -> Span | None:
        day = holiday.first_day(start, past)
        if day is None:
            return None
        sunday = day + (SUNDAY - day.weekday() if day.weekday() else -1) * DAY
        return min(day, sunday - DAY), max(day, sunday)

    return Reading("weekend period", "calendar", resolve)
