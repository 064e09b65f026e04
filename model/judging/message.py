"""A short message to start from, made only of facts in the notes.

It thanks, asks for the next steps and shows interest, in this order, and stops there: brief, nothing
personal or irrelevant.
"""

from model.judging.advice import AdviceRule, spell
from model.judging.finding import Finding

ASKS = {
    "reply_due": "I am getting back to you about [your call, or what you need from me].",
    "deadline": "I have to decide by {deadline}: can you tell me where things stand?",
    "thanks": "",
    "wait": "",
}
"""What to ask for, where it is not the next steps."""
FEEDBACK = "I would be glad to hear your feedback."
"""What to ask for after a rejection."""
MISHAP = (
    "I am calling about [what went wrong]: could you tell me what the next steps are? I remain very "
    "interested in the role."
)
"""What to say where something went wrong; without thanks, for the talk may never have been."""


def draft_message(rule: AdviceRule, finding: Finding) -> str:
    """A short script for the call or mail, now or on the day named; empty where there is none."""
    if rule.channel == "none" and finding.call_from is None:
        return ""
    if rule.name == "mishap" or (rule.name in ("call_over", "call") and "mishap" in finding.cues):
        return f"Hello, this is [your name]. {MISHAP}"
    lines = [_thanks(rule, finding), _ask(rule, finding), _interest(rule, finding)]
    body = " ".join(line for line in lines if line)
    if rule.channel == "email":
        return f"Hello [name],\n\n{body}\n\n[your name]"
    return f"Hello, this is [your name]. {body}"


def _thanks(rule: AdviceRule, finding: Finding) -> str:
    t = finding.timeline
    if t.interview is None:
        return "Thank you for your time."
    is_rough = t.interview.is_distance or t.interview.first  # "three months ago", "last week"
    if not t.is_today_known or is_rough:
        return "Thank you again for your time."
    is_said_then = t.interview.day == t.today and rule.channel != "none"
    met = "today" if is_said_then else f"on {spell(t.interview.day, t.today)}"
    return f"Thank you again for your time {met}."


def _is_decided(rule: AdviceRule, finding: Finding) -> bool:
    """Whether only feedback is left to ask for, now or from a day on."""
    return rule.name == "call_feedback" or finding.reason == "closed"


def _ask(rule: AdviceRule, finding: Finding) -> str:
    if _is_decided(rule, finding):
        return FEEDBACK
    t = finding.timeline
    name = "deadline" if finding.has_to_decide and rule.name not in ASKS else rule.name
    if name in ASKS:
        due = spell(t.deadline.day, t.today) if t.deadline and t.is_today_known else "[day]"
        return ASKS[name].format(deadline=due)
    if name == "no_contact" and not (finding.is_overdue and finding.is_window_comparable):
        return ""
    if t.window_end and finding.is_window_comparable and name in ("call_over", "wait_window"):
        day = spell(t.window_end.day, t.today)
        return f"I had understood I might hear by {day}: could you tell me what the next steps are?"
    return "Could you tell me what the next steps are, and when I might expect to hear?"


def _interest(rule: AdviceRule, finding: Finding) -> str:
    if _is_decided(rule, finding):
        return ""
    talk = "enjoyed our talk and " if finding.timeline.interview else ""
    return f"I {talk}remain very interested in the role."
