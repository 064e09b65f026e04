"""The rule data beside the code: wordings, word classes, words of time."""

import hashlib
from pathlib import Path

PATTERNS = Path(__file__).parent / "patterns"


def patterns_digest() -> str:
    """SHA-256 of all rule data: a model knows the cues it was trained with."""
    total = hashlib.sha256()
    for path in sorted(PATTERNS.iterdir()):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()
