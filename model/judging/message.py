"""A short message to start from, made only of facts in the notes.

It thanks, asks for the next steps and shows interest, in this order, and stops there (seed article:
brief, nothing personal or irrelevant).
"""

from model.judging.advice import choose_rule, spell
from model.judging.finding import Finding

ASKS = {
    "reply_due": "I am getting back to you about [what they need].",
    "deadline": "I have to decide by {deadline}, and would rather work with you: can you tell me where things stand?",
    "call_feedback": "I would be glad to hear your feedback.",
    "no_contact": "",
    "thanks": "",
    "wait": "",
}
"""What to ask for, where it is not the next steps."""


MISHAP = (
    "Thank you for your time. I am calling about [what went wrong]: could you tell me what the next "
    "steps are? I remain very interested in the role."
)
"""What to say where something went wrong: the talk may never have come about."""


def draft_message(finding: Finding) -> str:
    """A short script for the call or mail, now or on the day named; empty where there is none."""
    rule, t = choose_rule(finding), finding.timeline
    if rule.channel == "none" and finding.call_from is None:
        return ""
    if rule.name == "mishap":
        return f"Hello, this is [your name]. {MISHAP}"
    met = f" on {spell(t.interview.day, t.today)}" if t.interview and t.is_today_known else ""
    due = spell(t.deadline.day, t.today) if t.deadline and t.is_today_known else "[day]"
    lines = [
        f"Thank you again for meeting me{met}." if t.interview else "Thank you for your time.",
        ASKS.get(rule.name, _next_steps(finding)).format(deadline=due),
        "" if rule.name == "call_feedback" else _interest(finding),
    ]
    body = " ".join(line for line in lines if line)
    if rule.channel == "email":
        return f"Hello [name],\n\n{body}\n\n[your name]"
    return f"Hello, this is [your name]. {body}"


def _interest(finding: Finding) -> str:
    talk = "enjoyed our talk and " if finding.timeline.interview else ""
    return f"I {talk}remain very interested in the role."


def _next_steps(finding: Finding) -> str:
    end = finding.timeline.window_end
    if end and choose_rule(finding).name in ("call_over", "wait_window"):
        day = spell(end.day, finding.timeline.today)
        return f"I had understood I might hear by {day}: could you tell me what the next steps are?"
    return "Could you tell me what the next steps are, and when I might expect to hear?"
