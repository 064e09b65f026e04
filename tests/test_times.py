from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import time_suite
from model import find_times
from model.times import back_from, find_readings
from model.times.lexer import PUNCTUATION
from model.times.lexicon import lexicon
from model.workdays import holidays_of

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
    ("within just over a week",             "within just over a week", "2026-11-03", "2026-11-10"),
    ("within the next few days",            "within the next few days", "2026-11-03", "2026-11-07"),
    ("after Thanksgiving",                  "after Thanksgiving",    "2026-11-27", None),
    ("before Christmas",                    "before Christmas",      None,         "2026-12-24"),
    ("before the end of the month",         "before the end of the month", None,   "2026-11-29"),
    ("before early September",              "before early September", None,        "2027-08-31"),
    ("before November is out",              "before November",       None,         "2026-11-30"),
    ("before the week is out",              "before the week",       None,         "2026-11-06"),
    ("before December",                     "before December",       None,         "2026-11-30"),
    ("the Monday after next",               "the Monday after next", "2026-11-16", "2026-11-16"),
    ("since Monday",                        "since Monday",          "2026-11-02", None),
    # what people write
    ("Fine. A week ago he rang",            "A week ago",            "2026-10-27", "2026-10-27"),
    ("weeks ago",                           "weeks ago",             "2026-10-06", "2026-10-06"),
    ("wks back",                            "wks back",              "2026-10-06", "2026-10-06"),
    ("Friday just gone",                    "Friday just gone",      "2026-10-30", "2026-10-30"),
    ("Friday last",                         "Friday last",           "2026-10-30", "2026-10-30"),
    ("It's March 5 now",                    "March 5",               "2027-03-05", "2027-03-05"),
    ("Nov 10 to 14 or so",                  "Nov 10 to 14",          "2026-11-10", "2026-11-14"),
    ("10 to 14 of November",                "10 to 14 of November",  "2026-11-10", "2026-11-14"),
    ("by 10 or 11 November",                "by 10 or 11 November",  None,         "2026-11-11"),
    ("by the 20th call them",               "by the 20th",           None,         "2026-11-20"),
    ("on 19th night",                       "19th night",            "2026-11-19", "2026-11-19"),
    ("reply until 25th, please",            "until 25th",            None,         "2026-11-25"),
    ("answer until 13. On",                 "until 13",              None,         "2026-11-13"),
    ("On 24 I wrote",                       "On 24",                 "2026-11-24", "2026-11-24"),
    ("5th evening HR called",               "5th evening",           "2026-11-05", "2026-11-05"),
    ("on the sixth, in the vestry",         "on the sixth",          "2026-11-06", "2026-11-06"),
    ("on the sixth of January, in",         "the sixth of January",  "2027-01-06", "2027-01-06"),
    ("before the week's out",               "before the week's",     None,         "2026-11-06"),
    ("on Palm Sunday",                      "Palm Sunday",           "2027-03-21", "2027-03-21"),
    ("on the 6th her deputy rang",          "the 6th",               "2026-11-06", "2026-11-06"),
    ("the week before last, then",          "the week before last",  "2026-10-19", "2026-10-23"),
    ("by the weekend, darling",             "by the weekend",        None,         "2026-11-06"),
    ("by the weekend darling",              "by the weekend",        None,         "2026-11-06"),
    ("by 5 on Friday",                      "by 5 on Friday",        None,         "2026-11-06"),
    ("that Friday",                         "that Friday",           "2026-11-06", "2026-11-06"),
    ("Fortnight back",                      "Fortnight back",        "2026-10-20", "2026-10-20"),
    ("two Fridays ago",                     "two Fridays ago",       "2026-10-23", "2026-10-23"),
    ("twenty minutes ago",                  "twenty minutes ago",    "2026-11-03", "2026-11-03"),
    ("y'day",                               "y'day",                 "2026-11-02", "2026-11-02"),
    ("wed he said",                         "wed",                   "2026-11-04", "2026-11-04"),
    ("mid-May",                             "mid-May",               "2027-05-11", "2027-05-15"),
    ("by the end of the weekend",           "by the end of the weekend", None,        "2026-11-08"),
    ("in 2027 - March",                     "2027 - March",          "2027-03-01", "2027-03-31"),
    ("by 2027-03",                          "by 2027-03",            None,         "2027-03-31"),
    ("mid 2027",                            "mid 2027",              "2027-05-02", "2027-07-02"),
    ("late 2027",                           "late 2027",             "2027-09-01", "2027-12-31"),
    ("- 14th: no",                          "14th",                  "2026-11-14", "2026-11-14"),
    ("their mail of the 4th: no",           "the 4th",               "2026-11-04", "2026-11-04"),
    ("The 10th slid by",                    "The 10th",              "2026-11-10", "2026-11-10"),
    ("from the 1st onwards",                "from the 1st",          "2026-12-01", None),
    ("It's the thirteenth.",                "the thirteenth",        "2026-11-13", "2026-11-13"),
    ("till the fifteenth!",                 "till the fifteenth",    None,         "2026-11-15"),
    ("day nine and no word",                "day nine",              "2026-10-25", "2026-10-25"),
    ("Week six.",                           "Week six",              "2026-09-29", "2026-09-29"),
    ("she said within 2w",                  "within 2w",             "2026-11-03", "2026-11-17"),
    ("5d ago",                              "5d ago",                "2026-10-29", "2026-10-29"),
    ("in June from Leeds",                  "June",                  "2027-06-01", "2027-06-30"),
    ("that same evening",                   "that same evening",     "2026-11-03", "2026-11-03"),
    ("by the evening of the interview",     "by the evening of the interview", None, "2026-11-03"),
    ("the week of the interview: today",    "today",                 "2026-11-03", "2026-11-03"),
    ("the morning after",                   "the morning after",     "2026-11-04", "2026-11-04"),
    ("by the end of that week",             "by the end of that week", None,       "2026-11-06"),
    ("within days",                         "within days",           "2026-11-03", "2026-11-07"),
    ("before weekend",                      "before weekend",        None,         "2026-11-06"),
    ("It will end before noon on Friday.",  "end before noon on Friday", None,     "2026-11-06"),
    ("early after 3pm on Tuesday",          "early after 3pm on Tuesday", "2026-11-10", None),
    ("a week ago Monday",                   "a week ago Monday",     "2026-10-26", "2026-10-26"),
    ("two weeks ago on Friday",             "two weeks ago on Friday", "2026-10-16", "2026-10-16"),
    ("a week last Friday",                  "a week last Friday",    "2026-10-23", "2026-10-23"),
    ("a fortnight tomorrow",                "a fortnight tomorrow",  "2026-11-18", "2026-11-18"),
    ("she rang a week later",               "a week later",          "2026-11-10", "2026-11-10"),
    ("weeks later, she rang",               "weeks later",           "2026-12-01", "2026-12-01"),
    ("two days after, she rang",            "two days after",        "2026-11-05", "2026-11-05"),
    ("two days after the 10th",             "two days after the 10th", "2026-11-12", "2026-11-12"),
    ("the Friday before last",              "the Friday before last", "2026-10-23", "2026-10-23"),
    ("this Friday past",                    "this Friday past",      "2026-10-30", "2026-10-30"),
    ("just gone Friday",                    "just gone Friday",      "2026-10-30", "2026-10-30"),
    ("a week on Friday",                    "a week on Friday",      "2026-11-13", "2026-11-13"),
    ("Thursday fortnight",                  "Thursday fortnight",    "2026-11-19", "2026-11-19"),
    ("the week after Thanksgiving",         "the week after Thanksgiving", "2026-11-30", "2026-12-04"),
    ("the day after Thanksgiving",          "the day after Thanksgiving", "2026-11-27", "2026-11-27"),
    ("the Monday after Thanksgiving",       "the Monday after Thanksgiving", "2026-11-30", "2026-11-30"),
    ("the Friday before Christmas",         "the Friday before Christmas", "2026-12-18", "2026-12-18"),
    ("Fri 6/11",                            "Fri 6/11",              "2026-11-06", "2026-11-06"),
    ("12/11/2026, Thursday",                "12/11/2026, Thursday",  "2026-11-12", "2026-11-12"),
    ("mon 9/11",                            "mon 9/11",              "2026-11-09", "2026-11-09"),
    ("6/11",                                "6/11",                  "2026-11-06", "2026-11-06"),   # the other is far
    ("12/11",                               "12/11",                 "2026-12-11", "2026-12-11"),
    ("by Friday 13.",                       "by Friday 13",          None,         "2026-11-13"),
    ("it's Monday 16.",                     "Monday 16",             "2026-11-16", "2026-11-16"),
    ("Thu 2, she said",                     "Thu 2",                 "2026-11-05", "2026-11-05"),
    ("Thursday nine, she said",             "Thursday",              "2026-11-05", "2026-11-05"),
    ("Wednesday fortnight ago",             "Wednesday fortnight ago", "2026-10-21", "2026-10-21"),
    ("by Friday 13 candidates",             "by Friday",             None,         "2026-11-06"),
    ("in the new year",                     "in the new year",       "2027-01-01", "2027-01-31"),
    ("early in the new year",               "early in the new year", "2027-01-01", "2027-01-07"),
    ("first week of the new year",          "first week of the new year", "2027-01-04", "2027-01-08"),
    ("on or before 20th November",          "on or before 20th November", None,   "2026-11-20"),
    ("Thursday of the week after next",     "Thursday of the week after next", "2026-11-19", "2026-11-19"),
    ("Wednesday of the week after",         "Wednesday of the week after", "2026-11-11", "2026-11-11"),
    ("the Tuesday the week after, she said", "the Tuesday the week after", "2026-11-10", "2026-11-10"),
    ("the Friday of last week",             "the Friday of last week", "2026-10-30", "2026-10-30"),
    ("Wed or Thurs of the following week",  "Wed or Thurs of the following week", "2026-11-11", "2026-11-12"),
    ("the week following, she said",        "the week following",    "2026-11-09", "2026-11-13"),
    ("over the weekend coming",             "the weekend",           "2026-11-07", "2026-11-08"),   # near miss
    ("the weekend come and gone",           "the weekend",           "2026-11-07", "2026-11-08"),
    ("by this time next week",              "by this time next week", None,        "2026-11-10"),
    ("this day last week",                  "this day last week",    "2026-10-27", "2026-10-27"),
    ("today last week",                     "today last week",       "2026-10-27", "2026-10-27"),
    ("this time next year",                 "this time next year",   "2027-11-03", "2027-11-03"),
    ("this interview next week",            "next week",             "2026-11-09", "2026-11-13"),   # near miss
    ("by today week",                       "by today week",         None,         "2026-11-10"),
    ("tomorrow week, they said",            "tomorrow week",         "2026-11-11", "2026-11-11"),
    ("yesterday week",                      "yesterday week",        "2026-10-26", "2026-10-26"),
    ("a week Friday",                       "a week Friday",         "2026-11-13", "2026-11-13"),
    ("a fortnight Monday, he said",         "a fortnight Monday",    "2026-11-23", "2026-11-23"),
    ("Friday in two weeks",                 "Friday in two weeks",   "2026-11-20", "2026-11-20"),
    ("by Tuesday in a fortnight",           "by Tuesday in a fortnight", None,     "2026-11-17"),
    ("two Fridays from now",                "two Fridays from now",  "2026-11-13", "2026-11-13"),
    ("three weeks hence",                   "three weeks hence",     "2026-11-24", "2026-11-24"),
    ("two weekends ago",                    "two weekends ago",      "2026-10-25", "2026-10-25"),
    ("a weekend ago",                       "a weekend ago",         "2026-11-01", "2026-11-01"),
    ("a week ago yesterday",                "a week ago yesterday",  "2026-10-26", "2026-10-26"),
    ("a week ago tomorrow",                 "a week ago tomorrow",   "2026-10-28", "2026-10-28"),
    ("a week ago today",                    "a week ago today",      "2026-10-27", "2026-10-27"),
    ("first half of next week",             "first half of next week", "2026-11-09", "2026-11-11"),
    ("the first half of December",          "the first half of December", "2026-12-01", "2026-12-15"),
    ("second half of November",             "second half of November", "2026-11-16", "2026-11-30"),
    ("the last half of the week",           "the last half of the week", "2026-11-05", "2026-11-06"),
    ("last third of November",              "last third of November", "2026-11-21", "2026-11-30"),
    ("the third of December",               "the third of December", "2026-12-03", "2026-12-03"),   # near miss
    ("the end of this week or early next",  "the end of this week or early next", "2026-11-06", "2026-11-10"),
    ("end of the week or the start of next", "end of the week or the start of next", "2026-11-06", "2026-11-10"),
    ("by end of the week, Monday latest",   "by end of the week, Monday latest", None, "2026-11-09"),
    ("Friday, Monday at the latest",        "Friday, Monday at the latest", "2026-11-06", "2026-11-09"),
    ("any day from the 14th",               "from the 14th",         "2026-11-14", None),
    ("every day after the 14th",            "after the 14th",        "2026-11-15", None),
    ("Friday the thirteenth and calling",   "Friday the thirteenth", "2026-11-13", "2026-11-13"),
    ("Friday thirteenth",                   "Friday thirteenth",     "2026-11-13", "2026-11-13"),
    ("Monday on the 16th",                  "Monday on the 16th",    "2026-11-16", "2026-11-16"),
    ("Friday first thing",                  "Friday",                "2026-11-06", "2026-11-06"),   # near miss
    ("Friday the tenth floor",              "Friday",                "2026-11-06", "2026-11-06"),
    ("first working day after Christmas",   "first working day after Christmas", "2026-12-28", "2026-12-28"),
    ("the third business day after the 9th", "the third business day after the 9th", "2026-11-12", "2026-11-12"),
    ("first day after Christmas",           "day after Christmas",   "2026-12-26", "2026-12-26"),
    ("this quarter",                        "this quarter",          "2026-10-01", "2026-12-31"),
    ("by the end of the quarter",           "by the end of the quarter", None,     "2026-12-31"),
    ("end of next quarter",                 "end of next quarter",   "2027-03-24", "2027-03-31"),
    ("before quarter end",                  "before quarter end",    None,         "2026-12-30"),
    ("end of Q2",                           "end of Q2",             "2027-06-23", "2027-06-30"),
    ("in Q4",                               "Q4",                    "2026-10-01", "2026-12-31"),   # within it
    ("by Q1 2027",                          "by Q1 2027",            None,         "2027-03-31"),
    ("by April '28, they said",             "by April '28",          None,         "2028-04-30"),
    ("by Apr. ’28",                         "by Apr. ’28",           None,         "2028-04-30"),
    ("'hear by April '28'",                 "by April '28",          None,         "2028-04-30"),
    ("May '27. Nothing",                    "May '27",               "2027-05-01", "2027-05-31"),
    ("April 5 '28",                         "April 5 '28",           "2028-04-05", "2028-04-05"),
    ("the 5th of April '28",                "the 5th of April '28",  "2028-04-05", "2028-04-05"),
    ("Apr '27-Jan '28",                     "Apr '27-Jan '28",       "2027-04-01", "2028-01-31"),
    ("end of Q2 '28",                       "end of Q2 '28",         "2028-06-23", "2028-06-30"),
    ("after Christmas '27",                 "after Christmas '27",   "2027-12-26", None),
    ("by April '7",                         "by April",              None,         "2027-04-30"),   # near misses
    ("by April '278",                       "by April",              None,         "2027-04-30"),
    ("in April '90s music",                 "April",                 "2027-04-01", "2027-04-30"),
    ("'by April' 28 people",                "by April",              None,         "2027-04-30"),
    ("the 5th '28",                         "the 5th",               "2026-11-05", "2026-11-05"),
    ("three workdays ago",                  "three workdays ago",    "2026-10-29", "2026-10-29"),
    ("last workday of the month",           "last workday of the month", "2026-11-30", "2026-11-30"),
    ("a dozen days ago",                    "a dozen days ago",      "2026-10-22", "2026-10-22"),
    ("mid-next-week",                       "mid-next-week",         "2026-11-10", "2026-11-11"),
    ("by St. Patrick's Day",                "by St. Patrick's Day",  None,         "2027-03-17"),
    ("after Guy Fawkes",                    "after Guy Fawkes",      "2026-11-06", None),
    ("over Thanksgiving weekend",           "Thanksgiving weekend",  "2026-11-26", "2026-11-29"),
    ("after Labor Day weekend",             "after Labor Day",       "2027-09-07", None),   # it ends it
    ("Tuesday after Easter weekend",        "Tuesday after Easter",  "2027-03-30", "2027-03-30"),
    ("they gave 9/10 for it",               "9/10",                  "2027-09-10", "2027-09-10"),   # near miss
    ("on 9/10",                             "9/10",                  "2027-09-10", "2027-09-10"),
    ("by 7/10",                             "by 7/10",               None,         "2027-07-10"),
    ("a 6/11 start",                        "6/11",                  "2026-11-06", "2026-11-06"),
    ("I felt on 11/10 that",                "11/10",                 "2026-11-10", "2026-11-10"),
    ("on or after the 9th",                 "on or after the 9th",   "2026-11-09", None),
    ("in the coming weeks",                 "the coming weeks",      "2026-11-04", "2026-12-01"),
    ("the next fortnight",                  "the next fortnight",    "2026-11-04", "2026-11-17"),
    ("the last day of the month",           "the last day of the month", "2026-11-30", "2026-11-30"),
    ("last working day of January",         "last working day of January", "2027-01-29", "2027-01-29"),
    ("late last night",                     "late last night",       "2026-11-02", "2026-11-02"),
    ("by 9999-12-31 or 11/09/2026",         "11/09/2026",            "2026-11-09", "2026-11-09"),
    ("this week or next, she said",         "this week or next",     "2026-11-02", "2026-11-13"),
    ("this week, maybe early next",         "this week, maybe early next", "2026-11-02", "2026-11-10"),
    ("this week or next Monday",            "this week or next Monday", "2026-11-02", "2026-11-09"),
    ("next week or the week after",         "next week or the week after", "2026-11-09", "2026-11-20"),
    ("tomorrow or the day after",           "tomorrow or the day after", "2026-11-04", "2026-11-05"),
    ("by 27-Nov-2026",                      "by 27-Nov-2026",        None,         "2026-11-27"),
    ("13-Nov-26",                           "13-Nov-26",             "2026-11-13", "2026-11-13"),
    ("Fri 06-Nov",                          "Fri 06-Nov",            "2026-11-06", "2026-11-06"),
    ("6-Nov to 9-Nov",                      "6-Nov to 9-Nov",        "2026-11-06", "2026-11-09"),
    ("by Fri., Nov. 13",                    "by Fri., Nov. 13",      None,         "2026-11-13"),
    ("by month-end",                        "by month-end",          None,         "2026-11-30"),
    ("before the year end",                 "before the year end",   None,         "2026-12-30"),
    ("by midweek",                          "by midweek",            None,         "2026-11-04"),
    ("before the year is out",              "before the year",       None,         "2026-12-31"),
    ("the coming Friday",                   "the coming Friday",     "2026-11-06", "2026-11-06"),
    ("end of nxt wk",                       "end of nxt wk",         "2026-11-13", "2026-11-13"),
    ("the 15th next month",                 "the 15th next month",   "2026-12-15", "2026-12-15"),
    ("by end-of-day tomorrow",              "by end-of-day tomorrow", None,        "2026-11-04"),
    ("within 24/48 hours",                  "within 24/48 hours",    "2026-11-03", "2026-11-05"),
    ("inside the week, they said",          "inside the week",       "2026-11-03", "2026-11-10"),
    ("within the next week",                "within the next week",  "2026-11-03", "2026-11-13"),
    ("by lunch",                            "by lunch",              None,         "2026-11-03"),
    ("before breakfast",                    "before breakfast",      None,         "2026-11-03"),
    ("by morning",                          "by morning",            None,         "2026-11-04"),
    ("Monday by lunch",                     "Monday by lunch",       "2026-11-09", "2026-11-09"),
    ("until 12th each of us",               "until 12th",            None,         "2026-11-12"),
    ("wed week for an answer",               "wed week",              "2026-11-11", "2026-11-11"),
    ("by Valentine's, she said",            "by Valentine's",        None,         "2027-02-14"),
    ("by Mother's Day",                     "by Mother's Day",       None,         "2027-05-09"),
    ("by Columbus Day",                     "by Columbus Day",       None,         "2027-10-11"),
    ("Maundy Thursday",                     "Maundy Thursday",       "2027-03-25", "2027-03-25"),
    # ranges take their late end
    ("Nov 10-14",                           "Nov 10-14",             "2026-11-10", "2026-11-14"),
    ("10-14 November",                      "10-14 November",        "2026-11-10", "2026-11-14"),
    ("Nov 10 to Nov 14",                    "Nov 10 to Nov 14",      "2026-11-10", "2026-11-14"),
    ("between the 10th and 14th",           "between the 10th and 14th", "2026-11-10", "2026-11-14"),
    ("the 10th or 11th",                    "the 10th or 11th",      "2026-11-10", "2026-11-11"),
    ("between Monday and 12 November",      "between Monday and 12 November", "2026-11-09", "2026-11-12"),
    ("Monday or Tuesday",                   "Monday or Tuesday",     "2026-11-09", "2026-11-10"),
    ("Thurs/Fri",                           "Thurs/Fri",             "2026-11-05", "2026-11-06"),
    ("today or tomoz",                      "today or tomoz",        "2026-11-03", "2026-11-04"),
    ("the next week or so",                 "the next week or so",   "2026-11-04", "2026-11-10"),
    ("the next week or two",                "the next week or two",  "2026-11-04", "2026-11-17"),
    # hours are days
    ("within 48 hours",                     "within 48 hours",       "2026-11-03", "2026-11-05"),
    ("in 24 hours",                         "in 24 hours",           "2026-11-04", "2026-11-04"),
    ("within the fortnight",                "within the fortnight",  "2026-11-03", "2026-11-17"),
    # counted out
    ("second week of December",             "second week of December", "2026-12-07", "2026-12-11"),
    ("second Friday of December",           "second Friday of December", "2026-12-11", "2026-12-11"),
    ("the second of December",              "the second of December", "2026-12-02", "2026-12-02"),
    ("the last week of November",           "the last week of November", "2026-11-23", "2026-11-27"),
    ("the last Friday of the month",        "the last Friday of the month", "2026-11-27", "2026-11-27"),
    ("the 20th of next month",              "the 20th of next month", "2026-12-20", "2026-12-20"),
    ("the 14th of the month",               "the 14th of the month", "2026-11-14", "2026-11-14"),
    ("by the tenth",                        "by the tenth",          None,         "2026-11-10"),
    ("w/c 9 Nov",                           "w/c 9 Nov",             "2026-11-09", "2026-11-13"),
    ("the week commencing the 16th",        "the week commencing the 16th", "2026-11-16", "2026-11-20"),
    ("the week beginning the 9th",          "the week beginning the 9th", "2026-11-09", "2026-11-13"),
    ("week starting Monday 16th",           "week starting Monday 16th", "2026-11-16", "2026-11-20"),
    # hours and ends of the day belong to the day beside them
    ("by COB Friday",                       "by COB Friday",         None,         "2026-11-06"),
    ("by EOD tomorrow",                     "by EOD tomorrow",       None,         "2026-11-04"),
    ("by the end of the day on Thursday",   "by the end of the day on Thursday", None, "2026-11-05"),
    ("by close of business",                "by close of business",  None,         "2026-11-03"),
    ("by EOW",                              "by EOW",                None,         "2026-11-06"),
    ("by 5pm on Friday",                    "by 5pm on Friday",      None,         "2026-11-06"),
    ("before noon on Friday",               "before noon on Friday", None,         "2026-11-06"),
    ("after 2 p.m. on Friday",              "after 2 p.m. on Friday", "2026-11-06", None),
    ("Thursday 9:30",                       "Thursday 9:30",         "2026-11-05", "2026-11-05"),
    ("Fri 2pm",                             "Fri 2pm",               "2026-11-06", "2026-11-06"),
    ("10am tomorrow",                       "10am tomorrow",         "2026-11-04", "2026-11-04"),
    ("at 10 on Thursday",                   "at 10 on Thursday",     "2026-11-05", "2026-11-05"),
    ("Friday at ten past four",             "Friday at ten past four", "2026-11-06", "2026-11-06"),
    ("2-4pm on Wed 11 Nov",                 "2-4pm on Wed 11 Nov",   "2026-11-11", "2026-11-11"),
    ("the Monday after, he said",            "the Monday after",      "2026-11-09", "2026-11-09"),
    ("by the Friday following",              "by the Friday following", None,       "2026-11-06"),
    ("the Tuesday after that, she said",     "the Tuesday after that", "2026-11-10", "2026-11-10"),
    ("the Friday coming",                    "the Friday",            "2026-11-06", "2026-11-06"),   # near miss
    ("that Tuesday",                         "that Tuesday",          "2026-11-03", "2026-11-03"),
    ("a week from that",                      "a week from that",      "2026-11-10", "2026-11-10"),
    ("within two days of that meeting",       "within two days of that", "2026-11-05", "2026-11-05"),
    ("a week on top of that",                 "a week on top of that", "2026-11-10", "2026-11-10"),
    ("within a week of the 12th",             "within a week of the 12th", "2026-11-19", "2026-11-19"),
    ("in two weeks from Friday",              "in two weeks from Friday", "2026-11-20", "2026-11-20"),
    ("next week, Friday at the outside",      "next week, Friday at the outside", "2026-11-09", "2026-11-13"),
    ("until Sunday 22 and then",              "until Sunday 22",       None,         "2026-11-22"),
    ("Halloween, Saturday, and",              "Halloween, Saturday",   "2026-10-31", "2026-10-31"),
    ("Tuesday, Groundhog Day",                "Tuesday, Groundhog Day", "2027-02-02", "2027-02-02"),
    ("before the clocks go back, he said",    "before the clocks go back", None,     "2027-10-30"),
    ("after the clocks go forward",           "after the clocks go forward", "2027-03-29", None),
    ("after the bank holiday",                "after the bank holiday", "2027-03-30", None),  # at Easter
    ("by the August bank holiday",            "by the August bank holiday", None,    "2027-08-30"),
    ("by bank holiday Monday",                "by bank holiday Monday", None,        "2027-03-29"),
    ("before the bank holiday weekend",       "before the bank holiday", None,       "2027-03-28"),
    ("the other side of Christmas",           "other side of Christmas", "2026-12-26", None),
    ("by Hallowe'en",                         "by Hallowe'en",         None,         "2027-10-31"),
    ("on Black Friday",                       "Black Friday",          "2026-11-27", "2026-11-27"),
    ("before the clocks change",              "before the clocks change", None,      "2027-03-27"),
    ("after Diwali",                          "after Diwali",          "2026-11-09", None),
    ("by Eid",                                "by Eid",                None,         "2027-03-10"),
    ("by Eid al-Adha",                        "by Eid al-Adha",        None,         "2027-05-17"),
    ("before Chinese New Year",               "before Chinese New Year", None,       "2027-02-05"),
    ("after the May bank holiday",            "after the May bank holiday", "2027-05-04", None),
    ("before the long weekend",               "before the long weekend", None,       "2026-12-24"),
    ("the long weekends, Friday",             "Friday",                "2026-11-06", "2026-11-06"),   # near miss
    ("in November one way or the other",      "November",              "2026-11-01", "2026-11-30"),
    ("a panel of three May 7",                "May 7",                 "2027-05-07", "2027-05-07"),
    ("In the 16 December interview",          "the 16 December",       "2026-12-16", "2026-12-16"),
    ("last Jan. 12",                          "last Jan. 12",          "2026-01-12", "2026-01-12"),
    ("in May first half",                     "May first half",        "2027-05-01", "2027-05-15"),
    ("May first, he said",                    "May first",             "2027-05-01", "2027-05-01"),   # near miss
    ("first full week of January",            "first full week of January", "2027-01-04", "2027-01-08"),
    ("last full week of November",            "last full week of November", "2026-11-23", "2026-11-27"),
    ("the last day of that month",            "the last day of that month", "2026-11-30", "2026-11-30"),
    ("midweek next week",                     "midweek next week",     "2026-11-10", "2026-11-11"),
    ("mid wk the wk after, she said",         "mid wk the wk after",   "2026-11-10", "2026-11-11"),
    ("early in the week after",               "early in the week after", "2026-11-09", "2026-11-10"),
    ("the end of the month following",        "the end of the month following", "2026-12-24", "2026-12-31"),
    ("you will hear this week coming",             "this week coming",      "2026-11-09", "2026-11-13"),
    ("the coming weekend",                    "the coming weekend",    "2026-11-07", "2026-11-08"),
    ("at the weekend once it is done",        "the weekend",           "2026-11-07", "2026-11-08"),
    ("by the Friday week",                    "by the Friday week",    None,         "2026-11-13"),
    ("make that Wednesday week",              "that Wednesday week",   "2026-11-11", "2026-11-11"),
    ("Tuesday night or Wednesday",            "Tuesday night or Wednesday", "2026-11-03", "2026-11-04"),
    ("by Wednesday night",                    "by Wednesday night",    None,         "2026-11-04"),
    ("Friday nights",                         "Friday",                "2026-11-06", "2026-11-06"),   # near miss
    ("the 6th and 7th",                       "the 6th and 7th",       "2026-11-06", "2026-11-07"),
    ("after the fourth, we are free",         "after the fourth",      "2026-11-05", None),
    ("the front end of next week",            "the front end of next week", "2026-11-09", "2026-11-10"),
    ("next tomorrow",                         "next tomorrow",         "2026-11-05", "2026-11-05"),
    ("that week or the one after it",         "that week or the one after it", "2026-11-02", "2026-11-13"),
    ("before next week is out",               "before next week",      None,         "2026-11-13"),
    ("before next week, she said",            "before next week",      None,         "2026-11-08"),   # near miss
    ("until the 20. Then",                    "until the 20",          None,         "2026-11-20"),
    ("the Friday after this one",             "the Friday after this one", "2026-11-13", "2026-11-13"),
    ("the week after this one",               "the week after this one", "2026-11-09", "2026-11-13"),
    ("if you have not heard by then, call",   "by then",               None,         "2026-11-03"),
    ("any time from then on",                 "from then",             "2026-11-03", None),
    ("I can ring after that.",                "after that",            "2026-11-04", None),
    ("a week from then",                      "a week from then",      "2026-11-10", "2026-11-10"),
    ("by New Year’s Eve",                   "by New Year’s Eve",     None,         "2026-12-31"),
    ("by the 27",                             "by the 27",             None,         "2026-11-27"),
    ("before the 9",                          "before the 9",          None,         "2026-11-08"),
    ("on the 9",                              "on the 9",              "2026-11-09", "2026-11-09"),
    ("from the 27",                           "from the 27",           "2026-11-27", None),
    ("by the end of the fortnight",           "by the end of the fortnight", None,   "2026-11-13"),
    ("in two Fridays",                        "in two Fridays",        "2026-11-13", "2026-11-13"),
    ("in a couple of Mondays",                "in a couple of Mondays", "2026-11-16", "2026-11-16"),
    ("within two Fridays",                    "within two Fridays",    "2026-11-03", "2026-11-17"),   # near miss
    ("the sun's out by Sun",                  "by Sun",                None,         "2026-11-08"),
    ("Jan from HR will ring in Jan",          "Jan",                   "2027-01-01", "2027-01-31"),
    ("Thursday the second, she said",         "Thursday the second",   "2026-07-02", "2026-07-02"),
    ("Thursday the second interview",         "Thursday",              "2026-11-05", "2026-11-05"),   # near miss
    ("It's the third.",                       "the third",             "2026-11-03", "2026-11-03"),
    ("It's the fourth and no word",           "the fourth",            "2026-11-04", "2026-11-04"),
    ("The seventeenth now.",                  "The seventeenth",       "2026-11-17", "2026-11-17"),
    ("Nineteenth, drizzle.",                  "Nineteenth",            "2026-11-19", "2026-11-19"),
    ("Not a word - 23rd rang again",          "23rd",                  "2026-11-23", "2026-11-23"),
    ("Now is the 24.",                        "the 24",                "2026-11-24", "2026-11-24"),
    ("on the 2nd Karen rang",                 "on the 2nd",            "2026-12-02", "2026-12-02"),
    ("they saw me the week before.",          "the week before",       "2026-10-26", "2026-10-30"),
    ("the day before, I rang",                "the day before",        "2026-11-02", "2026-11-02"),
    ("the evening before.",                   "the evening before",    "2026-11-02", "2026-11-02"),
    ("the day before Easter",                 "the day before Easter", "2027-03-27", "2027-03-27"),   # near miss
    ("yesterday or the day before",           "yesterday or the day before", "2026-11-01", "2026-11-02"),
    ("the day after the interview",           "the day after the interview", "2026-11-04", "2026-11-04"),
    ("week before the trial, she",            "week before the trial", "2026-10-26", "2026-10-30"),
    ("the morning after the interview",       "the morning after the interview", "2026-11-04", "2026-11-04"),
    ("she texted just now",                   "just now",              "2026-11-03", "2026-11-03"),
    ("This am, with a cold",                  "This am",               "2026-11-03", "2026-11-03"),
    ("he rang last evening",                  "last evening",          "2026-11-02", "2026-11-02"),
    ("before the day is out",                 "before the day",        None,         "2026-11-03"),
    ("over the weekend she rang",             "the weekend",           "2026-11-07", "2026-11-08"),
    ("Friday at lunch",                       "Friday at lunch",       "2026-11-06", "2026-11-06"),
    ("Friday at ten in the morning",          "Friday at ten in the morning", "2026-11-06", "2026-11-06"),
    ("before Advent, he said",                "before Advent",         None,         "2026-11-28"),
    ("until the third Advent",                "until the third Advent", None,        "2026-12-13"),
    ("after Raya",                            "after Raya",            "2027-03-11", None),
    ("the weekend of the 14th",               "the weekend of the 14th", "2026-11-14", "2026-11-15"),
    ("Friday by end of day",                  "Friday by end of day",  "2026-11-06", "2026-11-06"),
    ("by tax day",                            "by tax day",            None,         "2027-04-15"),
]
LENGTHS = [
    # text                       days   last
    ("7-10 business days",       10,    "2026-11-17"),   # most work on Veterans Day
    ("~2 weeks",                 14,    "2026-11-17"),
    ("a day or two",             2,     "2026-11-05"),
    ("two extra days",           2,     "2026-11-05"),
    ("an additional week",       7,     "2026-11-10"),
    ("one to two weeks",         14,    "2026-11-17"),
    ("a couple of days",         2,     "2026-11-05"),
    ("a few weeks",              28,    "2026-12-01"),
    ("several days",             6,     "2026-11-09"),
    ("a week or so",             7,     "2026-11-10"),
    ("about two weeks",          14,    "2026-11-17"),
    ("a fortnight",              14,    "2026-11-17"),
    ("a week and a half",        10,    "2026-11-13"),
    ("2-3 wks",                  21,    "2026-11-24"),
    ("ten working days",         10,    "2026-11-17"),
    ("two working weeks",        10,    "2026-11-17"),
    ("five or so business days", 5,     "2026-11-10"),
    ("ten days or so",           10,    "2026-11-13"),
    ("a day and a half",         2,     "2026-11-05"),
    ("a week to ten days",       10,    "2026-11-13"),
    ("a week or ten days",       10,    "2026-11-13"),
    ("a month or two weeks",     30,    "2026-12-03"),
    ("one week to two",          14,    "2026-11-17"),
    ("a week, maybe two",        14,    "2026-11-17"),
    ("two to three weeks, maybe four", 28, "2026-12-01"),
    ("a week or two, possibly one", 14, "2026-11-17"),
    ("two weeks or so, maybe 4 people", 14, "2026-11-17"),
    ("His fortnight is up",      14,    "2026-11-17"),
    ("Fortnight's up",           14,    "2026-11-17"),
    ("two Fridays have gone by", 14,    "2026-11-17"),
    ("2½ weeks",                 17,    "2026-11-20"),
    ("two-and-a-half weeks",     17,    "2026-11-20"),
    ("two and half weeks",       17,    "2026-11-20"),
    ("1 1/2 weeks",              10,    "2026-11-13"),
    ("2/3 weeks",                21,    "2026-11-24"),
    ("two weeks, three tops",    21,    "2026-11-24"),
    ("five (5) business days",   5,     "2026-11-10"),
    ("2 full working days",      2,     "2026-11-05"),
    ("a week and two days",      9,     "2026-11-12"),
    ("twenty-five days",         25,    "2026-11-28"),
    ("forty-eight hours",        2,     "2026-11-05"),
    ("two weeks plus a day",     15,    "2026-11-18"),
    ("ten days, give or take a day", 11, "2026-11-14"),
    ("10 plus days",             10,    "2026-11-13"),
    ("10 workdays",              10,    "2026-11-17"),
    ("five weekdays",            5,     "2026-11-10"),
    ("half a dozen days",        6,     "2026-11-09"),
    ("a dozen working days",     12,    "2026-11-19"),
    ("almost two weeks",         14,    "2026-11-17"),   # as a promise: the length itself
    ("more than a week",         7,     "2026-11-10"),
    ("one week she says, two if pushed", 14,   "2026-11-17"),
    ("two weeks, three at the outside", 21,   "2026-11-24"),
    ("a week, possibly two",     14,    "2026-11-17"),
    ("a week, perhaps two",      14,    "2026-11-17"),
    ("a week or even two",       14,    "2026-11-17"),
    ("not even a week",          7,     "2026-11-10"),   # near miss
    ("24-36 hours",              2,     "2026-11-05"),
]
ELIDED = [
    # text                                           days of the lengths
    ("two weeks, they said; it's been three.",       [14, 21]),
    ("Ten working days. It has been twelve now",     [10, 12]),
    ("within a week; Sunday made it two.",           [14]),
    ("a week. It's been two and a half weeks",       [7, 17]),
    ("It's been three.",                             []),
    ("two weeks. It's been three interviews",        [14]),
    ("two weeks." + 30 * " Quiet." + " It's been three.", [14]),
    ("two weeks, two with us said",                   [14]),
    ("ten days. Sorry, meant ten working.",           [10, 10]),
    ("ten days. One has no work.",                    [10]),
    ("a few days, no, call it five or six.",          [4, 6]),
    ("two weeks, and three of us",                   [14]),
    ("ten days. It has become twenty five.",         [10, 25]),
]
ON_A_DAY = [
    # text               today         first         last
    ("Monday",           "2026-03-02", "2026-03-09", "2026-03-09"),   # after today
    ("Monday",           "2026-03-01", "2026-03-02", "2026-03-02"),
    ("the 2nd",          "2026-03-02", "2026-03-02", "2026-03-02"),   # may be today
    ("the 2nd",          "2026-03-03", "2026-04-02", "2026-04-02"),
    ("2 March",          "2026-03-02", "2026-03-02", "2026-03-02"),
    ("2 March",          "2026-03-03", "2027-03-02", "2027-03-02"),
    ("10-14 November",   "2026-11-12", "2026-11-10", "2026-11-14"),   # within it
    ("last Friday",      "2026-11-08", "2026-11-06", "2026-11-06"),   # on a Sunday the week is past
    ("last Friday",      "2026-11-06", "2026-10-30", "2026-10-30"),
    ("last Sunday",      "2026-11-08", "2026-11-01", "2026-11-01"),
    ("this past Monday", "2026-11-06", "2026-11-02", "2026-11-02"),
    ("mid week",         "2026-11-03", "2026-11-03", "2026-11-04"),
    ("mid week",         "2026-11-06", "2026-11-10", "2026-11-11"),   # it lies ahead
    ("end of the week",  "2026-11-06", "2026-11-06", "2026-11-06"),
    ("end of the week",  "2026-11-07", "2026-11-13", "2026-11-13"),
    ("mid month",        "2026-11-20", "2026-12-11", "2026-12-15"),
    ("before the month is out", "2027-01-07", None,  "2027-01-31"),
    ("second half of the week", "2026-11-09", "2026-11-12", "2026-11-13"),
    ("early this week",  "2026-11-06", "2026-11-02", "2026-11-03"),
    ("the second Tuesday of the month", "2026-11-20", "2026-12-08", "2026-12-08"),
    ("within the past two weeks", "2026-11-24", "2026-11-10", "2026-11-23"),
    ("within the last month", "2026-11-03", "2026-10-01", "2026-10-31"),
    ("later this week",  "2026-11-05", "2026-11-05", "2026-11-06"),
    ("the rest of this week", "2026-11-07", "2026-11-02", "2026-11-06"),   # it is over
    ("rest of last month", "2026-11-03", "2026-10-01", "2026-10-31"),
    ("by weeks end",     "2026-11-03", None,         "2026-11-06"),
    ("last October",     "2026-11-03", "2025-10-01", "2025-10-31"),   # soon after it
    ("last October",     "2026-12-15", "2026-10-01", "2026-10-31"),
    ("June last year",   "2026-11-03", "2025-06-01", "2025-06-30"),
    ("the next business day", "2026-11-20", "2026-11-23", "2026-11-23"),   # over a weekend
    ("the last working day", "2026-11-23", "2026-11-20", "2026-11-20"),
    ("the next day",     "2026-11-20", "2026-11-21", "2026-11-21"),
]
SEPARATE = [
    # text                               expressions
    ("It'll be a week on Friday",        ["a week", "Friday"]),   # how long it is
    ("I met them Friday. Nov 13 they",   ["Friday", "Nov 13"]),
    ("a week\n- Tues 10 Nov",            ["a week", "Tues 10 Nov"]),
    ("Monday\n\ntoday",                  ["Monday", "today"]),
    ("Monday\n2) today",                 ["Monday", "today"]),
    ("a week, Friday at the latest",     ["a week", "Friday"]),
    ("It was two weeks Tuesday and I",   ["two weeks", "Tuesday"]),   # how long it is
    ("It'll be a week Friday",           ["a week", "Friday"]),
    ("Friday. In two weeks it is over",  ["Friday", "In two weeks"]),
    ("last Friday, Monday at the latest", ["last Friday", "Monday"]),
    ("Thursday, Friday as well",         ["Thursday", "Friday"]),
    ("today, week six",                  ["today", "week six"]),
    ("Friday, the week after the 10th",  ["Friday", "the week after the 10th"]),
    ("Thursday. This week is full",      ["Thursday", "This week"]),
    ("Tues\n10 Nov",                     ["Tues\n10 Nov"]),   # a line that goes on
    ("Monday and Tuesday",               ["Monday", "Tuesday"]),
    ("last Thurs & Fri",                 ["last Thurs", "Fri"]),
    ("Nov 10 and 2 weeks",               ["Nov 10", "2 weeks"]),
    ("ten days, ten days went by",       ["ten days", "ten days"]),
    ("first on May 12, second May 20",   ["May 12", "May 20"]),
    ("the next six weeks by Sunday",     ["the next six weeks", "by Sunday"]),
    ("by the 2nd, 3rd at the latest",    ["by the 2nd", "3rd"]),
    ("Friday. 9:30 start",               ["Friday"]),
    ("the end of June. 14 of us were",   ["the end of June"]),
    ("in early January. The 8th is on",  ["early January", "The 8th"]),
    ("end of May. First I heard of it",  ["end of May"]),
    ("early Oct. 2 of us were there",    ["early Oct"]),
    ("end of May - 3 candidates left",   ["end of May"]),
    ("June - 3rd round",                 ["June"]),
    ("end of June. 10 to 14 of us",      ["end of June"]),
    ("until September. 24 July",         ["until September", "24 July"]),
    ("Oct. 2 or Sept. 14th, 2027",       ["Oct. 2 or Sept. 14th, 2027"]),   # the dot of a short name
    ("october.14th",                     ["october.14th"]),
    ("Oct. 10-14 and Nov-20",            ["Oct. 10-14", "Nov-20"]),
    ("May 3, June the 14th",             ["May 3", "June the 14th"]),
    ("the week after half term, Friday",   ["Friday"]),
    ("within a week on Friday",            ["within a week", "Friday"]),
    ("had two weeks of that. Friday",      ["two weeks", "Friday"]),
    ("yesterday, a Monday, and then",      ["yesterday"]),   # which one is to come, it does not say
    ("on a Friday, the 13th, she",         ["Friday, the 13th"]),
    ("a Friday deadline",                  ["Friday"]),
    ("on a Monday or Tuesday",             ["Monday or Tuesday"]),
    ("Easter was the 28th, the Tuesday after that", ["Easter", "the 28th", "the Tuesday after that"]),
    ("Easter, Monday at the latest",       ["Easter", "Monday"]),
    ("the week following the last one, today", ["today"]),
    ("the 6th and 8th",                    ["the 6th", "8th"]),
    ("the 0th Friday of May",            ["Friday", "May"]),
    ("told in April '10 working days'",  ["April", "10 working days"]),   # no year, a quote
    ("told in April '24-36 hours'",      ["April", "24-36 hours"]),
]
NOTHING = [
    "the other side of the street",
    "", "   ", "You may not!", "May I ask?", "he sat there in the sun", "my second interview",
    "the 2nd interview went well", "24/7", "32/13", "Tel: 000 111 82-2100", "it is 50/50",
    "three shifts a week", "five days a week", "two days per week", "24 hours a day",
    "a 37.5 hr post", "an hour", "two hours", "1,200 hours", "a call at ten", "14:00", "ten past four",
    "first day back", "first working day back", "business day eight", "Day 2 of training", "the eighth and last",
    "that weeks go", "that day-to-day work", "grew by 5%", "by 12,000", "12.50/hr", "£ 12.50",
    "99:99", "a 2h30 interview", "after the 2nd technical",
    "by noon", "half nine", "£11.35", "8.50 an hour", "3.75 GPA", "HR back in the spring",
    "on the 10th floor", "on the first floor", "I'm on 30, they pay 35", "two of 24.", "one of the 10.", "the 8th grade", "in week 41", "Mondays and Fridays", "a good score. A level",
    "June told me to wait", "Jan from HR said no", "The sun's out", "April from HR rang", "a 3d printer", "a 60w bulb", "5d each",
    "lost count of the weeks", "over the months", "two quiet days later",
    "between Friday and yesterday", "the next 0 days",
    "on weekdays", "Saturdays and two weekdays", "it's the third I have seen", "it's the first.", "on the 2nd try", "in my nineteenth, I think",
    "the day before they met", "an advent calendar", "I am tired", "it's just nowhere", "60ish of us", "four in the end", "within two hours", "at lunch", "five of nine candidates", "Q5", "a quarter of us", "a quarter of ten teams", "between two and three people", "within the quarter hour",
    "by the dozen", "homeworkdays", "quiet since then", "after that job", "by that bench", "from the first, I liked it", "he mends clocks, she went back", "it falls on a Friday, he says",
    "feeling 7/10", "rated it 9/10", "a solid 8/10", "I'd give it 6/10", "nerves: 8/10", "a 10/10",
    "by the tenth interview", "the cafe at nine", "my 2nd at the salon", "the second candidate", "give me a second", "the loo is the wc", "31 February", "Feb 30", "2026-02-31", "2026-13", "31st of June", "the fifth Friday of June", "the '90s", "at '27", "the 40th day of March", "the 15th Monday of May",
]
HOURS = [
    # text                    hour           of which half is plain
    ("14:00",                 14.0,          True),
    ("3.15pm",                15.25,         True),
    ("12am",                  0.0,           True),
    ("14h45",                 14.75,         True),
    ("It rang out. 14.30.",   14.5,          True),
    ("9:30",                  9.5,           False),
    ("9 to 5pm",              17.0,          True),
    ("9am to 5",              5.0,           False),
    ("noon to one",           1.0,           False),
    ("at 2 or 3pm",           15.0,          True),
    ("gone three",            3.0,           False),
    ("It is past one and he", 1.0,           False),
    ("at 9.10. Then",         9 + 10 / 60,   False),
    ("at ten",                10.0,          False),
    ("by five, I think",      5.0,           False),
    ("8.20 now",              8 + 20 / 60,   False),
    ("half nine",             9.5,           False),
    ("half past two",         2.5,           False),
    ("quarter to five",       4.75,          False),
    ("quarter past two",      2.25,          False),
    ("by a quarter to five",  4.75,          False),
    ("ten past four",         4 + 10 / 60,   False),
    ("twenty to five",        4 + 40 / 60,   False),
    ("noon",                  12.0,          True),
    ("Friday at 2pm",         14.0,          True),
    ("by Friday at two",      2.0,           False),
    ("before 2pm on Friday",  14.0,          True),
    ("Friday 6 November at 2pm", 14.0,       True),
    ("twenty five to three",   2 + 35 / 60,  False),
    ("twenty-five past ten",   10 + 25 / 60, False),
    ("a quarter of three.",    2.75,         False),
    ("11 sharp",               11.0,         False),
    ("between ten and eleven on Friday", 11.0, False),
    ("Wednesday between 2 and 3", 3.0,       False),
    ("Friday by noon",         12.0,         True),
    ("I make it twenty to twelve.", 11 + 40 / 60, False),
    ("It's twenty to twelve and I'm", 11 + 40 / 60, False),
    ("It is twelve minutes to five and", 4.8,    False),
    ("at ten to nine, could I", 8 + 50 / 60,  False),
    ("It's twenty of four.",   3 + 40 / 60,   False),
    ("It's ten after seven.",  7 + 10 / 60,   False),
    ("It's two thirty.",       2.5,           False),
    ("at ten twenty-five",     10 + 25 / 60,  False),
    ("It's nearly five and no call", 5.0,     False),
    ("It is eight.",           8.0,           False),
    ("after two, I'll know",   2.0,           False),
    ("nine-ish.",              9.0,           False),
    ("Friday, 11ish.",         11.0,          False),
    ("half five-ish.",         5.5,           False),
    ("ten in the morning",     10.0,          True),
    ("half past two in the afternoon", 14.5,  True),
    ("twelve in the morning",  0.0,           True),
    ("14:00 in the afternoon", 14.0,          True),   # near miss
    ("within the hour",        None,          None),
    ("two hours later she rang", None,        None),
    ("at lunch, she rang",     None,          None),
    ("after 2pm on Friday",   None,          None),
    ("Friday",                None,          None),
]
UNTIL = [
    # from       to           hours
    ("10:00",    "11:15",     1.25),
    ("2pm",      "4pm",       2.0),
    ("2pm",      "11am",      -3.0),
    ("at ten",   "quarter past eleven", 1.25),
    ("at ten",   "twenty to ten", -1 / 3),
    ("noon",     "ten past one", 1 + 10 / 60),
    ("eleven o'clock", "13:05", 2 + 5 / 60),
    ("at nine",  "16:30",     7.5),
    ("9am",      "half four", 7.5),
    ("till six", "half seven", 1.5),
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
    ("that same evening",                           "told"),
    ("the day of the interview",                    "told"),
    ("the week after",                              "told"),
    ("the week following",                          "told"),
    ("Friday of the week after",                    "told"),
    ("Friday of the week after next",               "promise"),
    ("by the end of that month",                    "told"),
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
    ("since Monday",                                "back"),
    ("since 2 November",                            "calendar"),
    ("between Monday and 12 November",              "promise"),
    ("10-14 November",                              "calendar"),
    ("Friday at 2pm",                               "promise"),
    ("10am tomorrow",                               "today"),
    ("the Monday after",                            "told"),
    ("the Monday after Easter",                     "calendar"),
    ("the week after that",                         "told"),
    ("that Friday",                                 "told"),
    ("within two weeks of that",                    "told"),
    ("which is Friday",                             "today"),
    ("is this coming Thursday",                     "today"),
    ("is Friday",                                   "promise"),
    ("It was a Sunday",                             "promise"),
    ("the last day of that month",                  "told"),
    ("early in the week after",                     "told"),
    ("midweek of the week after",                   "told"),
    ("that Friday night",                           "told"),
    ("by then",                                     "told"),
    ("after that, she said",                        "told"),
    ("EOW",                                         "promise"),
]
# fmt: on


