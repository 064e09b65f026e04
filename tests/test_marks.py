import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bench import text_of
from model import Evidence
from ui.marks import render_answer, render_notes

EVIDENCE = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["window", "<x>"]), st.floats(-3, 3)),
    max_size=5,
)  # fmt: skip


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), EVIDENCE)
def test_marked_notes_without_tags_are_the_notes(
    notes: str, spans: list[tuple[int, int, str, float]]
) -> None:
    evidence = [
        Evidence(a, b, notes[a:b], cue, weight)
        for a, b, cue, weight in spans
        if 0 <= a < b <= len(notes)
    ]
    assert text_of(render_notes(notes, evidence)) == notes


def test_nothing_from_outside_becomes_markup() -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=1>'
    html = render_notes(hostile, [Evidence(0, 8, hostile[:8], '"><i>', 1.0)])
    html += render_answer(hostile, hostile, '"><i>')
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>" not in html


def test_overlaps_are_pieces_with_the_reasons_of_both() -> None:
    html = render_notes("by Friday then", [
        Evidence(0, 9, "by Friday", "window", -2.0), Evidence(3, 14, "Friday then", "over", 1.0),
    ])  # fmt: skip
    marks = re.findall(r"<mark ([^>]*)>([^<]*)</mark>", html)
    assert [text for _, text in marks] == ["by ", "Friday", " then"]
    assert 'class="wait several"' in marks[1][0]
    assert 'aria-describedby="why-0 why-1"' in marks[1][0]
    assert "when they reply: −2.00\ntime is up: +1.00" in marks[1][0]
    labels = [re.findall('data-cue="([^"]*)"', attributes) for attributes, _ in marks]
    assert labels == [["▼ when they reply"], [], ["▲ time is up"]]  # of the side of the colour


def test_a_phrase_is_named_by_the_side_that_its_colour_shows() -> None:
    html = render_notes("by Friday", [
        Evidence(0, 9, "by Friday", "over", 1.0),
        Evidence(0, 9, "by Friday", "window", -0.7), Evidence(0, 9, "by Friday", "hold", -0.8),
    ])  # fmt: skip
    assert 'class="wait"' in html
    assert re.findall('data-cue="([^"]*)"', html) == ["▼ when to call"]
