"""Fixtures that several test modules share."""

import csv
import sys
from pathlib import Path
from types import ModuleType

import pytest

from model import load
from model.judging.advisor import Advisor
from model.store import TRAINED

ROOT = Path(__file__).parents[1]
SCENARIOS = ROOT / "data" / "labeled_scenarios.csv"


@pytest.fixture(autouse=True)
def _plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest leaves its script as the main module, which spawned workers would run again."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    """The advisor that `make test` has trained."""
    if not (TRAINED / "manifest.json").exists():
        pytest.fail("no trained model: run `make test`, or `python train.py` first")
    return load()


@pytest.fixture(scope="session")
def scenario_rows() -> list[dict[str, str]]:
    with SCENARIOS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
