"""The listed wordings: spaCy patterns, run only where their words stand close together.

A `Doc` never leaves this module; what comes out is plain frozen data with character offsets.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from model.rule_data import PATTERNS
from model.text import is_blank, split_words

if TYPE_CHECKING:  # spaCy takes a second or two to import: only where a wording may stand
    from spacy.language import Language
    from spacy.pipeline import SpanRuler

PATTERNS_FILE = PATTERNS / "cues.jsonl"
CUES = "cues"

_lock = Lock()


@dataclass(frozen=True, slots=True)
class Wording:
    """A match of a pattern: `label` is the cue it tells of."""

    start: int
    end: int
    label: str


@cache
def load_patterns() -> list[dict[str, Any]]:
    """The listed wordings: one rule a line, each with its id, label, pattern and example."""
    lines = PATTERNS_FILE.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def make_nlp() -> "Language":
    """Build the pipeline, once per process."""
    import spacy

    nlp = spacy.blank("xx")  # only patterns go through its tokenizer: it is slow on long words
    ruler = nlp.add_pipe(
        "span_ruler",
        config={"spans_key": CUES, "phrase_matcher_attr": "LOWER", "validate": True},
    )
    cast("SpanRuler", ruler).add_patterns(load_patterns())
    return nlp


Needs = tuple[frozenset[str], ...]
"""The words that a pattern cannot do without: one of each group."""


def needs_of(pattern: str | list[dict[str, Any]]) -> Needs:
    """What a pattern needs; raises `ValueError` for one that could match anywhere or any length."""
    if isinstance(pattern, str):
        return tuple(frozenset({word}) for word in split_words(pattern.lower()) if word != " ")
    if any(token.get("OP") in ("+", "*") for token in pattern):
        raise ValueError(f"{pattern}: + and * have no bound; repeat the token with the operator ?")
    words = [token["LOWER"] for token in pattern if "LOWER" in token and "OP" not in token]
    if not words:
        raise ValueError(f"{pattern}: needs one word (LOWER) without an operator")
    return tuple(frozenset([each] if isinstance(each, str) else each["IN"]) for each in words)


@cache
def _needs() -> dict[str, list[Needs]]:
    """What the patterns need, by each word of their most telling (longest) group."""
    index: dict[str, list[Needs]] = {}
    for pattern in load_patterns():
        needs = needs_of(pattern["pattern"])
        for word in max(needs, key=_shortest):
            index.setdefault(word, []).append(needs)
    return index


def _shortest(group: frozenset[str]) -> int:
    return min(map(len, group))


@cache
def _reach() -> int:
    """How far from any of its words a match can go, in words and blanks."""
    return 2 * max(len(split_words(each["pattern"])) if isinstance(each["pattern"], str)
                   else len(each["pattern"]) for each in load_patterns())  # fmt: skip


def find_wordings(words: Sequence[str], starts: Sequence[int]) -> list[Wording]:
    """The wordings in a text: `words` are its words in lower case, `starts` their offsets."""
    return [
        wording
        for first, last in _promising(words)
        for wording in _match(words[first:last], starts[first : last + 1])
    ]


def _match(words: Sequence[str], starts: Sequence[int]) -> list[Wording]:
    """The wordings in a piece, however wide its blanks are.

    One pipeline per process and a lock around it: a memory zone keeps the vocabulary from growing,
    and two threads in zones of one pipeline crash.
    """
    from spacy.tokens import Doc

    nlp = make_nlp()
    at = [place for place, word in enumerate(words) if not is_blank(word)]
    with _lock, nlp.memory_zone():
        doc = nlp(Doc(nlp.vocab, words=[words[place] for place in at]))
        return [
            Wording(starts[at[cue.start]], starts[at[cue.end - 1] + 1], cue.label_)
            for cue in doc.spans[CUES]
        ]


def _promising(words: Sequence[str]) -> list[tuple[int, int]]:
    """First and last (not included) word of the pieces that hold all that some pattern needs."""
    index, reach = _needs(), _reach()
    pieces: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        if word not in index:
            continue
        first, last = max(0, at - reach), min(len(words), at + reach + 1)
        around = set(words[first:last])
        if any(not any(map(around.isdisjoint, needs)) for needs in index[word]):
            if pieces and first <= pieces[-1][1]:
                first, _ = pieces.pop()
            pieces.append((first, last))
    return pieces
