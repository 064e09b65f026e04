from itertools import accumulate

import pytest

from model.reading.note import MOST_TIMES, _split, read_note
from model.reading.terms import word_classes
from model.reading.wordings import find_wordings, load_patterns, needs_of
from model.text import split_words
from model.times.lexer import tokenize
from model.times.lexicon import lexicon, time_words, together

# fmt: off
UNBOUNDED = [
    # pattern                                         words in the error
    ([{"LOWER": "a"}, {"OP": "+"}],                   "no bound"),
    ([{"LOWER": "a"}, {"IS_PUNCT": True, "OP": "*"}], "no bound"),
    ([{"IS_PUNCT": True}],                            "needs one word"),
    ([{"LOWER": "a", "OP": "?"}],                     "needs one word"),
]
# fmt: on


@pytest.mark.parametrize(("pattern", "words"), UNBOUNDED, ids=[str(row[0]) for row in UNBOUNDED])
def test_a_pattern_that_could_match_anywhere_is_refused(pattern: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        needs_of(pattern)  # type: ignore[arg-type]


def test_the_gate_lets_through_what_the_whole_pipeline_finds(
    scenario_rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(needs_of(pattern["pattern"]) for pattern in load_patterns())
    notes = [split_words(row["notes"].replace("’", "'").lower()) for row in scenario_rows[::7]]
    texts = [(words, list(accumulate(map(len, words), initial=0))) for words in notes]
    found = [find_wordings(*text) for text in texts]
    monkeypatch.setattr("model.reading.wordings._promising", lambda words: [(0, len(words))])
    assert found == [find_wordings(*text) for text in texts]


def test_times_far_from_each_other_are_found_and_what_lies_between_is_passed_over() -> None:
    text = f"She said Friday. {'Nice people there. ' * 50}It is the 14th."
    tokens = tokenize(text)
    assert [t.kind for t in tokens if t.kind not in ("other", "dot", "is", "its")] == [
        "weekday", "the", "nth",
    ]  # fmt: skip
    assert len(tokens) < 20


def test_phrases_of_time_hold_a_word_that_is_looked_for() -> None:
    kinds = {"unit", "weekday", "month", "relative", "holiday", "part", "ordinal"}
    phrases = {word for word, (kind, _) in lexicon().items() if kind in kinds and " " in word}
    parted = phrases - set(together())  # those are looked for as a whole
    assert [p for p in parted if time_words().isdisjoint(p.replace("'", " ").split())] == []


def test_words_of_classes_are_words_as_notes_are_cut() -> None:
    assert [word for word in word_classes() if _split(word) != [word]] == []


@pytest.mark.parametrize("text", ['haven’t "met" them', "haven‘t “met” them", "havenʼt ”met“ them"])
def test_words_are_the_same_with_any_quotes(text: str) -> None:
    assert read_note(text).words == (("haven't", '"', "met", '"', "them"),)


def test_a_note_is_bounded_in_times_and_words_of_a_clause() -> None:
    note = read_note("Friday call me " * 1000)
    assert len(note.times) == MOST_TIMES
    assert max(map(len, note.words)) <= 120
