import re
from dataclasses import replace

import pytest

from model import Advice, Advisor, Evidence
from model.asking.whatif import Without
from model.data import CUE_LABELS
from model.judging.advisor import LEAST_REASON, find_reason
from model.judging.facts import FACTS
from model.types import Label
from ui.reasons import render_reasons, say_turning_points
from ui.words import CUE_NAMES, say_answer, signed

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


def test_where_not_all_phrases_were_left_out_it_says_how_many(advice: Advice) -> None:
    both = [Without(0, 4, "wait", 0.2), Without(5, 9, "wait", 0.1)]
    assert "without any one it" in say_turning_points("They <b>&", advice, both)
    assert "without the weightiest it" in say_turning_points("They <b>&", advice, both[:1])
    turned = [Without(0, 4, "call", 0.7)]
    assert say_turning_points("They <b>&", advice, turned) == "Without “They” it would be call."


# fmt: off
ANSWERS = [
    # decision  confident  reason    beginning
    ("wait",    True,      "window", "Wait. It is too soon"),
    ("wait",    False,     "window", "Wait. It is too soon"),
    ("wait",    True,      "",       "Wait. It is too soon"),
    ("call",    False,     "",       "Call, at a guess: the notes tell too little"),
]
# fmt: on


@pytest.mark.parametrize(("decision", "confident", "reason", "beginning"), ANSWERS)
def test_no_reason_is_named_where_none_weighs_enough(
    advice: Advice, decision: Label, confident: bool, reason: str, beginning: str
) -> None:
    thin = replace(advice, decision=decision, confident=confident, reason=reason,
                   next_step="It is too soon")  # fmt: skip
    assert say_answer(thin).startswith(beginning)


@pytest.mark.parametrize("weight", [LEAST_REASON, LEAST_REASON - 0.01, -1.0])
def test_a_reason_weighs_something_towards_the_decision(weight: float) -> None:
    found = find_reason((Evidence(0, 4, "They", "over", weight),), "call")
    assert found == ("over" if weight >= LEAST_REASON else "")


def test_all_that_can_be_a_reason_has_a_name() -> None:
    assert set(CUE_NAMES) == {*CUE_LABELS, *FACTS}


@pytest.mark.parametrize(("weight", "said"), [(1.234, "+1.23"), (-0.5, "−0.50"), (0.0, "+0.00")])
def test_a_weight_has_its_sign(weight: float, said: str) -> None:
    assert signed(weight) == said
