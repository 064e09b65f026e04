from dataclasses import replace
from datetime import date

import pytest

from model import Advisor, Policy
from model.asking.query import Query
from model.asking.questions import add_sentence
from model.asking.whatif import NO_WORD, DayAnswer, answer_by_day, find_flips, leave_out_each
from model.reading.note import Case, read_note

TODAY = date(2026, 11, 25)
PROMISED = Query(
    "Good interview. She said I would hear by Friday 27 November either way. Nothing yet.",
    TODAY,
    date(2026, 11, 17),
)
NOTHING = Query("....", TODAY)


def test_without_each_phrase_is_the_note_scored_again(advisor: Advisor) -> None:
    advice = PROMISED.ask(advisor)
    withouts = leave_out_each(advisor, PROMISED, advice)
    assert {(each.start, each.end) for each in withouts} == {
        (each.start, each.end) for each in advice.evidence
    }
    one = withouts[0]
    rest = PROMISED.notes[: one.start] + PROMISED.notes[one.end :]
    again = advisor.advise(rest, as_of=TODAY, interview_date=PROMISED.interview_date)
    assert one.decision == again.decision
    assert one.call_probability == pytest.approx(again.call_probability)


def test_of_very_long_notes_only_the_weightiest_phrases_are_left_out(advisor: Advisor) -> None:
    query = replace(PROMISED, notes=PROMISED.notes + " and so on" * 6_000)
    advice = query.ask(advisor)
    (one,) = leave_out_each(advisor, query, advice)
    weightiest = max(advice.evidence, key=lambda each: abs(each.weight))
    assert (one.start, one.end) == (weightiest.start, weightiest.end)


def test_nothing_is_left_out_of_nothing(advisor: Advisor) -> None:
    assert leave_out_each(advisor, NOTHING, NOTHING.ask(advisor)) == ()


@pytest.mark.parametrize("query", [PROMISED, NOTHING])
def test_the_first_day_is_today_and_its_answer_the_answer(advisor: Advisor, query: Query) -> None:
    advice = query.ask(advisor)
    first = answer_by_day(advisor, query, advice, ahead=7)[0]
    assert (first.day, first.decision) == (TODAY, advice.decision)
    assert first.call_probability == pytest.approx(advice.call_probability)


def test_without_any_date_today_is_judged_by_the_words_alone_too(advisor: Advisor) -> None:
    note = read_note("Interviewed 4 days ago, they said they'd call in 2 days. Nothing yet.")
    cases = [Case(note), Case(note, clock=TODAY)]
    one, other = advisor.classifier.judge(cases, Policy(), TODAY)
    assert one.probability == pytest.approx(other.probability)


def test_from_the_first_day_to_call_on_no_word_has_come(advisor: Advisor) -> None:
    advice = PROMISED.ask(advisor)
    assert advice.call_from == date(2026, 11, 30)
    plain = {each.day: each for each in answer_by_day(advisor, PROMISED, advice, ahead=7)}
    silent = replace(PROMISED, notes=add_sentence(PROMISED.notes, NO_WORD))
    later = replace(advice, decision="call")  # adds nothing
    said = {each.day: each for each in answer_by_day(advisor, silent, later, ahead=7)}
    assert plain[advice.call_from] == said[advice.call_from]
    assert plain[TODAY] != said[TODAY]


def test_only_business_days_are_answered(advisor: Advisor) -> None:
    advice = PROMISED.ask(advisor)
    days = [each.day for each in answer_by_day(advisor, PROMISED, advice, ahead=7)]
    thanksgiving, saturday = date(2026, 11, 26), date(2026, 11, 28)
    assert thanksgiving not in days
    assert saturday not in days
    assert len(days) == 5


def test_a_promise_turns_the_answer_when_it_is_over(advisor: Advisor) -> None:
    advice = PROMISED.ask(advisor)
    assert advice.decision == "wait"
    chances = {
        each.day: each.call_probability
        for each in answer_by_day(advisor, PROMISED, advice, ahead=7)
    }
    assert chances[date(2026, 11, 30)] > chances[date(2026, 11, 27)] + 0.2


FLIPS = [("", ""), ("w", "w"), ("wwc", "wc"), ("wcw", "wcw"), ("ccc", "c")]


@pytest.mark.parametrize(("decisions", "flips"), FLIPS)
def test_flips_are_the_first_day_and_each_change(decisions: str, flips: str) -> None:
    answers = [
        DayAnswer(date(2026, 11, 2 + n), "call" if each == "c" else "wait", 0.5, False)
        for n, each in enumerate(decisions)
    ]
    assert "".join(each.decision[0] for each in find_flips(answers)) == flips
