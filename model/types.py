"""The frozen results that the package hands out. Offsets are in code points of the notes."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from model.dates import Timeline

Label = Literal["call", "wait"]
TimeKind = Literal["date", "period", "duration"]
Channel = Literal["phone", "email", "none"]

LABELS: tuple[Label, Label] = ("call", "wait")
DEFAULT_COUNTRY = "US"
"""Whose public holidays count where nothing else is said; an ISO 3166 code."""


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days that notes can be read on; far enough from the ends of the calendar to count both ways."""


def usable_day(day: date) -> date:
    """The day, of a time too; `ValueError` where it lies outside `FIRST_DAY` to `LAST_DAY`."""
    if isinstance(day, datetime):
        day = day.date()
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day.isoformat()} is not within {FIRST_DAY} to {LAST_DAY}")
    return day


def parse_day(text: str) -> date:
    """The day of an ISO date or time; `ValueError` for anything else, and as `usable_day`."""
    return usable_day(datetime.fromisoformat(text.strip()))


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One temporal expression: `text` is `notes[start:end]`.

    `first` and `last` are dates, both inclusive; None is an open side ("by Friday" has no first
    day). `days` is the length of a duration, business days counted as such; None otherwise.
    """

    start: int
    end: int
    text: str
    kind: TimeKind
    first: date | None
    last: date | None
    days: float | None = None


LEAST = {"silence": 0, "grace": 0, "lapse": 0, "rest": 0, "chases": 1}
"""The policy's numbers, each with the least it may be: none is too many only after a contact."""
MOST = 365
"""The most that each of them may be."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The decision guide's numbers. They act on the timeline: changing them needs no retraining.

    `silence`: business days without a word, where no time was named, after which to call.
    `grace`: business days to leave after a named time is over.
    `lapse`: business days after which a pending formal step no longer holds the candidate back.
    `rest`: business days that an unanswered contact rests before another.
    `chases`: unanswered contacts after which there is no further one.
    `country`: whose public holidays count, an ISO 3166 code.
    """

    silence: int = 5
    grace: int = 0
    lapse: int = 10
    rest: int = 5
    chases: int = 2
    country: str = DEFAULT_COUNTRY

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        for name, least in LEAST.items():
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
                raise ValueError(
                    f"policy: {name} must be a whole number of {least} to {MOST}, got {value!r}"
                )
        if not (isinstance(self.country, str) and re.fullmatch("[A-Z]{2}", self.country)):
            raise ValueError(
                f"policy: country must be two capitals, such as US, got {self.country!r}"
            )
        if self.country != DEFAULT_COUNTRY:
            from holidays.registry import COUNTRIES  # heavy: not for the default

            if not any(self.country in codes for codes in COUNTRIES.values()):
                raise ValueError(
                    f"policy: the holidays of {self.country} are not known; name another"
                )


@dataclass(frozen=True, slots=True)
class Evidence:
    """A phrase that bore on the decision: `text` is `notes[start:end]`.

    `cue`: what it says, a label of `CUE_LABELS`, or one of `FACTS` where the calendar speaks.
    `weight`: what it adds to the log-odds of "call" in the uncalibrated score (negative: it speaks
    for waiting).
    """

    start: int
    end: int
    text: str
    cue: str
    weight: float


@dataclass(frozen=True, slots=True)
class Advice:
    """The decision on one note, why, and what to do.

    `decision`: "call" or "wait". `call_probability`: 0..1, calibrated. `confident`: False where
    there is too little to go on, or the probability is near even. `is_english`: False where too few
    of the words are known; it is not confident then. `evidence`: the phrases that bore on it, in
    the order of the notes; their weights, `other_weight` (all that rests on no phrase) and
    `intercept` add up to `log_odds`, the uncalibrated score towards "call". `window_end`: last day
    of the reply window. `days_since_interview`: calendar days since the latest interview. Both are
    None where unknown. `call_from`: first day on which calling is right as far as the notes tell;
    None where they tell none. `reason`: the cue that weighed most of those that together speak most
    for the decision; empty where nothing weighed enough to name. `next_step`: what to do now, in
    words with its day. `channel`: "phone", "email" or "none". `message`: a short draft for the call
    or mail; empty where there is nothing to send. `timeline`: the days that all of it rests on.
    """

    decision: Label
    call_probability: float
    confident: bool
    is_english: bool
    evidence: tuple[Evidence, ...]
    other_weight: float
    intercept: float
    log_odds: float
    window_end: date | None
    days_since_interview: int | None
    call_from: date | None
    reason: str
    next_step: str
    channel: Channel
    message: str
    timeline: Timeline
