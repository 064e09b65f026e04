"""Many sessions of the page at once: `python -m bench.load [--sessions N] [--seconds N]`.

Starts the page as its users do and speaks its own protocol, as many browser tabs would: each
session pastes a note that nobody else has, reads the answer, pauses, pastes the next. In the end
each answer and each marked note must be, letter for letter, what an advisor says that is asked
alone. Then the server is stopped and started again. Takes Linux; memory is that of the server.
"""

import argparse
import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import IO

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bench.notes import fresh_notes
from bench.speed import ROOT, memory_of, report
from model import Advisor, load
from ui.answer import render_decision
from ui.marks import render_notes

FIELD = "Interview notes"
ANSWER, MARKED = 'role="status"', 'aria-label="Notes with matched phrases"'
LOST = 60.0
"""Seconds after which an answer is given up."""
START_UP, STOP = 60.0, 60.0
MOST_NOTES = 1_000_000
MOST_GROWTH, LONGEST = 0.1, 1.0
"""Of the server's memory over the run; seconds of the median answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a session got for its notes; times in seconds from the paste."""

    notes: str
    answer: str
    marked: str
    to_answer: float
    to_end: float


@dataclass(slots=True)
class Outcome:
    """All replies, what went wrong, and the server's memory in MB."""

    replies: list[Reply] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


@contextmanager
def serve(port: int, log: IO[bytes]) -> Iterator[int]:
    """The page on a port, ready; its process id. It must end by itself when it is asked to."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield process.pid
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=STOP)
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + START_UP
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Session:
    """A visitor of the page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._field = ""

    async def open(self) -> None:
        """Load the page."""
        await self._socket.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        await self._read()

    async def paste(self, notes: str) -> Reply:
        """Submit notes, and read until the page is whole."""
        message = BackMsg()
        message.rerun_script.widget_states.widgets.add(id=self._field, string_value=notes)
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        found = await self._read()
        answer, at = found.get(ANSWER, ("", start))
        marked, _ = found.get(MARKED, ("", start))
        return Reply(notes, answer, marked, at - start, time.perf_counter() - start)

    async def _read(self) -> dict[str, tuple[str, float]]:
        """The answer and the marked notes of one run of the page, each with its moment."""
        found: dict[str, tuple[str, float]] = {}
        while True:
            message = ForwardMsg.FromString(bytes(await self._socket.recv(decode=False)))
            if message.WhichOneof("type") == "script_finished":
                return found
            element = message.delta.new_element
            if element.text_area.label == FIELD:
                self._field = element.text_area.id
            for kind in (ANSWER, MARKED):
                if kind in element.html.body:
                    found[kind] = element.html.body, time.perf_counter()


async def visit(
    port: int, number: int, notes: Iterator[str], args: argparse.Namespace, outcome: Outcome
) -> None:
    """One session: pastes until the time is over."""
    chance = random.Random(number)
    end = time.monotonic() + args.seconds
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    try:
        async with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            session = Session(socket)
            await asyncio.wait_for(session.open(), LOST)
            await asyncio.sleep(chance.uniform(0, args.pause))
            while True:
                outcome.replies.append(await asyncio.wait_for(session.paste(next(notes)), LOST))
                if time.monotonic() > end:
                    break
                await asyncio.sleep(chance.uniform(0.5, 1.5) * args.pause)
    except (WebSocketException, OSError, TimeoutError) as error:
        outcome.faults.append(f"session {number}: {type(error).__name__}")


async def visit_all(port: int, pid: int, notes: Iterator[str], args: argparse.Namespace) -> Outcome:
    """All sessions at once; the memory is taken as they go."""
    outcome = Outcome()
    visits = [visit(port, number, notes, args, outcome) for number in range(args.sessions)]
    tasks = [asyncio.create_task(each) for each in visits]
    while not all(task.done() for task in tasks):
        outcome.memory.append(memory_of(pid))
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)
    return outcome


