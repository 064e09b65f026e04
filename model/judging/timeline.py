"""What each time in a note is about, and the calendar that follows from it.

Of several promises the newer one replaces the older.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from model.data import TIME_ROLES
from model.dates import LEAST_SURE, Basis, DatedPhrase, Dates, Timeline, by_newest, likeliest
from model.judging.anchors import Anchors
from model.judging.contacts import Contacts
from model.judging.dating import FromToday, Roles, start_of
from model.judging.mentions import Mentions
from model.judging.promises import Promises
from model.reading.note import Note
from model.reading.speech import is_unreached
from model.times.days import DAY, SATURDAY
from model.times.spans import Time
from model.workdays import holidays_of, workday_on_or_after

DAY_FORMS = ("weekday", "calendar", "nth")
"""Forms of time expressions that name a day."""


def build_timeline(
    note: Note,
    roles: NDArray[np.float64],
    answered: Sequence[float],
    *,
    as_of: date | None,
    interview_date: date | None,
    default_today: date,
    country: str,
) -> Timeline:
    """The timeline of a note.

    `roles` holds a row of probabilities for each time of the note, a column for each of
    `TIME_ROLES`; `answered` says how surely each clause tells of an answer. Without `as_of` the
    notes' own words about today count, else `default_today` stands in and only distances are known.
    """
    with holidays_of(country):
        about = Roles(note.times, dict(zip(TIME_ROLES, roles.T.tolist(), strict=True)))
        clocks = list(about.picked("today"))
        today, known = _today(clocks, as_of, default_today, country)
        basis: Basis = "stated" if as_of else "inferred" if known else "assumed"
        given = interview_date if interview_date and interview_date <= today else None
        told = FromToday.of(note, about, today, basis, given if known else None)
        interviews = _interviews(about, told, given, known)
        said, chases = (by_newest(about.dated(role, told.contact)) for role in ("said", "chase"))
        chases = tuple(each for each in chases if _has_reached(note, each))
        words = by_newest([*about.dated("word", told.contact), *_answers(chases, note, answered)])
        contacts = Contacts.of(
            note, answered, interviews=interviews, said=said, words=words, chases=chases
        )
        now = next((hour for clock in reversed(clocks) if (hour := clock.reading.hour)), None)
        anchors = Anchors(note, today, now, contacts, holds=list(about.picked("hold")))
        mentions = Mentions(note, about, contacts, anchors)
        promises = Promises(note, today, basis, now, contacts, mentions, country)
        windows = by_promise(_with_hours([*about.dated("window", promises.window)], today))
        return Timeline(
            today=today,
            is_today_known=known,
            names_today=any(clock.reading.form in DAY_FORMS for clock in clocks),
            promised=contacts.promised,
            interviews=interviews,
            windows=windows,
            overs=_without_older(by_newest(about.dated("over", told.ended)), windows),
            holds=by_promise(about.dated("hold", promises.hold)),
            chases=chases,
            words=words,
            deadlines=_by_soonest(about.dated("pressure", promises.coming), today),
            steps=by_newest(about.dated("process", promises.window)),
            meetings=_by_soonest(about.dated("interview", told.to_come), today),
            today_basis=basis,
        )


def _interviews(about: Roles, told: FromToday, given: date | None, known: bool) -> Dates:
    """The interviews that have been; the given one is the latest, if it is known when today is."""
    latest = given if given and known else told.today
    met = (each for each in about.dated("interview", told.interview) if each.day <= latest)
    return by_newest([*([DatedPhrase(given)] if given else []), *met])


def _has_reached(note: Note, contact: DatedPhrase) -> bool:
    """Whether a contact was not just a ring that reached nobody."""
    at = note.clause_at(contact.phrase[0]) if contact.phrase else None
    clause = None if at is None else note.clauses[at]
    return clause is None or not is_unreached(note.text, clause.start, clause.end)


def _answers(chases: Dates, note: Note, answered: Sequence[float]) -> Iterator[DatedPhrase]:
    """The employer's answers to contacts, which are words of theirs of the same day or later."""
    for chase in chases:
        if chase.phrase:
            chance = max(answered[note.clause_from(chase.phrase[0]) :], default=0.0)
            yield replace(chase, chance=chase.chance * chance)


def _by_soonest(dates: Iterable[DatedPhrase], today: date) -> Dates:
    """The days from today on, the next one first."""
    return tuple(sorted((d for d in dates if d.day >= today), key=lambda d: d.day))


def by_promise(dates: Iterable[DatedPhrase]) -> Dates:
    """Promised days, the one that was promised last first; of one day's promises the one told last.

    A day that is told again is told where it first stands, and was promised then: who repeats it
    promises nothing new.
    """
    days, first = list(dates), dict[date, DatedPhrase]()
    for each in sorted(days, key=start_of):
        if each.phrase and each.chance >= LEAST_SURE:
            first.setdefault(each.day, each)

    def rank(each: DatedPhrase) -> tuple[date, int, date]:
        told = first.get(each.day, each)
        return told.made or date.min, start_of(told), each.day

    return tuple(sorted(days, key=rank, reverse=True))


def _without_older(overs: Dates, windows: Dates) -> Dates:
    """The `overs` without those told between an older promise and the newest: they are about the
    older one."""
    newest = likeliest(windows)
    if newest is None or newest.phrase is None:
        return overs
    start = newest.phrase[0]
    sure = (each for each in windows if each.chance >= LEAST_SURE and each.day != newest.day)
    first = min((each.phrase[1] for each in sure if each.phrase), default=start)
    return tuple(each for each in overs if not (each.phrase and first <= each.phrase[0] < start))


def _with_hours(windows: list[DatedPhrase], today: date) -> list[DatedPhrase]:
    """Hours that stand alone are of the day that is named elsewhere, else of today.

    They are the ones that are known by their distance; promised days never are. Nothing is passed
    before the last of them is.
    """
    hours = [each for each in windows if each.is_distance]
    days = [each for each in windows if not each.is_distance]
    sure = [each.is_passed for each in hours if each.chance >= LEAST_SURE]
    if not sure:
        return windows
    if any(each.chance >= LEAST_SURE for each in days):
        return [replace(d, is_passed=all(sure)) if d.day == today else d for d in days]
    return days + [replace(hour, is_passed=all(sure)) for hour in hours]


def _today(
    candidates: list[Time], as_of: date | None, default: date, country: str
) -> tuple[date, bool]:
    """The day of reading, and whether anything tells it."""
    if as_of is not None:
        return as_of, True
    for time in candidates:
        reading = time.reading
        day = reading.first_day(default + DAY, True)
        if day and reading.form in DAY_FORMS:
            return (_no_holiday(day, country) if reading.form == "weekday" else day), True
    return default, False


def _no_holiday(day: date, country: str) -> date:
    """The day, or that of the week before: of a holiday nobody says just "it's Thursday"."""
    is_holiday = day.weekday() < SATURDAY and workday_on_or_after(day, country) != day
    return day - 7 * DAY if is_holiday else day
