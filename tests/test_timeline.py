from datetime import date

import numpy as np
import pytest

from model.data import TIME_ROLES
from model.dates import DatedPhrase, Timeline, likeliest, ranked
from model.judging.due import over_from
from model.judging.timeline import build_timeline, by_promise
from model.reading.note import read_note
from model.types import Policy
from model.workdays import weekdays_between

WEDNESDAY = date(2026, 6, 10)


def timeline(
    text: str,
    roles: list[str],
    as_of: str | None = None,
    met: str | None = None,
    country: str = "US",
    answered: str = "",
) -> Timeline:
    """The timeline of a text whose times have the given roles; `answered`: in a clause with it."""
    note = read_note(text)
    assert len(note.times) == len(roles), [text[t.start : t.end] for t in note.times]
    sure = np.zeros((len(roles), len(TIME_ROLES)))
    for row, role in enumerate(roles):
        sure[row, TIME_ROLES.index(role)] = 1.0
    return build_timeline(
        note, sure, [float(bool(answered) and answered in text[c.start : c.end]) for c in note.clauses],
        as_of=date.fromisoformat(as_of) if as_of else None,
        interview_date=date.fromisoformat(met) if met else None,
        default_today=WEDNESDAY, country=country,
    )  # fmt: skip


# fmt: off
BASES = [
    # text                          roles                     as_of         interview     window    today
    ("by 20 November",              ["window"],               "2026-11-10", None,         "stated",   "stated"),
    ("in two weeks",                ["window"],               "2026-11-10", "2026-11-03", "inferred", "stated"),
    ("by Friday",                   ["window"],               "2026-11-10", None,         "assumed",  "stated"),   # of which week?
    ("met 2 days ago: by Friday",   ["interview", "window"],  "2026-11-10", None,         "inferred", "stated"),
    ("met 2 days ago: by Friday",   ["interview", "window"],  None,         None,         "assumed",  "assumed"),
    ("by Friday, it is 9 June now",  ["window", "today"],      None,         "2026-06-03", "inferred", "inferred"),
    ("tomorrow",                    ["window"],               None,         "2026-06-03", "assumed",  "assumed"),
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "as_of", "met", "window", "today"), BASES)
def test_how_a_day_is_known(
    text: str, roles: list[str], as_of: str | None, met: str | None, window: str, today: str
) -> None:
    found = timeline(text, roles, as_of, met)
    assert found.window_end is not None
    assert (found.window_end.basis, found.today_basis) == (window, today)


@pytest.mark.parametrize(("country", "end"), [("US", "2026-12-01"), ("GB", "2026-11-30")])
def test_business_days_are_those_of_the_country(country: str, end: str) -> None:
    found = timeline("five working days", ["window"], "2026-12-10", "2026-11-23", country)
    assert found.window_end is not None
    assert found.window_end.day == date.fromisoformat(end)


@pytest.mark.parametrize("text", ["by 12/31/9999", "after 9999-12-31", "from 0001-01-01"])
@pytest.mark.parametrize("role", TIME_ROLES)
def test_days_of_another_age_are_no_days(text: str, role: str) -> None:
    note = read_note(text)
    assert timeline(text, [role] * len(note.times), "2026-12-10", "2026-11-23").window_end is None


