"""When a promise was made: at which contact of the two sides."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model.dates import LEAST_SURE, DatedPhrase, Dates, likeliest
from model.judging.dating import start_of
from model.reading.note import Note
from model.reading.speech import (
    ends_sentence,
    is_addressed,
    is_earlier_told,
    is_pluperfect,
    is_told_next,
)
from model.times.spans import Time


@dataclass(frozen=True)
class Contacts:
    """The days on which the two sides were in touch.

    `promised`: the day of promises that follow no contact in the text. `spoken`: days on which the
    employer spoke; `chased`: days of the candidate's contacts (one counts as answered where the
    same sentence tells the answer). `answers`: where clauses that tell of an answer begin.
    """

    note: Note
    interview: DatedPhrase | None
    promised: DatedPhrase | None
    spoken: list[DatedPhrase]
    chased: list[DatedPhrase]
    answers: list[int]

    @classmethod
    def of(
        cls,
        note: Note,
        answered: Sequence[float],
        *,
        interviews: Dates,
        said: Dates,
        words: Dates,
        chases: Dates,
    ) -> "Contacts":
        """The sure ones; `answered`: how surely each clause tells of an answer."""
        clauses = zip(note.clauses, answered, strict=True)
        return cls(
            note,
            interview=likeliest(interviews),
            promised=likeliest(said) or likeliest(interviews) or likeliest(words),
            spoken=[each for each in said + words if each.chance >= LEAST_SURE],
            chased=[each for each in chases if each.chance >= LEAST_SURE],
            answers=[clause.start for clause, chance in clauses if chance >= LEAST_SURE],
        )

    def promise_of(self, time: Time) -> DatedPhrase | None:
        """The contact from which a promise runs: the last one told before it, if later.

        What "they had said" is of the interview, but "on the 14th they wrote that it had moved to
        Friday" is not.
        """
        text, start = self.note.text, time.start
        met = self.interview.day if self.interview else date.min
        last, chase = (_last_told(each, met, start) for each in (self.spoken, self.chased))
        if chase and self._is_told_at(chase, time):  # if not, no earlier one is answered either
            last = max(last or chase, chase, key=start_of)
        at = self.note.clause_at(start)
        clause = 0 if at is None else self.note.clauses[at].start
        if last is not None and start_of(last) >= clause:
            return last
        is_earlier = is_pluperfect(text, clause, start) or is_earlier_told(text, clause, start)
        return self.interview if is_earlier else last or self.promised

    def is_undated(self, time: Time) -> bool:
        """Whether a time stands in an answer of theirs of which nothing tells the day: "then she
        rang to say it would be Thursday now"."""
        is_dated = any(each.phrase for each in (*self.spoken, *self.chased))
        return not is_dated and self._is_answer(time)

    def is_promised_at(self, contact: DatedPhrase | None, time: Time) -> bool:
        """Whether a time follows in one sentence the word of theirs that promised it."""
        if contact is None or contact not in self.spoken:
            return False
        return self._is_answer(time) or self._is_told_at(contact, time)

    def is_message(self, contact: DatedPhrase | None, time: Time) -> bool:
        """Whether a time stands in the words to the candidate of a message told before it."""
        return contact in self.spoken and is_addressed(self.note.text, time.start)

    def _is_answer(self, time: Time) -> bool:
        """Whether a time follows in one sentence what tells of an answer."""
        count = bisect_right(self.answers, time.start)
        return count > 0 and not ends_sentence(self.note.text, self.answers[count - 1], time.start)

    def _is_told_at(self, contact: DatedPhrase, time: Time) -> bool:
        """Whether a time follows a contact in one sentence, as what was said then."""
        text, phrase = self.note.text, contact.phrase
        return phrase is not None and is_told_next(text, phrase[1], time.start)


def _last_told(contacts: Sequence[DatedPhrase], since: date, place: int) -> DatedPhrase | None:
    """Of the contacts from a day on, the one that is told last before a place of the notes."""
    told = (each for each in contacts if each.phrase and each.phrase[1] <= place)
    return max((each for each in told if each.day >= since), key=start_of, default=None)
