"""The page in a real browser: Debian's chromium, driven by Playwright; one server, one browser."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar

from bench.load import free_port, serve
from model import Advisor

playwright = pytest.importorskip("playwright.sync_api")
Page = "playwright.Page"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NOTES = (
    "Met them *Tuesday*, $40k to $50k :red[hm]\nthey said by Friday <script>alert(1)</script>\n"
    "<img src=x onerror=alert(2)> no word since &amp; `x` https://example.org/a.png"
)
SAMPLE = "They said Friday"
SAID = "Wait. They said by Friday 27 November; if you hear nothing, call on Monday 30 November."

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def server(advisor: Advisor) -> Iterator[str]:
    with tempfile.TemporaryFile() as log, serve(port := free_port(), log):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    if not Path(CHROMIUM).exists():
        message = "no browser: install Debian's chromium (apt-get install chromium)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with playwright.sync_playwright() as runner:
        yield runner.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture
def open_page(server: str, browser: "playwright.Browser") -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own; at the end, none has asked anything of elsewhere."""
    asked: list[str] = []
    dialogs: list[str] = []
    contexts = []

    def open_(path: str = "", **options: object) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(f"{server}/{path}")
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert dialogs == []
    assert [url for url in asked if not url.startswith((server, "data:", "blob:"))] == []


def submit(page: Page, notes: str) -> Page:
    page.get_by_label("Interview notes").fill(notes)
    page.get_by_label("Interview notes").press("Control+Enter")
    page.locator("table.days").wait_for()
    return page


def try_sample(page: Page, title: str = SAMPLE) -> Page:
    page.get_by_role("button", name=title).click()
    page.locator("table.days").wait_for()
    return page


def test_paste_and_ctrl_enter_gives_the_answer_first(open_page: Callable[..., Page]) -> None:
    page = submit(open_page(), NOTES)
    status = page.get_by_role("status").first
    assert status.inner_text().startswith(("Call. ", "Wait. "))
    assert page.get_by_role("heading", level=1).count() == 1


def test_hostile_notes_are_shown_as_typed(open_page: Callable[..., Page]) -> None:
    page = submit(open_page(), NOTES)
    marked = page.get_by_label("Notes with matched phrases")
    assert marked.evaluate("node => node.textContent") == NOTES
    assert marked.locator("mark").count() > 0
    assert page.locator("[data-testid=stMain] :is(script, img, .katex)").count() == 0
    assert page.url.count("?") == 0


def test_a_sample_in_one_click_is_answered_with_its_day(open_page: Callable[..., Page]) -> None:
    page = try_sample(open_page())
    said, sureness = page.get_by_role("status").first.inner_text().split("\n\n")
    assert said == SAID
    assert sureness == "Quite sure: nearly all notes like this one mean “wait”."


def test_marks_tell_their_reason_by_keyboard_and_pointer(open_page: Callable[..., Page]) -> None:
    page = try_sample(open_page())
    mark = page.locator("mark").first
    bubble = "mark => getComputedStyle(mark, '::before').content"
    assert mark.evaluate(bubble) == "none"
    mark.hover()
    assert ": " in mark.evaluate(bubble)
    page.get_by_role("heading", level=1).hover()
    assert mark.evaluate(bubble) == "none"
    page.locator("[data-testid=stMain] summary").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    focused = page.locator("mark:focus")
    assert ": " in focused.evaluate(bubble)
    for reason in focused.get_attribute("aria-describedby").split():
        assert page.locator(f"li #{reason}").inner_text()


