"""Who changed what, in a real browser, and as files."""

from __future__ import annotations

import io

import docx
import httpx
from playwright.sync_api import expect

from store.opening import open_store
from store.review import undo
from tests.review.conftest import Running, Watched


def _edit(running: Running) -> None:
    with open_store(running.path, check=False) as store:
        with store.writing("noor") as conn:
            conn.execute("UPDATE delegates SET title = 'Minister' WHERE name = 'Cy Three'")
        with store.writing("amal") as conn:
            conn.execute("UPDATE delegates SET status = 'approved'")
        number = store.rows("SELECT max(step) FROM corrections")[0][0]
        undo.take_back(store, number, "amal")


def test_the_history_of_a_state_is_read_and_printed(running: Running, tab: Watched) -> None:
    _edit(running)
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="Who changed what")).to_be_visible()
    rows = page.locator("tbody tr")
    expect(
        rows.filter(has_text="changed the title of Cy Three from “Director” to “Minister”")
    ).to_have_count(1)
    expect(rows.filter(has_text="noor")).to_have_count(1)
    accepted = rows.filter(has_text="accepted").filter(has_text="taken back later")
    expect(accepted.first).to_be_visible()
    expect(rows.filter(has_text="took back: accepted").first).to_contain_text("amal")
    sections = page.locator("section")
    before = sections.count()
    assert before > 1
    code = page.locator("select[name=state] option").filter(has_text="Kenya").get_attribute("value")
    page.locator("select[name=state]").select_option(str(code))
    page.get_by_role("button", name="Show").click()
    expect(sections).to_have_count(1)
    expect(page.get_by_role("heading", name="Kenya")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(rows.first).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_label("Since", exact=True).fill("soon")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert")).to_contain_text("is no time")
    assert tab.complaints == []


def test_the_minutes_are_files_too(running: Running) -> None:
    _edit(running)
    got = httpx.get(f"{running.url}/history.csv?meeting=1", headers=running.cookie())
    assert got.headers["content-type"].startswith("text/csv")
    lines = got.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "state,state_name,meeting,at,who,what,document,taken_back"
    assert any("noor,changed the title of Cy Three" in line for line in lines)
    got = httpx.get(f"{running.url}/history.docx?meeting=1", headers=running.cookie())
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(got.content)).paragraphs)
    assert "noor: changed the title of Cy Three from “Director” to “Minister”" in text
    assert httpx.get(f"{running.url}/history.exe", headers=running.cookie()).status_code == 404
