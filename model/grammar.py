"""The engine of the grammar of time: token classes in, readings out.

The text becomes a string with one character a token; the rules are regular expressions over token
classes, written in words ("about* number business? unit"). They work in cascaded levels, as in
FASTUS (Hobbs et al., 1997): lengths and simple dates first (`time_atoms.py`), then what is built of
them (`time_phrases.py`). At each place the longest match of a level wins, and becomes one token for
the next level.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from model.lexer import Token, lexicon

Values = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over token classes, the class its match becomes, and what the match means."""

    level: int
    result: str
    pattern: re.Pattern[str]
    read: Callable[[Values], Any]


RULES: list[Rule] = []


_STRUCTURE = "date wday length period year numeric iso yearmonth nth number other stop open close"


_SIGNS = "comma dash slash dot plus"


_NEVER_FIRST = "other stop open close comma dash slash dot plus function so hence now"
"""Classes that no rule begins with: most words of a text are passed over at once."""


@cache
def class_codes() -> dict[str, str]:
    """One character for each token class."""
    kinds = sorted({kind for kind, _ in lexicon().values()} | set(f"{_STRUCTURE} {_SIGNS}".split()))
    return {kind: chr(ord("Ā") + index) for index, kind in enumerate(kinds)}


def rule(
    level: int, result: str, pattern: str
) -> Callable[[Callable[[Values], Any]], Callable[[Values], Any]]:
    """Register a reader for `pattern`, whose words are token classes."""
    codes = class_codes()
    compact = re.sub(r"[a-z]+", lambda word: codes[word[0]], pattern).replace(" ", "")

    def register(read: Callable[[Values], Any]) -> Callable[[Values], Any]:
        RULES.append(Rule(level, result, re.compile(compact), read))
        return read

    return register


@cache
def _levels() -> list[tuple[re.Pattern[str], list[Rule]]]:
    """The rules of each level, behind one pattern that tells at once whether any of them fits."""
    levels = []
    never = "".join(class_codes()[kind] for kind in _NEVER_FIRST.split())
    for level in range(max(each.level for each in RULES) + 1):
        rules = [each for each in RULES if each.level == level]
        any_rule = "|".join(f"(?:{each.pattern.pattern})" for each in rules)
        some = re.compile(f"(?=[^{never}])(?:{any_rule})")
        levels.append((some, rules))
    return levels


def reduce_tokens(tokens: list[Token]) -> list[Token]:
    """Apply the rules level by level; what was read is a token whose value is a `Reading`."""
    for some, rules in _levels():
        tokens = _reduce(tokens, some, rules)
    return tokens


def _reduce(tokens: list[Token], some: re.Pattern[str], rules: Iterable[Rule]) -> list[Token]:
    """Replace, from the left, the longest match of `rules` at each place by one token."""
    codes = class_codes()
    coded = "".join([codes[token.kind] for token in tokens])
    reduced: list[Token] = []
    index = 0
    while match := some.search(coded, index):
        reduced += tokens[index : match.start()]
        index = match.start()
        length, token = _longest(tokens, coded, index, rules)
        reduced.append(token)
        index += length
    return reduced + tokens[index:]


def _longest(
    tokens: list[Token], coded: str, index: int, rules: Iterable[Rule]
) -> tuple[int, Token]:
    """The number of tokens read at `index`, and the token they become."""
    best, result = 1, tokens[index]
    for each in rules:
        match = each.pattern.match(coded, index)
        if match is None or match.end() - index < best + (result is not tokens[index]):
            continue
        span = tokens[index : match.end()]
        value = each.read(_values(span))
        if value is not None:
            best = len(span)
            result = Token(each.result, value, span[0].start, span[-1].end)
    return best, result


def _values(span: list[Token]) -> Values:
    values: Values = {}
    for token in span:
        values.setdefault(token.kind, []).append(token.value)
    return values
