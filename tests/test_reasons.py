import re
from dataclasses import replace
from datetime import date

import pytest

from model import Advice, Advisor, Evidence
from model.asking.whatif import Without
from model.data import CUE_LABELS
from model.dates import DatedPhrase, Timeline
from model.judging.facts import FACTS
from model.types import Label
from ui.reasons import render_reasons, say_turning_points
from ui.words import CUE_NAMES, say_answer, say_confidence, signed

DAY = date(2026, 11, 30)
EVIDENCE = (
    Evidence(0, 4, "They", "window", -1.5),
    Evidence(0, 4, "They", "process", -0.5),
    Evidence(5, 9, "<b>&", "over", 1.0),
)


@pytest.fixture
def advice(advisor: Advisor) -> Advice:
    return replace(advisor.advise(""), decision="wait", confident=True, evidence=EVIDENCE)


def test_a_phrase_is_listed_once_with_all_it_says(advice: Advice) -> None:
    html = render_reasons(advice, [Without(0, 4, "call", 0.74), Without(5, 9, "wait", 0.001)])
    assert html.count("<q>They</q>") == 1
    assert html.count("&lt;b&gt;&amp;") == 1
    assert re.findall(r'id="(why-\d)"', html) == ["why-2", "why-0", "why-1"]
    assert re.findall(r"width:(\d+)%", html) == ["50", "100"]
    assert "without this phrase it would be call (74% sure)" in html
    assert "without this phrase it would still be wait (99% sure)" in html


def test_where_nothing_speaks_for_a_side_it_says_so(advice: Advice) -> None:
    html = render_reasons(replace(advice, evidence=()), [])
    assert html.count("nothing in the notes") == 2
    said = say_turning_points("....", replace(advice, evidence=()), [])
    assert said == "No phrase in the notes weighs anything."


STAYS = [Without(0, 4, "wait", 0.2), Without(5, 9, "wait", 0.1)]
TURNS = [Without(0, 4, "call", 0.7), Without(5, 9, "call", 0.6)]
# fmt: off
TURNING = [
    # left out              said
    (STAYS,                 "No single phrase decides: without any one it would still be wait."),
    (STAYS[:1],             "No single phrase decides: without the weightiest it would still be wait."),
    (TURNS[:1],             "Without “They” it would be call."),
    (TURNS[:1] + STAYS[1:], "Without “They” it would be call."),
    (TURNS,                 "Without any one of these it would be call: “They”; “<b>&”."),
]
# fmt: on


@pytest.mark.parametrize(("withouts", "said"), TURNING)
def test_which_phrases_turn_the_answer(advice: Advice, withouts: list[Without], said: str) -> None:
    assert say_turning_points("They <b>&", advice, withouts) == said


# fmt: off
ANSWERS = [
    # decision  confident  reason    beginning
    ("wait",    True,      "window", "Wait. It is too soon"),
    ("wait",    False,     "window", "Wait. It is too soon"),
    ("wait",    True,      "",       "Wait. It is too soon"),
    ("call",    False,     "",       "Call, at a guess: no phrase"),
]
# fmt: on


@pytest.mark.parametrize(("decision", "confident", "reason", "beginning"), ANSWERS)
def test_no_reason_is_named_where_none_weighs_enough(
    advice: Advice, decision: Label, confident: bool, reason: str, beginning: str
) -> None:
    thin = replace(advice, decision=decision, confident=confident, reason=reason,
                   next_step="It is too soon")  # fmt: skip
    assert say_answer(thin).startswith(beginning)


# fmt: off
DAYS = [
    # decision  call_from  interview  window  says the next step
    ("wait",    DAY,       None,      None,   True),
    ("wait",    None,      DAY,       DAY,    False),
    ("call",    DAY,       DAY,       None,   True),
    ("call",    DAY,       None,      DAY,    True),
    ("call",    DAY,       None,      None,   False),  # it is only today
]
# fmt: on


@pytest.mark.parametrize(("decision", "call_from", "met", "end", "is_step"), DAYS)
def test_where_a_day_is_known_it_is_named_without_a_reason(
    advice: Advice,
    decision: Label,
    call_from: date | None,
    met: date | None,
    end: date | None,
    is_step: bool,
) -> None:
    timeline = Timeline(DAY, True, interviews=(DatedPhrase(met),) if met else ())
    thin = replace(advice, decision=decision, confident=False, reason="", call_from=call_from,
                   window_end=end, next_step="Then.", timeline=timeline)  # fmt: skip
    assert say_answer(thin).endswith("Then.") is is_step


# fmt: off
SURENESS = [
    # call   confident  evidence  said
    (0.01,   True,      EVIDENCE, "Quite sure: nearly all notes like this one mean “wait”."),
    (0.20,   True,      EVIDENCE, "Fairly sure: about 8 in 10 notes like this one mean “wait”."),
    (0.40,   False,     EVIDENCE, "Unsure: about 6 in 10 notes like this one mean “wait”. Read the phrases below, and decide yourself."),
    (0.01,   False,     EVIDENCE, "Unsure: the notes tell too little. Read the phrases below, and decide yourself."),
    (0.01,   False,     (),       "Unsure: the notes tell too little. Decide yourself."),
]
# fmt: on


@pytest.mark.parametrize(("probability", "confident", "evidence", "said"), SURENESS)
def test_how_sure_it_is(
    advice: Advice, probability: float, confident: bool, evidence: tuple[Evidence, ...], said: str
) -> None:
    told = replace(advice, call_probability=probability, confident=confident, evidence=evidence)
    assert say_confidence(told) == said


def test_all_that_can_be_a_reason_has_a_name() -> None:
    assert set(CUE_NAMES) == {*CUE_LABELS, *FACTS}


@pytest.mark.parametrize(("weight", "said"), [(1.234, "+1.23"), (-0.5, "−0.50"), (0.0, "+0.00")])
def test_a_weight_has_its_sign(weight: float, said: str) -> None:
    assert signed(weight) == said
