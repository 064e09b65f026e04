import json
from dataclasses import replace
from datetime import date

import pytest

from model.data import Scenario, parse_cues
from model.learning.other_days import label_by_dates, other_days

TUESDAY = date(2026, 11, 3)


def window_row(notes: str, as_of: str, label: str = "wait", **cues: str) -> Scenario:
    """A `window` row; in the notes, [...] is the window and each of `cues` a label and its text."""
    window = notes.partition("[")[2].partition("]")[0]
    notes = notes.replace("[", "").replace("]", "")
    marks = [
        ("time:window", window),
        *((key.replace("_", ":"), text) for key, text in cues.items()),
    ]
    entries = [{"label": key, "text": text} for key, text in marks]
    return Scenario(
        notes, label, date.fromisoformat(as_of) if as_of else None, TUESDAY, "r1", "window",
        parse_cues(notes, json.dumps(entries)), "plain",
    )  # fmt: skip


# fmt: off
WINDOWS = [
    # notes (interview on Tuesday 3 November 2026)       as_of         cues                          label
    ("They said [by Friday].",                           "2026-11-06", {},                           "wait"),  # its last day
    ("They said [by Friday].",                           "2026-11-08", {},                           "wait"),  # no business day yet
    ("They said [by Friday].",                           "2026-11-09", {},                           "call"),
    ("They said on [Friday].",                           "2026-11-09", {},                           "call"),
    ("They said [in two weeks].",                        "2026-11-17", {},                           "wait"),
    ("They said [in two weeks].",                        "2026-11-18", {},                           "call"),
    ("They said [by Saturday].",                         "2026-11-09", {},                           "wait"),  # due on Monday
    ("They said [by Saturday].",                         "2026-11-10", {},                           "call"),
    ("They said [within 5 business days].",              "2026-11-11", {},                           None),    # a holiday or not
    ("They said last Monday: [by Friday].",              "2026-11-13", {"time_said": "last Monday"}, "call"),
    ("They rang. [By Friday], they said.",               "2026-11-09", {"time_word": "rang"},         None),    # a newer promise
    ("They said [by Friday] at ten.",                    "2026-11-06", {},                           None),    # a set hour
    ("They said [7 working days].",                      "2026-11-13", {},                           None),    # over by then or not
    ("They said [this week].",                           "2026-11-12", {},                           None),    # of which day?
    ("They said [soon].",                                "2026-12-12", {},                           None),
    ("They said [by Friday].",                           "",           {},                           None),
]
# fmt: on


@pytest.mark.parametrize(
    ("notes", "as_of", "cues", "label"), WINDOWS, ids=[f"{w[0]}-{w[1]}" for w in WINDOWS]
)
def test_label_by_dates_says_only_what_is_certain(
    notes: str, as_of: str, cues: dict[str, str], label: str | None
) -> None:
    assert label_by_dates(window_row(notes, as_of, **cues)) == label


def test_label_by_dates_leaves_other_rules_alone() -> None:
    row = window_row("They said [by Friday].", "2026-11-09")
    assert label_by_dates(replace(row, rule="chased")) is None
    assert label_by_dates(replace(row, cues=row.cues * 2)) is None


def silent_row(rule: str, as_of: str, label: str, **cues: str) -> Scenario:
    return replace(window_row("[Nothing] since.", as_of, label, **cues), rule=rule)


# fmt: off
OTHER_DAYS = [
    # scenario                                                            wait on days of November  call on
    (window_row("They said [by Friday].", "2026-11-06", "wait"),          [5, 6, 7, 8],             [10, 15]),
    (window_row("They said [by Friday].", "2026-11-06", "call"),          [],                       []),        # not by the guide
    (silent_row("silence", "2026-11-05", "wait"),                         [3, 4, 6, 9],             [10, 11, 13, 17, 23]),
    (silent_row("silence", "2026-11-05", "call"),                         [],                       []),        # not by the guide
    (silent_row("silence", "2026-11-05", "wait", answered="Nothing"),     [],                       []),        # newer than the interview
    (silent_row("process", "2026-11-05", "wait"),                         [3, 4, 6, 9, 10, 11, 13], [17, 23]),
    (silent_row("thanks", "2026-11-04", "call"),                          [6, 9],                   [3, 4, 10, 11, 13, 17, 23]),
    (silent_row("thanks", "2026-11-06", "call"),                          [],                       []),        # too late for thanks
    (silent_row("hold_until", "2026-11-05", "call"),                      [],                       [8, 14]),
    (silent_row("hold_until", "2026-11-05", "wait"),                      [],                       []),
    (silent_row("closed", "2026-11-05", "wait"),                          [],                       []),
]
# fmt: on


@pytest.mark.parametrize(("scenario", "waits", "calls"), OTHER_DAYS, ids=range(len(OTHER_DAYS)))
def test_other_days_have_the_label_of_the_guide(
    scenario: Scenario, waits: list[int], calls: list[int]
) -> None:
    found = other_days(scenario)
    assert [day.day for day, label in found if label == "wait"] == waits
    assert [day.day for day, label in found if label == "call"] == calls
