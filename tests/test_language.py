import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data import CUE_LABELS
from model.reading.language import read_clauses
from model.reading.wordings import load_patterns
from model.text import normalise

# fmt: off
CLAUSES = [
    ("",                                    []),
    ("  \n\t ",                             []),
    ("...",                                 []),
    ("Good chat. They'll ring.",            ["Good chat", "They'll ring"]),
    ("- met Tues\n- no word",               ["met Tues", "no word"]),       # bullets are clauses
    ("I liked them all a lot, but they went quiet", ["I liked them all a lot", "but they went quiet"]),
    ("Yes, no, well",                       ["Yes, no, well"]),             # too short to cut
    ("They said it would be a week or so and I believed it, so I sat and waited",
     ["They said it would be a week or so and I believed it", "so I sat and waited"]),
    ("Ring me if you haven't heard from us by then, she told me",
     ["Ring me if you haven't heard from us by then", "she told me"]),
    ("They said they would see him and then ring me", ["They said they would see him and", "then ring me"]),
    ("Yes,  no,  well",                     ["Yes,  no,  well"]),
    ("Dr. Lee, i.e. my boss, rang at 5 p.m. I was out",
     ["Dr. Lee, i.e. my boss", "rang at 5 p.m", "I was out"]),
]
NEAR_MISSES = [
    # text                                        label that must not be found
    ("She did not say no calls please",           "no_contact"),
    ("They never said only call us if we ring",   "no_contact"),
    ("I haven't any missed calls",                "reply_due"),
    ("I'll ring them back tomorrow",              "reply_due"),
    ("Nobody called me any names",                "invite"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), CLAUSES, ids=[repr(text) for text, _ in CLAUSES])
def test_read_clauses_cuts_where_one_thing_ends(text: str, expected: list[str]) -> None:
    assert [text[clause.start : clause.end] for clause in read_clauses(text)] == expected


@pytest.mark.parametrize("pattern", load_patterns(), ids=lambda p: p["id"])
def test_pattern_matches_its_example_however_it_is_typed(pattern: dict[str, str]) -> None:
    assert pattern["label"] in CUE_LABELS
    for text in (
        pattern["example"],
        pattern["example"].upper(),
        pattern["example"].replace("'", "’"),
        pattern["example"].replace(" ", "  "),
    ):
        assert any(pattern["label"] in clause.patterns for clause in read_clauses(text))


@pytest.mark.parametrize(("text", "label"), NEAR_MISSES, ids=[t for t, _ in NEAR_MISSES])
def test_near_miss_is_no_cue(text: str, label: str) -> None:
    assert not any(label in clause.patterns for clause in read_clauses(text))


def test_a_negation_does_not_reach_into_the_next_bullet() -> None:
    first, second = read_clauses("- I have not slept\n- missed call from them")
    assert first.patterns == ()
    assert second.patterns == ("reply_due",)


def test_pattern_ids_are_unique() -> None:
    ids = [pattern["id"] for pattern in load_patterns()]
    assert len(ids) == len(set(ids))


@given(st.text())
def test_clauses_are_pieces_of_the_text(text: str) -> None:
    assert len(normalise(text)) == len(text)
    clauses = read_clauses(text)
    assert all(text[clause.start : clause.end].strip() for clause in clauses)
    assert all(a.end <= b.start for a, b in pairwise(clauses))


@pytest.mark.parametrize("run", ["(", "$", "not ", "a", "1,", "Please don't call us. "])
def test_long_runs_are_read_in_linear_time(run: str) -> None:
    def cost(length: int) -> float:
        text = run * (length // len(run))
        start = time.perf_counter()
        read_clauses(text)
        return time.perf_counter() - start

    cost(1_000)
    assert cost(400_000) < 40 * max(cost(40_000), 0.002)
