"""Words of temporal expressions: text in, tokens out, each with the class the grammar knows it by.

Most of a text is far from any time: a quick pass finds the stretches that can hold one, and only
they are read closely. Both passes are linear. The words are data (`patterns/time_words.toml`); here
are only the shapes that a list cannot hold: digits, numeric dates, ordinals, and the words that are
months or weekdays in one place and plain English in another ("may", "sat").
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from model.text import lower

WORDS_FILE = Path(__file__).parent / "patterns" / "time_words.toml"

PUNCTUATION = {
    ",": "comma", "-": "dash", "–": "dash", "—": "dash", "/": "slash", ".": "dot",
    "(": "open", ")": "close", "+": "plus", "&": "and", "~": "about",
}  # fmt: skip
AMBIGUOUS = frozenset({"may", "march", "mar", "sat", "sun", "mon", "second", "wed"})
"""Months, weekdays and units only where the neighbours say so."""

_ANNOUNCES = frozenset({"in", "by", "from", "edge", "next", "last", "this", "to", "nth", "number"})
_RATES = re.compile(r"\b(times|once|twice|hours|hrs|hour|days|nights|shifts|grand|[\d.,]+k?|per) $")


class Token(NamedTuple):
    """A word or sign, its class, and what it means (a number, a weekday, a unit ...)."""

    kind: str
    value: Any
    start: int
    end: int


@cache
def lexicon() -> dict[str, tuple[str, Any]]:
    """Every known word with its class and value."""
    tables = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return {word: (kind, value) for kind, words in tables.items() for word, value in words.items()}


@cache
def _scanner() -> re.Pattern[str]:
    """One pattern for all tokens of lower-case text; phrases of several words come first."""
    phrases = sorted((word for word in lexicon() if " " in word), key=len, reverse=True)
    return re.compile(
        "|".join(
            (
                r"(?P<code>\d*[a-z]++\d[\w-]*\d|\d+(?:[-.]\d+){3,}|\d{3,}-\d\d-\d{4}|\d{3,4}-\d{4}-\d{4})",
                r"(?P<iso>\d{4}[-/]\d{1,2}[-/]\d{1,2})(?![\d-])",
                r"(?P<numeric>\d{1,2}(?:/\d{1,2}(?:[/,]\d{4}|[/,]\d\d)?|\.\d{1,2}\.(?:\d{4}|\d\d)?|-\d{1,2}-(?:\d{4}|\d\d)))(?![\d/.-]*\d)",
                r"(?P<yearmonth>\d{4} ?[-/] ?\d{1,2}|\d{1,2} -\d{4})(?!\d)",
                r"(?P<nth>\d{1,2}(?:st|nd|rd|th))\b",
                r"(?P<clock>\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)\b|\d{1,2}:\d\d)",
                r"(?P<number>\d+(?:\.\d+)?)",
                rf"\b(?P<phrase>{'|'.join(map(re.escape, phrases))})\b",
                r"(?P<word>[^\W\d_]+(?:['’]s\b)?)",
                r"(?P<sign>[,\-–—/.()+&~])",
                r"(?P<stop>[^\w\s])",
            )
        )
    )


_ROUGH = re.compile(r"[^\W\d_]+|\d+|\s+|[^\w\s]|_")
_TIME_KINDS = frozenset({"unit", "weekday", "month", "relative", "holiday", "part", "ordinal"})
_JOINS = frozenset("'’")
_ENDINGS = frozenset({"st", "nd", "rd", "th", "am", "pm"})


@cache
def _time_words() -> frozenset[str]:
    """The words without which no expression without digits can stand."""
    return frozenset(word for word, (kind, _) in lexicon().items() if kind in _TIME_KINDS)


@cache
def _known_words() -> frozenset[str]:
    """The words that a stretch goes on through."""
    return _ENDINGS.union(part for word in lexicon() for part in re.split("[ ']", word))


@cache
def _phrase_starts() -> frozenset[str]:
    """The first words of phrases of several words."""
    return frozenset(re.split("[ ']", word)[0] for word in lexicon() if " " in word)


def _stretches(words: list[str]) -> Iterator[tuple[int, int]]:
    """First and last (not included) of the words of each piece that can hold times, in order."""
    times = _time_words()
    last = 0
    for mark in [i for i, word in enumerate(words) if word in times or word.isdecimal()]:
        if mark >= last:
            first = max(_walk(words, mark, -1) + 1, last)
            last = _walk(words, mark, 1)
            yield first, last


def _walk(words: list[str], at: int, step: int) -> int:
    """The blank, or the end, beyond the time at `at` and the first unknown word: its neighbour."""
    known = _known_words()
    while 0 <= at < len(words) and (not words[at].isalpha() or words[at] in known):
        at += step
    while 0 <= at < len(words) and not words[at].isspace():
        at += step
    return at


def tokenize(text: str) -> list[Token]:
    """The tokens of the stretches of `text` that can hold times, in order.

    White space is skipped; words without a bearing on time have the class `other`.
    """
    small = lower(text)
    words = _ROUGH.findall(small)
    starts = list(accumulate(map(len, words), initial=0))
    tokens: list[Token] = []
    at = 0
    for first, last in _stretches(words):
        for index in range(first, last):
            if starts[index] < at or words[index].isspace():
                continue
            if token := _token(small, words, starts, index, starts[last]):
                tokens.append(token)
                at = token.end
    return _settle_ambiguous(text, tokens)


def _token(text: str, words: list[str], starts: list[int], index: int, stop: int) -> Token | None:
    """The token that begins with a rough word: the word alone, or what the scanner reads."""
    word, start, end = words[index], starts[index], starts[index + 1]
    following = words[index + 1] if end < len(text) else " "
    is_joined = following in _JOINS or following.isdecimal()
    if word.isalpha() and word not in _phrase_starts() and not is_joined:
        return Token(*_classify_word(word, text, start), start, end)
    match = _scanner().match(text, start, stop)
    if match is None:  # an underscore
        return None
    kind, value = _classify(str(match.lastgroup), match[0], text, start)
    return Token(kind, value, start, match.end())


def _classify(shape: str, word: str, text: str, start: int) -> tuple[str, Any]:
    """The class and value of one token."""
    if shape in ("word", "phrase"):
        return _classify_word(word.replace("’", "'"), text, start)
    if shape == "sign":
        return PUNCTUATION[word], None
    if shape == "nth":
        return "nth", int(word[:-2])
    if shape == "number":
        number = float(word)
        if 1900 <= number < 2100 and "." not in word:
            return "year", int(number)
        return ("number", number) if number < 400 else ("other", None)
    if shape in ("iso", "numeric", "yearmonth"):
        return shape, (*map(int, re.findall(r"\d+", word)), word)
    return "other", None


def _classify_word(word: str, text: str, start: int) -> tuple[str, Any]:
    """The class and value of a word, looked up without a possessive 's."""
    known = lexicon().get(word) or lexicon().get(word.removesuffix("'s"))
    if known is None:
        return "other", None
    if known[0] == "a" and _RATES.search(text[max(0, start - 12) : start]):
        return "other", None  # "three shifts a week" is a rate, no length of time
    return known


