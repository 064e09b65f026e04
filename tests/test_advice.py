from dataclasses import replace
from datetime import date, timedelta

import pytest

from model.dates import DatedPhrase, Timeline
from model.judging.advice import choose_rule, next_step, spell
from model.judging.finding import Finding, count_chases
from model.judging.message import draft_message
from model.types import Label, Policy

MONDAY = date(2026, 11, 30)
LONG_AGO, RESTED = DatedPhrase(date(2026, 11, 9)), DatedPhrase(date(2026, 11, 16))
OVER = DatedPhrase(date(2026, 11, 27))
AHEAD = DatedPhrase(date(2026, 12, 4))
LATE = DatedPhrase(date(2026, 12, 11))
MET = DatedPhrase(date(2026, 11, 20))


def finding(decision: Label, reason: str, *, count: int = 0, **dates: DatedPhrase) -> Finding:
    days = {name: (dated,) for name, dated in dates.items()}
    return Finding(decision, reason, Timeline(MONDAY, True, **days), Policy(), count)


def step_of(found: Finding) -> str:
    return next_step(choose_rule(found), found)


def message_of(found: Finding) -> str:
    return draft_message(choose_rule(found), found)


# fmt: off
RULES = [
    # decision  reason          dates                 rule            first day to call  channel
    ("wait",    "closed",       {},                   "closed",       None,          "none"),
    ("wait",    "closed",       {"windows": AHEAD},   "closed_other", None,          "none"),
    ("wait",    "closed",       {"windows": OVER},    "closed",       None,          "none"),
    ("wait",    "silence",      {"interviews": MET, "steps": LATE}, "wait_until", "2026-12-14", "none"),
    ("wait",    "",             {"steps": LATE},      "wait_until",   "2026-12-14",  "none"),
    ("call",    "reply_due",    {"windows": MET},     "reply_due",    "2026-11-30",  "phone"),
    ("call",    "mishap",       {"interviews": MET},  "mishap",       "2026-11-30",  "phone"),
    ("wait",    "no_contact",   {"windows": OVER},    "no_contact",   None,          "email"),
    ("wait",    "chase",        {"chases": OVER},     "chased",       "2026-12-07",  "none"),
    ("wait",    "chase",        {"chases": OVER, "windows": LATE}, "chased", "2026-12-14", "none"),
    ("wait",    "window",       {"windows": AHEAD},   "wait_window",  "2026-12-07",  "none"),
    ("wait",    "hold",         {"holds": AHEAD},     "wait_hold",    "2026-12-04",  "none"),
    ("wait",    "process",      {"interviews": MET},  "wait_process", "2026-12-04",  "none"),
    ("wait",    "process",      {"windows": OVER, "words": OVER}, "wait_process", "2026-12-11", "none"),
    ("wait",    "process",      {"words": OVER, "steps": LATE}, "wait_process", "2026-12-14", "none"),  # not before its day
    ("wait",    "process",      {"words": OVER, "steps": MET}, "wait_process", "2026-12-11", "none"),
    ("wait",    "window",       {"windows": OVER},    "wait",         None,          "email"),
    ("wait",    "fresh",        {"interviews": OVER}, "wait_until",   "2026-12-04",  "none"),
    ("wait",    "",             {},                   "wait",         None,          "email"),
    ("call",    "reply_due",    {},                   "reply_due",    "2026-11-30",  "phone"),
    ("call",    "pressure",     {"windows": AHEAD},   "deadline",     "2026-11-30",  "phone"),
    ("call",    "personal",     {},                   "thanks",       "2026-11-30",  "phone"),
    ("call",    "hold_up",      {"holds": MET},       "call_hold",    "2026-11-20",  "phone"),
    ("call",    "window",       {"windows": OVER},    "call_over",    "2026-11-30",  "phone"),
    ("call",    "window",       {"windows": AHEAD},   "call",         "2026-11-30",  "phone"),  # not over
    ("call",    "invite",       {},                   "call_invited", "2026-11-30",  "phone"),
    ("call",    "silence",      {"interviews": MET},  "call",         "2026-11-27",  "phone"),
    ("call",    "silence",      {"interviews": LONG_AGO, "chases": RESTED}, "call", "2026-11-24", "phone"),  # not before it has
    ("call",    "window",       {"windows": LONG_AGO, "chases": RESTED}, "call_over", "2026-11-24", "phone"),
    ("call",    "silence",      {"chases": RESTED, "words": MET}, "call", "2026-11-27", "phone"),  # they have answered
    ("call",    "reply_due",    {"chases": OVER},     "reply_due",    "2026-11-30",  "phone"),
    ("wait",    "chase",        {"chases": MET, "words": OVER}, "wait_answered", "2026-12-04", "none"),
    ("wait",    "chase_fresh",  {"chases": OVER, "words": MET}, "chased", "2026-12-07", "none"),  # answered before it
    ("wait",    "chase",        {"chases": MET, "words": MET, "windows": AHEAD}, "wait_window", "2026-12-07", "none"),
    ("wait",    "fresh",        {"interviews": MET, "meetings": AHEAD}, "wait_meeting", "2026-12-11", "none"),
    ("wait",    "window",       {"windows": AHEAD, "meetings": LATE}, "wait_window", "2026-12-07", "none"),
    ("wait",    "window",       {"windows": LATE, "meetings": AHEAD}, "wait_meeting", "2026-12-14", "none"),  # their time still runs
    ("wait",    "process",      {"interviews": MET, "meetings": AHEAD}, "wait_meeting", "2026-12-11", "none"),
    ("wait",    "chase",        {"chases": OVER, "meetings": AHEAD}, "wait_meeting", "2026-12-11", "none"),
    ("wait",    "chase",        {"chases": OVER, "deadlines": AHEAD}, "chased", "2026-12-03", "none"),  # the offer ends
    ("call",    "silence",      {"windows": replace(MET, made=MET.day), "words": OVER}, "call", "2026-11-30", "phone"),  # since then they spoke
    ("wait",    "process",      {"windows": AHEAD},   "wait_process", "2026-12-07",  "none"),  # nobody said by then
]
# fmt: on


