"""A small grammar of time: token classes in, readings out.

The text becomes a string with one character a token; the rules are regular expressions over token
classes, written in words ("about* number business? unit"). They work in cascaded levels, as in
FASTUS (Hobbs et al., 1997): lengths and simple dates first, then what is built of them ("end of
next week", "two weeks ago", "by Friday"). At each place the longest match of a level wins, and
becomes one token for the next level.

A reading is a function of an anchor day, because notes have two: promises count from the day they
were made, elapsed time from the day of reading. Amounts take their late end and words their days
as the decision guide reads time.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from model.lexer import Token, lexicon, tokenize
from model.workdays import add_workdays

Span = tuple[date | None, date | None]
Resolver = Callable[[date, bool], Span | None]
"""First and last day, from an anchor day; the flag asks for the past one of two possible years or
weeks. None where there is no such day (31 February)."""

DAY = timedelta(days=1)
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: `count` units of "day", "week", "month" ...; business days where said."""

    count: float
    unit: str
    business: bool = False

    @property
    def days(self) -> float:
        """Length in days; a month counts 30, a year 365."""
        size = {
            "day": 1,
            "week": 7,
            "fortnight": 14,
            "month": 30,
            "year": 365,
            "weekend": 2,
        }
        return float(int(self.count * size[self.unit]))

    @property
    def named_days(self) -> float:
        """Length in days, or in business days where those are said."""
        return self.count if self.business else self.days

    def after(self, day: date, sign: int = 1) -> date:
        """The day this length after `day` (`sign` 1) or before it (`sign` -1)."""
        if self.business and self.unit == "day":
            return add_workdays(day, sign * int(self.count))
        if self.unit in ("month", "year") and self.count == int(self.count):
            step = relativedelta(**{f"{self.unit}s": sign * int(self.count)})  # type: ignore[arg-type]
            return day + step
        return day + sign * timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Sum:
    """Lengths in a row: 1 month and 21 days."""

    parts: tuple[Length, ...]

    @property
    def days(self) -> float:
        """Length in days."""
        return sum(part.days for part in self.parts)

    @property
    def named_days(self) -> float:
        """Length in days."""
        return self.days

    def after(self, day: date, sign: int = 1) -> date:
        """The day this length after `day`, or before it, part by part."""
        for part in self.parts:
            day = part.after(day, sign)
        return day


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: its form (the rule that read it), length, and days."""

    form: str
    resolve: Resolver
    length: Length | Sum | None = None


Values = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over token classes, the class its match becomes, and what the match means."""

    level: int
    result: str
    pattern: re.Pattern[str]
    read: Callable[[Values], Any]
    name: str


RULES: list[Rule] = []
_STRUCTURE = "date wday length period year numeric iso yearmonth nth number other stop open close"
_SIGNS = "comma dash slash dot plus"
_NEVER_FIRST = frozenset(
    [
        "other",
        "stop",
        "open",
        "close",
        "comma",
        "dash",
        "slash",
        "dot",
        "plus",
        "function",
        "so",
        "hence",
        "now",
    ]
)
"""Classes that no rule begins with: most words of a text are passed over at once."""


@cache
def class_codes() -> dict[str, str]:
    """One character for each token class."""
    kinds = sorted({kind for kind, _ in lexicon().values()} | set(f"{_STRUCTURE} {_SIGNS}".split()))
    return {kind: chr(ord("Ā") + index) for index, kind in enumerate(kinds)}


def rule(
    level: int, result: str, pattern: str
) -> Callable[[Callable[[Values], Any]], Callable[[Values], Any]]:
    """Register a reader for `pattern`, whose words are token classes."""
    codes = class_codes()
    compact = re.sub(r"[a-z]+", lambda word: codes[word[0]], pattern).replace(" ", "")

    def register(read: Callable[[Values], Any]) -> Callable[[Values], Any]:
        name = read.__name__.removeprefix("read_")
        RULES.append(Rule(level, result, re.compile(compact), read, name))
        return read

    return register


def parse(text: str) -> list[Token]:
    """Temporal expressions of `text` in order, as tokens whose value is a `Reading`."""
    tokens = tokenize(text)
    for level in range(max(each.level for each in RULES) + 1):
        tokens = _reduce(tokens, [each for each in RULES if each.level == level])
    return [token for token in tokens if isinstance(token.value, Reading)]


def _reduce(tokens: list[Token], rules: Iterable[Rule]) -> list[Token]:
    """Replace, from the left, the longest match of `rules` at each place by one token."""
    codes = class_codes()
    coded = "".join(codes[token.kind] for token in tokens)
    reduced: list[Token] = []
    index = 0
    while index < len(tokens):
        if tokens[index].kind in _NEVER_FIRST:
            reduced.append(tokens[index])
            index += 1
            continue
        match, token = _longest(tokens, coded, index, rules)
        reduced.append(token)
        index += match
    return reduced


