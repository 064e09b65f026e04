import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import joblib
import pytest

import train
from model.errors import StoreError
from model.store import (
    MANIFEST_FILE,
    MODEL_FILE,
    check_place,
    digest,
    load_model,
    model_digest,
    put_in_place,
    rollback,
    save,
)
from tests.conftest import ROOT


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save({"a": 1}, tmp_path / "trained", {"rows": 3}, {"report.md": b"# Report"})
    return tmp_path / "trained"


def test_what_is_saved_can_be_loaded(saved: Path) -> None:
    assert load_model(saved) == {"a": 1}
    assert json.loads((saved / MANIFEST_FILE).read_text())["rows"] == 3
    assert (saved / "report.md").read_bytes() == b"# Report"


def names_beside(saved: Path) -> list[str]:
    return sorted(path.name for path in saved.parent.iterdir())


def test_saving_again_replaces_and_keeps_only_the_one_before(saved: Path) -> None:
    for number in (2, 3):
        save({"a": number}, saved, {}, {})
    assert load_model(saved) == {"a": 3}
    assert load_model(saved.with_name("trained.previous")) == {"a": 2}
    assert names_beside(saved) == ["trained", "trained.previous"]


def test_an_empty_folder_takes_no_place_of_a_kept_model(saved: Path) -> None:
    save({"a": 2}, saved, {}, {})
    shutil.rmtree(saved)
    saved.mkdir()
    save({"a": 3}, saved, {}, {})
    assert load_model(saved) == {"a": 3}
    assert load_model(saved.with_name("trained.previous")) == {"a": 1}


def test_rollback_swaps_with_the_one_before(saved: Path) -> None:
    save({"a": 2}, saved, {}, {})
    rollback(saved)
    assert load_model(saved) == {"a": 1}
    rollback(saved)
    assert load_model(saved) == {"a": 2}
    assert names_beside(saved) == ["trained", "trained.previous"]


def test_a_rollback_that_was_killed_stands_in_the_way_of_none(saved: Path) -> None:
    save({"a": 2}, saved, {}, {})
    shutil.copytree(saved, saved.with_name(".trained-aside"))
    rollback(saved)
    assert load_model(saved) == {"a": 1}
    assert names_beside(saved) == ["trained", "trained.previous"]


def test_rollback_restores_what_a_power_cut_left_out(saved: Path) -> None:
    saved.rename(saved.with_name("trained.previous"))
    with pytest.raises(
        StoreError, match=r"no trained model here; run: python train\.py --rollback"
    ):
        load_model(saved)
    rollback(saved)
    assert load_model(saved) == {"a": 1}
    assert names_beside(saved) == ["trained"]


def test_rollback_refuses_a_model_that_does_not_fit(saved: Path) -> None:
    save({"a": 2}, saved, {}, {})
    edit(saved.with_name("trained.previous") / MANIFEST_FILE, format=0)
    with pytest.raises(StoreError, match="another version"):
        rollback(saved)
    assert load_model(saved) == {"a": 2}


