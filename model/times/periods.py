"""Rules for simple periods: months, weeks and other units, and what "next" and "last" mean."""

from dataclasses import replace
from datetime import date

from model.times.days import month_of, quarter_of, unit_span, week_of
from model.times.grammar import Phrase, Rules
from model.times.lengths import count_of, is_business, next_length
from model.times.lexicon import Plural, is_coming, is_single
from model.times.spans import Anchor, Length, Reading, Span, days_between, fixed_month, on_day
from model.workdays import add_workdays, counted_country

rules = Rules()


def turn(p: Phrase) -> int:
    """How many units "this", "next" and "last" go on."""
    return int(p.first("next", default=p.first("last", default=0)))


def turned(shift: int) -> Anchor:
    """What "this", "next" and "last" count from."""
    return "back" if shift < 0 else "promise"


@rules.add(1, "period", "the? month (comma|dash|slash|on|dot)* year")
@rules.add(1, "period", "year (comma|dash|slash)* month")
@rules.add(1, "period", "(the|next|last|this)? month ((next|last|this) unit)?")
def read_month(p: Phrase) -> Reading:
    """April 2017, in May, last September, June next year."""
    month, year, shift = p.first("month"), p.first("year"), turn(p)
    if year is not None:
        return fixed_month(year, month)
    has_unit = p.has("unit")

    def resolve(start: date, past: bool) -> Span:
        first, last = month_of(date(start.year, month, 1))
        if has_unit:
            years = shift
        elif shift < 0:  # "last October", said soon after it, is the one a year before
            years = -1 if last >= week_of(start, -4)[0] else 0
        elif past:
            years = -1 if first > start else 0
        else:
            years = 1 if last < start else 0
        return month_of(date(start.year + years, month, 1))

    return Reading("month", "back" if shift < 0 else "calendar", resolve)


@rules.add(0, "unit", "(?<=the|this|that|next|last|edge|on|by)quarter (?!on|last|to|number|hours)")
@rules.add(0, "unit", "quarter (?=dash? edge)")
def read_quarter_of_year(p: Phrase) -> str:
    """This quarter, the end of the quarter, quarter end; "quarter past two" is an hour."""
    return "quarter"


@rules.add(1, "period", "yearquarter (comma? year)?")
def read_quarter(p: Phrase) -> Reading:
    """Q3, Q2 2027."""
    month, year = 3 * p.first("yearquarter") - 2, p.first("year")

    def resolve(start: date, past: bool) -> Span:
        first, last = quarter_of(date(year or start.year, month, 1))
        if year is None and (first > start if past else last < start):
            return quarter_of(first, -4 if past else 4)
        return first, last

    return Reading("month", "calendar", resolve)


@rules.add(1, "period", "in the holiday (?!on)")
def read_in_holiday(p: Phrase) -> Reading | None:
    """In the new year."""
    return new_year(p.first("holiday"))


def new_year(holiday: str) -> Reading | None:
    """The January to come, of "the new year"; None of other holidays."""

    def resolve(start: date, past: bool) -> Span:
        return month_of(date(start.year if past else start.year + 1, 1, 1))

    return Reading("month", "calendar", resolve) if holiday == "1-1" else None


@rules.add(1, "period", "yearmonth")
def read_year_month(p: Phrase) -> Reading | None:
    """2016-11."""
    one, other = p.first("yearmonth")
    year, month = (one, other) if one > 31 else (other, one)
    if not (1 <= month <= 12 and 1900 <= year < 2100):
        return None
    return fixed_month(year, month)


@rules.add(1, "period", "(?<!number)the? (next|last) business? unit")
def read_next_units(p: Phrase) -> Reading | None:
    """The coming weeks, the past days: a few of them; the next fortnight."""
    unit = p.first("unit")
    if unit == "weekend" or not (isinstance(unit, Plural) or unit == "fortnight"):
        return None
    length = Length(count_of(unit), unit, is_business(p))
    return next_length(length, p.has("last"))


ALONE = (
    "(?!other|counted|the|a|half|weekday|month|nth|ordinal|relative|number|this|that|last|next"
    "|holiday)"
)
"""What follows "the week after" where it says no more of what it comes after."""

AFTER_TOLD = f"(that (?!other|counted|unit|weekday|part|number)|{ALONE})"
"""What follows where it comes after what is told: "the week after that"."""


@rules.add(1, "period", "the? (this|next|last) business? unit")
def read_unit_period(p: Phrase) -> Reading:
    """This week, next month, the coming weekend; the next day is one after a day told before."""
    unit, shift = p.first("unit"), turn(p)
    if unit == "weekend" and is_coming(p.first("next")):
        shift = 0
    is_workday = unit == "day" and is_business(p)
    period = _business_day(shift) if is_workday else unit_period(unit, shift)
    return replace(period, anchor="told") if unit == "day" and shift == 1 else period


