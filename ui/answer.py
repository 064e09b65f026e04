"""The panels of an answer, one function each; "Advise" and "Batch" share them."""

import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import streamlit as st

from model.asking.corrections import CORRECTIONS, keep_correction
from model.asking.presets import Preset, name_basis
from model.asking.query import Query
from model.asking.questions import Answer, Question, choose_question
from model.asking.reminder import make_reminder
from model.asking.whatif import DayAnswer, Without, answer_by_day, leave_out_each
from model.dates import Timeline
from model.errors import ModelError
from model.judging.advice import spell
from model.judging.advisor import Advisor
from model.text import escape_markdown
from model.types import FIRST_DAY, LAST_DAY, Advice, Label, Policy
from model.workdays import workday_on_or_after
from ui.calendar import days_ahead, render_calendar
from ui.copying import message_buttons
from ui.marks import render_answer, render_notes
from ui.reasons import render_reasons, say_turning_points
from ui.words import say_answer, say_confidence, signed

ROOT = Path(__file__).parents[1]
SUBJECT = "After our interview"
A_MOMENT = 0.02
"""Seconds in which the answer leaves for the browser before the rest takes the processor."""


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with the answers to "what if"."""

    query: Query
    advice: Advice
    withouts: tuple[Without, ...]
    days: tuple[DayAnswer, ...]


def show_answer(advisor: Advisor, query: Query, preset: Preset) -> Explained:
    """The answer, how sure it is, the missing fact, what to do; then the rest is worked out."""
    undated = replace(query, as_of=None, interview_date=None)
    advice, alone = query.ask_each(advisor, [query, undated])
    show_decision(advice, preset)
    time.sleep(A_MOMENT)
    show_other_days(query, alone.timeline, advice.timeline)
    if advice.is_english and not advice.confident:
        ask_missing_fact(advisor, query, advice)
    show_next_step(advice, query)
    offer_correction(advice, query)
    return explain(advisor, query, advice)


def explain(advisor: Advisor, query: Query, advice: Advice) -> Explained:
    """The answer without each phrase and on each coming day."""
    return Explained(
        query,
        advice,
        leave_out_each(advisor, query, advice),
        answer_by_day(advisor, query, advice, ahead=days_ahead(advice))
        if advice.is_english
        else (),
    )


def render_decision(advice: Advice) -> str:
    """The HTML of the answer and how sure it is."""
    style = advice.decision if advice.confident else f"{advice.decision} unsure"
    sureness = say_confidence(advice) if advice.is_english else ""  # else the answer says so
    return render_answer(say_answer(advice), sureness, style)


def show_decision(advice: Advice, preset: Preset) -> None:
    """Call or wait, why and when; how sure; which policy it stands on."""
    st.html(render_decision(advice))
    if advice.is_english:
        basis = name_basis(advice, preset.policy)
        st.caption(f"By the policy “{preset.title}”: {basis}. {preset.note}")


def show_other_days(query: Query, told: Timeline, used: Timeline) -> None:
    """Which day is used where the notes alone tell another than the field."""
    met = query.interview_date
    pairs = [("Today", told.today, query.as_of, used.today)] if told.is_today_known else []
    if met and told.interview and used.interview and not told.interview.may_be(met):
        pairs.append(("Interview", told.interview.day, met, used.interview.day))
    for name, noted, given, day in pairs:
        if given and noted != given:
            st.caption(
                f"{name}: {spell(noted, used.today)} in the notes, {spell(given, used.today)} in "
                f"the field. {spell(day, used.today)} is used."
            )


def ask_missing_fact(advisor: Advisor, query: Query, advice: Advice) -> None:
    """The one fact that would settle it; the answer goes into the fields and re-scores."""
    question = choose_question(advisor, query, advice)
    if question is None:
        return
    with st.container(border=True):
        st.text(f"One fact would help most. {question.text}")
        _ask_answer(question, query, advice.timeline.today)


def _ask_answer(question: Question, query: Query, today: date) -> None:
    """A button an answer; one that names a day asks for it where there is none."""
    key, day = f"day_{question.name}", None
    if dated := [answer for answer in question.answers if answer.asks_day]:
        last = today if dated[0].is_past else LAST_DAY
        day = st.date_input("Which day?", value=None, key=key, min_value=FIRST_DAY, max_value=last)
    with st.container(horizontal=True):
        clicked = [
            answer
            for answer in question.answers
            if st.button(
                answer.label,
                key=f"{question.name}_{answer.label}",
                on_click=_add_fact,
                args=(query, answer, key, today),
            )
        ]
    if any(answer.asks_day for answer in clicked) and day is None:
        st.warning("Choose the day first.")


def _add_fact(query: Query, answer: Answer, key: str, today: date) -> None:
    """Put an answer into the fields, once it has the day that it needs."""
    state = st.session_state
    day = state.get(key)
    if day or not answer.asks_day:
        told = answer.add_to(query, day or today, today)
        state.notes, state.met = told.notes, told.interview_date or state.met


def show_next_step(advice: Advice, query: Query) -> None:
    """By which channel, when, a message to start from, and a reminder; nothing on foreign notes."""
    if not advice.is_english:
        return
    st.header("What to do now", anchor=False)
    today = advice.timeline.today
    day = _day_to_act(advice, query.policy)
    st.text(_say_channel(advice, day, today))
    text = advice.message
    if text:
        label = _message_label(advice, day, today)
        text = _edit_message(label, text, query.notes)
        message_buttons(label, text, SUBJECT)
        st.caption("Nothing is sent from here: copy it, or open it in your own mail program.")
    if day and day != today:
        reminder = make_reminder(day, "Call about the interview", text)
        name = f"call-{day.isoformat()}.ics"
        label = f"Remind me {_on(day, today)} (.ics)"
        st.download_button(label, reminder, name, "text/calendar", on_click="ignore")


def _edit_message(label: str, text: str, notes: str) -> str:
    """The message as it was edited; an edit is neither for another draft nor for other notes."""
    state = st.session_state
    if state.get("message_of") != (text, notes) or "message" not in state:
        state.message_of, state.message = (text, notes), text
    return st.text_area(label, height="content", key="message")


def _day_to_act(advice: Advice, policy: Policy) -> date | None:
    """The next business day on which to call, if any."""
    day, today = advice.call_from, advice.timeline.today
    return day if day is None or day >= today else workday_on_or_after(today, policy.country)


def _say_channel(advice: Advice, day: date | None, today: date) -> str:
    if advice.channel == "phone":
        return f"By phone, {_on(day or today, today)}."
    if advice.channel == "email":
        return "If anything, by e-mail; do not phone."
    if day:
        return f"Nothing until {spell(day, today)}; then by phone."
    return "Nothing more."


def _on(day: date, today: date) -> str:
    return "today" if day == today else f"on {spell(day, today)}"


def _message_label(advice: Advice, day: date | None, today: date) -> str:
    if advice.channel == "email":
        return "What to write"
    later = f" {_on(day, today)}" if day and day != today else ""
    return f"What to say on the phone{later}"


def offer_correction(advice: Advice, query: Query) -> None:
    """Keep the user's own label, on a click only."""
    other: Label = "wait" if advice.decision == "call" else "call"
    place = CORRECTIONS.relative_to(ROOT) if CORRECTIONS.is_relative_to(ROOT) else CORRECTIONS
    with st.expander("This is wrong"):
        st.text(
            f"Your answer is kept with these notes and dates in {place}, on this machine only. To "
            "learn from it: Model, Retrain, and upload that file. To forget it: delete the file."
        )
        if st.button(f"It should be “{other}”: keep that"):
            try:
                keep_correction(CORRECTIONS, query.notes, other, query.as_of, query.interview_date)
                st.text(f"Kept in {CORRECTIONS}.")
            except ModelError as error:
                st.error(escape_markdown(str(error)))


def show_reasons(explained: Explained) -> None:
    """The marked notes, for and against, and the calendar."""
    query, advice = explained.query, explained.advice
    left, right = st.columns([4, 3], gap="large")
    with left:
        st.header("What led there", anchor=False)
        st.html(render_notes(query.notes, advice.evidence))
        st.text(say_turning_points(query.notes, advice, explained.withouts))
        st.html(render_reasons(advice, explained.withouts))
        st.caption(
            "▲ and a solid line: for calling; ▼, stripes and dashes: for waiting; a dotted frame: "
            "two phrases overlap. The numbers are points for calling, with a minus against it "
            "(log-odds). Everything else the tool "
            f"looked at: {signed(advice.other_weight)}; starting point: "
            f"{signed(advice.intercept)}; sum: {signed(advice.log_odds)}."
        )
    if advice.is_english:
        with right:
            st.header("When", anchor=False)
            st.html(render_calendar(advice, explained.days))
