"""Rules for what is built of days, periods and lengths: offsets, open sides, ranges."""

from dataclasses import replace
from datetime import date
from math import ceil

from model.times.days import DAY, SUNDAY, nth_weekday, past_weekday, week_of
from model.times.grammar import ENDS, Phrase, Rules
from model.times.lengths import count_of, is_business, read_length
from model.times.lexicon import Plural, is_single
from model.times.spans import (
    TODAY,
    Length,
    Reading,
    Span,
    Sum,
    days_between,
    fixed_period,
    in_the_past,
    offset,
    on_day,
    week_beside,
)
from model.workdays import add_workdays, counted_country

rules = Rules()

_DAYS = "(date|wday|period)"


@rules.add(4, "date", "length ago date?")
def read_ago(p: Phrase) -> Reading:
    """Two weeks ago, a month ago today, a week ago yesterday, two weekends ago (the Sunday)."""
    length, day = _length_of(p), p.first("date")
    if isinstance(length, Length) and length.unit == "weekend":
        return on_day(past_weekday(SUNDAY, ceil(length.count)), "ago", "back")
    return _ago(length, day if day and day.form == "relative" else TODAY)


@rules.add(4, "date", "(?<!ordinal|last|next|number|nth|the|that|business)unit ago (?!in|on|at|to)")
def read_unit_ago(p: Phrase) -> Reading:
    """Week ago; weeks ago."""
    return _ago(_length_of(p))


def _length_of(p: Phrase) -> Length | Sum:
    """The length that is said; of a unit alone one, in the plural a few."""
    said, unit = p.first("length"), p.first("unit")
    return said.length if said else Length(count_of(unit), unit)


def _ago(length: Length | Sum, base: Reading = TODAY) -> Reading:
    """So long before the day of reading, or before another day told from it."""
    return on_day(offset(base, length, -1), "ago", "back")


@rules.add(4, "date", "about* (a|half a|a? (number|vague) on?) about* (hours|minutes) (or so)? ago")
def read_hours_ago(p: Phrase) -> Reading | None:
    """An hour ago, twenty minutes ago: today."""
    if p.has("hours") and p.first("number", default=0) >= 24:
        return None
    return TODAY


@rules.add(4, "date", "about* a? (number|vague) on? weekdays ago")
def read_weekdays_ago(p: Phrase) -> Reading:
    """Two Fridays ago."""
    nth = ceil(p.first("number", "vague"))
    return on_day(past_weekday(p.first("weekdays"), nth), "ago", "back")


@rules.add(4, "date", "about* a? (number|vague) on? weekdays (from now|hence)")
@rules.add(1, "date", "in about* a? (number|vague) on? weekdays (?!ago|hence|from now)")
def read_weekdays_on(p: Phrase) -> Reading | None:
    """Two Fridays from now, in two Fridays: the second one."""
    if p.first("in") == "within":
        return None
    weekday, nth = p.first("weekdays"), ceil(p.first("number", "vague"))

    def find(start: date, past: bool) -> date:
        return nth_weekday(start + DAY, weekday, nth)

    return on_day(find, "in length", "promise")


@rules.add(4, "date", "wday (length|unit) ago")
def read_weekday_ago(p: Phrase) -> Reading:
    """Wednesday a week ago, Wednesday fortnight ago: the Wednesday nearest to a week back."""
    wday: Reading = p.first("wday")
    length = _length_of(p)

    def find(start: date, past: bool) -> date | None:
        return wday.first_day(length.after(start, -1) + 4 * DAY, True)

    return on_day(find, "ago", "back")


@rules.add(4, "date", "length ago on? wday")
@rules.add(4, "date", "length wday")
def read_length_before_weekday(p: Phrase) -> Reading | None:
    """A week ago Monday, two weeks ago on Friday, a week last Friday: so long before that day."""
    length = _length_of(p)
    wday: Reading = p.first("wday")
    if wday.form != "weekday" or not (p.has("ago") or wday.anchor == "back"):
        return None
    return _ago(length, in_the_past(wday))


@rules.add(4, "date", "length date")
def read_length_from_day(p: Phrase) -> Reading | None:
    """Three weeks yesterday, a fortnight today: so long before it; told as a promise, after it."""
    length = _length_of(p)
    base: Reading = p.first("date")
    if base.form not in ("today", "relative"):
        return None

    def find(start: date, past: bool) -> date | None:
        day = base.first_day(start, past)
        return day and length.after(day, -1 if past else 1)

    return on_day(find, "ago", base.anchor)


@rules.add(4, "date", "length edge")
@rules.add(4, "date", "length from (?!the? (date|wday|unit|now))")
@rules.add(4, "date", "unit edge")
def read_later(p: Phrase) -> Reading | None:
    """A week later, two days after, weeks later: so long after a day that is told."""
    unit = p.first("unit", default="day")
    is_vague = isinstance(unit, Plural) and unit != "day"  # "two quiet days later"
    if not (p.has("length") or is_vague) or p.first("edge", "from") not in ("later", "after"):
        return None
    return _later(_length_of(p))


