"""What the documents name is there."""

import re
import tomllib
from pathlib import Path

import pytest

from bench.licences import pinned
from tests.conftest import ROOT

DOCUMENTS = ["CONTRIBUTING.md", "README.md", "data/README.md", "docs/architecture.md"]
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


def test_the_license_is_the_one_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (
        (ROOT / "LICENSE").read_text(encoding="utf-8").startswith(f"{project['license']} License")
    )


def test_every_pinned_package_has_its_licence_listed() -> None:
    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert [pin for pin in pinned() if f"| {pin[0]} | {pin[1]} | " not in listed] == []
