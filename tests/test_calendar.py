import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from model import Advice, Advisor
from model.asking.whatif import DayAnswer
from model.dates import Basis, DatedPhrase, Timeline
from ui.calendar import days_ahead, render_calendar, say_timeline

TODAY = date(2026, 11, 25)
ANSWERS = [
    DayAnswer(TODAY, "wait", 0.1, False),
    DayAnswer(date(2026, 11, 27), "wait", 0.4, True),
    DayAnswer(date(2026, 11, 30), "call", 0.9, False),
]


@pytest.fixture
def advice(advisor: Advisor) -> Advice:
    met, reply_by = DatedPhrase(date(2026, 11, 17)), DatedPhrase(date(2026, 11, 27))
    timeline = Timeline(TODAY, True, interviews=(met,), windows=(reply_by,))
    return replace(
        advisor.advise(""), timeline=timeline, window_end=date(2026, 11, 27),
        call_from=date(2026, 11, 30), reason="window",
    )  # fmt: skip


def test_the_days_that_matter_are_marked(advice: Advice) -> None:
    cells = re.findall(r'<td class="([^"]*)">(.*?)</td>', render_calendar(advice, ANSWERS))
    assert len(cells) % 7 == 0
    for cell in (
        ("none", "17 <b>you met</b>"),
        ("wait today", "25 wait<b>today</b>"),
        ("wait", "27 wait?<b>reply by</b>"),
        ("none", "26 <b>day off</b>"),
        ("call", "30 call<b>call from</b>"),
        ("none", "1 Dec "),
    ):
        assert cell in cells


@pytest.mark.parametrize(
    ("today", "cell"),
    [(date(2026, 11, 26), "26 <b>today</b><b>day off</b>"), (date(2026, 11, 28), "28 <b>today</b>")],
    ids=["Thanksgiving", "a Saturday"],
)  # fmt: skip
def test_today_may_be_a_day_off(advice: Advice, today: date, cell: str) -> None:
    later = replace(advice, timeline=replace(advice.timeline, today=today))
    answers = [each for each in ANSWERS if each.day >= today]
    assert f'<td class="none today">{cell}</td>' in render_calendar(later, answers)


def test_the_same_stands_in_words(advice: Advice) -> None:
    said = say_timeline(advice, ANSWERS)
    assert "interview Tuesday 17 November (given); they reply by Friday 27 November" in said
    assert "from Wednesday 25 November: wait, then from Monday 30 November: call." in said
    assert "wait on each of these days" in say_timeline(advice, ANSWERS[:2])


@pytest.mark.parametrize(("basis", "words"), [("inferred", "counted"), ("assumed", "assumed")])
def test_how_a_day_is_known_is_said_in_plain_words(
    advice: Advice, basis: Basis, words: str
) -> None:
    met = DatedPhrase(date(2026, 11, 17), basis=basis)
    told = replace(advice, timeline=replace(advice.timeline, interviews=(met,)))
    assert f"interview Tuesday 17 November ({words});" in say_timeline(told, ANSWERS)


@pytest.mark.parametrize(
    ("reason", "mark", "words"),
    [("process", "their step", "their step until Friday 4 December (given)"),
     ("hold", "calls ok", "calls welcome from Friday 4 December (given)")],
)  # fmt: skip
def test_the_day_of_the_reason_is_marked_and_said(
    advice: Advice, reason: str, mark: str, words: str
) -> None:
    day = (DatedPhrase(date(2026, 12, 4)),)
    dated = replace(advice, reason=reason, timeline=Timeline(TODAY, True, steps=day, holds=day))
    assert f"<b>{mark}</b>" in render_calendar(dated, ANSWERS)
    assert words in say_timeline(dated, ANSWERS)


def test_it_says_where_the_notes_alone_speak_against_the_first_day_to_call(advice: Advice) -> None:
    contradicting = [*ANSWERS[:2], DayAnswer(date(2026, 11, 30), "wait", 0.2, False)]
    assert "would still read as wait" in say_timeline(advice, contradicting)
    assert "would still read as wait" not in say_timeline(advice, ANSWERS)


def test_the_question_mark_is_explained_where_there_is_one(advice: Advice) -> None:
    assert "too close to tell" in say_timeline(advice, ANSWERS)
    assert "too close to tell" not in say_timeline(advice, ANSWERS[:1])


REACHES = [(None, 21), (TODAY, 21), (TODAY + timedelta(30), 37), (TODAY + timedelta(300), 63)]


@pytest.mark.parametrize(("call_from", "days"), REACHES)
def test_the_calendar_reaches_past_the_first_day_to_call(
    advice: Advice, call_from: date | None, days: int
) -> None:
    assert days_ahead(replace(advice, call_from=call_from)) == days


def test_a_meeting_long_ago_stretches_nothing(advice: Advice) -> None:
    met = replace(advice.timeline, interviews=(DatedPhrase(date(2020, 1, 1)),))
    calendar = render_calendar(replace(advice, timeline=met), ANSWERS)
    assert calendar.count("<tr>") == 1 + 4
    assert "interview Wednesday 1 January 2020" in calendar