@pytest.mark.parametrize(("text", "anchor"), ANCHORS, ids=[row[0] for row in ANCHORS])
def test_readings_say_what_they_count_from(text: str, anchor: str) -> None:
    (time,) = find_readings(text)
    assert time.reading.anchor == anchor


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
    assert isinstance(time.days, float)


@pytest.mark.parametrize(
    ("text", "today", "first", "last"), ON_A_DAY, ids=[f"{r[0]} {r[1]}" for r in ON_A_DAY]
)
def test_find_times_counts_from_today(text: str, today: str, first: str, last: str) -> None:
    (time,) = find_times(text, today=date.fromisoformat(today))
    assert (time.first, time.last) == (day(first), day(last))


@pytest.mark.parametrize(("text", "found"), SEPARATE, ids=[row[0] for row in SEPARATE])
def test_find_times_keeps_apart_what_is_not_one_time(text: str, found: list[str]) -> None:
    assert [time.text for time in find_times(text, today=TUESDAY)] == found


def test_find_times_reads_any_apostrophe_alike() -> None:
    texts = [f"by New Year{sign}s Eve at two o{sign}clock" for sign in "'’‘ʼ"]
    assert len({find_times(text, today=TUESDAY)[0].last for text in texts}) == 1


@pytest.mark.parametrize("text", NOTHING, ids=repr)
def test_find_times_leaves_other_text_alone(text: str) -> None:
    assert find_times(text, today=TUESDAY) == ()


