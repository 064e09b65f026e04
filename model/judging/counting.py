"""Which days a time means, counted from a day: that of a promise, or of reading."""

from datetime import date, timedelta

from model.judging.dating import FAR, end_of
from model.times.days import DAY, unit_span
from model.times.spans import Reading, Span

RECENT = timedelta(days=4)
"""A weekday that was named on a day unknown and lies this near is more likely over than to come: of
the annotated scenarios in which one decides, 60 of 70 say so, and of those in which it lies further
back 34 of 41 mean the coming one."""


def first_of_period(reading: Reading, last: date) -> date:
    """Not "until next week": from its first day on; what is no such unit begins as it ends."""
    unit = reading.form.removeprefix("by ").removesuffix(" period")
    return unit_span(unit, last, 0)[0] if unit in _WHOLE else last


_WHOLE = ("week", "month", "quarter", "year")


def is_it(reading: Reading, day: date) -> bool:
    """Whether a weekday may be that day: "that Friday" is the 6th if that is a Friday."""
    return reading.form.endswith("weekday") and end_of(reading.resolve(day - DAY, False)) == day


def after_promise(reading: Reading, day: date) -> Span:
    """The days from the day of the promise; "this week" said on a Friday is the week to come."""
    first, last = near(reading, day)
    if reading.anchor == "promise" and last is not None and last <= day:
        return reading.resolve(day + timedelta(days=7), False) or (None, None)
    return first, last


def near(reading: Reading, day: date) -> Span:
    """The days from a day on; a date without a year that lies `FAR` ahead is the nearest one."""
    span = reading.resolve(day, False) or (None, None)
    end = end_of(span)
    is_far = reading.anchor == "calendar" and end is not None and end - day > FAR
    return nearest(reading, day) if is_far else span


def nearest(reading: Reading, today: date) -> Span:
    """The past or the coming one of two days, whichever is nearer."""
    spans = [span for past in (True, False) if (span := reading.resolve(today, past))]
    near = [(abs(end - today), span) for span in spans if (end := end_of(span))]
    return min(near, key=lambda each: each[0], default=(None, (None, None)))[1]


def recent(reading: Reading, today: date) -> Span:
    """Today if it is such a day, the past one if it is recent, else the coming one."""
    from_today = reading.resolve(today - timedelta(days=1), False)
    if end_of(from_today) == today:
        return from_today or (None, None)
    past = reading.resolve(today, True)
    end = end_of(past)
    if end is not None and end >= today - RECENT:
        return past or (None, None)
    return reading.resolve(today, False) or (None, None)
