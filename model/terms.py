"""What the learned parts see of a note: terms, the counts of which are their features.

A term is a word, its class (`patterns/word_classes.toml`), its first letters (which forgive endings
and typos), or two or three neighbours. Times stand as the form of their expression, so that "by
Friday" and "by the 14th" are alike; numbers stand as "#".
"""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from model.lexer import Token
from model.note import Case, Note, words_between
from model.times import back_from

CLASSES_FILE = Path(__file__).parent / "patterns" / "word_classes.toml"
STEM = 5
REACH = 6


@cache
def word_classes() -> dict[str, str]:
    """The class of each listed word."""
    tables = tomllib.loads(CLASSES_FILE.read_text(encoding="utf-8"))
    return {word: f"<{name}>" for name, words in tables.items() for word in words.split()}


def clause_terms(note: Note) -> list[list[str]]:
    """The terms of each clause, with those of its neighbours marked as such."""
    own = [["<start>"], *map(_classed, note.words), ["<end>"]]
    rows = []
    for index, clause in enumerate(note.clauses):
        row = _expand(note.words[index], own[index + 1])
        row += [f"pattern={label}" for label in clause.patterns]
        row += [f"before:{word}" for word in own[index]]
        rows.append(row + [f"after:{word}" for word in own[index + 2]])
    return rows


def time_terms(case: Case) -> list[list[str]]:
    """The terms of each time expression: its form, its words, those around it, and its dates."""
    note = case.note
    own = [_classed(words) for words in note.words]
    rows = []
    for index, token in enumerate(note.times):
        form = token.value.form
        left = words_between(note.text, note.times, max(0, token.start - 90), token.start)[-REACH:]
        right = words_between(note.text, note.times, token.end, token.end + 60)[:REACH]
        row = [f"form={form}", f"kind={token.kind}"]
        row += [f"in:{word}" for word in note.text[token.start : token.end].lower().split()]
        row += [f"l{min(k, 3)}:{w}" for k, w in enumerate(reversed(_classed(left)))]
        row += [f"r{min(k, 3)}:{w}" for k, w in enumerate(_classed(right))]
        row += [f"{w} form={form}" for w in _classed(left[-2:])]
        row += _neighbour_terms(note, own, token)
        row += [f"nth={min(index, 3)}", f"last={min(len(note.times) - 1 - index, 2)}"]
        dates = list(_date_terms(case, token))
        rows.append(row + dates + [f"{term} form={form}" for term in dates])
    return rows


def _neighbour_terms(note: Note, own: list[list[str]], token: Token) -> list[str]:
    """The classed words of the expression's clause, and of those before and after it."""
    places = (i for i, c in enumerate(note.clauses) if c.start <= token.start < c.end)
    at = next(places, None)
    if at is None:
        return []
    before = own[at - 1] if at else ["<start>"]
    after = own[at + 1] if at + 1 < len(own) else ["<end>"]
    terms = [f"clause:{word}" for word in own[at]]
    return terms + [f"before:{word}" for word in before] + [f"after:{word}" for word in after]


def _date_terms(case: Case, token: Token) -> Iterator[str]:
    """How the expression, read as past, lies to the given days: "it's Thursday" on a Thursday."""
    if case.as_of is None:
        return
    back = back_from(token, case.as_of + timedelta(days=1 if token.kind != "length" else 0))
    if back is None or token.value.form in ("today", "relative"):
        return
    if token.kind != "length":
        yield (
            "is today"
            if back == case.as_of
            else f"weeks back {min((case.as_of - back).days // 7, 4)}"
        )
    if case.interview_date is not None:
        near = timedelta(days=1 if token.kind == "length" or token.value.form == "ago" else 0)
        if abs(back - case.interview_date) <= near:
            yield "is interview"
        elif back < case.interview_date:
            yield "before interview"


def note_terms(note: Note) -> list[str]:
    """The terms of a whole note."""
    return [term for words in note.words for term in _expand(words, _classed(words))]


def _classed(words: Sequence[str]) -> list[str]:
    classes = word_classes()
    return [classes.get(word, word) for word in words]


def _expand(words: Sequence[str], classed: Sequence[str]) -> list[str]:
    """Words, stems, classes, and runs of two and three."""
    terms = [*words, *(w[:STEM] + "_" for w in words if len(w) > STEM and w[0] != "<")]
    terms += [c for c, w in zip(classed, words, strict=True) if c != w]
    terms += [f"{a} {b}" for a, b in pairwise(words)]
    terms += [f"{a}|{b}" for a, b in pairwise(classed)]
    terms += [f"{a}|{b}|{c}" for a, b, c in zip(classed, classed[1:], classed[2:], strict=False)]
    return terms
