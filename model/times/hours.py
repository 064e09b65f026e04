"""Rules for hours of the day and ends of working days: parts of the day that they stand beside.

An hour by itself is of no day.
"""

import re
from dataclasses import replace
from datetime import date
from math import ceil, floor

from model.times.days import unit_span
from model.times.grammar import ENDS, FUNCTION, OF_NUMBER, Phrase, Rules
from model.times.lexicon import is_in_digits
from model.times.spans import TODAY, Anchor, Hour, Reading, Span

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
@rules.add(0, "hour", f"(?<=its is)about* number (?={_AFTER_HOUR})")
@rules.add(0, "hour", "(?<=its)about* number (?=and its|and other|and function|and the)")
@rules.add(0, "hour", f"(?<=from)about* number (?={ENDS}|{FUNCTION}|relative|weekday)")
@rules.add(0, "hour", f"at? about* number dash? ish (?={_AFTER_HOUR}|and)")
@rules.add(0, "hour", f"at? about* (clock|noon) (dash|to|or) number {_NO_COUNT}")
@rules.add(
    0, "hour",
    "between about* number and about* number"
    "(?=comma weekday|on? relative|weekday|on weekday|on the|on numeric|this part)",
)  # fmt: skip
@rules.add(0, "hour", "(?<=weekday|relative)between about* number and about* number")
def read_hour(p: Phrase) -> Hour | None:
    """At ten, five o'clock, gone three, it is past one, by five, after two, 5ish, 9:30 to 11,
    between ten and eleven on Friday."""
    number = p.all("number")[-1]
    return _hour(number) if number <= 12 else None


def _hour(number: float) -> Hour | None:
    return Hour(number, number >= 13) if number <= 24 else None


@rules.add(0, "hour", "at? about* noon")
def read_noon(p: Phrase) -> Hour:
    """Noon, at midday."""
    return Hour(p.first("noon"), True)


_NUMBERS = "number number (dash? number)?"


@rules.add(0, "hour", f"(?<=its|is|by|now)about* {_NUMBERS} (?={_AFTER_HOUR}|and)")
@rules.add(0, "hour", f"at about* {_NUMBERS} {_NO_COUNT}")
@rules.add(0, "hour", f"(?<=dot|stop){_NUMBERS} (?={ENDS})")
def read_hour_and_minutes(p: Phrase) -> Hour | None:
    """It's two thirty, at ten twenty-five: in words."""
    hour, *minutes = p.all("number")
    is_compound = len(minutes) == 1 or (minutes[0] in (20, 30, 40, 50) and minutes[1] < 10)
    if any(map(is_in_digits, p.all("number"))) or hour > 12 or not is_compound:
        return None
    return Hour(hour + sum(minutes) / 60, False) if 10 <= sum(minutes) < 60 else None


@rules.add(0, "hour", "at? about* number in the part")
@rules.add(1, "hour", "hour in the part")
def read_hour_of_half(p: Phrase) -> Hour | None:
    """Ten in the morning, half past two in the afternoon."""
    hour: Hour = p.first("hour") or Hour(p.first("number"), False)
    if p.first("in") != "in" or hour.at >= 13:
        return None
    return Hour(hour.at % 12 + (0 if p.first("part") else 12), True)


_MINUTES = "number (dash? number)? minutes?"


