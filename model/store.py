"""Saving and loading the trained model, with a manifest that says what it was made from.

A joblib file is a pickle: loading one runs code. So it is loaded only when its digest is the one in
the manifest beside it, and only for the versions and rule files it was made with. Saving and
loading hold a lock, so no process sees half a model; the previous model is kept beside the new one.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from model.errors import StoreError
from model.rule_data import files_digest

if TYPE_CHECKING:
    from model.judging.classifier import CallClassifier

TRAINED = Path(__file__).parent / "trained"
MODEL_FILE, MANIFEST_FILE = "model.joblib", "manifest.json"
FORMAT = 5
"""Increase it when a model of an earlier program no longer fits, though `shape_digest` does."""
LIBRARIES = ("scikit-learn", "spacy", "numpy", "onnxruntime", "tokenizers")
MEND = "run: python train.py"
RESTORE = "run: python train.py --rollback"


def digest(*paths: Path) -> str:
    """SHA-256 of a file, or of several one after the other."""
    total = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:  # of any size
            while block := stream.read(1 << 20):
                total.update(block)
    return total.hexdigest()


def shape_digest() -> str:
    """SHA-256 of the names of all that is learned: labels, roles, signals, features, in order."""
    from model.data import CUE_LABELS, TIME_ROLES
    from model.judging.features import FEATURE_NAMES
    from model.reading.reader import SIGNALS

    names = (CUE_LABELS, TIME_ROLES, SIGNALS, FEATURE_NAMES)
    return hashlib.sha256(repr(names).encode()).hexdigest()


def previous(directory: Path) -> Path:
    """Where the model before the one in `directory` is kept."""
    return directory.with_name(f"{directory.name}.previous")


def check_place(directory: Path) -> None:
    """Raise `StoreError` where a model cannot be put, or would take the place of other files."""
    with _writing(directory), _locked(directory, fcntl.LOCK_SH):  # others may be moving it
        if directory.exists() and not directory.is_dir():
            raise StoreError(f"{directory}: is no folder; name another with --out")
        if directory.is_dir() and any(directory.iterdir()) and not _is_model(directory):
            raise StoreError(f"{directory}: holds files that are no model; name another with --out")
        parent = next(each for each in directory.absolute().parents if each.exists())
        if not (parent.is_dir() and os.access(parent, os.W_OK)):
            raise StoreError(f"{directory}: cannot be written; name another with --out")


def _is_model(directory: Path) -> bool:
    return (directory / MANIFEST_FILE).exists() or (directory / MODEL_FILE).exists()


def save(
    model: "CallClassifier", directory: Path, facts: dict[str, Any], report: dict[str, bytes]
) -> None:
    """Write the model, its manifest and the files of the report; the old ones go only then.

    `facts` go into the manifest as they are. Raises `StoreError` where the place cannot be written.
    """
    check_place(directory)
    with _writing(directory):
        directory.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
        try:
            _write(model, fresh, facts, report)
            put_in_place(fresh, directory)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _write(
    model: "CallClassifier", fresh: Path, facts: dict[str, Any], report: dict[str, bytes]
) -> None:
    """Write all files of a model into a new folder."""
    import joblib

    joblib.dump(model, fresh / MODEL_FILE)
    manifest = {
        "format": FORMAT,
        "model_sha256": digest(fresh / MODEL_FILE),
        "files_sha256": files_digest(),
        "shape_sha256": shape_digest(),
        "versions": {name: version(name) for name in LIBRARIES},
        **facts,
    }
    (fresh / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for name, content in report.items():
        (fresh / name).write_bytes(content)


def put_in_place(fresh: Path, directory: Path) -> None:
    """Put the whole new model in `fresh` in the place of the old one, which is kept beside it.

    Raises `StoreError` where `fresh` is gone or the place cannot be written.
    """
    kept, older = previous(directory), fresh.with_name(f"{fresh.name}-old")
    with _writing(directory), _locked(directory, fcntl.LOCK_EX):
        fresh.chmod(0o755)
        if _is_model(directory):  # an empty folder is no model to keep
            if kept.exists():
                kept.replace(older)
            directory.replace(kept)
        fresh.replace(directory)
    shutil.rmtree(older, ignore_errors=True)


def rollback(directory: Path) -> None:
    """Put the model before back in place; the one that was in use is kept in its stead.

    Raises `StoreError`, and changes nothing, where none is kept or it does not fit any more.
    """
    kept, aside = previous(directory), directory.with_name(f".{directory.name}-aside")
    with _writing(directory), _locked(directory, fcntl.LOCK_EX):
        if not kept.is_dir():
            raise StoreError(f"{directory}: no model before this one is kept; {MEND}")
        _check(kept)
        if directory.exists():
            shutil.rmtree(aside, ignore_errors=True)  # of a rollback that was killed
            directory.replace(aside)
        kept.replace(directory)
        if aside.exists():
            aside.replace(kept)


@contextmanager
def _writing(directory: Path) -> Iterator[None]:
    """Raise `StoreError` where a block that puts a model into its place cannot do so."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{directory}: cannot be written ({error}); mend that") from None