def processor_time(pid: int) -> float:
    """The seconds that a process has had of the processor."""
    cells = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def find_wrong(replies: list[Reply], advisor: Advisor) -> list[str]:
    """The notes whose answer or marks are not what the advisor says of them alone."""
    today = date.today()
    wrong = []
    for reply in replies:
        advice = advisor.advise(reply.notes, as_of=today)
        expected = render_decision(advice), render_notes(reply.notes, advice.evidence)
        if (reply.answer, reply.marked) != expected:
            wrong.append(reply.notes)
    return wrong


def run(args: argparse.Namespace) -> bool:
    """Serve, visit, compare; then start again. Whether all was as it must be."""
    port, notes = free_port(), fresh_notes(MOST_NOTES)
    alone = argparse.Namespace(sessions=1, seconds=0, pause=0)
    starts: list[Outcome] = []
    outcome = Outcome()
    with tempfile.TemporaryFile() as log:
        try:
            for turn in range(args.restarts + 1):
                with serve(port, log) as pid:
                    starts.append(asyncio.run(visit_all(port, pid, notes, alone)))
                    if turn == 0:
                        before = processor_time(pid)
                        outcome = asyncio.run(visit_all(port, pid, notes, args))
                        show_speed(outcome, processor_time(pid) - before)
        except subprocess.TimeoutExpired:
            outcome.faults.append(f"the server had not ended {STOP:.0f} s after it was asked to")
        log.seek(0)
        logged = log.read().decode(errors="replace")
    print(f"first answer after a start: {show_times(starts)}")
    replies = [reply for part in (outcome, *starts) for reply in part.replies]
    faults = [fault for part in (outcome, *starts) for fault in part.faults]
    if "Traceback" in logged or any(reply.notes[:40] in logged for reply in replies):
        faults.append("a traceback or a note in the log")
    return show(outcome, faults, find_wrong(replies, load()))


def show_speed(outcome: Outcome, spent: float) -> None:
    """Print how fast the answers came, and what they cost the processor."""
    times = [reply.to_answer for reply in outcome.replies] or [LOST]
    ends = [reply.to_end for reply in outcome.replies] or [LOST]
    print(f"{len(times):,} answers; median {median(times):.2f} s, 95th percentile "
          f"{np.percentile(times, 95):.2f} s; whole page {median(ends):.2f} s; "
          f"processor {1000 * spent / len(times):.0f} ms each", flush=True)  # fmt: skip


def show_times(outcomes: list[Outcome]) -> str:
    """How long some answers took."""
    return ", ".join(f"{reply.to_answer:.1f} s" for each in outcomes for reply in each.replies)


def show(outcome: Outcome, faults: list[str], wrong: list[str]) -> bool:
    """Print the figures; whether all are as they must be."""
    times = [reply.to_answer for reply in outcome.replies] or [LOST]
    third = len(outcome.memory) // 3
    growth = max(outcome.memory[-third - 1 :]) / max(outcome.memory[: third + 1]) - 1
    print(f"memory: {outcome.memory[0]:.0f} MB at first, {outcome.memory[-1]:.0f} MB at the end")
    print("".join(f"fault: {fault}\n" for fault in faults), end="")
    checks = [
        ("wrong or mixed answers", f"{len(wrong)}", "0", not wrong),
        ("lost answers and faults", f"{len(faults)}", "0", not faults),
        ("median answer", f"{median(times):.2f} s", f"< {LONGEST:.0f} s", median(times) < LONGEST),
        ("memory: last third / first third", f"{growth:+.1%}", f"<= {MOST_GROWTH:+.0%}",
         growth <= MOST_GROWTH),
    ]  # fmt: skip
    for check in checks:
        report(*check)
    return all(is_good for *_, is_good in checks)


def parse_args(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench.load", description=__doc__)
    parser.add_argument("--sessions", type=int, default=50, metavar="N")
    parser.add_argument("--seconds", type=float, default=300, metavar="N")
    parser.add_argument("--pause", type=float, default=20, metavar="SECONDS",
                        help="between an answer and the next paste, on average")  # fmt: skip
    parser.add_argument("--restarts", type=int, default=2, metavar="N")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(not run(parse_args(None)))
