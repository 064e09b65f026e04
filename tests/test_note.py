import pytest

from model.reading.note import read_note, words_between

NOTE = "- They rang. Nothing since!"
# fmt: off
CLAUSES_AT = [
    # text, offset   the clause there   the first one that ends after it
    (NOTE, 0,        None,              0),   # before all of them
    (NOTE, 2,        0,                 0),   # the first letter of "They rang"
    (NOTE, 10,       0,                 0),   # its last letter
    (NOTE, 11,       None,              1),   # the full stop
    (NOTE, 13,       1,                 1),
    (NOTE, 26,       None,              2),   # after all of them
    ("",   0,        None,              0),
]
WORDS = [
    # piece                 its words
    ("by Friday. On the 14th", ["<by weekday>", "on", "<nth>"]),
    ("by Friday",           ["<by weekday>"]),
    ("Friday. On",          ["on"]),              # a time that has begun before is left out
    ("They said by",        ["they", "said", "<by weekday>"]),
    ("said ",               ["said"]),            # up to where a time begins
    (". On ",               ["on"]),
    ("",                    []),
]
# fmt: on


@pytest.mark.parametrize(("text", "place", "at", "first"), CLAUSES_AT)
def test_a_clause_is_found_by_its_place(text: str, place: int, at: int | None, first: int) -> None:
    note = read_note(text)
    assert (note.clause_at(place), note.clause_from(place)) == (at, first)


@pytest.mark.parametrize(("piece", "words"), WORDS, ids=[repr(piece) for piece, _ in WORDS])
def test_a_time_is_one_word_of_the_piece_in_which_it_begins(piece: str, words: list[str]) -> None:
    text = "They said by Friday. On the 14th."
    start = text.index(piece)
    assert words_between(text, read_note(text).times, start, start + len(piece)) == words
