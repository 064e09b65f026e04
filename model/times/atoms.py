"""Rules for simple days: weekdays, dates, days of the month, days told from others.

Words get their days as the decision guide reads time.
"""

from calendar import month_name
from dataclasses import replace
from datetime import date

from model.times.days import (
    DAY,
    last_weekday,
    near_weekday,
    past_weekday,
    shifted,
    told_weekday,
    weekday_in_week,
)
from model.times.grammar import ENDS, FUNCTION, OF_NUMBER, Phrase, Rules
from model.times.lexer import Token
from model.times.lexicon import Plural, is_coming, is_in_digits, is_single
from model.times.periods import AFTER_TOLD, ALONE, is_after, is_after_this_one, turn, turned
from model.times.spans import (
    TODAY,
    Length,
    Reading,
    calendar_day,
    days_between,
    in_the_past,
    is_month_day,
    nth_day,
    offset,
    on_day,
)

rules = Rules()

_STOP = f"{ENDS}|and|or|by|its|{FUNCTION}|open"
_END = f"{_STOP}|from|in|on|hour"

RARE = 7
"""From here on an ordinal hardly counts interviews or rounds."""


@rules.add(1, "wday", "(?<=is)(this|next)+ weekday part?")
@rules.add(1, "wday", "(?<=which)(this|next)* weekday part? (?!unit)")
def read_weekday_from_today(p: Phrase) -> Reading:
    """Two weeks is this Friday, which is Friday: the writer tells it, and counts from today."""
    return replace(read_weekday(p), anchor="today")


@rules.add(1, "wday", "the? (this|next|last)* weekday part?")
def read_weekday(p: Phrase) -> Reading:
    """Friday, this Friday, next Friday (of next week), last Friday, this past Friday."""
    weekday, is_this = p.first("weekday"), p.has("this")
    if p.all("next") == [1] and not is_coming(p.first("next")) and not is_this:
        return on_day(weekday_in_week(weekday, 1), "weekday", "promise")
    if not p.has("last"):
        return on_day(near_weekday(weekday), "weekday", "promise")
    return on_day(past_weekday(weekday) if is_this else last_weekday(weekday), "weekday", "back")


@rules.add(1, "wday", "weekday dot comma? (?=month|number month|nth|or|to|dash|slash)")
def read_short_weekday(p: Phrase) -> Reading | None:
    """Fri. Nov. 13, Mon. or Tues.; after a whole word the dot ends a sentence."""
    if p[0].end - p[0].start >= len("monday"):
        return None
    return on_day(near_weekday(p.first("weekday")), "weekday", "promise")


@rules.add(
    1, "wday",
    "a weekday part? (?!or weekday|comma the nth|comma nth|comma month|comma number)"
    f"(?={_STOP})",
)  # fmt: skip
def read_some_weekday(p: Phrase) -> Reading:
    """It was a Sunday: of what has been the last one; of what is to come no day at all."""
    near = near_weekday(p.first("weekday"))

    def find(start: date, past: bool) -> date | None:
        return near(start, True) if past else None

    return on_day(find, "weekday", "promise")


@rules.add(1, "wday", "that weekday part?")
def read_that_weekday(p: Phrase) -> Reading:
    """That Friday: the one that is told, or the next one after what is."""
    weekday = p.first("weekday")
    near = near_weekday(weekday)

    def find(start: date, past: bool) -> date | None:
        return start if start.weekday() == weekday and not past else near(start, past)

    return on_day(find, "weekday", "told")


@rules.add(1, "wday", "the weekday from this number")
def read_weekday_after_this(p: Phrase) -> Reading | None:
    """The Friday after this one."""
    day = weekday_in_week(p.first("weekday"), 1)
    return on_day(day, "weekday", "promise") if is_after_this_one(p) else None


@rules.add(1, "wday", f"the weekday (from|next) {AFTER_TOLD}")
def read_weekday_after(p: Phrase) -> Reading | None:
    """The Monday after, the Friday following, the Tuesday after that: the next one after it."""
    day = near_weekday(p.first("weekday"))
    return on_day(day, "weekday", "told") if is_after(p, "weekday") else None


@rules.add(1, "wday", "the? weekday by last (?!other|unit|weekday|month|holiday)")
def read_weekday_before_last(p: Phrase) -> Reading | None:
    """The Friday before last."""
    if p.first("by") != "before":
        return None
    return on_day(past_weekday(p.first("weekday"), 2), "weekday", "back")


@rules.add(1, "wday", "weekday about? gone")
@rules.add(1, "wday", "about? gone weekday")
@rules.add(1, "wday", "this? weekday about? last (?!unit|number|vague|business)")
def read_weekday_gone(p: Phrase) -> Reading:
    """Friday just gone, Friday last, this Friday past."""
    return on_day(past_weekday(p.first("weekday")), "weekday", "back")


