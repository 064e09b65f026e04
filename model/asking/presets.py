"""Published policies, and the number of a policy that an answer stands on."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from model.judging.advice import count_days
from model.judging.finding import CHASED, FINAL, HELD, PRESSED, PROMISED, THANKS, Finding
from model.types import Advice, Policy

FILE = Path(__file__).with_name("presets.toml")


@dataclass(frozen=True, slots=True)
class Preset:
    """A field's policy: `note` is for the candidate, `source` says who published the numbers."""

    title: str
    policy: Policy
    note: str
    source: str


@cache
def read_presets() -> tuple[Preset, ...]:
    """The shipped presets; the first is the decision guide's own."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_preset(table) for table in tables.values())


def _preset(table: dict[str, str | int]) -> Preset:
    names = {field.name for field in fields(Policy)}
    numbers = {name: value for name, value in table.items() if name in names}
    return Preset(
        title=str(table["title"]),
        policy=Policy(**numbers),  # type: ignore[arg-type]
        note=str(table.get("note", "")),
        source=str(table["source"]),
    )


_NO_NUMBER = (*FINAL, *PRESSED, *HELD, "formal", "reply_due", "mishap", "invite")
_LAPSE = ("process", "quiet_lapsed")


def name_basis(advice: Advice, policy: Policy) -> str:
    """Which number of the policy the answer stands on, in words."""
    reason = advice.reason
    is_thanks = advice.decision == "call" and reason in THANKS
    if is_thanks or reason in _NO_NUMBER:
        return "what was said decides, whatever its numbers"
    if reason in CHASED:
        return f"an unanswered contact rests {count_days(policy.rest)}, {policy.chases} in all"
    finding = Finding(advice.decision, reason, advice.timeline, policy, 0)
    if reason in PROMISED or finding.is_by_window:
        if policy.grace:
            return f"{count_days(policy.grace)} of grace after a named time"
        return "no waiting past the end of a named time"
    if reason in _LAPSE:
        return f"a step still to come holds for {count_days(policy.lapse)}"
    return f"{count_days(policy.silence)} without a word where no time was named"
