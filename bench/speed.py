"""How fast it is, beside yardsticks in the same run: `python -m bench.speed`.

Prints ratios: these machines are noisy, a bare time says little.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy

from model import load
from model.data import read_scenarios

DATA = Path(__file__).parents[1] / "data" / "labeled_scenarios.csv"
ZONE = 256
ROUNDS = 3


def best(run: Callable[[list[str]], object], notes: list[str]) -> float:
    """Notes a second, best of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run(notes)
        times.append(time.perf_counter() - start)
    return len(notes) / min(times)


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


def main() -> None:
    """Print the table."""
    notes = [scenario.notes for scenario in read_scenarios(DATA)]
    advisor = load()
    words = sum(len(text.split()) for text in notes) / len(notes)
    yardstick = best(tokenize, notes)
    ours = best(lambda texts: exhaust(advisor.advise_many(texts)), notes)
    print(f"{len(notes)} notes of {words:.0f} words, one core")
    print(f"spaCy's blank tokenizer alone: {yardstick:,.0f} notes/s")
    print(f"the whole decision:            {ours:,.0f} notes/s, {ours / yardstick:.2f} of it")


if __name__ == "__main__":
    main()
