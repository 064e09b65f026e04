import csv
import errno
import fcntl
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pyarrow.csv
import pyarrow.parquet
import pytest

import score
from model import Advisor
from model.batch import Options, ScoredChunk, score_chunk
from model.batch.partial import journal_of, part_of, read_journal
from model.errors import DataError, EngineError
from model.tables import read_table
from tests.conftest import ROOT

CHUNK, ROWS = 20, 400


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, advisor: Advisor) -> Path:
    """Enough rows to be killed among, some of them bad."""
    path = tmp_path_factory.mktemp("in") / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "notes", "as_of"])
        for i in range(ROWS):
            notes = "" if i % 97 == 0 else f"Met Ann {i}.\nShe said by Friday,\n{i} days ago."
            writer.writerow([i, notes, "" if i % 3 else "2026-11-24"])
    return path


def start(table: Path, output: Path, *options: str) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "score.py",
        str(table),
        "-o",
        str(output),
        "--chunk-rows",
        str(CHUNK),
    ]
    return subprocess.Popen(
        [*command, *options], cwd=ROOT, stderr=subprocess.PIPE, text=True,
        preexec_fn=heed_ctrl_c, process_group=0,
    )  # fmt: skip


def heed_ctrl_c() -> None:
    """A shell lets what it runs in the background ignore it, and so would all that comes of it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stop(run: "subprocess.Popen[str]", output: Path, rows: int, how: signal.Signals) -> str:
    """Stop a run once its journal counts so many rows; what it said."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and run.poll() is None:
        found = read_journal(output)
        if found and found[1].rows >= rows:
            run.send_signal(how)
            break
        time.sleep(0.005)
    return run.communicate(timeout=60)[1]


def resume(table: Path, output: Path) -> int:
    return score.main([str(table), "-o", str(output), "--jobs", "1", "--resume"])


@pytest.mark.parametrize(("suffix", "jobs"), [("csv", "1"), ("parquet", "2")])
def test_a_killed_run_goes_on_to_the_same_bytes(
    table: Path, tmp_path: Path, suffix: str, jobs: str
) -> None:
    whole, output = tmp_path / f"whole.{suffix}", tmp_path / f"out.{suffix}"
    assert score.main([str(table), "-o", str(whole), "--jobs", "1"]) == 1
    options: tuple[str, ...] = ("--jobs", jobs)
    for rows in (0, CHUNK, 10 * CHUNK):
        run = start(table, output, *options)
        stop(run, output, rows, signal.SIGKILL)
        assert run.returncode == -signal.SIGKILL
        assert not output.exists()
        options = ("--jobs", jobs, "--resume")
    assert resume(table, output) == 1
    assert output.read_bytes() == whole.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {whole.name, output.name}
    assert [int(row["id"]) for row in read_table(str(output)).rows] == list(range(ROWS))


def test_ctrl_c_says_how_to_go_on(table: Path, tmp_path: Path) -> None:
    output, longer = tmp_path / "out.csv", tmp_path / "longer.csv"
    header, rows = table.read_text(encoding="utf-8").split("\n", 1)
    longer.write_text(f"{header}\n{rows * 10}", encoding="utf-8")  # else it may be done before
    run = start(longer, output, "--jobs", "2")
    assert stop(run, output, 2 * CHUNK, signal.SIGINT) == "score.py: stopped; go on with --resume\n"
    assert run.returncode == 130
    assert resume(longer, output) == 1


def test_ctrl_c_before_anything_has_begun_is_one_line(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "model.batch.partial")
    monkeypatch.setattr(sys, "meta_path", [Mock(find_spec=Mock(side_effect=KeyboardInterrupt))])
    assert score.main([str(table), "-o", str(tmp_path / "out.csv")]) == 130
    assert capsys.readouterr().err == "score.py: stopped\n"


