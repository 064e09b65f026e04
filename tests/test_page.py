from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from model import Advisor, Evidence
from tests.conftest import ROOT
from ui.marks import render_answer, render_notes

NOTES = "They said by Friday. It's Tuesday the week after & nothing. Mum says <b>wait</b>."


@pytest.fixture
def page(advisor: Advisor) -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def submit(page: AppTest, notes: str) -> AppTest:
    page.text_area[0].input(notes)
    return page.button[0].click().run()


def test_the_page_asks_for_notes_and_dates(page: AppTest) -> None:
    assert not page.exception
    assert page.text_area[0].label == "Interview notes"
    assert [field.label for field in page.date_input] == ["Today", "Interview date"]


def test_the_page_answers(page: AppTest) -> None:
    submit(page, NOTES)
    assert not page.exception
    answer, marked = (element.proto.body for element in page.get("html"))
    assert 'role="status">Call' in answer or 'role="status">Wait' in answer
    assert 'aria-label="Notes with matched phrases"' in marked
    assert "<mark" in marked
    assert "<b>" not in marked


@pytest.mark.parametrize("notes", ["", "  \n "])
def test_the_page_asks_again_where_there_is_nothing(page: AppTest, notes: str) -> None:
    submit(page, notes)
    assert not page.exception
    assert page.info[0].value.startswith("Paste")
    assert not page.get("html")


def strip_tags(html: str) -> str:
    import html as html_module
    import re

    body = html.partition("</style>")[2]
    return html_module.unescape(re.sub(r"<[^<>]*>", "", body))


EVIDENCE = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["window", "<x>"]), st.floats(-3, 3)),
    max_size=5,
)  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), EVIDENCE)
def test_marked_notes_without_tags_are_the_notes(
    notes: str, spans: list[tuple[int, int, str, float]]
) -> None:
    evidence = [
        Evidence(a, b, notes[a:b], cue, weight)
        for a, b, cue, weight in spans
        if 0 <= a < b <= len(notes)
    ]
    assert strip_tags(render_notes(notes, evidence)) == notes


def test_nothing_from_outside_becomes_markup() -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=1>'
    html = render_notes(hostile, [Evidence(0, 8, hostile[:8], '"><i>', 1.0)]) + render_answer(
        hostile
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>" not in html


def test_streamlit_is_told_to_keep_to_itself() -> None:
    config = (Path(ROOT) / ".streamlit" / "config.toml").read_text()
    for setting in (
        'address = "127.0.0.1"',
        "gatherUsageStats = false",
        'showErrorDetails = "none"',
    ):
        assert setting in config