def test_the_whole_way_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.get_by_label("Interview notes").focus()
    page.keyboard.type("No word for two weeks. They named no time.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    page.locator("table.days").wait_for()


def test_the_message_is_edited_and_copied(open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    area = try_sample(page).get_by_label("What to say on the phone")
    area.fill("My own words & more")
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "My own words & more"
    link = page.get_by_role("link", name="Open as e-mail draft")
    link.evaluate("node => node.addEventListener('click', event => event.preventDefault())")
    link.click()
    draft = "mailto:?subject=After%20our%20interview&body=My%20own%20words%20%26%20more"
    assert link.get_attribute("href") == draft


def test_the_reminder_is_a_calendar_file(open_page: Callable[..., Page]) -> None:
    page = try_sample(open_page())
    with page.expect_download() as download:
        page.get_by_role("button", name="Remind me on Monday 30 November").click()
    (event,) = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt == date(2026, 11, 30)
    assert "27 November" in event["DESCRIPTION"]


def test_the_policy_acts_at_once(open_page: Callable[..., Page]) -> None:
    page = try_sample(open_page())
    assert not page.get_by_label("Business days of grace").is_visible()
    page.get_by_text("Change the numbers").click()
    page.get_by_label("Business days of grace").fill("5")
    page.get_by_label("Business days of grace").press("Enter")
    page.get_by_text("policy “Your own numbers”: 5 business days of grace").wait_for()
    assert "call on Monday 7 December" in page.get_by_role("status").first.inner_text()
    page.get_by_label("Business days of grace").fill("")
    page.get_by_label("Business days of grace").press("Enter")
    page.get_by_text("policy “Your own numbers”: no waiting past").wait_for()


def test_the_navigation_shows_the_focus_and_each_page_has_its_title(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    assert page.title() == "Advise – Call or wait?"
    page.get_by_role("link", name="Advise").focus()
    for name in ("Batch", "Model"):
        page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outline"
        page.wait_for_function(f"{outline}.endsWith('solid 3px')")
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.title == '{name} – Call or wait?'")


def test_notes_and_policy_survive_a_look_at_another_page(open_page: Callable[..., Page]) -> None:
    page = try_sample(open_page())
    before = page.get_by_label("Interview notes").input_value()
    for name in ("Batch", "Model", "Advise"):
        page.get_by_role("link", name=name).click()
        page.get_by_role("link", name=name).and_(page.locator("[aria-current=page]")).wait_for()
    page.locator("table.days").wait_for()
    assert page.get_by_label("Interview notes").input_value() == before


def test_a_table_is_scored_and_handed_back(open_page: Callable[..., Page], tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("notes\nThey said by Friday\n=1+1 no calls please\n")
    page = open_page("batch")
    page.locator("input[type=file]").set_input_files(str(tmp_path / "in.csv"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    lines = Path(download.value.path()).read_text().splitlines()
    assert lines[0].startswith("notes,prediction,call_probability")
    assert lines[2].startswith("'=1+1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Parquet").click()
    download.value.save_as(tmp_path / "out.parquet")
    assert pd.read_parquet(tmp_path / "out.parquet")["notes"][1].startswith("=1+1")
    page.get_by_label("Explain row").fill("2")
    page.get_by_label("Explain row").press("Enter")
    page.get_by_label("Notes with matched phrases").get_by_text("no calls please").wait_for()
    assert find_serious(page) == []


def test_the_model_page_shows_figures_and_guide(open_page: Callable[..., Page]) -> None:
    page = open_page("model")
    page.get_by_role("img", name="How far the probabilities").first.wait_for()
    page.get_by_role("tab", name="Decision guide").click()
    page.get_by_text("they wait for you").wait_for()


LOOKS = [(1280, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_serious_finding_of_axe(open_page: Callable[..., Page], width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert find_serious(page) == []
    assert find_serious(try_sample(page, "Hard to tell")) == []
    page.goto(page.url.rstrip("/") + "/model")
    page.get_by_role("heading", name="The model").wait_for()
    assert find_serious(page) == []


def find_serious(page: Page) -> list[str]:
    page.wait_for_timeout(500)  # until nothing is faded any more
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("scheme", "least", "most"), [("dark", 0, 50), ("light", 230, 255)])
def test_the_page_is_as_dark_as_the_system(
    open_page: Callable[..., Page], scheme: str, least: int, most: int
) -> None:
    page = open_page(color_scheme=scheme)
    shade = page.locator(".stApp").evaluate("node => getComputedStyle(node).backgroundColor")
    assert all(least <= int(part) <= most for part in re.findall(r"\d+", shade))


def test_on_a_phone_the_answer_is_seen_without_scrolling(open_page: Callable[..., Page]) -> None:
    page = try_sample(open_page(viewport={"width": 390, "height": 844}))
    box = page.get_by_role("status").first.bounding_box()
    assert box["y"] + box["height"] < 844
    assert not page.get_by_text("Ctrl+Enter submits").is_visible()


def test_nothing_sticks_out_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    submit(page, "They said by Friday. " + "x" * 300 + " no word since, and I rang on Monday")
    width = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(width) == 390
    for mark in page.locator("mark").all():
        mark.focus()
        assert page.evaluate(width) == 390
    for name in ("batch", "model"):
        page.goto(page.url.rpartition("/")[0] + f"/{name}")
        page.get_by_role("heading", level=1).wait_for()
        assert page.evaluate(width) == 390
