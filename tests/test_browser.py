"""The page in a real browser: Debian's chromium, driven by Playwright."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from model import Advisor
from tests.conftest import ROOT

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NOTES = "Met them *Tuesday*, $40k :red[hm]\nthey said by Friday <script>alert(1)</script>\nno word since"

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def server(advisor: Advisor) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield address
        process.terminate()


@pytest.fixture
def page(server: str, tmp_path: Path) -> Iterator["playwright.Page"]:
    if not Path(CHROMIUM).exists():
        message = "no browser: install Debian's chromium (apt-get install chromium)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with playwright.sync_playwright() as runner:
        context = runner.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=CHROMIUM, args=FLAGS, headless=True
        )
        opened = context.new_page()
        opened.requests = []  # type: ignore[attr-defined]
        opened.on("request", lambda request: opened.requests.append(request.url))  # type: ignore[attr-defined]
        opened.goto(server)
        opened.get_by_label("Interview notes").wait_for(timeout=30_000)
        yield opened
        context.close()


def test_paste_and_ctrl_enter_gives_answer_and_marks(page: "playwright.Page", server: str) -> None:
    page.get_by_label("Interview notes").fill(NOTES)
    page.get_by_label("Interview notes").press("Control+Enter")
    status = page.get_by_role("status").filter(has_text=".").first
    status.wait_for()
    assert status.inner_text().startswith(("Call", "Wait"))
    marked = page.get_by_label("Notes with matched phrases")
    marked.locator("mark").first.wait_for()
    assert marked.evaluate("node => node.textContent") == NOTES
    assert page.get_by_role("heading", level=1).count() == 1
    outside = [url for url in page.requests if not url.startswith((server, "data:", "blob:"))]
    assert outside == []


def test_the_three_pages_are_in_the_navigation(page: "playwright.Page") -> None:
    for name in ("Advise", "Batch", "Model"):
        page.get_by_role("link", name=name).wait_for()


def test_a_table_is_scored_and_handed_back(page: "playwright.Page", tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("notes\nThey said by Friday\n=1+1 no calls please\n")
    page.get_by_role("link", name="Batch").click()
    page.locator("input[type=file]").set_input_files(str(tmp_path / "in.csv"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    lines = Path(download.value.path()).read_text().splitlines()
    assert lines[0].startswith("notes,prediction,call_probability")
    assert lines[2].startswith("'=1+1")