# fmt: off
WINDOWS = [
    # text, roles, as_of, interview, window_end, first day it is over
    ("by Friday",                       ["window"], "2026-11-10", "2026-11-03", "2026-11-06", "2026-11-09"),
    ("two weeks",                       ["window"], "2026-11-24", "2026-11-03", "2026-11-17", "2026-11-18"),
    ("after the weekend",               ["window"], "2026-11-24", "2026-11-06", "2026-11-09", "2026-11-10"),
    ("Friday, no, next week",           ["window", "window"], "2026-11-24", "2026-11-03", "2026-11-13", "2026-11-16"),
    ("on Monday: by Wednesday",         ["said", "window"], "2026-11-20", "2026-11-03", "2026-11-18", "2026-11-19"),
    ("I rang Monday, he said by Wednesday", ["chase", "window"], "2026-11-20", "2026-11-03", "2026-11-18", "2026-11-19"),
    ("by March 16",                     ["window"], "2026-03-20", None,         "2026-03-16", "2026-03-17"),
    ("by Friday",                       ["window"], "2026-11-10", None,         "2026-11-06", "2026-11-09"),  # four days ago
    ("by Friday",                       ["window"], "2026-11-11", None,         "2026-11-13", "2026-11-16"),  # five
    ("by Friday",                       ["window"], "2026-11-13", None,         "2026-11-13", "2026-11-16"),  # today
    ("Monday at the latest",            ["window"], "2026-11-12", None,         "2026-11-09", "2026-11-10"),
    ("by the end of the week",          ["window"], "2026-11-10", None,         "2026-11-06", "2026-11-09"),  # four days ago
    ("by the end of the week",          ["window"], "2026-11-11", None,         "2026-11-13", "2026-11-16"),  # five
    ("by the weekend",                  ["window"], "2026-11-09", None,         "2026-11-06", "2026-11-09"),
    ("end of the month",                ["window"], "2026-11-04", None,         "2026-10-31", "2026-11-03"),
    ("end of the month",                ["window"], "2026-11-05", None,         "2026-11-30", "2026-12-01"),
    ("this week",                       ["window"], "2026-11-10", None,         None,         None),  # of which?
    ("next Friday",                     ["window"], "2026-11-10", None,         "2026-11-20", "2026-11-23"),
    ("within two weeks",                ["window"], "2026-11-10", None,         None,         None),
    ("met 2 weeks ago, said 10 days",   ["interview", "window"], None, None,    "2026-06-06", "2026-06-09"),  # a Saturday: due on Monday
    ("three weeks, then on 10 November she rang: by Friday",
                                        ["window", "word", "window"], "2026-11-17", "2026-11-03", "2026-11-13", "2026-11-16"),
    ("three weeks, no, by Friday",      ["window", "window"], "2026-11-17", "2026-11-03", "2026-11-06", "2026-11-09"),  # of one day
    ("by Friday. By Monday, he said. Friday it was!",
                                        ["window", "window", "window"], "2026-11-17", "2026-11-03", "2026-11-09", "2026-11-10"),  # repeated
    ("before Labor Day",                ["window"], "2026-09-08", "2026-08-27", "2026-09-04", "2026-09-08"),  # not put off
    ("not before the 14th",             ["window"], "2026-11-24", "2026-11-03", "2026-11-14", "2026-11-17"),  # a Saturday
    ("you won’t hear before the 12th",  ["window"], "2026-11-24", "2026-11-03", "2026-11-12", "2026-11-13"),
    ("not sure, said he. Before the 27th", ["window"], "2026-12-01", "2026-11-20", "2026-11-25", "2026-11-27"),  # the 26th is a holiday
    ("they'd call yesterday at ten",    ["window"], "2026-11-24", "2026-11-17", "2026-11-23", "2026-11-24"),
    ("they'd call tonight at ten",      ["window"], "2026-11-24", "2026-11-17", "2026-11-17", "2026-11-18"),
    ("she rang on Monday. I was to hear by last Friday",
                                        ["word", "window"], "2026-11-17", "2026-11-03", "2026-11-13", "2026-11-16"),  # promised before
    ("I was to hear by last Friday",    ["window"],       "2026-11-17", "2026-11-03", "2026-11-13", "2026-11-16"),
    ("by the end of last week",         ["window"],       "2026-11-17", "2026-11-03", "2026-11-13", "2026-11-16"),
    ("by November 14",                  ["window"],       "2026-11-24", "2026-11-14", "2026-11-14", "2026-11-17"),  # due on Monday
    ("by Thanksgiving",                 ["window"],       "2026-11-30", "2026-11-03", "2026-11-26", "2026-11-30"),  # due on Friday
    ("by the end of November",          ["window"],       "2026-11-24", None,         "2026-11-30", "2026-12-01"),
    ("They said next month",            ["window"],       "2026-11-24", None,         None,         None),
    ('She said: "Tomorrow."',           ["window"],       "2026-11-10", "2026-11-05", "2026-11-06", "2026-11-09"),
    ("I will know tomorrow",            ["window"],       "2026-11-25", "2026-11-20", "2026-11-26", "2026-11-30"),  # a holiday
    ("Two weeks, and that's tomorrow",  ["window", "window"], "2026-11-16", "2026-11-03", "2026-11-17", "2026-11-18"),
    ("they'd ring me tomorrow",         ["window"],       "2026-11-10", "2026-11-05", "2026-11-06", "2026-11-09"),
    ("she wrote yesterday: a call tomorrow at ten",
                                        ["word", "window"], "2026-11-10", "2026-11-03", "2026-11-10", "2026-11-11"),
    ("she wrote yesterday. I will know tomorrow at ten",
                                        ["word", "window"], "2026-11-10", "2026-11-03", "2026-11-11", "2026-11-12"),
    ("news tomorrow. That tomorrow was a lie",
                                        ["window", "window"], "2026-11-10", "2026-11-05", "2026-11-11", "2026-11-12"),
    ("they decide tomorrow",            ["window"],       "2026-11-10", "2026-11-05", "2026-11-11", "2026-11-12"),
    ("they said they'd ring tonight",   ["window"],       "2026-11-10", "2026-11-05", "2026-11-05", "2026-11-06"),
    ("I rang on the 10th. They'd said by the 18th",
                                        ["chase", "window"], "2026-11-24", "2026-11-03", "2026-11-18", "2026-11-19"),
    ("before Monday",                   ["window"],       "2026-11-24", "2026-11-07", "2026-11-08", "2026-11-10"),  # said at the weekend
    ("they'd ring me tomorrow",         ["window"],       "2026-11-05", "2026-11-05", "2026-11-06", "2026-11-09"),
    ("by the weekend",                  ["window"],       "2026-11-24", "2026-11-07", "2026-11-13", "2026-11-16"),  # said in one
    ("by Friday the 13th. Till Friday I wait", ["window", "window"], "2026-11-10", "2026-11-03", "2026-11-13", "2026-11-16"),
    ("two weeks, so Tuesday",           ["window", "window"], "2026-11-10", "2026-11-03", "2026-11-17", "2026-11-18"),
    ("last week they told a friend. By Friday",
                                        ["window", "window"], "2026-11-11", None, "2026-11-13", "2026-11-16"),
    ("two weeks, no, Wednesday",        ["window", "window"], "2026-11-10", "2026-11-03", "2026-11-04", "2026-11-05"),  # another day
    ("by Friday the 13th. On the 9th: by Friday week",
                                        ["window", "word", "window"], "2026-11-10", "2026-11-03", "2026-11-20", "2026-11-23"),
    ("by Friday. That Friday is over",  ["window", "window"], "2026-11-10", "2026-11-03", "2026-11-06", "2026-11-09"),
    ("after the fair, which is Monday", ["window"],       "2026-11-12", "2026-11-03", "2026-11-16", "2026-11-17"),  # still to come
    ("the fair is over on Monday",      ["window"],       "2026-11-12", "2026-11-03", "2026-11-09", "2026-11-10"),
    ("after the fair, that's the Monday", ["window"],     "2026-11-12", "2026-11-03", "2026-11-09", "2026-11-10"),
    ("he'd ring by this Friday",        ["window"],       "2026-11-18", "2026-11-03", "2026-11-20", "2026-11-23"),  # the writer's week
    ("he'd ring by this Monday",        ["window"],       "2026-11-18", "2026-11-03", "2026-11-16", "2026-11-17"),
    ('"By this Friday", he said',       ["window"],       "2026-11-18", "2026-11-03", "2026-11-06", "2026-11-09"),
    ("last week: by Friday",            ["said", "window"], "2026-11-16", "2026-10-20", "2026-11-13", "2026-11-16"),  # of that week
    ("last week: by Tuesday",           ["said", "window"], "2026-11-16", "2026-10-20", "2026-11-17", "2026-11-18"),  # of the next
    ("last week: within a week",        ["said", "window"], "2026-11-16", "2026-10-20", "2026-11-20", "2026-11-23"),  # the late end
    ("by 31 February",                  ["window"],       "2026-03-20", "2026-02-20", None,         None),
    ("next week, that was a Tuesday",   ["window", "interview"], "2026-11-24", "2026-11-03", "2026-11-13", "2026-11-16"),  # no later one
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "as_of", "met", "end", "over"), WINDOWS)
def test_windows_run_from_the_promise(
    text: str, roles: list[str], as_of: str, met: str, end: str, over: str
) -> None:
    result = timeline(text, roles, as_of, met)
    assert (result.window_end.day.isoformat() if result.window_end else None) == end
    if result.window_end:
        assert over_from(result.window_end, Policy()).isoformat() == over


