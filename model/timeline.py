"""What each time in a note is about, and the calendar that follows from it.

Times are resolved as the decision guide reads them: a promise counts from the day it was made (the
interview, unless the notes say otherwise), elapsed time from the day of reading; a newer promise
replaces an older one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from model.data import TIME_ROLES
from model.grammar import Reading, Span
from model.lexer import Token
from model.note import Note
from model.times import back_from
from model.types import DatedPhrase, Policy, Timeline
from model.workdays import (
    add_workdays,
    next_workday,
    workday_on_or_after,
    workdays_between,
)

LEAST_SURE = 0.35
"""A time takes a role from this probability on."""

_IF_NOT_HEARD = re.compile(
    r"\b(if|unless|heard|hear|nothing|otherwise|come by|by then)\b", re.IGNORECASE
)


def build_timeline(
    note: Note,
    roles: NDArray[np.float64],
    *,
    as_of: date | None,
    interview_date: date | None,
    default_today: date,
    country: str,
) -> Timeline:
    """The timeline of a note.

    `roles` holds a row of probabilities for each time of the note, a column for each of
    `TIME_ROLES`. Without `as_of` the notes' own words about today count, else `default_today`
    stands in and only distances are known.
    """
    picked = {role: _picked(note.times, roles, role) for role in TIME_ROLES}
    today, known = _today(picked["today"], as_of, default_today)
    interview = _given(interview_date) or _latest(picked["interview"], today)
    last_word = _latest(picked["word"], today)
    promised = _latest(picked["said"], today) or interview or last_word
    scale = _Scale(today, promised, country)
    return Timeline(
        today=today,
        is_today_known=known,
        interview=interview,
        promised=promised,
        window_end=scale.window(picked["window"]),
        over_by=_latest(picked["over"], today),
        hold_from=scale.hold(note, picked["hold"]),
        last_chase=_latest(picked["chase"], today),
        last_word=last_word,
        pressure=_earliest(picked["pressure"], today),
    )


def _picked(times: Sequence[Token], roles: NDArray[np.float64], role: str) -> list[Token]:
    """The times that are about `role`, in the order of the text."""
    column = TIME_ROLES.index(role)
    likely = roles.argmax(axis=1) if len(times) else []
    return [
        token
        for token, best, row in zip(times, likely, roles, strict=True)
        if best == column and row[column] >= LEAST_SURE
    ]


def _given(day: date | None) -> DatedPhrase | None:
    return None if day is None else DatedPhrase(day)


def _today(candidates: list[Token], as_of: date | None, default: date) -> tuple[date, bool]:
    """The day of reading, and whether anything tells it."""
    if as_of is not None:
        return as_of, True
    for token in candidates:
        reading: Reading = token.value
        span = reading.resolve(default + timedelta(days=1), True)
        if reading.form in ("weekday", "calendar", "nth") and span and span[0]:
            return span[0], True
    return default, False


def _phrase(token: Token, day: date) -> DatedPhrase:
    reading: Reading = token.value
    counted = token.kind == "length" or reading.form in _DISTANCES
    return DatedPhrase(day, (token.start, token.end), counted)


_DISTANCES = frozenset({"length", "ago", "today", "relative", "next length", "within", "in length"})


def _latest(tokens: list[Token], today: date) -> DatedPhrase | None:
    """The latest of several past days."""
    found = [_phrase(token, day) for token in tokens if (day := back_from(token, today))]
    return max(found, key=lambda phrase: phrase.day, default=None)


def _earliest(tokens: list[Token], today: date) -> DatedPhrase | None:
    """The earliest of several coming days."""
    spans = [(token, token.value.resolve(today, False)) for token in tokens]
    days = [(token, span[1] or span[0]) for token, span in spans if span]
    found = [_phrase(token, day) for token, day in days if day]
    return min(found, key=lambda phrase: phrase.day, default=None)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where promised times count from: today, the day of the promise, the country's calendar."""

    today: date
    promised: DatedPhrase | None
    country: str

    def window(self, tokens: list[Token]) -> DatedPhrase | None:
        """The last day of the newest promise that can be dated."""
        for token in reversed(tokens):
            first, last = self._ahead(token)
            if last is not None:
                return DatedPhrase(last, (token.start, token.end))
            if first is not None:  # "after the weekend": the first business day after it
                return DatedPhrase(
                    workday_on_or_after(first, self.country), (token.start, token.end)
                )
        return None

    def hold(self, note: Note, tokens: list[Token]) -> DatedPhrase | None:
        """The first day on which calling is welcome: from a day on, or after a window."""
        for token in reversed(tokens):
            first, last = self._ahead(token)
            around = note.text[max(0, token.start - 60) : token.end + 40]
            if last is not None and _IF_NOT_HEARD.search(around):
                return DatedPhrase(next_workday(last, self.country), (token.start, token.end))
            if token.value.form.startswith("before") and last is not None:
                last += timedelta(days=1)  # "not before the 14th": from the 14th
            day = last if token.kind == "length" or first is None else first
            if day is not None:
                return DatedPhrase(day, (token.start, token.end))
        return None

    def _ahead(self, token: Token) -> Span:
        """The days that a promised time means; none where they cannot be dated.

        Without the day of the promise a calendar date is the nearest one, and a weekday or a
        length cannot be dated.
        """
        reading: Reading = token.value
        if self.promised is not None:
            return reading.resolve(self.promised.day, False) or (None, None)
        if any(form in reading.form for form in ("calendar", "nth", "holiday")):
            return _nearest(reading, self.today)
        if reading.form in ("ago", "offset"):
            return reading.resolve(self.today, False) or (None, None)
        return None, None


def _nearest(reading: Reading, today: date) -> Span:
    """The past or the coming one of two days, whichever is nearer."""
    spans = [span for past in (True, False) if (span := reading.resolve(today, past))]
    near = [(abs(end - today), span) for span in spans if (end := span[1] or span[0])]
    return min(near, key=lambda each: each[0], default=(None, (None, None)))[1]


def window_over_from(timeline: Timeline, policy: Policy) -> date | None:
    """The first day on which the reply window is over and the grace is up."""
    if timeline.window_end is None:
        return None
    return add_workdays(timeline.window_end.day, 1 + policy.grace, policy.country)


def quiet_days(timeline: Timeline) -> int | None:
    """Business days since the employer's last word, or since the interview; None if untold."""
    known = [each.day for each in (timeline.interview, timeline.last_word) if each is not None]
    return workdays_between(max(known), timeline.today) if known else None


def chase_days(timeline: Timeline) -> int | None:
    """Business days since the candidate's latest contact; None if untold."""
    chase = timeline.last_chase
    return None if chase is None else workdays_between(chase.day, timeline.today)
