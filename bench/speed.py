"""How fast it is, beside yardsticks in the same run: `python -m bench.speed`.

Prints ratios: these machines are noisy, a bare time says little.
"""

import csv
import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from bench.notes import fresh_notes
from model import Advisor
from model.batch import ready_advisor
from model.data import SHIPPED, read_scenarios

ROOT = Path(__file__).parents[1]
ZONE = 256
COUNT = 2048
ROUNDS = 3
ONES = 200
SIZES = (100, 1_000, 10_000, 100_000)
RUNS = ("(", "$", "not ", "call us ", "1 ", "Friday ")
LENGTH = 100_000


def best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds, best of a few rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def tokenize(notes: list[str]) -> None:
    """spaCy's blank tokenizer alone, in memory zones."""
    nlp = spacy.blank("en")
    for start in range(0, len(notes), ZONE):
        with nlp.memory_zone():
            exhaust(nlp.pipe(notes[start : start + ZONE]))


def exhaust(items: Iterable[object]) -> None:
    """Run an iterator to its end."""
    for _ in items:
        pass


def report(name: str, figure: str, target: str, met: bool) -> None:
    """A line of the table."""
    print(f"{name:<46} {figure:>34}   {target:<10} {'met' if met else 'MISSED'}")


def memory_of(pid: int, kind: str = "VmRSS") -> float:
    """The memory that a process has in use, or at most had ("VmHWM"), in MB; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1000 for line in lines if line.startswith(kind))


def throughput(advisor: Advisor) -> None:
    """The whole decision beside two yardsticks, on one core."""
    notes = list(fresh_notes(COUNT))
    scenarios = read_scenarios(SHIPPED)
    words = make_pipeline(TfidfVectorizer(), LogisticRegression())
    words.fit([each.notes for each in scenarios], [each.label for each in scenarios])
    rounds = [
        (best(lambda: tokenize(notes), 1), best(lambda: exhaust(advisor.advise_many(notes)), 1),
         best(lambda: exhaust(advisor.advise_many(notes, fast=True)), 1),
         best(lambda: words.predict(notes), 1))
        for _ in range(ROUNDS)
    ]  # fmt: skip
    spacy_alone, ours, fast, tfidf = (COUNT / min(times) for times in zip(*rounds, strict=True))
    length = sum(len(text.split()) for text in notes) / COUNT
    print(
        f"{COUNT} notes of {length:.0f} words on one core, notes/s: the whole decision {ours:,.0f},"
    )
    print(f"without the language model (--fast) {fast:,.0f},")
    print(f"spaCy's blank tokenizer alone {spacy_alone:,.0f}, TF-IDF and regression {tfidf:,.0f}")
    for name, speed in (("whole decision", ours), ("the same, --fast,", fast)):
        ratio = speed / spacy_alone
        report(f"{name} / spaCy's tokenizer alone", f"{ratio:.2f}", ">= 0.50", ratio >= 0.5)
    report("whole decision / TF-IDF and regression", f"{ours / tfidf:.2f}", "", True)


def latency(advisor: Advisor) -> None:
    """One note at a time, as the page asks."""
    notes = list(fresh_notes(ONES, seed=1))
    times = sorted(best(lambda text=text: advisor.advise(text), 1) for text in notes)  # type: ignore[misc]
    median, late = times[ONES // 2] * 1000, times[ONES * 95 // 100] * 1000
    report("one note at a time, median and 95th", f"{median:.1f} and {late:.1f} ms", "", True)


def start_up() -> None:
    """`score.py --help`, and one note from the command line, each in a new process."""
    command = [sys.executable, "score.py"]
    given = io.StringIO()
    csv.writer(given).writerows([["notes"], [f"{next(fresh_notes(1))} Missed call from them."]])
    for name, options, target in (
        ("score.py --help", ["--help"], 0.4),
        ("one note, cold", ["-"], 4.0),
    ):
        seconds = best(
            lambda options=options: subprocess.run(  # type: ignore[misc]
                [*command, *options],
                cwd=ROOT,
                input=given.getvalue().encode(),
                capture_output=True,
                check=True,
            )
        )
        report(name, f"{seconds:.2f} s", f"<= {target} s", seconds <= target)


def characters(advisor: Advisor) -> None:
    """Growth with the length of a note, and runs that are quadratic elsewhere."""
    text = " ".join(fresh_notes(LENGTH // 250, seed=2))
    costs = {}
    for size in SIZES:
        times = LENGTH // size // 10 or 1
        notes = [text[at * size : (at + 1) * size] for at in range(times)]
        costs[size] = best(lambda notes=notes: exhaust(advisor.advise_many(notes))) / (times * size)  # type: ignore[misc]
    ordinary = costs[1_000]
    for size in SIZES:
        ratio = costs[size] / ordinary
        report(f"cost per character, {size:,} of them / 1,000", f"{ratio:.2f}", "<= 3", ratio <= 3)
    for run in RUNS:
        note = run * (LENGTH // len(run))
        ratio = best(lambda note=note: advisor.advise(note), 2) / len(note) / ordinary  # type: ignore[misc]
        name = f"cost per character, {LENGTH:,} of {run!r} / 1,000"
        report(name, f"{ratio:.2f}", "<= 3", ratio <= 3)


def main() -> None:
    """Print the table."""
    advisor = ready_advisor(None)
    exhaust(advisor.advise_many(fresh_notes(ZONE)))  # warm
    throughput(advisor)
    latency(advisor)
    start_up()
    characters(advisor)


if __name__ == "__main__":
    main()
