"""List the licences of the pinned packages in `docs/licences.md`: `python -m bench.licences`.

They are what each package says of itself; which packages, and their versions, is in
`constraints.txt`.
"""

from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOC = ROOT / "docs" / "licences.md"
LONGEST = 60
"""Characters of a licence's name; what is longer is its text."""
HEAD = """# Licences of the pinned packages

Made by `python -m bench.licences` from what each package says of itself. `pip` installs them; none
of them is copied into this repository. The one thing that is, the language model, has its own
licence beside it: `model/encoder/LICENSE`.

| package | version | licence |
| --- | --- | --- |
"""


def pinned() -> Iterator[tuple[str, str]]:
    """Name and version of each package in `constraints.txt`."""
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        if version:
            yield name, version


def licence_of(name: str) -> str:
    """The licence that an installed package names; "not installed" for others."""
    try:
        return _named(metadata(name))
    except PackageNotFoundError:
        return "not installed"


def _named(facts: PackageMetadata) -> str:
    """The expression, else the classifiers, else a short field "License", else unknown."""
    classifiers = facts.get_all("Classifier") or []
    classes = [each.split(" :: ")[-1] for each in classifiers if each.startswith("License :: ")]
    field = " ".join((facts.get_all("License") or [""])[0].split())
    found = (facts.get_all("License-Expression") or [", ".join(classes)])[0]
    return found or (field if 0 < len(field) <= LONGEST else "see the package")


def main() -> None:
    """Write the document."""
    rows = (f"| {name} | {version} | {licence_of(name)} |\n" for name, version in pinned())
    DOC.write_text(HEAD + "".join(rows), encoding="utf-8")
    print(f"written: {DOC.name}")


if __name__ == "__main__":
    main()
