"""HTML of the notes with their phrases marked. Everything from the notes is escaped here."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from model.types import Evidence

CUE_NAMES = {
    "closed": "it is over", "reply_due": "they wait for you", "mishap": "something went wrong",
    "no_contact": "asked not to call", "chase": "you have been in touch",
    "answered": "they answered", "not_chased": "you have not been in touch",
    "hold": "when to call", "pressure": "you must decide",
    "window": "when they reply", "over": "time is up", "not_over": "time is not up",
    "process": "a step to come", "invite": "invited to call", "personal": "personal contact",
    "formal": "formal place", "no_timeframe": "no time named", "silence": "long silence",
    "fresh": "just met", "outsider": "not the employer", "window_over": "their time is over",
    "window_open": "their time runs", "hold_up": "time to call", "hold_ahead": "not yet",
    "quiet_long": "long quiet", "quiet_short": "a few days", "quiet_lapsed": "long quiet",
    "just_met": "just met", "chase_fresh": "contact is fresh", "chase_rested": "contact is old",
    "pressed": "deadline",
}  # fmt: skip
"""What a phrase says, in the reader's words."""

STYLE = """<style>
.notes { white-space: pre-wrap; line-height: 2.1; overflow-wrap: anywhere; }
.notes mark { color: inherit; padding: 0 .15em; border-radius: .2em; }
.notes mark.call { background: rgba(32,134,70,.22); border-bottom: 3px solid #208646; }
.notes mark.wait { background: rgba(200,120,0,.22); border-bottom: 3px dashed #b36b00; }
.notes mark::after { content: attr(data-cue); font-size: .68em; margin-left: .35em; opacity: .85;
  font-style: italic; }
.answer { font-size: 1.5rem; font-weight: 600; }
</style>"""


def render_answer(text: str) -> str:
    """The answer as a live region, so that a screen reader speaks it."""
    return f'{STYLE}<div class="answer" role="status">{escape(text)}</div>'


def render_notes(notes: str, evidence: Sequence[Evidence]) -> str:
    """The notes as they are, `<mark>` around each phrase; overlaps are marked piece by piece."""
    pieces = "".join(_piece(notes[a:b], over) for a, b, over in _segments(len(notes), evidence))
    label = "Notes with matched phrases"
    return f'{STYLE}<div class="notes" role="region" aria-label="{label}">{pieces}</div>'


def _segments(
    length: int, evidence: Sequence[Evidence]
) -> Iterator[tuple[int, int, list[Evidence]]]:
    """Runs of text with the phrases that cover each, from beginning to end."""
    bounds = sorted({0, length, *(e.start for e in evidence), *(e.end for e in evidence)})
    for start, end in pairwise(bounds):
        yield start, end, [e for e in evidence if e.start <= start and end <= e.end]


def _piece(text: str, over: list[Evidence]) -> str:
    if not over:
        return escape(text)
    side = "call" if sum(each.weight for each in over) > 0 else "wait"
    strongest = max(over, key=lambda each: abs(each.weight))
    reasons = "; ".join(f"{name_of(e.cue)} ({e.weight:+.2f})" for e in over)
    return (
        f'<mark class="{side}" tabindex="0" title="{escape(reasons)}" '
        f'data-cue="{escape(name_of(strongest.cue))}">{escape(text)}</mark>'
    )


def name_of(cue: str) -> str:
    """A cue in the reader's words."""
    return CUE_NAMES.get(cue, cue)
