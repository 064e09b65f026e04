"""Many rows: memory, growth and cores, by whole runs of score.py: `python -m bench.scale`.

Takes about half an hour. Memory is the peak of each process, as the kernel counts it (Linux).
"""

import csv
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.notes import fresh_notes
from bench.speed import ROOT, memory_of, report

ROWS = (2_000, 20_000, 200_000)
PEAK = 400
PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of a run, and the largest peak memory of its processes in MB."""

    seconds: float
    peak: float


def write_table(path: Path, rows: int) -> Path:
    """A CSV of so many fresh notes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "notes", "as_of"])
        writer.writerows([i, text, "2026-11-24"] for i, text in enumerate(fresh_notes(rows, rows)))
    return path


def score(table: Path, jobs: int) -> Run:
    """Score a table in a new process; its output is thrown away."""
    output = table.with_suffix(".out.csv")
    command = [sys.executable, "score.py", str(table), "-o", str(output), "--jobs", str(jobs)]
    start = time.perf_counter()
    run = subprocess.Popen([*command, "--overwrite"], cwd=ROOT)
    peak = 0.0
    while run.poll() is None:
        peak = max(peak, *(memory_of(pid, "VmHWM") for pid in (run.pid, *_children(run.pid))))
        time.sleep(PAUSE)
    seconds = time.perf_counter() - start
    with output.open(encoding="utf-8", newline="") as stream:
        assert sum(1 for _ in csv.reader(stream)) == sum(
            1 for _ in csv.reader(table.open(encoding="utf-8", newline=""))
        )
    output.unlink()
    return Run(seconds, peak)


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has just ended
        return []


def main() -> None:
    """Print the table."""
    _, some, many = ROWS
    with tempfile.TemporaryDirectory() as folder:
        tables = {rows: write_table(Path(folder) / f"{rows}.csv", rows) for rows in ROWS}
        start_up = score(write_table(Path(folder) / "1.csv", 1), 1).seconds
        one = score(tables[some], 1).seconds - start_up
        runs = {rows: score(table, 2) for rows, table in tables.items()}
    two = runs[some].seconds - start_up
    report(f"two cores / one core, {some:,} rows", f"{one / two:.2f}", ">= 1.7", one / two >= 1.7)
    peak, most = runs[some].peak, runs[many].peak
    report(f"peak of a process, {many:,} rows", f"{most:.0f} MB", f"<= {PEAK} MB", most <= PEAK)
    growth = most / peak - 1
    report(f"its growth from {some:,} rows", f"{growth:+.1%}", "<= +15 %", growth <= 0.15)
    each = {rows: (run.seconds - start_up) / rows * 1000 for rows, run in runs.items()}
    for rows, cost in each.items():
        print(f"{rows:>9,} rows: {cost:.2f} ms a row, {runs[rows].peak:.0f} MB")
    ratio = each[many] / each[some]
    report(f"cost of a row, {many:,} rows / {some:,}", f"{ratio:.2f}", "<= 1.15", ratio <= 1.15)


if __name__ == "__main__":
    main()
