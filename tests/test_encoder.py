"""The encoder: what of a note it reads, in which pieces, and that nothing makes it fail."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.data import CUE_LABELS, TIME_ROLES, Annotation
from model.errors import StoreError
from model.reading import encoder
from model.reading.encoder import MOST_READ, MOST_TOKENS, cut_tokens, encode, spans_of_tokens
from model.reading.note import read_note
from model.rule_data import NETWORK_FILE

OFFSETS = np.array([(0, 2), (3, 7), (7, 8), (9, 12)])


@pytest.mark.parametrize(
    ("span", "tokens"),
    [
        pytest.param((3, 8), (1, 3), id="whole tokens"),
        pytest.param((1, 4), (0, 2), id="parts of tokens"),
        pytest.param((2, 3), (1, 1), id="between two"),
        pytest.param((7, 7), (2, 2), id="nothing"),
        pytest.param((12, 20), (4, 4), id="behind the last"),
        pytest.param((0, 20), (0, 4), id="all"),
    ],
)
def test_a_span_has_the_tokens_that_share_a_character_with_it(
    span: tuple[int, int], tokens: tuple[int, int]
) -> None:
    assert list(spans_of_tokens(OFFSETS, [Annotation("", *span)])) == [tokens]


@pytest.mark.parametrize(
    ("total", "ends", "pieces"),
    [
        pytest.param(0, [], [], id="empty"),
        pytest.param(MOST_TOKENS, [10, 200], [(0, MOST_TOKENS)], id="just fits"),
        pytest.param(MOST_TOKENS + 1, [10, 200], [(0, 200), (200, MOST_TOKENS + 1)], id="one over"),
        pytest.param(300, [290], [(0, MOST_TOKENS), (MOST_TOKENS, 300)], id="one long clause"),
        pytest.param(600, [250, 260, 500], [(0, 250), (250, 500), (500, 600)], id="three pieces"),
    ],
)
def test_long_notes_are_cut_where_clauses_end(
    total: int, ends: list[int], pieces: list[tuple[int, int]]
) -> None:
    assert list(cut_tokens(total, ends)) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "They said by Friday.",
        "\ud800 call me \udfff",
        "Call. " * 400,
        "(" * 900,
        "e\u0301té",
    ],
)
def test_any_note_is_read_row_by_row(text: str) -> None:
    note = read_note(text)
    said = encode(note)
    assert said.clauses.shape == (len(note.clauses), len(CUE_LABELS))
    assert said.times.shape == (len(note.times), len(TIME_ROLES))
    assert np.all(np.isfinite(said.clauses))
    assert np.allclose(np.exp(said.times).sum(axis=1), 1)


def test_of_a_very_long_note_the_end_is_read() -> None:
    note = read_note("They rang. " * MOST_READ)
    said = encode(note).clauses
    assert np.all(np.isnan(said[0]))
    assert np.all(np.isfinite(said[-1]))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    note = read_note(text)
    assert len(encode(note).clauses) == len(note.clauses)


class Parrot:
    """A network that says the number of each token, for every cue and role."""

    def run(self, names: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        return [np.repeat(given["tokens"][:, :, np.newaxis], len(CUE_LABELS) + len(TIME_ROLES), 2)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They said by Friday, maybe later. Nothing yet!", id="plain"),
        pytest.param("Café “Ünder” ﬁrst: 전화 없음. She’ll call\u00a0me 👍. Då på [SEP] tisdag.", id="signs"),
        pytest.param("The panel of nine met on Tuesday; nobody rang. " * 60, id="many pieces"),
        pytest.param("The panel of nine met on Tuesday; nobody rang. " * 600, id="only the end"),
    ],
)  # fmt: skip
def test_each_clause_has_the_mean_of_its_own_tokens(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "_network", lambda path: Parrot())
    note = read_note(text)
    said = encode(note).clauses[:, 0]
    numbers = [encoder.tokenize(read_note(text[c.start : c.end]))[0] for c in note.clauses]
    read = ~np.isnan(said)
    assert read.sum() >= min(len(said), 300)
    assert np.allclose(said[read][1:], np.array([np.mean(n) for n in numbers])[read][1:])


@pytest.mark.parametrize("words", ["don’t “ring”", 'don\'t\u00a0"ring"'])
def test_curly_quotes_and_hard_blanks_play_no_part(words: str) -> None:
    plain, other = (
        encode(read_note(f"They wrote: {each} us.")) for each in ('don\'t "ring"', words)
    )
    assert np.array_equal(plain.clauses, other.clauses)


MEANT = [
    # cue          wordings that stand in no scenario
    ("no_contact", "kindly keep off the telephone about this"),
    ("no_contact", "enquiries by phone will be ignored"),
    ("chase",      "I messaged the man to ask where things stand"),
    ("closed",     "they have chosen somebody else"),
    ("outsider",   "my barber reckons I should pester them"),
]  # fmt: skip


@pytest.mark.parametrize(("cue", "text"), MEANT)
def test_words_of_like_meaning_are_known(cue: str, text: str) -> None:
    label = CUE_LABELS.index(cue)
    said, plants = (encode(read_note(t)).clauses[0] for t in (text, "the lobby had two plants"))
    assert said[label] > plants[label] + 1


def test_a_network_for_other_labels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "LABELS", "others")
    with pytest.raises(StoreError, match=r"python tune\.py"):
        encoder._network.__wrapped__(NETWORK_FILE)
