"""Rules of the first levels: numbers in words, lengths, simple dates, simple periods.

Amounts take their late end and words their days as the decision guide reads time.
"""

from datetime import date

from model.grammar import Values, rule
from model.spans import (
    DAY,
    Length,
    Reading,
    Span,
    calendar_day,
    holiday_date,
    month_of,
    near_weekday,
    nth_of_month,
    on_day,
    unit_span,
    valid_date,
    week_of,
)


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


def length_reading(count: float, unit: str, business: bool) -> Reading:
    """A length that counts from the anchor."""
    length = Length(count, unit, business)
    return Reading("length", "promise", lambda anchor, past: (anchor, length.after(anchor)), length)


def _is_business(v: Values) -> bool:
    return "business" in v.get("business", [])


_UPTO = "((dash|to|and|slash) a? number)?"


@rule(1, "length", f"about* a? about* number {_UPTO} plus? about* dash? business? dash? unit so?")
@rule(1, "length", "about* number (dash|to|and) number plus? business? unit")
def read_count(v: Values) -> Reading:
    """7-10 business days: the late end counts."""
    return length_reading(v["number"][-1], v["unit"][0], _is_business(v))


@rule(1, "length", "about* a? vague (on|about)? business? unit")
def read_vague(v: Values) -> Reading:
    """A couple of weeks, a few days."""
    return length_reading(v["vague"][0], v["unit"][0], _is_business(v))


@rule(1, "length", "about* (a|another) about* business? unit so?")
@rule(1, "length", "about* (a|another)? business? unit and a? (number|vague|so) unit?")
def read_one(v: Values) -> Reading | None:
    """A week, another day, a day or two, a week or so."""
    amount = (v.get("number") or v.get("vague") or [1])[0]
    return length_reading(amount, v["unit"][0], _is_business(v))


@rule(1, "length", "about* (a|another)? (number|unit) and a half unit?")
def read_and_a_half(v: Values) -> Reading | None:
    """A week and a half, two and a half weeks."""
    if "unit" not in v:
        return None
    return length_reading((v.get("number") or [1])[0] + 0.5, v["unit"][0], False)


@rule(1, "length", "half a? unit")
def read_half(v: Values) -> Reading | None:
    """Half a year."""
    return None if v["unit"][0] == "day" else length_reading(0.5, v["unit"][0], False)


@rule(1, "wday", "the? (this|next|last)* weekday part?")
def read_weekday(v: Values) -> Reading | None:
    """Friday, this Friday, next Friday (of next week), last Friday, come Friday."""
    weekday = v["weekday"][0]
    if v.get("next") == [1] and "this" not in v:
        return on_day(
            lambda anchor, past: week_of(anchor, 1)[0] + weekday * DAY, "weekday", "promise"
        )
    if "last" in v:
        return on_day(
            lambda anchor, past: week_of(anchor, -1)[0] + weekday * DAY, "weekday", "back"
        )
    return on_day(lambda anchor, past: near_weekday(anchor, weekday, past), "weekday", "promise")


@rule(1, "wday", "weekday comma? on? the? (this|next|last) business? unit")
@rule(1, "wday", "(this|next|last) unit dash? on? weekday")
def read_weekday_in_week(v: Values) -> Reading | None:
    """Friday next week, next week Monday."""
    if v["unit"][0] != "week":
        return None
    shift = (v.get("next") or v.get("last") or [0])[0]
    return on_day(
        lambda anchor, past: week_of(anchor, shift)[0] + v["weekday"][0] * DAY,
        "weekday",
        "back" if shift < 0 else "promise",
    )


