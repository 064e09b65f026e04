from dataclasses import replace
from datetime import date

import pytest

from model import Advisor, Policy
from model.asking.presets import Preset, name_basis, read_presets
from model.dates import DatedPhrase, Timeline
from model.types import Label

MONDAY = date(2026, 11, 23)

# fmt: off
BASES = [
    # decision  reason         window                policy              words
    ("wait",    "no_contact",  None,                 Policy(),           "whatever its numbers"),
    ("wait",    "hold_up",     None,                 Policy(),           "whatever its numbers"),
    ("call",    "pressed_now", None,                 Policy(),           "whatever its numbers"),
    ("wait",    "fresh",       None,                 Policy(),           "5 business days without a word"),
    ("wait",    "chase",       None,                 Policy(rest=1),     "1 business day, 2 in all"),
    ("wait",    "chased_out",  None,                 Policy(),           "5 business days, 2 in all"),
    ("wait",    "process",     None,                 Policy(),           "10 business days"),
    ("wait",    "quiet_long",  None,                 Policy(silence=3),  "3 business days without a word"),
    ("call",    "over",        date(2026, 11, 20),   Policy(),           "no waiting past"),
    ("call",    "quiet_long",  date(2026, 11, 20),   Policy(),           "no waiting past"),
    ("call",    "quiet_long",  date(2026, 12, 4),    Policy(),           "5 business days without a word"),  # it runs
    ("call",    "over",        None,                 Policy(),           "no waiting past"),   # they named one, undated
    ("wait",    "window",      date(2026, 11, 20),   Policy(grace=2),    "2 business days of grace"),
    ("wait",    "process",     date(2026, 12, 4),    Policy(),           "no waiting past"),
    ("wait",    "process",     date(2026, 11, 13),   Policy(),           "10 business days"),   # it is over
    ("wait",    "",            None,                 Policy(),           "5 business days without a word"),
]
# fmt: on


@pytest.mark.parametrize(("decision", "reason", "window", "policy", "words"), BASES)
def test_the_number_that_an_answer_stands_on(
    advisor: Advisor,
    decision: Label,
    reason: str,
    window: date | None,
    policy: Policy,
    words: str,
) -> None:
    windows = (DatedPhrase(window),) if window else ()
    timeline = Timeline(MONDAY, True, windows=windows)
    advice = replace(advisor.advise(""), decision=decision, reason=reason, timeline=timeline)
    assert words in name_basis(advice, policy)


def test_after_a_newer_word_it_is_no_longer_the_named_time(advisor: Advisor) -> None:
    named = DatedPhrase(date(2026, 10, 30), made=date(2026, 10, 26))
    timeline = Timeline(MONDAY, True, windows=(named,), words=(DatedPhrase(date(2026, 11, 3)),))
    advice = replace(advisor.advise(""), decision="call", reason="quiet_long", timeline=timeline)
    assert "5 business days without a word" in name_basis(advice, Policy())


def test_the_first_preset_is_the_guide() -> None:
    assert read_presets()[0].policy == Policy()


@pytest.mark.parametrize("preset", read_presets(), ids=lambda each: each.title)
def test_each_preset_has_a_source(preset: Preset) -> None:
    assert preset.source


def test_a_thank_you_call_stands_on_no_number(advisor: Advisor) -> None:
    advice = replace(advisor.advise(""), decision="call", reason="personal")
    assert "whatever its numbers" in name_basis(advice, Policy())
