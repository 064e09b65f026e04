"""What lies beside the code and is part of what a model knows: rule data, and the encoder.

The rule data are wordings, word classes and words of time.
"""

import hashlib
from pathlib import Path

from model.errors import StoreError

PATTERNS = Path(__file__).parent / "patterns"
ENCODER = Path(__file__).parent / "encoder"
NETWORK_FILE = ENCODER / "network.onnx"
TOKENIZER_FILE = ENCODER / "tokenizer.json"


def files_digest() -> str:
    """SHA-256 of all of them: a model knows the cues and the encoder it was trained with.

    Raises `StoreError` where one is missing.
    """
    total = hashlib.sha256()
    for path in (*sorted(PATTERNS.iterdir()), NETWORK_FILE, TOKENIZER_FILE):
        try:
            total.update(path.name.encode() + path.read_bytes())
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}; restore it, or install again") from None
    return total.hexdigest()
