"""Score a table of interview notes: call or wait, for every row."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path


def parse_args(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="score.py", description=__doc__)
    add = parser.add_argument
    add("input", help="a .csv, .tsv or .parquet file, or - for CSV on standard input")
    add("-o", "--output", help="a file of the same kinds (default: CSV on standard output)")
    add("--notes-column", default="notes", metavar="NAME", help="column of the notes")
    add("--as-of", type=_day, metavar="DATE", help="day of reading for rows without one (default: "
        "today, unless the notes themselves tell another)")  # fmt: skip
    add("--model", type=Path, metavar="DIR", help="a trained model (default: model/trained)")
    add("--policy", type=Path, metavar="FILE.toml", help="other numbers than the guide's")
    add("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes")
    add("--chunk-rows", type=_positive, default=500, metavar="N", help="rows at a time")
    add("--overwrite", action="store_true", help="replace an output that is there")
    add("--raw", action="store_true", help="leave cells that look like formulas as they are")
    return parser.parse_args(argv)


def _day(text: str) -> date:
    from model.types import usable_day

    try:
        return usable_day(date.fromisoformat(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-11-27") from None


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def main(argv: list[str] | None = None) -> int:
    """Read, advise, write."""
    args = parse_args(argv)
    from model.errors import ModelError

    try:
        failed = run(args)
    except ModelError as error:
        print(f"score.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("score.py: stopped; no output was written", file=sys.stderr)
        return 2
    if failed:
        print(
            f"score.py: {failed} rows could not be scored; see the column error",
            file=sys.stderr,
        )
    return 1 if failed else 0


def run(args: argparse.Namespace) -> int:
    """Score the input; the number of rows that could not be scored."""
    from model.errors import DataError
    from model.store import TRAINED, read_manifest
    from model.tables import check_output, column_or_error, open_writer, read_table

    table = read_table(args.input)
    column_or_error(table.columns, args.notes_column, args.input)
    if args.output:
        check_output(Path(args.output), overwrite=args.overwrite)
        if args.input != "-" and Path(args.output).resolve() == Path(args.input).resolve():
            raise DataError(f"{args.output}: is the input; name another output")
    read_manifest(args.model or TRAINED)
    if table.warning:
        print(f"score.py: {table.warning}", file=sys.stderr)
    from tqdm import tqdm

    from model.batch import ADDED, Job, score_rows
    from model.policy import read_policy

    job = Job(args.model, args.notes_column, args.as_of, read_policy(args.policy))
    columns = [*(name for name in table.columns if name not in ADDED), *ADDED]
    failed = 0
    with open_writer(args.output, columns, raw=args.raw, overwrite=args.overwrite) as writer:
        rows = score_rows(table.rows, job, jobs=args.jobs, chunk_rows=args.chunk_rows)
        for row in tqdm(rows, unit=" rows", disable=not sys.stderr.isatty()):
            writer.write(row)
            failed += bool(row["error"])
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
