from pathlib import Path

import pytest

from model import Policy
from model.errors import DataError
from model.policy import read_policy


def test_the_guides_numbers_are_the_default() -> None:
    assert read_policy(None) == Policy() == Policy(silence=5, grace=0, lapse=10, rest=5, chases=2)


def test_read_policy_takes_some_numbers(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("silence = 10\ncountry = 'DE'\n")
    assert read_policy(tmp_path / "p.toml") == Policy(silence=10, country="DE")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("silence = -1", "whole number"), ("silence = true", "whole number"), ("silense = 3", "unknown silense"),
     ("silence = 3.5", "whole number"), ("silence =", "no readable policy"),
     ("country = 5", "two capitals"), ("country = ''", "two capitals"), ("country = 'us'", "two capitals"), ("country = 'USA'", "two capitals"),
     ("country = 'XX'", "the holidays of XX are not known")],
)  # fmt: skip
def test_read_policy_refuses(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(DataError, match=reason):
        read_policy(tmp_path / "p.toml")


def test_read_policy_needs_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no readable policy"):
        read_policy(tmp_path / "none.toml")
