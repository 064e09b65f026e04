import csv
import io
import json
import os
import shutil
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from unittest.mock import Mock

import pytest
from streamlit.testing.v1 import AppTest

import ui.model
import ui.retrain
from model import Advisor, Policy
from model.errors import DataError, StoreError
from model.reading import encoder
from model.store import TRAINED, read_manifest
from tests.conftest import SCENARIOS
from ui.retrain import Change

STAND_IN = """
import shutil, sys
from pathlib import Path
data, out = Path(sys.argv[2]), Path(sys.argv[4])
if b"broken" in data.read_bytes():
    print(f"train.py: {data}: nothing was used; mend these rows: line 2: why", file=sys.stderr)
    raise SystemExit(2)
print("| --- |")
shutil.copytree(TRAINED, out, dirs_exist_ok=True)
manifest = out / "manifest.json"
manifest.write_text(manifest.read_text().replace('"seed": 0', '"seed": 7'))
"""


@pytest.fixture
def place(advisor: Advisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trained model of its own, and a stand-in for train.py (training takes minutes)."""
    trained = tmp_path / "trained"
    shutil.copytree(TRAINED, trained)
    script = tmp_path / "train.py"
    script.write_text(f"TRAINED = {str(trained)!r}\n{STAND_IN}")
    for module in (ui.retrain, ui.model):
        monkeypatch.setattr(module, "TRAINED", trained)
    monkeypatch.setattr(ui.retrain, "SCRIPT", script)
    return trained


def some_rows() -> bytes:
    with SCENARIOS.open(encoding="utf-8", newline="") as stream:
        rows = list(islice(csv.DictReader(stream), 60))
    text = io.StringIO()
    writer = csv.DictWriter(text, ["notes", "label"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def silent(share: float, text: str) -> None:
    assert 0 < share < 1
    assert "s so far" in text


def test_a_table_that_cannot_be_used_is_refused_in_the_words_of_train(place: Path) -> None:
    with pytest.raises(DataError) as caught:
        ui.retrain.train_candidate(b"broken", "mine.csv", silent)
    assert str(caught.value) == "mine.csv: nothing was used; mend these rows: line 2: why"
    assert folders(place) == ["trained"]


def folders(place: Path) -> list[str]:
    return sorted(each.name for each in place.parent.iterdir() if each.is_dir())


def test_what_one_session_trains_is_not_what_another_uses(place: Path) -> None:
    first, second = (ui.retrain.train_candidate(some_rows(), "a.csv", silent) for _ in range(2))
    manifest = second / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"seed": 7', '"seed": 8'))
    ui.retrain.use_candidate(first)
    assert read_manifest(place)["seed"] == 7
    assert second.exists()
    ui.retrain.drop_candidate(second)
    assert folders(place) == ["trained", "trained.previous"]


def set_metrics(candidate: Path, metrics: dict[str, float]) -> None:
    manifest = candidate / "manifest.json"
    facts = json.loads(manifest.read_text())
    facts["metrics"].update(metrics)
    manifest.write_text(json.dumps(facts))


def test_figures_stand_side_by_side(place: Path) -> None:
    candidate = ui.retrain.train_candidate(some_rows(), "mine.csv", silent)
    set_metrics(candidate, {"accuracy": 0.5})
    found = ui.retrain.compare_figures(candidate)
    rows = {row["figure"].partition(",")[0]: row for row in found}
    assert list(rows) == ["scenarios", "accuracy", "macro-F1", "Brier score"]
    assert rows["accuracy"]["new"] == "0.500"
    assert rows["accuracy"]["in use"] != "0.500"


# fmt: off
WORSE = [
    # what changes      named as worse
    ({},                                   []),
    ({"accuracy": 0.5},                    ["accuracy"]),
    ({"accuracy": 0.99, "brier": 0.5},     ["Brier score"]),
    ({"accuracy": 0.99, "brier": 0.01},    []),
]
# fmt: on


@pytest.mark.parametrize(("metrics", "worse"), WORSE)
def test_it_is_known_which_figures_are_worse(
    place: Path, metrics: dict[str, float], worse: list[str]
) -> None:
    candidate = ui.retrain.train_candidate(some_rows(), "mine.csv", silent)
    set_metrics(candidate, metrics)
    assert ui.retrain.find_worse(candidate) == worse


QUIET = "notes,label,as_of,interview_date\n" + "No word.,call,2026-11-25,2026-11-10\n" * 3
TO_WAIT = Change("No word.", "call", "call", "wait")
TO_CALL = Change("No word.", "call", "wait", "call")
# fmt: off
COMPARED = [
    # rows  policy             changes
    (1,     Policy(),           [TO_WAIT]),
    (2,     Policy(),           [TO_WAIT] * 2),
    (3,     Policy(),           [TO_WAIT] * 2),  # the first two are compared
    (1,     Policy(silence=30), [TO_CALL]),
]
# fmt: on


@pytest.mark.parametrize(("rows", "policy", "changes"), COMPARED)
def test_each_row_is_read_once_and_decided_by_both_models(
    advisor: Advisor, monkeypatch: pytest.MonkeyPatch, rows: int, policy: Policy, changes: list[Change]
) -> None:  # fmt: skip
    model, weights = advisor.classifier, advisor.classifier.weights
    contrary = replace(weights, coef=-weights.coef, intercept=-weights.intercept)
    models = {ui.retrain.TRAINED: model, Path("new"): replace(model, weights=contrary)}
    monkeypatch.setattr(ui.retrain, "load_model", models.get)
    monkeypatch.setattr(ui.retrain, "MOST_COMPARED", 2)
    content = "".join(QUIET.splitlines(keepends=True)[: rows + 1]).encode()
    report, encode = Mock(), Mock(wraps=encoder.encode)
    monkeypatch.setattr(encoder, "encode", encode)
    found = ui.retrain.compare_decisions(content, Path("new"), policy, report)
    assert found == (changes, rows)
    assert encode.call_count == min(rows, 2)
    assert [each.args[0] for each in report.call_args_list] == [[1.0], [0.5, 1.0]][min(rows, 2) - 1]


def test_what_closed_tabs_have_left_is_removed_after_a_day(place: Path) -> None:
    for name, hours in (("candidate-old", 25), ("candidate-new", 1)):
        folder = place.with_name(name)
        folder.mkdir()
        then = time.time() - hours * 3600
        os.utime(folder, (then, then))
    ui.retrain.train_candidate(some_rows(), "mine.csv", silent)
    assert not place.with_name("candidate-old").exists()
    assert place.with_name("candidate-new").exists()


def test_the_shipped_scenarios_go_along_where_asked(place: Path) -> None:
    ui.retrain.SCRIPT.write_text("import sys; print(sys.argv[5:], file=sys.stderr); sys.exit(2)")
    with pytest.raises(DataError, match="labeled_scenarios"):
        ui.retrain.train_candidate(some_rows(), "mine.csv", silent, beside=True)


def test_a_training_that_is_killed_is_said_to_be(place: Path) -> None:
    warn = "import os, sys; print('warning: not UTF-8', file=sys.stderr)"
    ui.retrain.SCRIPT.write_text(f"{warn}; os.kill(os.getpid(), 9)")
    with pytest.raises(DataError, match=r"^the training was killed \(out of memory\?\)"):
        ui.retrain.train_candidate(some_rows(), "mine.csv", silent)


WITH_A_WORKER = """
import subprocess, sys
from pathlib import Path
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path(sys.argv[4]).with_name("worker").write_text(f"{worker.pid}\\n")
worker.wait()
"""


def test_training_ends_with_its_page_and_so_do_its_workers(place: Path) -> None:
    ui.retrain.SCRIPT.write_text(WITH_A_WORKER)
    told = place.with_name("worker")

    def leave(share: float, text: str) -> None:
        if told.exists() and told.read_text().endswith("\n"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ui.retrain.train_candidate(some_rows(), "mine.csv", leave)
    deadline = time.monotonic() + 10
    while is_running(int(told.read_text())):
        assert time.monotonic() < deadline


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


BETTER, WORSE_ONE = Change("Notes", "call", "wait", "call"), Change("Notes", "call", "call", "wait")
# fmt: off
CHANGES = [
    ([],                   60,     "On these scenarios no decision changes."),
    ([],                   17_480, "On the first 1,000 scenarios no decision changes."),
    ([BETTER],             1_000,  "On these scenarios 1 decision changes: 1 to what is labelled, 0 away from it."),
    ([BETTER, WORSE_ONE],  1_001,  "On the first 1,000 scenarios 2 decisions change: 1 to what is labelled, 1 away from it."),
]
# fmt: on


@pytest.mark.parametrize(("changes", "rows", "said"), CHANGES)
def test_it_says_which_way_the_decisions_change(
    changes: list[Change], rows: int, said: str
) -> None:
    assert ui.retrain.say_changes(changes, rows) == said


def model_script() -> None:
    import streamlit as st

    from model import Policy
    from ui.model import model_page

    model_page(Policy(silence=st.session_state.get("silence", 5)))


@pytest.fixture
def trained(place: Path) -> AppTest:
    """The page with a candidate to choose."""
    page = AppTest.from_function(model_script, default_timeout=120).run()
    assert not page.exception
    page.file_uploader[0].upload("mine.csv", some_rows(), "text/csv").run()
    return click(page, "Train on these")


def click(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label == label).click().run()
    assert not page.exception
    return page


CHOICES = [("Use it", 7, "is in use"), ("Keep the old one", 0, "stays")]


@pytest.mark.parametrize(("choice", "seed", "said"), CHOICES)
def test_the_user_chooses_between_the_models(
    place: Path, trained: AppTest, choice: str, seed: int, said: str
) -> None:
    assert any(each.value == "On these scenarios no decision changes." for each in trained.text)
    page = click(trained, choice)
    assert read_manifest(place)["seed"] == seed
    assert said in page.info[0].value
    assert folders(place) == ["trained", "trained.previous"][: 1 + (choice == "Use it")]
    assert not any(each.label == choice for each in page.button)


def test_another_policy_compares_anew(trained: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    compare = Mock(return_value=([TO_WAIT], 1))
    monkeypatch.setattr(ui.model, "compare_decisions", compare)
    for silence, times in ((5, 0), (30, 1), (30, 1), (5, 2)):
        trained.session_state["silence"] = silence
        trained.run()
        assert compare.call_count == times
    assert list(trained.dataframe[0].value["new"]) == ["wait"]
    assert not trained.get("progress")


def types(page: AppTest) -> dict[str, str]:
    return {each.label: each.proto.type for each in page.button}


def test_where_the_new_model_is_worse_the_old_one_is_offered_first(
    place: Path, trained: AppTest
) -> None:
    assert not trained.warning
    assert types(trained)["Use it"] == "primary"
    (candidate,) = place.parent.glob("candidate-*")
    set_metrics(candidate, {"accuracy": 0.5, "brier": 0.5})
    trained.run()
    assert "worse by accuracy and Brier score" in trained.warning[0].value
    assert (types(trained)["Use it"], types(trained)["Keep the old one"]) == (
        "secondary",
        "primary",
    )


@pytest.mark.parametrize(("rows", "said"), [(25, "may be off by 20%"), (1_000, "")])
def test_few_scenarios_are_named_and_the_old_model_is_offered_first(
    place: Path, trained: AppTest, rows: int, said: str
) -> None:
    (candidate,) = place.parent.glob("candidate-*")
    manifest = candidate / "manifest.json"
    manifest.write_text(json.dumps({**read_manifest(candidate), "rows": rows}))
    trained.run()
    assert [said in each.value for each in trained.warning] == [True] * bool(said)
    assert types(trained)["Use it"] == ("secondary" if said else "primary")


def test_the_model_before_comes_back_on_a_click(place: Path, trained: AppTest) -> None:
    back = "Bring back the model before this one"
    assert trained.checkbox[0].value
    assert back not in types(trained)
    page = click(click(trained, "Use it"), back)
    assert read_manifest(place)["seed"] == 0
    assert "in use again" in page.info[0].value


def test_a_model_that_cannot_be_put_in_place_can_be_tried_again(
    place: Path, trained: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(ui.retrain, "put_in_place", Mock(side_effect=StoreError("no room")))
        page = click(trained, "Use it")
    assert page.info[0].value == "no room"
    assert "is in use" in click(page, "Use it").info[0].value
    assert read_manifest(place)["seed"] == 7


def test_a_model_that_another_tab_removed_is_one_line(place: Path, trained: AppTest) -> None:
    for folder in place.parent.glob("candidate-*"):
        shutil.rmtree(folder)
    page = click(trained, "Use it")
    assert "cannot be written" in page.info[0].value
    assert read_manifest(place)["seed"] == 0
