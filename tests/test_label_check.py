"""Labels that the guide contradicts are warned about, by rule, number and place."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.data import Scenario, read_scenarios
from model.learning.evaluation import make_report
from model.learning.label_check import GUIDE, LEAST_DATED, check_labels
from model.types import LABELS, Label


def rows(rule: str, label: Label, count: int) -> list[Scenario]:
    return [Scenario("x", label, rule=rule, place=f"line {i + 2}") for i in range(count)]


# fmt: off
DOUBTS = [
    # rows                                                            calendar  what is said
    ([],                                                              0, []),
    (rows("no_contact", "wait", 3),                                   1, []),  # the calendar does not matter
    (rows("no_contact", "call", 1),                                   0, ["rule no_contact: 1 of 1 rows are labelled call, which the guide never says: line 2"]),
    (rows("no_contact", "wait", 9) + rows("no_contact", "call", 7),   0, ["rule no_contact: 7 of 16 rows are labelled call, which the guide never says: "
                                                                          "line 2, line 3, line 4, line 5, line 6 and 2 more"]),
    (rows("thanks", "wait", 1) + rows("closed", "call", 1),           0, ["rule closed: 1 of 1 rows are labelled call, which the guide never says: line 2",
                                                                          "rule thanks: 1 of 1 rows are labelled wait, which the guide never says: line 2"]),
    (rows("process|window", "call", 3),                               0, []),  # one of its rules says so
    (rows("process|closed", "call", 1),                               0, ["rule process: 1 of 1 rows are labelled call, which the guide never says: line 2"]),
    (rows("", "call", 30),                                            0, []),  # no rule named
    (rows("my_own", "call", 30),                                      0, []),
    (rows("window", "call", 20),                                      1, []),
    (rows("window", "call", 20),                                      0, ["rule window: 20 of 20 rows have a label that their dates contradict: "
                                                                          "line 2, line 3, line 4, line 5, line 6 and 15 more"]),
    (rows("window", "call", 19),                                      0, []),  # too few
    (rows("silence", "call", 10) + rows("silence", "wait", 10),       0, []),  # half: chance
]
# fmt: on


@pytest.mark.parametrize(("scenarios", "calendar", "said"), DOUBTS)
def test_check_labels(scenarios: list[Scenario], calendar: int, said: list[str]) -> None:
    assert check_labels(scenarios, [calendar] * len(scenarios)) == said


@pytest.mark.parametrize("rule", GUIDE)
def test_a_rule_whose_labels_are_all_swapped_is_named(rule: str) -> None:
    good = [each for r, labels in GUIDE.items() for each in rows(r, labels[0], LEAST_DATED)]
    calendar = [float(each.label == "call") for each in good]
    assert check_labels(good, calendar) == []
    bad = [swapped(each) if each.rule == rule else each for each in good]
    (line,) = check_labels(bad, calendar)
    assert line.startswith(f"rule {rule}: 20 of 20 rows ")


def swapped(scenario: Scenario) -> Scenario:
    return replace(scenario, label=LABELS[1 - LABELS.index(scenario.label)])


def test_the_report_shows_the_doubts() -> None:
    scenarios = rows("closed", "call", 2) + rows("window", "wait", 2)
    held_out = {"classifier": np.array([0.9, 0.9, 0.1, 0.1])}
    assert "contradicts" not in make_report(scenarios, held_out, [])
    report = make_report(scenarios, held_out, ["rule closed: two", "rule thanks: three"])
    assert "## Labels that the guide contradicts" in report
    assert "- rule closed: two\n- rule thanks: three\n" in report


def test_places_name_the_file_where_there_are_several(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        calls = [f'"over\nlines {name} {number}",call' for number in range(10)]
        lines = ["notes,label", *calls, *(f"{name} {number},wait" for number in range(10))]
        (tmp_path / name).write_text("\n".join(lines))
    one = read_scenarios(tmp_path / "a.csv")
    assert [each.place for each in one][:2] == ["line 2", "line 4"]
    both = read_scenarios(tmp_path / "a.csv", tmp_path / "b.csv")
    assert [each.place for each in both][19:21] == ["a.csv line 31", "b.csv line 2"]
