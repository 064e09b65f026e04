"""What training is told by the encoder of notes it was tuned on: only what was held out."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from model.data import CUE_LABELS, TIME_ROLES, groups_of, read_scenarios
from model.errors import StoreError
from model.learning.encodings import FIELDS, STEP, encode_held_out, save_held_out
from model.learning.study import split_groups
from model.reading.encoder import LABELS, Encoding, encode
from model.reading.note import Note, read_note
from tests.conftest import SCENARIOS

NOTES = [
    read_note(text)
    for text in ("They said by Friday. Nothing yet.", "No day was named.", "Monday, or Tuesday.")
]


UNMET = ("ai", "aj")
"""Rows that the shipped network was not tuned on: what it says of them is held out as it is."""


def said_of(note: Note, clauses: float, times: float) -> Encoding:
    return Encoding(
        np.full((len(note.clauses), len(CUE_LABELS)), clauses),
        np.full((len(note.times), len(TIME_ROLES)), times),
    )


def test_what_is_kept_comes_back_by_its_text_in_steps_and_within_bounds(tmp_path: Path) -> None:
    said = [said_of(note, number - 3.3, -40.0) for number, note in enumerate(NOTES)]
    said[0].clauses[0] = np.nan
    save_held_out(NOTES, said, tmp_path / "kept.npz")
    for note, each in zip(NOTES[::-1], said[::-1], strict=True):
        (back,) = encode_held_out([note], tmp_path / "kept.npz")
        assert np.array_equal(np.isnan(back.clauses), np.isnan(each.clauses))
        assert np.nanmax(np.abs(back.clauses - each.clauses)) <= 0.5 / STEP
        assert back.times.shape == each.times.shape
        assert np.all(back.times == -127 / STEP)


def test_new_notes_are_read_and_those_cut_otherwise_are_not(tmp_path: Path) -> None:
    note, other, new = NOTES
    elsewhere = Note(note.text, other.clauses * 2, note.times, note.words)
    save_held_out([elsewhere], [said_of(elsewhere, 1.0, -1.0)], tmp_path / "kept.npz")
    changed, read = encode_held_out([note, new], tmp_path / "kept.npz")
    assert changed.clauses.shape == (len(note.clauses), len(CUE_LABELS))
    assert np.all(np.isnan(changed.clauses))
    assert np.array_equal(read.clauses, encode(new).clauses)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: None, "No such file", id="missing"),
        pytest.param(Path.touch, "no file of this program", id="empty"),
        pytest.param(lambda path: path.write_bytes(b"PK\3\4 torn"), "no file of this", id="torn"),
        pytest.param(lambda path: np.savez(path, labels=LABELS), "no file of this", id="a part"),
        pytest.param(
            lambda path: np.savez(path, **dict.fromkeys(FIELDS, "('a',)")),  # type: ignore[arg-type]
            "other cues or roles",
            id="other labels",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, make: Callable[[Path], object], words: str
) -> None:
    make(tmp_path / "kept.npz")
    with pytest.raises(StoreError, match=words) as error:
        encode_held_out(NOTES, tmp_path / "kept.npz")
    assert "python tune.py" in str(error.value)


def test_the_shipped_scenarios_are_held_out() -> None:
    """Else run `python tune.py`: their texts, or how clauses are cut, have changed since."""
    rows = [each for each in read_scenarios(SCENARIOS) if not each.id.startswith(UNMET)]
    notes = [read_note(each.notes) for each in rows[::20]]
    held_out = encode_held_out(notes)
    seen = [encode(note) for note in notes]
    assert np.mean([np.isfinite(each.clauses).all() for each in held_out]) > 0.99
    is_other = [
        np.abs(a.clauses - b.clauses).max() > 1 / STEP for a, b in zip(held_out, seen, strict=True)
    ]
    assert np.mean(is_other) > 0.99, "the network that is shipped has read them itself"


def test_groups_stay_together_and_every_row_is_held_out_once() -> None:
    scenarios = read_scenarios(SCENARIOS)
    groups = np.array(groups_of(scenarios))
    parts = split_groups(groups.tolist(), [each.label for each in scenarios], 0)
    assert sorted(np.concatenate([test for _, test in parts])) == list(range(len(scenarios)))
    for train, test in parts:
        assert not set(groups[train]) & set(groups[test])