# fmt: off
TO_COME = [
    # text                          read on       interview     to come
    ("it is on 5 January",          "2026-12-28", None,         "2027-01-05"),
    ("it was on 5 November",        "2026-12-28", "2026-11-05", None),
    ("it is on 3 January",          "2027-01-03", "2027-01-03", None),
    ("it was in April",             "2026-12-28", "2026-04-30", None),  # not so far ahead
    ("it was on 5 January 2026",    "2026-12-28", "2026-01-05", None),
    ("it was on the 3rd",           "2026-11-30", "2026-11-03", None),
    ("it is on 5 January",          None,         "2026-01-05", None),  # of today nothing is known
    ("it is tomorrow at ten",       "2026-12-28", None,         "2026-12-29"),
    ("it is next Tuesday",          "2026-12-28", None,         "2027-01-05"),
    ("it was on Tuesday",           "2026-12-28", "2026-12-22", None),
]
# fmt: on


@pytest.mark.parametrize(("text", "as_of", "met", "ahead"), TO_COME)
def test_an_interview_to_come_has_not_been(
    text: str, as_of: str | None, met: str | None, ahead: str | None
) -> None:
    found = timeline(text, ["interview"], as_of, None)
    days = [each.day.isoformat() if each else None for each in (found.interview, found.meeting)]
    assert days == [met, ahead]