def _later(length: Length | Sum) -> Reading:
    """So long after a day that is told."""
    return replace(on_day(offset(TODAY, length), "later", "told"), length=length)


@rules.add(4, "date", "(?<!on|its|been|now)length on wday (?!from)")
@rules.add(4, "date", "(?<!on|its|been|now|from|in|by)length wday (?!from)")
def read_length_after_weekday(p: Phrase) -> Reading | None:
    """A week on Friday, a fortnight Monday; "three weeks on Friday" tells how long it is."""
    length = _length_of(p)
    wday: Reading = p.first("wday")
    is_one = length in (Length(1, "week"), Length(1, "fortnight"))
    is_on = p.first("on", default="on") == "on"
    if not (is_one and is_on) or wday.form != "weekday" or wday.anchor != "promise":
        return None

    def find(start: date, past: bool) -> date | None:
        day = wday.first_day(start, False)
        return day and length.after(day)

    return on_day(find, "weekday", "promise")


@rules.add(4, "date", "wday in about* length (?!from|ago)")
def read_weekday_in_length(p: Phrase) -> Reading | None:
    """Friday in two weeks: of the week that is two weeks on."""
    length = _length_of(p)
    wday: Reading = p.first("wday")
    is_week = isinstance(length, Length) and length.unit in ("week", "fortnight")
    if not is_week or p.first("in") == "within" or wday.anchor != "promise":
        return None

    def find(start: date, past: bool) -> date | None:
        monday, _ = week_of(length.after(start))
        day = wday.first_day(start, past)
        return day and monday + day.weekday() * DAY

    return on_day(find, "weekday", "promise")


@rules.add(4, "date", f"the? ordinal business unit from {_DAYS}")
def read_workday_after(p: Phrase) -> Reading | None:
    """First working day after Christmas."""
    if p.first("from") != "after" or p.first("unit") != "day" or not is_business(p):
        return None
    base, nth = p.first("date", "wday", "period"), p.first("ordinal")

    def find(start: date, past: bool) -> date | None:
        _, last = base.span(start, past=past)
        return last and add_workdays(last, nth, counted_country())

    return on_day(find, "offset", base.anchor)


@rules.add(4, "date", "the? wday (from|by) the? date")
def read_weekday_beside(p: Phrase) -> Reading | None:
    """The Monday after Thanksgiving, the Friday before Christmas."""
    wday: Reading = p.first("wday")
    base, is_after = p.first("date"), p.first("from") == "after"
    if wday.form != "weekday" or not (is_after or p.first("by") == "before"):
        return None

    def find(start: date, past: bool) -> date | None:
        day = base.first_day(start, past)
        return day and wday.first_day(day, not is_after)

    return on_day(find, "weekday", base.anchor)


@rules.add(4, "date", "in about* length")
@rules.add(4, "date", "length (hence|from now)")
def read_in_length(p: Phrase) -> Reading | None:
    """In two days, two days from now."""
    if p.first("in") == "within":
        return None
    return on_day(offset(TODAY, _length_of(p)), "in length", "promise")


_FROM_THAT = "that (?!unit|part)"


@rules.add(4, "date", f"length from (then|{_FROM_THAT})")
@rules.add(4, "date", f"in about* length (from|on) {_FROM_THAT}")
def read_length_from_that(p: Phrase) -> Reading | None:
    """A week from that, within two weeks of that: so long after a day that is told."""
    if p.first("from") not in (None, "from", "after") or p.first("on", default="of") != "of":
        return None
    return _later(_length_of(p))


@rules.add(4, "date", "(?<!any)(in|the)? about* (length|unit) from (date|wday)")
@rules.add(4, "date", "in about* length on (date|wday)")
@rules.add(4, "date", "the? about* (length|unit) by (date|wday)")
def read_offset(p: Phrase) -> Reading | None:
    """Three weeks from today, the day after tomorrow, within a week of the 9th."""
    if p.first("by", "from") in ("by", "until", "since") or p.first("on", default="of") != "of":
        return None
    inner = p.first("length")
    length = inner.length if inner else Length(1, p.first("unit"))
    base, sign = p.first("date", "wday"), -1 if p.has("by") else 1
    if p.has("the") and p.first("unit") == "week":
        return week_beside(base, sign)  # the week after Thanksgiving
    return on_day(offset(base, length, sign), "offset", base.anchor)


@rules.add(1, "period", "in the? business? unit (?!from|on|number)")
@rules.add(4, "period", "in the? (length|period)")
def read_within(p: Phrase) -> Reading | None:
    """Within five days, inside the week, within the fortnight, within days."""
    inner, unit = p.first("length", "period"), p.first("unit")
    if unit in ("week", "fortnight") or isinstance(unit, Plural):
        inner = read_length(count_of(unit), unit, is_business(p))
    if p.first("in") != "within" or inner is None:
        return None

    def resolve(start: date, past: bool) -> Span | None:
        span = inner.resolve(start, past)
        is_over = span and span[1] and span[1] < start  # "within the last two weeks"
        return span if span is None or is_over else (start, span[1])

    return Reading("within", inner.anchor, resolve, inner.length)


