"""From rows to the bytes of an output, chunk by chunk: what is appended never changes again.

A CSV grows as it is. A Parquet file cannot grow, for its index stands at the end: it is gathered
as Arrow streams, one a chunk, and made from them when all rows are there.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from model.tables import DELIMITERS, PARQUET, Row, safe_cell

GROUP = 5_000
"""Rows in a row group of Parquet, whatever the chunks were."""


class Format(Protocol):
    """How rows become the bytes of an output."""

    def header(self) -> bytes:
        """What comes before all rows."""

    def encode(self, rows: Sequence[Row]) -> bytes:
        """Some rows."""

    def finish(self, part: Path) -> Path:
        """A file that is ready to be the output, once `part` holds all rows."""

    def encode_whole(self, rows: Sequence[Row]) -> bytes:
        """An output in memory."""


def make_format(
    columns: Sequence[str], added: Sequence[str], suffix: str, *, raw: bool, schema: Any = None
) -> Format:
    """The format of outputs with `suffix`: the input's columns, and those `added`.

    A column of an added name gives way. `schema`: of a Parquet input; Parquet keeps its types.
    """
    own = [name for name in columns if name not in added]
    if suffix != PARQUET:
        return CsvFormat((*own, *added), DELIMITERS[suffix], raw)
    import pyarrow

    text = pyarrow.string()
    types = [text if schema is None else schema.field(name).type for name in own]
    fields = zip((*own, *added), (*types, *[text] * len(added)), strict=True)
    return ParquetFormat(pyarrow.schema(list(fields)))


@dataclass(frozen=True, slots=True)
class CsvFormat:
    """CSV; text that a spreadsheet would run as a formula gets a quote in front unless `raw`."""

    columns: tuple[str, ...]
    delimiter: str
    raw: bool

    def header(self) -> bytes:
        """The line of the columns."""
        return self.encode([dict(zip(self.columns, self.columns, strict=True))])

    def encode(self, rows: Sequence[Row]) -> bytes:
        """Some lines."""
        stream = io.StringIO()
        plain, quoted = (
            csv.writer(stream, delimiter=self.delimiter, lineterminator="\n", quoting=quoting)
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
        )
        for row in rows:
            cells = [row[column] if self.raw else safe_cell(row[column]) for column in self.columns]
            ends_a_line = any(isinstance(cell, str) and "\r" in cell for cell in cells)
            (quoted if ends_a_line else plain).writerow(cells)  # csv itself leaves it unquoted
        return stream.getvalue().encode("utf-8", errors="replace")

    def finish(self, part: Path) -> Path:
        """The file itself."""
        return part

    def encode_whole(self, rows: Sequence[Row]) -> bytes:
        """All lines."""
        return self.header() + self.encode(rows)


@dataclass(frozen=True, slots=True)
class ParquetFormat:
    """Arrow streams that become Parquet; `schema` gives the columns and their types."""

    schema: Any

    def header(self) -> bytes:
        """Nothing: each stream has its own."""
        return b""

    def encode(self, rows: Sequence[Row]) -> bytes:
        """Some rows as one Arrow stream."""
        import pyarrow

        table = pyarrow.Table.from_pylist(list(rows), schema=self.schema)
        with io.BytesIO() as stream:
            with pyarrow.ipc.new_stream(stream, self.schema) as writer:
                writer.write_table(table)
            return stream.getvalue()

    def finish(self, part: Path) -> Path:
        """A Parquet file beside `part`; none where it cannot be written whole."""
        whole = part.with_name(f"{part.name}.whole")
        try:
            with part.open("rb") as stream:
                self._write(stream, part.stat().st_size, whole)
        except BaseException:
            whole.unlink(missing_ok=True)
            raise
        return whole

    def encode_whole(self, rows: Sequence[Row]) -> bytes:
        """A Parquet file."""
        data = self.encode(rows)
        with io.BytesIO() as whole:
            self._write(io.BytesIO(data), len(data), whole)
            return whole.getvalue()

    def _write(self, stream: BinaryIO, size: int, target: Path | BinaryIO) -> None:
        """All rows of the streams in row groups of one size."""
        import pyarrow.parquet

        with pyarrow.parquet.ParquetWriter(target, self.schema) as writer:
            for group in self._groups(stream, size):
                writer.write_table(group)

    def _groups(self, stream: BinaryIO, size: int) -> Iterator[Any]:
        """The rows of all streams in tables of `GROUP` rows; the last one may be shorter."""
        import pyarrow

        gathered = self.schema.empty_table()
        while stream.tell() < size:
            with pyarrow.ipc.open_stream(stream) as reader:
                gathered = pyarrow.concat_tables([gathered, reader.read_all()])
            while len(gathered) >= GROUP:
                yield gathered.slice(0, GROUP)
                gathered = gathered.slice(GROUP)
        if len(gathered):
            yield gathered
