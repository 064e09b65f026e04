"""Many notes: tables in, tables out, in chunks that any worker scores alike."""

from model.batch.chunks import (
    ADDED,
    Job,
    Part,
    Pending,
    Row,
    in_order,
    make_chunks,
    name_replaced,
    read_day,
    ready_advisor,
    score_chunk,
    score_part,
)

__all__ = [
    "ADDED",
    "Job",
    "Part",
    "Pending",
    "Row",
    "in_order",
    "make_chunks",
    "name_replaced",
    "read_day",
    "ready_advisor",
    "score_chunk",
    "score_part",
]