def _business_day(shift: int) -> Reading:
    """The business day `shift` of them on."""

    def find(start: date, past: bool) -> date:
        return add_workdays(start, shift, counted_country())

    return on_day(find, "day period", turned(shift))


@rules.add(1, "period", "the? unit from next")
def read_after_next(p: Phrase) -> Reading | None:
    """The week after next."""
    return unit_period(p.first("unit"), turn(p) + 1) if p.first("from") == "after" else None


@rules.add(1, "period", "the unit from this number")
def read_after_this(p: Phrase) -> Reading | None:
    """The week after this one."""
    return unit_period(p.first("unit"), 1) if is_after_this_one(p) else None


def is_after_this_one(p: Phrase) -> bool:
    """Whether a unit or weekday that is named before "this one" comes after it."""
    return (p.first("from"), p.first("number")) == ("after", 1)


@rules.add(1, "period", "(the|this) unit next")
def read_coming_week(p: Phrase) -> Reading | None:
    """This week coming: the one after this one."""
    unit = p.first("unit")
    return unit_period(unit, 1) if is_single(unit, "week") and is_coming(p.first("next")) else None


@rules.add(1, "period", f"the unit (from|next) {AFTER_TOLD}")
def read_unit_after(p: Phrase) -> Reading | None:
    """The week after, the week following, the day after that."""
    return _told_unit(p, 1) if is_after(p) else None


@rules.add(1, "period", f"the unit by {AFTER_TOLD}(?!function|its)")
@rules.add(1, "period", "the? unit (from|by) the counted (?!other)")
def read_unit_beside(p: Phrase) -> Reading | None:
    """The week before, the day before that, the day after the interview."""
    shift = {"before": -1, "after": 1}.get(p.first("from", "by"))
    return _told_unit(p, shift) if shift else None


def _told_unit(p: Phrase, shift: int) -> Reading | None:
    """The unit `shift` units from the one that is told."""
    unit = p.first("unit")
    return None if isinstance(unit, Plural) else replace(unit_period(unit, shift), anchor="told")


def is_after(p: Phrase, kind: str = "unit") -> bool:
    """Whether a unit is the one after what was told: "the weekend coming" is not."""
    tail = p.after(kind).all("from", "next")
    return tail in (["after"], [1]) and not is_coming(tail[0])


@rules.add(1, "period", "the? unit by last (?!other|unit|weekday|month|holiday)")
def read_before_last(p: Phrase) -> Reading | None:
    """The week before last."""
    return unit_period(p.first("unit"), -2) if p.first("by") == "before" else None


@rules.add(
    1, "period",
    "the unit (?!from|by|on|commencing|edge|other|counted|that|rating|next other|next the)",
)  # fmt: skip
@rules.add(1, "period", "(?<=by|at|about)the unit (?=other)")
def read_the_unit(p: Phrase) -> Reading | None:
    """The weekend, the week; "I lost count of the weeks" is no period."""
    unit = p.first("unit")
    is_one = unit == "weekend" or is_single(unit, "week", "month")
    return unit_period(unit, 0) if is_one else None


@rules.add(1, "period", "(?<=by)the unit (?!from|on|number|dash|edge)")
def read_the_year(p: Phrase) -> Reading | None:
    """Before the year is out."""
    return unit_period("year", 0) if p.first("unit") == "year" else None


@rules.add(1, "period", "(?<=by|from)unit (?!number)")
def read_weekend(p: Phrase) -> Reading | None:
    """Before weekend."""
    return unit_period("weekend", 0) if p.first("unit") == "weekend" else None


@rules.add(1, "period", "that unit (?!dash|number)")
@rules.add(1, "period", "(the|that)? same unit")
def read_same_unit(p: Phrase) -> Reading | None:
    """That week, the same month; which past one, only the story tells."""
    unit = p.first("unit")

    def resolve(start: date, past: bool) -> Span | None:
        return None if past else unit_span(unit, start, 0)

    is_one = is_single(unit, "week", "month", "weekend")
    return Reading(f"{unit} period", "told", resolve) if is_one else None


@rules.add(3, "period", "period or the number (from|next) (its|that)?")
def read_or_the_one_after(p: Phrase) -> Reading | None:
    """That week or the one after it."""
    first: Reading = p.first("period")
    is_one = p.first("number") == 1 and p.first("from", "next") in ("after", 1)
    if not is_one or first.form != "week period":
        return None
    return days_between(first, replace(unit_period("week", 1), anchor="told"))


def unit_period(unit: str, shift: int) -> Reading:
    """The unit `shift` units on; of a weekend that is asked for as past, the last one."""

    def resolve(start: date, past: bool) -> Span:
        span = unit_span(unit, start, shift)
        is_ahead = past and unit == "weekend" and shift == 0 and span[0] > start
        return unit_span(unit, start, -1) if is_ahead else span

    return Reading(f"{unit} period", turned(shift), resolve)