def is_ready(pid: int) -> bool:
    """Whether a run hears Ctrl+C, and its two workers, and who tracks what they share, have begun."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return len(children) == 3 and all(map(on_ctrl_c, children)) and on_ctrl_c(pid) == "Cgt"


def on_ctrl_c(pid: int | str) -> str:
    """Whether a process catches it or ignores it; empty: neither."""
    status = Path(f"/proc/{pid}/status").read_text()
    masks = dict(re.findall(r"Sig(Cgt|Ign):\s*(\w+)", status))
    return next((what for what, mask in masks.items() if int(mask, 16) & 2), "")


def test_ctrl_c_is_one_line_where_workers_hear_it_as_they_begin(
    table: Path, tmp_path: Path
) -> None:
    run = start(table, tmp_path / "out.csv", "--jobs", "2", "--chunk-rows", str(ROWS // 2))
    while not is_ready(run.pid):
        assert run.poll() is None
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does
    assert run.communicate(timeout=60)[1] == "score.py: stopped; go on with --resume\n"


# fmt: off
STOPS = [
    # stopped by                  input  output  exit code, what is said
    (KeyboardInterrupt(),         True,  True,   130, "stopped; go on with --resume"),
    (KeyboardInterrupt(),         True,  False,  130, "stopped"),
    (KeyboardInterrupt(),         False, True,   130, "stopped"),
    (EngineError("a worker"),     True,  True,   2,   "a worker; go on with --resume"),
    (EngineError("a worker"),     True,  False,  2,   "a worker"),
    (EngineError("a worker"),     False, True,   2,   "a worker"),
    (DataError("a row"),          True,  True,   2,   "a row"),
]
# fmt: on


@pytest.mark.parametrize(("error", "has_file", "has_output", "code", "said"), STOPS)
def test_resume_is_offered_where_it_can_be(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException, has_file: bool, has_output: bool, code: int, said: str,
) -> None:  # fmt: skip
    chunks = score.score

    def stop_after_one(*given: Any) -> Iterator[ScoredChunk]:
        yield next(chunks(*given))
        raise error

    monkeypatch.setattr(score, "score", stop_after_one)
    standard = io.BufferedReader(io.BytesIO(table.read_bytes()))  # type: ignore[arg-type]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(standard))
    arguments = [str(table) if has_file else "-", "--jobs", "1", "--chunk-rows", "2"]
    output = ["-o", str(tmp_path / "out.csv")] if has_output else []
    assert score.main(arguments + output) == code
    assert capsys.readouterr().err == f"score.py: {said}\n"
    if has_output and code == 130:
        assert score.main([str(table), *output]) == 2
        assert ("--resume" in capsys.readouterr().err) == has_file


@pytest.mark.parametrize("option", ["--resume", "--overwrite"])
def test_two_runs_do_not_write_one_output(
    table: Path, begun: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = part_of(begun).read_bytes()
    with part_of(begun).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert score.main([str(table), "-o", str(begun), option, "--jobs", "1"]) == 2
    assert "another run is writing it" in capsys.readouterr().err
    assert part_of(begun).read_bytes() == before
    assert journal_of(begun).exists()


@pytest.fixture
def begun(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """The output of a run that was stopped after its first chunk, as by a crash."""
    output = tmp_path / f"out.{getattr(request, 'param', 'csv')}"
    from model.batch import partial

    original = partial.PartFile.append

    def append_once(self: partial.PartFile, chunk: object) -> None:
        if self.progress.rows:
            raise KeyboardInterrupt
        original(self, chunk)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(partial.PartFile, "append", append_once)
        options = ["--jobs", "1", "--chunk-rows", str(CHUNK)]
        assert score.main([str(table), "-o", str(output), *options]) == 130
    return output


def test_bytes_that_were_never_counted_are_cut(table: Path, begun: Path) -> None:
    size = part_of(begun).stat().st_size
    with part_of(begun).open("ab") as stream:
        stream.write(b"half a li")
    assert json.loads(journal_of(begun).read_text())["progress"]["size"] == size
    assert resume(table, begun) == 1
    assert len(list(read_table(str(begun)).rows)) == ROWS


@pytest.mark.parametrize("begun", ["csv", "parquet"], indirect=True)
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_run_killed_in_its_last_steps_loses_nothing(
    table: Path, begun: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps: the output takes its name, the journal goes, the part goes."""
    unlink, left = Path.unlink, [steps]

    def unlink_or_die(self: Path, missing_ok: bool = False) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", unlink_or_die)
        assert resume(table, begun) == (1 if steps == 2 else 130)
    whole = begun.read_bytes()
    assert len(list(read_table(str(begun)).rows)) == ROWS
    assert resume(table, begun) == (1 if not steps else 2)
    assert begun.read_bytes() == whole
    assert not journal_of(begun).exists()