def _longest(
    tokens: list[Token], coded: str, index: int, rules: Iterable[Rule]
) -> tuple[int, Token]:
    """The number of tokens read at `index`, and the token they become."""
    best, result = 1, tokens[index]
    for each in rules:
        match = each.pattern.match(coded, index)
        if match is None or match.end() - index < best + (result is not tokens[index]):
            continue
        span = tokens[index : match.end()]
        value = each.read(_values(span))
        if value is not None:
            best = len(span)
            result = Token(each.result, _named(value, each.name), span[0].start, span[-1].end)
    return best, result


def _named(value: Any, name: str) -> Any:
    """Give a reading the name of the rule that made it, unless it has a more telling one."""
    if isinstance(value, Reading) and not value.form:
        return Reading(name, value.resolve, value.length)
    return value


def _values(span: list[Token]) -> Values:
    values: Values = {}
    for token in span:
        values.setdefault(token.kind, []).append(token.value)
    return values


def _on(day: Callable[[date, bool], date | None], form: str = "") -> Reading:
    """A reading of a single day."""

    def resolve(anchor: date, past: bool) -> Span | None:
        found = day(anchor, past)
        return None if found is None else (found, found)

    return Reading(form, resolve)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _yearless(month: int, day: int) -> Callable[[date, bool], date | None]:
    """The next such day from the anchor on, or the last one up to it."""

    def find(anchor: date, past: bool) -> date | None:
        years = (
            range(anchor.year, anchor.year - 9, -1) if past else range(anchor.year, anchor.year + 9)
        )
        days = (_valid(year, month, day) for year in years)
        return next((d for d in days if d and (d <= anchor if past else d >= anchor)), None)

    return find


def _calendar(month: int, day: int, year: int | None) -> Reading:
    """A day of a month; 31 February is read, and resolves to no day, so that no part of it does."""
    if year is not None:
        fixed = _valid(year, month, day)
        return _on(lambda anchor, past: fixed, "calendar")
    return _on(_yearless(month, day), "calendar")


def _week(day: date, shift: int = 0) -> tuple[date, date]:
    """Monday to Friday of the week `shift` weeks from that of `day`."""
    monday = day - day.weekday() * DAY + shift * 7 * DAY
    return monday, monday + FRIDAY * DAY


def _month(day: date, shift: int = 0) -> tuple[date, date]:
    first = day.replace(day=1) + relativedelta(months=shift)
    return first, first + relativedelta(months=1) - DAY


def _unit_span(unit: str, day: date, shift: int) -> tuple[date, date]:
    """First and last day of the unit `shift` units from that of `day`."""
    if unit == "day":
        return day + shift * DAY, day + shift * DAY
    if unit == "week":
        return _week(day, shift)
    if unit == "fortnight":
        return _week(day, 2 * shift)
    if unit == "weekend":
        monday, _ = _week(day, shift)
        return monday + SATURDAY * DAY, monday + SUNDAY * DAY
    if unit == "month":
        return _month(day, shift)
    return date(day.year + shift, 1, 1), date(day.year + shift, 12, 31)


# --- Level 0: numbers and ordinals in several words -------------------------------------------


@rule(0, "number", "number dash? number")
def read_compound_number(v: Values) -> float | None:
    """Forty five."""
    tens, ones = v["number"]
    return tens + ones if tens in range(20, 100, 10) and ones < 10 and "dash" not in v else None


@rule(0, "nth", "number dash? ordinal")
def read_compound_ordinal(v: Values) -> int | None:
    """Twenty-third."""
    tens, ones = v["number"][0], v["ordinal"][0]
    return int(tens + ones) if tens in (20, 30) and ones < 10 else None


# --- Level 1: lengths, simple dates, simple periods -------------------------------------------


def _length(count: float, unit: str, business: bool) -> Reading:
    length = Length(count, unit, business)
    return Reading("length", lambda anchor, past: (anchor, length.after(anchor)), length)


def _is_business(v: Values) -> bool:
    return "business" in v.get("business", [])


_UPTO = "((dash|to|and|slash) a? number)?"


@rule(1, "length", f"about* a? about* number {_UPTO} plus? about* dash? business? dash? unit so?")
@rule(1, "length", "about* number (dash|to|and) number plus? business? unit")
def read_count(v: Values) -> Reading:
    """7-10 business days: the late end counts."""
    return _length(v["number"][-1], v["unit"][0], _is_business(v))


