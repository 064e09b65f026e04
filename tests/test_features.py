from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data import CUE_LABELS
from model.dates import DatedPhrase, Timeline
from model.judging.facts import FACTS
from model.judging.features import FEATURE_NAMES, make_features
from model.judging.rules import RULE_FEATURES
from model.judging.situation import Situation
from model.reading.note import read_note
from model.reading.reader import SIGNALS
from model.types import Policy

TODAY = date(2026, 11, 24)
NOTE = read_note("They said by Friday. No word since.")
NOBODY = np.zeros((2, len(CUE_LABELS)))
SILENT = np.full((len(CUE_LABELS), len(SIGNALS)), -9.0)


def situation(timeline: Timeline | None = None, **presence: float) -> Situation:
    present = np.array([presence.get(label, 0.0) for label in CUE_LABELS])
    dates = timeline or Timeline(TODAY, True)
    return Situation(
        note=NOTE, clauses=NOBODY, signals=SILENT, presence=present, call_by_words=0.0,
        timeline=dates, policy=Policy(),
    )  # fmt: skip


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
    ({"windows": date(2026, 11, 27), "deadlines": date(2026, 11, 29)}, {"window": 1.0, "pressure": 1.0}, "window_open"),
    ({"windows": date(2026, 11, 28), "deadlines": date(2026, 11, 29)}, {"window": 1.0, "pressure": 1.0}, "deadline"),  # due on Monday
    ({"holds": date(2026, 11, 20)},            {"hold": 1.0},            "hold_up"),
    ({"holds": date(2026, 11, 26)},            {"hold": 1.0},            "hold_ahead"),
    ({"holds": date(2026, 11, 26)},            {"hold": 1.0, "reply_due": 1.0}, "hold_ahead"),  # "ring me on the 26th"
    ({"holds": date(2026, 11, 20)},            {"hold": 1.0, "reply_due": 1.0}, "reply_due"),
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
    ({"interviews": date(2026, 11, 20)},            {"personal": 1.0, "fresh": 1.0}, "silence_short"),  # the calendar knows better
    ({"interviews": date(2026, 11, 17)},            {},                       "silence_long"),  # a week ago is 5
    ({"interviews": date(2026, 11, 18)},            {},                       "silence_short"),
    ({"interviews": date(2026, 11, 2), "meetings": date(2026, 12, 2)}, {},    "silence_short"),  # before it nothing is due
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


# fmt: off
TOO_SOON = [
    # dates                                      cue             how far it counts
    ({"windows": date(2026, 11, 27)},            "not_chased",   0.0),
    ({"windows": date(2026, 11, 20)},            "not_chased",   1.0),
    ({"holds": date(2026, 11, 27)},              "silence",      0.0),
    ({"holds": date(2026, 11, 24)},              "silence",      1.0),
    ({"interviews": date(2026, 11, 23)},         "no_timeframe", 0.0),
    ({"interviews": date(2026, 11, 23)},         "over",         1.0),
    ({"windows": date(2026, 11, 27)},            "over",         0.0),
    ({"windows": date(2026, 11, 27)},            "window",       1.0),
    ({"holds": date(2026, 11, 27)},              "not_over",     1.0),
    ({"holds": date(2026, 11, 24)},              "not_over",     0.0),  # "it's Thursday"
    ({},                                         "silence",      1.0),
]
# fmt: on


@pytest.mark.parametrize(("dates", "cue", "share"), TOO_SOON)
def test_quiet_counts_only_once_a_word_is_due(
    dates: dict[str, date], cue: str, share: float
) -> None:
    timeline = Timeline(TODAY, True, **{name: dated(day) for name, day in dates.items()})
    assert values(situation(timeline, **{cue: 1.0}))[f"cue:{cue}"] == share


@pytest.mark.parametrize(
    ("beside", "share"), [((), 1.0), (("window",), 0.0), (("window", "over"), 1.0)]
)
def test_quiet_says_nothing_of_a_time_that_may_still_run(
    beside: tuple[str, ...], share: float
) -> None:
    said = situation(Timeline(TODAY, True), **dict.fromkeys(("not_chased", *beside), 1.0))
    assert values(said)["cue:not_chased"] == share


