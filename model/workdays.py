"""Business days: weekends and public holidays are not among them (decision guide, "Reading time").

All counting of days to answer by goes through this module, so that the page, the batch and the
training data share one calendar.
"""

from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

COUNTRY = "US"
"""Whose public holidays count where nothing else is said; an ISO 3166 code that `holidays` knows."""

_PADDING_YEARS = 1


@cache
def _holidays(year: int, country: str) -> NDArray[np.datetime64]:
    """Public holidays of `country` in `year` and its neighbours."""
    import holidays  # 80 ms to import: only where a date is really counted

    years = range(year - _PADDING_YEARS, year + _PADDING_YEARS + 1)
    days = holidays.country_holidays(country, years=years)
    return np.array(sorted(days), dtype="datetime64[D]")


def is_workday(day: date, country: str = COUNTRY) -> bool:
    """Whether `day` is a business day in `country`."""
    return bool(np.is_busday(day, holidays=_holidays(day.year, country)))


def add_workdays(day: date, count: int, country: str = COUNTRY) -> date:
    """The day `count` business days after `day`, or before it where `count` is negative.

    Counting starts on the day itself: from a Saturday, one business day on is Monday.
    """
    if count == 0:
        return day
    roll = "backward" if count > 0 else "forward"
    moved = np.busday_offset(day, count, roll=roll, holidays=_holidays(day.year, country))
    return moved.astype(date)  # type: ignore[no-any-return]


def next_workday(day: date, country: str = COUNTRY) -> date:
    """The first business day after `day`."""
    return add_workdays(day, 1, country)


def workday_on_or_after(day: date, country: str = COUNTRY) -> date:
    """`day` itself where it is a business day, else the first one after it."""
    return add_workdays(day - timedelta(days=1), 1, country)


def workdays_between(first: date, last: date, country: str = COUNTRY) -> int:
    """Business days after `first`, up to and with `last`; 0 where `last` is not later.

    A full week is 5 whatever its holidays (decision guide: "exactly a week ago is 5 business
    days"), so holidays do not count here.
    """
    if last <= first:
        return 0
    one = timedelta(days=1)
    return int(np.busday_count(first + one, last + one))
