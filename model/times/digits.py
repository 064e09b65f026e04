"""Rules for dates in digits: which number is the day, and which look alike and are no date."""

from datetime import date

from model.times.days import DAY, valid_date
from model.times.grammar import Phrase, Rules
from model.times.lexer import ALWAYS, Numeric
from model.times.spans import Reading, calendar_day, on_day
from model.workdays import counted_country

rules = Rules()

MONTH_FIRST = frozenset({"US", "CA", "PH"})
"""Countries that write the month first, where nothing in the text tells."""
NEAR, FAR = 60 * DAY, 120 * DAY
"""5/11 read in November is rather the 5th, though months come first."""
OUT_OF_TEN = [(score, 10) for score in range(11)]


@rules.add(1, "date", "numeric")
def read_numeric(p: Phrase) -> Reading | None:
    """5/17, 21/04/16, 31.10."""
    numeric: Numeric = p.first("numeric")
    days = numeric_days(numeric)
    if len(days) < 2 or "." in numeric.word or numeric.day_first is not None:
        return next(iter(days), None)

    def find(start: date, past: bool) -> date | None:
        in_order = days if counted_country() in MONTH_FIRST else days[::-1]
        usual, other = (day.first_day(start, past) for day in in_order)
        if usual and other and abs(usual - start) > FAR and abs(other - start) <= NEAR:
            return other
        return usual

    return on_day(find, "calendar", "calendar")


@rules.add(1, "other", "rating (stop|its|about|a|business)* numeric")
@rules.add(1, "other", "a business? numeric")
def read_rating(p: Phrase) -> str | None:
    """Rated it 9/10, a solid 8/10: no date; "they gave 9/10" may be one."""
    parts, word, _ = p.first("numeric")
    is_given = p.first("rating") == "give" and len(p) == 2
    return word if parts in OUT_OF_TEN and "/" in word and not is_given else None


def numeric_days(numeric: Numeric) -> list[Reading]:
    """What 5/11 can mean, the likelier first: month first, but day first with dots or if told."""
    (first, second, *years), word, day_first = numeric
    year = next((y + (2000 if y < 100 else 0) for y in years), None)
    if word == ALWAYS or ("." in word and not word.endswith(".") and year is None):
        return []
    orders = [(first, second), (second, first)]
    return [
        calendar_day(month, day, year)
        for month, day in (reversed(orders) if "." in word or day_first else orders)
        if valid_date(year or 2024, month, day)
    ]


@rules.add(1, "date", "iso")
def read_iso(p: Phrase) -> Reading:
    """2015-03-03."""
    year, month, day = p.first("iso")
    return calendar_day(month, day, year)
