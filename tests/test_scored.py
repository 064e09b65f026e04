import io
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from model import Advisor
from model.batch import ADDED, Options, score_chunk
from model.errors import DataError
from model.tables import Table, read_upload
from ui.scored import (
    MAX_ROWS,
    Scored,
    count_decisions,
    count_undated,
    pick_rows,
    query_of,
    score_table,
    to_csv,
    to_parquet,
)

OPTIONS = Options()
CSV = b"""id,notes,as_of
1,They said by Friday. Nothing since.,2026-11-25
2,,2026-11-25
3,=1+1 they asked me not to phone,2026-11-25
4,Hm.,31 February
"""


def silent(share: float, text: str) -> None:
    assert 0 < share <= 1
    assert "rows, about" in text


@pytest.fixture(scope="module")
def scored(advisor: Advisor) -> Scored:
    return score_table(read_upload(CSV, "in.csv"), OPTIONS, advisor, silent)


def test_the_rows_are_those_of_score_py(scored: Scored) -> None:
    rows = list(read_upload(CSV, "in.csv").rows)
    assert list(scored.rows) == score_chunk(rows, OPTIONS)


def row(
    prediction: str, probability: str, confident: str = "true", error: str = ""
) -> dict[str, str]:
    return {
        "prediction": prediction,
        "call_probability": probability,
        "confident": confident,
        "error": error,
    }


ROWS = Scored(
    (),
    (
        row("call", "0.9"),
        row("wait", "0.45", "false"),
        row("", "", "", "empty"),
        row("call", "0.6", "false"),
    ),
)
# fmt: off
PICKED = [
    ("All",        False, [0, 1, 2, 3]),
    ("All",        True,  [2, 1, 3, 0]),
    ("Call",       False, [0, 3]),
    ("Wait",       False, [1]),
    ("Unsure",     True,  [1, 3]),
    ("Errors",     False, [2]),
]
# fmt: on


@pytest.mark.parametrize(("shown", "by_doubt", "numbers"), PICKED)
def test_filters_and_queue(shown: str, by_doubt: bool, numbers: list[int]) -> None:
    assert pick_rows(ROWS, shown, by_doubt=by_doubt) == numbers


def test_each_row_is_counted_once() -> None:
    counts = {name: count for name, _, count in count_decisions(ROWS)}
    assert counts == {"Call": 1, "Wait": 0, "Call, unsure": 1, "Wait, unsure": 1, "Error": 1}


def test_csv_runs_no_formula_and_parquet_keeps_the_text(scored: Scored) -> None:
    assert b"'=1+1" in to_csv(scored)
    frame = pd.read_parquet(io.BytesIO(to_parquet(scored)))
    assert frame["notes"][2].startswith("=1+1")
    assert list(frame.columns) == ["id", "notes", "as_of", *ADDED]


# fmt: off
LATE = [
    # a column whose first 5,000 rows tell little of the rest
    ("text after nulls",     [None] * 5_000 + ["text"]),
    ("halves after wholes",  [1.0] * 5_000 + [1.5]),
    ("lists",                [[1]] * 5_000 + [[]]),
]
# fmt: on


@pytest.mark.parametrize("column", [column for _, column in LATE], ids=[name for name, _ in LATE])
def test_parquet_keeps_what_comes_late_and_its_type(column: list[object]) -> None:
    given = pa.table({"notes": ["hm"] * len(column), "prediction": column, "own": column})
    pq.write_table(given, stream := io.BytesIO())
    table = read_upload(stream.getvalue(), "in.parquet")
    rows = tuple({**row, **dict.fromkeys(ADDED, "x")} for row in table.rows)
    written = pq.read_table(io.BytesIO(to_parquet(Scored(table.columns, rows, table.schema))))
    assert written["own"] == given["own"]
    assert written.column_names == ["notes", "own", *ADDED]


def test_too_many_rows_are_refused_before_scoring(advisor: Advisor) -> None:
    rows = ({"notes": "hm"} for _ in range(MAX_ROWS + 1))
    with pytest.raises(DataError, match="too many for the page"):
        score_table(Table(("notes",), rows), OPTIONS, advisor, silent)


OTHER = date(2026, 12, 1)
DAYS = [("", None), (None, None), (" 2026-11-25 ", date(2026, 11, 25)),
        ("2026-11-25 00:00:00", date(2026, 11, 25)), (date(2026, 11, 25), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 9), date(2026, 11, 25)), (float("nan"), None), (pd.NaT, None)]  # fmt: skip


@pytest.mark.parametrize(("value", "day"), DAYS)
def test_a_row_is_asked_again_with_its_day(value: object, day: date | None) -> None:
    row = {"notes": "hm", "as_of": value, "error": ""}
    assert query_of(row, OPTIONS).as_of == day
    assert query_of(row, replace(OPTIONS, as_of=OTHER)).as_of == (day or OTHER)
    assert count_undated(Scored((), (row,)), OPTIONS) == ({} if day else {None: 1})
    assert count_undated(Scored((), (row,)), replace(OPTIONS, as_of=OTHER)) == (
        {} if day else {OTHER: 1}
    )


def test_a_row_with_an_error_is_not_counted_as_undated(scored: Scored) -> None:
    assert not count_undated(scored, OPTIONS)
