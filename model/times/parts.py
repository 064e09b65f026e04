"""Rules for parts of periods and days named by two things: edges, weeks of, dates with weekdays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from model.times.atoms import RARE, read_weekday
from model.times.days import (
    DAY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    month_of,
    nth_weekday,
    shifted,
    unit_span,
    valid_date,
    week_of,
)
from model.times.digits import numeric_days
from model.times.grammar import ENDS, FUNCTION, Phrase, Rules
from model.times.holidays import is_of_month_day, read_holiday
from model.times.lengths import is_business
from model.times.lexicon import Plural, is_in_digits
from model.times.periods import (
    AFTER_TOLD,
    is_after,
    new_year,
    read_month,
    turn,
    turned,
    unit_period,
)
from model.times.spans import Reading, Span, days_between, nth_day, on_day, week_beside, whole_year
from model.workdays import add_workdays, counted_country

rules = Rules()

MONTH, HALF_MONTH = 30, 14
"""Days from the first of a month to its last, at most; to the middle of it."""
NUMBER_WITHIN = 45 * DAY
"""Beyond this a number beside a weekday is hardly the day of the month."""
_WEEK_EDGES = {"early": (0, 1), "mid": (1, 2), "late": (3, 4), "end": (4, 4)}


def _edge(edge: str, span: tuple[date, date], start: date) -> tuple[date, date]:
    """Early, mid, late, end or rest of a period, as the guide reads them."""
    first, last = span
    if first == last:
        return span
    if edge == "earlier":
        return first, max(first, min(last, start) - DAY)
    if span == week_of(first) and edge in _WEEK_EDGES:
        low, high = _WEEK_EDGES[edge]
        return first + low * DAY, first + high * DAY
    days = (last - first).days
    third, half = days // 3 * DAY, (days // 2 if days > MONTH else min(days, HALF_MONTH)) * DAY
    edges = {
        "early": (first, first + min(6 * DAY, third)),
        "mid": (first + third, first + half) if third else span,
        "late": (last - third, last),
        "end": (last - min(7 * DAY, third), last),
    }
    rest = (start if first <= start <= last else first, last)  # all of it where it is over
    return edges.get(edge, rest)


@rules.add(
    1, "period",
    "the? edge (on|in|the|dash)* (this|that|next|last)? dash? business? unit (?!from|next)",
)  # fmt: skip
@rules.add(3, "period", "the? unit dash? edge")
@rules.add(1, "period", "midweek")
def read_edge_of_unit(p: Phrase) -> Reading | None:
    """End of the month, early next week, month-end; midweek is the coming one."""
    edge, unit = p.first("edge", default="mid"), p.first("unit", default="week")
    shift = turn(p)
    if isinstance(unit, Plural) and edge in ("later", "earlier"):  # "weeks later"
        return None
    if unit == "day":
        return on_day(shifted(shift), "today", "today") if edge == "end" else None
    can_wait = (unit == "week" or edge == "mid") and edge != "earlier"
    is_coming = can_wait and not p.has("this", "that", "next", "last")

    def resolve(start: date, past: bool) -> Span:
        span = _edge(edge, unit_span(unit, start, shift), start)
        if is_coming and not past and span[1] < start:
            return _edge(edge, unit_span(unit, start, 1), start)
        return span

    anchor = "back" if edge == "earlier" else "told" if p.has("that") else turned(shift)
    return Reading(_form(edge), anchor, resolve)


@rules.add(1, "period", "(midweek|edge dash? unit) comma? on? the? (this|next) unit")
@rules.add(
    1, "period", f"(midweek|edge dash? unit) comma? on? the unit (from|next) {AFTER_TOLD}"
)  # fmt: skip
def read_midweek_of(p: Phrase) -> Reading | None:
    """Midweek next week, mid week the week after."""
    if p.first("edge", default="mid") != "mid" or p.all("unit")[-1] != "week":
        return None
    if p[-1].kind == "unit":
        return _edge_of("mid", unit_period("week", turn(p)))
    return _edge_of("mid", replace(unit_period("week", 1), anchor="told")) if is_after(p) else None


@rules.add(3, "period", "the? edge (on|in|about|dash|the)* (this|next|last)? period")
def read_edge(p: Phrase) -> Reading:
    """Mid-November, the end of the week after next."""
    return _edge_of(p.first("edge"), p.first("period"))


def _edge_of(edge: str, inner: Reading) -> Reading:
    def resolve(start: date, past: bool) -> Span | None:
        span = inner.resolve(start, past)
        first, last = span or (None, None)
        return _edge(edge, (first, last), start) if first and last else span

    return Reading(_form(edge), "back" if edge == "earlier" else inner.anchor, resolve)


def _form(edge: str) -> str:
    return "end" if edge == "end" else "edge"


@rules.add(
    1, "period",
    "(this|the? edge (on|the)* (this|the)) unit (comma|or|and|slash|about)+"
    " (the? edge)? (on|the)* next"
    "(?!counted|unit|business|weekday|month|number|vague|holiday|part)",
)  # fmt: skip
def read_this_or_next(p: Phrase) -> Reading | None:
    """This week or next; this week, maybe early next; the end of this week or early next."""
    unit, edge = p.first("unit"), p.after("unit").first("edge")
    near, coming = unit_period(unit, 0), unit_period(unit, 1)
    first = _edge_of(p.first("edge"), near) if "edge" in (p[0].kind, p[1].kind) else near
    last = _edge_of(edge, coming) if edge else coming
    return days_between(first, last) if unit in ("week", "month") else None


@rules.add(3, "period", "edge (on|the)* year")
def read_edge_of_year(p: Phrase) -> Reading:
    """End of 2016."""
    return _edge_of(p.first("edge"), whole_year(p.first("year")))


@rules.add(3, "period", "edge (on|in|about|the)* date")
def read_edge_of_day(p: Phrase) -> Reading | None:
    """The end of Christmas Day: the day."""
    return p.first("date") if p.first("edge") == "end" else None


@rules.add(
    3, "period",
    "(the|next|this|last)* unit (on|edge|dash|commencing)+ the? (date|wday|nth) (date|nth)?",
)  # fmt: skip
@rules.add(3, "period", "the? weekof (on|the)* (date|wday|nth) (date|nth)?")
def read_week_of(p: Phrase) -> Reading | None:
    """The week of the 18th, week commencing 4 February, w/c Mon 9 Nov, the weekend of the 14th."""
    said = p.all("date", "wday", "nth")[-1]
    day = said if isinstance(said, Reading) else nth_day(said)
    unit = p.first("unit", default="week")
    return week_beside(day, unit=unit) if day and unit in ("week", "weekend") else None


@rules.add(1, "date", "the? weekday dot? comma? the? open? numeric close?")
@rules.add(1, "date", "numeric comma? open? weekday close?")
def read_weekday_numeric(p: Phrase) -> Reading | None:
    """Fri 6/11: the weekday tells which of the two is the month."""
    days = numeric_days(p.first("numeric"))
    return _on_weekday(read_weekday(p), days) if days else None


@rules.add(3, "date", "wday comma? the? open? dash? (date|nth) close?")
@rules.add(3, "date", "wday the ordinal (?!counted|unit)")
@rules.add(3, "date", "wday ordinal (?!counted|unit|other)")
@rules.add(3, "date", "wday on the? (date|nth (?!other|counted))")
@rules.add(3, "date", "date comma? open? wday close?")
def read_weekday_date(p: Phrase) -> Reading | None:
    """Friday the 22nd, Mon, January 12th, Wed 13th: the nearest such date that is such a day."""
    wday, nth = p.first("wday"), p.first("nth", "ordinal")
    day = p.first("date") or nth_day(nth)
    is_next = wday.anchor == "told" and p[0].kind == "date"  # "the 28th, the Tuesday after that"
    if day is None or is_next or day.form not in ("calendar", "nth"):
        return None
    if p.has("ordinal") and nth < RARE:
        return None
    return replace(_on_weekday(wday, [day]), hour=day.hour or wday.hour)


@rules.add(3, "date", f"wday comma? the ordinal (?={ENDS}|and|or|{FUNCTION})")
def read_weekday_ordinal(p: Phrase) -> Reading | None:
    """Thursday the second, and so on: nothing else is counted."""
    wday, day = p.first("wday"), nth_day(p.first("ordinal"))
    return day and replace(_on_weekday(wday, [day]), hour=wday.hour)


@rules.add(1, "date", f"holiday comma weekday (?={ENDS})")
@rules.add(1, "date", "a? weekday comma holiday")
def read_weekday_holiday(p: Phrase) -> Reading | None:
    """Halloween, Saturday: the nearest one that is such a day; Easter always is one."""
    is_dated = is_of_month_day(p.first("holiday"))
    return _on_weekday(read_weekday(p), [read_holiday(p)]) if is_dated else None


@rules.add(4, "period", "(period|wday) comma about? wday most")
def read_at_the_latest(p: Phrase) -> Reading | None:
    """End of the week, Monday at the latest: up to that Monday."""
    first, last = p.all("period", "wday")
    is_promise = first.anchor == last.anchor == "promise"
    return days_between(first, last) if is_promise else None


@rules.add(3, "date", f"wday number (?={ENDS}|and|{FUNCTION})")
def read_weekday_number(p: Phrase) -> Reading | None:
    """Monday 16: the 16th if the nearest one is a Monday; "Thu 2" may be a Thursday at two."""
    wday, number = p.first("wday"), p.first("number")
    day = nth_day(number) if is_in_digits(number) else None
    if day is None or wday.form != "weekday":
        return None

    def find(start: date, past: bool) -> date | None:
        named = wday.first_day(start, past)
        near = [each for each in _occurrences(day, start) if abs(each - start) <= NUMBER_WITHIN]
        return next((each for each in near if named and each.weekday() == named.weekday()), named)

    return on_day(find, "weekday", wday.anchor)


def _on_weekday(wday: Reading, days: list[Reading]) -> Reading:
    """The nearest of the dates that is such a weekday; else the weekday is a slip."""

    def find(start: date, past: bool) -> date | None:
        named = wday.first_day(start, past)
        known = [each for day in days for each in _occurrences(day, start)]
        near = [each for each in known if named and each.weekday() == named.weekday()]
        nearest = min(near, key=lambda each: abs(each - start), default=None)
        if nearest and abs(nearest - start) < 366 * DAY:
            return nearest
        return days[0].first_day(start, past)

    return on_day(find, "calendar", "calendar")


def _occurrences(day: Reading, start: date) -> list[date]:
    """The days that a yearless or monthless date may mean, both ways from a day."""
    days: list[date] = []
    for past, step in ((False, DAY), (True, -DAY)):
        at = start
        for _ in range(7):
            found = day.first_day(at, past)
            if found is None or found in days:
                break
            days.append(found)
            at = found + step
    return days


@rules.add(1, "date", "the? (nth|ordinal|number) unit? (on|in) (this|next|last|the)+ unit")
@rules.add(1, "date", "the? nth (this|next|last) unit")
def read_nth_in_month(p: Phrase) -> Reading | None:
    """20th of next month, 20th of the month."""
    *counted, unit = p.all("unit")
    if unit != "month" or counted not in ([], ["day"]):
        return None
    day, shift = int(p.first("nth", "ordinal", "number")), turn(p)
    if not p.has("this", "next", "last"):
        return nth_day(day)

    def find(start: date, past: bool) -> date | None:
        first, _ = month_of(start, shift)
        return valid_date(first.year, first.month, day)

    return on_day(find, "calendar", turned(shift))


_WHICH, _WHOLE = (
    "the? (ordinal|nth|last)",
    "(on|in) the? (month (comma? year)?|year|holiday|(this|that|next|last)? unit)",
)


@rules.add(1, "date", f"{_WHICH} weekday {_WHOLE}")
def read_nth_weekday(p: Phrase) -> Reading | None:
    """First Friday of next month, last Sunday of March."""
    nth, weekday = p.first("ordinal", "nth", default=0), p.first("weekday")

    def pick(first: date, last: date) -> tuple[date, date]:
        day = nth_weekday(first if nth else last + DAY, weekday, nth)
        return day, day

    return _counted_in(p, "calendar", pick)


@rules.add(1, "date", f"{_WHICH} business? unit {_WHOLE}")
def read_nth_day(p: Phrase) -> Reading | None:
    """The last day of the month, the first working day of December."""
    nth = int(p.first("ordinal", "nth", default=0))

    def pick(first: date, last: date) -> tuple[date, date]:
        if is_business(p):
            start, count = (first - DAY, nth) if nth else (last + DAY, -1)
            day = add_workdays(start, count, counted_country())
        else:
            day = first + (nth - 1) * DAY if nth else last
        return day, day

    return _counted_in(p, "calendar", pick) if p.first("unit") == "day" else None


@rules.add(1, "period", f"{_WHICH} business? unit {_WHOLE}")
def read_nth_week(p: Phrase) -> Reading | None:
    """First week of March: a week lies where its Thursday does, a full one with all its days."""
    nth = int(p.first("ordinal", "nth", default=0))
    full = MONDAY if nth else FRIDAY
    weekday = full if p.has("business") else THURSDAY

    def pick(first: date, last: date) -> tuple[date, date]:
        return week_of(nth_weekday(first if nth else last + DAY, weekday, nth))

    return _counted_in(p, "week period", pick) if p.first("unit") == "week" else None


@rules.add(1, "period", f"{_WHICH} (half|ordinal) {_WHOLE}")
@rules.add(1, "period", "month (ordinal|nth) half")
def read_share(p: Phrase) -> Reading | None:
    """First half of November, second half of next week, last third of October, May first half."""
    ordinals, parts = p.all("ordinal", "nth"), 2 if p.has("half") else 3
    nth = ordinals.pop(0) if len(ordinals) >= parts - 1 else parts

    def pick(first: date, last: date) -> tuple[date, date]:
        days = max((last - first).days + 1, 7)  # a week has seven
        end = first + (days * nth // parts - 1) * DAY
        return first + days * (nth - 1) // parts * DAY, min(end, last)

    is_share = nth <= parts and ordinals in ([], [3]) and (not p.has("year") or p.has("month"))
    return _counted_in(p, "edge", pick, ("week", "month")) if is_share else None


def _counted_in(
    p: Phrase,
    form: str,
    pick: Callable[[date, date], tuple[date, date]],
    units: tuple[str, ...] = ("month", "year"),
) -> Reading | None:
    """A part of a month or year that an ordinal counts out; of "the month" the coming one."""
    named = p.after("on", "in") if p.has("on", "in") else p
    whole = _whole(named, units)
    if whole is None:
        return None
    is_coming = named.has("unit") and not named.has("this", "that", "next", "last")

    def resolve(start: date, past: bool) -> Span | None:
        first, last = _ends(whole, start, past)
        span = pick(first, last)
        if is_coming and not past and span[1] < start:
            first, last = _ends(whole, last + 7 * DAY, past)
            span = pick(first, last)
        return span if span[0] <= last else None  # no month has a fifteenth Monday

    return Reading(form, whole.anchor, resolve)


def _whole(p: Phrase, units: tuple[str, ...]) -> Reading | None:
    """The month or year that is named; of units only one of `units`."""
    if p.has("holiday"):
        return new_year(p.first("holiday"))
    if p.has("unit"):
        unit = p.first("unit")
        period = unit_period(unit, turn(p)) if unit in units else None
        return replace(period, anchor="told") if period and p.has("that") else period
    return read_month(p) if p.has("month") else whole_year(p.first("year"))


def _ends(whole: Reading, start: date, past: bool) -> tuple[date, date]:
    first, last = whole.span(start, past=past)
    assert first is not None  # months and years have both ends
    assert last is not None
    return first, last
