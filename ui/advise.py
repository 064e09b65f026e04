"""The page "Advise": paste notes, get the answer and why."""

from datetime import date

import streamlit as st

from model.advisor import Advisor
from model.types import Advice, Evidence
from ui.marks import name_of, render_answer, render_notes

MAX_NOTES = 20_000


def advise_page(advisor: Advisor) -> None:
    """Ask for the notes, show the advice."""
    st.title("Call or wait?")
    with st.form("notes", border=False):
        notes = st.text_area("Interview notes", height=200, max_chars=MAX_NOTES)
        st.caption("Ctrl+Enter submits. The notes stay on this machine.")
        left, right = st.columns(2)
        today = left.date_input("Today", value="today")
        met = right.date_input("Interview date", value=None)
        asked = st.form_submit_button("Call or wait?", type="primary")
    if not notes.strip():
        if asked:
            st.info("Paste what you remember of the interview and what has happened since.")
        return
    if met and today and met > today:
        st.warning("The interview date is after today: it is left out.")
        met = None
    advice = advisor.advise(notes, as_of=today or date.today(), interview_date=met)
    show_answer(advice)
    show_phrases(notes, advice)
    show_reasons(advice)
    show_next_step(advice)


def show_answer(advice: Advice) -> None:
    """Call or wait, how probable, and what to do."""
    st.html(render_answer(f"{advice.decision.capitalize()}. {advice.next_step}"))
    share = advice.call_probability if advice.decision == "call" else 1 - advice.call_probability
    sure = "" if advice.confident else " That is close: read the phrases below and decide yourself."
    st.text(f"{share:.0%} of such notes mean “{advice.decision}”.{sure}")


def show_phrases(notes: str, advice: Advice) -> None:
    """The notes with the phrases that led there."""
    st.subheader("What led there")
    st.html(render_notes(notes, advice.evidence))


def show_reasons(advice: Advice) -> None:
    """For and against, strongest first."""
    left, right = st.columns(2)
    for column, title, sign in ((left, "For calling", 1), (right, "For waiting", -1)):
        column.markdown(f"**{title}**")
        mine = [each for each in advice.evidence if each.weight * sign > 0]
        for each in sorted(mine, key=lambda e: -abs(e.weight))[:6]:
            column.text(_reason(each))
        if not mine:
            column.text("nothing in the notes")
    st.caption(
        "Weights are log-odds towards calling. Everything else the tool looked at: "
        f"{advice.other_weight:+.2f}; starting point: {advice.intercept:+.2f}; "
        f"sum: {advice.log_odds:+.2f}."
    )


def _reason(each: Evidence) -> str:
    return f"{each.weight:+.2f}  {name_of(each.cue)}: “{each.text}”"


def show_next_step(advice: Advice) -> None:
    """When, and a message to start from."""
    st.subheader("What to do now")
    st.text(advice.next_step)
    if advice.message:
        label = "What to say on the phone" if advice.channel == "phone" else "What to write"
        st.text_area(label, value=advice.message, height=120)
