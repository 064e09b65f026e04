"""A note as it is read before anything learned looks at it: its clauses and time expressions."""

from dataclasses import dataclass
from datetime import date

from model.language import Clause, normalise, read_clauses
from model.lexer import Token
from model.times import find_readings


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a note, its clauses in order, and its time expressions before any anchor."""

    text: str
    clauses: tuple[Clause, ...]
    times: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A note as it is to be judged: with the day of reading and of the interview, if known.

    `clock`: the day to judge it on, where that is not the day on which it is read; the times in it
    stay what they are on the day of reading.
    """

    note: Note
    as_of: date | None = None
    interview_date: date | None = None
    clock: date | None = None


def read_note(text: str) -> Note:
    """Read a note; any string will do, offsets are into `text`."""
    return Note(text, read_clauses(text), tuple(find_readings(normalise(text))))
