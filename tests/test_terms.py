from model.reading.note import Case, read_note
from model.reading.terms import classed, clause_terms


def terms_of(text: str) -> set[str]:
    note = read_note(text)
    return set().union(*clause_terms(Case(note), [classed(words) for words in note.words]))


def test_words_stand_beside_their_class_and_their_neighbours() -> None:
    assert {"buzz", "<contact>", "buzz me", "<contact>|<i>"} <= terms_of("buzz me")


def test_pairs_reach_over_what_lies_between_but_not_further() -> None:
    near, far = terms_of("they might well just call"), terms_of("they might very well just call")
    assert "<they>~<contact>" in near
    assert "<they>~<contact>" not in far
    assert "<they>~might" not in near  # neighbours are a run


def test_a_note_without_words_has_no_terms() -> None:
    assert clause_terms(Case(read_note("")), []) == []
