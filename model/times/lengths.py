"""Rules for numbers in words and for lengths of time.

Amounts take their late end, as the decision guide reads time: "7-10 business days" are ten.
"""

from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any

from model.times.days import DAY
from model.times.grammar import ENDS, FUNCTION, OF_NUMBER, Phrase, Rules
from model.times.lexicon import Plural, is_in_digits, is_single, lexicon
from model.times.spans import Length, Reading, Span, Sum

rules = Rules()

_UPTO = "((dash|to|and|or|slash) a? number)?"
_AMOUNT = (
    f"about* a? about* number (open number close)? {_UPTO} plus? (or so)? about*"
    " dash? business? business? dash?"
)
_NO_COUNT = f"(?!{OF_NUMBER}|other|weekday|clock|hour)"


@rules.add(
    0, "elided",
    "(?<=been)about* (number or)? number (dash? number)? (?!and a half)"
    f"(?={ENDS}|and|now|{FUNCTION}|open)",
)  # fmt: skip
def read_elided(p: Phrase) -> float | None:
    """It has been three, call it three or four, it became twenty-five: the unit is that of the
    length before."""
    last = p.after("or") if p.has("or") else p
    numbers = last.all("number")
    return float(numbers[0]) if len(numbers) == 1 else read_compound_number(last)


@rules.add(0, "number", "number dash? number")
def read_compound_number(p: Phrase) -> float | None:
    """Forty five, forty-five; not 40 5."""
    tens, ones = p.all("number")
    are_words = not (is_in_digits(tens) or is_in_digits(ones))
    return tens + ones if are_words and tens in range(20, 100, 10) and ones < 10 else None


@rules.add(0, "nth", "number dash? ordinal")
def read_compound_ordinal(p: Phrase) -> int | None:
    """Twenty-third."""
    tens, ones = p.first("number"), p.first("ordinal")
    return int(tens + ones) if tens in (20, 30) and ones < 10 else None


_WORKDAYS = {"week": 5, "fortnight": 10}


def read_length(count: float, unit: str, is_business: bool, over: int = 0) -> Reading:
    """A length that counts from the day it was said; two working weeks are ten business days."""
    if is_business and unit in _WORKDAYS:
        count, unit = count * _WORKDAYS[unit], "day"
    return _counted(Length(count, unit, is_business, over))


def _said(count: float, unit: str, p: Phrase) -> Reading:
    """A length with what is said about it: of business days, almost or over so many."""
    return read_length(count, unit, is_business(p), sum(p.all("about")))


def count_of(unit: str) -> float:
    """How many a unit without a number is: in the plural a few of them."""
    return float(lexicon()["few"][1]) if isinstance(unit, Plural) else 1


def _counted(length: Length | Sum) -> Reading:
    def resolve(start: date, past: bool) -> Span:
        return start, length.after(start)

    return Reading("length", "promise", resolve, length)


def _days(reading: Reading) -> float:
    return reading.length.days if reading.length else 0


def is_business(p: Phrase) -> bool:
    """Whether business days are said; a "full" week is one of the calendar."""
    return any(each != "calendar" for each in p.all("business"))


@rules.add(1, "length", f"{_AMOUNT} unit (or so)? (?!per)")
def read_count(p: Phrase) -> Reading:
    """7-10 business days, five or so days."""
    return _said(p.all("number")[-1], p.first("unit"), p)


@rules.add(1, "length", f"about* number business (?={ENDS})")
def read_working(p: Phrase) -> Reading | None:
    """Ten working, they meant: the days are left out."""
    is_said = p.first("business") == "business"
    return read_length(p.first("number"), "day", True) if is_said else None


@rules.add(1, "length", f"(?<!and|plus){_AMOUNT} workdays (or so)? (?!per|a)")
def read_weekday_count(p: Phrase) -> Reading:
    """Five weekdays: so many business days; "Saturdays and two weekdays" are shifts."""
    return read_length(p.all("number")[-1], "day", True)


@rules.add(1, "length", f"{_AMOUNT} hours (or so)? (?!per)")
def read_hours(p: Phrase) -> Reading | None:
    """48 hours are two days; what is no whole day is a shift, or a working week."""
    hours = p.all("number")
    if not any(each and each % 24 == 0 for each in hours):
        return None
    return read_length(ceil(hours[-1] / 24), "day", is_business(p))


@rules.add(1, "length", "about* a? vague (on|about)? business? unit (or so)? (?!per)")
def read_vague(p: Phrase) -> Reading:
    """A couple of weeks, a few days."""
    return _said(p.first("vague"), p.first("unit"), p)


@rules.add(1, "length", "about* (a|another) about* business? unit")
def read_one(p: Phrase) -> Reading:
    """A week, another day."""
    return _said(1, p.first("unit"), p)


@rules.add(1, "length", "(?<!ordinal)the? unit (?!from|by|on|to|number|ago|weekday)")
def read_the_fortnight(p: Phrase) -> Reading | None:
    """The fortnight is up; of other units a calendar one is meant."""
    unit = p.first("unit")
    return read_length(1, unit, False) if is_single(unit, "fortnight") else None


