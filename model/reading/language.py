"""Notes in, clauses out, each with the listed wordings that stand in it."""

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from operator import itemgetter

from model.reading.wordings import find_wordings
from model.rule_data import PATTERNS
from model.text import is_blank, lower, normalise, split_words

MOST_WORDS = 120
"""Words after which a clause ends at the latest: what is longer has no punctuation, or no words."""
CONTEXT_FILE = PATTERNS / "context.json"


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the notes that says one thing, and the patterns that match in it."""

    start: int
    end: int
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseRules:
    """Where clauses end, and what turns a wording round (`patterns/context.json`).

    A clause ends with one of `stops`, but not with the full stop of one of `abbreviations`; once it
    has `least` words, also with one of `breaks` or before one of `soft`, but not within one of
    `whole`. A wording counts for nothing with one of `negations` up to `reach` words before it in
    its clause.
    """

    stops: frozenset[str]
    breaks: frozenset[str]
    soft: frozenset[str]
    whole: frozenset[str]
    least: int
    abbreviations: frozenset[str]
    negations: frozenset[str]
    reach: int


@cache
def clause_rules() -> ClauseRules:
    """The rules of `patterns/context.json`."""
    rules = json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))
    clauses, cues = rules["clauses"], rules["cue_context"]
    return ClauseRules(
        stops=frozenset(clauses["stops"]),
        breaks=frozenset(clauses["breaks"]),
        soft=frozenset(clauses["soft"]),
        whole=frozenset(clauses["whole"]),
        least=clauses["least"],
        abbreviations=frozenset(clauses["abbreviations"]),
        negations=frozenset(cues["negations"]),
        reach=cues["reach"],
    )


def read_clauses(notes: str) -> tuple[Clause, ...]:
    """The clauses of `notes` in order; empty for blank notes."""
    text = normalise(notes)
    words = split_words(lower(text))
    starts = list(accumulate(map(len, words), initial=0))
    spans = [(starts[first], starts[last]) for first, last in _cut(words)]
    patterns: list[list[str]] = [[] for _ in spans]
    for each in find_wordings(words, starts):
        first = bisect_right(spans, each.start, key=itemgetter(1))
        last = bisect_left(spans, each.end, key=itemgetter(0))
        if first < last and _is_meant(text[spans[first][0] : each.start]):
            for own in patterns[first:last]:
                own.append(each.label)
    return tuple(Clause(*span, tuple(own)) for span, own in zip(spans, patterns, strict=True))


def _cut(words: list[str]) -> list[tuple[int, int]]:
    """First and last (not included) word of each clause; blanks are no words."""
    rules = clause_rules()
    cuts = [0]
    length = 0
    said = [(at, word) for at, word in enumerate(words) if not is_blank(word)]
    for (_, before), (at, word) in pairwise([(0, ""), *said]):
        is_whole = f"{before} {word}" in rules.whole
        if length >= rules.least and word in rules.soft and not is_whole:
            cuts.append(at)
            length = 0
        length += 1
        is_break = length >= rules.least and word in rules.breaks
        is_stop = word in rules.stops and not (word == "." and before in rules.abbreviations)
        if is_break or is_stop or "\n" in word or length == MOST_WORDS:
            cuts.append(at + 1)
            length = 0
    trimmed = (_trim(words, *each) for each in pairwise([*cuts, len(words)]))
    return [(first, last) for first, last in trimmed if first < last]


def _trim(words: list[str], first: int, last: int) -> tuple[int, int]:
    """Leave out blanks and signs at both ends."""
    while first < last and not words[first][0].isalnum():
        first += 1
    while last > first and not words[last - 1][-1].isalnum():
        last -= 1
    return first, last


def _is_meant(before: str) -> bool:
    """Whether no negation stands in what comes before a wording in its clause."""
    words = [word for word in split_words(before.lower()) if not is_blank(word)]
    rules = clause_rules()
    return rules.negations.isdisjoint(words[-rules.reach :])