# fmt: off
UNANSWERED = [
    # text                                       roles                        contacts that wait
    ("I rang on the 5th, I wrote on the 9th",    ["chase", "chase"],          2),
    ("I rang on the 5th; on the 9th she wrote",  ["chase", "word"],           0),
    ("I rang on the 5th; on the 6th she wrote; I rang on the 9th", ["chase", "word", "chase"], 1),
    ("I rang on the 5th, he said by the 12th. I rang on the 9th", ["chase", "window", "chase"], 1),
    ("he said by the 12th. I rang on the 9th",   ["window", "chase"],         1),
    ("on the 9th he wrote. I rang on the 9th",   ["word", "chase"],           1),     # later that day
    ("I rang on the 9th. On the 9th he wrote",   ["chase", "word"],           0),
    ("I wrote on the 5th. I rang on the 9th and it rang out", ["chase", "chase"], 1),  # reached nobody
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "count"), UNANSWERED, ids=[r[0] for r in UNANSWERED])
def test_contacts_before_their_last_word_are_answered(
    text: str, roles: list[str], count: int
) -> None:
    assert len(timeline(text, roles, "2026-11-11", "2026-11-03").unanswered) == count


# fmt: off
TOLD = [
    # notes, met on Tuesday 3 November                    roles                  end
    ("he'd ring that evening",                            ["window"],            "2026-11-03"),
    ("by the end of that week",                           ["window"],            "2026-11-06"),
    ("the morning after, she said",                       ["window"],            "2026-11-04"),
    ("they meet on the 17th and ring that night",         ["process", "window"], "2026-11-17"),
    ("the board is on the 17th; the day after, she said", ["process", "window"], "2026-11-18"),
    ("interviews till the 17th, then the week after",     ["process", "window"], "2026-11-27"),
    ("the board is on 31 February; he'd ring that evening", ["process", "window"],   "2026-11-03"),
    ("they meet on the 10th. I wrote on the 17th, he said he'd ring that evening", ["process", "chase", "window"], "2026-11-17"),
    ("they meet on the 17th and ring the next day",       ["process", "window"], "2026-11-18"),
    ("till the 17th, and by that Friday",                 ["process", "window"], "2026-11-20"),
    ("they meet on Tuesday the 17th and ring on Wednesday", ["process", "window"], "2026-11-18"),
    ("they meet on the 17th. They ring on Wednesday",     ["process", "window"], "2026-11-04"),  # as told by itself
    ("she sees others next week and rings on Thursday",   ["process", "window"], "2026-11-12"),
    ("she sees others next week and rings the Thursday after", ["process", "window"], "2026-11-19"),
    ("it closes on the 17th. Within a week of that",      ["process", "window"], "2026-11-24"),
    ("it closes on the 17th. Within a week",              ["process", "window"], "2026-11-10"),
    ("my lease is up on the 17th. He'd ring that night",  ["other", "window"],   "2026-11-03"),
]


@pytest.mark.parametrize(("text", "roles", "end"), TOLD, ids=[row[0] for row in TOLD])
def test_that_day_is_one_told_before(text: str, roles: list[str], end: str) -> None:
    found = timeline(text, roles, "2026-11-24", "2026-11-03").window_end
    assert found is not None
    assert found.day.isoformat() == end


HOURS = [
    # notes of Tuesday 24 November          roles                    over from
    ("he'd ring at ten. quarter past eleven now",  ["window", "today"],     "2026-11-24"),
    ("he'd ring at ten. quarter to eleven now",    ["window", "today"],     "2026-11-25"),
    ("call set for 2pm, it's 15:00",               ["window", "today"],     "2026-11-24"),
    ("call set for 2pm, it's 11:30am",             ["window", "today"],     "2026-11-25"),
    ("a call at noon. ten past one now",           ["window", "today"],     "2026-11-24"),
    ("Tuesday at 2, she said. 16:30 now",          ["window", "today"],     "2026-11-24"),
    ("Monday at 2, she said. 16:30 now",           ["window", "today"],     "2026-11-24"),
    ("by Friday, at 2 or so. 16:30 now",           ["window", "today"],     "2026-11-30"),
    ("by Tuesday at 2, she said. 16:30 now",       ["window", "today"],     "2026-11-24"),
    ("before 2pm on Tuesday, she said. 16:30 now", ["window", "today"],     "2026-11-24"),
    ("by Friday, ring at two. 16:30 now",          ["window", "window", "today"], "2026-11-30"),
    ("by tonight, till six. half seven now",       ["window", "window", "today"], "2026-11-24"),
    ("by tonight, till six. half six now",         ["window", "window", "today"], "2026-11-25"),
    ("today at ten, or at two. 11:30 now",         ["window", "window", "today"], "2026-11-25"),
    ("at ten, or at two. 11:30 now",               ["window", "window", "today"], "2026-11-25"),
    ("call 9am to 5. 11am now",                    ["window", "today"],     "2026-11-25"),
    ("call at 9am. half four now",                 ["window", "today"],     "2026-11-24"),
    ("after 2pm today. 16:30 now",                 ["window", "today"],     "2026-11-25"),
    ("he'd ring at ten",                           ["window"],              None),
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "over"), HOURS)
def test_a_set_hour_is_over_an_hour_later(text: str, roles: list[str], over: str | None) -> None:
    end = timeline(text, roles, "2026-11-24", "2026-11-20").window_end
    assert (end and over_from(end, Policy()).isoformat()) == over