@rules.add(1, "length", "(number|vague) on? weekdays (?!ago|per|a|hence|from now)")
def read_weekdays(p: Phrase) -> Reading | None:
    """Two Fridays have gone by: as many weeks."""
    count = p.first("number", "vague")
    return read_length(count, "week", False) if count >= 2 else None


@rules.add(1, "length", "about* (a|another)? business? unit or a? (number|vague|so) unit?")
def read_one_or_more(p: Phrase) -> Reading:
    """A day or two, a week or so, a week or ten days: the later of the two."""
    amount, units = p.first("number", "vague", default=1), p.all("unit")
    one, more = (_said(n, u, p) for n, u in ((1, units[0]), (amount, units[-1])))
    return max(more, one, key=_days)


@rules.add(
    1, "length",
    f"about* (a|number) business? unit (to|dash|or|comma? about) about* a? number {_NO_COUNT}",
)  # fmt: skip
@rules.add(
    1, "length",
    "about* (a|number) business? unit (function other)? comma about* number (most|(?=case))",
)  # fmt: skip
def read_up_to(p: Phrase) -> Reading | None:
    """One week to two; a week, maybe two; a week, two at most; a week she says, two if pushed."""
    low, high = [1, *p.all("number")][-2:]
    if high <= low:
        return None
    return _said(high, p.first("unit"), p)


@rules.add(1, "length", "about* (a|another)? business? unit and a half")
@rules.add(
    1, "length",
    "about* (a|another)? number dash? and dash? a? dash? half dash? business? unit",
)  # fmt: skip
@rules.add(1, "length", "about* number numeric business? unit")
def read_and_a_half(p: Phrase) -> Reading | None:
    """A week and a half, two and a half weeks, 1 1/2 weeks."""
    if p.has("numeric") and p.first("numeric").parts != (1, 2):
        return None
    return _said(p.first("number", default=1) + 0.5, p.first("unit"), p)


@rules.add(1, "length", "about* numeric business? (unit|hours)")
def read_slash(p: Phrase) -> Reading | None:
    """2/3 weeks, 24/48 hours: the later of the two."""
    (low, high, *year), word, _ = p.first("numeric")
    if year or low >= high or "/" not in word:
        return None
    if p.has("hours"):
        return None if low % 24 or high % 24 else _said(high // 24, "day", p)
    return _said(high, p.first("unit"), p)


@rules.add(1, "length", "half a? unit")
def read_half(p: Phrase) -> Reading | None:
    """Half a year."""
    unit = p.first("unit")
    return None if unit == "day" else read_length(0.5, unit, False)


@rules.add(2, "length", "(?<=beyond)length")
def read_more_than(p: Phrase) -> Reading:
    """More than a week ago."""
    length = p.first("length").length
    return _counted(replace(length, over=length.over + 1))


@rules.add(2, "length", f"length comma or? about+ number {_NO_COUNT}")
def read_or_even(p: Phrase) -> Reading | None:
    """Two to three weeks, maybe four: the unit is that of the length."""
    length, most = p.first("length").length, p.first("number")
    if isinstance(length, Sum) or most <= length.count:
        return None
    return _counted(replace(length, count=most))


@rules.add(3, "length", "length (to|dash|slash|or|comma)+ length")
def read_length_range(p: Phrase) -> Reading | None:
    """A week to ten days: the late end."""
    lengths: list[Reading] = p.all("length")
    low, high = map(_days, lengths)
    if p.has("comma") and not p.has("or") and low >= high:
        return None
    return max(lengths, key=_days)


@rules.add(3, "length", "length ((comma|and)+ length)+")
@rules.add(3, "length", "length length length?")
def read_sum(p: Phrase) -> Reading | None:
    """1 month and 21 days: from the largest unit to the smallest."""
    parts = tuple(reading.length for reading in p.all("length"))
    if any(isinstance(part, Sum) for part in parts):
        return None
    days, units = [part.days for part in parts], {part.unit for part in parts}
    is_in_order = days == sorted(days, reverse=True) and len(units) == len(parts)
    return _counted(Sum(parts)) if is_in_order else None


@rules.add(3, "length", "length comma? plus length")
def read_plus(p: Phrase) -> Reading:
    """Two weeks plus a day; ten days, give or take a day: the late end."""
    lengths = (reading.length for reading in p.all("length"))
    parts = [each.parts if isinstance(each, Sum) else (each,) for each in lengths]
    return _counted(Sum(parts[0] + parts[1]))


@rules.add(3, "period", "the? (next|last|this) length")
def read_next_length(p: Phrase) -> Reading:
    """In the next few days, the last three weeks."""
    return next_length(p.first("length").length, p.has("last"))


@rules.add(1, "period", "the? (next|last) business? unit or a? (number|vague|so) unit?")
def read_next_or_more(p: Phrase) -> Reading:
    """The next week or so, the next day or two."""
    return next_length(read_one_or_more(p).length, p.has("last"))


def next_length(length: Any, is_back: bool) -> Reading:
    """So long from tomorrow on, or up to yesterday."""

    def resolve(start: date, past: bool) -> Span:
        if is_back:
            return length.after(start, -1), start - DAY
        return start + DAY, length.after(start)

    return Reading("next length", "back" if is_back else "promise", resolve, length)
