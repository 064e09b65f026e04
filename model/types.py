"""The frozen results that the package hands out. Offsets are in code points of the notes."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Label = Literal["call", "wait"]
TimeKind = Literal["date", "period", "duration"]

LABELS: tuple[Label, Label] = ("call", "wait")


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