# fmt: off
PROMISED = [
    # met on Tuesday 3 November                                roles                            window end
    ("on the 10th they wrote that it had slipped to Friday",   ["word", "window"],              "2026-11-13"),
    ("I rang on the 10th. They had said by Friday",            ["chase", "window"],             "2026-11-06"),
    ("I rang on the 10th and they said by Friday",             ["chase", "window"],             "2026-11-13"),  # an answer
    ("I wrote on the 10th, no reply. It was by Friday",        ["chase", "window"],             "2026-11-06"),
    ("I wrote on the 10th, as they said by Friday",            ["chase", "window"],             "2026-11-06"),
    ("I rang on the 10th, had ten minutes with her: by Friday", ["chase", "window"],            "2026-11-13"),
    ("I wrote on the 10th, they'd said by Friday",             ["chase", "window"],             "2026-11-06"),
    ("I rang on the 10th; he'd let me know by Friday",         ["chase", "window"],             "2026-11-13"),
    ("I wrote on the 10th, but at the interview: by Friday",   ["chase", "window"],             "2026-11-06"),
    ("on the 10th she wrote: by Friday. Before that it was the 20th",
                                                  ["word", "window", "window"],                 "2026-11-13"),
    ("on the 10th she wrote: by Friday. After that it was the 20th",
                                                  ["word", "window", "window"],                 "2026-11-20"),
    ("by the 20th. On the 10th he said: by Friday. The 20th isn't here yet",
                                                  ["window", "word", "window", "window"],       "2026-11-13"),  # told again
    ("by the 20th. On the 10th he said: by Friday. No, the 23rd",
                                                  ["window", "word", "window", "window"],       "2026-11-23"),  # another day
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "end"), PROMISED, ids=[row[0] for row in PROMISED])
def test_a_promise_runs_from_the_contact_told_before_it(
    text: str, roles: list[str], end: str
) -> None:
    found = timeline(text, roles, "2026-11-24", "2026-11-03", answered="and they said").window_end
    assert found is not None
    assert found.day.isoformat() == end


@pytest.mark.parametrize(("answered", "end"), [("She rang back", "2026-11-11"), ("", "2026-11-25")])
def test_tomorrow_in_an_answer_is_the_day_after_it(answered: str, end: str) -> None:
    text = "I wrote on the 10th. She rang back, news tomorrow"
    found = timeline(text, ["chase", "window"], "2026-11-24", "2026-11-03", answered=answered)
    assert found.window_end is not None
    assert found.window_end.day.isoformat() == end


# fmt: off
MESSAGES = [
    # notes, read on Monday 30 November                                   roles                     interview     window
    ("10 November: glad to have met you yesterday. You'll hear tomorrow", ["word", "interview", "window"], "2026-11-09", "2026-11-11"),
    ("10 November: glad to have met you last week. By Friday",            ["word", "interview", "window"], "2026-11-06", "2026-11-13"),
    ("10 November: a line. I met them yesterday. I'll hear tomorrow",     ["word", "interview", "window"], "2026-11-29", "2026-12-01"),
    ("Glad to have met you yesterday. You'll hear tomorrow",              ["interview", "window"],         "2026-11-29", "2026-11-30"),
    ("10 November: thank you. I met them yesterday",                      ["word", "interview"],           "2026-11-29", None),
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "met", "end"), MESSAGES, ids=range(len(MESSAGES)))
def test_what_a_message_tells_somebody_counts_from_its_day(
    text: str, roles: list[str], met: str, end: str | None
) -> None:
    found = timeline(text, roles, "2026-11-30")
    assert found.interview is not None
    assert found.interview.day.isoformat() == met
    assert (found.window_end and found.window_end.day.isoformat()) == end


