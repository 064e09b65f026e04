"""Temporal expressions of a text, resolved from a given day. No knowledge of interviews."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from itertools import takewhile

from model.text import normalise
from model.times import atoms, digits, holidays, hours, lengths, parts, periods, phrases
from model.times.grammar import Grammar
from model.times.lengths import read_length
from model.times.lexer import Token, tokenize
from model.times.spans import Length, Reading, Span, Time
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
        if isinstance(token.value, Reading):
            found.append(Time(token.kind, token.value, token.start, token.end))
        elif token.kind in _FILLED and (filled := _fill(token, found)):
            found.append(filled)
    return found


def _fill(token: Token, found: list[Time]) -> Time | None:
    """A time that leaves out a unit or an hour told shortly before, if it was."""
    near = takewhile(lambda each: token.start - each.end <= _ELIDED, reversed(found))
    kind, fill = _FILLED[token.kind]
    reading = fill(token.value, [each.reading for each in near])
    return Time(kind, reading, token.start, token.end) if reading else None


def _length(count: float, near: list[Reading]) -> Reading | None:
    """They said two weeks, it has been three."""
    told = next((each.length for each in near if isinstance(each.length, Length)), None)
    return read_length(count, told.unit, told.business) if told else None


def _hour(share: float, near: list[Reading]) -> Reading | None:
    """They said at four, it's ten past."""
    told = next((each.hour for each in near if each.hour), None)
    hour = hours.hour_beside(told, share) if told else None
    return hours.at_hour(hour) if hour else None


_FILLED: dict[str, tuple[str, Callable[[float, list[Reading]], Reading | None]]] = {
    "elided": ("length", _length),
    "share": ("date", _hour),
}
"""What a token that leaves something out becomes, and how it is filled in."""


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
