"""What the trained model does, asked as in CheckList (Ribeiro et al., 2020).

Minimum functionality: a plain case of each rule. Invariance: what does not matter changes nothing.
Direction: what matters moves the answer the right way.
"""

from datetime import date, timedelta

import pytest

from model import Advisor

TUESDAY = date(2026, 11, 3)

# fmt: off
PLAIN = [
    # rule, label, notes, as_of, interview
    ("closed", "wait", "They rang to say the position has been filled, they went with someone else.", "2026-11-03", None),
    ("reply_due", "call", "Two missed calls and a voicemail from HR: please call me back today before five.", "2026-11-03", None),
    ("no_contact", "wait", "She said please do not call us, only shortlisted candidates will be contacted.", "2026-11-17", "2026-11-03"),
    ("chased", "wait", "Their week was up on Friday. I rang on Monday and left a message, and emailed too. No answer yet.", "2026-11-17", "2026-11-03"),
    ("hold_until", "wait", "He told me to ring him on Thursday once he has the rota. It's only Tuesday.", "2026-11-03", "2026-11-02"),
    ("deadline", "call", "Another firm has made me an offer and wants my answer by tomorrow. This one has named no date.", "2026-11-03", "2026-10-29"),
    ("window", "call", "They said they would let me know by Friday. Friday came and went, nothing.", "2026-11-10", "2026-11-03"),
    ("window", "wait", "They said they would let me know by Friday. It's only Wednesday.", "2026-11-04", "2026-11-03"),
    ("process", "wait", "The board still has to approve it and they are checking references. No date for that.", "2026-11-05", "2026-11-03"),
    ("invited", "call", "She said call me any time with any questions. No date was given for a decision. I want to ask about the hours and the next steps.", "2026-11-09", "2026-11-03"),
    ("thanks", "call", "Small family-run shop, just the owner and her son. She gave me her own number and said keep in touch. No date named. That was yesterday.", "2026-11-03", "2026-11-02"),
    ("silence", "call", "No date was named. It has been three weeks and I have heard nothing. I have not contacted them.", "2026-11-24", "2026-11-03"),
    ("silence", "wait", "Interview was yesterday. They'll be in touch, no date named.", "2026-11-04", "2026-11-03"),
    # as short as people put it
    ("window", "call", "They said two weeks. It's been three weeks. Nothing yet.", "2026-11-27", "2026-11-05"),
    ("window", "call", "They said two weeks and it's been three weeks now, nothing yet.", "2026-11-27", None),
    ("window", "call", "Was told a week, it's been two weeks.", "2026-11-27", "2026-11-13"),
    ("window", "wait", "They told me two weeks. Only one week has passed.", "2026-11-24", "2026-11-17"),
    ("window", "wait", "I was told I'd hear in a week or two. It's been 10 days.", "2026-11-16", "2026-11-06"),
    ("window", "call", "They'd ring Monday. It's Wednesday. No call.", "2026-11-25", None),
    ("window", "call", "They said 7-10 business days. It has been three weeks.", None, None),
    ("window", "wait", "They said two weeks. It's been ten days.", None, None),
    ("closed", "wait", "Got the rejection this morning. She'd given me her number and said call me any time.", "2026-11-24", "2026-11-10"),
    ("silence", "call", "A week after the interview, still nothing, no date was given.", "2026-11-25", "2026-11-18"),
]
# fmt: on


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("rule", "label", "notes", "as_of", "met"),
    PLAIN,
    ids=[f"{at}-{row[0]}-{row[1]}" for at, row in enumerate(PLAIN)],
)
def test_minimum_functionality(
    advisor: Advisor, rule: str, label: str, notes: str, as_of: str | None, met: str | None
) -> None:
    advice = advisor.advise(notes, as_of=day(as_of), interview_date=day(met))
    assert advice.decision == label, [(e.cue, e.text, round(e.weight, 2)) for e in advice.evidence]


# fmt: off
CHANGES = [
    ("capitals",     lambda text: text.upper()),
    ("small",        lambda text: text.lower()),
    ("curly quotes", lambda text: text.replace("'", "’")),
    ("bullets",      lambda text: "\n".join(f"- {line}" for line in text.split(". "))),
    ("small talk",   lambda text: text + " The weather was awful and the coffee was worse."),
]
# fmt: on


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=[name for name, _ in CHANGES])
def test_invariance(advisor: Advisor, name: str, change: object) -> None:
    """Typography and small talk flip at most one of the plain cases."""
    flipped = []
    for rule, label, notes, as_of, met in PLAIN:
        changed = change(notes)  # type: ignore[operator]
        advice = advisor.advise(changed, as_of=day(as_of), interview_date=day(met))
        if advice.decision != label:
            flipped.append(f"{rule}-{label}")
    assert len(flipped) <= 1, flipped


UNDATED = [
    "They said I'd hear by yesterday. Nothing, and I liked the place.",
    "Interview two days ago, no day was named. It went fine.",
    "It's Thursday. They promised Tuesday at the latest.",
    "By the 5th, they said. It is the 19th.",
]


@pytest.mark.parametrize("notes", UNDATED)
def test_where_no_day_is_given_it_plays_no_part_which_day_it_is(
    advisor: Advisor, notes: str
) -> None:
    days = [date(2026, 11, 24) + timedelta(days=n) for n in range(7)]  # Thanksgiving is among them
    for met in (None, date(2026, 11, 10), date(2026, 11, 26)):
        advices = [advisor.advise(notes, interview_date=met, today=day) for day in days]
        assert len({advice.call_probability for advice in advices}) == 1


def test_a_later_day_never_turns_call_into_wait_while_a_window_is_all_that_matters(
    advisor: Advisor,
) -> None:
    notes = "Good interview. They said they would let me know by Friday. I have heard nothing."
    days = [TUESDAY + timedelta(days=n) for n in range(14)]
    said = [advisor.advise(notes, as_of=each, interview_date=TUESDAY).decision for each in days]
    assert (said[0], said[-1]) == ("wait", "call")
    assert said == sorted(said, reverse=True)


@pytest.mark.parametrize("ban", ["They said please don't call us.", "No phone calls please."])
def test_a_ban_never_turns_wait_into_call(advisor: Advisor, ban: str) -> None:
    for _, _, notes, as_of, met in PLAIN:
        before = advisor.advise(notes, as_of=day(as_of), interview_date=day(met))
        after = advisor.advise(f"{notes} {ban}", as_of=day(as_of), interview_date=day(met))
        assert (before.decision, after.decision) != ("wait", "call")
