"""What the learned parts see of a note: terms, the counts of which are their features.

A term is a word, its class (`patterns/word_classes.toml`), its first letters (which forgive endings
and typos), two or three neighbours, or two words with others in between. Times stand as the form of
their expression, so that "by Friday" and "by the 14th" are alike; numbers stand as "#".
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from itertools import pairwise

from model.reading.note import UNDATED, Case, words_between
from model.rule_data import PATTERNS
from model.text import normalise
from model.times import back_from
from model.times.spans import Time

CLASSES_FILE = PATTERNS / "word_classes.toml"
STEM = 5
REACH = 6
APART = 4
"""How far the later word of a pair may be from the earlier one: "they ... call", "no ... yet"."""
AGES = (0, 1, 4, 6, 9, 14, 31)
"""Days up to which times are of one age; business days of silence, weeks and a month apart."""


@cache
def word_classes() -> dict[str, str]:
    """The class of each listed word."""
    tables = tomllib.loads(CLASSES_FILE.read_text(encoding="utf-8"))
    return {word: f"<{name}>" for name, words in tables.items() for word in words.split()}


def clause_terms(case: Case, forms: Sequence[Sequence[str]]) -> list[list[str]]:
    """The terms of each clause by itself and its times; `forms` are its words, `classed`."""
    note = case.note
    rows = [
        [*_expand(own, form), *(f"pattern={label}" for label in clause.patterns)]
        for clause, own, form in zip(note.clauses, note.words, forms, strict=True)
    ]
    if rows:
        rows[0].append("first clause")
        rows[-1].append("last clause")
    for time in note.times:
        if (at := note.clause_at(time.start)) is not None:
            rows[at] += _age_terms(case, time)
    return rows


def _age_terms(case: Case, time: Time) -> Iterator[str]:
    """How long ago an expression lies, read as past: "two days" is no silence, "a month" is."""
    form = time.reading.form
    day = case.as_of or UNDATED
    back = back_from(time, day)
    if back is None:
        return
    if case.as_of or time.kind == "length" or form == "ago":
        age = bisect_left(AGES, (day - back).days)
        yield f"age={age}"
        yield f"age={age} form={form}"
    if case.as_of and case.interview_date:
        side = "after" if back > case.interview_date else "before"
        yield "at interview" if back == case.interview_date else f"{side} interview"


def time_terms(case: Case) -> list[list[str]]:
    """The terms of each time expression: its form, its words, those beside it, and its dates."""
    note, plain = case.note, normalise(case.note.text)
    rows = []
    for index, time in enumerate(note.times):
        form = time.reading.form
        left = classed(
            words_between(plain, note.times, max(0, time.start - 90), time.start)[-REACH:]
        )
        right = classed(words_between(plain, note.times, time.end, time.end + 60)[:REACH])
        row = [f"form={form}", f"kind={time.kind}"]
        row += [f"in:{word}" for word in note.text[time.start : time.end].lower().split()]
        row += [f"l{min(k, 3)}:{w}" for k, w in enumerate(reversed(left))]
        row += [f"r{min(k, 3)}:{w}" for k, w in enumerate(right)]
        row += [f"{w} form={form}" for w in left[-2:]]
        row += [f"nth={min(index, 3)}", f"last={min(len(note.times) - 1 - index, 2)}"]
        dates = list(_date_terms(case, time))
        rows.append(row + dates + [f"{term} form={form}" for term in dates])
    return rows


def _date_terms(case: Case, time: Time) -> Iterator[str]:
    """How the expression, read as past, lies to the given days: "it's Thursday" on a Thursday."""
    if case.as_of is None:
        return
    back = back_from(time, case.as_of + timedelta(days=1 if time.kind != "length" else 0))
    if back is None or time.reading.form in ("today", "relative"):
        return
    if time.kind != "length":
        yield (
            "is today"
            if back == case.as_of
            else f"weeks back {min((case.as_of - back).days // 7, 4)}"
        )
    if case.interview_date is not None:
        near = timedelta(days=1 if time.kind == "length" or time.reading.form == "ago" else 0)
        if abs(back - case.interview_date) <= near:
            yield "is interview"
        elif back < case.interview_date:
            yield "before interview"


def classed(words: Sequence[str]) -> list[str]:
    """Each word, or its class where it has one."""
    return list(map(word_classes().get, words, words))


def _expand(words: Sequence[str], forms: Sequence[str]) -> list[str]:
    """Words, stems, classes, runs of two and three, and pairs further apart."""
    terms = [*words, *(w[:STEM] + "_" for w in words if len(w) > STEM and w[0] != "<")]
    terms += [c for c, w in zip(forms, words, strict=True) if c != w]
    terms += [f"{a} {b}" for a, b in pairwise(words)]
    terms += [f"{a}|{b}" for a, b in pairwise(forms)]
    terms += [f"{a}|{b}|{c}" for a, b, c in zip(forms, forms[1:], forms[2:], strict=False)]
    for apart in range(2, APART + 1):
        terms += [f"{a}~{b}" for a, b in zip(forms, forms[apart:], strict=False)]
    return terms
