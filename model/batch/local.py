"""The engine on one machine: in `--jobs` processes."""

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread

from model.batch.chunks import (
    Options,
    Pending,
    ScoredChunk,
    in_order,
    ready_advisor,
    score_to_bytes,
)
from model.batch.formats import Format
from model.errors import EngineError
from model.tables import Row


def score_locally(
    chunks: Iterable[list[Row]], options: Options, output_format: Format, jobs: int
) -> Iterator[ScoredChunk]:
    """Score chunks in `jobs` processes; in this one where there is one chunk or one job.

    Raises `EngineError` where a process dies.
    """
    chunks = iter(chunks)
    first = list(islice(chunks, 2))
    chunks = chain(first, chunks)
    if len(first) < 2:
        yield from (score_to_bytes(chunk, options, output_format) for chunk in chunks)
        return
    if jobs == 1:
        yield from (_score_ready(chunk, options, output_format) for chunk in chunks)
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_watch_parent)

    def submit(chunk: list[Row]) -> Pending:
        with _ctrl_c_ignored():
            return pool.submit(_score_ready, chunk, options, output_format)

    try:
        yield from in_order(submit, chunks, ahead=2 * jobs)
    except BrokenProcessPool:
        raise EngineError("a worker process died (out of memory?); give fewer --jobs") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _score_ready(chunk: list[Row], options: Options, output_format: Format) -> ScoredChunk:
    advisor = ready_advisor(options.model, options.model_sha256)
    return score_to_bytes(chunk, options, output_format, advisor)


@contextmanager
def _ctrl_c_ignored() -> Iterator[None]:
    """Ignore Ctrl+C for a moment; a process that begins in it does so for good."""
    heed = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heed)


def _watch_parent() -> None:
    """End with the parent, however it ends."""
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
