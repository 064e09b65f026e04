import json
from pathlib import Path

import pytest

from model.errors import StoreError
from model.store import MANIFEST_FILE, MODEL_FILE, load_model, save


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save({"a": 1}, tmp_path / "trained", {"rows": 3}, {"report.md": b"# Report"})
    return tmp_path / "trained"


def test_what_is_saved_can_be_loaded(saved: Path) -> None:
    assert load_model(saved) == {"a": 1}
    assert json.loads((saved / MANIFEST_FILE).read_text())["rows"] == 3
    assert (saved / "report.md").read_bytes() == b"# Report"


def test_saving_again_replaces_and_leaves_nothing_behind(saved: Path) -> None:
    save({"a": 2}, saved, {}, {})
    assert load_model(saved) == {"a": 2}
    assert [path.name for path in saved.parent.iterdir()] == ["trained"]


def edit(path: Path, **facts: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))


def test_load_refuses_a_changed_file(saved: Path) -> None:
    with (saved / MODEL_FILE).open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(StoreError, match=r"not the file that was saved.*run: python train\.py"):
        load_model(saved)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"format": 0}, "another version"), ({"versions": {}}, "library versions"),
     ({"patterns_sha256": "x"}, "rule files have changed")],
)  # fmt: skip
def test_load_refuses_what_does_not_fit(saved: Path, facts: dict[str, object], reason: str) -> None:
    edit(saved / MANIFEST_FILE, **facts)
    with pytest.raises(StoreError, match=reason):
        load_model(saved)


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_load_refuses_a_broken_manifest(saved: Path, content: str) -> None:
    (saved / MANIFEST_FILE).write_text(content)
    with pytest.raises(StoreError, match=r"run: python train\.py"):
        load_model(saved)


def test_load_says_how_to_train(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no trained model here; run: python train\.py"):
        load_model(tmp_path)
