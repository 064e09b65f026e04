"""Times that count from a step of the employer's: "they meet on Monday and ring Wednesday"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model.dates import DatedPhrase
from model.judging.anchors import Anchors
from model.judging.counting import is_weekday
from model.reading.note import Note
from model.reading.speech import ends_sentence, is_following, is_from_that
from model.times.days import DAY
from model.times.lexer import Token
from model.times.spans import Span


@dataclass(frozen=True)
class Steps:
    """The `times` of a note that tell of a step."""

    note: Note
    anchors: Anchors
    times: Sequence[Token]

    def days(self, token: Token, made: DatedPhrase | None) -> Span | None:
        """The days of a time that counts from a step told before; None where none does."""
        day = self._day_before(token, made)
        return None if day is None else token.value.span(day)

    def _day_before(self, token: Token, made: DatedPhrase | None) -> date | None:
        """The day from which a time counts that is told from a step.

        A weekday is of the step, or later; "the Wednesday after" is later than its end, "a week
        from that" counts from it.
        """
        step = self._step_of(token, made)
        if step is None:
            return None
        first, last = self.anchors.days(step, made)
        if self._is_from(token) or is_following(self.note.text, token.end):
            return last or first
        day = first or last
        return day - DAY if day and not (made and day <= made.day) else None

    def _step_of(self, token: Token, made: DatedPhrase | None) -> Token | None:
        """The step told before a time that counts from it, if its day is known.

        A weekday counts from a step of its sentence.
        """
        before = [step for step in self.times if step.end <= token.start]
        if not before:
            return None
        step = max(before, key=_start_of)
        if step.value.anchor not in (("promise", "calendar") if made else ("calendar",)):
            return None
        if is_weekday(token.value) and token.value.anchor == "promise":
            return None if ends_sentence(self.note.text, step.end, token.start) else step
        return step if self._is_from(token) else None

    def _is_from(self, token: Token) -> bool:
        """Whether it is a length that counts from what was told: "a week from that"."""
        return token.value.length is not None and is_from_that(self.note.text, token.end)


def _start_of(step: Token) -> int:
    return step.start
