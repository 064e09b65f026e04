"""What bad inputs get: the table in `docs/bad-input.md` is what the program does now."""

from bench.bad_input import DOC, make_document
from model import Advisor
from model.store import TRAINED


def test_bad_inputs_get_what_the_document_says(advisor: Advisor) -> None:
    assert make_document(advisor, TRAINED) == DOC.read_text(encoding="utf-8")