@rule(1, "wday", "a? weekday unit")
def read_weekday_week(v: Values) -> Reading | None:
    """Monday week: a week on Monday."""
    if v["unit"][0] != "week" or "a" in v:
        return None
    return on_day(
        lambda anchor, past: near_weekday(anchor, v["weekday"][0], False) + 7 * DAY,
        "weekday",
        "promise",
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
    return calendar_day(v["month"][0], int(day), v.get("year", [None])[0])


@rule(1, "date", "the nth (?!other)")
@rule(1, "date", "(?<=on)nth (?!other)")
@rule(1, "date", "the nth unit (on|in) (the|this)? unit")
@rule(1, "date", "nth (?=comma|dot|close|stop|and|to|dash|from|by|function|open|in|on)")
def read_nth(v: Values) -> Reading | None:
    """The 14th, of the month that the anchor makes nearest."""
    return nth_reading(v["nth"][0])


def nth_reading(day: int) -> Reading | None:
    """A day of a month that the anchor makes nearest; None for a 32nd."""
    if not 1 <= day <= 31:
        return None
    return on_day(lambda anchor, past: nth_of_month(anchor, day, past), "nth", "calendar")


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
    return nth_reading(int(day))


@rule(1, "date", "(this|edge)? relative part?")
def read_relative(v: Values) -> Reading:
    """Today, tomorrow morning, yesterday."""
    shift = v["relative"][0] * DAY
    form = "relative" if shift else "today"
    return on_day(lambda anchor, past: anchor + shift, form, "today")


@rule(1, "date", "this part")
def read_this_part(v: Values) -> Reading:
    """This afternoon."""
    return on_day(lambda anchor, past: anchor, "today", "today")


@rule(1, "date", "numeric")
def read_numeric(v: Values) -> Reading | None:
    """5/17, 21/04/16, 31.10.: month first unless that is no date, or the sign is a dot."""
    *parts, word = v["numeric"][0]
    year = None if len(parts) < 3 else parts[2] + (2000 if parts[2] < 100 else 0)
    if word == "24/7" or ("." in word and not word.endswith(".") and year is None):
        return None
    month_first = "." not in word and parts[0] <= 12
    month, day = (parts[0], parts[1]) if month_first else (parts[1], parts[0])
    if valid_date(year or 2024, month, day) is None:
        month, day = day, month
    return None if valid_date(year or 2024, month, day) is None else calendar_day(month, day, year)


@rule(1, "date", "iso")
def read_iso(v: Values) -> Reading | None:
    """2015-03-03."""
    year, month, day, _ = v["iso"][0]
    return calendar_day(month, day, year)


@rule(1, "date", "(next|last|this)? holiday (on this unit)? year?")
def read_holiday(v: Values) -> Reading:
    """Christmas, Easter Monday 2017, last Thanksgiving."""
    name, year = v["holiday"][0], v.get("year", [None])[0]

    def find(anchor: date, past: bool) -> date:
        if year is not None:
            return holiday_date(name, year)
        years = [anchor.year - 1, anchor.year, anchor.year + 1]
        days = [holiday_date(name, each) for each in years]
        if past or "last" in v:
            return max(day for day in days if day <= anchor)
        return min(day for day in days if day >= anchor)

    return on_day(find, "holiday", "back" if "last" in v else "calendar")


@rule(1, "period", "the? month (comma|dash|slash|on|dot)* year")
@rule(1, "period", "year (comma|dash|slash)* month")
@rule(1, "period", "(the|next|last|this)? month ((next|last|this) unit)?")
def read_month(v: Values) -> Reading | None:
    """April 2017, in May, last September, June next year."""
    month, year = v["month"][0], v.get("year", [None])[0]
    turn = (v.get("last") or v.get("next") or [0])[0]

    def resolve(anchor: date, past: bool) -> Span:
        if year is not None:
            return month_of(date(year, month, 1))
        if "unit" in v:
            return month_of(date(anchor.year + turn, month, 1))
        backward = past or turn < 0
        first = month_of(date(anchor.year, month, 1))
        if turn < 0 and first[1] >= week_of(anchor, -4)[0]:
            return month_of(date(anchor.year - 1, month, 1))
        if backward:
            return first if first[0] <= anchor else month_of(date(anchor.year - 1, month, 1))
        return first if first[1] >= anchor else month_of(date(anchor.year + 1, month, 1))

    return Reading("month", "back" if turn < 0 else "calendar", resolve)


@rule(1, "period", "yearmonth")
def read_year_month(v: Values) -> Reading | None:
    """2016-11."""
    one, other, _ = v["yearmonth"][0]
    year, month = (one, other) if one > 31 else (other, one)
    if not (1 <= month <= 12 and 1900 <= year < 2100):
        return None
    return Reading("month", "calendar", lambda anchor, past: month_of(date(year, month, 1)))


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
    return Reading(
        f"{unit} period",
        "back" if shift < 0 else "promise",
        lambda anchor, past: unit_span(unit, anchor, shift),
    )
