"""What promised times give: the end of a reply window, the day from which calls are welcome.

As the decision guide reads time: a promise counts from the day it was made, which is that of the
interview unless the notes say otherwise.
"""

from dataclasses import dataclass, replace
from datetime import date

from model.dates import Basis, DatedPhrase
from model.judging.contacts import Contacts
from model.judging.counting import first_of_period, near
from model.judging.dating import basis_of, end_of, phrase_of
from model.judging.due import workday_after_due
from model.judging.mentions import Mentions
from model.reading.note import Note
from model.reading.speech import is_denied, is_granted, is_limit, is_passing
from model.times.days import DAY
from model.times.spans import Hour, Time
from model.workdays import add_workdays, workday_on_or_after

MISSED = 1.0
"""Hours after which a call at a set hour has not come."""


@dataclass(frozen=True)
class Promises:
    """The windows, holds and deadlines that times give; `now`: the hour, if it is told."""

    note: Note
    today: date
    today_basis: Basis
    now: Hour | None
    contacts: Contacts
    mentions: Mentions
    country: str

    def window(self, time: Time) -> DatedPhrase | None:
        """The last day of a reply window, if it can be dated."""
        hour = time.reading.hour
        is_passed = bool(hour and self.now and hour.until(self.now) >= MISSED)
        if time.reading.form == "hour":
            phrase = time.start, time.end
            at = DatedPhrase(
                self.today, phrase, is_distance=True, is_passed=is_passed, basis="inferred"
            )
            return at if self.now and time.reading.anchor == "today" else None
        made = self.contacts.promise_of(time)
        end = self._dated(time, self._last_day(time, made), made)
        return replace(end, is_passed=True) if end and is_passed and end.day == self.today else end

    def _last_day(self, time: Time, made: DatedPhrase | None) -> date | None:
        first, last = self.mentions.days(time, made)
        if last is None:  # "after the weekend": the first business day
            return workday_on_or_after(first, self.country) if first else None
        if not time.reading.form.startswith("before"):
            return last
        if is_denied(self.note.text, time.start):
            return last + DAY  # "not before the 14th": perhaps on the 14th
        moved = add_workdays(last + DAY, -1, self.country)  # not put off: before it
        return moved if made is None or moved >= made.day else last

    def hold(self, time: Time) -> DatedPhrase | None:
        """The first day on which calling is welcome: from a day on, or after a window."""
        made = self.contacts.promise_of(time)
        return self._dated(time, self._free_from(time, made), made)

    def _free_from(self, time: Time, made: DatedPhrase | None) -> date | None:
        first, last = self.mentions.days(time, made)
        if last is None:
            return first
        text, reading = self.note.text, time.reading
        if self.mentions.is_of_hold(time):
            return last  # "ring me on Friday, I'll know by then"
        is_given = reading.length is None and is_granted(text, time.start)
        if is_given or is_limit(text, time.start, time.end):
            return workday_after_due(last, self.country)
        if is_passing(text, time.end) or reading.form.startswith("before"):
            return last + DAY  # "once the 14th has passed"; "not before the 14th"
        if first is None:
            return first_of_period(reading, last)
        return last if time.kind == "length" else first

    def coming(self, time: Time) -> DatedPhrase | None:
        """The coming day that an expression means."""
        day = end_of(near(time.reading, self.today))
        return phrase_of(time, day, self.today_basis) if day else None

    def _dated(self, time: Time, day: date | None, made: DatedPhrase | None) -> DatedPhrase | None:
        """The day a time means, with how it is known and when it was promised."""
        if day is None:
            return None
        reading = time.reading
        is_own = reading.anchor in ("today", "back")
        start = self.today_basis if is_own else made.basis if made else "assumed"
        return DatedPhrase(
            day, (time.start, time.end),
            made=made.day if made and made.day <= day else None,  # nobody promises what is past
            basis=basis_of(reading, start),
        )  # fmt: skip