@pytest.mark.parametrize("begun", ["csv", "parquet"], indirect=True)
@pytest.mark.parametrize("is_short", [False, True])
def test_a_part_that_is_gone_or_short_is_refused_and_the_output_left_alone(
    table: Path, begun: Path, is_short: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    begun.write_text("mine, and longer than the part that was begun" * 1000)
    if is_short:
        part_of(begun).write_bytes(b"")
    else:
        part_of(begun).unlink()
    assert resume(table, begun) == 2
    assert "--overwrite to begin anew" in capsys.readouterr().err
    assert begun.read_text().startswith("mine")
    assert part_of(begun).exists() == is_short


# fmt: off
REFUSED = [
    # options                         words in the one line
    ([],                              "an unfinished run is there"),
    (["--resume", "--raw"],           "begun with other options"),
    (["--resume", "--fast"],          "begun with other options"),
    (["--resume", "--as-of", "2026-01-01"], "begun with other options"),
]
# fmt: on


@pytest.mark.parametrize(("options", "words"), REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_an_unfinished_run_is_not_mixed_with_another(
    table: Path, begun: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    assert score.main([str(table), "-o", str(begun), *options]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert part_of(begun).exists()


def test_a_changed_input_is_refused_and_overwrite_begins_anew(
    table: Path, begun: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "in.csv"
    changed.write_text("notes\nThey said Friday.\n")
    assert resume(changed, begun) == 2
    assert "begun with another input" in capsys.readouterr().err
    assert score.main([str(changed), "-o", str(begun), "--overwrite", "--jobs", "1"]) == 0
    assert len(list(read_table(str(begun)).rows)) == 1


def test_a_resumed_run_keeps_its_day(table: Path, begun: Path) -> None:
    facts = json.loads(journal_of(begun).read_text())
    assert facts["task"]["today"] == date.today().isoformat()
    facts["task"]["today"] = "2020-01-01"
    journal_of(begun).write_text(json.dumps(facts))
    assert resume(table, begun) == 1
    rows = list(read_table(str(table)).rows)[CHUNK : 2 * CHUNK]
    options = Options(today=date(2020, 1, 1))
    ends = [row["window_end"] for row in score_chunk(rows, options)]
    assert any(end < "2021" for end in ends if end)
    written = list(read_table(str(begun)).rows)[CHUNK : 2 * CHUNK]
    assert [row["window_end"] for row in written] == ends


def test_resume_without_an_unfinished_run_begins(tmp_path: Path, advisor: Advisor) -> None:
    (tmp_path / "in.csv").write_text("notes\nThey said Friday.\n")
    assert resume(tmp_path / "in.csv", tmp_path / "out.csv") == 0


def test_a_broken_input_leaves_nothing(
    tmp_path: Path, advisor: Advisor, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["notes", *["They said Friday."] * 50, '"open']
    (tmp_path / "in.csv").write_text("\n".join(lines))
    options = ["--jobs", "1", "--chunk-rows", "10"]
    assert score.main([str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv"), *options]) == 2
    assert "stray quote" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


class FailingDisk(io.FileIO):
    """Gives what the first look takes, then nothing more."""

    def readinto(self, buffer: Any) -> int:
        if self.tell():
            raise OSError(errno.EIO, "Input/output error")
        return super().readinto(buffer) or 0


def test_an_input_that_fails_on_reading_is_named_and_costs_nothing_that_was_done(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.csv"
    with monkeypatch.context() as patched:
        patched.setattr("model.tables.io.FileIO", FailingDisk)
        options = ["--jobs", "1", "--chunk-rows", str(CHUNK)]
        assert score.main([str(table), "-o", str(output), *options]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"score.py: {table}: after line ")
    assert said.endswith("cannot be read (Input/output error); go on with --resume\n")
    assert resume(table, output) == 1


def test_parquet_that_fails_on_reading_costs_nothing_that_was_done(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / "in.parquet", tmp_path / "out.csv"
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(table), path)
    batches = pyarrow.parquet.ParquetFile.iter_batches

    def fail_after_one(self: Any, **given: Any) -> Iterator[Any]:
        yield next(batches(self, **{**given, "batch_size": 3 * CHUNK}))
        raise OSError(errno.EIO, "Error reading bytes from file. Detail: [errno 5] ...")

    with monkeypatch.context() as patched:
        patched.setattr(pyarrow.parquet.ParquetFile, "iter_batches", fail_after_one)
        options = ["--jobs", "1", "--chunk-rows", str(CHUNK)]
        assert score.main([str(path), "-o", str(output), *options]) == 2
    said = f"score.py: {path}: cannot be read (Input/output error); go on with --resume\n"
    assert capsys.readouterr().err == said
    assert resume(path, output) == 1


def test_a_cluster_that_does_not_answer_costs_nothing_that_was_done(
    table: Path, begun: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("model.batch.cluster.PATIENCE", "1s")
    options = ["--resume", "--scheduler", "tcp://127.0.0.1:1"]
    assert score.main([str(table), "-o", str(begun), *options]) == 2
    assert "no Dask scheduler answers there" in capsys.readouterr().err
    assert part_of(begun).exists()
    assert resume(table, begun) == 1
