"""From which day a time counts: that of the promise, or the writer's own."""

from dataclasses import dataclass
from datetime import date

from model.dates import DatedPhrase
from model.judging.contacts import Contacts
from model.judging.counting import (
    RECENT,
    RECENT_HOLD,
    after_promise,
    is_end,
    is_weekday,
    nearest,
    recent,
)
from model.judging.dating import end_of
from model.reading.note import Note
from model.reading.speech import is_limit, is_present, is_quoted, is_reported
from model.times.days import DAY, week_of
from model.times.spans import Hour, Span, Time


@dataclass(frozen=True)
class Anchors:
    """The days from which times count.

    `now`: the writer's hour, if it is told; `holds`: the times that tell from when to call.
    """

    note: Note
    today: date
    now: Hour | None
    contacts: Contacts
    holds: list[Time]

    def days(self, time: Time, made: DatedPhrase | None) -> Span:
        """The days that a time promised at a contact means; none where they cannot be dated.

        Without the day of the promise a calendar date is the nearest one, a weekday or the end of a
        week today, one of the recent days or the coming one, and a length cannot be dated.
        "Today" is the writer's own unless it is quoted or reported, "last Friday" always.
        """
        reading = time.reading
        if self._is_own(time, made):
            return reading.span(self.today)
        present = self._present(time, made) if is_weekday(reading) else None
        if present is not None:
            return reading.span(present - DAY)
        if made is not None:
            return after_promise(reading, made.middle if is_weekday(reading) else made.day)
        if is_weekday(reading) or is_end(reading):
            return recent(reading, self.today, RECENT_HOLD if self._is_to_call(time) else RECENT)
        return nearest(reading, self.today) if reading.anchor == "calendar" else (None, None)

    def _is_to_call(self, time: Time) -> bool:
        """Whether a time is a day to call on: "ring me Monday", not "if not heard by Monday"."""
        return time in self.holds and not is_limit(self.note.text, time.start, time.end)

    def _is_own(self, time: Time, made: DatedPhrase | None) -> bool:
        """Whether a time is told from the writer's own day."""
        reading = time.reading
        if reading.anchor != "today":
            return reading.anchor == "back"
        if is_quoted(self.note.text, time.start):
            return False
        end = end_of(reading.span(made.day)) if made else None
        if made is None or (end is not None and end < made.day):
            return True  # nobody promises what is past: "a call yesterday at ten"
        if self.contacts.is_promised_at(made, time) or self.contacts.is_message(made, time):
            return False
        is_today = end_of(reading.span(self.today)) == self.today
        is_set = is_today and bool(reading.hour and self.now)
        return is_set or not is_reported(self.note.text, time.start)

    def _present(self, time: Time, made: DatedPhrase | None) -> date | None:
        """The day from which a weekday counts that is told from the writer's own day.

        "Which is Monday" is still to come, and so is the Monday of an answer that nothing dates,
        once the interview is a week ago; "this Monday" is that of the writer's week, over or not.
        """
        text = self.note.text
        is_recent = made is not None and self.today - made.day <= 7 * DAY
        if not is_recent and self.contacts.is_undated(time):
            return self.today
        words = text[time.start : time.end].lower().split()
        is_this = "this" in words
        if not is_this and ("the" in words or not is_present(text, time.start)):
            return None
        if is_quoted(text, time.start) or self.contacts.is_promised_at(made, time):
            return None
        return week_of(self.today)[0] if is_this else self.today
