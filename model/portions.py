"""Many notes in portions: bounded in number and in characters, so that memory is."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def in_portions(
    items: Iterable[Item], *, len_of: Callable[[Item], int], most: int, characters: int
) -> Iterator[list[Item]]:
    """The items in order, `most` at a time, fewer where they come to so many characters."""
    portion: list[Item] = []
    total = 0
    for item in items:
        portion.append(item)
        total += len_of(item)
        if len(portion) == most or total >= characters:
            yield portion
            portion, total = [], 0
    if portion:
        yield portion
