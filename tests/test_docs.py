"""What the documents name is there."""

import re
import tomllib
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pandas as pd
import pytest

from bench.licences import pinned
from model import Advisor
from tests.conftest import ROOT

DOCUMENTS = [
    "CONTRIBUTING.md",
    "README.md",
    "data/README.md",
    "docs/architecture.md",
    "docs/many-rows.md",
]
MADE_LATER = ("model/trained", "data/corrections.csv")
PLACES = ("model/", "ui/", "tests/", "bench/", "data/", "docs/")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_files_that_are_there(name: str) -> None:
    words = re.findall(r"[\w./-]+", (ROOT / name).read_text(encoding="utf-8"))
    named = {word.rstrip(".") for word in words if word.startswith(PLACES)}
    missing = {
        each for each in named if not each.startswith(MADE_LATER) and not Path(ROOT, each).exists()
    }
    assert not missing


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_modules_that_are_there(name: str) -> None:
    folders = (ROOT / each for each in ("model", "ui", "tests", "bench"))
    paths = [*ROOT.glob("*.py"), *(path for each in folders for path in each.rglob("*.py"))]
    named = set(re.findall(r"[\w/]+\.py\b", (ROOT / name).read_text(encoding="utf-8")))
    missing = {each for each in named if not any(path.match(each) for path in paths)}
    assert not missing


def test_the_license_is_the_one_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (
        (ROOT / "LICENSE").read_text(encoding="utf-8").startswith(f"{project['license']} License")
    )


def test_every_pinned_package_has_its_licence_listed() -> None:
    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert [pin for pin in pinned() if f"| {pin[0]} | {pin[1]} | " not in listed] == []


def test_the_recipe_for_spark_scores_rows_without_a_date(advisor: Advisor) -> None:
    text = (ROOT / "docs" / "many-rows.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"```python\n(.*?)```", text, re.S)
    notes = ["They said by Friday. Nothing since.", "Met Ann today.", None]
    days = ["2026-11-25", None, None]
    frame = pd.DataFrame({"notes": notes, "error": "mine", "read on": "x", "as_of": days})
    names: dict[str, Any] = {"table": Mock(columns=list(frame))}
    exec(recipe, names)
    ((scored,), schema) = names["score_frames"]([frame]), names["schema"]
    assert list(scored["error"]) == ["", "", "notes are empty"]
    assert schema == ", ".join(f"`{name}` string" for name in scored)
    assert schema.startswith("`notes` string, `read on` string, `as_of` string, `prediction` ")
