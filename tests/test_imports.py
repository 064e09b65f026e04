"""The packages of `model/` import one way."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAY_IMPORT = {
    "times": set(),
    "reading": {"times"},
    "judging": {"times", "reading"},
    "learning": {"times", "reading", "judging"},
    "batch": {"times", "reading", "judging"},
    "asking": {"times", "reading", "judging"},
}


def imported(path: Path) -> set[str]:
    """The packages of `model/` that a file imports from."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = (node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module)
    parts = (name.split(".") for name in names if name.startswith("model."))
    return {part[1] for part in parts} & set(MAY_IMPORT)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_one_way(package: str) -> None:
    files = list((ROOT / "model" / package).glob("*.py"))
    assert files
    found = set().union(*map(imported, files)) - {package}
    assert found <= MAY_IMPORT[package]


def test_every_package_has_its_place() -> None:
    packages = {path.parent.name for path in (ROOT / "model").glob("*/__init__.py")}
    assert packages == set(MAY_IMPORT)