@pytest.mark.parametrize(
    ("text", "chases", "share"),
    [
        pytest.param("I rang them a few times.", 2, 1.0, id="more than once"),
        pytest.param("I rang them a few times.", 3, 0.0, id="more than once, and three are fine"),
        pytest.param("I rang them once.", 2, 0.0, id="once"),
    ],
)
def test_contacts_without_a_day_are_counted_by_their_words(
    text: str, chases: int, share: float
) -> None:
    clauses = np.zeros((1, len(CUE_LABELS)))
    clauses[0, CUE_LABELS.index("chase")] = 1.0
    s = replace(
        situation(chase=1.0), note=read_note(text), clauses=clauses, policy=Policy(chases=chases)
    )
    assert values(s)["fact:chased_out"] == share


@pytest.mark.parametrize(("word", "rule"), [(10, "window_over"), (12, "process")])
def test_a_word_after_the_promise_replaces_its_window(word: int, rule: str) -> None:
    window = DatedPhrase(date(2026, 11, 20), made=date(2026, 11, 10))
    words = dated(date(2026, 11, word))
    timeline = Timeline(TODAY, True, windows=(window,), words=words)
    assert values(situation(timeline, window=1.0, process=1.0))[f"rule:{rule}"] >= 0.8


# fmt: off
IN_ORDER = [
    # cues of the clauses in order        the rule,           how far it applies
    (["no_contact"],                      "no_contact",       1.0),
    (["no_contact", "reply_due"],         "no_contact",       0.0),  # a later request
    (["reply_due", "no_contact"],         "no_contact",       1.0),
    (["reply_due", "chase"],              "reply_due",        0.0),  # they have been answered
    (["reply_due", "answered"],           "reply_due",        0.0),  # "never mind, I found it"
    (["chase", "reply_due"],              "reply_due",        1.0),
    (["mishap", "process"],               "reply_due",        0.0),  # it has been explained
    (["closed", "invite"],                "closed",           0.0),  # a rejection that offers feedback
    (["invite", "closed"],                "closed",           1.0),
    (["closed", "had invite"],            "closed",           1.0),  # "she had told me to ring"
    (["answered", "had reply_due"],       "reply_due",        0.0),
    (["had no_contact", "reply_due"],     "no_contact",       0.0),
    (["process", "answered"],             "process",          0.0),  # "the board has met"
    (["answered", "process"],             "process",          1.0),
    (["invite", "answered"],              "invited",          0.0),  # that is the newest word
]
# fmt: on
CUES_OF = {"reply_due": ("reply_due", "mishap"), "invited": ("invite",)}
"""The cues that carry a rule of another name."""


@pytest.mark.parametrize(
    ("told", "rule", "share"), IN_ORDER, ids=["-".join(r[0]) for r in IN_ORDER]
)
def test_what_settles_a_cue_follows_it(told: list[str], rule: str, share: float) -> None:
    note = read_note(" ".join(f"She {'had ' * (' ' in each)}said it." for each in told))
    told = [each.removeprefix("had ") for each in told]
    clauses = np.array([[float(label == cue) for label in CUE_LABELS] for cue in told])
    own = {label: 1.0 for label in told if label in CUES_OF.get(rule, (rule,))}
    assert values(replace(situation(**own), note=note, clauses=clauses))[f"rule:{rule}"] == share


@pytest.mark.parametrize(
    ("told", "share"), [(("closed", "invite"), 0.6), (("invite", "closed"), 0.6 * 0.1 * 0.1)]
)
def test_what_may_be_settled_does_not_hold_back_what_settles_it(
    told: tuple[str, str], share: float
) -> None:
    chances = {"closed": 0.9, "invite": 0.6}
    clauses = np.array([[chances[cue] * (label == cue) for label in CUE_LABELS] for cue in told])
    said = replace(situation(**chances), note=read_note("She said it. It is so."), clauses=clauses)
    assert values(said)["rule:invited"] == pytest.approx(share)


