"""The encoder: a small language model that reads a note as a whole.

It is all-MiniLM-L6-v2 (Reimers and Gurevych 2019; MiniLM, Wang et al. 2020), tuned on the
annotations of the scenarios and kept in `model/encoder/` with 8-bit weights. It scores each token
for each cue and each role of a time; a clause or a time has the mean of its tokens.
The linear taggers know the terms they have seen; the encoder also knows words of like meaning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax

from model.data import CUE_LABELS, TIME_ROLES
from model.errors import StoreError
from model.reading.cues import Matrix
from model.reading.note import Note
from model.rule_data import NETWORK_FILE, TOKENIZER_FILE
from model.text import normalise

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MOST_TOKENS = 254
"""Tokens that are read at once, as in the tuning; a longer note is read in pieces."""
MOST_READ, MOST_CHARACTERS = 4_000, 40_000
"""Tokens and characters of a note that are read, its last ones: some 3,000 words."""
LABELS = repr((CUE_LABELS, TIME_ROLES))
"""What the columns of the scores mean; a network carries it along."""
FIRST, LAST = 101, 102
"""The tokens that begin and end what is read: [CLS] and [SEP]."""

Spans = Sequence[tuple[int, int]]
Offsets = NDArray[np.int_]
"""First and last (not included) character of each token, in order."""


class Passage(Protocol):
    """A passage of a text: a clause, a time, an annotation."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character behind its last one."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the encoder says of a note.

    `clauses`: log-odds, clauses by `CUE_LABELS`; `times`: log-probabilities, times by `TIME_ROLES`.
    Not a number where it has read no token, such as at the beginning of a very long note.
    """

    clauses: Matrix
    times: Matrix


def encode(note: Note, network: Path = NETWORK_FILE) -> Encoding:
    """Read a note, one at a time: with 8 bits, notes that are read together change one another."""
    ids, offsets = tokenize(note)
    clauses, times = (spans_of_tokens(offsets, each) for each in (note.clauses, note.times))
    ends = [last for _, last in clauses]
    scores = _score(ids, ends, _network(network))
    of_cues, of_roles = np.split(scores, [len(CUE_LABELS)], axis=1)
    return Encoding(_means(of_cues, clauses), log_softmax(_means(of_roles, times), axis=1))


def read_nothing(note: Note) -> Encoding:
    """What stands for the encoder where it is left out: the linear taggers decide alone."""
    clauses = np.full((len(note.clauses), len(CUE_LABELS)), np.nan)
    return Encoding(clauses, np.full((len(note.times), len(TIME_ROLES)), np.nan))


def tokenize(note: Note) -> tuple[list[int], Offsets]:
    """The tokens that are read of a note, and where each begins and ends in its text."""
    start = max(0, len(note.text) - MOST_CHARACTERS)
    tokens = _tokenizer().encode(normalise(note.text[start:]), add_special_tokens=False)
    offsets = start + np.array(tokens.offsets[-MOST_READ:], dtype=int).reshape(-1, 2)
    return tokens.ids[-MOST_READ:], offsets


def spans_of_tokens(offsets: Offsets, passages: Iterable[Passage]) -> Spans:
    """First and last (not included) token that shares a character with each passage."""
    spans = [(each.start, each.end) for each in passages]
    starts, ends = np.array(spans, dtype=int).reshape(-1, 2).T
    first = np.searchsorted(offsets[:, 1], starts, side="right")
    last = np.searchsorted(offsets[:, 0], ends, side="left")
    return list(zip(first.tolist(), last.tolist(), strict=True))


def cut_tokens(total: int, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pieces of at most `MOST_TOKENS` tokens, that end where a clause ends if they can."""
    start = 0
    while start < total:
        furthest = min(start + MOST_TOKENS, total)
        stops = [end for end in ends if start < end <= furthest] if furthest < total else []
        stop = stops[-1] if stops else furthest
        yield start, stop
        start = stop


def _score(ids: list[int], clause_ends: Sequence[int], network: "InferenceSession") -> Matrix:
    """Tokens by cues and roles."""
    pieces = [np.zeros((0, len(CUE_LABELS) + len(TIME_ROLES)), dtype=np.float32)]
    for start, stop in cut_tokens(len(ids), clause_ends):
        read = np.array([[FIRST, *ids[start:stop], LAST]], dtype=np.int64)
        (scores,) = network.run(None, {"tokens": read})
        pieces.append(scores[0, 1:-1])
    return np.concatenate(pieces).astype(float)


def _means(scores: Matrix, spans: Spans) -> Matrix:
    """The mean scores of some spans of tokens."""
    sums = np.concatenate([np.zeros((1, scores.shape[1])), np.cumsum(scores, axis=0)])
    first, last = np.array(spans, dtype=int).reshape(-1, 2).T
    lengths = np.where(last > first, last - first, np.nan)
    return np.asarray((sums[last] - sums[first]) / lengths[:, np.newaxis])


@cache
def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # a note that holds "[SEP]" holds no mark
    return tokenizer


@cache
def _network(path: Path) -> "InferenceSession":
    """A network, on one core: who has many notes starts a process a core."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    if session.get_modelmeta().custom_metadata_map.get("labels") != LABELS:
        raise StoreError(f"{path}: tuned for other cues or roles; run: python tune.py")
    return session
