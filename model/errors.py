"""Errors that the scripts and the page turn into one line.

ModelError
├── DataError    a table that cannot be read or used: which file, which line, why
├── StoreError   a trained model that is missing, broken or from another version
└── EngineError  a run that came to a halt: what was done by then is kept

Each message says what is wrong, where, and what to do. Mistakes of a programmer stay ValueError.
"""


class ModelError(Exception):
    """Base of the errors that a user can mend."""


class DataError(ModelError):
    """A table that cannot be read or used."""


class StoreError(ModelError):
    """A trained model that is missing, broken or from another version."""


class EngineError(ModelError):
    """A run that came to a halt for want of workers; what was done by then is kept."""
