"""Tables of notes: CSV, TSV and Parquet, read and written row by row.

Everything is text: "NA" stays "NA" and "007" stays "007".
"""

import csv
import io
import os
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TextIO, cast

from model.errors import DataError

DELIMITERS = {".csv": ",", ".tsv": "\t"}
PARQUET = ".parquet"
MAX_FIELD = 20_000_000
_SNIFF_BYTES = 1 << 16
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of an input and its rows; `warning` is for the user, empty if all is well."""

    columns: tuple[str, ...]
    rows: Iterator[dict[str, Any]]
    warning: str = ""


def read_table(source: str) -> Table:
    """Open a table: a path, or "-" for CSV on standard input.

    Raises `DataError` at once for what cannot be opened or has no header, and later, from the
    rows, with the line at which a broken file breaks.
    """
    if source == "-":
        return _read_csv(cast(io.BufferedReader, sys.stdin.buffer), "standard input", ",")
    path = Path(source)
    if not path.exists():
        raise DataError(f"{source}: no such file")
    if not path.is_file():
        raise DataError(f"{source}: not a file; give a .csv, .tsv or .parquet file")
    if path.suffix.lower() == PARQUET:
        return _read_parquet(path, source)
    if path.suffix.lower() not in DELIMITERS:
        raise DataError(f"{source}: not a .csv, .tsv or .parquet file; rename or convert it")
    try:
        stream = cast(io.BufferedReader, path.open("rb", buffering=_SNIFF_BYTES))
    except OSError as error:
        raise DataError(f"{source}: cannot be opened ({error.strerror})") from None
    return _read_csv(stream, source, DELIMITERS[path.suffix.lower()])


def read_upload(content: bytes, name: str) -> Table:
    """Open a table that is in memory; `name` tells its kind. Raises as `read_table` does."""
    suffix = Path(name).suffix.lower()
    if suffix == PARQUET:
        return _read_parquet(io.BytesIO(content), name)
    if suffix not in DELIMITERS:
        raise DataError(f"{name}: not a .csv, .tsv or .parquet file; rename or convert it")
    raw = cast(io.RawIOBase, io.BytesIO(content))
    return _read_csv(io.BufferedReader(raw, _SNIFF_BYTES), name, DELIMITERS[suffix])


def _read_csv(stream: io.BufferedReader, name: str, delimiter: str) -> Table:
    """A table of the bytes in `stream`; the rows close it."""
    try:
        encoding, warning = _encoding(stream.peek(_SNIFF_BYTES), name)
    except DataError:
        stream.close()
        raise
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    csv.field_size_limit(MAX_FIELD)
    lines = _lines(text, delimiter, name)
    _, columns = next(lines, (0, []))
    doubled = {column for column in columns if columns.count(column) > 1}
    if doubled:
        text.close()
        raise DataError(f"{name}: two columns are named {sorted(doubled)[0]!r}; rename one")
    return Table(tuple(columns), _as_dicts(lines, columns, name), warning)


def _encoding(head: bytes, name: str) -> tuple[str, str]:
    """UTF-8 if the first bytes are, else cp1252, said aloud."""
    if not head.strip():
        raise DataError(f"{name}: is empty; it needs a header line with a column for the notes")
    if b"\0" in head:
        raise DataError(f"{name}: is not a text file; save the table as CSV in UTF-8")
    try:
        head[: len(head) - 4 if len(head) == _SNIFF_BYTES else None].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252", f"{name}: not UTF-8, read as Windows-1252"
    return "utf-8-sig", ""


def _lines(text: TextIO, delimiter: str, name: str) -> Generator[tuple[int, list[str]]]:
    """Rows with the line each ends on; faults of the file as one clear line; closes the file."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    with text:
        try:
            for row in reader:
                if row:
                    yield reader.line_num, row
        except csv.Error as error:
            raise DataError(
                f"{name}: line {reader.line_num}: {error}; look for a missing quote"
            ) from None
        except UnicodeDecodeError:
            raise DataError(
                f"{name}: after line {reader.line_num}: not UTF-8; save the table as UTF-8"
            ) from None


