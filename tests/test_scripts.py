import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import score
import train
from model import Advice, Advisor, load
from model.batch import ADDED, Options, chunks, make_chunks, score_chunk
from model.data import read_file
from model.learning.label_check import GUIDE
from model.store import MANIFEST_FILE, TRAINED
from model.tables import read_table
from tests.conftest import ROOT, SCENARIOS

NOTES = [
    "They said they'd let me know by Friday. It's the Wednesday after, nothing.",
    "She said: please do not call us, we only contact shortlisted candidates.",
    "=HYPERLINK(1) the owner gave me her own number, family firm, met her this morning",
]


def write(path: Path, rows: list[dict[str, str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


@pytest.fixture
def table(tmp_path: Path, advisor: Advisor) -> str:
    rows = [{"id": str(i), "notes": text, "as_of": "2026-11-25"} for i, text in enumerate(NOTES)]
    return write(tmp_path / "in.csv", rows)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_score_keeps_every_row_in_order_and_adds_the_columns(table: str, tmp_path: Path) -> None:
    assert score.main([table, "-o", str(tmp_path / "out.csv"), "--jobs", "1"]) == 0
    rows = read(tmp_path / "out.csv")
    assert list(rows[0]) == ["id", "notes", "as_of", *ADDED]
    assert [row["id"] for row in rows] == ["0", "1", "2"]
    assert all(row["prediction"] in ("call", "wait") and not row["error"] for row in rows)
    for row, notes in zip(rows, NOTES, strict=True):
        assert len(row["call_probability"].partition(".")[2]) == 4
        for phrase in json.loads(row["matched_phrases"]):
            assert notes[phrase["start"] : phrase["end"]] == phrase["text"]
    assert rows[2]["notes"] == "'" + NOTES[2]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_columns_of_our_names_give_way_and_it_is_said(
    tmp_path: Path, advisor: Advisor, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    own = {"notes": NOTES[:1], "call_probability": [0.5], "confident": [True], "x": [1.5]}
    pq.write_table(pa.table({**own, "window_end": [date(2026, 1, 1)]}), tmp_path / "in.parquet")
    output = tmp_path / f"out.{suffix}"
    assert score.main([str(tmp_path / "in.parquet"), "-o", str(output), "--jobs", "1"]) == 0
    said = "replaced in the output: call_probability, confident, window_end; rename what you want"
    assert said in capsys.readouterr().err
    table = read_table(str(output))
    assert table.columns == ("notes", "x", *ADDED)
    assert str(next(table.rows)["x"]) == "1.5"


# fmt: off
MISNAMED = [
    # columns                        said
    ("notes,As_Of,Interview Date",   "not read: 'As_Of' (rename it to as_of), "
                                     "'Interview Date' (rename it to interview_date)"),
    ("notes,as_of,As_Of",            ""),  # the one that is read is there
    ("notes,as_of_now,day",          ""),
]
# fmt: on


@pytest.mark.parametrize(("columns", "said"), MISNAMED)
def test_a_column_that_was_meant_as_days_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], columns: str, said: str
) -> None:
    (tmp_path / "in.csv").write_text(f"{columns}\nThey will ring.,,\n")
    assert score.main([str(tmp_path / "in.csv"), "--jobs", "1"]) == 0
    assert capsys.readouterr().err == (f"score.py: {said}\n" if said else "")


@pytest.mark.parametrize("fast", [False, True])
def test_score_equals_the_advisor(table: str, tmp_path: Path, advisor: Advisor, fast: bool) -> None:
    score.main([table, "-o", str(tmp_path / "out.csv"), "--raw", *["--fast"] * fast])
    advices = advisor.advise_many(NOTES, as_of=[date(2026, 11, 25)] * len(NOTES), fast=fast)
    for row, notes, advice in zip(read(tmp_path / "out.csv"), NOTES, advices, strict=True):
        assert row["prediction"] == advice.decision
        assert row["call_probability"] == f"{advice.call_probability:.4f}"
        assert row["notes"] == notes


def test_score_does_not_depend_on_workers_or_chunks(table: str, tmp_path: Path) -> None:
    outputs = []
    for name, options in (("a", ["--jobs", "1"]), ("b", ["--jobs", "2", "--chunk-rows", "1"])):
        assert score.main([table, "-o", str(tmp_path / name) + ".csv", *options]) == 0
        outputs.append((tmp_path / f"{name}.csv").read_bytes())
    assert outputs[0] == outputs[1]


def test_score_goes_on_past_bad_rows_and_counts_them(
    tmp_path: Path, advisor: Advisor, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"notes": " ", "as_of": "", "interview_date": ""},
        {"notes": NOTES[0], "as_of": "0001-01-01", "interview_date": ""},
        {"notes": NOTES[0], "as_of": "2026-11-25", "interview_date": "2026-11-26"},
        {"notes": NOTES[0], "as_of": "2026-11-25", "interview_date": "2026-11-25"},
    ]
    assert score.main([write(tmp_path / "in.csv", rows), "-o", str(tmp_path / "o.csv")]) == 1
    out = read(tmp_path / "o.csv")
    assert [row["error"] for row in out] == [
        "notes are empty",
        "as_of is no date that can be used; write it as 2026-11-27",
        "interview_date is after the day of reading; mend one of them",
        "",
    ]
    assert [row["prediction"] != "" for row in out] == [False, False, False, True]
    assert capsys.readouterr().err == "score.py: 3 rows could not be scored; see the column error\n"


def test_score_reads_standard_input(
    table: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    source = io.TextIOWrapper(io.BufferedReader(io.FileIO(os.open(table, os.O_RDONLY))))
    monkeypatch.setattr("sys.stdin", source)
    assert score.main(["-"]) == 0
    assert capsysbinary.readouterr().out.count(b"\n") == len(NOTES) + 1


@pytest.mark.parametrize(("name", "args"), [("stdin", ["-"]), ("stdout", ["notes.csv"])])
def test_a_closed_stream_is_one_line(
    table: str, name: str, args: list[str], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(f"sys.{name}", None)
    assert score.main([table if arg == "notes.csv" else arg for arg in args]) == 2
    said = capsys.readouterr().err
    assert "is closed; name a file" in said
    assert said.count("\n") == 1


def test_no_row_is_scored_by_a_model_that_came_between(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = shutil.copytree(TRAINED, tmp_path / "trained")

    def load_before(directory: Path) -> Advisor:
        """Load; at once somebody puts another model in its place."""
        advisor = load(directory)
        manifest = json.loads((directory / MANIFEST_FILE).read_text())
        (directory / MANIFEST_FILE).write_text(json.dumps(manifest | {"model_sha256": "another"}))
        return advisor

    monkeypatch.setattr(chunks, "load", load_before)
    assert score.main([table, "-o", str(tmp_path / "out.csv"), "--model", str(model)]) == 2
    assert "the model was replaced just now; run again" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("script", "args"),
    [(score, ["LONG"]), (score, ["TABLE", "-o", "LONG"]),
     (train, ["--data", "none.csv", "--out", "LONG"])],
)  # fmt: skip
def test_a_place_that_cannot_be_looked_at_is_one_line(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], script: Any, args: list[str]
) -> None:
    names = {"TABLE": table, "LONG": str(tmp_path / ("n" * 300 + ".csv"))}
    assert script.main([names.get(arg, arg) for arg in args]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_output_without_a_name_is_refused(
    table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score.main([table, "-o", ""]) == 2
    assert "output must be a .csv" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["1850-01-01", "2026-02-30", "today"])
def test_a_day_that_cannot_be_used_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        score.main(["in.csv", "--as-of", day])
    said = f"{day!r} is no date that can be used; write it as 2026-11-27"
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--resume", "--overwrite"])
def test_options_of_an_output_need_one(
    table: str, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        score.main([table, option])
    assert "need -o OUTPUT" in capsys.readouterr().err


def test_a_missing_extra_is_one_line_and_leaves_nothing(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "model.batch.cluster", raising=False)
    options = ["-o", str(tmp_path / "out.csv"), "--scheduler", "tcp://127.0.0.1:1"]
    assert score.main([table, *options]) == 2
    said = 'score.py: --scheduler needs distributed; run: pip install ".[cluster]"\n'
    assert capsys.readouterr().err == said
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("script", ["score.py", "train.py"])
def test_help_answers_without_the_heavy_imports(script: str) -> None:
    command = [sys.executable, "-X", "importtime", script, "--help"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "usage:" in run.stdout
    assert not any(name in run.stderr for name in ("sklearn", "spacy", "pandas"))


def test_a_note_is_scored_without_the_imports_of_training(table: str) -> None:
    command = [sys.executable, "-X", "importtime", "score.py", table]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.count("\n") == len(NOTES) + 1
    assert not any(name in run.stderr for name in ("sklearn", "pandas.core"))


def small_scenarios(path: Path, *, swapped: bool) -> Path:
    """Some shipped rows, their labels as they are or swapped."""
    rows = read(SCENARIOS)[::30]
    if swapped:
        rows = [{**row, "label": {"call": "wait", "wait": "call"}[row["label"]]} for row in rows]
    return Path(write(path, rows))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models from labels as they are, again, and swapped."""
    folder = tmp_path_factory.mktemp("trained")
    for name, swapped in (("plain", False), ("again", False), ("swapped", True)):
        data = small_scenarios(folder / f"{name}.csv", swapped=swapped)
        assert train.main(["--data", str(data), "--out", str(folder / name), "--jobs", "1"]) == 0
    return folder


@pytest.fixture(scope="module")
def trained(models: Path) -> dict[str, list[float]]:
    """Their probabilities on a few notes."""
    notes = [row["notes"] for row in read(SCENARIOS)[1:120:4]]
    return {
        name: [each.call_probability for each in load(models / name).advise_many(notes)]
        for name in ("plain", "again", "swapped")
    }


@pytest.mark.xdist_group("trained")
def test_train_twice_gives_the_same_model(trained: dict[str, list[float]]) -> None:
    assert trained["plain"] == trained["again"]


@pytest.mark.xdist_group("trained")
def test_the_manifest_has_the_figures_of_the_real_rows(models: Path) -> None:
    figures = json.loads((models / "plain" / MANIFEST_FILE).read_text())["real"]
    report = (models / "plain" / "report.md").read_text()
    assert figures["rows"] == sum(each.is_real for each in read_file(models / "plain.csv"))
    part = report.partition("## On the real situations alone")[2]
    assert f"| classifier | {figures['rows']} | {figures['accuracy']:.3f} |" in part


@pytest.mark.xdist_group("trained")
def test_train_on_swapped_labels_swaps_the_predictions(trained: dict[str, list[float]]) -> None:
    plain, swapped = np.array(trained["plain"]), np.array(trained["swapped"])
    assert np.mean((plain >= 0.5) != (swapped >= 0.5)) >= 0.9  # other days are learned of one only
    assert np.corrcoef(plain, swapped)[0, 1] < -0.9


@pytest.mark.xdist_group("trained")
def test_train_warns_of_every_swapped_rule_and_of_no_other(models: Path) -> None:
    plain, swapped = ((models / name / "report.md").read_text() for name in ("plain", "swapped"))
    assert "\n- rule " not in plain
    warned = {line.split()[2] for line in swapped.splitlines() if line.startswith("- rule ")}
    fixed = {f"{rule}:" for rule, labels in GUIDE.items() if len(labels) == 1}
    assert fixed < warned <= {f"{rule}:" for rule in GUIDE}


def test_train_says_when_it_reads_windows_1252(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Mock(side_effect=KeyboardInterrupt)
    monkeypatch.setattr("model.learning.examples.lend_annotations", stop)
    rows = "".join(f"café {i},{'call' if i % 2 else 'wait'}\n" for i in range(30))
    (tmp_path / "s.csv").write_bytes(f"notes,label\n{rows}".encode("cp1252"))
    assert train.main(["--data", str(tmp_path / "s.csv"), "--out", str(tmp_path / "out")]) == 130
    assert "s.csv: not UTF-8, read as Windows-1252" in capsys.readouterr().err


def test_train_reads_several_files_before_it_trains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "corrections.csv"
    own.write_text("notes,label\nmine,perhaps\n")
    arguments = ["--data", str(SCENARIOS), "--data", str(own), "--out", str(tmp_path / "out")]
    assert train.main(arguments) == 2
    assert "corrections.csv: nothing was used" in capsys.readouterr().err
    own.write_text("notes,label\nmine,call\n")
    assert train.main([*arguments[:-1], str(own)]) == 2
    assert "is no folder; name another with --out" in capsys.readouterr().err


TODAY = date(2026, 11, 30)
OTHER_DAY = date(2026, 11, 10)
# fmt: off
DAYS_OF_READING = [
    # as_of         interview     --as-of    prediction  days since
    ("",            "2026-11-03", None,      "call",     "27"),  # today: their two weeks are over
    ("2026-11-10",  "2026-11-03", None,      "wait",     "7"),
    ("",            "2026-11-03", OTHER_DAY, "wait",     "7"),
    ("",            "2026-11-30", None,      "wait",     "0"),
    ("",            "2026-12-01", None,      "wait",     ""),    # it is to come: the words alone
    ("",            "",           None,      "wait",     ""),
]
# fmt: on


@pytest.mark.parametrize(("as_of", "met", "given", "prediction", "since"), DAYS_OF_READING)
def test_a_row_with_an_interview_is_read_as_of_today(
    advisor: Advisor, as_of: str, met: str, given: date | None, prediction: str, since: str
) -> None:
    notes = "Met them, nice place. They said two weeks. Nothing yet."
    options = Options(as_of=given, today=TODAY)
    (row,) = score_chunk(
        [{"notes": notes, "as_of": as_of, "interview_date": met}], options, advisor
    )
    assert (row["prediction"], row["days_since_interview"]) == (prediction, since)


def test_one_note_that_cannot_be_read_does_not_cost_the_others(
    table: str, tmp_path: Path, advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    advise_many = Advisor.advise_many

    def fail_on_ban(self: Advisor, notes: Sequence[str], **given: Any) -> Iterator[Advice]:
        if NOTES[1] in notes:
            raise RuntimeError(NOTES[1])
        return advise_many(self, notes, **given)

    monkeypatch.setattr(Advisor, "advise_many", fail_on_ban)
    assert score.main([table, "-o", str(tmp_path / "o.csv"), "--jobs", "1"]) == 1
    errors = [row["error"] for row in read(tmp_path / "o.csv")]
    assert errors == ["", "these notes could not be read (RuntimeError); please report it", ""]


def test_chunks_end_at_their_rows_or_their_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.batch.chunks.MAX_CHUNK", 10)
    options = Options()
    rows = [{"notes": text} for text in ("a", "b", "c", "d" * 10, "e")]
    assert [len(chunk) for chunk in make_chunks(rows, options, 2)] == [2, 2, 1]
    assert list(make_chunks([], options, 2)) == []
