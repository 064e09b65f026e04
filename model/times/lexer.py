"""Words of temporal expressions: text in, tokens out, each with the class the grammar knows it by.

Most of a text is far from any time: a quick pass finds the stretches that can hold one, and only
they are read closely. Both passes are linear. The words are in `lexicon.py`; here are only the
shapes that a list cannot hold: digits, numeric dates, ordinals, hours.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, zip_longest
from typing import Any, NamedTuple

from model.text import lower
from model.times.lexicon import (
    ambiguous,
    amount_words,
    known_words,
    lexicon,
    phrase_starts,
    time_words,
    together,
)

PUNCTUATION = {
    ",": "comma", "-": "dash", "–": "dash", "—": "dash", "/": "slash", ".": "dot",
    "(": "open", ")": "close", "+": "plus", "&": "and", "~": "about", "%": "per",
}  # fmt: skip


class Token(NamedTuple):
    """A word or sign, its class, and what it means (a number, a weekday, a unit ...)."""

    kind: str
    value: Any
    start: int
    end: int


ALWAYS = "24/7"
"""Looks like a date, and is none."""


class Numeric(NamedTuple):
    """A date in digits: its two or three numbers, how they are written, and which comes first.

    `day_first` is None where neither the numbers nor the other dates of the text tell.
    """

    parts: tuple[int, ...]
    word: str
    day_first: bool | None = None


@cache
def _rates() -> re.Pattern[str]:
    """What stands before the "a" of a rate."""
    return re.compile(rf"\b({amount_words('before_a')}|\d[\d.,]*k?) $")


@cache
def _scanner() -> re.Pattern[str]:
    """One pattern for all tokens of lower-case text; phrases of several words come first."""
    measures = amount_words("after_number")
    phrases = sorted((word for word in lexicon() if not word.isalpha()), key=len, reverse=True)
    return re.compile(
        "|".join(
            (
                r"(?P<clock>\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m\b|[ap]\.m\b\.?)|\d{1,2}:\d\d"
                r"|(?:[01]\d|2[0-3])h[0-5]\d\b|(?<![£$€#\w.])(?<![£$€] )(?:[01]?\d|2[0-3])\.[0-5]\d"
                rf"(?![\d.%k/]|,\d| ?(?:{measures})\b))",
                r"(?P<yearquarter>\bq[1-4])\b",
                r"(?P<code>\d*[a-z]++\d[\w-]*\d|\d+(?:[-.]\d+){3,}|\d{3,}-\d\d-\d{4}|\d{3,4}-\d{4}-\d{4})",
                r"(?P<iso>\d{4}[-/]\d{1,2}[-/]\d{1,2})(?![\d-])",
                r"(?P<numeric>\d{1,2}(?:/\d{1,2}(?:[/,]\d{4}|[/,]\d\d)?|\.\d{1,2}\.(?:\d{4}|\d\d)?|-\d{1,2}-(?:\d{4}|\d\d)))(?![\d/.-]*\d)",
                r"(?P<yearmonth>\d{4} ?[-/] ?\d{1,2}|\d{1,2} -\d{4})(?!\d)",
                r"(?P<nth>\d{1,2}(?:st|nd|rd|th))\b",
                r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+|½)?)",
                rf"\b(?P<phrase>{'|'.join(map(re.escape, phrases))})\b",
                r"(?P<word>[^\W\d_]+(?:'s\b)?)",
                r"(?P<stop>[^\w\s])",
            )
        )
    )


@cache
def _rough() -> re.Pattern[str]:
    """Words, numbers, blanks and signs; "workdays" are work days."""
    phrases = "|".join(map(re.escape, together()))
    return re.compile(rf"(?:{phrases})\b|work(?=days?\b)|[^\W\d_]+|\d+|\s+|[^\w\s]|_")


_BULLET = re.compile(r"[-*•–—·>]\s|\d{1,2}[.)]\s")


def _stretches(words: list[str]) -> Iterator[tuple[int, int]]:
    """First and last (not included) of the words of each piece that can hold times, in order."""
    times = time_words()
    last = 0
    for mark in [i for i, word in enumerate(words) if word in times or word.isdecimal()]:
        if mark >= last:
            first = max(_walk(words, mark, -1) + 1, last)
            last = _walk(words, mark, 1)
            yield first, last


def _walk(words: list[str], at: int, step: int) -> int:
    """Index of the blank, or the end, beyond the first unknown word from `at` on.

    That word is kept as a neighbour of the time at `at`.
    """
    known = known_words()
    while 0 <= at < len(words) and (not words[at].isalpha() or words[at] in known):
        at += step
    while 0 <= at < len(words) and not words[at].isspace():
        at += step
    return at


def tokenize(text: str) -> list[Token]:
    """The tokens of the stretches of `text` that can hold times, in order.

    White space is skipped, but a blank line and a line end before a bullet are a `stop`; words
    without a bearing on time have the class `other`.
    """
    small = lower(text)
    words = _rough().findall(small)
    starts = list(accumulate(map(len, words), initial=0))
    tokens: list[Token] = []
    at = 0
    for first, last in _stretches(words):
        for index in range(first, last):
            if starts[index] < at:
                continue
            if words[index].isspace():
                if "\n" in words[index] and _is_break(small, words[index], starts[index + 1]):
                    tokens.append(Token("stop", None, starts[index], starts[index + 1]))
            elif token := _token(small, words, starts, index, starts[last]):
                tokens.append(token)
                at = token.end
    return _settle_order(_settle_ambiguous(text, _settle_years(text, tokens)))


def _is_break(text: str, space: str, end: int) -> bool:
    """Whether an expression cannot go on after a line end: before a blank line or a bullet."""
    return space.count("\n") > 1 or _BULLET.match(text, end) is not None


def _token(text: str, words: list[str], starts: list[int], index: int, stop: int) -> Token | None:
    """The token that begins with a rough word: it alone, or what the scanner reads."""
    word, start, end = words[index], starts[index], starts[index + 1]
    if word in PUNCTUATION:
        return Token(PUNCTUATION[word], 0, start, end)  # "~" is "about", which adds 0 days
    following = words[index + 1] if end < len(text) else " "
    is_joined = following == "'" or following.isdecimal()
    if word.isalpha() and word not in phrase_starts() and not is_joined:
        return Token(*_classify_word(word, text, start), start, end)
    match = _scanner().match(text, start, stop)
    if match is None:  # an underscore
        return None
    kind, value = _classify(str(match.lastgroup), match[0], text, start)
    return Token(kind, value, start, match.end())


def _classify(shape: str, word: str, text: str, start: int) -> tuple[str, Any]:
    """The class and value of one token."""
    if shape in ("word", "phrase"):
        return _classify_word(word, text, start)
    if shape == "nth":
        nth = int(word[:-2])
        return ("nth", nth) if nth else ("other", None)
    if shape == "yearquarter":
        return shape, int(word[1:])
    if shape == "number":
        number = float(word.replace(",", "").replace("½", ".5"))
        if 1900 <= number < 2100 and "." not in word:
            return "year", int(number)
        return ("number", number) if number < 400 else ("other", None)
    if shape in ("iso", "numeric", "yearmonth"):
        numbers = tuple(map(int, re.findall(r"\d+", word)))
        return shape, Numeric(numbers, word) if shape == "numeric" else numbers
    return (shape, word) if shape in ("clock", "stop") else ("other", None)


def _classify_word(word: str, text: str, start: int) -> tuple[str, Any]:
    """The class and value of a word, looked up without a possessive 's."""
    known = lexicon().get(word) or lexicon().get(word.removesuffix("'s"))
    if known is None:
        return "other", None
    if known[0] == "a" and _rates().search(text[max(0, start - 12) : start]):
        return "per", None  # "three shifts a week" is a rate, no length of time
    return known


