import csv
import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import score
from model import Advisor
from model.batch import Options, ScoredChunk
from model.batch.formats import CsvFormat
from model.batch.partial import PartFile
from model.errors import EngineError

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.filterwarnings("ignore"),  # of the cluster's own making: ports, closing loops
]
distributed = pytest.importorskip("distributed")
FutureCancelledError = distributed.client.FutureCancelledError
CommClosedError = distributed.comm.CommClosedError


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two worker processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, advisor: Advisor) -> Path:
    path = tmp_path_factory.mktemp("in") / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "notes"])
        for i in range(600):
            writer.writerow([i, f'Met "Ann" {i}.\nShe said by Friday,\n{i} days ago.'])
    return path


def test_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    cluster: Any, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    assert score.main([str(table), "-o", str(whole), "--jobs", "1"]) == 0
    append, killed = PartFile.append, []

    def append_and_kill(self: PartFile, chunk: ScoredChunk) -> None:
        append(self, chunk)
        if not killed and self.progress.rows >= 100:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.extend(list(client.run(os.getpid).values())[:1])
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(PartFile, "append", append_and_kill)
    options = ["--scheduler", cluster.scheduler_address, "--chunk-rows", "20"]
    assert score.main([str(table), "-o", str(output), *options]) == 0
    assert killed
    assert output.read_bytes() == whole.read_bytes()


def test_runs_with_different_models_share_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    from model.batch import cluster as engine

    worker = SimpleNamespace()
    options, output_format = Options(), CsvFormat(("notes",), ",", raw=False)
    models = [
        SimpleNamespace(name=name, vectorizer=SimpleNamespace(own_={})) for name in ("one", "other")
    ]
    plugins = [engine.ModelPlugin(pickle.dumps(model)) for model in models]
    for plugin in plugins:
        plugin.setup(worker)
    monkeypatch.setattr(engine, "get_worker", lambda: worker)
    monkeypatch.setattr(engine, "score_to_bytes", lambda *given: given[3].classifier.name)
    parcels = [engine.Parcel([], options, output_format, plugin.digest) for plugin in plugins]
    assert [engine.score_parcel(parcel) for parcel in parcels] == ["one", "other"]


@pytest.mark.parametrize(
    "error", [FutureCancelledError("key", "lost"), CommClosedError(), OSError("x")]
)
def test_a_scheduler_that_goes_away_is_one_line(error: Exception) -> None:
    from model.batch import cluster as engine

    def fail() -> None:
        raise error

    with pytest.raises(EngineError, match="the scheduler is gone"):
        engine._Sent(SimpleNamespace(result=fail)).result()


def test_other_versions_are_named_in_one_line(
    cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model.batch import cluster as engine

    own = engine.own_versions()
    with distributed.Client(cluster, set_as_default=False) as client:
        engine.check_versions(client)
        monkeypatch.setattr(engine, "own_versions", OtherVersions({**own, "spacy": "0.1"}, own))
        with pytest.raises(
            EngineError, match=rf"^worker tcp://\S+: spacy {own['spacy']}, here 0\.1;"
        ):
            engine.check_versions(client)


class OtherVersions:
    """Says one thing here and another where it is sent."""

    def __init__(self, here: dict[str, str], there: dict[str, str]) -> None:
        self.here, self.there, self.pid = here, there, os.getpid()

    def __call__(self) -> dict[str, str]:
        return self.here if os.getpid() == self.pid else self.there


def test_no_scheduler_is_one_line(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("model.batch.cluster.PATIENCE", "1s")
    output = tmp_path / "out.csv"
    options = ["--scheduler", "tcp://127.0.0.1:1"]
    assert score.main([str(table), "-o", str(output), *options]) == 2
    error = capsys.readouterr().err
    assert "no Dask scheduler answers there" in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())
