"""How something is said: quoted, reported, on a condition, of a time before, lasting, repeated.

The words are data: `patterns/speech.toml`.
"""

import re
import tomllib
from functools import cache

from model.rule_data import PATTERNS

SPEECH_FILE = PATTERNS / "speech.toml"
SEVERAL = 2
"""How often at least something was done that is told as repeated ("a few times")."""
QUOTED, LEAD, SENTENCE = 120, 80, 200
"""Characters before a phrase in which its quotation begins; in which "said" or "if" leads to it;
from a phrase on, in which its sentence ends."""
_STOPS = re.compile(r"[.!?\n]")
_OPENS = re.compile(r"""(?:\A|(?<=[\s(:]))['"‘“](?=\w)""")
_POINTS = re.compile(r"(?:\A|[.!?\n]\s*)that\s+\Z", re.IGNORECASE)
_CLOSES = re.compile(r"""(?<=[\w.,!?])['"’”](?=[\s.,!?;:)]|\Z)""")
_REGULAR = r"(?!<none>\b)\w+<endings>"
_SHAPES = {
    # in a piece of the notes
    "back": r"\b<words>\b",
    "earlier": r"\b<words>\b",
    "elsewhere": r"\b<declined> (?:[\w'’-]+ ){0,2}<another>\b"
    r"|\b<another> <job>\b(?:(?: [\w'’-]+){0,3} <gone>|[^.!?\n]{0,60}\b<declined_it>)\b",
    "lasting": r"\b(?:<words>|<again>)\b",
    "left": r"\b<words>\b",
    "pluperfect": rf"\bhad (?:<between> )?(?:{_REGULAR}|<participles>|<also_stems>)\b"
    rf"|\w['’]d (?:<between> )?(?:{_REGULAR}|<participles>)\b",
    "reached": r"\b<words>\b",
    "repeated": r"\b(?:<words>|(?:<counts>|\d+) (?:[\w-]+ )?<things>"
    r"|<done>(?: (?!<ahead>\b)[\w-]+){0,2} again"
    r"|<done>\b(?:(?!\b<ahead>\b)[^.!?]){0,40}\band again)\b",
    "unreached": r"\b<words>\b",
    # up to the beginning of a phrase
    "addressed": r"\b<words>\b[^.!?\n]*\Z",
    "denied": r"\b<words>\b(?:[ \t]+[\w'’-]+){0,4}\s*\Z",
    "granted": r"\b<words> <to> (?:(?:till?|until) )?\Z",
    "own": r"(?:\b<words>|\w['’]s|\bI(?:['’]ll| will)\b[^.!?;\n]{0,40})\s+\Z",
    "present": r"(?:\b<words>|\w['’]s)\s+(?:(?:till|until) )?\Z",
    "reported": r"(?:\b<words>\b|\w['’](?:d|ll)\b)[^.!?;\n]{0,60}\Z",
    # from the end of a phrase
    "following": r"\s+<words>\b",
    "from_that": r"\s+<words> <that>\b",
    "passing": r"\s+<words>\b",
}
"""How the words of each table of the data stand in the notes; <words> are any of its list."""


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends in a piece of the notes."""
    return bool(_STOPS.search(text, start, end))


def goes_back(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes turns to what was before: "I rang, as they had said a week"."""
    return bool(_pattern("back").search(text, start, end)) or is_pluperfect(text, start, end)


def is_told_next(text: str, start: int, end: int) -> bool:
    """Whether what begins at `end` was said at the contact that ends at `start`: it follows in the
    same sentence, and nothing turns back between them."""
    return start <= end and not (ends_sentence(text, start, end) or goes_back(text, start, end))


