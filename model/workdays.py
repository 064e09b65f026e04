"""Business days: weekends and public holidays are not among them (decision guide, "Reading time").

All counting of days to answer by goes through this module, so that the page, the batch and the
training data share one calendar.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, cast

import numpy as np

from model.types import DEFAULT_COUNTRY

WORKED_ON = {
    "US": (
        "Martin Luther King",
        "Washington's Birthday",
        "Juneteenth",
        "Columbus Day",
        "Veterans Day",
    )
}
"""How the public holidays begin on which most employers of a country are at work.

For the US, those beside the six paid ones of nearly every employer (Bureau of Labor Statistics,
Employee Benefits Survey); readers of real notes count such days as business days.
"""

_country: ContextVar[str] = ContextVar("country", default=DEFAULT_COUNTRY)


@contextmanager
def holidays_of(country: str) -> Iterator[None]:
    """Business days, and the order of day and month in "5/6", are those of `country` within."""
    token = _country.set(country)
    try:
        yield
    finally:
        _country.reset(token)


def counted_country() -> str:
    """Whose holidays count where a time is read: the grammar knows of no policy."""
    return _country.get()


@cache
def public_holidays(country: str, year: int) -> dict[date, str]:
    """The public holidays of a year by their names in English; none in years that nobody knows.

    `country`: an ISO 3166 code, of a part of it as well ("GB-ENG").
    """
    import holidays  # 80 ms to import: only where a date is really counted

    warnings.filterwarnings("ignore", message="Requested Holidays are available only")
    code, _, part = country.partition("-")
    return dict(holidays.country_holidays(code, part or None, years=year, language="en_US"))


@cache
def _calendar(year: int, country: str) -> np.busdaycalendar:
    """The business days of `country` around `year`."""
    worked = WORKED_ON.get(country, ())
    days = [
        day
        for each in range(year - 2, year + 3)
        for day, name in public_holidays(country, each).items()
        if not name.startswith(worked)
    ]
    return np.busdaycalendar(holidays=sorted(days))


@lru_cache(maxsize=1 << 16)  # the notes of one table name much the same days
def add_workdays(day: date, count: int, country: str) -> date:
    """The day `count` business days after `day`, or before it where `count` is negative.

    Counting starts on the day itself: from a Saturday, one business day on is Monday.
    """
    if count == 0:
        return day
    roll: Literal["backward", "forward"] = "backward" if count > 0 else "forward"
    calendar = _calendar(day.year, country)
    moved = np.busday_offset(day, count, roll=roll, busdaycal=calendar)
    return cast(date, moved.astype(object))


def next_workday(day: date, country: str) -> date:
    """The first business day after `day`."""
    return add_workdays(day, 1, country)


def workday_on_or_after(day: date, country: str) -> date:
    """`day` itself where it is a business day, else the first one after it."""
    return add_workdays(day - timedelta(days=1), 1, country)


def weekdays_between(first: date, last: date) -> int:
    """Weekdays after `first`, up to and with `last`; 0 where `last` is not later.

    A full week is 5 whatever its holidays (decision guide: "exactly a week ago is 5 business
    days"), so holidays do not count here.
    """
    return max(0, _weekdays_to(last) - _weekdays_to(first))


def quiet_until(day: date, count: int, country: str) -> date:
    """The first business day from `day` on at which `weekdays_between` has reached `count`."""
    reached = np.busday_offset(day, count, roll="backward").astype(object)
    return workday_on_or_after(max(day, cast(date, reached)), country)


def _weekdays_to(day: date) -> int:
    """Weekdays from Monday, 1 January of year 1, to `day`."""
    weeks, days = divmod(day.toordinal(), 7)
    return 5 * weeks + min(days, 5)
