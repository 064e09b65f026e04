"""Score a table of interview notes: call or wait, for every row."""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.batch import Options, ScoredChunk
    from model.batch.formats import Format
    from model.batch.partial import Task
    from model.tables import Row, Table


STOPPED = 130
"""Exit code after Ctrl+C, as a shell has it."""


def parse_args(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="score.py", description=__doc__)
    add = parser.add_argument
    add("input", help="a .csv, .tsv or .parquet file, or - for CSV on standard input")
    add("-o", "--output", type=Path, metavar="OUTPUT",
        help="a file of the same kinds (default: CSV on standard output)")  # fmt: skip
    add("--notes-column", default="notes", metavar="NAME", help="column of the notes")
    add("--as-of", type=_day, metavar="DATE", help="day of reading for rows without one (default: "
        "today where there is an interview_date; others are read by their words)")  # fmt: skip
    add("--model", type=Path, metavar="DIR", help="a trained model (default: model/trained)")
    add("--policy", type=Path, metavar="FILE.toml", help="other numbers than the guide's")
    add("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes")
    add("--chunk-rows", type=_positive, default=512, metavar="N", help="rows at a time")
    add("--scheduler", metavar="tcp://HOST:PORT", help="score on this Dask cluster")
    add("--resume", action="store_true", help="go on with a run that was stopped or killed")
    add("--overwrite", action="store_true", help="replace an output that is there")
    add("--fast", action="store_true", help="leave out the language model: several times as fast, "
        "and less often right")  # fmt: skip
    add("--raw", action="store_true", help="leave cells that look like formulas as they are")
    args = parser.parse_args(argv)
    if args.output is None and (args.resume or args.overwrite):
        parser.error("--resume and --overwrite need -o OUTPUT")
    return args


def _day(text: str) -> date:
    from model.types import parse_day

    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date that can be used; write it as 2026-11-27"
        ) from None


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def main(argv: list[str] | None = None) -> int:
    """Read, advise, write."""
    args = parse_args(argv)
    from model.errors import EngineError, ModelError

    try:
        failed = run(args)
    except ModelError as error:
        more = how_to_go_on(args.output) if isinstance(error, EngineError) else ""
        print(f"score.py: {error}{more}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"score.py: stopped{how_to_go_on(args.output)}", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read standard output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except OSError as error:  # a place that may not be looked at, a disk that does not answer
        where = error.filename or args.input
        print(f"score.py: {where}: {error.strerror}; name another", file=sys.stderr)
        return 2
    if failed:
        rows = "1 row" if failed == 1 else f"{failed} rows"
        print(f"score.py: {rows} could not be scored; see the column error", file=sys.stderr)
    return 1 if failed else 0


def how_to_go_on(output: Path | None) -> str:
    """For the end of an error line, of a run that may have been stopped before it could begin."""
    module = sys.modules.get("model.batch.partial")
    return str(module.how_to_go_on(output)) if module else ""


def run(args: argparse.Namespace) -> int:
    """Score the input; the number of rows that could not be scored."""
    from model.batch import ADDED, Options, warnings_of
    from model.batch.formats import make_format
    from model.batch.partial import open_part
    from model.policy import read_policy
    from model.store import TRAINED, model_digest
    from model.tables import check_column, read_table

    table = read_table(args.input)
    check_column(table.columns, args.notes_column, args.input)
    policy = read_policy(args.policy)
    sha256 = model_digest(args.model or TRAINED)
    task = find_task(args, sha256, repr(policy)) if args.output else None
    for warning in warnings_of(table):
        print(f"score.py: {warning}", file=sys.stderr)
    options = Options(
        model=args.model,
        notes_column=args.notes_column,
        as_of=args.as_of,
        policy=policy,
        today=task.today if task else date.today(),
        fast=args.fast,
        model_sha256=sha256,
    )
    suffix = args.output.suffix.lower() if args.output else ".csv"
    output_format = make_format(table.columns, ADDED, suffix, raw=args.raw, schema=table.schema)
    chunks_after = partial(score, args, table, options, output_format)
    if task is None:
        return to_standard_output(chunks_after(0), output_format)
    with open_part(args.output, task, output_format) as part:
        for chunk in chunks_after(part.progress.rows):
            part.append(chunk)
    return part.progress.failed


def find_task(args: argparse.Namespace, model: str, policy: str) -> "Task":
    """What the output is made from, or was begun to be made from."""
    from model.batch.partial import Task, claim_output
    from model.errors import DataError
    from model.store import digest

    output: Path = args.output
    if args.input == "-" and args.resume:
        raise DataError("standard input cannot be read again; --resume needs a file")
    if args.input != "-" and output.resolve() == Path(args.input).resolve():
        raise DataError(f"{output}: is the input; name another output")
    task = Task(
        input="" if args.input == "-" else digest(Path(args.input)),
        model=model,
        options=repr(
            (args.notes_column, str(args.as_of), args.raw, args.fast, output.suffix.lower(), policy)
        ),
        today=date.today(),
    )
    return claim_output(output, task, resume=args.resume, overwrite=args.overwrite)


def to_standard_output(chunks: "Iterator[ScoredChunk]", output_format: "Format") -> int:
    """Write scored chunks to standard output; the number of bad rows."""
    failed = 0
    show(output_format.header())
    for chunk in chunks:
        show(chunk.data)
        failed += chunk.failed
    return failed


def show(data: bytes) -> None:
    """Write to standard output at once; `DataError` where it takes no more."""
    from model.errors import DataError

    if sys.stdout is None:
        raise DataError("standard output is closed; name a file with -o")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever reads it has had enough
        raise
    except OSError as error:
        sys.stdout = None  # what is left in it cannot be written at the end either
        raise DataError(
            f"standard output cannot be written ({error}); name a file with -o"
        ) from None


def score(
    args: argparse.Namespace, table: "Table", options: "Options", output_format: "Format", done: int
) -> "Iterator[ScoredChunk]":
    """The scored chunks of all rows but those that are done, in order, with a progress bar."""
    from tqdm import tqdm

    from model.batch import make_chunks

    chunks = make_chunks(islice(table.rows, done, None), options, args.chunk_rows)
    with tqdm(unit=" rows", initial=done, disable=not sys.stderr.isatty()) as bar:
        for chunk in start_engine(args, chunks, options, output_format):
            if share := table.share():
                bar.total = max(round((bar.n + chunk.rows) / share), bar.n + chunk.rows)
            bar.update(chunk.rows)
            yield chunk


def start_engine(
    args: argparse.Namespace,
    chunks: "Iterator[list[Row]]",
    options: "Options",
    output_format: "Format",
) -> "Iterator[ScoredChunk]":
    """The scored chunks, from the engine that was asked for."""
    from model.batch.local import score_locally
    from model.errors import EngineError

    if not args.scheduler:
        return score_locally(chunks, options, output_format, args.jobs)
    try:
        from model.batch.cluster import score_on_cluster
    except ModuleNotFoundError as error:
        raise EngineError(
            f'--scheduler needs {error.name}; run: pip install ".[cluster]"'
        ) from None
    return score_on_cluster(chunks, options, output_format, args.scheduler)


if __name__ == "__main__":
    raise SystemExit(main())
