"""An output in the making: what is there of it, and what it is being made from.

Beside `out.csv` stand `out.csv.part`, which grows chunk by chunk, and `out.csv.part.json`, the
journal, which says how far the part is whole. A part is on disk before the journal counts it, so
whenever the run is killed, a later one cuts the part to what the journal says and goes on.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from model.batch.chunks import ScoredChunk
from model.batch.formats import Format
from model.errors import DataError, EngineError, ModelError
from model.tables import DELIMITERS, PARQUET


@dataclass(frozen=True, slots=True)
class Task:
    """What an output is made from: digests of the input, the model and the options, and the day."""

    input: str
    model: str
    options: str
    today: date

    @property
    def can_resume(self) -> bool:
        """Whether the input can be read again: standard input cannot, and has no digest."""
        return bool(self.input)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an output is whole: its rows, those with an error, and its bytes."""

    rows: int = 0
    failed: int = 0
    size: int = 0


def part_of(output: Path) -> Path:
    """The file that grows."""
    return output.with_name(f"{output.name}.part")


def journal_of(output: Path) -> Path:
    """The file that says how far it is whole."""
    return output.with_name(f"{output.name}.part.json")


def read_journal(output: Path) -> tuple[Task, Progress] | None:
    """The unfinished run that was to make `output`; None where there is none."""
    path = journal_of(output)
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        task = {**facts["task"], "today": date.fromisoformat(facts["task"]["today"])}
        return Task(**task), Progress(**facts["progress"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise DataError(f"{path}: cannot be read; remove it to begin anew") from None


def claim_output(output: Path, task: Task, *, resume: bool, overwrite: bool) -> Task:
    """The task to do: `task`, or with `resume` the one that was begun, if it is the same.

    Raises `DataError` where something would be lost: an output that is there, or an unfinished run.
    """
    _check_output(output)
    begun = read_journal(output)
    if begun and resume:
        _check_same(output, begun[0], task)
        return begun[0]
    if begun and not overwrite:
        go_on = "go on with --resume, or " if begun[0].can_resume else ""
        raise DataError(f"{output}: an unfinished run is there; {go_on}give --overwrite")
    if output.exists() and not overwrite:
        raise DataError(f"{output}: is there already; give --overwrite or another name")
    if part_of(output).exists():
        _open(part_of(output), "rb").close()  # refuses while another run holds the lock
    _remove(output)
    return task


def _check_output(path: Path) -> None:
    """Refuse an output that cannot be."""
    if path.suffix.lower() not in (*DELIMITERS, PARQUET):
        raise DataError(f"{path}: output must be a .csv, .tsv or .parquet file")
    if not path.parent.is_dir():
        raise DataError(f"{path}: no such folder")
    if path.is_dir():
        raise DataError(f"{path}: is a folder; name a file in it")


def how_to_go_on(output: Path | None) -> str:
    """For the end of an error line: that a run can be resumed; empty where none can."""
    with suppress(DataError):
        begun = read_journal(output) if output else None
        return "; go on with --resume" if begun and begun[0].can_resume else ""
    return ""


_OTHERS = {"input": "another input", "model": "another model", "options": "other options"}


def _check_same(output: Path, old: Task, new: Task) -> None:
    for name, other in _OTHERS.items():
        if getattr(old, name) != getattr(new, name):
            raise DataError(
                f"{part_of(output)}: begun with {other}; "
                "give the same again, or --overwrite to begin anew"
            )


class PartFile:
    """The part of one output, open for the rows that are still to come."""

    def __init__(self, output: Path, task: Task, progress: Progress, stream: BinaryIO) -> None:
        self._output, self._task, self._stream = output, task, stream
        self.progress = progress

    def append(self, chunk: ScoredChunk) -> None:
        """Add a chunk and count it, in this order."""
        self._stream.write(chunk.data)
        now = self.progress
        size = now.size + len(chunk.data)
        self._count(Progress(now.rows + chunk.rows, now.failed + chunk.failed, size))

    def begin(self, header: bytes) -> None:
        """Write what comes before all rows."""
        self._stream.write(header)
        self._count(replace(self.progress, size=len(header)))

    def _count(self, progress: Progress) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        facts = {
            "task": {**asdict(self._task), "today": self._task.today.isoformat()},
            "progress": asdict(progress),
        }
        fresh = journal_of(self._output).with_suffix(".new")
        try:
            with fresh.open("w", encoding="utf-8") as journal:
                json.dump(facts, journal)
                journal.flush()
                os.fsync(journal.fileno())
        except OSError:  # half of it is of no use
            fresh.unlink(missing_ok=True)
            raise
        fresh.replace(journal_of(self._output))
        self.progress = progress


@contextmanager
def open_part(output: Path, task: Task, output_format: Format) -> Iterator[PartFile]:
    """The part of `output`, which appears only when the block ends and the output is whole.

    Where a journal is there, the part goes on from what it says. What is there is kept when the
    run is stopped or killed, and removed where the input turns out to be of no use. Raises
    `DataError` where the part does not fit its journal or another run writes it, `EngineError`
    where the disk fails.
    """
    old = read_journal(output)
    path, progress = part_of(output), old[1] if old else Progress()
    if old:
        _check_part(output, progress.size)
    stream = _open(path, "r+b" if old else "ab")
    part = PartFile(output, task, progress, stream)
    try:
        with stream:
            stream.truncate(progress.size)  # what was written but never counted goes
            stream.seek(progress.size)
            if not old:
                part.begin(output_format.header())
            yield part
            _finish(output, output_format)
    except ModelError as error:
        if isinstance(error, DataError) or not part.progress.rows:
            _remove(output)
        raise
    except OSError as error:
        if not part.progress.rows:
            _remove(output)
        raise EngineError(f"{path}: cannot be written ({error.strerror}); mend that") from None


def _open(path: Path, mode: str) -> BinaryIO:
    """The part, locked while it is open; `DataError` where another run writes it."""
    try:
        stream = cast(BinaryIO, path.open(mode))
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror})") from None
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise DataError(
            f"{path}: another run is writing it; let it end, or name another output"
        ) from None
    except OSError:  # a file system without locks
        pass
    return stream


def _check_part(output: Path, size: int) -> None:
    """Refuse a part that has not all the journal counts; nothing is changed then."""
    path = part_of(output)
    if not path.exists() and output.exists() and output.stat().st_size == size:
        with suppress(OSError):  # killed when all was done but to remove the journal
            output.replace(path)
    if not path.exists() or path.stat().st_size < size:
        raise DataError(
            f"{path}: missing, or shorter than its journal says; give --overwrite to begin anew"
        )


def _finish(output: Path, output_format: Format) -> None:
    whole = output_format.finish(part_of(output))
    with whole.open("rb") as stream:
        os.fsync(stream.fileno())
    whole.replace(output)
    _remove(output)


def _remove(output: Path) -> None:
    """The journal first: it stands for a part that is there."""
    journal_of(output).unlink(missing_ok=True)
    part_of(output).unlink(missing_ok=True)