@pytest.mark.parametrize(("text", "at", "is_sure"), HOURS, ids=[row[0] for row in HOURS])
def test_readings_know_the_hour(text: str, at: float | None, is_sure: bool | None) -> None:
    (time,) = find_readings(text)
    hour = time.reading.hour
    if at is None:
        assert hour is None
    else:
        assert (hour.at, hour.is_sure) == (pytest.approx(at), is_sure)


# fmt: off
LEFT_OUT = [
    # text                                        hours that are read
    ("at four. It's twenty-five past.",           [4.0, 4 + 25 / 60]),
    ("at six, and it's quarter to",               [6.0, 5.75]),
    ("at ten past two. It's ten to. Nothing",     [2 + 10 / 60, 2 + 50 / 60]),
    ("at 2pm. Half past.",                        [14.0, 14.5]),
    ("at two. It is three minutes past. Nobody",  [2.0, 2.05]),
    ("at half two. It's ten past.",               [2.5]),   # of which hour?
    ("It's ten past.",                            []),
    ("at four. A quarter past caring",            [4.0]),   # near miss
    ("at four." + 30 * " Quiet." + " It's ten past.", [4.0]),
]
# fmt: on


@pytest.mark.parametrize(("text", "hours"), LEFT_OUT)
def test_readings_fill_in_an_hour_left_out(text: str, hours: list[float]) -> None:
    found = [time.reading.hour for time in find_readings(text)]
    assert [hour.at for hour in found if hour] == pytest.approx(hours)