# fmt: off
UNDATED = [
    # notes, read on Tuesday 24 November              roles               interview     window
    ("two weeks. Then she rang: Monday now",          ["window", "window"], "2026-11-03", "2026-11-30"),
    ("two weeks. Then she rang: Tuesday now",         ["window", "window"], "2026-11-02", "2026-11-24"),  # today
    ("then she rang: Monday now",                     ["window"],         None,         "2026-11-30"),
    ("then she rang: Monday now",                     ["window"],         "2026-11-17", "2026-11-23"),  # a week ago
    ("then she rang: Monday now",                     ["window"],         "2026-11-16", "2026-11-30"),
    ("then she rang. Monday now",                     ["window"],         "2026-11-03", "2026-11-09"),  # another sentence
    ("then she rang: in a week now",                  ["window"],         "2026-11-03", "2026-11-10"),
    ("then she rang: Monday now. That was on the 12th", ["window", "word"], "2026-11-03", "2026-11-09"),  # a day is told
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "met", "end"), UNDATED, ids=range(len(UNDATED)))
def test_a_weekday_in_an_answer_of_no_day_is_still_to_come(
    text: str, roles: list[str], met: str | None, end: str
) -> None:
    found = timeline(text, roles, "2026-11-24", met, answered="hen she rang").window_end
    assert found is not None
    assert found.day.isoformat() == end


# fmt: off
ANSWERS = [
    # notes, read on Tuesday 24 November                answered in      the last word of theirs
    ("I wrote on the 10th, she replied: not yet",       "she replied",   "2026-11-10"),
    ("She replied by mail. I wrote on the 10th",        "She replied",   None),         # before it
    ("I wrote on the 10th, no reply",                   "",              None),
]
# fmt: on


@pytest.mark.parametrize(("text", "answered", "word"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_an_answer_is_a_word_of_its_contacts_day(
    text: str, answered: str, word: str | None
) -> None:
    last = timeline(text, ["chase"], "2026-11-24", answered=answered).last_heard
    assert (last.day.isoformat() if last else None) == word


def test_the_next_deadline_is_the_one_that_presses() -> None:
    found = timeline(
        "an offer until Friday, a lease until the 30th", ["pressure"] * 2, "2026-11-24"
    )
    assert found.deadline is not None
    assert found.deadline.day == date(2026, 11, 27)


# fmt: off
OVERS = [
    # notes, read on 17 November and met on the 3rd               roles                         it is told that it ran out
    ("by the 6th. It ran out 11 days ago",                        ["window", "over"],           True),
    ("by the 6th. It ran out 11 days ago. By the 20th, she said", ["window", "over", "window"], False),  # a newer promise
    ("It ran out 11 days ago. By the 6th, she had said",          ["over", "window"],           True),
    ("by the 6th. It ran out 11 days ago. The 6th!",              ["window", "over", "window"], True),   # the same one
    ("it ran out 11 days ago",                                    ["over"],                     True),
    ("by the 20th. Two weeks, then, says my aunt",                  ["window", "over"],           False),  # of what?
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "is_told"), OVERS, ids=[row[0] for row in OVERS])
def test_what_ran_out_is_the_promise_told_before(
    text: str, roles: list[str], is_told: bool
) -> None:
    assert bool(timeline(text, roles, "2026-11-17", "2026-11-03").overs) == is_told


def test_grace_moves_the_end_of_the_window() -> None:
    # Thanksgiving is between
    assert over_from(DatedPhrase(date(2026, 11, 24)), Policy(grace=2)) == date(2026, 11, 30)


# fmt: off
HOLDS = [
    # said on Tuesday 3 November                       calls are welcome from
    ("ring me Thursday",                               "2026-11-05"),
    ("not before the 14th",                            "2026-11-14"),
    ("if you've not heard by Friday give us a ring",   "2026-11-09"),
    ("if you hear nothing, ring on Friday",            "2026-11-06"),
    ("I'm on leave until Monday",                      "2026-11-09"),
    ("give us till Friday, then chase me",             "2026-11-09"),
    ("give us a week, then chase me",                  "2026-11-10"),
    ("don't ring us till Friday",                      "2026-11-06"),
    ("no calls until next week",                       "2026-11-09"),
    ("no calls until the end of next week",            "2026-11-13"),
    ("no calls until next month",                      "2026-12-01"),
    ("no calls until the end of next month",           "2026-12-31"),
    ("no calls until next quarter",                    "2027-01-01"),
    ("no calls until next year",                       "2027-01-01"),
    ("no calls until December",                        "2026-12-01"),
    ("no word by Saturday? ring us",                   "2026-11-10"),  # due on Monday
    ("no word by\nSaturday? ring us",                  "2026-11-10"),
    ("ring once the 6th has passed",                   "2026-11-07"),
    ("ring me Thursday. I have heard nothing",         "2026-11-05"),
    ("I asked if I may call. Ring me Thursday",        "2026-11-05"),
]
# fmt: on


@pytest.mark.parametrize(("text", "hold"), HOLDS, ids=[repr(row[0]) for row in HOLDS])
def test_holds_end_on_the_day_or_after_the_window(text: str, hold: str) -> None:
    result = timeline(text, ["hold"], "2026-11-24", "2026-11-03")
    assert result.hold_from is not None
    assert result.hold_from.day.isoformat() == hold


# fmt: off
BY_THEN = [
    # said on Tuesday 3 November                 roles               calls are welcome from
    ("ring me Thursday, I will know by then",    ["hold", "hold"],   "2026-11-05"),
    ("news on Thursday, if not by then ring",    ["window", "hold"], "2026-11-06"),
    ("if not by then, ring",                     ["hold"],           "2026-11-04"),  # that day is over
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "hold"), BY_THEN, ids=[row[0] for row in BY_THEN])
def test_by_then_is_after_a_promised_day_but_on_a_day_to_call(
    text: str, roles: list[str], hold: str
) -> None:
    result = timeline(text, roles, "2026-11-24", "2026-11-03")
    assert {each.day.isoformat() for each in result.holds} == {hold}


