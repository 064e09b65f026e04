"""Saving and loading the trained model, with a manifest that says what it was made from.

A joblib file is a pickle: loading one runs code. So it is loaded only when its digest is the one in
the manifest beside it, and only for the versions and rule files it was made with.
"""

import hashlib
import json
import shutil
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

from model.errors import StoreError

TRAINED = Path(__file__).parent / "trained"
PATTERNS = Path(__file__).parent / "patterns"
MODEL_FILE, MANIFEST_FILE = "model.joblib", "manifest.json"
FORMAT = 1
"""Raised when a saved model of an earlier program no longer fits."""
LIBRARIES = ("scikit-learn", "spacy", "numpy")
MEND = "run: python train.py"


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def patterns_digest() -> str:
    """SHA-256 of all rule data: a model knows the cues it was trained with."""
    total = hashlib.sha256()
    for path in sorted(PATTERNS.iterdir()):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def save(model: Any, directory: Path, facts: dict[str, Any], report: dict[str, bytes]) -> None:
    """Write the model, its manifest and the files of the report; the old ones go only then.

    `facts` go into the manifest as they are. Raises `StoreError` where the place cannot be written.
    """
    import joblib

    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
        joblib.dump(model, fresh / MODEL_FILE)
        manifest = {
            "format": FORMAT,
            "model_sha256": digest(fresh / MODEL_FILE),
            "patterns_sha256": patterns_digest(),
            "versions": {name: version(name) for name in LIBRARIES},
            **facts,
        }
        (fresh / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        for name, content in report.items():
            (fresh / name).write_bytes(content)
        put_in_place(fresh, directory)
    except OSError as error:
        raise StoreError(
            f"{directory}: cannot be written ({error}); name another with --out"
        ) from None


def put_in_place(fresh: Path, directory: Path) -> None:
    """Put the whole new model in `fresh` in the place of the old one."""
    fresh.chmod(0o755)
    old = fresh.with_name(f"{fresh.name}-old")
    if directory.exists():
        directory.replace(old)
    fresh.replace(directory)
    shutil.rmtree(old, ignore_errors=True)


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest of a saved model; `StoreError` where there is none."""
    path = directory / MANIFEST_FILE
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError(f"{directory}: no trained model here; {MEND}") from None
    except (OSError, ValueError):
        raise StoreError(f"{path}: cannot be read; {MEND}") from None
    if not isinstance(manifest, dict):
        raise StoreError(f"{path}: is no manifest; {MEND}")
    return manifest


def load_model(directory: Path) -> Any:
    """The saved model, once its digest, format, rule data and library versions are right."""
    manifest = read_manifest(directory)
    path = directory / MODEL_FILE
    if manifest.get("format") != FORMAT:
        raise StoreError(f"{directory}: made by another version of this program; {MEND}")
    if manifest.get("versions") != {name: version(name) for name in LIBRARIES}:
        raise StoreError(f"{directory}: made with other library versions; {MEND}")
    if manifest.get("patterns_sha256") != patterns_digest():
        raise StoreError(f"{directory}: the rule files have changed since; {MEND}")
    if not path.is_file() or digest(path) != manifest.get("model_sha256"):
        raise StoreError(f"{path}: missing or not the file that was saved; {MEND}")
    import joblib

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return joblib.load(path)
        except Exception as error:  # a pickle may raise anything; whatever it is, train again
            raise StoreError(f"{path}: cannot be loaded ({type(error).__name__}); {MEND}") from None