_OF_WEEK = (
    "(comma? on? the? (this|next|last) business? unit|on? the? unit from next"
    f"|on? the unit (from|next) {ALONE})"
)


@rules.add(1, "wday", f"the? weekday {_OF_WEEK}")
@rules.add(1, "wday", "(this|next|last) unit dash? on? weekday")
def read_weekday_in_week(p: Phrase) -> Reading | None:
    """Friday next week, next week Monday, Thursday of the week after next."""
    if p.first("unit") != "week" or p.first("from", default="after") != "after":
        return None
    weekday, shift = p.first("weekday"), turn(p) + p.has("from")
    if is_after(p):
        return on_day(told_weekday(weekday, shift), "weekday", "told")
    return on_day(weekday_in_week(weekday, shift), "weekday", turned(shift))


@rules.add(1, "period", f"the? weekday (or|to|slash|dash) the? weekday {_OF_WEEK}")
def read_weekdays_in_week(p: Phrase) -> Reading | None:
    """Wednesday or Thursday of the following week: both are of it."""
    first, last = read_weekday_in_week(p), read_weekday_in_week(p.after("weekday"))
    return days_between(first, last) if first and last else None


@rules.add(1, "wday", "(the|that)? weekday unit (?!ago)")
@rules.add(1, "wday", "the? weekday from next (?!business|unit|weekday|month|holiday)")
def read_weekday_week(p: Phrase) -> Reading | None:
    """Monday week, the Monday after next: a week on Monday; Monday fortnight, Monday night."""
    unit = p.first("unit", default="week")
    if is_single(unit, "day"):
        night = read_that_weekday(p)  # said on a Monday, Monday night is the same day
        return night if p.has("that") else replace(night, anchor="promise")
    if unit not in ("week", "fortnight") or p.first("from", default="after") != "after":
        return None
    near = near_weekday(p.first("weekday"))

    def find(start: date, past: bool) -> date:
        return Length(1, unit).after(near(start, False))

    return on_day(find, "weekday", "promise")


@rules.add(1, "date", "the? nth unit? on? the? month (comma? year)?")
@rules.add(1, "date", "the? (ordinal|number) unit? on? the? month (comma? year)? (?!number|nth)")
@rules.add(1, "date", "month the? (nth|ordinal|number) (comma? year)?(?!unit|vague|half)")
@rules.add(1, "date", "month comma nth (comma? year)?")
@rules.add(
    1, "date", "(?<!dash)(nth|number) (dash|slash) month ((dash|slash|comma)? year)? (?!dash|slash)"
)
def read_month_day(p: Phrase) -> Reading | None:
    """The 9th of May, Oct. 2, January 12, 2016; "in November one way or the other" is none."""
    day = p.first("nth", "ordinal", "number")
    is_one = day == 1 and p.has("number") and not is_in_digits(day)
    if is_one or not is_month_day(day) or p.first("unit", default="day") != "day":
        return None
    return calendar_day(p.first("month"), int(day), p.first("year"))


@rules.add(1, "date", "last month dot? (nth|number) (?!unit|vague)")
def read_last_month_day(p: Phrase) -> Reading | None:
    """Last Jan. 12."""
    day = read_month_day(p)
    return day and in_the_past(day)


@rules.add(1, "date", "month (dash|slash) (nth|number) (comma? year)?(?!unit|vague)")
@rules.add(1, "date", "(?<!edge)(?<!edge on)month dot (nth|number) (comma? year)?(?!unit|vague)")
def read_marked_month_day(p: Phrase) -> Reading | None:
    """Nov-13, Oct. 2; after a spaced dash, or a whole name and a dot, something else begins."""
    is_joined = p[0].end == p[1].start and p[1].end == p[2].start
    return read_month_day(p) if is_joined or (p.has("dot") and is_short(p[0])) else None


def is_short(month: Token) -> bool:
    """Whether the name of a month is cut short, so that a dot may belong to it."""
    return month.end - month.start < len(month_name[month.value])


@rules.add(
    1, "date", "(nth|number) (dash|slash) month (dash|slash) number (?!unit|month|dash|slash)"
)
def read_short_year(p: Phrase) -> Reading | None:
    """13-Nov-26."""
    day, year = p.all("nth", "number")
    if not is_month_day(day) or year % 1 or year >= 100:
        return None
    return calendar_day(p.first("month"), int(day), 2000 + int(year))


_NTH = "(nth|number)"