# fmt: off
RECENTLY = [
    # promised on a day unknown, read on Friday 20 November   the day
    ("ring me on Friday",                "hold",              "2026-11-20"),
    ("ring me on Wednesday",             "hold",              "2026-11-18"),
    ("ring me on Tuesday",               "hold",              "2026-11-24"),  # that is to come
    ("if not heard by Tuesday, ring",    "hold",              "2026-11-18"),  # that ends a wait
    ("they reply on Monday",             "window",            "2026-11-16"),
    ("they reply on Sunday",             "window",            "2026-11-22"),
]
# fmt: on


@pytest.mark.parametrize(("text", "role", "day"), RECENTLY, ids=[row[0] for row in RECENTLY])
def test_a_weekday_promised_on_a_day_unknown_is_a_recent_one(
    text: str, role: str, day: str
) -> None:
    found = timeline(text, [role], "2026-11-20")
    (told,) = found.holds or found.windows
    assert told.day.isoformat() == day


@pytest.mark.parametrize(
    ("text", "role", "days"),
    [("met a week ago", "interview", 5), ("met yesterday", "interview", 1),
     ("saw them last Friday", "interview", 3), ("nothing for 3 weeks", "word", 15)],
)  # fmt: skip
def test_quiet_days_are_business_days(text: str, role: str, days: int) -> None:
    last = timeline(text, [role], as_of="2026-06-10").last_heard
    assert last is not None
    assert weekdays_between(last.day, WEDNESDAY) == days


@pytest.mark.parametrize(
    ("text", "role", "day"),
    [("The board meets tomorrow", "process", "2026-11-25"),
     ("they said the board would meet tomorrow", "process", "2026-11-11"),
     ("he is back tomorrow", "hold", "2026-11-25")],
)  # fmt: skip
def test_tomorrow_is_that_of_who_says_it(text: str, role: str, day: str) -> None:
    found = timeline(text, [role], "2026-11-24", "2026-11-10")
    (told,) = found.steps if role == "process" else found.holds
    assert told.day.isoformat() == day


def test_a_doubtful_mention_reorders_no_promises() -> None:
    days = [
        DatedPhrase(date(2026, 11, day), (start, start + 3), chance=chance)
        for day, start, chance in ((9, 0, 0.03), (6, 20, 1.0), (9, 40, 1.0))
    ]
    assert by_promise(days)[0].day == date(2026, 11, 9)
    assert by_promise(reversed(days))[0].day == date(2026, 11, 9)


# fmt: off
DEADLINES = [
    # text                          read on       days that press
    ("an answer by 20 November",    "2026-11-23", []),              # it was this year's
    ("an answer by 20 November",    "2026-11-10", ["2026-11-20"]),
    ("an answer by 8 January",      "2026-12-28", ["2027-01-08"]),
    ("an answer by 20 November 2027", "2026-11-23", ["2027-11-20"]),
]
# fmt: on


@pytest.mark.parametrize(("text", "as_of", "days"), DEADLINES)
def test_a_deadline_without_a_year_is_the_nearest(text: str, as_of: str, days: list[str]) -> None:
    found = timeline(text, ["pressure"], as_of)
    assert [each.day.isoformat() for each in found.deadlines] == days


