"""Temporal expressions of a text, resolved from a given day. No knowledge of interviews."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from itertools import takewhile

from model.text import normalise
from model.times import atoms, digits, holidays, hours, lengths, parts, periods, phrases
from model.times.grammar import Grammar
from model.times.lengths import read_length
from model.times.lexer import Token, tokenize
from model.times.spans import Hour, Length, Reading, Span, Time
from model.types import TimeExpression, TimeKind

_ELIDED = 150
"""Characters over which a unit or an hour is remembered."""


def find_times(text: str, *, today: date) -> tuple[TimeExpression, ...]:
    """Temporal expressions in `text`, in order, without overlaps, as read on `today`.

    A weekday is the next one after today; a date without a year or a day of the month is the next
    such day, which may be today itself. Past days are read as past where the words say so ("last
    Friday", "two weeks ago"). What is no day (31 February) is left alone.
    """
    day = today.date() if isinstance(today, datetime) else today
    found = (express(text, time, day) for time in find_readings(text))
    return tuple(each for each in found if each is not None)


@cache
def grammar() -> Grammar:
    """The grammar of time; of two rules that read as much, the first one here wins."""
    modules = (lengths, hours, atoms, digits, holidays, periods, parts, phrases)
    return Grammar([rule for module in modules for rule in module.rules])


def find_readings(text: str) -> list[Time]:
    """The expressions of `text` before they are anchored, in order."""
    found: list[Time] = []
    for token in grammar().reduce(tokenize(normalise(text))):
        if token.kind == "elided" and (length := _length_before(token, found)):
            reading = read_length(token.value, length.unit, length.business)
            found.append(Time("length", reading, token.start, token.end))
        elif token.kind == "share" and (hour := _hour_before(token, found)):
            found.append(Time("date", hours.at_hour(hour), token.start, token.end))
        elif isinstance(token.value, Reading):
            found.append(Time(token.kind, token.value, token.start, token.end))
    return found


def _length_before(token: Token, found: list[Time]) -> Length | None:
    """The length whose unit is left out in "they said two weeks, it has been three"."""
    lengths = (each.reading.length for each in _near(token, found))
    return next((length for length in lengths if isinstance(length, Length)), None)


def _hour_before(token: Token, found: list[Time]) -> Hour | None:
    """The hour that is left out in "they said at four, it's ten past"."""
    told = next(filter(None, (each.reading.hour for each in _near(token, found))), None)
    return hours.hour_beside(told, token.value) if told else None


def _near(token: Token, found: list[Time]) -> Iterator[Time]:
    """The times before a token that it may leave something out of, the nearest first."""
    return takewhile(lambda each: token.start - each.end <= _ELIDED, reversed(found))


def express(text: str, time: Time, anchor: date, *, past: bool = False) -> TimeExpression | None:
    """The expression `time` of `text`, resolved from `anchor`; None where there is no such day."""
    reading = time.reading
    try:
        span = reading.resolve(anchor, past)
    except (OverflowError, ValueError):  # before year 1 or after year 9999
        return None
    if span is None:
        return None
    first, last = span
    if first and last and last < first:  # "from today to yesterday"
        return None
    days = None
    kind: TimeKind = "period"
    if time.kind == "length" and reading.length is not None:
        kind, days = "duration", reading.length.named_days
    elif first is not None and first == last:
        kind = "date"
    return TimeExpression(
        time.start, time.end, text[time.start : time.end], kind, first, last, days
    )


def back_from(time: Time, day: date) -> date | None:
    """The past day, seen from `day`, that an expression means: "last week" may have been its
    Friday. None where it means no past day."""
    return days_back(time, day)[1]


def days_back(time: Time, day: date) -> Span:
    """The past days, seen from `day`, of which an expression means one; a length is counted back.

    The first is None where it is no other than the last; both where it means no past day.
    """
    reading = time.reading
    try:
        if reading.length is not None:
            return None, reading.length.after(day, -1)
        first, last = reading.span(day, past=True)
    except (OverflowError, ValueError):
        return None, None
    found = first or last
    if found is None or found > day:
        return None, None
    if first is None or last is None:
        return None, found
    return (first if first < min(last, day) else None), min(last, day)
