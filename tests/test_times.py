from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import find_times
from model.times import find_readings

TUESDAY = date(2026, 11, 3)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# The readings of the decision guide ("Reading time"), said on Tuesday 3 November 2026.
# fmt: off
GUIDE = [
    # text                                  found                    first         last
    ("by Friday",                           "by Friday",             None,         "2026-11-06"),
    ("they said Friday",                    "Friday",                "2026-11-06", "2026-11-06"),
    ("you'll hear this week",               "this week",             "2026-11-02", "2026-11-06"),
    ("at the end of the week",              "the end of the week",   "2026-11-06", "2026-11-06"),
    ("next week",                           "next week",             "2026-11-09", "2026-11-13"),
    ("early next week",                     "early next week",       "2026-11-09", "2026-11-10"),
    ("mid next week",                       "mid next week",         "2026-11-10", "2026-11-11"),
    ("late next week",                      "late next week",        "2026-11-12", "2026-11-13"),
    ("in December",                         "December",              "2026-12-01", "2026-12-31"),
    ("early December",                      "early December",        "2026-12-01", "2026-12-07"),
    ("mid-December",                        "mid-December",          "2026-12-11", "2026-12-15"),
    ("by the end of the month",             "by the end of the month", None,       "2026-11-30"),
    ("end of November",                     "end of November",       "2026-11-23", "2026-11-30"),
    ("after the 14th",                      "after the 14th",        "2026-11-15", None),
    ("in two days",                         "in two days",           "2026-11-05", "2026-11-05"),
    ("a month ago",                         "a month ago",           "2026-10-03", "2026-10-03"),
    ("last Friday",                         "last Friday",           "2026-10-30", "2026-10-30"),
    ("come Friday",                         "come Friday",           "2026-11-06", "2026-11-06"),
    ("Friday week",                         "Friday week",           "2026-11-13", "2026-11-13"),
    ("tmrw morning",                        "tmrw morning",          "2026-11-04", "2026-11-04"),
    ("Wed 13th January",                    "Wed 13th January",      "2027-01-13", "2027-01-13"),
    ("the week after next",                 "the week after next",   "2026-11-16", "2026-11-20"),
    ("within the next few days",            "within the next few days", "2026-11-03", "2026-11-07"),
    ("after Thanksgiving",                  "after Thanksgiving",    "2026-11-27", None),
]
LENGTHS = [
    # text                       days   last
    ("7-10 business days",       10,    "2026-11-18"),   # Veterans Day is none
    ("a day or two",             2,     "2026-11-05"),
    ("one to two weeks",         14,    "2026-11-17"),
    ("a couple of days",         2,     "2026-11-05"),
    ("a few weeks",              28,    "2026-12-01"),
    ("several days",             6,     "2026-11-09"),
    ("a week or so",             7,     "2026-11-10"),
    ("about two weeks",          14,    "2026-11-17"),
    ("a fortnight",              14,    "2026-11-17"),
    ("a week and a half",        10,    "2026-11-13"),
    ("2-3 wks",                  21,    "2026-11-24"),
    ("ten working days",         10,    "2026-11-18"),
]
NOTHING = [
    "", "   ", "You may not!", "May I ask?", "he sat there in the sun", "my second interview",
    "the 2nd interview went well", "24/7", "32/13", "Tel: 000 111 82-2100", "it is 50/50",
    "three shifts a week", "31 February", "Feb 30", "2026-02-31", "31st of June",
]
ANCHORS = [
    # text                                          counts from
    ("14 November",                                 "calendar"),
    ("the 14th",                                    "calendar"),
    ("Fri 14 November",                             "calendar"),
    ("by the end of November",                      "calendar"),
    ("early January",                               "calendar"),
    ("the week of 9 November",                      "calendar"),
    ("the first Friday of March",                   "calendar"),
    ("after Easter",                                "calendar"),
    ("a week before Easter",                        "calendar"),
    ("by Friday",                                   "promise"),
    ("next week",                                   "promise"),
    ("two weeks",                                   "promise"),
    ("the end of the month",                        "promise"),
    ("the first week of next month",                "promise"),
    ("within five days",                            "promise"),
    ("today",                                       "today"),
    ("tomorrow morning",                            "today"),
    ("yesterday",                                   "today"),
    ("this afternoon",                              "today"),
    ("three weeks from today",                      "today"),
    ("last Friday",                                 "back"),
    ("by the end of last week",                     "back"),
    ("two weeks ago",                               "back"),
    ("the last three weeks",                        "back"),
    ("last September",                              "back"),
]
# fmt: on


