"""A note as it is read before anything learned looks at it: its clauses and time expressions."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from model.reading.language import Clause, read_clauses
from model.text import normalise
from model.times import find_readings
from model.times.spans import Time

MOST_TIMES = 300
"""Time expressions that are weighed, the last ones of a note: each is put against the others."""
UNDATED = date(2026, 6, 10)
"""Stands for today where no day is given: a Wednesday with no holiday near it, so that no distance
falls on a day off by chance."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[?!:\"()]")


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a note, its clauses in order, and its time expressions before any anchor.

    `words`: the words of each clause, in lower case, a time expression as one word of its form.
    """

    text: str
    clauses: tuple[Clause, ...]
    times: tuple[Time, ...]
    words: tuple[tuple[str, ...], ...]

    def clause_from(self, place: int) -> int:
        """The index of the first clause that ends after an offset; their number where none does."""
        return bisect_right(self.clauses, place, key=attrgetter("end"))

    def clause_at(self, place: int) -> int | None:
        """The index of the clause that an offset lies in; None between clauses."""
        index = self.clause_from(place)
        is_inside = index < len(self.clauses) and self.clauses[index].start <= place
        return index if is_inside else None


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
    clauses = read_clauses(text)
    times = tuple(find_readings(text)[-MOST_TIMES:])
    plain = normalise(text)
    words = (words_between(plain, times, clause.start, clause.end) for clause in clauses)
    return Note(text, clauses, times, tuple(map(tuple, words)))


def words_between(text: str, times: tuple[Time, ...], start: int, end: int) -> list[str]:
    """Lower-case words of plain text, each time that begins from `start` to `end` as its form."""
    first = bisect_right(times, start, key=attrgetter("end"))
    last = bisect_left(times, end, key=attrgetter("start"))
    words: list[str] = []
    at = start
    for time in times[first:last]:
        if time.start >= start:
            words += _split(text[at : time.start])
            words.append(f"<{time.reading.form}>")
        at = time.end  # a comma may stand inside
    return words + _split(text[at:end])


def _split(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return ["#" if word.isdigit() else word for word in words]
