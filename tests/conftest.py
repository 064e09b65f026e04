"""Fixtures that several test modules share."""

import csv
from pathlib import Path

import pytest

from model import load
from model.advisor import Advisor
from model.store import TRAINED

ROOT = Path(__file__).parents[1]
SCENARIOS = ROOT / "data" / "labeled_scenarios.csv"


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
