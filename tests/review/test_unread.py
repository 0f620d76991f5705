"""What was not read, and what nobody doubts: both stand in the queue, and a person decides."""

from __future__ import annotations

import http.client
from contextlib import closing
from pathlib import Path

from playwright.sync_api import expect

from store.export import participants
from store.export.left_out import left_out
from store.opening import open_store
from store.records import saving
from tests.review.conftest import Running, Watched, run
from tests.review.replies import mailed, person
from tests.store.replies import MEETING, reading, scan, table


def _locked(running: Running) -> int:
    with open_store(running.path, check=False) as store:
        document = scan(store, b"locked", "locked.pdf")
        failed = reading(None)
        saving.save_reading(store, document, failed, None, "1")
        with store.writing("pipeline") as conn:
            conn.execute("UPDATE documents SET reason = 'encrypted' WHERE id = ?", [document])
        return document


def test_a_file_that_was_not_read_is_typed_by_hand_and_printed(
    running: Running, tab: Watched
) -> None:
    document = _locked(running)
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.get_by_role("link", name="1 file or message was not read").click()
    expect(page.locator("table.list")).to_contain_text("locked.pdf")
    page.get_by_role("link", name="locked.pdf", exact=True).click()
    expect(page.locator("#note.active")).to_have_count(1)  # the script is there, and at work
    page.get_by_role("button", name="Type it by hand").click()
    expect(page.locator("#said")).to_have_text("To be typed by hand.")
    page.locator("#note-state").select_option("UGA")
    page.locator("#note-meeting").select_option(MEETING)
    page.locator("#note button[value=save]").click()
    expect(page.locator("h1")).to_have_text("Uganda")
    page.keyboard.press("a")
    page.locator("#add-name").fill("Eve Six")
    page.keyboard.press("Enter")
    expect(page.locator(".card.delegate")).to_have_count(1)
    expect(page.locator(".card.delegate")).not_to_contain_text("replaced")
    with open_store(running.path, check=False) as store:
        assert "Eve Six" in [row["name"] for row in participants.rows(store, MEETING)]
        assert table(store, "outcome", f"documents WHERE id = {document}") == [("processed",)]
    assert [c for c in tab.complaints if "422" not in c] == []  # there are no pixels to show


def test_read_anyway_waits_for_whoever_reads_next(running: Running, tab: Watched) -> None:
    document = _locked(running)
    tab.page.goto(f"{running.url}/unread")
    tab.page.get_by_role("button", name="Read anyway").click()
    expect(tab.page.locator("main")).to_contain_text(f"noteverbale accept --document {document}")
    with open_store(running.path, check=False) as store:
        found = table(store, "outcome, accepted", f"documents WHERE id = {document}")
        assert found == [("pending", 1)]
        who = table(store, "who", f"corrections WHERE document_id = {document}")
        assert who == [("amal",)]


def test_a_draft_that_asks_for_it_again_is_wanted_and_nothing_is_sent(
    running: Running, tab: Watched
) -> None:
    page = tab.page
    with open_store(running.path, check=False) as store:
        document = mailed(store, b"bad", person(1, name="Flo Seven"), filename="bad.pdf")
        with store.writing("pipeline") as conn:
            conn.execute("DELETE FROM delegates WHERE document_id = ?", [document])
            conn.execute(
                "UPDATE documents SET outcome = 'failed', reason = 'timeout' WHERE id = ?",
                [document],
            )
    page.goto(f"{running.url}/unread")
    page.get_by_role("button", name="Ask to send again bad.pdf").click()
    expect(page.locator(f"#n{document}")).to_contain_text("laid with the next poll, for amal")
    with open_store(running.path, check=False) as store:
        found = table(store, "reason, state, who", f"drafts WHERE document = {document}")
    assert found == [("again", "wanted", "amal")]


def test_a_file_is_saved_as_sent_after_a_warning_where_that_is_allowed(
    running: Running, tab: Watched
) -> None:
    document = _locked(running)
    page = tab.page
    page.goto(f"{running.url}/unread")
    page.get_by_role("link", name="Save the file").click()
    expect(page.locator(".alert")).to_contain_text("It may be harmful")
    page.get_by_role("checkbox", name="I know what I do").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the file").click()
    assert download.value.suggested_filename == f"note “{document}”.pdf"
    assert download.value.path().read_bytes() == b"%PDF"


def test_where_it_is_not_allowed_there_is_no_way_to_it(database: Path) -> None:
    for found in run(database, original=None):
        with closing(http.client.HTTPConnection(found.host, timeout=10)) as connection:
            connection.request("GET", "/original/1", headers=found.cookie())
            assert connection.getresponse().status == 404
        with closing(http.client.HTTPConnection(found.host, timeout=10)) as connection:
            headers = {
                **found.cookie(),
                "Origin": found.url,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", "/original/1", "sure=1", headers)
            assert connection.getresponse().status == 404


def test_what_nobody_doubts_is_accepted_after_one_look(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.get_by_role("link", name="that nobody doubts").click()
    expect(page.locator("table.list")).to_contain_text("Cy Three")
    expect(page.locator("table.list")).not_to_contain_text("Bo Two")
    with open_store(running.path, check=False) as store:
        before = left_out(store, MEETING)
    page.wait_for_load_state("load")  # the script that knows the key runs before that
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text(f"Accepted {before.unseen} that nobody doubts")
    with open_store(running.path, check=False) as store:
        after = left_out(store, MEETING)
        assert (after.unseen, after.doubtful) == (0, before.doubtful)
        assert len(participants.rows(store, MEETING)) == before.unseen
    page.locator("#undo button").click()
    expect(page.locator("main.reply")).to_have_count(1)
    with open_store(running.path, check=False) as store:
        assert left_out(store, MEETING) == before


def test_a_row_that_changed_meanwhile_is_not_accepted_unseen(
    running: Running, tab: Watched
) -> None:
    page = tab.page
    page.goto(f"{running.url}/certain/1")
    with open_store(running.path, check=False) as store, store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Minister' WHERE name = 'Cy Three'")
    page.locator("#begin").click()
    expect(page.locator(".notice")).to_contain_text("Nothing was accepted")
    with open_store(running.path, check=False) as store:
        assert [row["name"] for row in participants.rows(store, MEETING)] == ["Cy Three"]
