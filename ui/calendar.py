"""The timeline as a calendar: what lies where, and the answer on each coming day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape

from model.asking.whatif import DayAnswer, find_flips
from model.dates import DatedPhrase
from model.judging.advice import spell
from model.judging.finding import HELD
from model.types import Advice

BACK, AHEAD, FARTHEST = 21, 21, 63
"""Days shown before and after today; what lies further off is named in the text."""
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEK = len(DAY_NAMES)
WORKDAYS = range(5)

BASES = {"stated": "given", "inferred": "counted", "assumed": "assumed"}
"""How a day is known, in the reader's words."""

STYLE = """<style>
table.days { border-collapse: separate; border-spacing: 3px; width: 100%; table-layout: fixed;
  max-width: 40rem; margin: 0; }
table.days caption { text-align: left; padding: 0 0 .4rem; }
table.days th { font-weight: 600; font-size: .8rem; border: 0; padding: 0; text-align: left; }
table.days td { border: 1px solid rgba(128,128,128,.45); border-radius: .3rem; height: 3.4rem;
  vertical-align: top; padding: .1rem .2rem; font-size: .8rem; line-height: 1.25; }
table.days td.none { border-style: dotted; }
table.days td.call { background: rgba(32,134,70,.22); border: 2px solid #208646; }
table.days td.wait { border: 2px dashed #b36b00; background: repeating-linear-gradient(
  -45deg, rgba(200,120,0,.22) 0 5px, rgba(200,120,0,.1) 5px 10px); }
table.days td.today { outline: 3px solid currentColor; }
table.days b { display: block; font-size: .7rem; overflow-wrap: anywhere; }
</style>"""


def days_ahead(advice: Advice) -> int:
    """How far the calendar reaches: a week past the first day to call, within bounds."""
    wanted = (advice.call_from - advice.timeline.today).days + WEEK if advice.call_from else 0
    return min(max(AHEAD, wanted), FARTHEST)


def render_calendar(advice: Advice, answers: Sequence[DayAnswer]) -> str:
    """Weeks from the interview to some weeks ahead, each day with what it means."""
    events = dict(_events(advice))
    by_day = {answer.day: answer for answer in answers}
    first, last = _reach(advice, events)
    cells = [
        _cell(day, _names(day, advice, events, by_day), by_day.get(day), with_month=day == first)
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
    ]
    weeks = ("".join(cells[n : n + WEEK]) for n in range(0, len(cells), WEEK))
    rows = "".join(f"<tr>{week}</tr>" for week in weeks)
    head = "".join(f'<th scope="col">{name}</th>' for name in DAY_NAMES)
    caption = escape(say_timeline(advice, answers))
    return (
        f'{STYLE}<table class="days"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _reach(advice: Advice, events: dict[str, date]) -> tuple[date, date]:
    """The first Monday and the last Sunday that are shown."""
    today = advice.timeline.today
    first = min([*(day for day in events.values() if today - timedelta(days=BACK) <= day), today])
    last = today + timedelta(days=days_ahead(advice))
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _told(advice: Advice) -> Iterator[tuple[str, str, DatedPhrase]]:
    """The days that the notes tell: the mark of each, the words for it, the day."""
    t = advice.timeline
    if t.interview:
        yield "you met", "interview", t.interview
    if t.window_end:
        yield "reply by", "they reply by", t.window_end
    if t.hold_from and advice.reason in HELD:
        yield "calls ok", "calls welcome from", t.hold_from
    if t.step and advice.reason == "process":
        yield "their step", "their step until", t.step


def _events(advice: Advice) -> Iterator[tuple[str, date]]:
    for mark, _, dated in _told(advice):
        yield mark, dated.day
    if advice.call_from:
        yield "call from", advice.call_from


def _names(
    day: date, advice: Advice, events: dict[str, date], answers: dict[date, DayAnswer]
) -> list[str]:
    """What lies on a day; a weekday among those to come that has no answer is a holiday."""
    names = [name for name, there in events.items() if there == day]
    if day == advice.timeline.today:
        names.insert(0, "today")
    is_asked = advice.timeline.today <= day <= max(answers, default=date.min)
    if is_asked and day not in answers and day.weekday() in WORKDAYS:
        names.append("day off")
    return names


def _cell(day: date, names: list[str], answer: DayAnswer | None, *, with_month: bool) -> str:
    side = answer.decision if answer else "none"
    said = f"{side}{'?' if answer.is_near_even else ''}" if answer else ""
    number = f"{day.day} {day:%b}" if with_month or day.day == 1 else str(day.day)
    labels = "".join(f"<b>{name}</b>" for name in names)
    is_today = " today" if "today" in names else ""
    return f'<td class="{side}{is_today}">{number} {said}{labels}</td>'


def say_timeline(advice: Advice, answers: Sequence[DayAnswer]) -> str:
    """The same in words: the days that matter, and when the answer changes."""
    today = advice.timeline.today
    events = [
        f"{words} {spell(dated.day, today)} ({BASES[dated.basis]})"
        for _, words, dated in _told(advice)
    ]
    if advice.call_from:
        events.append(f"first day to call {spell(advice.call_from, today)}")
    flips = [f"from {spell(each.day, today)}: {each.decision}" for each in find_flips(answers)]
    if len(flips) == 1:
        flips = [f"{answers[0].decision} on each of these days"]
    now = f"Today {spell(today, today)} ({BASES[advice.timeline.today_basis]})"
    listed = "; ".join([now, *events])
    said = [f"{listed}. If nothing new happens: {', then '.join(flips)}."]
    if is_contradicted(advice, answers):
        said.append("On the first day to call these notes alone would still read as wait: "
                    "look again then, with what is new.")  # fmt: skip
    if any(answer.is_near_even for answer in answers):
        said.append("“?”: too close to tell.")
    return " ".join(said)


def is_contradicted(advice: Advice, answers: Sequence[DayAnswer]) -> bool:
    """Whether the notes, scored for the first day to call, still say to wait."""
    return any(each.day == advice.call_from and each.decision == "wait" for each in answers)
