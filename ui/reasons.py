"""HTML of the reasons: for and against side by side, with bars, and the answer without each."""

from collections.abc import Sequence
from html import escape

from model.asking.whatif import Without
from model.types import Advice, Evidence
from ui.words import name_of, signed

STYLE = """<style>
.reasons { display: grid; gap: 1.2rem;
  grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
.reasons h3 { font-size: 1rem; margin: 0 0 .4rem; padding: 0; }
.reasons ol { list-style: none; margin: 0; padding: 0; }
.reasons li { margin: 0 0 .6rem; overflow-wrap: anywhere; font-size: .92rem; }
.reasons .bar { display: block; height: .5rem; border-radius: .25rem; min-width: 2px; }
.reasons .bar.call { background: #208646; }
.reasons .bar.wait { background: repeating-linear-gradient(
  -45deg, #b36b00 0 5px, #d99a3d 5px 10px); }
.reasons q { font-style: italic; }
.reasons .without { font-size: .85rem; }
</style>"""
Group = list[tuple[int, Evidence]]
"""What one phrase says for one side: the cues by their number."""
BySpan = dict[tuple[int, int], Without]
MOST_SURE = 0.99
"""Nothing here is certain: what rounds to a hundred says this."""


def render_reasons(advice: Advice, withouts: Sequence[Without]) -> str:
    """Two lists of phrases, strongest first; the ids `why-N` are those that the marks point to."""
    by_span = {(each.start, each.end): each for each in withouts}
    sides = [
        ("call", "For calling", _gather(advice, 1)),
        ("wait", "For waiting", _gather(advice, -1)),
    ]
    most = max((abs(_weight(group)) for *_, groups in sides for group in groups), default=1.0)
    columns = []
    for side, title, groups in sides:
        rows = [_row(group, most, side, _say_without(group, by_span, advice)) for group in groups]
        listed = "".join(rows) or "<li>nothing in the notes</li>"
        columns.append(f"<section><h3>{title}</h3><ol>{listed}</ol></section>")
    return f'{STYLE}<div class="reasons">{"".join(columns)}</div>'


def _gather(advice: Advice, sign: int) -> list[Group]:
    """What speaks for one side, by phrase, the weightiest first."""
    groups: dict[tuple[int, int], Group] = {}
    for index, each in enumerate(advice.evidence):
        if each.weight * sign > 0:
            groups.setdefault((each.start, each.end), []).append((index, each))
    return sorted(groups.values(), key=lambda group: -abs(_weight(group)))


def _weight(group: Group) -> float:
    return sum(each.weight for _, each in group)


def _row(group: Group, most: float, side: str, without: str) -> str:
    width = max(1, round(100 * abs(_weight(group)) / most))
    names = ", ".join(
        f'<span id="why-{index}"><b>{escape(name_of(each.cue))}</b> {signed(each.weight)}</span>'
        for index, each in group
    )
    return (
        f'<li><span class="bar {side}" style="width:{width}%"></span>{names}<br>'
        f'<q>{escape(group[0][1].text)}</q><br><span class="without">{escape(without)}</span></li>'
    )


def _say_without(group: Group, withouts: BySpan, advice: Advice) -> str:
    phrase = group[0][1]
    other = withouts.get((phrase.start, phrase.end))
    if other is None:
        return ""
    still = "still " if other.decision == advice.decision else ""
    chance = other.call_probability
    sure = min(chance if other.decision == "call" else 1 - chance, MOST_SURE)
    return f"without this phrase it would {still}be {other.decision} ({sure:.0%} sure)"


def say_turning_points(text: str, advice: Advice, withouts: Sequence[Without]) -> str:
    """Which phrases alone turn the answer."""
    if not advice.evidence:
        return "No phrase in the notes weighs anything."
    turning = [text[w.start : w.end] for w in withouts if w.decision != advice.decision]
    if not turning:
        untried = len({(each.start, each.end) for each in advice.evidence}) - len(withouts)
        most = f"any of the {len(withouts)} weightiest" if len(withouts) > 1 else "the weightiest"
        which = most if untried else "any one"
        return f"No single phrase decides: without {which} it would still be {advice.decision}."
    other = "wait" if advice.decision == "call" else "call"
    named = "; ".join(f"“{phrase}”" for phrase in turning)
    if len(turning) > 1:
        return f"Without any one of these it would be {other}: {named}."
    return f"Without {named} it would be {other}."
