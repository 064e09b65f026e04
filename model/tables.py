"""Tables of notes: CSV, TSV and Parquet, read and written row by row.

Everything is text: "NA" stays "NA" and "007" stays "007".
"""

import codecs
import csv
import io
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from model.errors import DataError, EngineError, quote

DELIMITERS = {".csv": ",", ".tsv": "\t"}
PARQUET = ".parquet"
MAX_FIELD = 20_000_000
"""Characters of a cell. The csv module has one limit a process: whoever reads sets the same."""
SNIFF_BYTES = 1 << 16
"""First bytes of a text, by which its encoding is known: a reader holds as many."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, Any]


def _unknown() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of an input and its rows.

    `warning`: for the user, empty if all is well. `schema`: the Arrow schema of a Parquet file.
    `share`: tells what share of the rows has been read, None where the end is not in sight.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    warning: str = ""
    schema: Any = None
    share: Callable[[], float | None] = _unknown


def read_table(source: str) -> Table:
    """Open a table: a path, or "-" for CSV on standard input.

    Raises `DataError` at once for what is no table or has no header, and later, from the rows, with
    the line at which a broken file breaks; `EngineError` where the disk does.
    """
    if source == "-":
        if sys.stdin is None:
            raise DataError("standard input is closed; name a file")
        return _read_csv(cast(io.BufferedReader, sys.stdin.buffer), "standard input", ",")
    path = Path(source)
    if not path.exists():
        raise DataError(f"{source}: no such file")
    if not path.is_file():
        raise DataError(f"{source}: not a file; give a .csv, .tsv or .parquet file, or -")
    return _read(path, source)


def read_upload(content: bytes, name: str) -> Table:
    """Open a table that is in memory; `name` tells its kind. Raises as `read_table` does."""
    return _read(io.BytesIO(content), name)


def _read(source: Path | io.BytesIO, name: str) -> Table:
    suffix = Path(name).suffix.lower()
    if suffix == PARQUET:
        return _read_parquet(source, name)
    if suffix not in DELIMITERS:
        raise DataError(f"{name}: not a .csv, .tsv or .parquet file; rename or convert it")
    raw = io.FileIO(source) if isinstance(source, Path) else cast(io.RawIOBase, source)
    return _read_csv(io.BufferedReader(raw, SNIFF_BYTES), name, DELIMITERS[suffix])


def _read_csv(stream: io.BufferedReader, name: str, delimiter: str) -> Table:
    """A table of the bytes in `stream`; the rows close it."""
    try:
        _, warning = _encoding(stream.peek(SNIFF_BYTES), name)
        lines = read_lines(stream, name, delimiter)
        _, columns = next(lines, (0, []))
        if not "".join(columns).strip():
            raise DataError(f"{name}: is empty; it needs a header line with a column for the notes")
        check_names(columns, name)
    except (DataError, OSError):
        stream.close()
        raise
    rows = _as_dicts(lines, columns, name)
    return Table(tuple(columns), rows, warning, share=partial(_share_of_bytes, stream))


def check_names(columns: Sequence[str], name: str) -> None:
    """Raise `DataError` where two columns have one name."""
    doubled = {column for column in columns if columns.count(column) > 1}
    if doubled:
        raise DataError(f"{name}: two columns are named {quote(sorted(doubled)[0])}; rename one")


def _share_of_bytes(stream: io.BufferedReader) -> float | None:
    """How far a file has been read; None for a pipe."""
    if stream.closed:
        return 1.0
    try:
        return stream.raw.tell() / os.fstat(stream.fileno()).st_size
    except (OSError, ZeroDivisionError):
        return None


def _encoding(head: bytes, name: str) -> tuple[str, str]:
    """UTF-8 if the first bytes are (of a pipe: those that have come), else cp1252, said aloud."""
    if b"\0" in head:
        raise DataError(f"{name}: is not a text file; save the table as CSV in UTF-8")
    try:  # the head may end inside a character: that is no fault
        codecs.getincrementaldecoder("utf-8-sig")().decode(head, final=False)
    except UnicodeDecodeError:
        return "cp1252", f"{name}: not UTF-8, read as Windows-1252"
    return "utf-8-sig", ""


def say_encoding(path: Path) -> str:
    """For the user: how a text is read that is not UTF-8; empty where it is."""
    with path.open("rb") as stream:
        return _encoding(stream.read(SNIFF_BYTES), str(path))[1]


def read_lines(
    stream: io.BufferedReader, name: str, delimiter: str = ","
) -> Generator[tuple[int, list[str]]]:
    """Rows with the line each begins on; faults of the file as one clear line; closes the file."""
    with stream:
        encoding, _ = _encoding(stream.peek(SNIFF_BYTES), name)
        csv.field_size_limit(MAX_FIELD)
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if cells:  # not a blank line
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise DataError(
                f"{name}: the row that begins on line {line}: {error}; look for a stray quote"
            ) from None
        except UnicodeDecodeError:
            raise DataError(
                f"{name}: after line {reader.line_num}: not UTF-8; save the table as UTF-8"
            ) from None
        except OSError as error:
            raise EngineError(
                f"{name}: after line {reader.line_num}: cannot be read ({error.strerror})"
            ) from None


def _as_dicts(
    lines: Generator[tuple[int, list[str]]], columns: Sequence[str], name: str
) -> Iterator[Row]:
    with closing(lines):
        for line, row in lines:
            if len(row) != len(columns):
                raise DataError(
                    f"{name}: line {line}: not as many cells as in the header "
                    f"({len(row)}, not {len(columns)}); look for a stray comma or quote"
                )
            yield dict(zip(columns, row, strict=True))


def _read_parquet(source: Path | io.BytesIO, name: str) -> Table:
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(source, buffer_size=1 << 20, pre_buffer=False)
    except (pyarrow.ArrowException, OSError):
        raise DataError(f"{name}: is no readable Parquet file") from None
    check_names(file.schema_arrow.names, name)
    read = _Count(file.metadata.num_rows)
    return Table(
        tuple(file.schema_arrow.names),
        read.counting(_rows(file, name)),
        schema=file.schema_arrow,
        share=read.share,
    )


def _rows(file: Any, name: str) -> Iterator[Row]:
    """Rows in small batches, one row group after the other; a broken one as one clear line."""
    import pyarrow

    try:
        for batch in file.iter_batches(batch_size=1024, use_threads=False):
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        if number := getattr(error, "errno", None):  # the disk's: what is damaged has none
            raise EngineError(f"{name}: cannot be read ({os.strerror(number)})") from None
        raise DataError(f"{name}: breaks off or is damaged; write it anew") from None
    except UnicodeDecodeError:
        raise DataError(f"{name}: holds text that is not UTF-8; write it anew") from None
    except (OverflowError, ValueError):
        raise DataError(
            f"{name}: holds a value that Python cannot, such as a day after the year 9999; "
            "leave it empty"
        ) from None


class _Count:
    """Counts rows as they go by."""

    def __init__(self, total: int) -> None:
        self._seen, self._total = 0, total

    def counting(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows."""
        for row in rows:
            self._seen += 1
            yield row

    def share(self) -> float:
        """The share of the rows that has gone by."""
        return self._seen / self._total if self._total else 1.0


def safe_cell(value: Any) -> Any:
    """The cell, with a quote in front where a spreadsheet would run it as a formula."""
    if not isinstance(value, str) or not value.startswith(_RISKY) or _is_number(value):
        return value
    return f"'{value}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def check_delimiter(columns: Sequence[str], name: str, source: str) -> None:
    """Raise `DataError` where `name` is no column because another sign separates them."""
    for sign, mend in ((";", "save it with commas"), ("\t", "rename it to .tsv")):
        if name not in columns and name in sign.join(columns).split(sign):
            raise DataError(f"{source}: its columns are separated by {sign!r}; {mend}")


def check_column(columns: Sequence[str], name: str, source: str) -> None:
    """Raise `DataError` where `name` is missing, with the columns that are there."""
    check_delimiter(columns, name, source)
    if name not in columns:
        there = ", ".join(map(quote, columns[:8])) + (" ..." if len(columns) > 8 else "")
        raise DataError(
            f"{source}: no column {name!r} (there are: {there}); name it with --notes-column"
        )
