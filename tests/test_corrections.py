import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from model.asking.corrections import keep_correction
from model.data import COLUMNS, OWN, read_file, read_scenarios
from model.errors import DataError
from model.types import Label

TODAY = date(2026, 11, 25)
HOSTILE = 'They said "Friday",\n=1+1; so I wait\n\nand wait, é📞'


def test_train_reads_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    for number in range(10):
        keep_correction(path, f"{HOSTILE} {number}", "call", TODAY, None)
        keep_correction(path, f"No calls {number}", "wait", None, TODAY)
    scenarios = read_scenarios(path)
    assert len({each.id for each in scenarios}) == len(scenarios) == 20
    first, second = scenarios[:2]
    assert (first.notes, first.label, first.as_of) == (f"{HOSTILE} 0", "call", TODAY)
    assert (second.label, second.as_of, second.interview_date) == ("wait", None, TODAY)


def test_sessions_that_keep_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    notes = [f"Notes {number}" for number in range(60)]
    with ThreadPoolExecutor(4) as sessions:
        list(sessions.map(lambda text: keep_correction(path, text, "call", TODAY, None), notes))
    assert {each.notes for each in read_file(path)} == set(notes)


OLD = "They said by Friday.\r\nNothing yet."
# fmt: off
CLICKS = [
    # clicks: notes, label, day of reading               what is kept
    ([(OLD, "call", TODAY)],                              ["call"]),
    ([(OLD, "call", TODAY)] * 2,                          ["call"]),
    ([(OLD, "wait", TODAY), (OLD, "call", TODAY)],        ["call"]),
    ([(OLD, "wait", TODAY), (OLD, "call", None)],         ["wait", "call"]),
    ([(OLD, "wait", TODAY), (f"{OLD} ", "call", TODAY)],  ["wait", "call"]),
]
# fmt: on


@pytest.mark.parametrize(("clicks", "labels"), CLICKS)
def test_of_the_same_notes_and_dates_the_last_label_is_kept(
    tmp_path: Path, clicks: list[tuple[str, Label, date | None]], labels: list[str]
) -> None:
    path = tmp_path / "own.csv"
    for notes, label, as_of in clicks:
        keep_correction(path, notes, label, as_of, None)
    assert [each.label for each in read_file(path)] == labels


# fmt: off
BY_HAND = [
    # table                                    columns of its own, then its rows but the new one
    ("",                                       [],        []),
    ("notes,label\r\n",                        [],        []),
    ("notes,label\nFirst,wait",                [],        [{"notes": "First", "label": "wait"}]),
    ("why,label,notes\n\nhm,wait,New\n",       ["why"],   [{"notes": "New", "label": "call", "why": "hm"}]),
    ("\ufeffid,notes,label,cues\nown-1,New,wait,[]\n", [], [{"id": "own-1", "notes": "New", "label": "call", "cues": "[]"}]),
]
# fmt: on


@pytest.mark.parametrize(("table", "own", "rows"), BY_HAND)
def test_a_file_made_by_hand_loses_nothing(
    tmp_path: Path, table: str, own: list[str], rows: list[dict[str, str]]
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(table, encoding="utf-8", newline="")
    keep_correction(path, "New", "call", None, None)
    with path.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert list(found[0]) == [*COLUMNS, *own]
    kept = [{name: cell for name, cell in row.items() if cell} for row in found]
    assert [row for row in kept if row.get("voice") != OWN] == rows
    assert [each.label for each in read_file(path) if each.notes == "New"] == ["call"]


BROKEN = [
    (b"text\nFirst\n", "no column notes or label"),
    (b"notes,label\nFirst,wait,2026-11-25\n", "line 2: more cells than the header has columns"),
    (b'notes,label\n"First,wait\n', "look for a stray quote"),
]


@pytest.mark.parametrize(("table", "said"), BROKEN)
def test_a_file_that_is_no_table_stays_as_it_is(tmp_path: Path, table: bytes, said: str) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(table)
    with pytest.raises(DataError, match=said):
        keep_correction(path, "New", "call", TODAY, None)
    assert path.read_bytes() == table


def test_a_table_in_windows_1252_is_kept_in_utf8(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"notes,label\ncaf\xe9,wait\n")
    keep_correction(path, "New", "call", TODAY, None)
    assert [each.notes for each in read_file(path)] == ["café", "New"]


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    keep_correction(tmp_path / "own.csv", "Notes", "call", TODAY, None)
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written"):
        keep_correction(tmp_path / "no" / "own.csv", "Secret", "call", TODAY, None)
