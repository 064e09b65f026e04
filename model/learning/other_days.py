"""The same notes read on other days, where the guide's date arithmetic alone settles the answer.

Nobody writes "nothing yet" on the day of the interview: scenarios alone teach that such words
decide, whatever the calendar says. The same notes on other days teach that the days do.

Only what is certain counts: one annotated window that `find_times` reads whole, said on an
annotated day or at an interview that is the last word, and one answer whatever country's public
holidays count.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from model.data import Annotation, Scenario
from model.judging.due import workday_after_due
from model.times import back_from, express, find_readings
from model.times.spans import Time
from model.types import DEFAULT_COUNTRY, Label, Policy
from model.workdays import add_workdays, holidays_of, weekdays_between

COUNTRIES = ("US", "GB", "IE", "IN", "ZA", "CA", "AU")
AROUND_THE_END = (-1, 0, 1, 2, 4, 9)
"""Days after the end of a window."""
WORKDAYS_AFTER = (0, 1, 3, 4, 5, 6, 8, 10, 14)
"""Business days after an interview without a word since."""
LATER = (3, 9)
"""Days after one on which to call was right already."""
LEAST_QUIET = {"silence": Policy().silence, "process": Policy().lapse}
"""Business days without a word after which these rules say call."""
_UNSURE = re.compile(
    r"\d\s*(?:am|pm|o'clock)|\d[:.]\d\d|noon|lunch|morning|afternoon|\bat\b"  # over within a day
    r"|\b(?:this|today|before)\b",  # of which day's week? up to which day?
    re.IGNORECASE,
)
_NEWER = {"answered", "chase", "time:word", "time:chase"}
"""With a word after the interview the promise may be newer than it."""


def other_days(scenario: Scenario) -> list[tuple[date, Label]]:
    """Other days to read the notes on, each with its label.

    None where the guide leaves doubt, or where the scenario's own label is not the guide's: then
    somebody disagrees with it.
    """
    arithmetic = _arithmetic(scenario)
    if arithmetic is None or scenario.as_of is None:
        return []
    answer, days = arithmetic
    if answer(scenario.as_of) != scenario.label:
        return []
    return [(day, label) for day in days if (label := answer(day))]


Answer = Callable[[date], Label | None]


def _arithmetic(scenario: Scenario) -> tuple[Answer, list[date]] | None:
    """The answer as a function of the day, and the days worth asking for."""
    end, met, as_of = window_end(scenario), _last_word(scenario), scenario.as_of
    if end and (said := _day_of_promise(scenario)):
        start = max(said, scenario.interview_date or said)
        near = (end + timedelta(days=count) for count in AROUND_THE_END)
        return partial(answer_on, end), [day for day in near if day >= start]
    if met and scenario.rule in LEAST_QUIET:
        least = LEAST_QUIET[scenario.rule]
        return partial(_after_quiet, met, least), _workdays_after(met)
    if met and scenario.rule == "thanks":
        return partial(_after_interview, met), _workdays_after(met)
    if as_of and scenario.rule in ("window", "hold_until", "silence"):  # once right, it stays right
        later = [as_of + timedelta(days=count) for count in LATER]
        return lambda day: "call" if day >= as_of else None, later
    return None


def _workdays_after(met: date) -> list[date]:
    return [add_workdays(met, count, DEFAULT_COUNTRY) for count in WORKDAYS_AFTER]


def _after_quiet(met: date, least: int, day: date) -> Label:
    return "call" if weekdays_between(met, day) >= least else "wait"


def _after_interview(met: date, day: date) -> Label:
    """A call to thank is right on the same or the next business day; then silence decides."""
    return "call" if weekdays_between(met, day) <= 1 else _after_quiet(met, Policy().silence, day)


def label_by_dates(scenario: Scenario) -> Label | None:
    """The label that the dates force on a `window` row; None where they do not settle it."""
    end = window_end(scenario)
    return answer_on(end, scenario.as_of) if end and scenario.as_of else None


def window_end(scenario: Scenario) -> date | None:
    """The last day of the only reply window of a `window` row, where it is certain."""
    windows = _annotated(scenario, "time:window")
    said = _day_of_promise(scenario)
    if scenario.rule != "window" or not scenario.as_of or not said or len(windows) != 1:
        return None
    time = _time_of(scenario, windows[0])
    if time is None or time.reading.anchor == "told":  # of which day, only the story tells
        return None
    if time.reading.hour:  # over before the day is
        return None
    end = _same_end(scenario.notes, time, said)
    if end is None or _UNSURE.search(_around(scenario, windows[0])):
        return None
    return end if end >= said else None


def _same_end(notes: str, time: Time, said: date) -> date | None:
    """The last day of a time; None where countries differ, for business days are theirs."""
    ends = set()
    for country in COUNTRIES:
        with holidays_of(country):
            expression = express(notes, time, said)
            ends.add(expression.last if expression else None)
    return ends.pop() if len(ends) == 1 else None


def answer_on(end: date, day: date) -> Label | None:
    """Call from the first business day after a window is due; None where countries differ."""
    over = {day >= workday_after_due(end, country) for country in COUNTRIES}
    return ("call" if over.pop() else "wait") if len(over) == 1 else None


def _last_word(scenario: Scenario) -> date | None:
    """The interview date, where annotations tell nothing newer."""
    labels = {cue.label for cue in scenario.cues}
    is_last = bool(labels) and _NEWER.isdisjoint(labels)
    return scenario.interview_date if is_last and scenario.as_of else None


def _annotated(scenario: Scenario, label: str) -> list[Annotation]:
    return [cue for cue in scenario.cues if cue.label == label]


def _day_of_promise(scenario: Scenario) -> date | None:
    """The annotated day on which it was said, else the interview date."""
    said = _annotated(scenario, "time:said")
    if not said:
        return _last_word(scenario)
    time = _time_of(scenario, said[0]) if len(said) == 1 else None
    if time is None or scenario.as_of is None:
        return None
    expression = express(scenario.notes, time, scenario.as_of, past=True)
    if expression is None or expression.kind == "period":  # "in January" is no certain day
        return None
    return back_from(time, scenario.as_of)


def _time_of(scenario: Scenario, cue: Annotation) -> Time | None:
    """The time expression that is the annotation, no more and no less."""
    for time in find_readings(scenario.notes):
        before = scenario.notes[cue.start : time.start].strip().lower()
        if time.start >= cue.start and time.end == cue.end and before in ("", "on", "in"):
            return time
    return None


def _around(scenario: Scenario, cue: Annotation) -> str:
    return scenario.notes[max(0, cue.start - 5) : cue.end + 12]
