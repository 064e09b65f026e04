"""HTML of the answer and of the notes with their phrases marked; all of it is escaped here."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from model.types import Evidence
from ui.words import name_of, signed

STYLE = """<style>
.answer { font-size: 1.45rem; line-height: 1.35; font-weight: 600; padding: .7rem .9rem;
  border-left: .45rem solid; border-radius: .4rem; }
.answer.call { border-color: #208646; background: rgba(32,134,70,.14); }
.answer.wait { border-color: #b36b00; background: rgba(200,120,0,.14);
  border-left-style: double; }
.answer p { margin: .5rem 0 0; font-size: 1rem; font-weight: 400; }
.answer.unsure { border-left-style: dotted; background: none; outline: 1px dotted; }
.notes { white-space: pre-wrap; line-height: 2.2; overflow-wrap: anywhere; }
.notes mark { color: inherit; padding: .1em .15em; border-radius: .2em; position: relative; }
.notes mark.call { background: rgba(32,134,70,.2); border-bottom: 3px solid #208646; }
.notes mark.wait { border-bottom: 3px dashed #b36b00; background: repeating-linear-gradient(
  -45deg, rgba(200,120,0,.26) 0 5px, rgba(200,120,0,.12) 5px 10px); }
.notes mark.several { outline: 2px dotted currentColor; outline-offset: 1px; }
.notes mark[data-cue]::after { content: attr(data-cue); font-size: .72em; margin: 0 .35em;
  font-style: italic; }
.notes mark:focus { outline: 3px solid #3b82f6; outline-offset: 2px; }
.notes mark:hover::before, .notes mark:focus::before { content: attr(data-why); position: absolute;
  left: 0; bottom: calc(100% + .3em); z-index: 9; width: max-content; max-width: min(22rem, 75vw);
  white-space: pre-line; line-height: 1.4; font-size: .85rem; padding: .4em .6em;
  border-radius: .4em; background: #1f2937; color: #fff; pointer-events: none; }
@media (max-width: 40rem) {  /* on a phone a bubble beside its mark would stick out */
  .notes { position: relative; }
  .notes mark { position: static; }
  .notes mark:hover::before, .notes mark:focus::before { bottom: auto; max-width: 90%;
    transform: translateY(-105%); }
}
</style>"""


def render_answer(text: str, sureness: str, style: str) -> str:
    """The answer and how sure it is, as a live region, so that a screen reader speaks both."""
    return (
        f'{STYLE}<div class="answer {escape(style)}" role="status">{escape(text)}'
        f"<p>{escape(sureness)}</p></div>"
    )


def render_notes(notes: str, evidence: Sequence[Evidence]) -> str:
    """The notes as they are, `<mark>` around each phrase; overlaps are marked piece by piece.

    Each mark can be focused; its reasons are in `data-why`, and for a screen reader in the list
    of reasons (`ui.reasons`), to which `aria-describedby` points.
    """
    named: set[int] = set()
    pieces = []
    for start, end, over in _segments(len(notes), evidence):
        pieces.append(_piece(notes[start:end], over, named))
    label = "Notes with matched phrases"
    return f'{STYLE}<div class="notes" role="region" aria-label="{label}">{"".join(pieces)}</div>'


def _segments(
    length: int, evidence: Sequence[Evidence]
) -> Iterator[tuple[int, int, list[tuple[int, Evidence]]]]:
    """Runs of text with the phrases that cover each, by number, from beginning to end."""
    bounds = sorted({0, length, *(e.start for e in evidence), *(e.end for e in evidence)})
    for start, end in pairwise(bounds):
        over = [(i, e) for i, e in enumerate(evidence) if e.start <= start and end <= e.end]
        yield start, end, over


def _piece(text: str, over: list[tuple[int, Evidence]], named: set[int]) -> str:
    """A run of text; a phrase is named where the colour first shows its side."""
    if not over:
        return escape(text)
    is_call = sum(each.weight for _, each in over) > 0
    new = [index for index, each in over if index not in named and (each.weight > 0) is is_call]
    named.update(new)
    side = "call" if is_call else "wait"
    several = " several" if len({(each.start, each.end) for _, each in over}) > 1 else ""
    why = "\n".join(f"{name_of(e.cue)}: {signed(e.weight)}" for _, e in over)
    ids = " ".join(f"why-{index}" for index, _ in over)
    label = _label([each for index, each in over if index in new])
    return (
        f'<mark class="{side}{several}" tabindex="0" aria-describedby="{ids}"{label} '
        f'data-why="{escape(why)}">{escape(text)}</mark>'
    )


def _label(new: list[Evidence]) -> str:
    """The attribute that names the strongest of the phrases that are new here."""
    if not new:
        return ""
    strongest = max(new, key=lambda each: abs(each.weight))
    sign = "▲" if strongest.weight > 0 else "▼"
    return f' data-cue="{sign} {escape(name_of(strongest.cue))}"'
