from datetime import date

import pytest

from model.workdays import (
    add_workdays,
    next_workday,
    public_holidays,
    quiet_until,
    weekdays_between,
    workday_on_or_after,
)

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
THANKSGIVING = date(2026, 11, 26)

# fmt: off
ADDED = [
    # day              count  result
    (FRIDAY,           1,     MONDAY),
    (SATURDAY,         1,     MONDAY),
    (FRIDAY,           0,     FRIDAY),
    (date(2026, 11, 25), 1,   date(2026, 11, 27)),  # over Thanksgiving
    (date(2025, 1, 17), 1,    date(2025, 1, 20)),   # most work on Martin Luther King Day
    (date(2027, 6, 17), 1,    date(2027, 6, 18)),   # ... and where Juneteenth is observed
    (MONDAY,           -1,    FRIDAY),
    (date(2026, 3, 2), 10,    date(2026, 3, 16)),
    (date(2026, 12, 31), 1,   date(2027, 1, 4)),    # New Year's Day is a Friday
    (date(2026, 12, 31), 365, date(2028, 6, 6)),    # over two of them
]
BETWEEN = [
    # first             last               weekdays
    (MONDAY,            MONDAY,            0),
    (FRIDAY,            MONDAY,            1),
    (FRIDAY,            SATURDAY,          0),
    (date(2026, 11, 16), MONDAY,           5),   # exactly a week ago is 5
    (date(2026, 11, 19), THANKSGIVING,     5),   # ... whatever its holidays
    (MONDAY,            FRIDAY,            0),   # backwards
]
QUIET = [
    # day               count  the first business day so long after
    (FRIDAY,            5,     date(2026, 11, 27)),
    (date(2026, 11, 19), 5,    date(2026, 11, 27)),  # a week after is Thanksgiving
    (SATURDAY,          0,     MONDAY),
    (SATURDAY,          1,     MONDAY),
]
# fmt: on


@pytest.mark.parametrize(("day", "count", "expected"), ADDED)
def test_add_workdays(day: date, count: int, expected: date) -> None:
    assert add_workdays(day, count, "US") == expected


@pytest.mark.parametrize(("first", "last", "expected"), BETWEEN)
def test_weekdays_between(first: date, last: date, expected: int) -> None:
    assert weekdays_between(first, last) == expected


def test_holidays_depend_on_the_country() -> None:
    assert next_workday(date(2026, 11, 25), "US") == date(2026, 11, 27)
    assert next_workday(date(2026, 11, 25), "GB") == THANKSGIVING


def test_workday_on_or_after_keeps_a_workday() -> None:
    assert workday_on_or_after(FRIDAY, "US") == FRIDAY
    assert workday_on_or_after(SATURDAY, "US") == MONDAY


@pytest.mark.parametrize(("day", "count", "expected"), QUIET)
def test_quiet_until(day: date, count: int, expected: date) -> None:
    assert quiet_until(day, count, "US") == expected
    assert weekdays_between(day, expected) >= count


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [("US", THANKSGIVING, "Thanksgiving Day"), ("IL", date(2026, 4, 2), "Pesach"),
     ("IN-KL", date(2026, 8, 26), "Onam")],
)  # fmt: skip
def test_public_holidays(country: str, day: date, name: str) -> None:
    assert public_holidays(country, 2026)[day].startswith(name)
