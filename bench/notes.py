"""Notes for the benchmarks: scenarios with fresh names and numbers, a quarter of the words new."""

import random
from collections.abc import Iterator

from model.data import SHIPPED, read_scenarios

LENGTHS = range(35, 60)
"""Words of the scenarios that are taken; with the fresh ones a note has about 60."""
CONSONANTS, VOWELS = "bcdfghjklmnprstvwz", "aeiou"


def fresh_notes(count: int, seed: int = 0) -> Iterator[str]:
    """So many notes, no two alike; the same ones for the same seed."""
    chance = random.Random(seed)
    told = [scenario.notes for scenario in read_scenarios(SHIPPED)]
    told = [notes for notes in told if len(notes.split()) in LENGTHS]
    for _ in range(count):
        notes = chance.choice(told)
        names = [_name(chance) for _ in range(len(notes.split()) // 3)]
        number = chance.randrange(10_000, 100_000)
        yield f"{notes} Panel: {' '.join(names)}, ref {number}."


def _name(chance: random.Random) -> str:
    letters = [chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(4)]
    return "".join(letters).capitalize()
