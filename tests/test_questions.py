from dataclasses import replace
from datetime import date

import pytest

from model import Advisor
from model.asking.query import Query
from model.asking.questions import Question, add_sentence, choose_question, read_questions
from model.dates import DatedPhrase
from model.workdays import add_workdays

TODAY = date(2026, 11, 25)
DOUBTFUL = Query("Interview at the bakery two weeks ago... no call. The manager was lovely.", TODAY)
VAGUE = Query("Nice office, good chat. Should I ring?", TODAY)


@pytest.mark.parametrize("question", read_questions(), ids=lambda each: each.name)
def test_questions_can_be_answered(question: Question) -> None:
    assert question.text.endswith("?")
    for answer in question.answers:
        told = answer.add_to(DOUBTFUL, TODAY, TODAY)
        if question.name == "interview":
            assert told == replace(DOUBTFUL, interview_date=TODAY)
            continue
        sentence = told.notes.removeprefix(f"{DOUBTFUL.notes}\n")
        assert ("Wednesday 25 November" in sentence) == answer.asks_day
        assert sentence
        assert "{" not in sentence


def test_which_answers_are_of_a_day_that_is_over() -> None:
    past = {each.name for each in read_questions() for answer in each.answers if answer.is_past}
    assert past == {"interview", "chase"}


def test_a_question_that_the_notes_answer_is_not_asked(advisor: Advisor) -> None:
    told = Query("The interview was ten days ago. They named no time for an answer.", TODAY)
    question = choose_question(advisor, told, told.ask(advisor))
    assert question is not None
    assert question.name not in ("interview", "window")


def test_no_interview_is_asked_for_where_it_is_known(advisor: Advisor) -> None:
    advice = VAGUE.ask(advisor)
    met = replace(advice.timeline, interviews=(DatedPhrase(TODAY),))
    question = choose_question(advisor, VAGUE, replace(advice, timeline=met))
    assert question is None or question.name != "interview"


def test_the_answers_leave_less_doubt(advisor: Advisor) -> None:
    advice = DOUBTFUL.ask(advisor)
    question = choose_question(advisor, DOUBTFUL, advice)
    assert question is not None
    days = [add_workdays(TODAY, days, "US") for days in (-10, -3, 3)]
    told = [each.add_to(DOUBTFUL, day, TODAY) for each in question.answers for day in days]
    chances = [each.call_probability for each in DOUBTFUL.ask_each(advisor, told)]
    assert max(chances) - min(chances) > 0.1


def test_a_sentence_stands_on_a_line_of_its_own() -> None:
    assert add_sentence("Notes. \n", "A fact.") == "Notes.\nA fact."
