import re
from dataclasses import replace

import pytest

from model import Advice, Advisor, Evidence
from model.asking.whatif import Without
from model.types import Label
from ui.reasons import render_reasons
from ui.words import say_answer, signed

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


# fmt: off
ANSWERS = [
    # decision  confident  weight  beginning
    ("wait",    True,      2.0,    "Wait. It is too soon"),
    ("wait",    False,     2.0,    "Wait. It is too soon"),
    ("call",    False,     0.1,    "Call, at a guess: the notes tell too little"),
    ("wait",    False,     None,   "Wait, at a guess: the notes tell too little"),
]
# fmt: on


@pytest.mark.parametrize(("decision", "confident", "weight", "beginning"), ANSWERS)
def test_no_reason_is_named_where_none_weighs_enough(
    advice: Advice, decision: Label, confident: bool, weight: float | None, beginning: str
) -> None:
    evidence = () if weight is None else (replace(EVIDENCE[0], weight=weight),)
    thin = replace(advice, decision=decision, confident=confident, evidence=evidence,
                   next_step="It is too soon")  # fmt: skip
    assert say_answer(thin).startswith(beginning)


@pytest.mark.parametrize(("weight", "said"), [(1.234, "+1.23"), (-0.5, "−0.50"), (0.0, "+0.00")])
def test_a_weight_has_its_sign(weight: float, said: str) -> None:
    assert signed(weight) == said