@pytest.mark.parametrize(("one", "other", "hours"), UNTIL, ids=[f"{r[0]} {r[1]}" for r in UNTIL])
def test_hours_of_one_day_are_apart(one: str, other: str, hours: float) -> None:
    (first,), (second,) = find_readings(one), find_readings(other)
    assert first.reading.hour.until(second.reading.hour) == pytest.approx(hours)


def test_find_times_of_the_contract() -> None:
    found = find_times("told me 7-10 business days, so by March 16", today=date(2026, 3, 2))
    assert [(t.text, t.kind, t.last) for t in found] == [
        ("7-10 business days", "duration", date(2026, 3, 16)),
        ("by March 16", "period", date(2026, 3, 16)),
    ]


def test_find_times_takes_the_day_of_a_time() -> None:
    texts = ("Nov 25", "Friday", "in two days")
    for text in texts:
        assert find_times(text, today=datetime(2026, 11, 3, 9)) == find_times(text, today=TUESDAY)


KINDS = sorted({kind for kind, _ in lexicon().values()})
WORDS = st.one_of(
    st.sampled_from(["14th", "7-10", "31/2", "2026", "9999", "0", "9am"]),
    st.sampled_from(list(PUNCTUATION)),
    *(st.sampled_from([w for w, (k, _) in lexicon().items() if k == kind]) for kind in KINDS),
)


