"""What the calendar says, as probabilities: `FACTS`."""

from collections.abc import Callable
from datetime import date

from model.dates import DatedPhrase, Dates, Timeline, chance_of_any, likeliest, ranked
from model.judging.counting import RECENT
from model.judging.due import is_over
from model.judging.situation import Situation
from model.workdays import next_workday, weekdays_between

FACTS = (
    "window_over", "window_open", "hold_up", "hold_ahead", "quiet_long", "quiet_short",
    "quiet_lapsed", "just_met", "chase_fresh", "chase_rested", "chased_out", "pressed",
    "pressed_now",
)  # fmt: skip
"""Whether the time they named is over or runs, the day to call on has come or lies ahead; how long
it has been quiet; whether a contact is fresh, has rested, was one too many; whether a day presses,
and at once."""
GUESSED_SHARE = 0.4
"""How far the end of a window is believed that counts from a day that nothing tells: for the rest
the notes' own words decide whether it is over."""
BESIDE_TODAY = 0.9
"""How far where the notes name today as well: of the annotated "he said Tuesday and it's Friday"
nine in ten are read rightly, but for those of `RECENT` days ago, which may as well be to come."""
_AHEAD, _EVER = -1, 10**6
"""Business days ago: still to come, and ever."""


def read_facts(s: Situation) -> dict[str, tuple[float, DatedPhrase | None]]:
    """Each of `FACTS` as a probability, with the date it rests on most."""
    t, policy = s.timeline, s.policy
    tomorrow = next_workday(t.today, policy.country)
    heard = t.comparable(t.meetings + t.heard)  # before an interview to come nothing is due

    def has_passed(window: DatedPhrase) -> bool:
        return is_over(window, t.today, policy)

    def ago(day: DatedPhrase) -> int:
        return weekdays_between(day.day, t.today) if day.day <= t.today else _AHEAD

    def quiet(least: int, most: int) -> float:
        return _share(heard, lambda day: least <= ago(day) <= most)

    windows, holds, chases = map(t.comparable, (t.windows, t.holds, t.chases))
    passed = _share(t.overs, has_passed)
    believed = [(end, chance * _believed(end, t)) for end, chance in ranked(windows)]
    over = sum(chance for end, chance in believed if has_passed(end))
    hold_up = _share(holds, lambda hold: t.today >= hold.day)
    fresh = _share(chases, lambda chase: ago(chase) <= policy.rest)
    window, last_heard = likeliest(t.overs) or t.window_end, likeliest(heard)
    again = s.chased_again * s.cues["chase"]
    return {
        "window_over": (passed + (1 - passed) * over, window),
        "window_open": ((1 - passed) * (sum(chance for _, chance in believed) - over), window),
        "hold_up": (hold_up, t.hold_from),
        "hold_ahead": (chance_of_any(holds) - hold_up, t.hold_from),
        "quiet_long": (quiet(policy.silence, _EVER), last_heard),
        "quiet_short": (quiet(_AHEAD, policy.silence - 1), last_heard),
        "quiet_lapsed": (quiet(policy.lapse, _EVER), last_heard),
        "just_met": (quiet(0, 1), last_heard),
        "chase_fresh": (fresh * (1 - s.promised_then), t.last_chase),
        "chase_rested": (chance_of_any(chases) - fresh, t.last_chase),
        "chased_out": (max(_at_least(policy.chases, t.unanswered), again), t.last_chase),
        "pressed": (chance_of_any(t.deadlines), t.deadline),
        "pressed_now": (
            _share(t.comparable(t.deadlines), lambda end: end.day <= tomorrow),
            t.deadline,
        ),
    }


def _believed(end: DatedPhrase, t: Timeline) -> float:
    if end.basis != "assumed" or end.made:
        return 1.0
    return BESIDE_TODAY if t.names_today and t.today - end.day < RECENT else GUESSED_SHARE


def _share(dates: Dates, holds: Callable[[DatedPhrase], bool]) -> float:
    """The probability that something holds of the first day that is truly of its role."""
    return sum(chance for dated, chance in ranked(dates) if holds(dated))


def _at_least(count: int, dates: Dates) -> float:
    """The probability that at least `count` different days are truly of their role."""
    best: dict[date, float] = {}
    for each in dates:
        best[each.day] = max(each.chance, best.get(each.day, 0.0))
    exactly = [1.0]  # the probability of 0, 1, 2 ... of the days so far
    for chance in best.values():
        exactly = [
            (1 - chance) * same + chance * one_less
            for same, one_less in zip([*exactly, 0.0], [0.0, *exactly], strict=True)
        ]
    return sum(exactly[count:])
