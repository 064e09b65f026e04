from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from model.asking.reminder import make_reminder

DAY = date(2026, 12, 31)
TEXTS = ["", "Hello, this is me; \\n is no line end.", "two\nlines", "Grüße " * 40, "📞" * 60]


def read(reminder: bytes) -> tuple[date, date, str, str]:
    (event,) = Calendar.from_ical(reminder).walk("VEVENT")
    return (
        event["DTSTART"].dt, event["DTEND"].dt, str(event["SUMMARY"]), str(event["DESCRIPTION"]),
    )  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_library_reads_it_back(text: str) -> None:
    assert read(make_reminder(DAY, "Call", text)) == (DAY, date(2027, 1, 1), "Call", text)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200))
def test_lines_are_short_and_end_in_crlf(text: str) -> None:
    reminder = make_reminder(DAY, text, text)
    lines = reminder.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    for line in lines:
        line.decode()  # no fold goes through a character
    assert read(reminder)[2] == text
