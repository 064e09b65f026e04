"""Call or wait: what to do after a job interview, decided from the notes and explained.

`load()` gives an `Advisor`; `find_times` reads temporal expressions alone. Both are imported
when first asked for, so that the scripts answer `--help` at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.judging.advisor import Advisor
    from model.times import find_times
    from model.types import Advice, Evidence, Policy, TimeExpression

__all__ = [
    "Advice",
    "Advisor",
    "Evidence",
    "Policy",
    "TimeExpression",
    "find_times",
    "load",
]

_HOMES = {
    "Advice": "types", "Evidence": "types", "Policy": "types", "TimeExpression": "types",
    "Advisor": "judging.advisor", "find_times": "times",
}  # fmt: skip


def load(directory: str | Path | None = None) -> "Advisor":
    """The advisor trained by `python train.py`; trains nothing.

    Raises `model.errors.StoreError` where there is no trained model or it does not fit.
    """
    from model.judging.advisor import Advisor
    from model.store import TRAINED, load_model

    return Advisor(load_model(Path(directory) if directory else TRAINED))


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