def is_earlier_told(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells what was first said: "before that it was the 18th"."""
    return bool(_pattern("earlier").search(text, start, end))


def is_quoted(text: str, start: int) -> bool:
    """Whether what begins at `start` stands in somebody's quoted words."""
    first = max(0, start - QUOTED)
    opened = max((mark.start() for mark in _OPENS.finditer(text, first, start + 1)), default=-1)
    closed = max((mark.start() for mark in _CLOSES.finditer(text, first, start)), default=-1)
    return opened > closed


def is_pointed_at(text: str, start: int) -> bool:
    """Whether what begins at `start` is one told before: "That tomorrow was a week ago"."""
    return _leads_to(_POINTS, text, start)


def is_addressed(text: str, start: int) -> bool:
    """Whether what begins at `start` is told to somebody: "great to meet you yesterday"."""
    return _leads_to(_pattern("addressed"), text, start)


def is_reported(text: str, start: int) -> bool:
    """Whether what begins at `start` stands in what somebody else said it would do."""
    is_told = _leads_to(_pattern("reported"), text, start)
    return is_told and not _leads_to(_pattern("own"), text, start)


def is_condition(text: str, start: int) -> bool:
    """Whether what begins at `start` stands in an "if you have not heard ..."."""
    return _leads_to(_condition(), text, start)


def is_granted(text: str, start: int) -> bool:
    """Whether what begins at `start` is a time to be given: "give us till Friday"."""
    return _leads_to(_pattern("granted"), text, start)


def is_limit(text: str, start: int, end: int) -> bool:
    """Whether a time is one up to which to wait: "by Friday", "if you have not heard on Friday"."""
    return text[start:end].lower().split()[0] == "by" or is_condition(text, start)


def is_passing(text: str, end: int) -> bool:
    """Whether what ends at `end` is told as gone by: "once the 14th has passed"."""
    return bool(_pattern("passing").match(text, end))


def is_following(text: str, end: int) -> bool:
    """Whether what ends at `end` comes after something told: "the Monday after"."""
    return bool(_pattern("following").match(text, end))


def is_from_that(text: str, end: int) -> bool:
    """Whether what ends at `end` counts from something told: "a week from that"."""
    return bool(_pattern("from_that").match(text, end))


def is_pluperfect(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells what had been before something else told there."""
    return bool(_pattern("pluperfect").search(text, start, end))


def is_present(text: str, start: int) -> bool:
    """Whether what begins at `start` is told as it now is: "which is Monday"."""
    return _leads_to(_pattern("present"), text, start)


def is_lasting(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells of a time that is plainly longer than a week."""
    return bool(_pattern("lasting").search(text, start, end))


def is_denied(text: str, start: int) -> bool:
    """Whether a "not" stands shortly before `start`."""
    return _leads_to(_pattern("denied"), text, start)


def is_repeated(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells of something done more than once."""
    return bool(_pattern("repeated").search(text, start, end))


def is_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether a piece of the notes tells, or begins to tell, the outcome at another employer: "I
    declined the other offer", "had another offer but said no to it"; who accepts it is out here."""
    first, last = _start_of_sentence(text, start), _end_of_sentence(text, end)
    found = _pattern("elsewhere").finditer(text, first, last)
    return any(each.start() < end and start < each.end() for each in found)


def is_unreached(text: str, start: int, end: int) -> bool:
    """Whether a contact that a piece of the notes tells of was a ring that reached nobody and left
    nothing (decision guide, `chased`).

    That is told in the same sentence or the next: "I rang them. It rang out."
    """
    last = _end_of_sentence(text, _end_of_sentence(text, end) + 1)
    told = _pattern("unreached").search(text, start, last)
    if told is None or _pattern("left").search(text, start, last):
        return False
    return not _pattern("reached").search(text, start, _end_of_sentence(text, told.end()))


def _start_of_sentence(text: str, start: int) -> int:
    """Where the sentence begins that `start` stands in, or is cut off as too long."""
    first = max(0, start - SENTENCE)
    return max((stop.end() for stop in _STOPS.finditer(text, first, start)), default=first)


def _end_of_sentence(text: str, start: int) -> int:
    """Where a sentence that goes on at `start` ends, or is cut off as too long."""
    stop = _STOPS.search(text, start, start + SENTENCE)
    return stop.start() if stop else min(len(text), start + SENTENCE)


def _leads_to(pattern: re.Pattern[str], text: str, start: int) -> bool:
    """Whether a pattern leads to what begins at `start`."""
    return bool(pattern.search(text, max(0, start - LEAD), start))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return _filled(name, _SHAPES[name])


@cache
def _condition() -> re.Pattern[str]:
    after = "".join(rf"(?<!\b{each} )" for each in _tables()["condition"]["no_acts_after"])
    no_act = rf"(?!{after}(?<!n['’]t )\b<acts>\b)"
    return _filled("condition", rf"\b<words>\b(?:{no_act}[^.!?\n])*\Z")


def _filled(table: str, shape: str) -> re.Pattern[str]:
    """The pattern of a shape, whose <list>s of a table of the data become alternatives."""

    def alternatives(place: re.Match[str]) -> str:
        return f"(?:{'|'.join(_tables()[table][place[1]])})"

    return re.compile(re.sub(r"<(\w+)>", alternatives, shape), re.IGNORECASE)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(SPEECH_FILE.read_text(encoding="utf-8"))
