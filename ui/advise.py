"""The page "Advise": paste notes, get the answer and why."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from model.asking.presets import Preset
from model.asking.query import Query
from model.types import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from model.judging.advisor import Advisor

MAX_NOTES = 20_000
"""Checked here: a field with a limit of its own would drop a longer paste without a word."""
SAMPLES = Path(__file__).with_name("samples.toml")


def advise_page(get_advisor: Callable[[], "Advisor"], preset: Preset) -> None:
    """Ask for the notes, show the advice; the model may still be loading until there are notes."""
    st.title("Call or wait?", anchor=False)
    asking, answering = st.columns([9, 11], gap="medium")
    with asking:
        query, has_asked = ask(preset)
    with answering:
        if query is None:
            show_start(has_asked)
            return
        from ui.answer import show_answer

        explained = show_answer(get_advisor(), query, preset)
    from ui.answer import show_reasons

    show_reasons(explained)


def ask(preset: Preset) -> tuple[Query | None, bool]:
    """The input; None where there are no notes."""
    _refresh_today()
    notes = st.text_area("Interview notes", height=190, key="notes", on_change=_leave_sample)
    with st.container(horizontal=True):
        today = st.date_input("Today", key="today", min_value=FIRST_DAY, max_value=LAST_DAY)
        met = st.date_input(
            "Interview date", value=None, key="met", min_value=FIRST_DAY, max_value=LAST_DAY
        )
    with st.container(horizontal=True):
        has_asked = st.button("Call or wait?", type="primary")
        st.button("Clear", on_click=_fill, args=({"notes": ""},))
    st.caption("The notes stay on this machine.")
    with st.container(key="hint"):  # not on a phone
        st.caption("Ctrl+Enter submits.")
    if not notes.strip():
        return None, has_asked
    if len(notes) > MAX_NOTES:
        st.warning(f"{len(notes):,} characters; up to {MAX_NOTES:,} are read. Shorten the notes.")
        return None, False
    if met and met > today:
        st.warning("The interview date is after today: it is left out.")
        met = None
    return Query(notes, today, met, preset.policy), has_asked


def show_start(has_asked: bool) -> None:
    """What to do first; sample notes, each in one click."""
    if has_asked:
        st.info("Paste what you remember of the interview and what has happened since.")
    st.text("Paste your notes, and the answer appears here. Or try one of these:")
    with st.container(horizontal=True):
        for sample in tomllib.loads(SAMPLES.read_text(encoding="utf-8"))["sample"]:
            st.button(sample["title"], on_click=_fill, args=(sample,))


def _refresh_today() -> None:
    """Put the day into its field, and the next one on the next day; one that was chosen stays."""
    state = st.session_state
    if state.get("today") in (None, state.get("last_today")):
        state.today = state.last_today = date.today()


def _fill(sample: dict[str, Any]) -> None:
    """Put notes and dates into the fields."""
    state = st.session_state
    state.sample = sample
    state.notes = sample["notes"]
    state.today = sample.get("today", state.get("last_today"))
    state.met = sample.get("interview_date")


def _leave_sample() -> None:
    """Take a sample's dates away with its notes; a date that was chosen since stays."""
    state = st.session_state
    sample = state.get("sample")
    if sample and sample["notes"] not in state.notes:
        if state.today == sample.get("today"):
            state.today = state.get("last_today")
        if state.met == sample.get("interview_date"):
            state.met = None
        state.sample = None
