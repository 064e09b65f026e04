"""The engine of the grammar of time: token classes in, readings out.

The text becomes a string with one character a token; the rules are regular expressions over token
classes, written in words ("about* number business? unit"). They work in cascaded levels, as in
FASTUS (Hobbs et al., 1997): numbers, lengths and simple dates first, then what is built of them. At
each place the longest match of a level wins, and becomes one token for the next level; of two as
long the rule given first.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from model.times.lexer import Token
from model.times.lexicon import lexicon

FUNCTION = "function|case|is|most|over|then|was|which"
"""Classes of words that may follow a bare day, hour or amount ("the 4th if we can")."""

ENDS = "comma|dot|close|stop|$"
"""Signs after which nothing goes on, and the end of the text."""

OF_NUMBER = "counted|unit|business|hours|minutes|number|nth|month|dash|slash"
"""Classes that a number before them belongs to, so that it is no hour, day or amount by itself."""


class Phrase(tuple[Token, ...]):
    """The tokens that a rule matched, in the order of the text."""

    __slots__ = ()

    def has(self, *kinds: str) -> bool:
        """Whether a token of one of these classes is among them."""
        return any(token.kind in kinds for token in self)

    def all(self, *kinds: str) -> list[Any]:
        """The values of the tokens of these classes."""
        return [token.value for token in self if token.kind in kinds]

    def first(self, *kinds: str, default: Any = None) -> Any:
        """The value of the first token of these classes."""
        return next((token.value for token in self if token.kind in kinds), default)

    def after(self, *kinds: str) -> "Phrase":
        """The tokens after the first one of these classes."""
        at = next(index for index, token in enumerate(self) if token.kind in kinds)
        return Phrase(self[at + 1 :])


PhraseReader = Callable[[Phrase], Any]
"""Tells what a phrase means; None where it means nothing after all."""

OneReader = TypeVar("OneReader", bound=PhraseReader)


@dataclass(frozen=True, slots=True)
class Rule:
    """A level, a pattern of token classes, the class that its match becomes, and its reader."""

    level: int
    result: str
    pattern: str
    read: PhraseReader


class Rules(list[Rule]):
    """The rules of one module, each pattern written above the function that reads it."""

    def add(self, level: int, result: str, pattern: str) -> Callable[[OneReader], OneReader]:
        """Add the decorated reader with a pattern."""

        def register(read: OneReader) -> OneReader:
            self.append(Rule(level, result, pattern, read))
            return read

        return register


_STRUCTURE = (
    "date wday length period year hour clock numeric iso yearmonth yearquarter nth number elided"
    " share"
)
_SIGNS = "comma dash slash dot plus stop open close other"
_WORDS = re.compile(r"[a-z]+|[^a-z ]")
_BOUNDED = {"*": "{0,3}", "+": "{1,4}"}
"""Repeats are few, so that no text is read in more than linear time."""

_PARTS = re.compile(r"\(\?<?[=!][^()]*\)|[a-z]+|[()|?*+]")


@cache
def class_codes() -> dict[str, str]:
    """One character for each token class."""
    kinds = sorted({kind for kind, _ in lexicon().values()} | set(f"{_STRUCTURE} {_SIGNS}".split()))
    return {kind: chr(ord("Ā") + index) for index, kind in enumerate(kinds)}


@dataclass(frozen=True, slots=True)
class Level:
    """The rules of a level by the class that they can begin with.

    `some` finds the places where any of them fits; most words of a text are passed over at once.
    """

    some: re.Pattern[str]
    rules: dict[str, list[tuple[re.Pattern[str], Rule]]]


class Grammar:
    """The levels of a set of rules, ready to read."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        levels = sorted({rule.level for rule in rules})
        self._levels = [_compile([r for r in rules if r.level == level]) for level in levels]

    def reduce(self, tokens: list[Token]) -> list[Token]:
        """Apply the rules level by level; what was read is a token whose value is its meaning."""
        for level in self._levels:
            tokens = _reduce(tokens, level)
        return tokens


def _compile(rules: list[Rule]) -> Level:
    codes = class_codes()
    by_first: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
    signs = codes | _BOUNDED
    coded = ["".join(signs.get(part, part) for part in _WORDS.findall(r.pattern)) for r in rules]
    for pattern, rule in zip(coded, rules, strict=True):
        firsts, _ = _beginnings(_PARTS.findall(rule.pattern))
        for kind in firsts:
            by_first.setdefault(codes[kind], []).append((re.compile(pattern), rule))
    any_rule = "|".join(f"(?:{pattern})" for pattern in coded)
    return Level(re.compile(f"(?=[{''.join(by_first)}])(?:{any_rule})"), by_first)


def _beginnings(parts: list[str]) -> tuple[set[str], bool]:
    """The classes that a pattern, up to its closing bracket, can begin with; if it can be empty.

    What is read is taken from `parts`.
    """
    firsts: set[str] = set()
    is_open, can_be_empty = True, False
    while parts and (part := parts.pop(0)) != ")":
        if part == "|":
            is_open, can_be_empty = True, can_be_empty or is_open
        elif not part.startswith("(?"):
            own, is_optional = _beginnings(parts) if part == "(" else ({part}, False)
            if parts and parts[0] in "?*+":
                is_optional = parts.pop(0) != "+" or is_optional
            firsts |= own if is_open else set()
            is_open = is_open and is_optional
    return firsts, can_be_empty or is_open


def _reduce(tokens: list[Token], level: Level) -> list[Token]:
    """Replace, from the left, the longest match of a level at each place by one token."""
    codes = class_codes()
    coded = "".join([codes[token.kind] for token in tokens])
    reduced: list[Token] = []
    index = 0
    while match := level.some.search(coded, index):
        reduced += tokens[index : match.start()]
        index = match.start()
        length, token = _longest(tokens, coded, index, level)
        reduced.append(token)
        index += length
    return reduced + tokens[index:]


def _longest(tokens: list[Token], coded: str, index: int, level: Level) -> tuple[int, Token]:
    """The number of tokens read at `index`, and the token they become."""
    length, result = 0, tokens[index]
    for pattern, rule in level.rules[coded[index]]:
        match = pattern.match(coded, index)
        if match is None or match.end() - index <= length:
            continue
        phrase = Phrase(tokens[index : match.end()])
        value = rule.read(phrase)
        if value is not None:
            length = len(phrase)
            result = Token(rule.result, value, phrase[0].start, phrase[-1].end)
    return length or 1, result