@contextmanager
def _locked(directory: Path, kind: int) -> Iterator[None]:
    """Hold a lock on the folder above: shared to read a model, exclusive to move one."""
    try:
        handle = os.open(directory.absolute().parent, os.O_RDONLY)
    except OSError:  # no such folder: nothing to guard
        yield
        return
    try:
        with suppress(OSError):  # a file system without locks: the digest still tells
            fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest of a saved model; `StoreError` where there is none."""
    with _locked(directory, fcntl.LOCK_SH):
        return _manifest(directory)


def _manifest(directory: Path) -> dict[str, Any]:
    """The manifest, for those who hold the lock."""
    path = directory / MANIFEST_FILE
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        mend = RESTORE if previous(directory).exists() else MEND
        raise StoreError(f"{directory}: no trained model here; {mend}") from None
    except (OSError, ValueError):
        raise StoreError(f"{path}: cannot be read; {MEND}") from None
    if not isinstance(manifest, dict):
        raise StoreError(f"{path}: is no manifest; {MEND}")
    return manifest


def model_digest(directory: Path) -> str:
    """The digest of the model in a folder, as its manifest has it."""
    return str(read_manifest(directory).get("model_sha256"))


def check_unchanged(directory: Path, sha256: str) -> None:
    """Raise `StoreError` where the model of a folder is no longer the one of this digest."""
    if model_digest(directory) != sha256:
        raise StoreError(f"{directory}: the model was replaced just now; run again")


def load_model(directory: Path) -> "CallClassifier":
    """The saved model; `StoreError` where its digest, format, rules or library versions differ."""
    import joblib

    with _locked(directory, fcntl.LOCK_SH):
        path = _check(directory)
        try:
            return cast("CallClassifier", joblib.load(path))
        except Exception as error:  # a pickle may raise anything; whatever it is, train again
            raise StoreError(f"{path}: cannot be loaded ({type(error).__name__}); {MEND}") from None


def _check(directory: Path) -> Path:
    """The model file of a folder; `StoreError` where it is not the one saved here and now."""
    manifest = _manifest(directory)
    path = directory / MODEL_FILE
    if (manifest.get("format"), manifest.get("shape_sha256")) != (FORMAT, shape_digest()):
        raise StoreError(f"{directory}: made by another version of this program; {MEND}")
    if manifest.get("versions") != {name: version(name) for name in LIBRARIES}:
        raise StoreError(f"{directory}: made with other library versions; {MEND}")
    if manifest.get("files_sha256") != files_digest():
        raise StoreError(f"{directory}: the rule files or the encoder have changed since; {MEND}")
    if not path.is_file() or digest(path) != manifest.get("model_sha256"):
        raise StoreError(f"{path}: missing or not the file that was saved; {MEND}")
    return path
