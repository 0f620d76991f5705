"""What was not read, and what nobody doubts: both stand in the queue, and a person decides."""

from __future__ import annotations

from playwright.sync_api import expect

from store.export import participants
from store.export.left_out import left_out
from store.opening import open_store
from store.records import saving
from tests.review.conftest import Running, Watched
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
    page.get_by_role("link", name="locked.pdf").click()
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
