from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data import CUE_LABELS
from model.judging.features import FACTS, FEATURE_NAMES, RULE_FEATURES, Situation, make_features
from model.reading.note import read_note
from model.reading.reader import SIGNALS
from model.types import DatedPhrase, Policy, Timeline

TODAY = date(2026, 11, 24)
NOTE = read_note("They said by Friday. No word since.")
NOBODY = np.zeros((2, len(CUE_LABELS)))
SILENT = np.full((len(CUE_LABELS), len(SIGNALS)), -9.0)


def situation(timeline: Timeline | None = None, **presence: float) -> Situation:
    present = np.array([presence.get(label, 0.0) for label in CUE_LABELS])
    return Situation(NOTE, NOBODY, SILENT, present, timeline or Timeline(TODAY, True), Policy())


def values(s: Situation) -> dict[str, float]:
    return dict(zip(FEATURE_NAMES, (each.value for each in make_features(s)), strict=True))


def dated(days: date | tuple[date, ...]) -> tuple[DatedPhrase, ...]:
    return tuple(map(DatedPhrase, days if isinstance(days, tuple) else (days,)))


# fmt: off
RULES = [
    # dates                                        cues                      the rule that applies
    ({},                                           {"closed": 1.0},          "closed"),
    ({},                                           {"mishap": 1.0},          "reply_due"),
    ({"windows": date(2026, 11, 20)},           {"no_contact": 1.0},      "no_contact"),   # a ban outlasts a window
    ({"chases": date(2026, 11, 23)},           {"chase": 1.0},           "chased"),
    ({"chases": date(2026, 11, 2)},            {"chase": 1.0},           "silence_unknown"),  # rested
    ({"chases": (date(2026, 11, 2), date(2026, 10, 26))}, {"chase": 1.0}, "chased"),          # twice
    ({"chases": date(2026, 11, 23), "deadlines": date(2026, 11, 25)}, {"chase": 1.0, "pressure": 1.0}, "deadline"),
    ({"chases": date(2026, 11, 23), "deadlines": date(2026, 11, 26)}, {"chase": 1.0, "pressure": 1.0}, "chased"),
    ({"holds": date(2026, 11, 20)},            {"hold": 1.0},            "hold_up"),
    ({"holds": date(2026, 11, 26)},            {"hold": 1.0},            "hold_ahead"),
    ({"windows": date(2026, 11, 20)},           {"hold": 1.0},            "hold_up"),      # "if not heard by Friday"
    ({"windows": date(2026, 11, 20)},           {"window": 1.0},          "window_over"),
    ({"windows": date(2026, 11, 24)},           {"window": 1.0},          "window_open"),  # the last day is not over
    ({"windows": date(2026, 11, 20)},           {"window": 1.0, "process": 1.0}, "window_over"),
    ({"overs": date(2026, 11, 23)},             {"window": 1.0},          "window_over"),  # "that was yesterday"
    ({"overs": date(2026, 11, 24)},             {"window": 1.0},          "window_unknown"),  # "that is today"
    ({"interviews": date(2026, 11, 19)},            {"process": 1.0},         "process"),
    ({"interviews": date(2026, 11, 2)},             {"process": 1.0},         "process_lapsed"),
    ({},                                           {"invite": 1.0},          "invited"),
    ({"interviews": date(2026, 11, 23)},            {"personal": 1.0},        "thanks"),
    ({"interviews": date(2026, 11, 17)},            {},                       "silence_long"),  # a week ago is 5
    ({"interviews": date(2026, 11, 18)},            {},                       "silence_short"),
    ({},                                           {},                       "silence_unknown"),
]
# fmt: on


