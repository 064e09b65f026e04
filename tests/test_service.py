"""The running page: who may reach it, what it gives away, and many sessions of it at once."""

import argparse
import asyncio
import socket
import tempfile
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bench.load import MOST_NOTES, find_wrong, free_port, serve, visit_all
from bench.notes import fresh_notes
from model import Advisor
from tests.conftest import ROOT

SETTINGS = [
    ("browser", "gatherUsageStats", False),  # else the page calls home
    ("server", "address", "127.0.0.1"),
    ("server", "allowedHosts", ["127.0.0.1", "localhost"]),
    ("server", "enableXsrfProtection", True),
    ("server", "enableCORS", True),
    ("server", "maxUploadSize", 50),  # MB; the default is 200
    ("server", "fileWatcherType", "none"),
    ("client", "showErrorDetails", "none"),  # an error may hold notes
    ("client", "showErrorLinks", False),  # these put the error into a search
    ("client", "toolbarMode", "viewer"),
    ("client", "allowedOrigins", []),  # who may steer the page from around it
]


@pytest.mark.parametrize(("section", "name", "value"), SETTINGS)
def test_settings(section: str, name: str, value: object) -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings[section][name] == value


@pytest.fixture(scope="module")
def server(advisor: Advisor) -> Iterator[tuple[int, int]]:
    """Port and process of the page as it is shipped."""
    with tempfile.TemporaryFile() as log:
        with serve(port := free_port(), log) as pid:
            yield port, pid
        log.seek(0)
        assert b"Traceback" not in log.read()


def listening(port: int) -> set[str]:
    """The addresses on which somebody listens on a port, as the kernel writes them."""
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    lines = [
        line.split() for each in tables if each.exists() for line in each.read_text().splitlines()
    ]
    places = (cells[1].split(":") for cells in lines if cells[3] == "0A")
    return {address for address, at in places if at == f"{port:04X}"}


def test_only_this_machine_is_listened_to(server: tuple[int, int]) -> None:
    assert listening(server[0]) == {"0100007F"}  # 127.0.0.1


CALLERS = [
    # Host          Origin                     is let in
    ("127.0.0.1",    None,                      True),
    ("127.0.0.1",    "http://127.0.0.1:{port}", True),
    ("localhost",    "http://localhost:{port}", True),
    ("127.0.0.1",    "https://evil.example",    False),
    ("127.0.0.1",    "null",                    False),
    ("evil.example", "http://evil.example",     False),  # a name made to point here
    ("evil.example", None,                      False),
]  # fmt: skip


@pytest.mark.parametrize(("host", "origin", "is_let_in"), CALLERS)
def test_only_the_page_itself_is_let_in(
    server: tuple[int, int], host: str, origin: str | None, is_let_in: bool
) -> None:
    port, _ = server
    said = origin.format(port=port) if origin else None
    url = f"ws://{host}:{port}/_stcore/stream"
    with socket.create_connection(("127.0.0.1", port)) as here:
        call = partial(connect, url, sock=here, origin=said, subprotocols=["streamlit"])
        if is_let_in:
            with call():
                return
        with pytest.raises(InvalidStatus, match="403"):
            call()


def test_uploads_from_elsewhere_are_refused(server: tuple[int, int]) -> None:
    url = f"http://127.0.0.1:{server[0]}/_stcore/upload_file/session/file"
    for origin in ({}, {"Origin": "https://evil.example"}):
        request = urllib.request.Request(url, b"notes\nx\n", origin, method="PUT")
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(request, timeout=20)


def test_sessions_at_once_get_their_own_answers(server: tuple[int, int], advisor: Advisor) -> None:
    visits = argparse.Namespace(sessions=6, seconds=5, pause=0.5)
    outcome = asyncio.run(visit_all(*server, fresh_notes(MOST_NOTES), visits))
    assert outcome.faults == []
    assert len(outcome.replies) >= 6
    assert find_wrong(outcome.replies, advisor) == []
