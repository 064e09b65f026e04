"""HTML of the reasons: for and against side by side, with bars, and the answer without each."""

from collections.abc import Sequence
from html import escape

from model.types import Advice, Evidence
from model.whatif import Without
from ui.words import name_of

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
SIDES = (("call", "For calling", 1), ("wait", "For waiting", -1))


def render_reasons(advice: Advice, withouts: Sequence[Without]) -> str:
    """Two lists, strongest first; the ids `why-N` are those that the marks point to."""
    columns = "".join(_column(advice, withouts, *side) for side in SIDES)
    return f'{STYLE}<div class="reasons">{columns}</div>'


def _column(advice: Advice, withouts: Sequence[Without], side: str, title: str, sign: int) -> str:
    mine = [(i, e) for i, e in enumerate(advice.evidence) if e.weight * sign > 0]
    mine.sort(key=lambda pair: -abs(pair[1].weight))
    most = max((abs(each.weight) for each in advice.evidence), default=1.0)
    rows = "".join(_row(i, e, most, side, _without(e, withouts, advice)) for i, e in mine)
    return f"<section><h3>{title}</h3><ol>{rows or '<li>nothing in the notes</li>'}</ol></section>"


def _row(index: int, each: Evidence, most: float, side: str, without: str) -> str:
    width = max(1, round(100 * abs(each.weight) / most))
    return (
        f'<li id="why-{index}"><span class="bar {side}" style="width:{width}%"></span>'
        f"<b>{escape(name_of(each.cue))}</b> {each.weight:+.2f}<br><q>{escape(each.text)}</q>"
        f'<br><span class="without">{escape(without)}</span></li>'
    )


def _without(each: Evidence, withouts: Sequence[Without], advice: Advice) -> str:
    for other in withouts:
        if (other.start, other.end) == (each.start, each.end):
            still = "still" if other.decision == advice.decision else "be"
            return (
                f"without this phrase it would {still} {other.decision} "
                f"(call {other.call_probability:.0%})"
            )
    return ""


def say_turning_points(text: str, advice: Advice, withouts: Sequence[Without]) -> str:
    """Which phrases alone turn the answer."""
    turning = [text[w.start : w.end] for w in withouts if w.decision != advice.decision]
    if not turning:
        return f"No single phrase decides: without any one it would still be {advice.decision}."
    other = "wait" if advice.decision == "call" else "call"
    named = "; ".join(f"“{phrase}”" for phrase in turning)
    return f"Without {named} it would be {other}."