def _settle_ambiguous(text: str, tokens: list[Token]) -> list[Token]:
    """Turn "may", "sat" and the like into plain words where nothing makes them a date."""
    for index, token in enumerate(tokens):
        word = text[token.start : token.end].lower()
        if word in AMBIGUOUS and not _is_temporal(text, tokens, index):
            tokens[index] = Token("other", None, token.start, token.end)
    return tokens


def _is_temporal(text: str, tokens: list[Token], index: int) -> bool:
    """Whether the neighbours of an ambiguous word make it a month, weekday or unit."""
    token = tokens[index]
    word = text[token.start : token.end]
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    after_kind = after.kind if after else ""
    if after_kind in {"number", "nth", "year", "part", "ordinal"}:
        return True
    if before is not None and (before.kind in _ANNOUNCES or _is_on(text, before)):
        return (
            word.lower() != "may" or before.kind not in {"this", "number"} or _digit(text, before)
        )
    if word.lower() in ("mon", "wed"):
        return word[0].isupper() or after_kind in {
            "",
            "dot",
            "comma",
            "dash",
            "close",
            "stop",
        }
    if word.lower() in ("sat", "sun"):
        inside = before is not None and before.kind not in {"dot", "stop", "dash"}
        ends = after_kind in {"", "dot", "comma", "close", "slash", "dash", "and"}
        return (word[0].isupper() and inside) or (ends and _not_the(text, before))
    return word[0].isupper() and word.lower() == "march" and before is not None


def _is_on(text: str, token: Token) -> bool:
    return text[token.start : token.end].lower() in {"on", "of", "until", "since"}


def _digit(text: str, token: Token) -> bool:
    return text[token.start].isdigit()


def _not_the(text: str, token: Token | None) -> bool:
    return token is None or text[token.start : token.end].lower() not in {
        "the",
        "a",
        "i",
        "we",
    }
