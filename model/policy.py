"""Reading a policy file."""

import tomllib
from dataclasses import fields
from pathlib import Path

from model.errors import DataError
from model.types import Policy


def read_policy(path: Path | None) -> Policy:
    """The policy of a TOML file such as `silence = 10`; the guide's own without a file.

    Raises `DataError` for a file that cannot be read, an unknown name or country, or a number that
    cannot be.
    """
    if path is None:
        return Policy()
    try:
        numbers = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: no readable policy ({error}); see the README") from None
    names = [field.name for field in fields(Policy)]
    if unknown := sorted(set(numbers) - set(names)):
        raise DataError(f"{path}: unknown {', '.join(unknown)}; there are: {', '.join(names)}")
    try:
        return Policy(**numbers)
    except ValueError as error:
        raise DataError(f"{path}: {error}") from None
