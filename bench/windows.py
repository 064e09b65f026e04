"""The label of a `window` row by the guide's own date arithmetic, where its annotations settle it.

Only what is certain counts: one annotated window that `find_times` reads whole, said on an
annotated day or at an interview that is the last word, and one answer whatever country's public
holidays count.
"""

import re
from datetime import date

from model.data import Annotation, Scenario
from model.lexer import Token
from model.times import back_from, express, find_readings
from model.types import Label
from model.workdays import next_workday, workday_on_or_after

COUNTRIES = ("US", "GB", "IE", "IN", "ZA", "CA", "AU")
_UNSURE = re.compile(
    r"\d\s*(?:am|pm|o'clock)|\d[:.]\d\d|noon|lunch|morning|afternoon|\bat\b"  # over within a day
    r"|\b(?:this|today|before)\b",  # of which day's week? up to which day?
    re.IGNORECASE,
)
_NEWER = {"answered", "chase", "time:word", "time:chase"}
"""With a word after the interview the promise may be newer than it."""


def label_by_dates(scenario: Scenario) -> Label | None:
    """The label that the dates force on a `window` row; None where they do not settle it."""
    windows = _annotated(scenario, "time:window")
    today, said = scenario.as_of, _day_of_promise(scenario)
    if scenario.rule != "window" or not today or not said or len(windows) != 1:
        return None
    token = _reading(scenario, windows[0])
    time = token and express(scenario.notes, token, said)
    if (
        not time
        or not time.last
        or time.last < said
        or _UNSURE.search(_around(scenario, windows[0]))
    ):
        return None
    answers = {_answer(time.last, today, country) for country in COUNTRIES}
    return answers.pop() if len(answers) == 1 else None


def _answer(end: date, today: date, country: str) -> Label:
    """Call from the first business day after the window's last, which weekends put off."""
    due = workday_on_or_after(end, country)
    return "call" if today >= next_workday(due, country) else "wait"


def _annotated(scenario: Scenario, label: str) -> list[Annotation]:
    return [cue for cue in scenario.cues if cue.label == label]


def _day_of_promise(scenario: Scenario) -> date | None:
    """The annotated day on which it was said, else the interview date."""
    said = _annotated(scenario, "time:said")
    if not said:
        is_last_word = _NEWER.isdisjoint(cue.label for cue in scenario.cues)
        return scenario.interview_date if is_last_word else None
    token = _reading(scenario, said[0]) if len(said) == 1 else None
    return back_from(token, scenario.as_of) if token and scenario.as_of else None


def _reading(scenario: Scenario, cue: Annotation) -> Token | None:
    """The time expression that is the annotation, no more and no less."""
    for token in find_readings(scenario.notes):
        before = scenario.notes[cue.start : token.start].strip().lower()
        if token.start >= cue.start and token.end == cue.end and before in ("", "on", "in"):
            return token
    return None


def _around(scenario: Scenario, cue: Annotation) -> str:
    return scenario.notes[max(0, cue.start - 5) : cue.end + 12]
