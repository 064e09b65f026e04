import pytest

from model.data import Annotation, Scenario
from model.learning.examples import LEAST_TAUGHT, lend_annotations, make_examples, weight_of

CUES = (Annotation("closed", 0, 2),)


@pytest.mark.parametrize(("taught", "is_lent"), [(LEAST_TAUGHT, False), (LEAST_TAUGHT - 1, True)])
def test_few_annotations_are_helped_out_by_the_shipped_ones(taught: int, is_lent: bool) -> None:
    own = [*[Scenario("a", "call", cues=CUES)] * taught, Scenario("b", "wait")]
    assert bool(lend_annotations(own)) is is_lent


def test_rows_without_cues_borrow_those_of_the_same_notes() -> None:
    extra = [Scenario("no job", "wait", cues=CUES), Scenario("other", "wait", cues=CUES)]
    examples = make_examples([Scenario("no job", "call"), Scenario("new", "wait")], extra)
    assert [(e.case.note.text, e.label, e.cues) for e in examples] == [
        ("no job", "call", CUES),
        ("new", "wait", ()),
        ("other", None, CUES),
    ]


@pytest.mark.parametrize(("voice", "weight"), [("real", 5), ("own", 5), ("prose", 1), ("", 1)])
def test_what_people_paste_weighs_more(voice: str, weight: float) -> None:
    assert weight_of(Scenario("a", "call", voice=voice)) == weight


def test_the_same_notes_are_lent_to_each_row_and_taught_once() -> None:
    extra = [Scenario("a", "wait", cues=CUES, pair="p"), Scenario("b", "wait", cues=CUES)]
    own = (Annotation("window", 0, 1),)
    rows = [Scenario("a", "call"), Scenario("a", "wait"), Scenario("b", "wait", cues=own)]
    assert [each.cues for each in make_examples(rows, extra)] == [CUES, CUES, own]


def test_contrast_pairs_and_the_same_notes_stay_in_one_group() -> None:
    rows = [
        Scenario("a", "call", pair="p"),
        Scenario("b", "wait", pair="p"),
        Scenario("c", "wait"),
        Scenario("c", "call"),
    ]
    first, second, third, fourth = (example.group for example in make_examples(rows))
    assert first == second != third == fourth