_SHORT_YEAR = re.compile(r"'(\d\d)(?!\w|-\d)")
_BEFORE_YEAR = re.compile(r"(month( dot| nth| number)?|yearquarter|holiday)$")
_COUNTED = frozenset({"unit", "hours", "minutes", "business"})


def _settle_years(text: str, tokens: list[Token]) -> list[Token]:
    """Turn the "'27" of "April '27" into a year; "in April '10 days'" quotes a length."""
    if _SHORT_YEAR.search(text) is None:
        return tokens
    settled: list[Token] = []
    for token, after in zip_longest(tokens, tokens[2:]):
        year = _SHORT_YEAR.match(text, token.start)
        is_length = after is not None and after.kind in _COUNTED
        before = " ".join(each.kind for each in settled[-2:])
        if year and not is_length and _BEFORE_YEAR.search(before):
            settled.append(Token("year", 2000 + int(year[1]), token.start, year.end()))
        elif not settled or settled[-1].end <= token.start:  # else the digits of that year
            settled.append(token)
    return settled


def _settle_ambiguous(text: str, tokens: list[Token]) -> list[Token]:
    """Turn "may", "sat" and the like into plain words where nothing makes them a date."""
    rows = ambiguous()
    kinds = {lexicon()[word.removesuffix("'s")][0] for word in rows}
    for index, token in enumerate(tokens):
        if token.kind not in kinds:
            continue
        word = text[token.start : token.end]
        known = rows.get(word.lower())
        if known is None:
            continue
        before, after = _names(text, tokens, index - 1), _names(text, tokens, index + 1)
        if not any(row.allow(word, before, after) for row in known):
            tokens[index] = Token("other", None, token.start, token.end)
    return tokens


def _settle_order(tokens: list[Token]) -> list[Token]:
    """Read all dates in digits as the one that can be read one way only: "21/04" is day first."""
    dates = [token.value for token in tokens if token.kind == "numeric"]
    parts = [each.parts for each in dates if "." not in each.word and each.word != ALWAYS]
    orders = {first > 12 for first, second, *_ in parts if (first > 12) != (second > 12)}
    if len(orders) != 1:
        return tokens
    day_first = orders.pop()
    return [
        token._replace(value=token.value._replace(day_first=day_first))
        if token.kind == "numeric"
        else token
        for token in tokens
    ]


def _names(text: str, tokens: list[Token], index: int) -> frozenset[str]:
    """What a neighbour can be named by: its class, its word, "digits"; or "none"."""
    if not 0 <= index < len(tokens):
        return frozenset({"none"})
    token = tokens[index]
    names = {token.kind, text[token.start : token.end].lower()}
    return frozenset(names | {"digits"} if text[token.start].isdigit() else names)
