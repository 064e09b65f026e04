"""Rules for hours of the day and ends of working days: parts of the day that they stand beside.

An hour by itself is of no day.
"""

import re
from dataclasses import replace
from datetime import date

from model.times.days import unit_span
from model.times.grammar import ENDS, FUNCTION, OF_NUMBER, Phrase, Rules
from model.times.spans import TODAY, Hour, Reading, Span

rules = Rules()

_NO_COUNT = f"(?!{OF_NUMBER}|ordinal|vague|per|about|plus|so)"
_AFTER_HOUR = f"{ENDS}|its|{FUNCTION}|now|relative|weekday|on|the"
_HOUR = "(hour|part|closing)"


@rules.add(0, "hour", "at? about* clock ((dash|to|and|or) clock)?")
@rules.add(0, "hour", "(at about*|(?<!month)) number (dash|to|and|or) clock")
def read_clock(p: Phrase) -> Hour | None:
    """9:30, 3pm, 9 to 5pm: the later one."""
    digits = re.findall(r"\d+", p.all("clock")[-1])
    minutes = int(digits[1]) if len(digits) > 1 else 0
    hour = int(digits[0]) + minutes / 60
    half = re.search("[ap]", p.all("clock")[-1])
    if half:
        return Hour(hour % 12 + (12 if half[0] == "p" else 0), True)
    is_hour = hour <= 24 and minutes < 60
    return Hour(hour, digits[0].startswith("0") or hour >= 13) if is_hour else None


@rules.add(0, "hour", "at? about* numeric")
def read_dotted(p: Phrase) -> Hour | None:
    """14.20. at the end of a sentence, at 9.10.: no date."""
    (hour, minutes, *year), word, _ = p.first("numeric")
    if year or not word.endswith(".") or minutes > 59 or not (p.has("at") or minutes > 12):
        return None
    return _hour(hour + minutes / 60)


@rules.add(0, "hour", "at? about* number oclock")
@rules.add(0, "hour", f"(at|gone) about* number {_NO_COUNT}")
@rules.add(0, "hour", f"(?<=its|is)about* last number {_NO_COUNT}")
@rules.add(0, "hour", "(?<!month)(?<!month dot)(?<!unit|to|dash)about* number (?=now)")
@rules.add(0, "hour", f"(?<=by|its)about* number (?={_AFTER_HOUR})")
@rules.add(0, "hour", f"at? about* (clock|noon) (dash|to|or) number {_NO_COUNT}")
@rules.add(
    0, "hour",
    "between about* number and about* number"
    "(?=comma weekday|on? relative|weekday|on weekday|on the|on numeric|this part)",
)  # fmt: skip
@rules.add(0, "hour", "(?<=weekday|relative)between about* number and about* number")
def read_hour(p: Phrase) -> Hour | None:
    """At ten, five o'clock, gone three, it is past one, by five, 9:30 to 11, between ten and eleven
    on Friday."""
    number = p.all("number")[-1]
    return _hour(number) if number <= 12 else None


def _hour(number: float) -> Hour | None:
    return Hour(number, number >= 13) if number <= 24 else None


@rules.add(0, "hour", "at? about* noon")
def read_noon(p: Phrase) -> Hour:
    """Noon, at midday."""
    return Hour(p.first("noon"), True)


_MINUTES = "number (dash? number)?"


@rules.add(0, "hour", f"(at|gone)? about* a? (half|quarter|{_MINUTES}) last number {_NO_COUNT}")
@rules.add(0, "hour", f"(at|gone)? about* (a? quarter to|half) number {_NO_COUNT}")
@rules.add(0, "hour", f"at? a? quarter on number (?={_AFTER_HOUR})")
@rules.add(
    0, "hour",
    f"(?<!month)(?<!month dot)(?<!from|between)about* {_MINUTES} to number"
    f"{_NO_COUNT}(?!on|or|and|open|close)",
)  # fmt: skip
def read_share_of_hour(p: Phrase) -> Hour | None:
    """Half past two, twenty-five to four, quarter of five; half nine is half past nine."""
    *minutes, number = p.all("number")
    share = sum(minutes) / 60 if minutes else 0.5 if p.has("half") else 0.25
    if (minutes and sum(minutes) not in (5, 10, 20, 25)) or p.first("on", default="of") != "of":
        return None
    hour = _hour(number)
    return hour and replace(hour, at=hour.at - share if p.has("to", "on") else hour.at + share)


@rules.add(2, "wday", "wday (comma? (hour|closing)|by hour|(in the|by)? part)+")
@rules.add(2, "date", "date (comma? (hour|closing)|by hour|(in the|by)? part)+")
@rules.add(2, "wday", f"the? {_HOUR} {_HOUR}? comma? (on|the)* wday")
@rules.add(2, "date", f"the? {_HOUR} {_HOUR}? comma? (on|the)* date")
def read_hour_of_day(p: Phrase) -> Reading:
    """Friday at 2pm, 10am tomorrow, COB Friday: the day."""
    day: Reading = p.first("date", "wday")
    return replace(day, hour=p.first("hour"))


@rules.add(6, "date", "hour")
def read_hour_alone(p: Phrase) -> Reading:
    """At ten: no day."""

    def resolve(start: date, past: bool) -> None:
        return None

    return Reading("hour", "today", resolve, hour=p.first("hour"))


@rules.add(2, "period", f"(by|from) about* the? {_HOUR} {_HOUR}? (on|the)* (date|wday) date?")
@rules.add(2, "period", "(by|from) (on|the)* (date|wday) date? comma? hour")
def read_before_hour(p: Phrase) -> Reading | None:
    """Before noon on Friday, after 2pm tomorrow: that day is still meant, not the one beside it."""
    word, inner = p.first("by", "from"), p.all("date", "wday")[-1]
    if word not in ("before", "after"):
        return None

    def resolve(start: date, past: bool) -> Span | None:
        span = inner.resolve(start, past)
        if span is None:
            return None
        return (None, span[1]) if word == "before" else (span[0], None)

    form = "by" if word == "before" else "from"
    hour = p.first("hour") if word == "before" else None
    return Reading(f"{form} {inner.form}", inner.anchor, resolve, hour=hour)


@rules.add(3, "date", "the? closing")
def read_closing(p: Phrase) -> Reading:
    """EOD, close of business: today; EOW, EOM: the last day of the week or month."""
    unit = p.first("closing")
    if unit == "day":
        return TODAY

    def resolve(start: date, past: bool) -> Span:
        _, last = unit_span(unit, start, 0)
        return last, last

    return Reading("end", "promise", resolve)
