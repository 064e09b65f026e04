"""The words of the grammar of time: their classes, and what makes an ambiguous one a time.

The words are data: `patterns/time_words.toml` and `patterns/time_neighbours.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from model.rule_data import PATTERNS

WORDS_FILE = PATTERNS / "time_words.toml"
NEIGHBOURS_FILE = PATTERNS / "time_neighbours.toml"

_TIME_KINDS = frozenset(
    ("unit", "hours", "minutes", "weekday", "weekdays", "month", "relative", "closing", "weekof",
     "holiday", "midweek", "part", "noon", "ordinal", "number", "half",
     "quarter", "oclock", "then", "that")
)  # fmt: skip
_BESIDE_DIGITS = frozenset({"st", "nd", "rd", "th", "am", "pm", "p", "m", "q"})


class Plural(str):
    """A unit that stands in the plural: "weeks", "wks"."""

    __slots__ = ()


class Coming(int):
    """A "next" that means the nearest one: "the coming Friday"."""

    __slots__ = ()


def is_single(unit: object, *units: str) -> bool:
    """Whether a unit is one of these, and does not stand in the plural."""
    return unit in units and not isinstance(unit, Plural)


def is_coming(word: object) -> bool:
    """Whether a word like "next" is one like "coming"."""
    return isinstance(word, Coming)


def is_in_digits(number: float) -> bool:
    """Whether a number was written in digits: those are floats, number words are not."""
    return isinstance(number, float)


@cache
def lexicon() -> dict[str, tuple[str, Any]]:
    """Every known word with its class and value."""
    tables = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return {
        word: (kind, _value(kind, word, value))
        for kind, words in tables.items()
        for word, value in words.items()
    }


def _value(kind: str, word: str, value: Any) -> Any:
    """The value of a word, told apart from its like where the grammar asks which one it is."""
    if kind == "unit" and word.endswith("s"):
        return Plural(value)
    return Coming(1) if kind == "next" and value == "coming" else value


@cache
def time_words() -> frozenset[str]:
    """The words without which no expression without digits can stand."""
    words = [word for word, (kind, _) in lexicon().items() if kind in _TIME_KINDS]
    parted = [word for word in words if word not in together()]
    return frozenset(words).union(max(re.split(r"\W", word), key=len) for word in parted)


@cache
def known_words() -> frozenset[str]:
    """The words that a stretch goes on through."""
    return _BESIDE_DIGITS.union(part for word in lexicon() for part in re.split(r"\W", word))


@cache
def phrase_starts() -> frozenset[str]:
    """The first words of phrases of several words."""
    parted = [word for word in lexicon() if not word.isalpha() and word not in together()]
    return frozenset(re.split(r"\W", word)[0] for word in parted)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What makes an ambiguous word a time: a row of `time_neighbours.toml`."""

    before: frozenset[str]
    not_before: frozenset[str]
    after: frozenset[str]
    not_after: frozenset[str]
    capital: bool

    def allow(self, word: str, before: frozenset[str], after: frozenset[str]) -> bool:
        """Whether `word` is a time between neighbours of these names."""
        return (
            (not self.before or not self.before.isdisjoint(before))
            and self.not_before.isdisjoint(before)
            and (not self.after or not self.after.isdisjoint(after))
            and self.not_after.isdisjoint(after)
            and (not self.capital or word[0].isupper())
        )


@cache
def _neighbours_table() -> dict[str, Any]:
    return tomllib.loads(NEIGHBOURS_FILE.read_text(encoding="utf-8"))


def amount_words(place: str) -> str:
    """The words that make an amount of what they stand beside, as alternatives of a pattern."""
    words: str = _neighbours_table()["amounts"][place]
    return "|".join(words.split())


@cache
def together() -> tuple[str, ...]:
    """The phrases of everyday words that are read as one word."""
    phrases: str = _neighbours_table()["together"]["phrases"]
    return tuple(phrases.split("|"))


@cache
def ambiguous() -> dict[str, list[Neighbours]]:
    """The rows of each ambiguous word."""
    rows = _neighbours_table()["times"]
    named: dict[str, list[Neighbours]] = {}
    for row in rows:
        before, not_before, after, not_after = (
            frozenset(row.get(key, "").split())
            for key in ("before", "not_before", "after", "not_after")
        )
        found = Neighbours(before, not_before, after, not_after, row.get("capital", False))
        for word in row["words"].split():
            named.setdefault(word, []).append(found)
    return named
