"""Times that count from a step of the employer's: "they meet on Monday and ring Wednesday"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from model.dates import DatedPhrase
from model.judging.anchors import Anchors
from model.judging.counting import is_weekday
from model.reading.note import Note
from model.reading.speech import ends_sentence, is_following, is_from_that
from model.times.days import DAY
from model.times.spans import Span, Time


@dataclass(frozen=True)
class Steps:
    """The `times` of a note that tell of a step."""

    note: Note
    anchors: Anchors
    times: Sequence[Time]

    def days(self, time: Time, made: DatedPhrase | None) -> Span | None:
        """The days of a time that counts from a step told before; None where none does."""
        day = self._day_before(time, made)
        return None if day is None else time.reading.span(day)

    def _day_before(self, time: Time, made: DatedPhrase | None) -> date | None:
        """The day from which a time counts that is told from a step.

        A weekday is of the step, or later; "the Wednesday after" is later than its end, "a week
        from that" counts from it.
        """
        step = self._step_of(time, made)
        if step is None:
            return None
        first, last = self.anchors.days(step, made)
        if self._is_from(time) or is_following(self.note.text, time.end):
            return last or first
        day = first or last
        return day - DAY if day and not (made and day <= made.day) else None

    def _step_of(self, time: Time, made: DatedPhrase | None) -> Time | None:
        """The step told before a time that counts from it, if its day is known.

        A weekday counts from a step of its sentence.
        """
        before = [step for step in self.times if step.end <= time.start]
        if not before:
            return None
        step = max(before, key=attrgetter("start"))
        if step.reading.anchor not in (("promise", "calendar") if made else ("calendar",)):
            return None
        if is_weekday(time.reading) and time.reading.anchor == "promise":
            return None if ends_sentence(self.note.text, step.end, time.start) else step
        return step if self._is_from(time) else None

    def _is_from(self, time: Time) -> bool:
        """Whether it is a length that counts from what was told: "a week from that"."""
        return time.reading.length is not None and is_from_that(self.note.text, time.end)
