"""When a promise is over."""

from datetime import date

from model.dates import DatedPhrase
from model.types import Policy
from model.workdays import add_workdays, next_workday, workday_on_or_after


def workday_after_due(window_end: date, country: str) -> date:
    """The first business day after a promise falls due, which a weekend or holiday puts off."""
    return next_workday(workday_on_or_after(window_end, country), country)


def over_from(end: DatedPhrase, policy: Policy) -> date:
    """The first day on which a reply window is over and the grace is up."""
    over = end.day if end.is_passed else workday_after_due(end.day, policy.country)
    return add_workdays(over, policy.grace, policy.country)


def is_over(end: DatedPhrase, today: date, policy: Policy) -> bool:
    """Whether a reply window is over, seen from `today`."""
    return today >= over_from(end, policy)