def test_a_deadline_of_tomorrow_is_known_without_today() -> None:
    found = timeline("they want an answer by tomorrow", ["pressure"])
    assert found.comparable(found.deadlines)


def test_the_latest_chase_counts() -> None:
    result = timeline("rang on Monday and again yesterday", ["chase", "chase"], "2026-06-10")
    assert result.last_chase is not None
    assert result.last_chase.day == date(2026, 6, 9)


# fmt: off
LATER = [
    # notes, read on 24 November                              roles                            interview     the last word
    ("a few days after, she wrote",                           ["word"],                        "2026-11-10", "2026-11-14"),
    ("met on the 10th. A week later she wrote",               ["interview", "word"],           None,         "2026-11-17"),
    ("I wrote on the 12th. Two days later she answered",      ["chase", "word"],               "2026-11-10", "2026-11-14"),
    ("on the 12th she wrote. I had met them two days after",  ["word", "interview"],           None,         "2026-11-14"),
    ("two weeks later, still no word",                        ["word"],                        None,         "2026-11-10"),  # of what? so long ago
    ("two weeks later she wrote",                             ["word"],                        "2026-11-17", "2026-11-17"),  # not after today
    ("I wrote on the 12th. At ten she answered",              ["chase", "word"],               "2026-11-10", "2026-11-12"),
    ("I wrote on the 12th. Within the hour she answered",     ["chase", "word"],               "2026-11-10", "2026-11-12"),
    ("within the hour she answered",                          ["word"],                        "2026-11-10", "2026-11-10"),  # of what?
    ("she rang at ten",                                       ["word"],                        "2026-11-10", "2026-11-24"),  # today
    ("met at ten",                                            ["interview"],                   "2026-11-10", "2026-11-10"),  # of which day?
    ("met three weeks yesterday",                             ["interview"],                   None,         "2026-11-02"),
]
# fmt: on


@pytest.mark.parametrize(("text", "roles", "met", "day"), LATER, ids=[row[0] for row in LATER])
def test_later_counts_from_the_contact_told_before(
    text: str, roles: list[str], met: str | None, day: str
) -> None:
    contact = timeline(text, roles, "2026-11-24", met).last_heard
    assert contact is not None
    assert contact.day.isoformat() == day


# fmt: off
NAMED_TODAY = [
    # read on Wednesday 10 June   country  today
    ("It's Friday",               "US",    "2026-06-05"),
    ("It's Wednesday",            "US",    "2026-06-10"),
    ("It's Wednesday",            "PT",    "2026-06-03"),  # the 10th is Portugal Day
    ("It's the 10th",             "PT",    "2026-06-10"),
    ("It's Sunday",               "PT",    "2026-06-07"),
]
# fmt: on


@pytest.mark.parametrize(("text", "country", "today"), NAMED_TODAY)
def test_today_is_taken_from_the_notes_where_nobody_gives_it(
    text: str, country: str, today: str
) -> None:
    result = timeline(text, ["today"], country=country)
    assert (result.today, result.is_today_known) == (date.fromisoformat(today), True)


@pytest.mark.parametrize(("text", "names"), [("It's Friday", True), ("It's half four", False)])
def test_an_hour_names_no_day(text: str, names: bool) -> None:
    assert timeline(text, ["today"], "2026-11-27").names_today is names


def test_without_any_day_only_distances_are_known() -> None:
    result = timeline("met ten days ago, they said by Friday", ["interview", "window"])
    assert not result.is_today_known
    assert result.window_end is not None
    assert result.is_comparable(result.window_end)


def test_a_note_without_times_has_no_dates() -> None:
    result = timeline("all went well", [], "2026-06-10")
    assert (result.last_heard, result.window_end, result.hold_from) == (None, None, None)


# fmt: off
CHANCES = [
    # chances, the newest first   of being the newest       the likeliest
    ((),                          (),                       None),
    ((1.0, 1.0),                  (1.0, 0.0),               0),
    ((0.5, 1.0),                  (0.5, 0.5),               0),
    ((0.3, 0.9),                  (0.3, 0.63),              1),
    ((0.2, 0.2),                  (0.2, 0.16),              None),  # neither is sure enough
]
# fmt: on


@pytest.mark.parametrize(("chances", "shares", "best"), CHANCES, ids=range(len(CHANCES)))
def test_doubtful_days_share_one_probability(
    chances: tuple[float, ...], shares: tuple[float, ...], best: int | None
) -> None:
    dates = tuple(DatedPhrase(date(2026, 6, 9 - i), chance=c) for i, c in enumerate(chances))
    assert [share for _, share in ranked(dates)] == pytest.approx(list(shares))
    assert likeliest(dates) == (None if best is None else dates[best])
