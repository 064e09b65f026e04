import re
from pathlib import Path

import pytest

from model.data import Scenario, groups_of, parse_cues, read_scenarios
from model.errors import DataError
from model.tables import say_encoding

HEADER = "id,notes,as_of,interview_date,label,rule,cues,voice,pair\n"
GOOD = "".join(f"r{i},note {i},,,{'call' if i % 2 else 'wait'},,,,\n" for i in range(30))

# fmt: off
BAD_ROWS = [
    ("x,,,,call,,,,",                              "line 32: notes are empty"),
    ("x,ok,,,maybe,,,,",                           "line 32: label 'maybe' is not one of call, wait"),
    ("x,ok,2026-02-31,,call,,,,",                  "line 32: as_of '2026-02-31' is no date"),
    ("x,ok,1850-01-01,,call,,,,",                  "line 32: as_of '1850-01-01' is no date that can be used"),
    ("x,ok,,next week,call,,,,",                   "line 32: interview_date 'next week' is no date"),
    ("x,ok,2026-11-24,2026-11-25,call,,,,",        "line 32: interview_date is after as_of"),
    ("x,ok,one whole week,,call,,,,",              "line 32: as_of (a long text) is no date"),
    ("x,call,,,my boss Ann is ill,,,,",            "line 32: label (a long text) is not one of call, wait"),
    (f"x,call,,,{'x' * 31},,,,",                   "line 32: label (a long text) is not one of call, wait"),
    ("x,ok,,,call",                                "line 32: more or fewer cells"),
    ("x,ok,,,call,,,,,,",                          "line 32: more or fewer cells"),
    ('x,ok,,,call,,"[1]",,',                       "line 32: cues are no JSON array"),
    ('x,ok,,,call,,"[{""label"":""wrong"",""text"":""ok""}]",,', "line 32: unknown cue label 'wrong'"),
    ('x,ok,,,call,,"[{""label"":""closed"",""text"":""no""}]",,', "cue 1 (closed): its text stands 0 times"),
]
# fmt: on


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("row", "reason"), BAD_ROWS, ids=[row for row, _ in BAD_ROWS])
def test_read_scenarios_names_line_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    with pytest.raises(DataError, match=re.escape(reason)):
        read_scenarios(write(tmp_path / "s.csv", HEADER + GOOD + row + "\n"))


def test_read_scenarios_reports_all_bad_rows_at_once(tmp_path: Path) -> None:
    for count, end in ((20, "line 51: [^;]*$"), (21, "line 51: [^;]*; and 1 more$")):
        text = HEADER + GOOD + "x,,,,call,,,,\n" * count
        with pytest.raises(DataError, match=rf"line 32: .*; line 33: .*; {end}"):
            read_scenarios(write(tmp_path / "s.csv", text))


def test_read_scenarios_needs_only_notes_and_label(tmp_path: Path) -> None:
    rows = "".join(f"note {i},{'call' if i % 2 else 'wait'}\n" for i in range(30))
    scenarios = read_scenarios(write(tmp_path / "s.csv", "notes,label\n" + rows))
    assert len(scenarios) == 30
    assert (scenarios[1].label, scenarios[1].as_of, scenarios[1].cues) == ("call", None, ())


def test_several_files_are_read_as_one_and_each_refused_by_its_own_name(tmp_path: Path) -> None:
    shipped = write(tmp_path / "s.csv", HEADER + GOOD)
    own = write(tmp_path / "own.csv", "notes,label\nmine,call\n")
    assert [each.notes for each in read_scenarios(shipped, own)][-1] == "mine"
    own.write_text("notes,label\nmine,perhaps\n")
    with pytest.raises(DataError, match=r"own\.csv: .*line 2: label 'perhaps'"):
        read_scenarios(shipped, own)


def test_line_numbers_count_blank_lines(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 34: notes are empty"):
        read_scenarios(write(tmp_path / "s.csv", HEADER + GOOD + "\n\nx,,,,call,,,,\n"))


def test_the_same_notes_stay_with_their_pair() -> None:
    rows = [Scenario("A", "call", pair="p1"), Scenario("A", "call"), Scenario("B", "wait")]
    assert groups_of(rows) == ["p1", "p1", "B"]


def test_line_numbers_count_line_ends_inside_quotes(tmp_path: Path) -> None:
    text = HEADER + GOOD + 'x,"two\nlines",,,call,,,,\nx,,,,call,,,,\n'
    with pytest.raises(DataError, match="line 34: notes are empty"):
        read_scenarios(write(tmp_path / "s.csv", text))


def pairs(count: int) -> str:
    rows = (f"a{i},call,{i}\nb{i},wait,{i}\n" for i in range(count))
    return "notes,label,pair\n" + "".join(rows)


def test_twenty_pairs_are_enough(tmp_path: Path) -> None:
    assert len(read_scenarios(write(tmp_path / "s.csv", pairs(20)))) == 40


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "no column"), ("notes\n", "no column label"), ('notes,label\n"x,call\n', "begins on line 2: .* stray quote"),
     ('notes,"label\nx,call\n', "begins on line 1: .* stray quote"),
     ("notes;label\na;call\n", "separated by ';'; save it with commas"), ("notes,label\n", "no rows under its header"),
     ("notes,label,label\na,call,wait\n", "two columns are named 'label'"),
     ("notes,label\na,call\n", "fewer than 10 rows labelled call"),
     (pairs(9), "fewer than 10 rows labelled call"), (pairs(10), "fewer than 20 rows"), (pairs(19), "fewer than 20 rows")],
)  # fmt: skip
def test_read_scenarios_refuses_broken_files(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        read_scenarios(write(tmp_path / "s.csv", text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_read_scenarios_takes_the_encodings_that_tables_may_have(
    tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "s.csv").write_bytes(f"{HEADER}{GOOD}x,café,,,call,,,,\n".encode(encoding))
    assert read_scenarios(tmp_path / "s.csv")[-1].notes == "café"
    warning = say_encoding(tmp_path / "s.csv")
    assert warning.endswith("read as Windows-1252") if encoding == "cp1252" else warning == ""


def test_read_scenarios_refuses_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_bytes("notes,label\ncafé,call\n".encode("utf-16"))
    with pytest.raises(DataError, match=r"is not a text file"):
        read_scenarios(tmp_path / "s.csv")
    with pytest.raises(DataError, match=r"cannot be read \(Is a directory\)"):
        read_scenarios(tmp_path)
    with pytest.raises(DataError, match=r"no such file; name one with --data"):
        read_scenarios(tmp_path / "none.csv")


def test_parse_cues_locates_each_text() -> None:
    (cue,) = parse_cues("They said by Friday.", '[{"label": "time:window", "text": "by Friday"}]')
    assert (cue.label, cue.start, cue.end) == ("time:window", 10, 19)
