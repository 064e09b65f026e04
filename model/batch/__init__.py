"""Many notes: tables in, tables out, in chunks that any worker scores alike."""

from model.batch.chunks import (
    ADDED,
    Options,
    ScoredChunk,
    day_in_cell,
    day_of_reading,
    make_chunks,
    ready_advisor,
    score_chunk,
    warnings_of,
)

__all__ = [
    "ADDED",
    "Options",
    "ScoredChunk",
    "day_in_cell",
    "day_of_reading",
    "make_chunks",
    "ready_advisor",
    "score_chunk",
    "warnings_of",
]
