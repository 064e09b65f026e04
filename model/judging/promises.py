"""Which days promised times mean.

As the decision guide reads time: a promise counts from the day it was made, which is that of the
interview unless the notes say otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from model.judging.counting import after_promise, first_of_period, is_it, near, nearest, recent
from model.judging.dating import Roles, basis_of, end_of, phrase_of, told_before
from model.judging.due import due_next
from model.reading.note import Note
from model.reading.speech import (
    ends_sentence,
    is_condition,
    is_denied,
    is_earlier_told,
    is_following,
    is_from_that,
    is_granted,
    is_passing,
    is_pluperfect,
    is_pointed_at,
    is_present,
    is_quoted,
    is_reported,
    is_told_next,
)
from model.times.days import DAY, week_of
from model.times.lexer import Token
from model.times.spans import Hour, Reading, Span
from model.types import Basis, DatedPhrase
from model.workdays import add_workdays, workday_on_or_after

MISSED = 1.0
"""Hours after which a call at a set hour has not come."""

_STEPS = ("process", "window", "hold")
"""Roles of times that are still to come."""


@dataclass(frozen=True)
class Promises:
    """The days that promised times mean.

    `now`: the hour, if it is told. `spoken`: days on which the employer spoke; `chased`: days of
    the candidate's contacts. A promise that follows one of them in the text was made then (that it
    was an answer, one sentence tells); the others on the day `promised`. `answers`: where clauses
    that tell of an answer begin.
    """

    note: Note
    roles: Roles
    today: date
    today_basis: Basis
    now: Hour | None
    interview: DatedPhrase | None
    promised: DatedPhrase | None
    spoken: list[DatedPhrase]
    chased: list[DatedPhrase]
    answers: list[int]
    country: str

    def window(self, token: Token) -> DatedPhrase | None:
        """The last day of a reply window, if it can be dated."""
        promised = self._promised(token)
        hour: Hour | None = token.value.hour
        is_passed = bool(hour and self.now and hour.until(self.now) >= MISSED)
        if token.value.form == "hour":
            phrase = token.start, token.end
            at = DatedPhrase(self.today, phrase, True, is_passed=is_passed, basis="inferred")
            return at if self.now else None
        first, last = self._ahead(token, promised)
        if last is None and first is not None:  # "after the weekend": the first business day
            last = workday_on_or_after(first, self.country)
        is_before = token.value.form.startswith("before")
        if last is not None and is_before and is_denied(self.note.text, token.start):
            last += timedelta(days=1)  # "not before the 14th": perhaps on the 14th
        elif last is not None and is_before:  # not put off: before it
            moved = add_workdays(last + timedelta(days=1), -1, self.country)
            last = moved if promised is None or moved >= promised.day else last
        end = self._promise(token, last, promised)
        return replace(end, is_passed=True) if end and is_passed and end.day == self.today else end

    def hold(self, token: Token) -> DatedPhrase | None:
        """The first day on which calling is welcome: from a day on, or after a window."""
        promised = self._promised(token)
        first, last = self._ahead(token, promised)
        return self._promise(token, self._free_from(token, first, last), promised)

    def _free_from(self, token: Token, first: date | None, last: date | None) -> date | None:
        """The first day to call on, of the days that are named for it."""
        if last is None:
            return first
        text, reading = self.note.text, token.value
        is_by = text[token.start : token.end].lower().split()[0] == "by"
        is_limit = is_by or (reading.length is None and is_granted(text, token.start))
        if is_limit or is_condition(text, token.start):
            return due_next(last, self.country)
        if is_passing(text, token.end) or reading.form.startswith("before"):
            return last + DAY  # "once the 14th has passed"; "not before the 14th"
        if first is None:
            return first_of_period(reading, last)
        return last if token.kind == "length" else first

    def coming(self, token: Token) -> DatedPhrase | None:
        """The coming day that an expression means."""
        day = end_of(near(token.value, self.today))
        return phrase_of(token, day, self.today_basis) if day else None

    def _promised(self, token: Token) -> DatedPhrase | None:
        """The day from which a promise runs: the last contact told before it, if later.

        What "they had said" is of the interview, but "on the 14th they wrote that it had moved to
        Friday" is not.
        """
        text, start = self.note.text, token.start
        met = self.interview.day if self.interview else date.min
        told = [
            (each.phrase, each)
            for each in (*self.spoken, *self._answered(token))
            if each.phrase and each.phrase[1] <= start and each.day >= met
        ]
        (told_at, _), last = max(told, key=lambda each: each[0], default=((-1, 0), self.promised))
        clauses = (each for each in self.note.clauses if each.start <= start < each.end)
        clause = next((each.start for each in clauses), 0)
        is_earlier = is_pluperfect(text, clause, start) or is_earlier_told(text, clause, start)
        return self.interview if is_earlier and told_at < clause else last

    def _answered(self, token: Token) -> Iterator[DatedPhrase]:
        """The contacts of the candidate that a time follows as what was said then."""
        for each in self.chased:
            if each.phrase and is_told_next(self.note.text, each.phrase[1], token.start):
                yield each

    def _ahead(self, token: Token, promised: DatedPhrase | None) -> Span:
        """The days that a time promised then means; none where they cannot be dated.

        Without the day of the promise a calendar date is the nearest one, a weekday today, one of
        the `RECENT` days or the coming one, and a length cannot be dated. "Today" is the writer's
        own unless it is quoted or reported, "last Friday" always.
        """
        reading: Reading = token.value
        if reading.anchor == "told":
            day = told_before(self._told, token) or (promised.day if promised else None)
            if day is not None and is_it(reading, day):
                return day, day
            return (day and reading.resolve(day, False)) or (None, None)
        day = None if self._step_before(token, promised) else self._told_again(token, promised)
        return (day, day) if day else self._counted(token, promised)

    def _told_again(self, token: Token, promised: DatedPhrase | None) -> date | None:
        """The day told before that a time names again.

        A weekday may name one promised then, "that tomorrow" names the last one.
        """
        days = [each for each in self._promised_days if each[0] < token.start]
        if days and is_pointed_at(self.note.text, token.start):
            return days[-1][2]
        again = [day for _, made, day in days if made == promised and is_it(token.value, day)]
        return again[-1] if again else None

    @cached_property
    def _promised_days(self) -> list[tuple[int, DatedPhrase | None, date]]:
        """Where promised days are told, in order, when they were promised and which they are."""
        days = list[tuple[int, DatedPhrase | None, date]]()
        for token in self.roles.picked("window", "hold"):
            if token.value.anchor != "told":
                made = self._promised(token)
                day = end_of(self._counted(token, made))
                if day and not (made and day <= made.day):
                    days.append((token.start, made, day))
        return sorted(days, key=lambda each: each[0])

    def _counted(self, token: Token, promised: DatedPhrase | None) -> Span:
        """The days counted from a step told before, else from the day of the promise."""
        step = self._step_before(token, promised)
        if step is not None:
            return token.value.resolve(step, False) or (None, None)
        return self._from_promise(token, promised)

    def _from_promise(self, token: Token, promised: DatedPhrase | None) -> Span:
        """The days counted from the day of the promise, or from today."""
        reading: Reading = token.value
        if self._is_own(token, promised):
            return reading.resolve(self.today, False) or (None, None)
        present = self._present(token, promised) if reading.form.endswith("weekday") else None
        if present is not None:
            return reading.resolve(present - DAY, False) or (None, None)
        if promised is not None:
            return after_promise(reading, promised.day)
        if reading.form.endswith("weekday"):
            return recent(reading, self.today)
        return nearest(reading, self.today) if reading.anchor == "calendar" else (None, None)

    def _is_own(self, token: Token, promised: DatedPhrase | None) -> bool:
        """Whether a time is told from the writer's own day."""
        reading: Reading = token.value
        if reading.anchor != "today":
            return reading.anchor == "back"
        if is_quoted(self.note.text, token.start):
            return False
        end = end_of(reading.resolve(promised.day, False)) if promised else None
        if promised is None or (end is not None and end < promised.day):
            return True  # nobody promises what is past: "a call yesterday at ten"
        if self._is_said_next(token, promised):
            return False
        is_today = end_of(reading.resolve(self.today, False)) == self.today
        is_set = is_today and bool(reading.hour and self.now)
        return is_set or not is_reported(self.note.text, token.start)

    def _present(self, token: Token, promised: DatedPhrase | None) -> date | None:
        """The day from which a weekday counts that is told from the writer's own day.

        "Which is Monday" is still to come, "this Monday" is that of the writer's week, over or not.
        """
        text = self.note.text
        if is_quoted(text, token.start) or self._is_said_next(token, promised):
            return None
        words = text[token.start : token.end].lower().split()
        if "this" in words:
            return week_of(self.today)[0]
        return self.today if is_present(text, token.start) and "the" not in words else None

    def _is_said_next(self, token: Token, promised: DatedPhrase | None) -> bool:
        """Whether a time follows in one sentence the word of theirs that promised it."""
        if promised not in self.spoken:
            return False
        text = self.note.text
        told = (start for start in self.answers if start <= token.start)
        is_answer = any(not ends_sentence(text, start, token.start) for start in told)
        end = promised.phrase[1] if promised and promised.phrase else 0
        return is_answer or is_told_next(text, end, token.start)

    def _step_before(self, token: Token, promised: DatedPhrase | None) -> date | None:
        """The day from which a time counts that is told from a step.

        "They meet on Monday the 16th and ring Wednesday": a weekday is of a step in the sentence,
        or later; "the Wednesday after" is later than its end, "a week from that" counts from it.
        """
        text = self.note.text
        is_from = token.value.length is not None and is_from_that(text, token.end)
        is_weekday = token.value.form.endswith("weekday") and token.value.anchor == "promise"
        before = (step for step in self._steps if step.end <= token.start)
        step = max(before, key=lambda step: step.start, default=None)
        if step is None or not (is_from or is_weekday):
            return None
        if step.value.anchor not in (("promise", "calendar") if promised else ("calendar",)):
            return None
        if is_weekday and ends_sentence(text, step.end, token.start):
            return None
        first, last = self._from_promise(step, promised)
        if is_from or is_following(text, token.end):
            return last or first
        day = first or last
        return day - DAY if day and not (promised and day <= promised.day) else None

    @cached_property
    def _steps(self) -> list[Token]:
        return list(self.roles.picked("process"))

    def _promise(
        self, token: Token, day: date | None, made: DatedPhrase | None
    ) -> DatedPhrase | None:
        if day is None:
            return None
        is_own = token.value.anchor in ("today", "back")
        start = self.today_basis if is_own else made.basis if made else "assumed"
        if made and day < made.day:  # nobody promises what is past: it is from before
            made = None
        return DatedPhrase(
            day, (token.start, token.end),
            made=made.day if made else None, basis=basis_of(token.value, start),
        )  # fmt: skip

    @cached_property
    def _told(self) -> list[tuple[int, date]]:
        """Where steps still to come and contacts end in the text, and their days."""
        contacts = (*self.spoken, *self.chased)
        told = [(each.phrase[1], each.day) for each in contacts if each.phrase]
        for step in self.roles.picked(*_STEPS):
            if step.value.anchor == "told":
                continue
            if day := end_of(self._ahead(step, self._promised(step))):
                told.append((step.end, day))
        return told