@pytest.mark.parametrize(("decision", "reason", "dates", "rule", "first", "channel"), RULES)
def test_rules(
    decision: Label, reason: str, dates: dict[str, DatedPhrase], rule: str, first: str, channel: str
) -> None:
    found = finding(decision, reason, **dates)
    assert choose_rule(found).name == rule
    assert (found.call_from.isoformat() if found.call_from else None) == first
    assert choose_rule(found).channel == channel
    assert "{" not in step_of(found)


def test_an_undated_chase_rests_as_the_policy_says() -> None:
    step = step_of(replace(finding("wait", "chase"), policy=Policy(rest=3)))
    assert step.endswith("Give it 3 business days.")


def test_an_undated_chase_names_no_day_of_its_own() -> None:
    assert finding("wait", "chase", interviews=MET).call_from is None
    assert finding("wait", "chase", windows=AHEAD).call_from == date(2026, 12, 7)


def test_after_two_chases_it_says_to_move_on() -> None:
    found = finding("wait", "chase", count=2, chases=OVER)
    assert "move on" in step_of(found)
    assert found.call_from is None


def test_no_call_is_advised_for_a_sunday() -> None:
    sunday = Timeline(date(2026, 11, 29), True)
    step = step_of(Finding("call", "silence", sunday, Policy(), 0))
    assert "on Monday 30 November" in step


# fmt: off
BESIDE = [
    # decision  reason      beside it      dates                rule
    ("call",    "pressed",  "reply_due",   {"deadlines": AHEAD}, "reply_due"),  # their own offer
    ("call",    "pressed",  "window",      {"deadlines": AHEAD}, "deadline"),
    ("call",    "invite",   "closed",      {"interviews": MET},  "call_feedback"),
    ("wait",    "no_contact", "hold_ahead", {"holds": AHEAD},    "wait_hold"),  # a ban that ends
    ("wait",    "no_contact", "hold_ahead", {},                  "no_contact"),
    ("wait",    "closed", "hold_ahead", {"holds": AHEAD},        "wait_hold"),  # feedback from a day on
    ("wait",    "closed", "hold_ahead", {},                      "closed"),
    ("wait",    "no_contact", "window",    {"holds": AHEAD},     "no_contact"),
    ("wait",    "chase",    "answered",    {},                   "wait"),
    ("wait",    "chase",    "silence",     {},                   "chased"),
    ("wait",    "chase",    "answered",    {"chases": OVER},     "chased"),     # its day is known, no answer's is
]
# fmt: on


@pytest.mark.parametrize(("decision", "reason", "cue", "dates", "rule"), BESIDE)
def test_what_stands_beside_the_reason(
    decision: Label, reason: str, cue: str, dates: dict[str, DatedPhrase], rule: str
) -> None:
    found = replace(finding(decision, reason, **dates), cues=frozenset({cue}))
    assert choose_rule(found).name == rule


