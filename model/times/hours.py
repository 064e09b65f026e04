"""Rules for hours of the day and ends of working days: parts of the day that they stand beside.

An hour by itself is no time here: what is read are days.
"""

from datetime import date

from model.times.days import shifted, unit_span
from model.times.grammar import Phrase, Rules
from model.times.spans import Reading, Span, on_day

rules = Rules()

_NO_COUNT = "(?!number|nth|unit|business|hours|vague|month|dash|slash|per|about|plus|so|ordinal)"
_HOUR = "(hour|part|closing)"


@rules.add(0, "hour", "at? about* clock ((dash|to|and|or) clock)?")
@rules.add(0, "hour", "(?<!month)number (dash|to|and|or) clock")
@rules.add(0, "hour", "at? about* number oclock")
@rules.add(0, "hour", f"at about* number {_NO_COUNT}")
@rules.add(0, "hour", f"at? about* a? (half|quarter|number) last number {_NO_COUNT}")
@rules.add(0, "hour", f"at? about* (a? quarter to|half) number {_NO_COUNT}")
def read_hour(p: Phrase) -> bool:
    """At ten, 9:30, half past two, quarter to five: which hour does not matter to a day."""
    return True


@rules.add(2, "wday", "wday (comma? (hour|closing)|(in the)? part)+")
@rules.add(2, "date", "date (comma? (hour|closing)|(in the)? part)+")
@rules.add(2, "wday", f"the? {_HOUR} {_HOUR}? comma? (on|the)* wday")
@rules.add(2, "date", f"the? {_HOUR} {_HOUR}? comma? (on|the)* date")
def read_hour_of_day(p: Phrase) -> Reading:
    """Friday at 2pm, 10am tomorrow, COB Friday: the day."""
    return p.first("date", "wday")  # type: ignore[no-any-return]


@rules.add(2, "period", f"(by|from) about* the? {_HOUR} {_HOUR}? (on|the)* (date|wday) date?")
@rules.add(2, "period", "(by|from) (on|the)* (date|wday) date? comma? hour")
def read_before_hour(p: Phrase) -> Reading | None:
    """Before noon on Friday, after 2pm tomorrow: that day is still meant, not the one beside it."""
    word, inner = p.first("by", "from"), p.all("date", "wday")[-1]
    if word not in ("before", "after"):
        return None

    def resolve(start: date, past: bool) -> Span | None:
        span = inner.resolve(start, past)
        if span is None:
            return None
        return (None, span[1]) if word == "before" else (span[0], None)

    form = "by" if word == "before" else "from"
    return Reading(f"{form} {inner.form}", inner.anchor, resolve)


@rules.add(3, "date", "the? closing")
def read_closing(p: Phrase) -> Reading:
    """EOD, close of business: today; EOW, EOM: the last day of the week or month."""
    unit = p.first("closing")
    if unit == "day":
        return on_day(shifted(0), "today", "today")

    def resolve(start: date, past: bool) -> Span:
        _, last = unit_span(unit, start, 0)
        return last, last

    return Reading("end", "promise", resolve)


RULES = tuple(rules)
