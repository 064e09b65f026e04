"""Which days a time means, counted from a day: that of a promise, or of reading."""

from datetime import date, timedelta

from model.judging.dating import FAR, end_of
from model.times.days import DAY, unit_span
from model.times.spans import Reading, Span

RECENT, RECENT_HOLD = timedelta(days=4), timedelta(days=2)
"""A weekday that was named on a day unknown and lies this near is more likely over than to come: a
day to call on is told sooner than the end of a reply window. Of the annotated scenarios in which
one decides, 107 of 121 and 80 of 82 say so, and of those in which it lies up to two days further
back than a day to call on may, 16 of 18 mean the coming one."""

_BEGINNING = ("week", "month", "quarter", "year")
"""Units that "until next ..." waits for the first day of."""


def is_weekday(reading: Reading) -> bool:
    """Whether a time is a weekday: "Friday", "by next Friday"."""
    return reading.form.endswith("weekday")


def is_end(reading: Reading) -> bool:
    """Whether a time is the end of a week or month that it does not name: "by the weekend"."""
    form = reading.form.removeprefix("by ")
    return reading.anchor == "promise" and form in ("end", "weekend period")


def first_of_period(reading: Reading, last: date) -> date:
    """The day on which the wait of "not until next week" ends: the first of that unit; for anything
    else, `last`."""
    unit = reading.form.removeprefix("by ").removesuffix(" period")
    return unit_span(unit, last, 0)[0] if unit in _BEGINNING else last


def may_be(reading: Reading, day: date) -> bool:
    """Whether a weekday may be that day: "that Friday" is the 6th if that is a Friday."""
    return is_weekday(reading) and end_of(reading.span(day - DAY)) == day


def after_promise(reading: Reading, day: date) -> Span:
    """The days from the day of the promise; "this week" said on a Friday is the week to come."""
    first, last = near(reading, day)
    if reading.anchor == "promise" and last is not None and last <= day:
        return reading.span(day + 7 * DAY)
    return first, last


def near(reading: Reading, day: date) -> Span:
    """The days from a day on; a date without a year that lies `FAR` ahead is the nearest one."""
    span = reading.span(day)
    end = end_of(span)
    is_far = reading.anchor == "calendar" and end is not None and end - day > FAR
    return nearest(reading, day) if is_far else span


def nearest(reading: Reading, today: date) -> Span:
    """The past or the coming one of two days, whichever is nearer."""
    spans = [reading.span(today, past=past) for past in (True, False)]
    ends = [(abs(end - today), span) for span in spans if (end := end_of(span))]
    return min(ends, key=lambda each: each[0], default=(None, (None, None)))[1]


def recent(reading: Reading, today: date, most: timedelta) -> Span:
    """Today if it is such a day, the past one if it is at most so long ago, else the coming one."""
    if is_end(reading):
        past = reading.span(today - most)
    elif end_of(reading.span(today - DAY)) == today:
        return reading.span(today - DAY)
    else:
        past = reading.span(today, past=True)
    end = end_of(past)
    return past if end and today - most <= end <= today else reading.span(today)