@pytest.mark.parametrize(
    ("dates", "cues", "rule"), RULES, ids=[f"{i} {r[2]}" for i, r in enumerate(RULES)]
)
def test_the_first_rule_that_applies_takes_all(
    dates: dict[str, date | tuple[date, ...]], cues: dict[str, float], rule: str
) -> None:
    phrases = {name: dated(days) for name, days in dates.items()}
    found = values(situation(Timeline(TODAY, True, **phrases), **cues))
    rules = {name: found[f"rule:{name}"] for name in RULE_FEATURES}
    assert max(rules, key=lambda name: rules[name]) == rule
    assert rules[rule] >= 0.8


@pytest.mark.parametrize(("word", "rule"), [(10, "window_over"), (12, "process")])
def test_a_word_after_the_promise_replaces_its_window(word: int, rule: str) -> None:
    window = DatedPhrase(date(2026, 11, 20), made=date(2026, 11, 10))
    words = dated(date(2026, 11, word))
    timeline = Timeline(TODAY, True, windows=(window,), words=words)
    assert values(situation(timeline, window=1.0, process=1.0))[f"rule:{rule}"] >= 0.8


@given(st.lists(st.floats(0, 1), min_size=len(CUE_LABELS), max_size=len(CUE_LABELS)))
def test_rules_are_shares_of_one(presence: list[float]) -> None:
    s = replace(situation(), presence=np.array(presence))
    rules = [value for name, value in values(s).items() if name.startswith("rule:")]
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in rules)
    assert sum(rules) <= 1 + 1e-9


# fmt: off
POLICIES = [
    # number, fact,              the day it is about,            from ..., up to ...
    ("grace",   "window_over",   {"windows": date(2026, 11, 20)},     1, 2),  # Friday; today is Tuesday
    ("grace",   "window_over",   {"overs": date(2026, 11, 21)},       0, 1),  # Saturday: due on Monday
    ("silence", "quiet_long",    {"interviews": date(2026, 11, 17)},  5, 6),
    ("lapse",   "quiet_lapsed",  {"words": date(2026, 11, 10)},      10, 11),
    ("rest",    "chase_rested",  {"chases": date(2026, 11, 16)},      5, 6),
    ("chases",  "chased_out",    {"chases": (date(2026, 11, 2), date(2026, 10, 26))}, 2, 3),
]
# fmt: on


@pytest.mark.parametrize(("number", "fact", "dates", "holds", "fails"), POLICIES)
def test_policy_moves_the_facts(
    number: str, fact: str, dates: dict[str, date], holds: int, fails: int
) -> None:
    timeline = Timeline(TODAY, True, **{name: dated(days) for name, days in dates.items()})
    found = [
        values(replace(situation(timeline), policy=Policy(**{number: value})))[f"fact:{fact}"]
        for value in (holds, fails)
    ]
    assert found == [1.0, 0.0]


def test_the_calendar_overrules_what_words_say_of_it() -> None:
    short = Timeline(TODAY, True, interviews=dated(date(2026, 11, 23)))
    long = Timeline(TODAY, True, interviews=dated(date(2026, 11, 2)))
    found = [values(situation(each, silence=0.9))["cue:silence"] for each in (short, long)]
    assert found == [0.0, 0.9]


def test_a_doubtful_window_is_partly_over() -> None:
    windows = (DatedPhrase(date(2026, 11, 27), chance=0.25), DatedPhrase(date(2026, 11, 20)))
    found = values(situation(Timeline(TODAY, True, windows=windows), window=1.0))
    assert (found["fact:window_over"], found["fact:window_open"]) == (0.75, 0.25)


def test_a_weekday_without_a_known_today_is_neither_over_nor_open() -> None:
    timeline = Timeline(TODAY, False, windows=(DatedPhrase(date(2026, 11, 20)),))
    found = values(situation(timeline, window=1.0))
    assert found["fact:window_over"] == found["fact:window_open"] == 0.0
    cues = len(CUE_LABELS) * (1 + len(SIGNALS))
    assert len(found) == len(FEATURE_NAMES) == cues + len(FACTS) + len(RULE_FEATURES)