def test_train_rolls_back_in_one_line(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--rollback", "--out", str(saved)]
    assert train.main(arguments) == 2
    assert "no model before this one is kept; run: python train.py" in capsys.readouterr().err
    save({"a": 2}, saved, {}, {})
    assert train.main(arguments) == 0
    assert "back to the model trained at" in capsys.readouterr().out


def test_save_does_not_take_the_place_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds files that are no model; name another with --out"):
        save({}, tmp_path, {}, {})
    with pytest.raises(StoreError, match="is no folder"):
        save({}, tmp_path / "mine.txt", {}, {})
    assert (tmp_path / "mine.txt").read_text() == "mine"
    with pytest.raises(StoreError, match="cannot be written"):
        check_place(tmp_path / ("n" * 300))  # a place that may not even be looked at


def test_a_save_that_fails_leaves_the_old_model_and_nothing_else(saved: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        save({"a": 2}, saved, {}, {"no/such/folder.md": b""})
    assert load_model(saved) == {"a": 1}
    assert names_beside(saved) == ["trained"]


def test_a_new_model_that_is_gone_leaves_the_old_one(saved: Path) -> None:
    with pytest.raises(StoreError, match=r"trained: cannot be written .*candidate-1"):
        put_in_place(saved.with_name("candidate-1"), saved)
    assert load_model(saved) == {"a": 1}
    assert names_beside(saved) == ["trained"]


WRITER = """
import sys
from pathlib import Path
from model.store import save
for number in range(150):
    save({"a": number}, Path(sys.argv[1]), {}, {"report.md": b"x" * 10_000})
"""


def test_who_loads_while_others_save_sees_whole_models_only(saved: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(saved)]
    writers = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    loads = 0
    while any(writer.poll() is None for writer in writers):
        assert set(load_model(saved)) == {"a"}
        loads += 1
    assert [writer.returncode for writer in writers] == [0, 0]
    assert loads > 20
    assert names_beside(saved) == ["trained", "trained.previous"]


def test_who_asks_while_a_model_is_replaced_waits_for_the_new_one(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, asked = Path.replace, list[Future[str]]()

    with ThreadPoolExecutor(1) as other:

        def replace_and_ask(self: Path, target: Path) -> Path:
            moved = replace(self, target)
            if not saved.exists():
                asked.append(other.submit(model_digest, saved))
                wait(asked, timeout=0.2)
            return moved

        monkeypatch.setattr(Path, "replace", replace_and_ask)
        save({"a": 2}, saved, {}, {})
    assert [each.result() for each in asked] == [digest(saved / MODEL_FILE)]


def edit(path: Path, **facts: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))


def test_load_refuses_a_changed_file(saved: Path) -> None:
    with (saved / MODEL_FILE).open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(StoreError, match=r"not the file that was saved.*run: python train\.py"):
        load_model(saved)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"format": 0}, "another version"), ({"shape_sha256": "x"}, "another version"),
     ({"versions": {}}, "library versions"),
     ({"files_sha256": "x"}, "rule files or the encoder have changed")],
)  # fmt: skip
def test_load_refuses_what_does_not_fit(saved: Path, facts: dict[str, object], reason: str) -> None:
    edit(saved / MANIFEST_FILE, **facts)
    with pytest.raises(StoreError, match=reason):
        load_model(saved)


def truncate(saved: Path) -> None:
    os.truncate(saved / MODEL_FILE, (saved / MODEL_FILE).stat().st_size // 2)


def swap(saved: Path) -> None:
    save({"other": 1}, saved.with_name("other"), {}, {})
    shutil.copy(saved.with_name("other") / MODEL_FILE, saved / MODEL_FILE)


def remove(saved: Path) -> None:
    (saved / MODEL_FILE).unlink()


def bring_a_foreign_folder(saved: Path) -> None:
    joblib.dump({"foreign": 1}, saved / MODEL_FILE)
    (saved / MANIFEST_FILE).write_text('{"name": "another program"}')


def bring_no_pickle(saved: Path) -> None:
    (saved / MODEL_FILE).write_bytes(b"no pickle")
    edit(saved / MANIFEST_FILE, model_sha256=digest(saved / MODEL_FILE))


# fmt: off
HARM = [
    (truncate,               "not the file that was saved"),
    (swap,                   "not the file that was saved"),
    (remove,                 "missing or not the file"),
    (bring_a_foreign_folder, "another version of this program"),
    (bring_no_pickle,        "cannot be loaded"),
]
# fmt: on


@pytest.mark.parametrize(("harm", "reason"), HARM, ids=[harm.__name__ for harm, _ in HARM])
def test_load_refuses_harmed_models_and_says_what_mends_them(
    saved: Path, harm: Callable[[Path], None], reason: str
) -> None:
    harm(saved)
    with pytest.raises(StoreError, match=rf"{reason}.*run: python train\.py"):
        load_model(saved)


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_load_refuses_a_broken_manifest(saved: Path, content: str) -> None:
    (saved / MANIFEST_FILE).write_text(content)
    with pytest.raises(StoreError, match=r"run: python train\.py"):
        load_model(saved)


@pytest.mark.parametrize("place", ["", "none", "no/none"])
def test_load_says_how_to_train(tmp_path: Path, place: str) -> None:
    with pytest.raises(StoreError, match=r"no trained model here; run: python train\.py"):
        load_model(tmp_path / place)
