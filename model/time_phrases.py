"""Rules of the later levels: parts of periods, dates with weekdays, offsets, open sides, ranges."""

from collections.abc import Callable
from datetime import date

from model.grammar import RULES, Values, rule
from model.spans import (
    DAY,
    SUNDAY,
    Anchor,
    Length,
    Reading,
    Span,
    Sum,
    inherit,
    month_of,
    nth_weekday,
    on_day,
    unit_span,
    valid_date,
    week_of,
)
from model.time_atoms import nth_reading, read_month

__all__ = ["RULES"]  # complete only here: these rules stand on those of `time_atoms`

_EDGES: dict[str, Callable[[date, date, date], tuple[date, date]]] = {
    "early": lambda first, last, anchor: (first, min(last, first + 6 * DAY)),
    "mid": lambda first, last, anchor: (first + 10 * DAY, first + 14 * DAY),
    "late": lambda first, last, anchor: (first + 20 * DAY, last),
    "end": lambda first, last, anchor: (max(first, last - 7 * DAY), last),
    "rest": lambda first, last, anchor: (max(first, anchor), last),
    "later": lambda first, last, anchor: (max(first, anchor), last),
    "earlier": lambda first, last, anchor: (first, max(first, min(last, anchor) - DAY)),
}


_WEEK_EDGES: dict[str, tuple[int, int]] = {
    "early": (0, 1), "earlier": (0, 1), "mid": (1, 2), "late": (3, 4), "end": (4, 4),
}  # fmt: skip


def _edge(edge: str, span: Span, anchor: date) -> Span:
    """Early, mid, late, end of a period, as the guide reads them."""
    first, last = span
    assert first is not None  # periods of level 1 have both ends
    assert last is not None
    if (last - first).days < 6 and edge in _WEEK_EDGES:
        low, high = _WEEK_EDGES[edge]
        return first + low * DAY, first + high * DAY
    return _EDGES[edge](first, last, anchor)


@rule(2, "period", "the? edge (on|in|about|dash|the)* (this|next|last)? period")
@rule(2, "period", "edge (on|in|about|the)* date")
@rule(2, "period", "the? (next|last)? edge (on|in|the|dash)* (this|next|last)? unit")
@rule(2, "period", "the? unit edge")
@rule(2, "period", "edge (on|the)* year")
def read_edge(v: Values) -> Reading | None:
    """End of the month, early next week, mid-November, month end."""
    edge = v["edge"][0]
    shift = (v.get("next") or v.get("last") or [0])[0]
    if "date" in v:
        return v["date"][0] if edge == "end" else None

    def resolve(anchor: date, past: bool) -> Span | None:
        if "period" in v:
            span = v["period"][0].resolve(anchor, past)
        elif "year" in v:
            span = date(v["year"][0], 1, 1), date(v["year"][0], 12, 31)
        else:
            span = unit_span(v["unit"][0], anchor, shift)
        return None if span is None else _edge(edge, span, anchor)

    if v.get("unit") == ["day"]:
        day = on_day(lambda anchor, past: anchor + shift * DAY, "today", "today")
        return day if edge == "end" else None
    anchor: Anchor = "calendar" if "year" in v else inherit(*v.get("period", []))
    if "unit" in v:
        anchor = "promise"
    if edge == "earlier" or shift < 0:
        anchor = "back"
    return Reading("edge", anchor, resolve)


@rule(2, "period", "(the|next|this|last)* unit (on|edge|dash)+ (the)? (date|wday)")
def read_week_of(v: Values) -> Reading | None:
    """The week of the 18th, week commencing 4 February, end of day Friday."""
    day = (v.get("date") or v["wday"])[0]
    if v["unit"][0] == "day":
        return day  # type: ignore[no-any-return]
    if v["unit"][0] != "week":
        return None

    def resolve(anchor: date, past: bool) -> Span | None:
        span = day.resolve(anchor, past)
        return None if span is None or span[0] is None else week_of(span[0])

    return Reading("week period", day.anchor, resolve)


@rule(2, "date", "wday comma? on? the? open? dash? (date|nth) close?")
@rule(2, "date", "date comma? open? wday close?")
def read_weekday_date(v: Values) -> Reading | None:
    """Friday the 22nd, Mon, January 12th, Wed 13th: the nearest such date that is such a day."""
    day = v["date"][0] if "date" in v else nth_reading(v["nth"][0])
    if day is None or day.form not in ("calendar", "nth"):
        return None

    def find(anchor: date, past: bool) -> date | None:
        weekday = v["wday"][0].resolve(anchor, past)[0].weekday()
        near = [d for d in _occurrences(day, anchor) if d.weekday() == weekday]
        nearest = min(near, key=lambda d: abs(d - anchor), default=None)
        if nearest and abs(nearest - anchor) < 366 * DAY:
            return nearest
        span = day.resolve(anchor, past)  # the weekday is a slip: the date stands
        return span and span[0]

    return on_day(find, "calendar", "calendar")