@rule(1, "length", "about* a? vague (on|about)? business? unit")
def read_vague(v: Values) -> Reading:
    """A couple of weeks, a few days."""
    return _length(v["vague"][0], v["unit"][0], _is_business(v))


@rule(1, "length", "about* (a|another) about* business? unit so?")
@rule(1, "length", "about* (a|another)? business? unit and a? (number|vague|so) unit?")
def read_one(v: Values) -> Reading | None:
    """A week, another day, a day or two, a week or so."""
    amount = (v.get("number") or v.get("vague") or [1])[0]
    return _length(amount, v["unit"][0], _is_business(v))


@rule(1, "length", "about* (a|another)? (number|unit) and a half unit?")
def read_and_a_half(v: Values) -> Reading | None:
    """A week and a half, two and a half weeks."""
    if "unit" not in v:
        return None
    return _length((v.get("number") or [1])[0] + 0.5, v["unit"][0], False)


@rule(1, "length", "half a? unit")
def read_half(v: Values) -> Reading | None:
    """Half a year."""
    return None if v["unit"][0] == "day" else _length(0.5, v["unit"][0], False)


@rule(1, "wday", "the? (this|next|last)* weekday part?")
def read_weekday(v: Values) -> Reading | None:
    """Friday, this Friday, next Friday (of next week), last Friday, come Friday."""
    weekday = v["weekday"][0]
    if v.get("next") == [1] and "this" not in v:
        return _on(lambda anchor, past: _week(anchor, 1)[0] + weekday * DAY, "weekday")
    if "last" in v:
        return _on(lambda anchor, past: _week(anchor, -1)[0] + weekday * DAY, "weekday")
    return _on(lambda anchor, past: _near_weekday(anchor, weekday, past), "weekday")


def _near_weekday(anchor: date, weekday: int, past: bool) -> date:
    """The nearest such weekday strictly after the anchor, or strictly before it."""
    if past:
        return anchor - ((anchor.weekday() - weekday - 1) % 7 + 1) * DAY
    return anchor + ((weekday - anchor.weekday() - 1) % 7 + 1) * DAY


@rule(1, "wday", "weekday comma? on? the? (this|next|last) business? unit")
@rule(1, "wday", "(this|next|last) unit dash? on? weekday")
def read_weekday_in_week(v: Values) -> Reading | None:
    """Friday next week, next week Monday."""
    if v["unit"][0] != "week":
        return None
    shift = (v.get("next") or v.get("last") or [0])[0]
    return _on(lambda anchor, past: _week(anchor, shift)[0] + v["weekday"][0] * DAY, "weekday")


@rule(1, "wday", "a? weekday unit")
def read_weekday_week(v: Values) -> Reading | None:
    """Monday week: a week on Monday."""
    if v["unit"][0] != "week" or "a" in v:
        return None
    return _on(
        lambda anchor, past: _near_weekday(anchor, v["weekday"][0], False) + 7 * DAY,
        "weekday",
    )


@rule(1, "date", "the? (nth|ordinal|number) unit? on? the? month (comma? year)?")
@rule(
    1,
    "date",
    "(month) dot? (dash|slash)? the? (nth|ordinal|number) (comma? year)?(?!unit|vague|to)",
)
@rule(1, "date", "month comma nth (comma? year)?")
def read_month_day(v: Values) -> Reading | None:
    """The 9th of May, Oct. 2, January 12, 2016."""
    day = (v.get("nth") or v.get("ordinal") or v["number"])[0]
    if day != int(day) or not 1 <= day <= 31 or v.get("unit", ["day"]) != ["day"]:
        return None
    return _calendar(v["month"][0], int(day), v.get("year", [None])[0])


@rule(1, "date", "the nth (?!other)")
@rule(1, "date", "(?<=on)nth (?!other)")
@rule(1, "date", "the nth unit (on|in) (the|this)? unit")
@rule(1, "date", "nth (?=comma|dot|close|stop|and|to|dash|from|by|function|open|in|on)")
def read_nth(v: Values) -> Reading | None:
    """The 14th, of the month that the anchor makes nearest."""
    return _nth_reading(v["nth"][0])


def _nth_reading(day: int) -> Reading | None:
    if not 1 <= day <= 31:
        return None
    return _on(lambda anchor, past: _nth_of_month(anchor, day, past), "nth")


@rule(1, "date", "the nth")
def read_late_nth(v: Values) -> Reading | None:
    """The 27th, before any word: nobody counts so many interviews."""
    return read_nth(v) if v["nth"][0] >= 13 else None


