import io
from pathlib import Path
from typing import Any

import pytest

from model.errors import DataError
from model.tables import CsvWriter, open_writer, read_table


def write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


# fmt: off
READ = [
    ("plain",      b"notes,x\na,1\n",                      [{"notes": "a", "x": "1"}]),
    ("bom",        b"\xef\xbb\xbfnotes\na\n",              [{"notes": "a"}]),
    ("crlf",       b'notes\r\n"a\r\nb"\r\n',               [{"notes": "a\r\nb"}]),
    ("text stays", b"notes,n\nNA,007\n",                   [{"notes": "NA", "n": "007"}]),
    ("no rows",    b"notes\n",                             []),
    ("utf-8",      "notes\ncafé 📞\n".encode(),            [{"notes": "café 📞"}]),
]
REFUSED = [
    ("empty",      b"",                                    "is empty"),
    ("binary",     b"PK\x03\x04\x00\x00",                  "not a text file"),
    ("open quote", b'notes\n"abc\n',                       "missing quote"),
    ("stray cell", b"notes\na,b\n",                        "line 2: 2 cells where the header has 1"),
    ("doubled",    b"notes,notes\na,b\n",                  "two columns are named 'notes'"),
]
# fmt: on


@pytest.mark.parametrize(("name", "content", "rows"), READ, ids=[row[0] for row in READ])
def test_read_table(tmp_path: Path, name: str, content: bytes, rows: list[dict[str, Any]]) -> None:
    assert list(read_table(write(tmp_path / "t.csv", content)).rows) == rows


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_read_table_refuses_in_one_line(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(DataError, match=reason) as error:
        list(read_table(write(tmp_path / "t.csv", content)).rows)
    assert "\n" not in str(error.value)


def test_read_table_says_when_it_reads_windows_1252(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "notes\ncaf\xe9\n".encode("cp1252")))
    assert "Windows-1252" in table.warning
    assert list(table.rows) == [{"notes": "café"}]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "parquet"])
def test_what_is_written_can_be_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t.{suffix}"
    rows = [{"notes": 'a,"b"\n\tc', "x": "007"}, {"notes": "é", "x": ""}]
    with open_writer(str(path), ["notes", "x"], raw=False, overwrite=False) as writer:
        for row in rows:
            writer.write(row)
    assert list(read_table(str(path)).rows) == rows
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_nothing_is_left_where_writing_fails(tmp_path: Path) -> None:
    def fail() -> None:
        path = str(tmp_path / "t.csv")
        with open_writer(path, ["notes"], raw=False, overwrite=False) as writer:
            writer.write({"no notes": "a"})

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("@x", "'@x"), ("-x", "'-x"), ("\tx", "'\tx"),
     ("-5", "-5"), ("+1.5", "+1.5"), ("plain = text", "plain = text"), ("", "")],
)  # fmt: skip
def test_formulas_come_out_so_that_they_do_not_run(cell: str, safe: str) -> None:
    stream = io.StringIO()
    CsvWriter(stream, ["a", "b"], "|", raw=False).write({"a": cell, "b": "x"})
    assert stream.getvalue() == f"a|b\n{safe}|x\n"
