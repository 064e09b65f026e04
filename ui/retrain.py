"""Retraining from the page: a candidate beside the model in use, until one of them goes.

A candidate is in a folder of its own, so that no session can use what another has trained.

Training runs as `train.py` in a process of its own, so that the page stays usable and a broken
table is refused in the same words.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from model.data import SHIPPED, Scenario, read_file
from model.errors import DataError
from model.store import TRAINED, load_model, put_in_place, read_manifest
from model.types import Policy

SCRIPT = Path(__file__).parents[1] / "train.py"
POLL = 0.5  # seconds
DAY_SECONDS = 24 * 3600.0
HOLDING_OUT = 0.1, "Step 1 of 2, nearly all of the time: reading and judging each row held out"
FITTING = 0.95, "Step 2 of 2: fitting on all rows"
BETWEEN = "| ---"
"""train.py prints its table of figures between the two stages: by this it is known."""
KILLED = "the training was killed (out of memory?); train on fewer rows"


Report = Callable[[float, str], Any]


def train_candidate(content: bytes, name: str, report: Report, *, beside: bool = False) -> Path:
    """Train on a CSV of scenarios, telling `report` how far it has come; the candidate's folder.

    `beside`: together with the shipped scenarios. Raises `DataError` in the words of train.py.
    """
    extra: list[str | Path] = ["--data", SHIPPED] if beside else []
    _drop_left_candidates()
    try:
        candidate = Path(tempfile.mkdtemp(prefix="candidate-", dir=TRAINED.parent))
    except OSError as error:
        raise DataError(f"{TRAINED.parent}: cannot be written ({error.strerror})") from None
    try:
        _train(content, name, ["--out", candidate, *extra], report)
    except BaseException:
        drop_candidate(candidate)
        raise
    return candidate


def _drop_left_candidates() -> None:
    """Remove those of tabs that were closed: no one chooses for longer than a day."""
    for folder in TRAINED.parent.glob("candidate-*"):
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > DAY_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _train(content: bytes, name: str, options: list[str | Path], report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, said, errors = (Path(folder, each) for each in ("scenarios.csv", "said", "errors"))
        data.write_bytes(content)
        command = [sys.executable, "-u", *map(str, (SCRIPT, "--data", data, *options))]
        with said.open("wb") as out, errors.open("wb") as err:
            process = subprocess.Popen(
                command, cwd=SCRIPT.parent, stdout=out, stderr=err, process_group=0
            )
            code = _wait(process, said, report)
        if code:
            lines = errors.read_text(encoding="utf-8", errors="replace").splitlines()
            problem = lines[-1] if lines and code > 0 else KILLED
            raise DataError(problem.replace(str(data), name).removeprefix("train.py: "))


def _wait(process: "subprocess.Popen[bytes]", said: Path, report: Report) -> int:
    """The exit code; the process ends, with its workers, with the page that waits for it."""
    started = time.monotonic()
    try:
        while process.poll() is None:
            is_fitting = BETWEEN in said.read_text(encoding="utf-8")
            share, stage = FITTING if is_fitting else HOLDING_OUT
            report(share, f"{stage}, {time.monotonic() - started:.0f} s so far")
            time.sleep(POLL)
    finally:
        with suppress(ProcessLookupError):  # it has ended, and its workers with it
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return int(process.returncode)


@dataclass(frozen=True, slots=True)
class Change:
    """A scenario on which two models differ."""

    notes: str
    label: str
    old: str
    new: str


MOST_COMPARED = 1_000


def say_changes(changes: list[Change], rows: int) -> str:
    """How many decisions of an upload's rows change, and how many of them towards the label."""
    where = f"On {'these' if rows <= MOST_COMPARED else f'the first {MOST_COMPARED:,}'} scenarios"
    if not changes:
        return f"{where} no decision changes."
    better = sum(change.new == change.label for change in changes)
    count = "1 decision changes" if len(changes) == 1 else f"{len(changes)} decisions change"
    return f"{where} {count}: {better} to what is labelled, {len(changes) - better} away from it."


def compare_decisions(
    content: bytes, candidate: Path, policy: Policy, report: Report
) -> tuple[list[Change], int]:
    """The scenarios, of the first thousand, that the candidate decides otherwise; and all rows.

    Each note is read once for both models. `report` is told how many are done.
    """
    from model.learning.examples import make_case
    from model.reading.encoder import encode

    uploaded = _read(content)
    scenarios = uploaded[:MOST_COMPARED]
    models = [load_model(directory) for directory in (TRAINED, candidate)]
    changes = []
    for done, each in enumerate(scenarios, start=1):
        case = make_case(each)
        read = [case], [encode(case.note)]
        old, new = (model.judge_encoded(*read, policy, date.today())[0] for model in models)
        if old.decision != new.decision:
            changes.append(Change(each.notes, each.label, old.decision, new.decision))
        share = done / len(scenarios)
        report(share, f"Comparing the two models: {done:,} of {len(scenarios):,} scenarios")
    return changes, len(uploaded)


def _read(content: bytes) -> list[Scenario]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "scenarios.csv")
        data.write_bytes(content)
        return read_file(data)


FEW = 1_000
"""Fewer scenarios tell little of how a model does on new notes."""
FIGURES = {
    "accuracy": "accuracy, held out (more is better)",
    "macro_f1": "macro-F1, held out (more is better)",
    "brier": "Brier score, held out (less is better)",
}


def compare_figures(candidate: Path) -> list[dict[str, str]]:
    """The figures of both models, a row each."""
    old, new = (read_manifest(directory) for directory in (TRAINED, candidate))
    return [
        {"figure": "scenarios", "in use": f"{old['rows']:,}", "new": f"{new['rows']:,}"},
        *(
            {
                "figure": title,
                "in use": f"{old['metrics'][name]:.3f}",
                "new": f"{new['metrics'][name]:.3f}",
            }
            for name, title in FIGURES.items()
        ),
    ]


def find_worse(candidate: Path) -> list[str]:
    """The figures by which the candidate is the worse model, as far as they are shown."""
    old, new = (read_manifest(directory)["metrics"] for directory in (TRAINED, candidate))
    rises = {name: round(new[name], 3) - round(old[name], 3) for name in FIGURES}
    return [
        title.partition(",")[0]
        for name, title in FIGURES.items()
        if (rises[name] > 0 if name == "brier" else rises[name] < 0)
    ]


def say_few(candidate: Path) -> str:
    """For the user: how far the figures of a model of few scenarios may be off; else empty.

    Two standard errors of a share, at their widest: 1 / sqrt(n).
    """
    rows = read_manifest(candidate)["rows"]
    if rows >= FEW:
        return ""
    return (
        f"The new model knows these {rows} scenarios alone. Its figures may be off by "
        f"{rows**-0.5:.0%}, and it has met few wordings: train it together with the shipped ones."
    )


def use_candidate(candidate: Path) -> None:
    """Put the candidate in the place of the model in use; `StoreError` where it is gone."""
    put_in_place(candidate, TRAINED)


def drop_candidate(candidate: Path) -> None:
    """Remove the candidate."""
    shutil.rmtree(candidate, ignore_errors=True)
