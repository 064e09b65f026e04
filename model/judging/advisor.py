"""The advisor: notes in, advice out. Page, batch and judge all go through it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, repeat, zip_longest
from typing import Any, TypeVar

from model.judging.advice import choose_rule, next_step
from model.judging.classifier import CallClassifier, Verdict
from model.judging.facts import FACTS
from model.judging.finding import FAMILIES, FINAL, Finding, count_chases
from model.judging.message import draft_message
from model.portions import in_portions
from model.reading.english import is_english
from model.reading.note import Case, read_note
from model.types import Advice, Evidence, Label, Policy, usable_day

LEAST_REASON = 0.3
"""A phrase that adds less to the log-odds is no reason to name."""
LEAST_FINAL = 0.8
"""Nor one that adds less than this a reason to say that it is over for good: of 20 scenarios in
which "closed" led with less, 3 were."""
TELLING = 0.2
"""A phrase that moves the log-odds by as much says what its cue says, whatever outweighs it."""
TELLING_OUTCOME = 0.07
"""So does already one of this much that tells an outcome: an offer of feedback that follows leaves
little of its weight. Of 210 scenarios with such an offer it finds 201, and 10 others; with
`TELLING` it found 118 and 3."""
WEIGHTLESS = 0.01
"""Phrases that move the log-odds by less are not shown; their weight goes to `other_weight`."""
SUBSTANCE = 0.5
"""Phrases and given dates that move the log-odds by less than this in all are too little."""
AT_ONCE, CHARACTERS_AT_ONCE = 256, 500_000
"""Notes, and characters of them, that are judged at once: enough to be fast, few enough to fit."""


class Advisor:
    """Advises on notes with a fitted classifier."""

    def __init__(self, classifier: CallClassifier) -> None:
        self.classifier = classifier
        self._known_words = classifier.vectorizer.own_

    def advise(
        self,
        notes: str,
        *,
        as_of: date | None = None,
        interview_date: date | None = None,
        policy: Policy | None = None,
        today: date | None = None,
        fast: bool = False,
    ) -> Advice:
        """Advise on one note read on `as_of`; without it only the notes' words tell the day.

        `today` and `fast`: as for `advise_many`. Raises `ValueError` for a day before 1900 or after
        2199, and for an interview after `as_of`.
        """
        return next(
            self.advise_many(
                [notes],
                as_of=[as_of],
                interview_date=[interview_date],
                policy=policy,
                today=today,
                fast=fast,
            )
        )

    def advise_many(
        self,
        notes: Iterable[str],
        *,
        as_of: Iterable[date | None] | None = None,
        interview_date: Iterable[date | None] | None = None,
        policy: Policy | None = None,
        today: date | None = None,
        fast: bool = False,
    ) -> Iterator[Advice]:
        """Advise on many notes: the same results as one by one, in order, in bounded portions.

        `today` stands for the day of reading where neither `as_of` nor the notes tell it. `fast`
        leaves out the encoder: several times as fast, and less often right. Raises
        `ValueError` for days as `advise` does, and where they are more or fewer than the notes;
        `TypeError` where `notes` is one text.
        """
        if isinstance(notes, str):
            raise TypeError("notes must be several texts; use advise for one")
        policy = policy or Policy()
        today = today and usable_day(today)
        given = _with_days(notes, as_of, interview_date)
        portions = in_portions(given, len_of=_length, most=AT_ONCE, characters=CHARACTERS_AT_ONCE)
        for portion in portions:
            cases = [_case(*each) for each in portion]
            day = today or date.today()
            verdicts = self.classifier.judge(cases, policy, day, fast=fast)
            for case, verdict in zip(cases, verdicts, strict=True):
                english = is_english(case.note, self._known_words)
                yield make_advice(case, verdict, policy, english=english)


Given = tuple[str, date | None, date | None]
"""Notes, day of reading, day of the interview."""
Noted = TypeVar("Noted")
_END: Any = object()


def _length(given: Given) -> int:
    return len(given[0])


def _with_days(
    notes: Iterable[str],
    as_of: Iterable[date | None] | None,
    interview_date: Iterable[date | None] | None,
) -> Iterator[Given]:
    """Each note with its days; None for days that are not given at all."""
    dated = _beside(notes, as_of, "as_of")
    for (text, day), met in _beside(dated, interview_date, "interview_date"):
        yield text, day, met


def _beside(
    notes: Iterable[Noted], days: Iterable[date | None] | None, name: str
) -> Iterator[tuple[Noted, date | None]]:
    """Each of the notes with its day; `ValueError` where those are more or fewer."""
    pairs: Iterable[tuple[Noted, date | None]] = (
        zip(notes, repeat(None)) if days is None else zip_longest(notes, days, fillvalue=_END)
    )
    for count, (note, day) in enumerate(pairs):
        if note is _END:
            raise ValueError(f"{name} must be as long as notes: {count + 1} or more, not {count}")
        if day is _END:
            raise ValueError(f"{name} must be as long as notes: {count}, not {count + 1} or more")
        yield note, day


def _case(notes: str, day: date | None, met: date | None) -> Case:
    day, met = day and usable_day(day), met and usable_day(met)
    if day and met and met > day:
        raise ValueError(f"the interview on {met} is after the day of reading, {day}")
    return Case(read_note(notes), day, met)


def make_advice(case: Case, verdict: Verdict, policy: Policy, *, english: bool) -> Advice:
    """Put a verdict into words."""
    evidence = gather_evidence(case.note.text, verdict)
    shown = sum(each.weight for each in evidence)
    substance = sum(abs(each.weight) for each in evidence) + _weight_of_given(verdict)
    timeline = verdict.timeline
    finding = Finding(
        decision=verdict.decision,
        reason=find_reason(evidence, verdict.decision),
        timeline=timeline,
        policy=policy,
        chase_count=count_chases(timeline, [e.text for e in evidence if e.cue == "chase"]),
        is_english=english,
        cues=frozenset(each.cue for each in evidence if _is_telling(each)),
    )
    rule = choose_rule(finding)
    met = timeline.interview
    return Advice(
        decision=verdict.decision,
        call_probability=verdict.probability,
        confident=english and substance >= SUBSTANCE and not verdict.is_near_even,
        is_english=english,
        evidence=evidence,
        other_weight=verdict.log_odds - verdict.intercept - shown,
        intercept=verdict.intercept,
        log_odds=verdict.log_odds,
        window_end=timeline.window_end.day if timeline.window_end else None,
        days_since_interview=(timeline.today - met.day).days if met else None,
        call_from=finding.call_from,
        reason=finding.reason,
        next_step=next_step(rule, finding),
        channel=rule.channel,
        message=draft_message(rule, finding),
        timeline=timeline,
    )


def _is_telling(each: Evidence) -> bool:
    return abs(each.weight) >= (TELLING_OUTCOME if each.cue == "closed" else TELLING)


def gather_evidence(text: str, verdict: Verdict) -> tuple[Evidence, ...]:
    """The contributions of the features, summed by the phrase and cue they come from."""
    weights: dict[tuple[int, int, str], float] = {}
    contributions = verdict.contributions.tolist()
    for (value, cue, phrase), weight in zip(verdict.features, contributions, strict=True):
        if phrase is not None and value:
            key = (*phrase, cue)
            weights[key] = weights.get(key, 0.0) + weight
    return tuple(
        Evidence(start, end, text[start:end], cue, weight)
        for (start, end, cue), weight in sorted(weights.items())
        if abs(weight) >= WEIGHTLESS
    )


def _weight_of_given(verdict: Verdict) -> float:
    """What the calendar weighs by dates that were given, which no phrase of the notes tells."""
    pairs = zip(verdict.features, verdict.contributions.tolist(), strict=True)
    return sum((abs(w) for (_, cue, phrase), w in pairs if not phrase and cue in FACTS), 0.0)


def find_reason(evidence: tuple[Evidence, ...], decision: Label) -> str:
    """The cue that weighed most of those that together speak most for the decision.

    Empty where nothing weighed enough to name.
    """
    towards: dict[str, float] = defaultdict(float)
    for each in evidence:
        towards[each.cue] += each.weight if decision == "call" else -each.weight
    families = [*FAMILIES, *((cue,) for cue in towards if cue not in chain(*FAMILIES))]
    sums = {family: sum(towards[cue] for cue in family) for family in families}
    named = [family for family, total in sums.items() if total >= _least_of(family)]
    most = max(named, key=lambda family: sums[family], default=())
    return max(most, key=lambda cue: towards[cue], default="")


def _least_of(family: tuple[str, ...]) -> float:
    return LEAST_FINAL if set(family) <= set(FINAL) else LEAST_REASON