@pytest.mark.parametrize(("length", "share"), [("Two weeks", 0.0), ("Quiet", 1.0)])
def test_whether_a_length_of_silence_is_too_long_the_calendar_says(
    length: str, share: float
) -> None:
    note = read_note(f"{length} so far.")
    met = DatedPhrase(date(2026, 11, 4), (0, len("Two weeks")), is_distance=length != "Quiet")
    timeline = Timeline(TODAY, True, interviews=(met,), windows=dated(date(2026, 11, 11)))
    clauses = np.array([[float(label == "not_over") for label in CUE_LABELS]])
    said = replace(situation(timeline, not_over=1.0), note=note, clauses=clauses)
    assert values(said)["cue:not_over"] == share


@pytest.mark.parametrize(
    ("end", "share"),
    [(date(2026, 11, 20), 0.0), (date(2026, 11, 30), 0.0), (date(2026, 12, 1), 1.0)],
)
def test_a_deadline_counts_only_before_the_own_date_of_the_employer(
    end: date, share: float
) -> None:
    dates = {"windows": dated(end), "deadlines": dated(date(2026, 11, 30))}
    open_ = values(situation(Timeline(date(2026, 11, 18), True, **dates), pressure=1.0))
    assert open_["rule:deadline"] == share


@pytest.mark.parametrize(
    ("text", "made", "share"),
    [("I rang Monday and they said Friday", 23, 1.0),
     ("I rang Monday. They said Friday", 23, 0.0),  # not to be told when
     ("I rang Monday and they said Friday", 10, 0.0),
     ("they said Friday and I rang Monday", 23, 0.0)],
)  # fmt: skip
def test_a_contact_that_got_a_promise_is_answered(text: str, made: int, share: float) -> None:
    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    end = DatedPhrase(date(2026, 11, 27), at("Friday"), made=date(2026, 11, made))
    chase = DatedPhrase(date(2026, 11, 23), at("Monday"))
    timeline = Timeline(TODAY, True, windows=(end,), chases=(chase,))
    note = read_note(text)
    clauses = np.zeros((len(note.clauses), len(CUE_LABELS)))
    s = replace(situation(timeline, chase=1.0, window=1.0), note=note, clauses=clauses)
    found = values(s)
    assert (found["fact:chase_fresh"], found["fact:chase_rested"]) == (1 - share, 0.0)


@pytest.mark.parametrize(
    ("step", "rule"), [(23, "process_lapsed"), (24, "process"), (25, "process")]
)
def test_a_step_that_has_its_own_day_does_not_lapse_before_it(step: int, rule: str) -> None:
    dates = {"words": dated(date(2026, 11, 2)), "steps": dated(date(2026, 11, step))}
    assert values(situation(Timeline(TODAY, True, **dates), process=1.0))[f"rule:{rule}"] == 1.0


def test_a_window_whose_start_is_guessed_leaves_the_rest_to_the_words() -> None:
    windows = (DatedPhrase(date(2026, 11, 27), basis="assumed"),)
    found = values(situation(Timeline(TODAY, True, windows=windows), window=1.0, over=1.0))
    assert (found["fact:window_open"], found["rule:window_over"]) == (0.4, pytest.approx(0.6))
    told = (replace(windows[0], made=date(2026, 11, 20)),)
    found = values(situation(Timeline(TODAY, True, windows=told), window=1.0, over=1.0))
    assert (found["fact:window_open"], found["rule:window_over"]) == (1.0, 0.0)


# fmt: off
BESIDE_TODAY = [
    # last day of a window whose start is guessed, the notes name today, how far it is believed
    (date(2026, 11, 27), True,  0.9),
    (date(2026, 11, 21), True,  0.9),  # three days ago
    (date(2026, 11, 20), True,  0.4),  # four: it may as well be the coming one
    (date(2026, 11, 21), False, 0.4),
]
# fmt: on


@pytest.mark.parametrize(("end", "is_named", "share"), BESIDE_TODAY)
def test_a_guessed_window_is_believed_beside_the_day_of_writing(
    end: date, is_named: bool, share: float
) -> None:
    windows = (DatedPhrase(end, basis="assumed"),)
    found = values(situation(Timeline(TODAY, True, names_today=is_named, windows=windows)))
    assert found["fact:window_over"] + found["fact:window_open"] == share


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
    assert len(found) == len(FEATURE_NAMES) == cues + len(FACTS) + len(RULE_FEATURES) + 1
