"""Labels that the guide contradicts: a set that was poisoned, or a guide of one's own.

They are warned about, never refused: whoever disagrees with the guide relabels the scenarios.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from model.data import Scenario
from model.judging.classifier import CALL_THRESHOLD
from model.types import LABELS, Label

GUIDE: dict[str, tuple[Label, ...]] = {
    "closed": ("wait",), "reply_due": ("call",), "no_contact": ("wait",), "chased": ("wait",),
    "hold_until": LABELS, "deadline": ("call",), "window": LABELS, "process": ("wait",),
    "invited": ("call",), "thanks": ("call",), "silence": LABELS,
}  # fmt: skip
"""The rules of the guide in their order, and the labels each can have."""
MOST_NAMED = 5
"""Rows that a warning names by their place."""
LEAST_DATED = 20
"""With fewer rows of a rule that goes by dates, the calendar's word on them is chance."""


def rule_of(scenario: Scenario) -> str:
    """The first rule of a row ("window|process": two readers took two roads)."""
    return scenario.rule.partition("|")[0]


def check_labels(scenarios: Sequence[Scenario], by_calendar: Iterable[float]) -> list[str]:
    """A line for each rule whose labels are not the guide's: rule, number, places.

    `by_calendar`: each row's probability of "call" by date arithmetic alone. It is often wrong on
    one row, so it is believed only where it is against most rows of a rule that goes by dates.
    """
    rows: dict[str, list[tuple[Scenario, bool]]] = defaultdict(list)
    for scenario, said in zip(scenarios, by_calendar, strict=True):
        rows[rule_of(scenario)].append(
            (scenario, (said >= CALL_THRESHOLD) == (scenario.label == "call"))
        )
    return [line for rule in GUIDE if (line := _check_rule(rule, rows[rule]))]


def _check_rule(rule: str, rows: list[tuple[Scenario, bool]]) -> str:
    """The line for a rule; empty where all is well."""
    if GUIDE[rule] == LABELS:
        against = [scenario for scenario, agrees in rows if not agrees]
        if len(rows) < LEAST_DATED or len(against) <= len(rows) / 2:
            return ""
        why = "have a label that their dates contradict"
    else:
        against = [scenario for scenario, _ in rows if not _is_of_guide(scenario)]
        if not against:
            return ""
        why = f"are labelled {against[0].label}, which the guide never says"
    places = ", ".join(each.place for each in against[:MOST_NAMED])
    more = f" and {len(against) - MOST_NAMED:,} more" if len(against) > MOST_NAMED else ""
    return f"rule {rule}: {len(against):,} of {len(rows):,} rows {why}: {places}{more}"


def _is_of_guide(scenario: Scenario) -> bool:
    """Whether one of the rules that readers found in a row can have its label."""
    return any(scenario.label in GUIDE.get(rule, LABELS) for rule in scenario.rule.split("|"))
