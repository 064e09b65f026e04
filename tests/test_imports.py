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
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names += (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            names += (each.name for each in node.names)
    parts = (name.split(".") for name in names if name.startswith("model."))
    return {part[1] for part in parts} & set(MAY_IMPORT)


# fmt: off
IMPORTS = [
    ("import os, model.judging.advisor",  {"judging"}),
    ("from model import judging, load",   {"judging"}),
    ("from model.batch import Options",   {"batch"}),
    ("from model.times.find import x",    {"times"}),
    ("from . import times\nimport model", set()),
]
# fmt: on


@pytest.mark.parametrize(("code", "packages"), IMPORTS)
def test_any_way_to_import_is_seen(tmp_path: Path, code: str, packages: set[str]) -> None:
    (tmp_path / "code.py").write_text(code)
    assert imported(tmp_path / "code.py") == packages


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_one_way(package: str) -> None:
    files = list((ROOT / "model" / package).glob("*.py"))
    assert files
    found = set().union(*map(imported, files)) - {package}
    assert found <= MAY_IMPORT[package]


def test_every_package_has_its_place() -> None:
    packages = {path.parent.name for path in (ROOT / "model").glob("*/__init__.py")}
    assert packages == set(MAY_IMPORT)
