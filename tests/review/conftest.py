"""A prepared database, the real server in a thread, and one real browser for the session."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from noteverbale.reason_words import in_words
from noteverbale.typed_dates import days
from review.app import application
from review.desk import Desk, Original
from review.server import listen, server
from review.sessions import Sessions
from review.users import Users
from store.opening import open_store
from store.records import meetings
from tests.browser import CHROMIUM, FLAGS
from tests.review.replies import PNG, fill
from tests.store.replies import INVITATION

TOKEN = "a-token-of-the-tests"


@dataclass(frozen=True)
class Running:
    """A server at work: its address, and the database behind it."""

    url: str
    host: str
    path: Path
    desk: Desk

    @property
    def door(self) -> str:
        """The address that lets its reader in."""
        return f"{self.url}/start?token={TOKEN}"

    def cookie(self, who: str = "amal") -> dict[str, str]:
        """A session without a browser."""
        return {"Cookie": f"{self.desk.cookie}={self.desk.sessions.begin(who)}"}


def _file(document: int) -> tuple[str, bytes]:
    return f"note “{document}”.pdf", b"%PDF"


def run(
    path: Path, users: Users | None = None, original: Original | None = _file
) -> Iterator[Running]:
    listening: socket.socket = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    host = f"127.0.0.1:{port}"
    desk = Desk(
        database=path,
        page_image=lambda document, page, own: PNG,
        in_words=in_words,
        sessions=Sessions(None if users else TOKEN),
        who="amal",
        users=users,
        drafts=True,
        days=days,
        original=original,
    )
    found = server(application(desk, frozenset({host})))
    thread = threading.Thread(target=found.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not found.started:
        time.sleep(0.01)
    yield Running(f"http://{host}", host, path, desk)
    found.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "noteverbale.db"
    with open_store(path) as store:
        meetings.add(store, INVITATION)
        fill(store)
    return path


@pytest.fixture
def database(tmp_path: Path, prepared: Path) -> Path:
    """Three replies that wait; see ``tests.review.replies``."""
    path = tmp_path / "data" / "noteverbale.db"
    path.parent.mkdir()
    shutil.copy(prepared, path)  # closed, so there is nothing beside it
    return path


@pytest.fixture
def running(database: Path) -> Iterator[Running]:
    yield from run(database)


@pytest.fixture
def with_users(database: Path) -> Iterator[Running]:
    users = Users(database.parent / "review-users")
    users.add("noor", "correct horse battery")
    yield from run(database, users)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@dataclass(frozen=True)
class Watched:
    """A browser's page, and everything it complained about."""

    page: Page
    complaints: list[str]


@pytest.fixture
def tab(browser: Browser, running: Running) -> Iterator[Watched]:
    """A page that is logged in; dialogs, script errors and refused content are complaints."""
    yield from open_tab(browser, running)


def open_tab(browser: Browser, running: Running) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(5000)
    page = context.new_page()
    complaints: list[str] = []

    def refuse(dialog: object) -> None:
        complaints.append(f"dialog: {getattr(dialog, 'message', '')}")
        getattr(dialog, "dismiss")()  # noqa: B009 - the type differs with the library's version

    page.on("dialog", refuse)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "console",
        lambda m: (
            complaints.append(m.text) if m.type == "error" and "status of 4" not in m.text else None
        ),
    )
    page.goto(running.door)
    yield Watched(page, complaints)
    context.close()