@rules.add(5, "period", "by period (?=over)")
def read_by_end(p: Phrase) -> Reading:
    """Before next week is out: by its end."""
    inner: Reading = p.first("period")

    def resolve(start: date, past: bool) -> Span | None:
        span = inner.resolve(start, past)
        return span and (None, span[1])

    return Reading(f"before {inner.form}", inner.anchor, resolve)


@rules.add(5, "period", f"by on? the? {_DAYS}")
def read_by(p: Phrase) -> Reading:
    """By Friday, until the end of the month, before Christmas (the day before it).

    "Before January is out", said in January, is by its end: what is promised lies ahead.
    """
    word, inner = p.first("by"), p.first("date", "period", "wday")

    def resolve(start: date, past: bool) -> Span | None:
        span = inner.resolve(start, past)
        if span is None:
            return None
        if word != "before":
            return None, _end(inner, span)
        day = _day_before(inner, span)
        is_inside = not past and day and span[1] and day < start < span[1]
        return None, span[1] if is_inside else day

    form = "before" if word == "before" else "by"
    return Reading(f"{form} {inner.form}", inner.anchor, resolve, hour=inner.hour)


def _day_before(inner: Reading, span: Span) -> date | None:
    """The day before a period; before its end, if an end is named ("the end of the month")."""
    day = span[1] if inner.form == "end" else span[0]
    return day and day - DAY


def _end(inner: Reading, span: Span) -> date | None:
    """The last day; "by the weekend" is by Friday."""
    last = span[1]
    if last and last.weekday() == SUNDAY and inner.form == "weekend period":
        return last - 2 * DAY
    return last


_WAS = "(?<=date was|wday was|period was|length was|unit was|next was)"


@rules.add(5, "date", f"{_WAS}(date|wday)")
@rules.add(5, "period", f"{_WAS}period")
def read_day_that_was(p: Phrase) -> Reading | None:
    """That Sunday was the 5th, the weekend was the 6th and 7th: the last such days."""
    inner: Reading = p.first("date", "wday", "period")
    is_named = inner.anchor == "calendar" or inner.form == "weekday"
    return in_the_past(inner) if is_named and inner.anchor != "told" else None


@rules.add(5, "period", "(by|from) then")
@rules.add(5, "period", f"(by|from) that (?={ENDS}|and)")
def read_then(p: Phrase) -> Reading | None:
    """By then, from then, after that: of the day that is told."""
    word = p.first("by", "from")
    if word == "since":
        return None

    def resolve(start: date, past: bool) -> Span | None:
        if past:
            return None
        if p.has("by"):
            return None, start - DAY if word == "before" else start
        return start + DAY if word == "after" else start, None

    return Reading(f"{word} then", "told", resolve)


@rules.add(5, "period", "by the? part")
def read_by_part(p: Phrase) -> Reading | None:
    """By lunch, before supper: of the day that is told; "by morning" of the next one."""
    return _by_told(p.first("part") if p.first("by") != "before" else 0)


@rules.add(5, "period", "by the unit (?=over)")
def read_by_end_of_day(p: Phrase) -> Reading | None:
    """Before the day is out: of the day that is told."""
    return _by_told(0) if is_single(p.first("unit"), "day") else None


def _by_told(shift: int) -> Reading:
    """Up to so many days after the day that is told."""

    def resolve(start: date, past: bool) -> Span | None:
        return None if past else (None, start + shift * DAY)

    return Reading("by part", "told", resolve)


@rules.add(5, "period", f"from on? the? {_DAYS}")
def read_from(p: Phrase) -> Reading:
    """After the 14th (from the day after it), since Monday, from Friday."""
    word, inner = p.first("from"), p.first("date", "period", "wday")

    def resolve(start: date, past: bool) -> Span | None:
        span = inner.resolve(start, past or word == "since")
        if span is None:
            return None
        if word == "after":
            return (span[1] + DAY, None) if span[1] else None
        return span[0], None

    is_back = word == "since" and inner.anchor == "promise"
    return Reading(f"{word} {inner.form}", "back" if is_back else inner.anchor, resolve)


@rules.add(5, "period", "from the? year")
def read_from_year(p: Phrase) -> Reading:
    """After 2016, since 2016."""
    word = p.first("from")
    first = date(p.first("year") + (word == "after"), 1, 1)
    return fixed_period(f"{word} year", (first, None))


@rules.add(5, "period", f"between? {_DAYS} (to|dash|slash|by|or|and) {_DAYS}")
def read_range(p: Phrase) -> Reading | None:
    """Aug 8 - Aug 12, Monday to Wednesday, today or tomorrow, between Christmas and New Year."""
    first, last = p.all("date", "wday", "period")
    is_list = p.has("and") and not p.has("between")
    return None if is_list or p.first("by") in ("by", "before") else days_between(first, last)
