import time
from contextlib import nullcontext
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Advisor, Policy
from model.judging.advisor import find_reason
from model.reading.note import MOST_TIMES
from model.types import Evidence

TODAY = date(2026, 11, 24)
PIECES = st.sampled_from(
    ["they said by Friday", "please don't call us", "missed call", "I rang on Monday", "two weeks ago",
     "my mum says ring", "📞", "<b>", "$80k", "\x00", "no word", "owner gave me her number", "\n", "’"]
)  # fmt: skip
NOTES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(". ".join))


@settings(max_examples=60, deadline=None)
@given(NOTES)
def test_weights_add_up_and_phrases_are_pieces_of_the_notes(notes: str) -> None:
    advice = load_once().advise(notes, as_of=TODAY)
    total = advice.intercept + advice.other_weight + sum(e.weight for e in advice.evidence)
    assert total == pytest.approx(advice.log_odds, abs=1e-9)
    assert all(notes[each.start : each.end] == each.text for each in advice.evidence)
    assert 0 <= advice.call_probability <= 1
    assert (advice.decision == "call") == (advice.call_probability >= 0.5)


def load_once() -> Advisor:
    from model.batch.chunks import _advisor

    return _advisor(None)


def test_many_equals_one_by_one(advisor: Advisor, scenario_rows: list[dict[str, str]]) -> None:
    notes = [row["notes"] for row in scenario_rows[:300]]
    together = list(advisor.advise_many(notes, as_of=[TODAY] * len(notes)))
    for text, advice in list(zip(notes, together, strict=True))[::29]:
        alone = advisor.advise(text, as_of=TODAY)
        assert alone.decision == advice.decision
        assert alone.call_probability == pytest.approx(advice.call_probability, abs=1e-12)