@pytest.mark.parametrize(("text", "days"), ELIDED)
def test_find_times_fills_in_a_unit_left_out(text: str, days: list[float]) -> None:
    found = find_times(text, today=TUESDAY)
    assert [time.days for time in found if time.kind == "duration"] == days


@given(st.one_of(st.text(), st.lists(WORDS, max_size=25).map(" ".join)))
def test_find_times_offsets_hold_on_any_text(text: str) -> None:
    found = find_times(text, today=TUESDAY)
    assert all(text[time.start : time.end] == time.text for time in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(t.first <= t.last for t in found if t.first and t.last)


@pytest.mark.parametrize("words", ["just ", "next ", "a week and ", "the ", "9:30 "])
def test_find_times_reads_long_runs_of_its_own_words(words: str) -> None:
    text = words * 5000  # hours, were it not linear
    assert find_times(f"{text}by Friday.", today=TUESDAY)[-1].last == date(2026, 11, 6)


OF_EACH_KIND = [next(w for w, (k, _) in lexicon().items() if k == kind) for kind in KINDS]


@pytest.mark.parametrize("word", [*OF_EACH_KIND, *PUNCTUATION])
def test_a_word_or_sign_beside_any_expression_is_read_or_left(word: str) -> None:
    for phrase in (*(row[1] for row in GUIDE), *(row[0] for row in LENGTHS)):
        for text in (f"{word} {phrase}", f"{phrase} {word}"):
            for time in find_readings(text):
                past = back_from(time, TUESDAY)
                assert past is None or past <= TUESDAY
        assert all(
            text[time.start : time.end] == time.text for time in find_times(text, today=TUESDAY)
        )


# fmt: off
HAVE_BEEN = [
    # text                              the last day, read on Tuesday 3 November 2026
    ("Weekend was the 7th.",            "2026-10-07"),
    ("That Sunday was the 5th.",        "2026-10-05"),
    ("The 30th was Friday",             "2026-10-30"),
    ("Thursday was five days ago",      "2026-10-29"),
    ("It was the 1st and 2nd, the weekend was the 7th and 8th", "2026-10-08"),
    ("The plan was the 14th",           "2026-11-14"),   # near miss
    ("Friday was fine, Monday is too",  "2026-11-09"),
]
# fmt: on


@pytest.mark.parametrize(("text", "last"), HAVE_BEEN)
def test_a_day_that_another_one_was_has_been(text: str, last: str) -> None:
    assert find_times(text, today=TUESDAY)[-1].last == day(last)


# fmt: off
ORDERS = [
    # text                      country  the last date, read on Tuesday 3 November 2026
    ("on 12/11",                "US",    "2026-12-11"),
    ("on 12/11",                "GB",    "2026-11-12"),
    ("on 12.11.",               "US",    "2026-11-12"),   # dots: day first
    ("on 12.03.",               "US",    "2027-03-12"),
    ("from 21/10 to 12/11",     "US",    "2026-11-12"),   # as the first one is
    ("since 10/21, by 12/11",   "GB",    "2026-12-11"),
    ("21/10, 10/21, 12/11",     "GB",    "2026-11-12"),   # they differ
    ("10/21 and 21.10., 12/11", "GB",    "2026-12-11"),
    ("by 6/11/2026",            "US",    "2026-11-06"),   # the other is far
    ("by 6/11/2026",            "GB",    "2026-11-06"),
    ("by 7/5/2026",             "US",    "2026-07-05"),   # both are
    ("open 24/7, 12/11",        "US",    "2026-12-11"),
    ("13/13, 12/11",            "US",    "2026-12-11"),   # no date
]
# fmt: on


@pytest.mark.parametrize(("text", "country", "last"), ORDERS)
def test_the_order_of_day_and_month(text: str, country: str, last: str) -> None:
    with holidays_of(country):
        assert find_times(text, today=TUESDAY)[-1].last == day(last)


PAST = [
    # text               on Wednesday 4 November 2026
    ("last week", "2026-10-30"),  # it may have been the Friday
    ("this week", "2026-11-04"),
    ("in October", "2026-10-31"),
    ("end of October", "2026-10-31"),
    ("at the weekend", "2026-11-01"),
    ("since 2 November", "2026-11-02"),
    ("next week", None),
    ("a week ago", "2026-10-28"),
    ("almost a week ago", "2026-10-29"),
    ("over a week ago", "2026-10-27"),
    ("more than a week ago", "2026-10-27"),
    ("nearly two weeks", "2026-10-22"),
    ("not quite two weeks", "2026-10-22"),
    ("just over a month", "2026-10-03"),
    ("about a week ago", "2026-10-28"),
    ("a month ago on Sunday", "2026-10-01"),
    ("Friday of the week after", "2026-10-30"),  # which week, only the story tells
    ("It was a Sunday", "2026-11-01"),
    ("Bank holiday", "2026-08-31"),
    ("the long weekend", "2026-10-12"),
    ("Friday of the week after next", None),
]


@pytest.mark.parametrize(("text", "told"), PAST)
def test_a_past_day_is_the_last_that_it_can_be(text: str, told: str | None) -> None:
    (time,) = find_readings(text)
    assert back_from(time, date(2026, 11, 4)) == day(told)


@given(st.dates(date(1901, 1, 1), date(2199, 1, 1)))
def test_by_friday_is_the_next_friday(today: date) -> None:
    (time,) = find_times("by Friday", today=today)
    assert time.last is not None
    assert time.last.weekday() == 4
    assert 1 <= (time.last - today).days <= 7


def test_the_time_suite_stays_read() -> None:
    if not time_suite.SUITE.exists():
        pytest.skip("the time suite is not beside this checkout")
    right, expected, alarms, negatives = time_suite.score(show_misses=False)
    assert right >= 0.80 * expected
    assert alarms <= 0.02 * negatives


def test_without_the_time_suite_the_benchmarks_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    time_suite.main(["--suite", "none.jsonl"])
    assert "not shipped; name a file with --suite" in capsys.readouterr().out