# fmt: off
TOLD = [
    # decision  reason        dates                                   the step tells
    ("wait",    "fresh",      {"interviews": OVER},                    "a short e-mail is welcome"),
    ("wait",    "no_contact", {"deadlines": AHEAD},                    "by when you have to decide"),
    ("wait",    "fresh",      {"interviews": MET, "meetings": AHEAD},  "on Friday 4 December comes first"),
]
# fmt: on


@pytest.mark.parametrize(("decision", "reason", "dates", "told"), TOLD)
def test_the_step_tells_what_the_dates_tell(
    decision: Label, reason: str, dates: dict[str, DatedPhrase], told: str
) -> None:
    assert told in step_of(finding(decision, reason, **dates))
    assert told not in step_of(finding(decision, reason, interviews=MET))


def test_the_message_thanks_asks_and_shows_interest() -> None:
    message = message_of(finding("call", "silence", interviews=MET))
    assert "Thank you" in message
    assert "next steps" in message
    assert "interested" in message
    assert "Friday 20 November" in message
    assert len(message.split()) < 60


@pytest.mark.parametrize(
    "met", [replace(MET, is_distance=True), replace(MET, first=date(2026, 11, 16))]
)
def test_a_day_that_is_not_told_is_not_named(met: DatedPhrase) -> None:
    message = message_of(finding("call", "silence", interviews=met))
    assert "your time." in message


# fmt: off
PRESSED_BY = [
    # decision reason        says so   deadline   the message asks
    ("call", "silence",      True,     AHEAD,     "I have to decide by Friday 4 December"),
    ("call", "silence",      False,    AHEAD,     "what the next steps are"),
    ("wait", "no_contact",   True,     AHEAD,     "I have to decide by Friday 4 December"),
    ("wait", "no_contact",   False,    AHEAD,     "interested"),
    ("wait", "window",       True,     AHEAD,     "what the next steps are"),  # the call comes after it
]
# fmt: on


@pytest.mark.parametrize(("decision", "reason", "is_said", "deadline", "asks"), PRESSED_BY)
def test_a_day_by_which_to_decide_is_named(
    decision: Label, reason: str, is_said: bool, deadline: DatedPhrase, asks: str
) -> None:
    days = {"interviews": MET, "deadlines": deadline}
    days |= {"windows": AHEAD} if reason == "window" else {}
    found = finding(decision, reason, **days)
    cues = frozenset({"pressure"} if is_said else ())
    assert asks in message_of(replace(found, cues=cues))


@pytest.mark.parametrize(
    ("decision", "reason", "met"),
    [
        ("call", "personal", "your time today"),
        ("wait", "window", "your time on Monday 30 November"),
    ],
)
def test_what_is_said_on_the_day_itself_thanks_for_today(
    decision: Label, reason: str, met: str
) -> None:
    just_met = DatedPhrase(MONDAY)
    assert met in message_of(finding(decision, reason, interviews=just_met, windows=AHEAD))


def test_where_something_went_wrong_it_thanks_for_no_talk() -> None:
    message = message_of(finding("call", "mishap", interviews=MET))
    assert "[what went wrong]" in message
    assert "Thank you" not in message
    assert "interested" in message


def test_nothing_is_drafted_where_nothing_is_to_be_sent() -> None:
    assert message_of(finding("wait", "closed")) == ""


def test_the_answer_names_the_promise_and_the_day_to_call() -> None:
    step = step_of(finding("wait", "window", windows=AHEAD))
    assert step == "They said by Friday 4 December; if you hear nothing, call on Monday 7 December."


@pytest.mark.parametrize(("ago", "week", "says"), [(1, 0, True), (0, 0, False), (3, 4, False)])
def test_nothing_has_come_since_a_day_that_is_over(ago: int, week: int, says: bool) -> None:
    day = MONDAY - timedelta(days=ago)
    met = DatedPhrase(day, first=day - timedelta(days=week) if week else None)
    step = step_of(finding("call", "silence", interviews=met))
    assert ("Nothing has come since" in step) == says


@pytest.mark.parametrize("is_distance", [True, False])
def test_nothing_has_come_since_a_day_that_today_can_be_compared_with(is_distance: bool) -> None:
    days = Timeline(MONDAY, False, interviews=(replace(MET, is_distance=is_distance),))
    step = step_of(Finding("call", "silence", days, Policy(), 0))
    assert ("Nothing has come since" in step) == is_distance


