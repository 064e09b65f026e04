"""What holds for any input: parsers refuse in their own words, advice is made of the notes alone."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench import text_of
from model import Advisor
from model.batch import Options, score_chunk
from model.data import day_or_none, parse_cues, read_scenarios
from model.errors import DataError
from model.policy import read_policy
from model.tables import check_column, read_table, read_upload
from tests.test_advisor import NOTES, load_once
from ui.marks import render_notes

TODAY = date(2026, 11, 24)
ANY = st.text(st.characters(), max_size=60)  # lone surrogates too
CELLS = st.sampled_from(["notes", "label", "call", "wait", "cues", ",", ",", '"', "\n", "\r\n", "\0",
    "as_of", "2026-02-30", "[{}]", "\ufeff", "x", ";", "\t"])  # fmt: skip
TABLES = st.one_of(
    st.binary(max_size=200), st.lists(CELLS, max_size=30).map("".join).map(str.encode)
)
NO_POLICIES = ["silence = true", "silence = -1", "x = 1", "country = 'XX'"]
many = settings(max_examples=500, deadline=None)
few = settings(max_examples=60, deadline=None)  # with the whole model


def refusal(read: Callable[[], object]) -> str:
    """How an input is refused; empty where it is taken."""
    try:
        read()
    except DataError as error:
        return str(error)
    return ""


@many
@given(TABLES)
def test_read_scenarios_raises_only_what_a_user_can_mend(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (path := Path(folder, "s.csv")).write_bytes(content)
        with pytest.raises(DataError) as error:  # too few rows at best
            read_scenarios(path)
    assert str(error.value).startswith(str(path))


@many
@given(TABLES, st.sampled_from(["t.csv", "t.tsv", "t.parquet", "t.txt"]))
def test_read_upload_raises_only_what_a_user_can_mend(content: bytes, name: str) -> None:
    def read() -> None:
        table = read_upload(content, name)
        assert all(tuple(row) == table.columns for row in table.rows)

    assert re.fullmatch(rf"({re.escape(name)}: \S.*)?", refusal(read))


WORDS = st.text("abcdefghijklm", min_size=3, max_size=9)
PRIVATE = st.lists(WORDS, min_size=3, max_size=9).map(" ".join)


@few
@given(st.lists(PRIVATE, min_size=2, max_size=5, unique=True), st.data())
def test_no_three_words_of_a_cell_are_in_an_error(cells: list[str], data: st.DataObject) -> None:
    names = ["notes", "label", "as_of", "cues", "more"][: len(cells)]
    cues = json.dumps([{"label": "window", "text": cells[0] + "!"}])
    values = [cues if each == "cues" else cell for each, cell in zip(names, cells, strict=True)]
    heads = data.draw(st.sampled_from([names, cells, [cells[0]] * len(cells)]))
    text = "".join(",".join(f'"{_escape(each)}"' for each in row) + "\n" for row in (heads, values))
    with TemporaryDirectory() as folder:
        (path := Path(folder, "s.csv")).write_text(text)
        said = refusal(lambda: read_scenarios(path))
        said += refusal(lambda: check_column(read_table(str(path)).columns, "no", "t.csv"))
    assert said.count("\n") == 0
    assert not any(run in said for cell in cells for run in _threes(cell))


def _escape(cell: str) -> str:
    return cell.replace('"', '""')


def _threes(cell: str) -> list[str]:
    words = cell.split()
    return [" ".join(words[i : i + 3]) for i in range(len(words) - 2)]


@many
@given(ANY, ANY)
@example("a", "[[]]")
@example("a", '[{"label": 1, "text": "a"}]')
@example("a", '[{"label": "closed", "text": 1}]')
@example("a", '{"label": "closed"}')
@example("a", "[" * 100_000)
def test_parse_cues_raises_only_value_errors(notes: str, cues: str) -> None:
    try:
        found = parse_cues(notes, cues)
    except ValueError:
        return
    assert all(0 <= each.start < each.end <= len(notes) for each in found)


@many
@given(ANY)
def test_any_text_is_a_date_or_none(text: str) -> None:
    day_or_none(text)  # raises nothing


@many
@given(st.one_of(ANY, st.sampled_from(NO_POLICIES)))
def test_read_policy_raises_only_what_a_user_can_mend(text: str) -> None:
    with TemporaryDirectory() as folder:
        (path := Path(folder, "p.toml")).write_text(text, encoding="utf-8", errors="replace")
        said = refusal(lambda: read_policy(path))
    assert said.startswith(str(path)) or (not said and text not in NO_POLICIES)


@few
@given(st.one_of(ANY, NOTES))
def test_marked_notes_without_tags_are_the_notes(notes: str) -> None:
    evidence = load_once().advise(notes, as_of=TODAY).evidence
    assert text_of(render_notes(notes, evidence)) == notes
    assert all(0 <= each.start < each.end <= len(notes) for each in evidence)


@few
@given(st.lists(st.one_of(ANY, NOTES), min_size=1, max_size=6))
def test_many_at_once_are_what_each_is_alone(notes: list[str]) -> None:
    advisor = load_once()
    for text, advice in zip(
        notes, advisor.advise_many(notes, as_of=[TODAY] * len(notes)), strict=True
    ):
        alone = advisor.advise(text, as_of=TODAY)
        assert advice.log_odds == pytest.approx(alone.log_odds, abs=1e-9)
        assert [each.text for each in advice.evidence] == [each.text for each in alone.evidence]


@few
@given(st.lists(st.one_of(ANY, NOTES), max_size=6))
def test_every_row_comes_out_once_and_in_order(advisor: Advisor, notes: list[str]) -> None:
    rows = [{"notes": text} for text in notes]
    scored = score_chunk(rows, Options(as_of=TODAY, today=TODAY), advisor)
    assert [row["notes"] for row in scored] == notes
    assert all(bool(row["error"]) == (not row["notes"].strip()) for row in scored)
