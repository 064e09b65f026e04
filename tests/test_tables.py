import io
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from model.batch.formats import CsvFormat, make_format
from model.data import read_scenarios
from model.errors import DataError
from model.tables import read_table, read_upload


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
    ("open quote", b'notes\na\n\n"abc\nd\n',               "the row that begins on line 4: .* stray quote"),
    ("blank",      b"\n \n",                               "is empty"),
    ("stray cell", b"notes\na,b\n",                        r"line 2: not as many cells as in the header \(2, not 1\);"),
    ("after a row of two lines", b'notes\n"a\nb"\nc,d\n', "line 4: not as many cells"),
    ("row of two lines", b'notes\n"a\nb",c\nd\n',         "line 2: not as many cells"),
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


UPLOADS = [
    ("in.tsv", b"notes\tx\nhm\t1\n", ["hm"]),
    ("in.CSV", "notes\nné\n".encode("cp1252"), ["né"]),
]


@pytest.mark.parametrize(("name", "content", "notes"), UPLOADS)
def test_uploads_are_read(name: str, content: bytes, notes: list[str]) -> None:
    assert [each["notes"] for each in read_upload(content, name).rows] == notes


class Pipe(io.RawIOBase):
    """Brings its pieces one at a time, and then nothing more."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.pieces.pop(0) if self.pieces else b""
        buffer[: len(piece)] = piece
        return len(piece)


def read_pipe(monkeypatch: pytest.MonkeyPatch, *pieces: bytes) -> list[dict[str, Any]]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Pipe(*pieces))))
    return list(read_table("-").rows)


# fmt: off
LATE = [
    [b"\n",       b"notes\ncaf\xc3\xa9\n"],
    [b"no",       b"tes\ncaf\xc3\xa9\n"],
    [b"notes\n",  b"caf\xc3", b"\xa9\n"],
]
# fmt: on


@pytest.mark.parametrize("pieces", LATE, ids=str)
def test_a_pipe_may_come_in_pieces(pieces: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_pipe(monkeypatch, *pieces) == [{"notes": "café"}]


PIPES = [
    ([b""], "is empty"),
    ([b"\n", b"\n"], "is empty"),
    ([b"notes\n", b"caf\xe9\n"], "not UTF-8; save the table as UTF-8"),
]


@pytest.mark.parametrize(("pieces", "reason"), PIPES)
def test_a_pipe_is_refused_in_one_line(
    pieces: list[bytes], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DataError, match=reason):
        read_pipe(monkeypatch, *pieces)


def test_read_table_says_when_it_reads_windows_1252(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "notes\ncaf\xe9\n".encode("cp1252")))
    assert "Windows-1252" in table.warning
    assert list(table.rows) == [{"notes": "café"}]


def test_scenarios_read_in_between_cut_no_field_short(tmp_path: Path) -> None:
    rows = [{"notes": "a"}, {"notes": "long " * 400_000}]
    text = "".join(f"{each['notes']}\n" for each in rows)
    table = read_table(write(tmp_path / "t.csv", b"notes\n" + text.encode()))
    with pytest.raises(DataError, match="no column label"):
        read_scenarios(Path(write(tmp_path / "s.csv", b"notes\n")))
    assert list(table.rows) == rows


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize("letter", ["é", "面", "📞"])
def test_utf_8_is_known_wherever_the_first_bytes_end(
    tmp_path: Path, shift: int, letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"notes": "x" * shift + letter * 50_000}]
    path = write(tmp_path / "t.csv", f"notes\n{rows[0]['notes']}\n".encode())
    tables = [read_table(path)]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.FileIO(path))))
    tables.append(read_table("-"))
    for table in tables:
        assert table.warning == ""
        assert list(table.rows) == rows


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet"])
@pytest.mark.parametrize("sizes", [(2,), (1, 1), ()], ids=str)
def test_what_is_encoded_can_be_read(tmp_path: Path, suffix: str, sizes: tuple[int, ...]) -> None:
    rows = [{"notes": 'a,"b"\n\tc', "x": "007"}, {"notes": "é\rf", "x": ""}][: sum(sizes)]
    output_format = make_format(["notes", "x"], ["x"], suffix, raw=False)
    left = iter(rows)
    parts = [output_format.encode(list(islice(left, size))) for size in sizes]
    (tmp_path / "part").write_bytes(b"".join([output_format.header(), *parts]))
    path = output_format.finish(tmp_path / "part").rename(tmp_path / f"t{suffix}")
    assert list(read_table(str(path)).rows) == rows
    assert output_format.encode_whole(rows) == path.read_bytes()


def test_parquet_keeps_the_types_of_the_input(tmp_path: Path) -> None:
    given = pyarrow.table({"notes": ["a", None], "n": [7, 8], "day": [None, date(2026, 1, 2)]})
    pyarrow.parquet.write_table(given, tmp_path / "in.parquet")
    table = read_table(str(tmp_path / "in.parquet"))
    output_format = make_format(table.columns, ["more"], ".parquet", raw=False, schema=table.schema)
    data = output_format.encode([{**row, "more": "m"} for row in table.rows])
    (tmp_path / "part").write_bytes(data)
    written = pyarrow.parquet.read_table(output_format.finish(tmp_path / "part"))
    assert written.drop_columns("more") == given
    assert table.share() == 1.0


def test_parquet_is_read_row_group_by_row_group_and_a_damaged_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    notes = [f"note {i}" for i in range(3000)]
    pyarrow.parquet.write_table(pyarrow.table({"notes": notes}), path, row_group_size=700)
    assert [row["notes"] for row in read_table(str(path)).rows] == notes
    content = bytearray(path.read_bytes())
    content[200 : len(content) // 2] = bytes(len(content) // 2 - 200)
    path.write_bytes(content)
    with pytest.raises(DataError, match="damaged"):
        list(read_table(str(path)).rows)


def test_parquet_that_python_cannot_hold_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    days = (
        pyarrow.array([day], pyarrow.int32()).cast(pyarrow.date32()) for day in (10**7, -(10**7))
    )
    twins = pyarrow.StructArray.from_arrays([pyarrow.array([1]), pyarrow.array([2])], ["a", "a"])
    for each in (*days, twins):
        pyarrow.parquet.write_table(pyarrow.table({"notes": ["a"], "more": each}), path)
        with pytest.raises(
            DataError, match="holds a value that Python cannot, such as a day after"
        ):
            list(read_table(str(path)).rows)
    western = pyarrow.array([b"caf\xe9"]).view(pyarrow.string())
    pyarrow.parquet.write_table(pyarrow.table({"notes": western}), path)
    with pytest.raises(DataError, match="text that is not UTF-8"):
        list(read_table(str(path)).rows)
    twice = pyarrow.table([["a"], ["b"]], names=["notes", "notes"])
    pyarrow.parquet.write_table(twice, path)
    with pytest.raises(DataError, match="two columns are named 'notes'"):
        read_table(str(path))


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("@x", "'@x"), ("-x", "'-x"), ("\tx", "'\tx"),
     ("-5", "-5"), ("+1.5", "+1.5"), ("plain = text", "plain = text"), ("", "")],
)  # fmt: skip
def test_formulas_come_out_so_that_they_do_not_run(cell: str, safe: str) -> None:
    row = [{"a": cell, "b": "x"}]
    assert CsvFormat(("a", "b"), "|", raw=False).encode_whole(row) == f"a|b\n{safe}|x\n".encode()
    assert CsvFormat(("a", "b"), "|", raw=True).encode(row) == f"{cell}|x\n".encode()