@rule(
    1,
    "date",
    "(by|from|in|on)? the number (?!other|unit|number|dash|slash|dot|nth|plus|business|weekday)",
)
def read_bare_day(v: Values) -> Reading | None:
    """By the 27."""
    day = v["number"][0]
    if "from" in v or day != int(day) or not 13 <= day <= 31:
        return None
    return _nth_reading(int(day))


def _nth_of_month(anchor: date, day: int, past: bool) -> date | None:
    months = (_month(anchor, shift if not past else -shift)[0] for shift in range(13))
    days = (_valid(month.year, month.month, day) for month in months)
    return next((d for d in days if d and (d <= anchor if past else d >= anchor)), None)


@rule(1, "date", "(this|edge)? relative part?")
def read_relative(v: Values) -> Reading:
    """Today, tomorrow morning, yesterday."""
    shift = v["relative"][0] * DAY
    return _on(lambda anchor, past: anchor + shift, "today" if not shift else "relative")


@rule(1, "date", "this part")
def read_this_part(v: Values) -> Reading:
    """This afternoon."""
    return _on(lambda anchor, past: anchor, "today")


@rule(1, "date", "numeric")
def read_numeric(v: Values) -> Reading | None:
    """5/17, 21/04/16, 31.10.: month first unless that is no date, or the sign is a dot."""
    *parts, word = v["numeric"][0]
    year = None if len(parts) < 3 else parts[2] + (2000 if parts[2] < 100 else 0)
    if word == "24/7" or ("." in word and not word.endswith(".") and year is None):
        return None
    month_first = "." not in word and parts[0] <= 12
    month, day = (parts[0], parts[1]) if month_first else (parts[1], parts[0])
    if _valid(year or 2024, month, day) is None:
        month, day = day, month
    return None if _valid(year or 2024, month, day) is None else _calendar(month, day, year)


@rule(1, "date", "iso")
def read_iso(v: Values) -> Reading | None:
    """2015-03-03."""
    year, month, day, _ = v["iso"][0]
    return _calendar(month, day, year)


@rule(1, "date", "(next|last|this)? holiday (on this unit)? year?")
def read_holiday(v: Values) -> Reading:
    """Christmas, Easter Monday 2017, last Thanksgiving."""
    name, year = v["holiday"][0], v.get("year", [None])[0]

    def find(anchor: date, past: bool) -> date:
        if year is not None:
            return _holiday(name, year)
        years = [anchor.year - 1, anchor.year, anchor.year + 1]
        days = [_holiday(name, each) for each in years]
        if past or "last" in v:
            return max(day for day in days if day <= anchor)
        return min(day for day in days if day >= anchor)

    return _on(find, "holiday")


def _holiday(name: str, year: int) -> date:
    if name.startswith("easter"):
        return easter(year) + int(name.removeprefix("easter") or 0) * DAY
    if name == "thanksgiving":
        return _nth_weekday(date(year, 11, 1), 3, 4)
    if name == "labor day":
        return _nth_weekday(date(year, 9, 1), MONDAY, 1)
    if name == "memorial day":
        return _nth_weekday(date(year, 6, 1), MONDAY, 0)
    month, day = map(int, name.split("-"))
    return date(year, month, day)


def _nth_weekday(first: date, weekday: int, nth: int) -> date:
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY


@rule(1, "period", "the? month (comma|dash|slash|on|dot)* year")
@rule(1, "period", "year (comma|dash|slash)* month")
@rule(1, "period", "(the|next|last|this)? month ((next|last|this) unit)?")
def read_month(v: Values) -> Reading | None:
    """April 2017, in May, last September, June next year."""
    month, year = v["month"][0], v.get("year", [None])[0]
    turn = (v.get("last") or v.get("next") or [0])[0]

    def resolve(anchor: date, past: bool) -> Span:
        if year is not None:
            return _month(date(year, month, 1))
        if "unit" in v:
            return _month(date(anchor.year + turn, month, 1))
        backward = past or turn < 0
        first = _month(date(anchor.year, month, 1))
        if turn < 0 and first[1] >= _week(anchor, -4)[0]:
            return _month(date(anchor.year - 1, month, 1))
        if backward:
            return first if first[0] <= anchor else _month(date(anchor.year - 1, month, 1))
        return first if first[1] >= anchor else _month(date(anchor.year + 1, month, 1))

    return Reading("month", resolve)


@rule(1, "period", "yearmonth")
def read_year_month(v: Values) -> Reading | None:
    """2016-11."""
    one, other, _ = v["yearmonth"][0]
    year, month = (one, other) if one > 31 else (other, one)
    if not (1 <= month <= 12 and 1900 <= year < 2100):
        return None
    return Reading("month", lambda anchor, past: _month(date(year, month, 1)))