def _occurrences(day: Reading, anchor: date) -> list[date]:
    """The days that a yearless or monthless date may mean, both ways from the anchor."""
    days: list[date] = []
    for past, step in ((False, DAY), (True, -DAY)):
        at = anchor
        for _ in range(7):
            span = day.resolve(at, past)
            if span is None or span[0] is None or span[0] in days:
                break
            days.append(span[0])
            at = span[0] + step
    return days


@rule(2, "date", "the? (nth|ordinal|number) unit? (on|in) the? (this|next|last) unit")
@rule(2, "date", "the? (nth|number|date) unit? (on|in) period")
def read_nth_in_month(v: Values) -> Reading | None:
    """20th of next month."""
    numbers = v.get("nth") or v.get("ordinal") or v.get("number")
    if numbers is None or v.get("unit", ["day"])[0] not in ("day", "month"):
        return None
    day = int(numbers[0])
    shift = (v.get("next") or v.get("last") or [0])[0]
    if v.get("unit", ["month"])[-1] != "month":
        return None

    def find(anchor: date, past: bool) -> date | None:
        first = (
            v["period"][0].resolve(anchor, past)[0] if "period" in v else month_of(anchor, shift)[0]
        )
        return valid_date(first.year, first.month, day)

    anchor = v["period"][0].anchor if "period" in v else _turn(v)
    return on_day(find, "calendar", anchor)


@rule(1, "date", "the? (ordinal|nth|last) weekday (on|in) the? month comma? year?")
@rule(1, "date", "the? (ordinal|nth|last) weekday (on|in) the? (this|next|last)? unit")
def read_nth_weekday(v: Values) -> Reading | None:
    """First Friday of next month, last Sunday of March."""
    nth = (v.get("ordinal") or v.get("nth") or [0])[0]

    def find(anchor: date, past: bool) -> date:
        first, last = _enclosing(v, anchor, past)
        weekday = v["weekday"][0]
        return nth_weekday(first, weekday, nth) if nth else nth_weekday(last + DAY, weekday, 0)

    return on_day(find, "calendar", "calendar" if "month" in v else _turn(v))


@rule(1, "period", "the? (ordinal|nth|last) unit (on|in) the? month comma? year?")
@rule(
    1,
    "period",
    "the? (ordinal|nth|last) unit (on|in) the? (year|(this|next|last)? unit)",
)
def read_nth_week(v: Values) -> Reading | None:
    """Last week of December 2016, first week of March."""
    nth = int((v.get("ordinal") or v.get("nth") or [0])[0])
    if v["unit"][0] != "week":
        return None

    def resolve(anchor: date, past: bool) -> Span:
        first, last = _enclosing(v, anchor, past)
        return week_of(first, nth - 1) if nth else week_of(last)

    anchor: Anchor = "calendar" if "month" in v or "year" in v else _turn(v)
    return Reading("week period", anchor, resolve)


def _turn(v: Values) -> Anchor:
    """The anchor of this, next or last month."""
    return "back" if (v.get("next") or v.get("last") or [0])[-1] < 0 else "promise"


def _enclosing(v: Values, anchor: date, past: bool) -> tuple[date, date]:
    """The month, year or other unit that an ordinal counts in."""
    shift = (v.get("next") or v.get("last") or [0])[-1]
    if "month" in v:
        month: Reading = read_month({k: v[k] for k in ("month", "year") if k in v})
        first, last = month.resolve(anchor, past) or (None, None)
        assert first is not None
        assert last is not None
        return first, last
    if "year" in v:
        return date(v["year"][0], 1, 1), date(v["year"][0], 12, 31)
    return unit_span(v["unit"][-1], anchor, shift)


@rule(2, "length", "length ((comma|and)+ length)+")
@rule(2, "length", "length length length?")
def read_sum(v: Values) -> Reading | None:
    """1 month and 21 days."""
    parts = [reading.length for reading in v["length"]]
    if [part.days for part in parts] != sorted((part.days for part in parts), reverse=True):
        return None
    if len({part.unit for part in parts}) < len(parts):
        return None

    total = Sum(tuple(parts))
    return Reading("length", "promise", lambda anchor, past: (anchor, total.after(anchor)), total)


@rule(2, "period", "the? (next|last|this) length")
@rule(2, "period", "number (next|last) unit")
def read_next_length(v: Values) -> Reading:
    """In the next few days, the last three weeks."""
    backward = "last" in v
    length = v["length"][0].length if "length" in v else Length(v["number"][0], v["unit"][0])

    def resolve(anchor: date, past: bool) -> Span:
        if backward:
            return length.after(anchor, -1), anchor - DAY
        return anchor + DAY, length.after(anchor)

    return Reading("next length", "back" if backward else "promise", resolve, length)


