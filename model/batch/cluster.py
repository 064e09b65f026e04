"""The engine on a Dask cluster: the same bytes, made by workers on other machines.

The model goes to each worker once, when the worker joins; chunks follow, a few for each worker at a
time. Dask gives the chunks of a worker that dies to another one. Dask writes the arguments and the
errors of failed tasks into logs, and notes belong in no log: so a task keeps its rows out of its
`repr` and hands errors back as results.
"""

import io
import platform
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from distributed import Client, WorkerPlugin, get_worker
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from model.batch.chunks import Options, Pending, ScoredChunk, in_order, score_to_bytes
from model.batch.formats import Format
from model.errors import EngineError
from model.judging.advisor import Advisor
from model.rule_data import files_digest
from model.store import LIBRARIES, MODEL_FILE, TRAINED, check_unchanged, load_model
from model.tables import Row

AHEAD = 3
"""Chunks in the making for each thread of a worker."""
PATIENCE = "10s"


def score_on_cluster(
    chunks: Iterable[list[Row]], options: Options, output_format: Format, scheduler: str
) -> Iterator[ScoredChunk]:
    """Score chunks on the cluster of `scheduler`, an address such as "tcp://10.0.0.5:8786".

    Raises `EngineError` where the cluster fails, `StoreError` where the model was replaced.
    """
    plugin = _pack_model(options.model or TRAINED, options.model_sha256)
    with _connect(scheduler) as client:
        check_versions(client)
        client.register_plugin(plugin, name=f"call-or-wait {plugin.digest}")
        threads = sum(client.nthreads().values())
        work = _Work(client, options, output_format, plugin.digest)
        yield from in_order(work.submit, chunks, ahead=max(2, AHEAD * threads))


def _pack_model(directory: Path, sha256: str) -> "ModelPlugin":
    """The model of a folder, once it fits here; `StoreError` where another takes its place."""
    model = (directory / MODEL_FILE).read_bytes() if (directory / MODEL_FILE).is_file() else b""
    load_model(directory)  # refuses here, in one line, what does not fit
    plugin = ModelPlugin(model)
    check_unchanged(directory, plugin.digest)
    check_unchanged(directory, sha256 or plugin.digest)
    return plugin


@contextmanager
def _connect(scheduler: str) -> Iterator[Any]:
    """A client of the scheduler, closed at the end."""
    try:
        client: Any = cast(Any, Client)(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EngineError(f"{scheduler}: no Dask scheduler answers there ({reason})") from None
    with client:
        if not client.nthreads():
            raise EngineError(
                f"{scheduler}: has no workers; start some with: dask worker {scheduler}"
            )
        yield client


def own_versions() -> dict[str, str]:
    """What must be alike on all machines for results to be alike."""
    libraries = {name: version(name) for name in (*LIBRARIES, "distributed")}
    files = {"rule files and encoder": files_digest()[:8]}
    return {"Python": platform.python_version(), **libraries, **files}


def check_versions(client: Any) -> None:
    """Refuse workers that have other versions than this machine."""
    own = own_versions()
    try:
        found = client.run(own_versions)
    except Exception as error:  # whatever a worker raises: it lacks this program or its libraries
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise EngineError(
            f"a worker cannot run this program ({reason}); install the same version there"
        ) from None
    for worker, theirs in found.items():
        for name, mine in own.items():
            if theirs.get(name) != mine:
                raise EngineError(
                    f"worker {worker}: {name} {theirs.get(name, 'missing')}, here {mine}; "
                    "install the same on both"
                )


class ModelPlugin(WorkerPlugin):
    """Brings the model to each worker when it joins; runs with other models have their own."""

    def __init__(self, model: bytes) -> None:
        self.model, self.digest = model, sha256(model).hexdigest()

    def setup(self, worker: Any) -> None:
        """Load it, once."""
        import joblib

        if not hasattr(worker, "advisors"):
            worker.advisors = {}
        worker.advisors[self.digest] = Advisor(joblib.load(io.BytesIO(self.model)))


@dataclass(frozen=True, slots=True)
class Parcel:
    """A chunk on its way to a worker, and the digest of the model that is to score it."""

    rows: Sequence[Row] = field(repr=False)
    options: Options
    output_format: Format = field(repr=False)
    model: str


def score_parcel(parcel: Parcel) -> ScoredChunk | str:
    """Run by a worker: the scored chunk, or the kind of error that came up."""
    try:
        advisor = cast(Any, get_worker()).advisors[parcel.model]
        return score_to_bytes(parcel.rows, parcel.options, parcel.output_format, advisor)
    except Exception as error:  # its text may hold notes
        return type(error).__name__


@dataclass(frozen=True, slots=True)
class _Work:
    client: Any
    options: Options
    output_format: Format
    model: str

    def submit(self, rows: list[Row]) -> Pending:
        """Send a chunk out."""
        parcel = Parcel(rows, self.options, self.output_format, self.model)
        return _Sent(self.client.submit(score_parcel, parcel, pure=False))


@dataclass(frozen=True, slots=True)
class _Sent:
    future: Any

    def result(self) -> ScoredChunk:
        """Wait for the scored chunk, whichever worker makes it."""
        try:
            scored = self.future.result()
        except KilledWorker:
            raise EngineError("a chunk has killed several workers; give them more memory") from None
        except (CancelledError, CommClosedError, OSError):
            raise EngineError("the scheduler is gone; start it again") from None
        if isinstance(scored, str):
            raise EngineError(f"a worker failed with {scored}")
        return cast(ScoredChunk, scored)