@rules.add(
    1, "period", f"between? the? {_NTH} (to|dash|or|and) the? {_NTH} on? the? month (comma? year)?"
)
@rules.add(
    1, "period",
    f"between? month dot? the? {_NTH} (to|dash|or|and) the? {_NTH} (comma? year)?"
    "(?!unit|vague|business|hours|plus|about|month)",
)  # fmt: skip
@rules.add(1, "period", "between? the? nth (to|dash|or|and) the? nth (?!other|counted|on)")
def read_days_of_month(p: Phrase) -> Reading | None:
    """Nov 10-14, 10-14 November, between the 10th and 14th, the 10th or 11th, the 6th and 7th."""
    low, high = p.all("nth", "number")
    is_list = p.has("and") and not p.has("between") and low + 1 != high
    is_broken = p.has("dot") and not any(is_short(each) for each in p if each.kind == "month")
    if is_list or is_broken or low >= high or not (is_month_day(low) and is_month_day(high)):
        return None
    month, year = p.first("month"), p.first("year")
    first, last = (
        calendar_day(month, int(day), year) if month else nth_day(day) for day in (low, high)
    )
    return days_between(first, last) if first and last else None


@rules.add(1, "date", "the nth (?!other|counted|that|unit)")
@rules.add(1, "date", "(?<=on|by)the nth (?!other|counted|unit)")
@rules.add(1, "date", "(?<=on|by)nth (?!other|counted|that|unit)")
@rules.add(1, "date", "the? nth part")
@rules.add(1, "date", f"nth (?={_END}|to|dash|relative|now)")
def read_nth(p: Phrase) -> Reading | None:
    """The 14th, of the month that is nearest; until 14th, 14th evening."""
    return nth_day(p.first("nth"))


_GOES_ON = "now|relative|and its|and other|and function|and the|and a"
"""What follows a bare day where more is told of it: "it's the ninth and no word"."""


@rules.add(1, "date", "the nth (?!counted|unit)")
@rules.add(1, "date", "(?<=on|by)nth (?!counted|unit)")
@rules.add(1, "date", f"the ordinal (?={ENDS}|or|by|its|{FUNCTION}|{_GOES_ON})")
def read_late_nth(p: Phrase) -> Reading | None:
    """The 7th, the tenth, before any word: so many interviews are rare."""
    day = p.first("nth", "ordinal")
    return nth_day(day) if day >= RARE else None


@rules.add(1, "date", f"(?<!function)ordinal (?={ENDS}|its|{FUNCTION}|now|relative)")
@rules.add(1, "date", "(?<!month dash)(?<=dot|comma|dash|stop|and)nth (?=other)")
def read_bare_nth(p: Phrase) -> Reading | None:
    """Seventeenth was a Wednesday; "- 23rd rang, no answer"."""
    day = p.first("nth", "ordinal")
    return nth_day(day) if day >= 13 else None


@rules.add(1, "date", f"(?<=its|relative|now)the ordinal (?={ENDS}|{_GOES_ON})")
@rules.add(1, "date", f"(?<=its is|relative is|now is)the ordinal (?={ENDS}|{_GOES_ON})")
@rules.add(1, "date", "(?<!function|the)ordinal (?=relative dot|relative comma|relative stop)")
def read_ordinal_today(p: Phrase) -> Reading | None:
    """It's the third, today is the fourth; "it's the first" is something else."""
    return nth_day(p.first("ordinal")) if p.first("ordinal") > 1 else None


@rules.add(1, "date", f"(?<=relative)number (?={ENDS})")
@rules.add(1, "date", f"(?<=relative is|now is)number (?={ENDS}|and)")
@rules.add(1, "date", f"(?<=now|is)the number (?={ENDS})")
def read_number_today(p: Phrase) -> Reading | None:
    """Today is 27, now is the 24: digits alone, and no hour."""
    day = p.first("number")
    return nth_day(day) if is_in_digits(day) and day >= 13 else None


@rules.add(1, "date", "(the|(?<=on)) nth unit")
def read_nth_night(p: Phrase) -> Reading | None:
    """On 19th night."""
    return nth_day(p.first("nth")) if p.first("nth") >= 13 and p.first("unit") == "day" else None


@rules.add(1, "date", f"(?<=by)the ordinal (?={_END})")
@rules.add(1, "date", f"on the ordinal (?={_STOP})")
def read_ordinal(p: Phrase) -> Reading | None:
    """By the third, on the second."""
    return nth_day(p.first("ordinal")) if p.first("on", default="on") == "on" else None


@rules.add(1, "date", "on the nth (?=other)")
def read_nth_on(p: Phrase) -> Reading | None:
    """On the 2nd Karen rang; what else is counted with "on" is listed."""
    day = p.first("nth")
    return nth_day(day) if day < RARE and p.first("on") == "on" else None


