from datetime import date
from pathlib import Path

import pytest

from model.asking.corrections import keep_correction
from model.data import read_file, read_scenarios
from model.errors import DataError

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


def test_a_second_click_keeps_no_second_row(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    for label in ("call", "call", "wait"):
        keep_correction(path, HOSTILE, label, TODAY, None)
    assert [each.label for each in read_file(path)] == ["call", "wait"]


def test_a_file_edited_by_hand_goes_on_with_a_new_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    keep_correction(path, "First", "call", TODAY, None)
    path.write_bytes(path.read_bytes().rstrip())
    keep_correction(path, "Second", "wait", TODAY, None)
    assert [each.notes for each in read_file(path)] == ["First", "Second"]


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    keep_correction(tmp_path / "own.csv", "Notes", "call", TODAY, None)
    assert (tmp_path / "own.csv").stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written"):
        keep_correction(tmp_path / "no" / "own.csv", "Secret", "call", TODAY, None)