def test_fast_leaves_out_the_encoder_and_decides_much_alike(
    advisor: Advisor, scenario_rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = [row["notes"] for row in scenario_rows[:100]]
    careful = [advice.call_probability for advice in advisor.advise_many(notes, today=TODAY)]
    monkeypatch.setattr("model.judging.classifier.encode", None)
    fast = [each.call_probability for each in advisor.advise_many(notes, today=TODAY, fast=True)]
    assert fast != careful
    alone = advisor.advise(notes[0], today=TODAY, fast=True)
    assert alone.call_probability == pytest.approx(fast[0])
    assert sum((a >= 0.5) == (b >= 0.5) for a, b in zip(fast, careful, strict=True)) >= 80


@pytest.mark.parametrize("notes", ["", "   \n", "....", "ok", "今日は面接でした。"])
def test_too_little_to_go_on_is_not_confident(advisor: Advisor, notes: str) -> None:
    assert not advisor.advise(notes, as_of=TODAY).confident


# fmt: off
REASONS = [
    # weights of the phrases towards "call", by cue               the reason to call
    ({"no_timeframe": 0.9, "pressure": 0.7, "pressed": 0.8},       "pressed"),    # together they weigh more
    ({"no_timeframe": 0.9, "pressure": -0.9, "pressed": 0.8},      "no_timeframe"),
    ({"invite": 0.5, "closed": -2.0},                              "invite"),
    ({"over": 0.3},                                                "over"),
    ({"over": 0.29},                                               ""),           # too little to name
    ({"over": -1.0},                                               ""),
    ({},                                                           ""),
]
# fmt: on


# fmt: off
FINALS = [
    # weights of the phrases towards "call", by cue               the reason to wait
    ({"closed": -0.8},                                             "closed"),
    ({"closed": -0.79, "quiet_short": -0.3},                       "quiet_short"),  # too little to say it is over
    ({"no_contact": -0.79},                                        ""),
    ({"closed": -0.7, "no_contact": -0.9},                         "no_contact"),
]
# fmt: on


@pytest.mark.parametrize(("weights", "reason"), FINALS, ids=[str(row[0]) for row in FINALS])
def test_little_is_no_reason_to_say_that_it_is_over(weights: dict[str, float], reason: str) -> None:
    evidence = tuple(Evidence(0, 1, "x", cue, weight) for cue, weight in weights.items())
    assert find_reason(evidence, "wait") == reason


@pytest.mark.parametrize(("weights", "reason"), REASONS, ids=[str(row[0]) for row in REASONS])
def test_the_reason_is_the_heaviest_of_the_kind_that_weighs_most(
    weights: dict[str, float], reason: str
) -> None:
    evidence = tuple(Evidence(0, 1, "x", cue, weight) for cue, weight in weights.items())
    assert find_reason(evidence, "call") == reason


# fmt: off
SOON = [
    # notes of a few days of silence, read on Tuesday 24 November           interview
    ("Hi, I had an interview on Friday for a sales role, haven't heard back.", None),
    ("Interview went fine. No date named.",                                   date(2026, 11, 20)),
    ("Four days since my interview, not a peep. No timeline.",                None),
]
# fmt: on


@pytest.mark.parametrize(("notes", "met"), SOON, ids=[row[0] for row in SOON])
def test_a_few_days_of_silence_are_no_guess(advisor: Advisor, notes: str, met: date | None) -> None:
    advice = advisor.advise(notes, as_of=TODAY, interview_date=met)
    assert (advice.decision, advice.confident) == ("wait", True)
    assert advice.call_from is not None
    assert all(each.weight < 0 for each in advice.evidence if each.cue == "quiet_short")


def test_window_end_is_read_from_the_promise(advisor: Advisor) -> None:
    advice = advisor.advise(
        "Lovely interview. She told me she would let me know by Friday.",
        as_of=date(2026, 11, 10), interview_date=date(2026, 11, 3),
    )  # fmt: skip
    assert advice.window_end == date(2026, 11, 6)
    assert advice.days_since_interview == 7


SILENT = "No date was named. I have heard nothing since the interview."
OVER = "They said by Friday 6 November. It came and went, nothing."
PANEL = "More candidates are still to be seen, she said, and gave no date. Nothing since."
# fmt: off
POLICIES = [
    # notes  read on              number           decision
    (SILENT, date(2026, 11, 9),   {},              "wait"),  # 4 business days
    (SILENT, date(2026, 11, 10),  {},              "call"),
    (SILENT, date(2026, 11, 10),  {"silence": 6},  "wait"),
    (SILENT, date(2026, 11, 9),   {"silence": 4},  "call"),
    (OVER,   date(2026, 11, 9),   {},              "call"),
    (OVER,   date(2026, 11, 9),   {"grace": 1},    "wait"),
    (OVER,   date(2026, 11, 10),  {"grace": 1},    "call"),
    (PANEL,  date(2026, 11, 16),  {},              "wait"),  # 9 business days
    (PANEL,  date(2026, 11, 17),  {},              "call"),
    (PANEL,  date(2026, 11, 17),  {"lapse": 11},   "wait"),
]
# fmt: on


@pytest.mark.parametrize(("notes", "day", "number", "decision"), POLICIES)
def test_policy_decides_without_retraining(
    advisor: Advisor, notes: str, day: date, number: dict[str, int], decision: str
) -> None:
    met, policy = date(2026, 11, 3), Policy(**number)
    assert advisor.advise(notes, as_of=day, interview_date=met, policy=policy).decision == decision


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
@pytest.mark.parametrize("name", ["as_of", "interview_date", "today"])
def test_days_at_the_ends_of_the_calendar_are_refused(
    advisor: Advisor, name: str, day: date
) -> None:
    with pytest.raises(ValueError, match="is not within 1900-01-01 to 2199-12-31"):
        advisor.advise("They said Friday.", **{name: day})


def days(how: str) -> Any:
    return {
        "list": [TODAY, None, TODAY],
        "generator": (day for day in (TODAY, None, TODAY)),
        "array": np.array([TODAY, None, TODAY]),
        "series of times": pd.Series([pd.Timestamp(TODAY)] * 3),
        "times": [datetime(2026, 11, 24, 9), None, pd.Timestamp(TODAY)],
    }[how]


@pytest.mark.parametrize("how", ["list", "generator", "array", "series of times", "times"])
def test_days_come_in_any_form(advisor: Advisor, how: str) -> None:
    notes = ["They said by Friday."] * 3
    read = list(advisor.advise_many(iter(notes), as_of=days(how)))
    met = list(advisor.advise_many(notes, interview_date=days(how)))
    assert len(read) == len(met) == 3
    assert read[2].timeline.today == met[2].timeline.interviews[0].day == TODAY


@pytest.mark.parametrize(
    ("notes", "count", "lengths"),
    [(3, 2, "2, not 3 or more"), (3, 0, "0, not 1 or more"),
     (3, 4, "4 or more, not 3"), (0, 1, "1 or more, not 0")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["as_of", "interview_date"])
def test_no_note_is_lost_for_want_of_a_day(
    advisor: Advisor, name: str, notes: int, count: int, lengths: str
) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be as long as notes: {lengths}$"):
        list(advisor.advise_many(["hm"] * notes, **{name: [TODAY] * count}))


def test_one_text_is_not_many_notes(advisor: Advisor) -> None:
    with pytest.raises(TypeError, match="use advise for one"):
        next(advisor.advise_many("They said Friday."))


@pytest.mark.parametrize(("met", "is_refused"), [(23, False), (24, False), (25, True)])
def test_no_interview_after_the_day_of_reading(
    advisor: Advisor, met: int, is_refused: bool
) -> None:
    with (
        pytest.raises(ValueError, match="after the day of reading") if is_refused else nullcontext()
    ):
        advisor.advise("They said Friday.", as_of=TODAY, interview_date=date(2026, 11, met))
    advisor.advise("They said Friday.", interview_date=date(2026, 11, met))


def test_an_interview_to_come_tells_no_day_of_reading(advisor: Advisor) -> None:
    read = advisor.advise("They said by Friday.", interview_date=date(2199, 1, 2))
    assert read.days_since_interview is None
    assert read.window_end == advisor.advise("They said by Friday.").window_end


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
def test_far_days_are_counted(advisor: Advisor, day: date) -> None:
    notes = "They said in 390 years, or within 399 business days. Interviewed 80 years ago."
    for name in ("as_of", "interview_date", "today"):
        assert advisor.advise(notes, **{name: day}).decision in ("call", "wait")


@pytest.mark.parametrize(
    ("notes", "says"),
    [
        ("I didn't get it. They said I could ring for feedback.", "It is decided"),
        ("It was a no, but at the bottom: for feedback ring Mrs Okafor.", "It is decided"),
        ("Rejected. She said to ring her if I want to know why.", "It is decided"),
        ("Nice talk. She said to ring her any time.", "They invited you to ring"),
    ],
)
def test_an_invitation_after_a_rejection_is_for_feedback(
    advisor: Advisor, notes: str, says: str
) -> None:
    advice = advisor.advise(notes, as_of=date(2026, 12, 1))
    assert advice.decision == "call"
    assert advice.next_step.startswith(says)


def test_times_of_one_long_sentence_are_weighed_in_their_time(advisor: Advisor) -> None:
    def cost(count: int) -> float:
        start = time.perf_counter()
        advisor.advise("and they never rang me back on friday by noon " * count, fast=True)
        return time.perf_counter() - start

    cost(1)
    assert cost(MOST_TIMES) < 40 * cost(MOST_TIMES // 10)
