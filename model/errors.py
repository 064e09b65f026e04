"""Errors that the scripts and the page turn into one line.

ModelError
├── DataError    a table that cannot be read or used: which file, which line, why
├── StoreError   a trained model that is missing, broken or from another version
└── EngineError  a run that came to a halt: what was done by then is kept

Each message says what is wrong, where, and what to do. Mistakes of a programmer stay ValueError.
"""

MOST_SHOWN, MOST_WORDS = 30, 2
"""Characters and words of a cell that an error may show; what is longer may be notes."""


def quote(cell: str) -> str:
    """A name or label of a table, as an error may show it: notes are in no error."""
    is_short = len(cell) <= MOST_SHOWN and len(cell.split()) <= MOST_WORDS
    return repr(cell) if is_short else "(a long text)"


class ModelError(Exception):
    """Base of the errors that a user can mend."""


class DataError(ModelError):
    """A table that cannot be read or used."""


class StoreError(ModelError):
    """A trained model that is missing, broken or from another version."""


class EngineError(ModelError):
    """A run that came to a halt; what was done by then is kept."""
