import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench import data_check
from bench.data_check import (
    doubled_ids,
    imbalances,
    lone_pairs,
    near_duplicates,
    overlaps,
    row_problems,
    summary,
)  # fmt: skip
from model.data import COLUMNS, Scenario
from tests.conftest import SCENARIOS
from tests.test_other_days import window_row

TUESDAY = date(2026, 11, 3)


PLAIN = Scenario("notes", "wait", id="r1", rule="closed", voice="plain")
# fmt: off
ROWS = [
    (PLAIN,                                                            []),
    (replace(PLAIN, rule="process|window"),                            []),
    (replace(PLAIN, label="call", rule="window"),                      []),
    (replace(PLAIN, voice=""),                                         ["id and voice must be given"]),
    (replace(PLAIN, label="call"),                                     ["rule closed never says call"]),
    (replace(PLAIN, rule=""),                                          ["rule '' is none of the guide's"]),
    (replace(PLAIN, rule="closed|mood"),                               ["rule 'mood' is none of the guide's"]),
    (replace(PLAIN, as_of=TUESDAY, interview_date=TUESDAY),            []),
    (window_row("They said [by Friday].", "2026-11-09"),               ["label is wait, by the dates of its window call"]),
]
# fmt: on


@pytest.mark.parametrize(("scenario", "expected"), ROWS, ids=range(len(ROWS)))
def test_row_problems(scenario: Scenario, expected: list[str]) -> None:
    found = list(row_problems(scenario))
    assert len(found) == len(expected)
    assert all(said.startswith(start) for said, start in zip(found, expected, strict=True))


def placed(*scenarios: Scenario) -> list[Scenario]:
    return [replace(each, place=f"line {line}") for line, each in enumerate(scenarios, 2)]


def words(first: int, count: int) -> str:
    return " ".join(f"w{i}" for i in range(first, first + count))


# fmt: off
COPIES = [
    # words shared   pairs        found
    (14,             ("", ""),    ["line 3: shares 10 runs of 5 words with line 2"]),
    (13,             ("", ""),    []),
    (14,             ("a", "b"),  ["line 3: shares 10 runs of 5 words with line 2"]),
    (14,             ("a", "a"),  []),
    (0,              ("", ""),    []),
]
# fmt: on


@pytest.mark.parametrize(("shared", "pairs", "found"), COPIES, ids=range(len(COPIES)))
def test_near_duplicates(shared: int, pairs: tuple[str, str], found: list[str]) -> None:
    one = replace(PLAIN, notes=f"{words(0, shared)}. {words(100, 9)}", pair=pairs[0])
    other = replace(PLAIN, notes=f"{words(200, 9)}: {words(0, shared).upper()}", pair=pairs[1])
    assert list(near_duplicates(placed(one, other))) == found


def test_overlaps_name_the_case() -> None:
    row = replace(PLAIN, notes=words(0, 10))
    found = list(overlaps(placed(row), {"near": words(0, 9), "same": words(0, 10)}))
    assert found == ["line 2: shares 6 runs of 5 words with case same"]


def test_ids_and_pairs() -> None:
    rows = placed(PLAIN, replace(PLAIN, pair="p"), replace(PLAIN, id="r2"))
    assert list(doubled_ids(rows)) == ["line 3: id 'r1' is that of line 2"]
    assert list(lone_pairs(rows)) == ["line 3: alone in pair 'p'"]


def test_imbalances_name_what_is_short() -> None:
    found = list(imbalances([PLAIN] * 89))
    assert "0 of 89 rows say call, under 45%" in found
    assert "rule closed stands 89 times, under 90" in found
    assert "0 rows are in pairs, under 300" in found
    assert not any("rule closed" in each for each in imbalances([PLAIN] * 90))


def test_shipped_scenarios_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert data_check.main([]) == 0
    assert capsys.readouterr().err == ""


def test_the_data_sheet_shows_the_counts_of_the_checker() -> None:
    sheet = " ".join((SCENARIOS.parent / "README.md").read_text(encoding="utf-8").split())
    counts = summary(data_check.read(SCENARIOS))
    assert " ".join(counts.split()) in sheet


def test_bad_rows_are_named_and_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for i in range(30):
            label, rule = ("call", "thanks") if i % 2 else ("wait", "closed")
            writer.writerow([f"r{i}", f"note {i}", "", "", label, rule, "", "plain", ""])
        writer.writerow(["r0", "one more", "", "", "call", "closed", "", "plain", ""])
    assert data_check.main(["--data", str(path)]) == 1
    error = capsys.readouterr().err
    assert "s.csv: line 32: rule closed never says call" in error
    assert "s.csv: line 32: id 'r0' is that of line 2" in error


@pytest.mark.parametrize(
    ("text", "reason"), [(None, "no such file"), ("notes,label\n" + "".join(f"a{i},call\nb{i},wait\n" for i in range(10)), "columns must be")]
)  # fmt: skip
def test_files_of_another_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, reason: str
) -> None:
    if text:
        (tmp_path / "s.csv").write_text(text)
    assert data_check.main(["--data", str(tmp_path / "s.csv")]) == 1
    assert reason in capsys.readouterr().err