@rules.add(0, "hour", f"(at|gone)? about* a? (half|quarter|{_MINUTES}) last number {_NO_COUNT}")
@rules.add(0, "hour", f"(at|gone)? about* (a? quarter to|half) number {_NO_COUNT}")
@rules.add(0, "hour", f"at? half number dash? ish (?={_AFTER_HOUR}|and)")
@rules.add(0, "hour", f"at? a? quarter on number (?={_AFTER_HOUR})")
@rules.add(
    0, "hour",
    f"(?<!month)(?<!month dot)(?<!from|between)about* {_MINUTES} to number"
    f"{_NO_COUNT}(?!on|or|and|open|close)",
)  # fmt: skip
@rules.add(0, "hour", f"(at|(?<=its|is))about* {_MINUTES} to number {_NO_COUNT}")
@rules.add(0, "hour", f"(?<=its|is|at)about* {_MINUTES} (on|from) number (?={_AFTER_HOUR}|and)")
def read_share_of_hour(p: Phrase) -> Hour | None:
    """Half past two, twenty-five to four, quarter of five, ten after seven; half nine is half past
    nine."""
    number, share = p.all("number")[-1], _share(p, p.all("number")[:-1])
    is_said = (p.first("on", default="of"), p.first("from", default="after")) == ("of", "after")
    hour = _hour(number) if share and is_said else None
    return hour and replace(hour, at=hour.at + share)


@rules.add(0, "share", f"at? a? (half|quarter) (last|to) (?={ENDS}|and|now|{FUNCTION})")
@rules.add(
    0, "share",
    f"(?<=its|is|at|dot|stop|comma)about* {_MINUTES} (last|to) (?={ENDS}|and|now|{FUNCTION})",
)  # fmt: skip
def read_share_alone(p: Phrase) -> float | None:
    """It's twenty-five past, quarter to: of the hour that is told before."""
    return _share(p, p.all("number"))


def _share(p: Phrase, minutes: list[float]) -> float:
    """Which share of an hour is past, below 0 if it is to come; 0 where it is none."""
    share = sum(minutes) / 60 if minutes else 0.5 if p.has("half") else 0.25
    is_usual = not minutes or sum(minutes) in (5, 10, 20, 25)
    if not (is_usual or (p.has("minutes") and share < 1)):
        return 0
    return -share if p.has("to", "on") else share


def hour_beside(told: Hour, share: float) -> Hour | None:
    """The hour of "twenty past" where one was told before; None where it may be another one's."""
    at = (ceil(told.at) if share < 0 else floor(told.at)) + share
    return replace(told, at=at) if told.at == int(told.at) or at > told.at else None


@rules.add(2, "wday", "wday (comma? (hour|closing)|by (hour|closing)|(in the|by|at)? part)+")
@rules.add(2, "date", "date (comma? (hour|closing)|by (hour|closing)|(in the|by|at)? part)+")
@rules.add(2, "wday", f"the? {_HOUR} {_HOUR}? comma? (on|the)* wday")
@rules.add(2, "date", f"the? {_HOUR} {_HOUR}? comma? (on|the)* date")
def read_hour_of_day(p: Phrase) -> Reading:
    """Friday at 2pm, 10am tomorrow, COB Friday: the day."""
    day: Reading = p.first("date", "wday")
    return replace(day, hour=p.first("hour"))


@rules.add(6, "date", "hour")
@rules.add(6, "date", "at part")
def read_hour_alone(p: Phrase) -> Reading:
    """At ten, at lunch: no day."""
    return at_hour(p.first("hour"))


def at_hour(hour: Hour | None = None, anchor: Anchor = "today") -> Reading:
    """At an hour, if it is known which one: no day."""

    def resolve(start: date, past: bool) -> None:
        return None

    return Reading("hour", anchor, resolve, hour=hour)


_SOME = "(a|half a|a? (number|vague) on?) about* (hours|minutes) (or so)?"


@rules.add(6, "date", f"in on? (the hours|about* {_SOME} (?!{OF_NUMBER}|per))")
@rules.add(6, "date", f"{_SOME} (edge (?!on)|from (?={ENDS}))")
def read_hours_on(p: Phrase) -> Reading | None:
    """Within the hour, two hours later: the hour of what is told, so much later."""
    word = p.first("in", "edge", "from")
    is_long = p.has("hours") and p.first("number", default=0) >= 24
    is_told = word in ("within", "later", "after") and not is_long
    return at_hour(anchor="told") if is_told else None


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