def _as_dicts(
    lines: Generator[tuple[int, list[str]]], columns: Sequence[str], name: str
) -> Iterator[dict[str, Any]]:
    with closing(lines):
        for line, row in lines:
            if len(row) != len(columns):
                raise DataError(
                    f"{name}: line {line}: {len(row)} cells where the header has {len(columns)}; "
                    "look for a stray comma or quote"
                )
            yield dict(zip(columns, row, strict=True))


def _read_parquet(source: Path | BinaryIO, name: str) -> Table:
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(source)
    except (pyarrow.ArrowException, OSError):
        raise DataError(f"{name}: is no readable Parquet file") from None
    rows = (row for group in file.iter_batches(batch_size=1024) for row in group.to_pylist())
    return Table(tuple(file.schema_arrow.names), rows)


class RowWriter(Protocol):
    """Takes rows in order."""

    def write(self, row: dict[str, Any]) -> None:
        """Write one row."""


class CsvWriter:
    """Writes CSV; text that a spreadsheet would run as a formula gets a quote in front."""

    def __init__(
        self, stream: TextIO, columns: Sequence[str], delimiter: str, *, raw: bool
    ) -> None:
        self._raw = raw
        self._writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        self._columns = columns
        self._writer.writerow([self._safe(column) for column in columns])

    def write(self, row: dict[str, Any]) -> None:
        """Write one row."""
        self._writer.writerow([self._safe(row[column]) for column in self._columns])

    def _safe(self, value: Any) -> Any:
        if self._raw or not isinstance(value, str) or not value.startswith(_RISKY):
            return value
        return value if _is_number(value) else f"'{value}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


class ParquetRowWriter:
    """Writes Parquet in groups of rows."""

    _GROUP = 5_000

    def __init__(self, target: Path | BinaryIO, columns: Sequence[str]) -> None:
        self._target, self._columns = target, columns
        self._rows: list[dict[str, Any]] = []
        self._file: Any = None

    def write(self, row: dict[str, Any]) -> None:
        """Write one row."""
        self._rows.append(row)
        if len(self._rows) >= self._GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow
        import pyarrow.parquet

        table = pyarrow.table({name: [row[name] for row in self._rows] for name in self._columns})
        if self._file is None:
            self._file = pyarrow.parquet.ParquetWriter(self._target, table.schema)
        self._file.write_table(table.cast(self._file.schema))
        self._rows.clear()

    def close(self) -> None:
        """Write what is left."""
        if self._rows or self._file is None:
            self._flush()
        self._file.close()


@contextmanager
def open_writer(
    output: str | None, columns: Sequence[str], *, raw: bool, overwrite: bool
) -> Iterator[RowWriter]:
    """A writer for `output`, or for standard output; the file appears only when it is whole."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield CsvWriter(sys.stdout, columns, ",", raw=raw)
        return
    path = Path(output)
    check_output(path, overwrite=overwrite)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise DataError(f"{output}: cannot be written ({error.strerror})") from None
    os.close(handle)
    try:
        with _writer(Path(name), path.suffix.lower(), columns, raw=raw) as writer:
            yield writer
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _writer(path: Path, suffix: str, columns: Sequence[str], *, raw: bool) -> Iterator[RowWriter]:
    if suffix == PARQUET:
        parquet = ParquetRowWriter(path, columns)
        yield parquet
        parquet.close()
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        yield CsvWriter(stream, columns, DELIMITERS[suffix], raw=raw)
        stream.flush()
        os.fsync(stream.fileno())


def check_output(path: Path, *, overwrite: bool) -> None:
    """Refuse an output that would lose something or cannot be."""
    if path.suffix.lower() not in (*DELIMITERS, PARQUET):
        raise DataError(f"{path}: output must be a .csv, .tsv or .parquet file")
    if path.exists() and not overwrite:
        raise DataError(f"{path}: is there already; give --overwrite or another name")
    if not path.parent.is_dir():
        raise DataError(f"{path}: no such folder")


def column_or_error(columns: Iterable[str], name: str, source: str) -> None:
    """Say which columns there are when the wanted one is missing."""
    if name not in (columns := list(columns)):
        there = ", ".join(columns[:8]) + (" ..." if len(columns) > 8 else "")
        raise DataError(
            f"{source}: no column {name!r} (there are: {there}); name it with --notes-column"
        )
