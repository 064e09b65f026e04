"""How something is said: quoted, reported, on a condition, of a time before, lasting, repeated.

The words are data: `patterns/speech.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from model.rule_data import PATTERNS

SPEECH_FILE = PATTERNS / "speech.toml"
SEVERAL = 2
"""How often at least something was done that is told as repeated ("a few times")."""
QUOTED, LEAD = 120, 80
"""Characters before a phrase in which its quotation begins; in which "said" or "if" leads to it."""
_STOPS = re.compile(r"[.!?\n]")
_OPENS = re.compile(r"""(?:\A|(?<=[\s(:]))['"‘“](?=\w)""")
_POINTS = re.compile(r"(?:\A|[.!?\n]\s*)that\s+\Z", re.IGNORECASE)
_CLOSES = re.compile(r"""(?<=[\w.,!?])['"’”](?=[\s.,!?;:)]|\Z)""")


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends in a piece of the notes."""
    return bool(_STOPS.search(text, start, end))


def goes_back(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes turns to what was before: "I rang, as they had said a week"."""
    return bool(_back().search(text, start, end)) or is_pluperfect(text, start, end)


def is_told_next(text: str, start: int, end: int) -> bool:
    """Whether what begins at `end` was said at the contact that ends at `start`: it follows in the
    same sentence, and nothing turns back between them."""
    return start <= end and not (ends_sentence(text, start, end) or goes_back(text, start, end))


def is_earlier_told(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells what was first said: "before that it was the 18th"."""
    return bool(_earlier().search(text, start, end))


def is_quoted(text: str, start: int) -> bool:
    """Whether what begins at `start` stands in somebody's quoted words."""
    first = max(0, start - QUOTED)
    opened = max((mark.start() for mark in _OPENS.finditer(text, first, start + 1)), default=-1)
    closed = max((mark.start() for mark in _CLOSES.finditer(text, first, start)), default=-1)
    return opened > closed


def is_pointed_at(text: str, start: int) -> bool:
    """Whether what begins at `start` is one told before: "That tomorrow was a week ago"."""
    return bool(_POINTS.search(text, max(0, start - LEAD), start))


def is_reported(text: str, start: int) -> bool:
    """Whether what begins at `start` stands in what somebody else said it would do."""
    before = text[max(0, start - LEAD) : start]
    return bool(_reported().search(before)) and not _own().search(before)


def is_condition(text: str, start: int) -> bool:
    """Whether what begins at `start` stands in an "if you have not heard ..."."""
    return bool(_condition().search(text, max(0, start - LEAD), start))


def is_granted(text: str, start: int) -> bool:
    """Whether what begins at `start` is a time to be given: "give us till Friday"."""
    return bool(_granted().search(text, max(0, start - LEAD), start))


def is_passing(text: str, end: int) -> bool:
    """Whether what ends at `end` is told as gone by: "once the 14th has passed"."""
    return bool(_passing().match(text, end))


def is_following(text: str, end: int) -> bool:
    """Whether what ends at `end` comes after something told: "the Monday after"."""
    return bool(_following().match(text, end))


def is_from_that(text: str, end: int) -> bool:
    """Whether what ends at `end` counts from something told: "a week from that"."""
    return bool(_from_that().match(text, end))


def is_pluperfect(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells what had been before something else told there."""
    return bool(_pluperfect().search(text, start, end))


def is_present(text: str, start: int) -> bool:
    """Whether what begins at `start` is told as it now is: "which is Monday"."""
    return bool(_present().search(text, max(0, start - LEAD), start))


def is_lasting(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells of a time that is plainly longer than a week."""
    return bool(_lasting().search(text, start, end))


def is_denied(text: str, start: int) -> bool:
    """Whether a "not" stands shortly before `start`."""
    return bool(_denied().search(text, max(0, start - LEAD), start))


def is_repeated(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells of something done more than once."""
    return bool(_repeated().search(text, start, end))


@cache
def _reported() -> re.Pattern[str]:
    words = _words("reported")
    return re.compile(rf"(?:\b(?:{words})\b|\w['’](?:d|ll)\b)[^.!?;\n]{{0,60}}\Z", re.IGNORECASE)


@cache
def _own() -> re.Pattern[str]:
    words = _words("own")
    return re.compile(
        rf"(?:\b(?:{words})|\w['’]s|\bI(?:['’]ll| will)\b[^.!?;\n]{{0,40}})\s+\Z", re.IGNORECASE
    )


@cache
def _condition() -> re.Pattern[str]:
    words, acts = _each("condition", "words", "acts")
    behind = "".join(rf"(?<!\b{each} )" for each in _tables()["condition"]["no_acts_after"])
    inside = rf"(?:(?!{behind}(?<!n['’]t )\b(?:{acts})\b)[^.!?\n])*"
    return re.compile(rf"\b(?:{words})\b{inside}\Z", re.IGNORECASE)


@cache
def _back() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('back')})\b", re.IGNORECASE)


@cache
def _granted() -> re.Pattern[str]:
    words, to = _each("granted", "words", "to")
    return re.compile(rf"\b(?:{words}) (?:{to}) (?:(?:till?|until) )?\Z", re.IGNORECASE)


@cache
def _earlier() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('earlier')})\b", re.IGNORECASE)


@cache
def _passing() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_words('passing')})\b", re.IGNORECASE)


@cache
def _following() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_words('following')})\b", re.IGNORECASE)


@cache
def _from_that() -> re.Pattern[str]:
    words, that = _each("from_that", "words", "that")
    return re.compile(rf"\s+(?:{words}) (?:{that})\b", re.IGNORECASE)


@cache
def _pluperfect() -> re.Pattern[str]:
    between, participles, endings, stems, none = _each(
        "pluperfect", "between", "participles", "endings", "also_stems", "none"
    )
    regular = rf"(?!(?:{none})\b)\w+(?:{endings})"
    had = rf"\bhad (?:(?:{between}) )?(?:{regular}|{participles}|{stems})\b"
    short = rf"\w['’]d (?:(?:{between}) )?(?:{regular}|{participles})\b"
    return re.compile(f"{had}|{short}", re.IGNORECASE)


@cache
def _present() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:{_words('present')})|\w['’]s)\s+(?:(?:till|until) )?\Z", re.IGNORECASE
    )


@cache
def _lasting() -> re.Pattern[str]:
    words, again = _each("lasting", "words", "again")
    return re.compile(rf"\b(?:{words}|{again})\b", re.IGNORECASE)


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('denied')})\b(?:[ \t]+[\w'’-]+){{0,4}}\s*\Z", re.IGNORECASE)


@cache
def _repeated() -> re.Pattern[str]:
    words, counts, things, done, ahead = _each(
        "repeated", "words", "counts", "things", "done", "ahead"
    )
    counted = rf"(?:{counts}|\d+) (?:[\w-]+ )?(?:{things})"
    soon = rf"(?: (?!(?:{ahead})\b)[\w-]+){{0,2}}"
    later = rf"\b(?:(?!\b(?:{ahead})\b)[^.!?]){{0,40}}\band"
    again = rf"(?:{done})(?:{soon}|{later}) again"
    return re.compile(rf"\b(?:{words}|{counted}|{again})\b", re.IGNORECASE)


def _words(table: str) -> str:
    """The words of a table of the data, as alternatives of a pattern."""
    return next(_each(table, "words"))


def _each(table: str, *names: str) -> Iterator[str]:
    """Each of some lists of a table, as alternatives of a pattern."""
    return ("|".join(_tables()[table][name]) for name in names)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(SPEECH_FILE.read_text(encoding="utf-8"))
