"""What the encoder says of notes to learn from.

The shipped encoder was tuned on the shipped scenarios, so what it says of them is too good to learn
from. For them `held_out.npz` holds what other networks said, each of which had not seen
the scenario (`tune.py`). Any other note is new to the shipped encoder too.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from model.errors import StoreError
from model.reading.cues import Matrix
from model.reading.encoder import LABELS, Encoding, encode, read_nothing
from model.reading.note import Note
from model.rule_data import ENCODER

HELD_OUT = ENCODER / "held_out.npz"
STEP = 8
"""Log-odds are kept in steps of an eighth, from -15.875 to 15.875."""
NOTHING = -128
"""Stands for "not a number"."""

FIELDS = ("labels", "texts", "spans", "ends", "clauses", "times")
"""What is kept, by name."""

Bytes = NDArray[np.int8]


def encode_held_out(notes: Sequence[Note], path: Path = HELD_OUT) -> list[Encoding]:
    """What an encoder that was not tuned on it says of each note.

    Nothing of a note whose clauses or times are now cut otherwise. One whose text has changed is
    new, and the encoder reads it.
    """
    kept = _read_held_out(path)
    found = [(note, kept.get(_digest(note.text))) for note in notes]
    return [encode(note) if said is None else _as_kept(note, *said) for note, said in found]


def save_held_out(notes: Sequence[Note], encodings: Sequence[Encoding], path: Path) -> None:
    """Keep what was said of the notes, by digests of their texts."""
    np.savez_compressed(
        path,
        labels=np.array(LABELS),
        texts=np.array([_digest(note.text) for note in notes]),
        spans=np.array([_digest(_spans(note)) for note in notes]),
        ends=np.cumsum([(len(e.clauses), len(e.times)) for e in encodings], axis=0),
        clauses=np.vstack([_to_bytes(each.clauses) for each in encodings]),
        times=np.vstack([_to_bytes(each.times) for each in encodings]),
    )


@cache
def _read_held_out(path: Path) -> dict[str, tuple[str, Bytes, Bytes]]:
    """By the digest of each text: that of its spans, what is kept of its clauses and times."""
    try:
        with path.open("rb") as stream, np.load(stream) as file:
            kept = {name: file[name] for name in FIELDS}
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        why = getattr(error, "strerror", None) or "no file of this program"
        raise StoreError(f"{path}: {why}; restore it, or run: python tune.py") from None
    if kept["labels"] != LABELS:
        raise StoreError(f"{path}: made for other cues or roles; run: python tune.py")
    clauses, times = (
        np.split(kept[name], ends[:-1])
        for name, ends in zip(("clauses", "times"), kept["ends"].T, strict=True)
    )
    texts, spans = kept["texts"].tolist(), kept["spans"].tolist()
    return dict(zip(texts, zip(spans, clauses, times, strict=True), strict=True))


def _as_kept(note: Note, spans: str, clauses: Bytes, times: Bytes) -> Encoding:
    if spans != _digest(_spans(note)):
        return read_nothing(note)
    return Encoding(_from_bytes(clauses), _from_bytes(times))


def _spans(note: Note) -> str:
    return repr([[(each.start, each.end) for each in part] for part in (note.clauses, note.times)])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _to_bytes(said: Matrix) -> Bytes:
    steps = np.clip(np.round(said * STEP), 1 - 128, 127)
    return np.where(np.isnan(steps), NOTHING, steps).astype(np.int8)


def _from_bytes(kept: Bytes) -> Matrix:
    return np.where(kept == NOTHING, np.nan, kept / STEP)
