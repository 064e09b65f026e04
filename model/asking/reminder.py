"""A calendar file (RFC 5545) that reminds of the day to call."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

_LINE = 75  # octets


def make_reminder(day: date, title: str, text: str) -> bytes:
    """An all-day event on `day` with an alarm at nine; `text` is its description."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//call-or-wait//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid4()}",
        f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(title)}",
        f"DESCRIPTION:{_escape(text)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escape(title)}",
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(piece for line in lines for piece in _fold(line))


def _escape(text: str) -> str:
    """The backslash first, or it would be escaped twice."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _fold(line: str) -> Iterator[bytes]:
    """Pieces of 75 octets at most, never through a character; all but the first are indented."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > _LINE:
            yield piece + b"\r\n"
            piece = b" "
        piece += octets
    yield piece + b"\r\n"
