"""Which days promised times mean that may take up a day mentioned before: "by that Friday"."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from model.dates import DatedPhrase
from model.judging.anchors import Anchors
from model.judging.contacts import Contacts
from model.judging.counting import may_be
from model.judging.dating import Roles, end_of, told_before
from model.judging.steps import Steps
from model.reading.note import Note
from model.reading.speech import is_pointed_at
from model.times.spans import Span, Time

_AHEAD = ("process", "window", "hold")
"""Roles of times that are still to come."""


@dataclass(frozen=True)
class Mentions:
    """The days that the notes mention."""

    note: Note
    roles: Roles
    contacts: Contacts
    anchors: Anchors

    def days(self, time: Time, made: DatedPhrase | None) -> Span:
        """The days that a time promised at a contact means; none where they cannot be dated."""
        if time.reading.anchor == "told":
            day = told_before(self._told, time) or (made.day if made else None)
            if day is None:
                return None, None
            return (day, day) if may_be(time.reading, day) else time.reading.span(day)
        from_step = self._steps.days(time, made)
        if from_step is not None:
            return from_step
        again = self._told_again(time, made)
        return (again, again) if again else self.anchors.days(time, made)

    def is_of_hold(self, time: Time) -> bool:
        """Whether a time takes up the day told last before it, and that was one to call on."""
        before = [each for each in self._ahead if each.end <= time.start]
        if time.reading.anchor != "told" or not before:
            return False
        last = max(before, key=attrgetter("end"))
        return any(each is last for each in self.roles.picked("hold"))

    def _told_again(self, time: Time, made: DatedPhrase | None) -> date | None:
        """The day told before that a time names again.

        A weekday may name one promised then, "that tomorrow" names the last one.
        """
        before = [each for each in self._promised if each[0] < time.start]
        if before and is_pointed_at(self.note.text, time.start):
            return before[-1][2]
        again = (day for _, then, day in reversed(before) if then == made)
        return next((day for day in again if may_be(time.reading, day)), None)

    @cached_property
    def _promised(self) -> list[tuple[int, DatedPhrase | None, date]]:
        """Where promised days are told, in order, when they were promised and which they are."""
        days = list[tuple[int, DatedPhrase | None, date]]()
        for time in self.roles.picked("window", "hold"):
            if time.reading.anchor not in ("told", "back"):  # "last week" names no day to come
                made = self.contacts.promise_of(time)
                from_step = self._steps.days(time, made)
                day = end_of(from_step or self.anchors.days(time, made))
                if day and not (made and day <= made.day):
                    days.append((time.start, made, day))
        return sorted(days, key=lambda each: each[0])

    @cached_property
    def _told(self) -> list[tuple[int, date]]:
        """Where contacts and times still to come end in the text, and their days."""
        contacts = (*self.contacts.spoken, *self.contacts.chased)
        told = [(each.phrase[1], each.day) for each in contacts if each.phrase]
        for time in self._ahead:
            if day := end_of(self.days(time, self.contacts.promise_of(time))):
                told.append((time.end, day))
        return told

    @cached_property
    def _ahead(self) -> list[Time]:
        """The times still to come that do not take up a day told before."""
        return [each for each in self.roles.picked(*_AHEAD) if each.reading.anchor != "told"]

    @cached_property
    def _steps(self) -> Steps:
        return Steps(self.note, self.anchors, list(self.roles.picked("process")))