@pytest.mark.parametrize(("text", "anchor"), ANCHORS, ids=[row[0] for row in ANCHORS])
def test_readings_say_what_they_count_from(text: str, anchor: str) -> None:
    (token,) = find_readings(text)
    assert token.value.anchor == anchor


@pytest.mark.parametrize(("text", "found", "first", "last"), GUIDE, ids=[g[0] for g in GUIDE])
def test_find_times_reads_as_the_guide_does(
    text: str, found: str, first: str | None, last: str | None
) -> None:
    (time,) = find_times(text, today=TUESDAY)
    assert (time.text, time.first, time.last) == (found, day(first), day(last))
    assert time.days is None


@pytest.mark.parametrize(("text", "days", "last"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_find_times_measures_durations(text: str, days: float, last: str) -> None:
    (time,) = find_times(f"they said {text} at the most", today=TUESDAY)
    assert (time.kind, time.days, time.last) == ("duration", days, day(last))


@pytest.mark.parametrize("text", NOTHING, ids=repr)
def test_find_times_leaves_other_text_alone(text: str) -> None:
    assert find_times(text, today=TUESDAY) == ()


def test_find_times_of_the_contract() -> None:
    found = find_times("told me 7-10 business days, so by March 16", today=date(2026, 3, 2))
    assert [(t.text, t.kind, t.last) for t in found] == [
        ("7-10 business days", "duration", date(2026, 3, 16)),
        ("by March 16", "period", date(2026, 3, 16)),
    ]


WORDS = st.sampled_from(
    [
        "by",
        "Friday",
        "the",
        "14th",
        "of",
        "May",
        "in",
        "two",
        "weeks",
        "ago",
        "next",
        "last",
        "end",
        "7-10",
        "business",
        "days",
        ",",
        ".",
        "(",
        ")",
        "31/2",
        "2026",
        "or",
        "so",
        "a",
        "few",
        "fortnight",
        "and",
        "half",
        "tomorrow",
        "since",
        "after",
        "until",
        "Mon",
        "9999",
        "0",
        "-",
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=25).map(" ".join)))
def test_find_times_offsets_hold_on_any_text(text: str) -> None:
    found = find_times(text, today=TUESDAY)
    assert all(text[time.start : time.end] == time.text for time in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(t.first <= t.last for t in found if t.first and t.last and t.kind == "date")


@given(st.dates(date(1901, 1, 1), date(2199, 1, 1)))
def test_by_friday_is_the_next_friday(today: date) -> None:
    (time,) = find_times("by Friday", today=today)
    assert time.last is not None
    assert time.last.weekday() == 4
    assert 1 <= (time.last - today).days <= 7


def test_the_time_suite_stays_read() -> None:
    suite = pytest.importorskip("bench.time_suite")
    if not suite.SUITE.exists():
        pytest.skip("the time suite is not beside this checkout")
    right, expected, alarms, negatives = suite.score(show_misses=False)
    assert right >= 0.80 * expected
    assert alarms <= 0.02 * negatives


def test_without_the_time_suite_the_benchmarks_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("bench.time_suite").main(["--suite", "none.jsonl"])
    assert "not shipped; name a file with --suite" in capsys.readouterr().out