@rule(1, "period", "the? (this|next|last) business? unit")
@rule(1, "period", "the unit from next")
@rule(1, "period", "unit from next")
@rule(
    1,
    "period",
    "the unit from(?!other|the|a|wday|weekday|month|nth|relative|number|this|last)",
)
@rule(1, "period", "the unit (?!from|by|on|other)")
def read_unit_period(v: Values) -> Reading | None:
    """This week, next month, the week after next, the weekend."""
    unit = v["unit"][0]
    if not {"this", "next", "last", "from"} & v.keys() and unit not in (
        "week",
        "month",
        "weekend",
    ):
        return None
    shift = (v.get("next") or v.get("last") or [0])[0] + (1 if v.get("from") == ["after"] else 0)
    if v.get("from") not in (None, ["after"]):
        return None
    return Reading(f"{unit} period", lambda anchor, past: _unit_span(unit, anchor, shift))


# --- Level 2: parts of periods, dates with weekdays, sums of lengths ---------------------------

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
            span = _unit_span(v["unit"][0], anchor, shift)
        return None if span is None else _edge(edge, span, anchor)

    if v.get("unit") == ["day"]:
        return _on(lambda anchor, past: anchor + shift * DAY, "today") if edge == "end" else None
    return Reading("edge", resolve)


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
        return None if span is None or span[0] is None else _week(span[0])

    return Reading("week period", resolve)


@rule(2, "date", "wday comma? on? the? open? dash? (date|nth) close?")
@rule(2, "date", "date comma? open? wday close?")
def read_weekday_date(v: Values) -> Reading | None:
    """Friday the 22nd, Mon, January 12th, Wed 13th: the nearest such date that is such a day."""
    day = v["date"][0] if "date" in v else _nth_reading(v["nth"][0])
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

    return _on(find, "calendar")


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
            v["period"][0].resolve(anchor, past)[0] if "period" in v else _month(anchor, shift)[0]
        )
        return _valid(first.year, first.month, day)

    return _on(find, "calendar")


@rule(1, "date", "the? (ordinal|nth|last) weekday (on|in) the? month comma? year?")
@rule(1, "date", "the? (ordinal|nth|last) weekday (on|in) the? (this|next|last)? unit")
def read_nth_weekday(v: Values) -> Reading | None:
    """First Friday of next month, last Sunday of March."""
    nth = (v.get("ordinal") or v.get("nth") or [0])[0]

    def find(anchor: date, past: bool) -> date:
        first, last = _enclosing(v, anchor, past)
        weekday = v["weekday"][0]
        return _nth_weekday(first, weekday, nth) if nth else _nth_weekday(last + DAY, weekday, 0)

    return _on(find, "calendar")


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
        return _week(first, nth - 1) if nth else _week(last)

    return Reading("week period", resolve)


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
    return _unit_span(v["unit"][-1], anchor, shift)


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
    return Reading("length", lambda anchor, past: (anchor, total.after(anchor)), total)


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

    return Reading("next length", resolve, length)


# --- Level 3: lengths from somewhere ------------------------------------------------------------


@rule(3, "date", "length ago date?")
def read_ago(v: Values) -> Reading:
    """Two weeks ago, a month ago today."""
    length = v["length"][0].length
    return _on(lambda anchor, past: length.after(anchor, -1), "ago")


@rule(3, "date", "wday length ago")
def read_weekday_ago(v: Values) -> Reading:
    """Wednesday a week ago: the Wednesday nearest to a week back."""
    length, wday = v["length"][0].length, v["wday"][0]

    def find(anchor: date, past: bool) -> date:
        middle = length.after(anchor, -1) + 4 * DAY
        return wday.resolve(middle, True)[0]  # type: ignore[no-any-return]

    return _on(find, "ago")


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

    return _on(find, "in length" if base is None else "offset")


@rule(3, "period", "in the? (length|period)")
def read_within(v: Values) -> Reading | None:
    """Within five days, inside the week."""
    if v["in"] != ["within"]:
        return None
    inner = (v.get("length") or v["period"])[0]

    def resolve(anchor: date, past: bool) -> Span | None:
        span = inner.resolve(anchor, past)
        return None if span is None else (anchor, span[1])

    return Reading("within", resolve, inner.length)


# --- Level 4: open sides and ranges -------------------------------------------------------------


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

    return Reading(f"{v['by'][0]} {inner.form}", resolve)


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

    return Reading(f"{word} {inner.form if inner else 'year'}", resolve)


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

    return Reading("range", resolve)
