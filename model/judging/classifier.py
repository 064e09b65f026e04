"""The classifier: call or wait, with weights that add up.

A linear model on the features of `features.py`. A sigmoid turns the log-odds into a probability
that can be believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from model.data import CUE_LABELS
from model.dates import Timeline
from model.judging.features import FEATURE_NAMES, Feature, make_features
from model.judging.situation import Situation
from model.judging.timeline import build_timeline
from model.reading.cues import Matrix
from model.reading.encoder import Encoding, encode, read_nothing
from model.reading.note import UNDATED, Case
from model.reading.reader import NoteScores, Presence, Reader, summarise
from model.reading.vectors import Vectorizer
from model.types import Label, Policy
from model.workdays import holidays_of

ANSWERED = CUE_LABELS.index("answered")
CALL_THRESHOLD = 0.5
"""A call too early and a call missed cost about the same; the guide prefers neither."""
NEAR_EVEN = 0.2
"""Probabilities this near to the threshold are no confident answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged case: `log_odds` = `intercept` + the `contributions` of features, towards "call"."""

    probability: float
    log_odds: float
    intercept: float
    features: list[Feature]
    contributions: NDArray[np.float64]
    timeline: Timeline

    @property
    def decision(self) -> Label:
        """Call or wait."""
        return "call" if self.probability >= CALL_THRESHOLD else "wait"

    @property
    def is_near_even(self) -> bool:
        """Whether the probability is too near the threshold to be confident."""
        return abs(self.probability - CALL_THRESHOLD) < NEAR_EVEN


@dataclass(frozen=True, slots=True)
class Weights:
    """What the features weigh: the log-odds of "call" are `intercept + values @ coef`.

    `slope` and `offset` are those of the sigmoid that turns them into a probability (Platt 1999).
    """

    coef: NDArray[np.float64]
    intercept: float
    slope: float = 1.0
    offset: float = 0.0

    def log_odds(self, values: Matrix) -> NDArray[np.float64]:
        """Uncalibrated, one a row."""
        return np.asarray(self.intercept + values @ self.coef)

    def call_probabilities(self, values: Matrix) -> NDArray[np.float64]:
        """Calibrated, one a row."""
        return np.asarray(expit(self.slope * self.log_odds(values) + self.offset))


@dataclass(frozen=True)
class CallClassifier:
    """Judges cases by what was learned (`model/learning/study.py`)."""

    vectorizer: Vectorizer
    reader: Reader
    presence: Presence
    weights: Weights

    def judge(
        self, cases: Sequence[Case], policy: Policy, today: date, *, fast: bool = False
    ) -> list[Verdict]:
        """The verdict on each case; if `fast`, without the encoder."""
        read = read_nothing if fast else encode
        notes = {case.note.text: case.note for case in cases}  # each is read once, for all days
        encodings = {text: read(note) for text, note in notes.items()}
        return self.judge_encoded(cases, [encodings[c.note.text] for c in cases], policy, today)

    def judge_encoded(
        self, cases: Sequence[Case], encodings: Sequence[Encoding], policy: Policy, today: date
    ) -> list[Verdict]:
        """The verdict on each case, given what the encoder says of its note."""
        if not cases:
            return []
        with holidays_of(policy.country):
            readings = self.reader.read(self.vectorizer.transform(cases), encodings)
            signals = summarise(readings)
            present = self.presence.predict_proba(signals)
            features, timelines = assemble(cases, readings, signals, present, policy, today)
        values = values_of(features)
        rows = zip(
            self.weights.call_probabilities(values),
            self.weights.log_odds(values),
            features,
            values * self.weights.coef,
            timelines,
            strict=True,
        )
        return [
            Verdict(
                probability=float(probability), log_odds=float(log_odds), features=each,
                intercept=self.weights.intercept, contributions=contributions, timeline=timeline,
            )
            for probability, log_odds, each, contributions, timeline in rows
        ]  # fmt: skip


def assemble(
    cases: Sequence[Case],
    readings: Sequence[NoteScores],
    signals: Matrix,
    present: Matrix,
    policy: Policy,
    today: date,
) -> tuple[list[list[Feature]], list[Timeline]]:
    """The features of each case, and its timeline.

    Where no day is given, only the words of the notes count: they are judged as on `UNDATED`, as in
    training, whatever day it is. Their timeline is as of `today`.
    """
    shared: dict[tuple[int, date | None, date | None, date], Timeline] = {}

    def told(case: Case, reading: NoteScores, day: date) -> Timeline:
        """The timeline with `day` as today; cases that differ by their clock alone share it."""
        key = id(case.note), case.as_of, case.interview_date, day
        if key not in shared:
            shared[key] = build_timeline(
                case.note, reading.roles, reading.clauses[:, ANSWERED].tolist(), as_of=case.as_of,
                interview_date=case.interview_date, default_today=day, country=policy.country,
            )  # fmt: skip
        return shared[key]

    rows, timelines = [], []
    for case, reading, signal, presence in zip(cases, readings, signals, present, strict=True):
        timeline = judged = _on_clock(told(case, reading, today), case.clock)
        if case.as_of is None and case.clock in (None, today):
            judged = told(case, reading, UNDATED)
        situation = Situation(
            note=case.note, clauses=reading.clauses, signals=signal, presence=presence,
            call_by_words=reading.call_by_words, timeline=judged, policy=policy,
        )  # fmt: skip
        rows.append(make_features(situation))
        timelines.append(timeline)
    return rows, timelines


def _on_clock(timeline: Timeline, clock: date | None) -> Timeline:
    """The same days on another day, without the deadlines that are over by then."""
    if clock is None:
        return timeline
    ahead = tuple(each for each in timeline.deadlines if each.day >= clock)
    return replace(timeline, today=clock, deadlines=ahead)


def values_of(rows: list[list[Feature]]) -> Matrix:
    """The numbers of the features: cases by `FEATURE_NAMES`."""
    return np.array([[each.value for each in row] for row in rows]).reshape(-1, len(FEATURE_NAMES))