@rule(3, "date", "length ago date?")
def read_ago(v: Values) -> Reading:
    """Two weeks ago, a month ago today."""
    length = v["length"][0].length
    return on_day(lambda anchor, past: length.after(anchor, -1), "ago", "back")


@rule(3, "date", "wday length ago")
def read_weekday_ago(v: Values) -> Reading:
    """Wednesday a week ago: the Wednesday nearest to a week back."""
    length, wday = v["length"][0].length, v["wday"][0]

    def find(anchor: date, past: bool) -> date:
        middle = length.after(anchor, -1) + 4 * DAY
        return wday.resolve(middle, True)[0]  # type: ignore[no-any-return]

    return on_day(find, "ago", "back")


@rule(3, "date", "in about* length")
@rule(3, "date", "length hence")
@rule(3, "date", "length from now")
@rule(3, "date", "the? about* (length|unit) from (date|wday)")
@rule(3, "date", "the? about* (length|unit) by (date|wday)")
def read_offset(v: Values) -> Reading | None:
    """In two days, three weeks from today, the day after tomorrow, a week before Easter."""
    if v.get("in") == ["within"]:
        return None
    length = v["length"][0].length if "length" in v else Length(1, v["unit"][0])
    base = (v.get("date") or v.get("wday") or [None])[0]
    if v.get("by") == ["by"] or v.get("from") == ["since"]:
        return None
    sign = -1 if "by" in v else 1

    def find(anchor: date, past: bool) -> date | None:
        span = (anchor, anchor) if base is None else base.resolve(anchor, past)
        return None if span is None or span[0] is None else length.after(span[0], sign)

    return on_day(
        find, "in length" if base is None else "offset", base.anchor if base else "promise"
    )


@rule(3, "period", "in the? (length|period)")
def read_within(v: Values) -> Reading | None:
    """Within five days, inside the week."""
    if v["in"] != ["within"]:
        return None
    inner = (v.get("length") or v["period"])[0]

    def resolve(anchor: date, past: bool) -> Span | None:
        span = inner.resolve(anchor, past)
        return None if span is None else (anchor, span[1])

    return Reading("within", inner.anchor, resolve, inner.length)


@rule(4, "period", "by on? the? (date|period|wday)")
def read_by(v: Values) -> Reading:
    """By Friday, until the end of the month, before Christmas (the day before it)."""
    inner = (v.get("date") or v.get("period") or v["wday"])[0]
    before = v["by"][0] == "before"

    def resolve(anchor: date, past: bool) -> Span | None:
        span = inner.resolve(anchor, past)
        if span is None:
            return None
        if before:
            return (None, span[0] - DAY) if span[0] else None
        last = span[1]
        if last and last.weekday() == SUNDAY and inner.form == "weekend period":
            last = last - 2 * DAY  # "by the weekend" is by Friday
        return None, last

    return Reading(f"{v['by'][0]} {inner.form}", inner.anchor, resolve)


@rule(4, "period", "from on? the? (date|period|wday)")
@rule(4, "period", "from the? year")
def read_from(v: Values) -> Reading:
    """After the 14th (from the day after it), since Monday, from Friday."""
    inner = (v.get("date") or v.get("period") or v.get("wday") or [None])[0]
    word = v["from"][0]

    def resolve(anchor: date, past: bool) -> Span | None:
        if inner is None:
            return date(v["year"][0] + (word == "after"), 1, 1), None
        span = inner.resolve(anchor, past or word == "since")
        if span is None:
            return None
        if word == "after":
            return (span[1] + DAY, None) if span[1] else None
        return span[0], None

    anchor = inherit(inner)
    if word == "since" and anchor == "promise":
        anchor = "back"
    return Reading(f"{word} {inner.form if inner else 'year'}", anchor, resolve)


@rule(4, "period", "between? (date|wday|period) (to|dash|by|and) (date|wday|period)")
@rule(4, "period", "number (to|dash|by) number (next|this|last) unit")
def read_range(v: Values) -> Reading | None:
    """Aug 8 - Aug 12, Monday to Wednesday, between Christmas and New Year."""
    ends = [*v.get("date", []), *v.get("wday", []), *v.get("period", [])]
    if len(ends) != 2 or ("and" in v and "between" not in v) or v.get("by") == ["before"]:
        return None

    def resolve(anchor: date, past: bool) -> Span | None:
        first, last = (end.resolve(anchor, past) for end in ends)
        if first is None or last is None or first[0] is None or last[1] is None:
            return None
        if last[1] < first[0]:
            last = ends[1].resolve(first[0], False)
        return first[0], last[1]

    return Reading("range", inherit(*ends), resolve)