@rules.add(1, "date", f"(?<=from)the ordinal (?={_END})")
def read_ordinal_after(p: Phrase) -> Reading | None:
    """After the fourth; "from the first" is from the beginning."""
    return nth_day(p.first("ordinal")) if p.first("ordinal") > 1 else None


_NO_COUNT = f"(?!{OF_NUMBER}|other|dot|plus|weekday|on)"


@rules.add(1, "date", f"(?<=by)the number {_NO_COUNT}")
@rules.add(1, "date", f"on the number {_NO_COUNT}")
def read_bare_day_by(p: Phrase) -> Reading | None:
    """By the 9, on the 9."""
    day = p.first("number")
    return nth_day(day) if day >= 8 and p.first("on", default="on") == "on" else None


@rules.add(1, "date", f"the number {_NO_COUNT}")
def read_bare_day(p: Phrase) -> Reading | None:
    """The 27."""
    day = p.first("number")
    return nth_day(day) if day >= 13 else None


@rules.add(1, "date", f"(on|(?<=by)) the? number (part|(?=dot|stop|{FUNCTION}|$))")
def read_number_as_day(p: Phrase) -> Reading | None:
    """On 24 I wrote, until 13, on 13 evening: digits alone."""
    day = p.first("number")
    is_day = is_in_digits(day) and day >= 13
    return nth_day(day) if is_day and p.first("on", default="on") == "on" else None


@rules.add(1, "date", "(this|edge)? relative part?")
def read_relative(p: Phrase) -> Reading:
    """Today, tomorrow morning, yesterday."""
    shift = p.first("relative")
    return on_day(shifted(shift), "relative" if shift else "today", "today")


@rules.add(1, "date", "relative unit (?!ago|number|on|from|by|to|commencing|edge)")
def read_relative_week(p: Phrase) -> Reading | None:
    """Today week, tomorrow fortnight: so long on; yesterday week: a week before it."""
    shift, unit = p.first("relative"), p.first("unit")
    if not is_single(unit, "week", "fortnight"):
        return None
    day = offset(read_relative(p), Length(1, unit), 1 if shift >= 0 else -1)
    return on_day(day, "relative", "today")


@rules.add(1, "date", "(this (counted|unit)|relative) (next|last) unit")
def read_same_time(p: Phrase) -> Reading | None:
    """This time next week, today last week: a week from today, a week ago."""
    *days, unit = p.all("unit")
    is_today = p.first("counted") == "time" or days == ["day"] or p.first("relative") == 0
    if not is_today or unit in ("day", "weekend") or isinstance(unit, Plural):
        return None
    sign = turn(p)
    day = offset(TODAY, Length(1, unit), sign)
    return on_day(day, "ago" if sign < 0 else "in length", turned(sign))


@rules.add(1, "date", "this part")
def read_this_part(p: Phrase) -> Reading:
    """This afternoon."""
    return TODAY


@rules.add(1, "date", "that (unit|part) (?!dash|number)")
@rules.add(1, "date", "(the|that)? same (unit|part)")
@rules.add(1, "date", "the (unit|part) on the counted")
def read_same_day(p: Phrase) -> Reading | None:
    """That evening, the same day, the evening of the interview."""
    unit = p.first("unit", default="day")
    is_at = p.first("on") in (None, "of")  # not "the day for the trial"
    return _told_day(0) if is_at and is_single(unit, "day") else None


@rules.add(1, "date", "the? next part")
@rules.add(1, "date", f"the part from {ALONE}")
@rules.add(1, "date", f"the part by {ALONE}(?!function|its)")
@rules.add(1, "date", "the part (from|by) the counted")
def read_next_part(p: Phrase) -> Reading | None:
    """The next morning, the morning after, the evening before."""
    word = p.first("from", "by", default="after")
    shift = {"after": p.first("next", default=1), "before": -1}.get(word)
    return None if shift is None else _told_day(shift)


def _told_day(shift: int) -> Reading:
    """A day told from another one; which past day that is, only the story tells."""

    def find(start: date, past: bool) -> date | None:
        return None if past else start + shift * DAY

    return on_day(find, "told day", "told")


@rules.add(
    1, "date",
    "(?<!business)unit number"
    "(?!other|counted|unit|business|hours|minutes|number|month|nth|dash|to|on)",
)  # fmt: skip
def read_counted_day(p: Phrase) -> Reading | None:
    """Day nine, week six: how long ago it began."""
    unit, number = p.first("unit"), p.first("number")
    if not is_single(unit, "day", "week") or number % 1:
        return None
    if not 2 <= number <= (60 if unit == "day" else 12):  # "week 41" is one of the year
        return None
    days = int(number) if unit == "day" else 7 * (int(number) - 1)
    return on_day(shifted(-days), "ago", "back")
