"""Many notes: tables in, tables out, in chunks that any worker scores alike."""

from model.batch.chunks import (
    ADDED,
    Options,
    ScoredChunk,
    day_in_cell,
    day_of_reading,
    make_chunks,
    ready_advisor,
    say_replaced,
    score_chunk,
)

__all__ = [
    "ADDED",
    "Options",
    "ScoredChunk",
    "day_in_cell",
    "day_of_reading",
    "make_chunks",
    "ready_advisor",
    "say_replaced",
    "score_chunk",
]