@pytest.mark.parametrize(
    ("decision", "reason", "cue", "dates"),
    [
        ("call", "invite", "closed", {"interviews": MET}),
        ("wait", "closed", "hold_ahead", {"holds": AHEAD}),
    ],
)
def test_what_is_decided_is_only_talked_over(
    decision: Label, reason: str, cue: str, dates: dict[str, DatedPhrase]
) -> None:
    message = message_of(replace(finding(decision, reason, **dates), cues=frozenset({cue})))
    assert "feedback" in message
    assert "next steps" not in message
    assert "interested" not in message


@pytest.mark.parametrize(
    ("ends", "when"), [(28, "today (write"), (29, "today (write"), (30, "on Mon")]
)
def test_on_a_weekend_a_deadline_before_monday_presses_today(ends: int, when: str) -> None:
    days = Timeline(date(2026, 11, 28), True, deadlines=(DatedPhrase(date(2026, 11, ends)),))
    found = Finding("call", "pressed", days, Policy(), 0)
    assert f"phone {when}" in step_of(found)
    assert found.call_from == date(2026, 11, 30 if ends == 30 else 28)
    assert f"by {spell(days.deadlines[0].day, days.today)}" in message_of(found)


def test_without_an_interview_it_thanks_for_no_talk() -> None:
    message = message_of(finding("call", "silence"))
    assert message.startswith("Hello, this is [your name]. Thank you for your time.")
    assert "our talk" not in message


def test_a_mail_asks_where_their_time_is_over() -> None:
    assert "next steps" in message_of(finding("wait", "no_contact", windows=OVER))


def test_a_message_names_no_promise_of_a_day_that_is_not_known() -> None:
    days = Timeline(MONDAY, False, windows=(AHEAD,))
    message = message_of(Finding("wait", "window", days, Policy(), 0))
    assert "next steps" in message
    assert "December" not in message


def test_a_mail_is_laid_out_as_one() -> None:
    message = message_of(finding("wait", "no_contact"))
    assert message.startswith("Hello [name],\n\nThank you")
    assert "next steps" not in message  # they said not to ask
    assert message.endswith("\n\n[your name]")


def test_where_nothing_is_due_the_mail_only_thanks() -> None:
    message = message_of(finding("wait", ""))
    assert "Thank you" in message
    assert "next steps" not in message


SPELLED = [
    (date(2026, 12, 4), "Friday 4 December"),
    (date(2027, 1, 4), "Monday 4 January"),
    (date(2027, 11, 30), "Tuesday 30 November 2027"),
]


@pytest.mark.parametrize(("day", "spelled"), SPELLED)
def test_the_year_is_named_where_it_is_not_plain(day: date, spelled: str) -> None:
    assert spell(day, MONDAY) == spelled


@pytest.mark.parametrize("reason", ["closed", "chase"])
def test_no_script_where_the_advice_is_to_move_on(reason: str) -> None:
    assert message_of(finding("wait", reason, count=2, chases=OVER)) == ""


def test_a_script_waits_for_the_day_to_call() -> None:
    message = message_of(finding("wait", "window", windows=AHEAD))
    assert "hear by Friday 4 December" in message


COUNTED = [
    ((), [], 0),
    ((), ["I rang them"], 1),
    ((), ["I rang them twice"], 2),
    ((), ["I emailed them two days ago"], 1),
    ((), ["sent two e-mails, no answer"], 2),
    ((), ["I've rung a few times"], 2),
    ((), ["I sent a two line email"], 1),
    ((), ["rang on Monday and again yesterday"], 2),
    ((), ["I rang, and will ring again"], 1),
    ((), ["emailed, then rang: no reply to either"], 2),
    ((OVER,), ["I rang on Friday"], 1),
    ((OVER, MET), ["I rang on Friday"], 2),
    ((OVER, OVER), ["I rang on Friday"], 1),
    ((OVER, DatedPhrase(date(2026, 11, 20), chance=0.1)), ["I rang on Friday"], 1),
]


@pytest.mark.parametrize(("chases", "phrases", "count"), COUNTED)
def test_count_chases(chases: tuple[DatedPhrase, ...], phrases: list[str], count: int) -> None:
    assert count_chases(Timeline(MONDAY, True, chases=chases), phrases) == count


def test_again_after_an_answer_is_no_second_one_without() -> None:
    days = Timeline(MONDAY, True, chases=(OVER, DatedPhrase(date(2026, 11, 17))), words=(MET,))
    assert count_chases(days, ["I rang them again on Friday"]) == 1
