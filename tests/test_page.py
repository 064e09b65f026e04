import csv
import json
import tomllib
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import model.batch  # before one of the tests replaces `model.load`
import model.judging.classifier
import ui.advise
import ui.answer
import ui.model
from model import Advisor
from model.asking.questions import Question, read_questions
from model.errors import StoreError
from model.types import LAST_DAY
from tests.conftest import ROOT

NOTES = "They said by Friday. It's Tuesday the week after & nothing. Mum says <b>wait</b>."
GERMAN = "Das Gespräch war am Dienstag. Sie wollten sich bis Freitag melden."
PROMISED = "She said I would hear by Friday 27 November either way. Nothing from them yet."


@pytest.fixture
def page(advisor: Advisor) -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def submit(page: AppTest, notes: str, today: date = date(2026, 11, 25)) -> AppTest:
    page.text_area(key="notes").input(notes)
    page.date_input(key="today").set_value(today)
    return click(page, "Call or wait?")


def click(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label.startswith(label)).click().run()


def html(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


def texts(page: AppTest) -> str:
    return "\n".join(each.value for each in (*page.text, *page.caption))


def test_the_page_asks_for_notes_and_dates(page: AppTest) -> None:
    assert not page.exception
    assert page.text_area[0].label == "Interview notes"
    assert [field.label for field in page.date_input] == ["Today", "Interview date"]


def test_the_page_answers_in_a_sentence_with_its_day(page: AppTest) -> None:
    page.date_input(key="met").set_value(date(2026, 11, 17))
    submit(page, PROMISED)
    assert not page.exception
    said = "Wait. They said by Friday 27 November; if you hear nothing, call on Monday 30 November."
    assert f'role="status">{said}' in html(page)
    assert "policy “General”: no waiting past the end of a named time" in texts(page)


def test_the_notes_are_escaped_and_marked(page: AppTest) -> None:
    submit(page, NOTES)
    assert 'aria-label="Notes with matched phrases"' in html(page)
    assert "<mark" in html(page)
    assert "wait</b>" not in html(page)
    assert "without this phrase it would" in html(page)


@pytest.mark.parametrize("notes", ["", "  \n "])
def test_the_page_asks_again_where_there_is_nothing(page: AppTest, notes: str) -> None:
    submit(page, notes)
    assert not page.exception
    assert page.info[0].value.startswith("Paste")
    assert "role=" not in html(page)


@pytest.mark.parametrize(("count", "is_answered"), [(20_000, True), (20_001, False)])
def test_notes_too_long_are_refused_aloud(page: AppTest, count: int, is_answered: bool) -> None:
    submit(page, "Nothing yet. ".ljust(count, "."))
    assert ('role="status"' in html(page)) is is_answered
    said = [each.value for each in page.warning]
    assert said == ([] if is_answered else
                    ["20,001 characters; up to 20,000 are read. Shorten the notes."])  # fmt: skip


SAMPLES = [
    each["title"] for each in tomllib.loads(ui.advise.SAMPLES.read_text(encoding="utf-8"))["sample"]
]
CONFLICTS = [
    # country, notes                                     said
    ("US", "It's Thursday 26 November. Nothing from them yet.", "Today: Thursday 26 November in the notes, "
     "Wednesday 25 November in the field. Wednesday 25 November is used."),
    ("US", "The interview was on Tuesday 10 November. Nothing from them yet.", "Interview: Tuesday 10 November in the notes, "
     "Thursday 12 November in the field. Thursday 12 November is used."),
    ("US", "The interview was on Thursday 12 November. It's Wednesday. Nothing from them yet.", ""),
    ("US", "The interview was the week before last. Nothing from them yet.", ""),
    ("GB", "It's 9/11 today. Nothing from them yet.", "Today: Monday 9 November in the notes, "
     "Wednesday 25 November in the field. Wednesday 25 November is used."),
]  # fmt: skip


@pytest.mark.parametrize(("country", "notes", "said"), CONFLICTS)
def test_a_day_that_the_notes_name_otherwise_is_said(
    page: AppTest, country: str, notes: str, said: str
) -> None:
    page.selectbox(key="country").set_value(country)
    page.date_input(key="met").set_value(date(2026, 11, 12))
    submit(page, notes)
    assert said in texts(page)
    assert ("in the field." in texts(page)) is bool(said)


@pytest.mark.parametrize("title", SAMPLES)
def test_a_sample_is_answered_in_one_click(page: AppTest, title: str) -> None:
    click(page, title)
    assert not page.exception
    assert 'role="status"' in html(page)


def test_the_dates_of_a_sample_go_with_its_notes(page: AppTest) -> None:
    click(page, "They said Friday")
    page.text_area(key="notes").input(f"{page.text_area(key='notes').value}\nI rang.").run()
    assert page.date_input(key="met").value == date(2026, 11, 17)
    page.text_area(key="notes").input(PROMISED).run()
    assert page.date_input(key="today").value == date.today()
    assert page.date_input(key="met").value is None


def test_a_date_that_was_chosen_stays_when_a_sample_goes(page: AppTest) -> None:
    click(page, "They said Friday")
    page.date_input(key="met").set_value(date(2026, 11, 12)).run()
    page.text_area(key="notes").input(PROMISED).run()
    assert page.date_input(key="met").value == date(2026, 11, 12)


# fmt: off
NIGHTS = [
    # chosen              the day after
    (None,                date(2026, 12, 2)),
    (date(2026, 11, 20),  date(2026, 11, 20)),
]
# fmt: on


@pytest.mark.parametrize(("chosen", "after"), NIGHTS)
def test_a_page_left_open_overnight_has_the_new_day(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, chosen: date | None, after: date
) -> None:
    if chosen:
        page.date_input(key="today").set_value(chosen).run()
    monkeypatch.setattr(ui.advise, "date", Mock(today=lambda: date(2026, 12, 2)))
    assert page.run().date_input(key="today").value == after


@pytest.mark.parametrize("notes", ["", PROMISED])
@pytest.mark.parametrize("chosen", [date.today(), date(2026, 11, 20)])
def test_an_emptied_field_shows_the_day_again(page: AppTest, notes: str, chosen: date) -> None:
    submit(page, notes, chosen)
    page.date_input(key="today").set_value(None).run()
    assert not page.exception
    assert page.date_input(key="today").value == date.today()


def test_the_sample_that_is_hard_to_tell_is(page: AppTest) -> None:
    click(page, "Hard to tell")
    assert "Unsure" in html(page)
    assert "One fact would help most." in texts(page)


@pytest.fixture
def unsure(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A page that is sure of nothing, and asks the first of its questions."""
    monkeypatch.setattr(model.judging.classifier, "NEAR_EVEN", 0.6)
    monkeypatch.setattr(ui.answer, "choose_question", lambda *_: read_questions()[0])
    return submit(page, "Interview at the bakery two weeks ago... no call.")


def test_when_unsure_a_fact_is_asked_for_and_scored(unsure: AppTest) -> None:
    assert "Unsure" in html(unsure)
    assert "One fact would help most." in texts(unsure)
    before = html(unsure)
    click(unsure, "No")
    assert not unsure.exception
    assert unsure.text_area(key="notes").value.endswith("They named no time for an answer.")
    assert html(unsure) != before


def test_an_answer_with_a_day_waits_for_the_day(unsure: AppTest) -> None:
    before = unsure.text_area(key="notes").value
    click(unsure, "Yes, by this day")
    assert unsure.warning[0].value == "Choose the day first."
    assert unsure.text_area(key="notes").value == before
    unsure.date_input(key="day_window").set_value(date(2026, 11, 20)).run()
    click(unsure, "Yes, by this day")
    assert "They said I would hear by Friday 20 November." in unsure.text_area(key="notes").value


# fmt: off
MET = [
    # field before       day chosen          said
    (None,               None,               "Choose the day first."),
    (None,               date(2026, 11, 11), "interview Wednesday 11 November (given)"),
    (None,               date(2026, 11, 25), "interview Wednesday 25 November (given)"),
    (date(2026, 12, 24), date(2026, 11, 11), "interview Wednesday 11 November (given)"),  # one to come is left out
]
# fmt: on


@pytest.mark.parametrize(("before", "chosen", "said"), MET)
def test_the_day_of_the_interview_goes_into_its_field(
    unsure: AppTest, monkeypatch: pytest.MonkeyPatch, before: date, chosen: date, said: str
) -> None:
    monkeypatch.setattr(ui.answer, "choose_question", lambda *_: question_of("interview"))
    notes = unsure.text_area(key="notes").value
    unsure.date_input(key="met").set_value(before).run()
    unsure.date_input(key="day_interview").set_value(chosen).run()
    click(unsure, "On this day")
    assert not unsure.exception
    assert unsure.text_area(key="notes").value == notes
    assert unsure.date_input(key="met").value == chosen
    assert said in html(unsure) + "".join(each.value for each in unsure.warning)


def question_of(name: str) -> Question:
    return next(each for each in read_questions() if each.name == name)


def test_another_answer_leaves_the_day_of_the_interview(unsure: AppTest) -> None:
    for met in (date(2026, 11, 12), date(2026, 12, 24)):
        unsure.date_input(key="met").set_value(met).run()
        click(unsure, "No")
        assert unsure.date_input(key="met").value == met


# fmt: off
LATEST = [
    ("window",     LAST_DAY),
    ("interview",  date(2026, 11, 25)),
    ("chase",      date(2026, 11, 25)),
]
# fmt: on


@pytest.mark.parametrize(("name", "latest"), LATEST)
def test_a_day_of_the_past_ends_today(
    unsure: AppTest, monkeypatch: pytest.MonkeyPatch, name: str, latest: date
) -> None:
    monkeypatch.setattr(ui.answer, "choose_question", lambda *_: question_of(name))
    assert unsure.run().date_input(key=f"day_{name}").max == latest


def test_an_edited_message_outlives_what_does_not_change_it(page: AppTest) -> None:
    click(page, "They said Friday")
    page.text_area(key="message").input("My own words").run()
    page.selectbox(key="preset").set_value("Academia").run()
    assert page.text_area(key="message").value == "My own words"
    show(page, "batch")
    show(page, "")
    assert page.text_area(key="message").value == "My own words"
    submit(page, f"{PROMISED} Bob.")
    assert page.text_area(key="message").value != "My own words"


def show(page: AppTest, path: str) -> AppTest:
    pages = page._registered_pages.items()  # AppTest switches to files only
    page._page_hash = next(key for key, info in pages if info["url_pathname"] == path)
    return page.run()


def test_the_policy_acts_at_once_and_is_named(page: AppTest) -> None:
    notes = "The interview went fine. No date was named. I have heard nothing since."
    page.date_input(key="met").set_value(date(2026, 11, 12))
    submit(page, notes)
    general = html(page)
    page.selectbox(key="preset").set_value("Academia").run()
    assert page.number_input(key="silence").value == 20
    assert html(page) != general
    assert "policy “Academia”" in texts(page)
    assert "write to the chair" in texts(page)
    page.number_input(key="silence").set_value(None).run()
    assert page.number_input(key="silence").value == 20
    assert page.selectbox(key="preset").value == "Academia"
    page.number_input(key="silence").set_value(7).run()
    assert page.selectbox(key="preset").value == "Your own numbers"
    assert "policy “Your own numbers”" in texts(page)
    page.selectbox(key="preset").set_value("General").run()
    assert page.number_input(key="silence").value == 5


def test_an_interview_after_today_is_left_out_aloud(page: AppTest) -> None:
    page.date_input(key="met").set_value(date(2026, 12, 24))
    submit(page, PROMISED)
    assert "after today" in page.warning[0].value


def test_a_correction_is_kept_only_on_a_click(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.csv"
    monkeypatch.setattr(ui.answer, "CORRECTIONS", path)
    click(page, "They said Friday")
    assert not path.exists()
    assert f"kept with these notes and dates in {path}" in texts(page)
    click(page, "It should be “call”")
    click(page, "It should be “call”")
    with path.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["label"], row["as_of"]) == ("call", "2026-11-25")
    assert row["notes"] == page.text_area(key="notes").value


def test_the_place_of_corrections_and_how_to_learn_from_it_are_named(page: AppTest) -> None:
    click(page, "They said Friday")
    assert "in data/corrections.csv, on this machine only. To learn from it: Model" in texts(page)


def test_after_two_chases_it_says_to_move_on(page: AppTest) -> None:
    click(page, "Asked twice already")
    assert "Leave it there and move on" in html(page)


def test_a_load_that_failed_is_tried_again_on_batch(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(page, "batch")
    with monkeypatch.context() as patched:
        patched.setattr("model.load", Mock(side_effect=StoreError("out of memory")))
        st.cache_resource.clear()
        page.run()
        page.file_uploader[0].upload("in.csv", b"notes\nBy Friday.\n", "text/csv").run()
        assert page.error[0].value == "out of memory"
    page.run()
    assert not page.error
    assert len(page.dataframe[0].value) == 1


def batch_script() -> None:
    from model import load
    from model.asking.presets import read_presets
    from ui.batch import batch_page

    batch_page(load, read_presets()[0])


TABLE = b"text,as_of\nThey said by Friday. Nothing since.,2026-11-25\n,\n<i>please</i> do not call us,\n"


@pytest.fixture
def batch(advisor: Advisor) -> AppTest:
    page = AppTest.from_function(batch_script, default_timeout=60).run()
    page.file_uploader[0].upload("in.csv", TABLE, "text/csv").run()
    page.selectbox[0].set_value("text").run()
    return page


def test_batch_without_a_notes_column_asks_which(batch: AppTest) -> None:
    assert batch.selectbox[0].options == ["text", "as_of"]
    assert not batch.exception
    assert len(batch.dataframe[0].value) == 3


def test_batch_names_another_sign_between_columns(batch: AppTest) -> None:
    batch.file_uploader[0].upload("in.csv", b"notes;as_of\nBy Friday;2026-11-25\n").run()
    assert "its columns are separated by ';'; save it with commas" in batch.error[0].value
    assert not batch.selectbox


def test_batch_offers_no_column_that_is_replaced(batch: AppTest) -> None:
    batch.file_uploader[0].upload("in.csv", b"error,text,errors\na,b,c\n", "text/csv").run()
    assert batch.selectbox[0].options == ["text", "errors"]


def test_batch_says_how_rows_without_a_day_are_read(batch: AppTest) -> None:
    assert "1 of 3 rows have no as_of: they are read by their words alone." in texts(batch)
    table = b"notes\nThey said by Friday 27 November. Nothing since.\n"
    batch.file_uploader[0].upload("in.csv", table, "text/csv").run()
    for today, decision in (date(2026, 11, 25), "wait"), (date(2026, 12, 3), "call"):
        batch.date_input[0].set_value(today).run()
        assert f"1 of 1 rows have no as_of: they are read as of {today}." in texts(batch)
        assert list(batch.dataframe[0].value["prediction"]) == [decision]
    batch.number_input(key="typed").set_value(1).run()
    assert "Their time ran out on Friday 27 November" in html(batch)
    batch.date_input[0].set_value(None).run()
    assert batch.number_input(key="typed").value == 1, "the same table: its row stays explained"
    table = b"notes,interview_date\nHm.,2025-11-25\nHm.,2025-11-25\nHm.,\n"
    batch.file_uploader[0].upload("in.csv", table, "text/csv").run()
    assert batch.number_input(key="typed").value is None
    said = [f"2 of 3 rows have no as_of: they are read as of {date.today()}.",
            "1 of 3 rows have no as_of: they are read by their words alone."]  # fmt: skip
    assert all(each in texts(batch) for each in said)


def test_batch_filters_and_explains(batch: AppTest) -> None:
    batch.radio[0].set_value("Errors").run()
    assert list(batch.dataframe[0].value.columns) == ["text", "error"]
    assert list(batch.dataframe[0].value["error"]) == ["notes are empty"]
    batch.number_input(key="typed").set_value(3).run()
    assert not batch.exception
    assert 'role="status"' in html(batch)
    assert "<i>please" not in html(batch)
    batch.number_input(key="typed").set_value(2).run()
    assert batch.error[0].value == "notes are empty"


def test_a_row_of_batch_is_corrected_with_its_own_dates(
    batch: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.csv"
    monkeypatch.setattr(ui.answer, "CORRECTIONS", path)
    for number in (1, 2, 3):  # the second one has no notes, the third no day
        batch.number_input(key="typed").set_value(number).run()
        if not batch.error:
            click(batch, "It should be")
    assert not batch.exception
    with path.open(encoding="utf-8", newline="") as stream:
        kept = [(row["notes"], row["as_of"]) for row in csv.DictReader(stream)]
    assert kept == [("They said by Friday. Nothing since.", "2026-11-25"),
                    ("<i>please</i> do not call us", "")]  # fmt: skip


def test_an_edited_message_is_for_its_own_note(batch: AppTest) -> None:
    table = b"notes,as_of\nThey said by Friday 6 November. Ann.,2026-11-25\n"
    table += b"They said by Friday 6 November. Bob.,2026-11-25\n"
    batch.file_uploader[0].upload("in.csv", table, "text/csv").run()
    batch.number_input(key="typed").set_value(1).run()
    before = batch.text_area[0].value
    batch.text_area[0].input("This is Ann").run()
    batch.number_input(key="typed").set_value(2).run()
    assert batch.text_area[0].value == before


BROKEN = [(b'notes\n"open', "look for a stray quote"), (b"notes\n", "The table has no rows.")]


@pytest.mark.parametrize(("table", "said"), BROKEN)
def test_batch_names_what_is_broken(batch: AppTest, table: bytes, said: str) -> None:
    batch.file_uploader[0].upload("in.csv", table, "text/csv").run()
    assert said in batch.error[0].value
    assert not batch.get("progress")


def test_other_languages_get_a_line_and_nothing_to_do(page: AppTest) -> None:
    submit(page, GERMAN)
    assert not page.exception
    assert "This tool reads English" in html(page)
    assert not {"What to do now", "When"}.intersection(each.value for each in page.header)
    assert "notes like this one" not in texts(page)
    assert "By the policy" not in texts(page)


def test_batch_gives_other_languages_nothing_to_do(batch: AppTest) -> None:
    batch.file_uploader[0].upload("in.csv", f"notes\n{GERMAN}\n".encode(), "text/csv").run()
    batch.number_input(key="typed").set_value(1).run()
    assert not batch.exception
    assert "This tool reads English" in html(batch)
    assert not {"What to do now", "When"}.intersection(each.value for each in batch.header)


def model_script() -> None:
    from model import Policy
    from ui.model import model_page

    model_page(Policy())


# fmt: off
FIGURES = [
    ({"rows": 488, "accuracy": 0.904},
     "It gets 86% of them right when it has not seen them; of the 488 real ones among them 90%."),
    (None, "It gets 86% of them right when it has not seen them."),
]
# fmt: on


@pytest.mark.parametrize(("real", "said"), FIGURES)
def test_the_model_page_says_what_the_figures_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real: dict[str, float] | None, said: str
) -> None:
    facts = {"metrics": {"accuracy": 0.859}, "real": real, "trained_at": "2026-11-30", "rows": 900,
             "versions": {}, "data_sha256": "", "seed": 0}  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(facts))
    (tmp_path / "report.md").write_text("# Report")
    monkeypatch.setattr(ui.model, "TRAINED", tmp_path)
    page = AppTest.from_function(model_script).run()
    assert not page.exception
    assert page.text[0].value.endswith(said)
    assert "“majority” always says" in texts(page)
