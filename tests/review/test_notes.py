"""Notes that ask for a person themselves, in a real browser: nobody found, or the same again."""

from __future__ import annotations

from playwright.sync_api import expect

from extract.types import Doubt
from store.opening import open_store
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person


def _rows(running: Running, sql: str) -> list[tuple[object, ...]]:
    with open_store(running.path, check=False) as store:
        return [tuple(row) for row in store.rows(sql)]


def _nobody(running: Running) -> int:
    with open_store(running.path, check=False) as store:
        doubt = Doubt("no_delegate_found")
        return mailed(store, b"nob", filename="nobody.pdf", state="UGA", doubts=(doubt,))


def _declined(running: Running) -> int:
    """It declines, and is unsure which State does."""
    with open_store(running.path, check=False) as store:
        doubt = Doubt("state_uncertain")
        document = mailed(store, b"dec", filename="no.pdf", state="UGA", doubts=(doubt,))
        with store.writing("pipeline") as conn:
            conn.execute("UPDATE documents SET kind = 'decline' WHERE id = ?", [document])
        return document


def _again(running: Running) -> int:
    """Document 2 once more, from another scanner."""
    with open_store(running.path, check=False) as store:
        return mailed(
            store,
            b"agn",
            person(1, 0.97, name="Cy Three", title="Director"),
            person(2, 0.97, name="Di Four", title="Counsellor"),
            filename="again.pdf",
            state="FRA",
        )


def test_a_nomination_in_which_nobody_was_found_is_the_first_of_the_queue(
    running: Running, tab: Watched
) -> None:
    document = _nobody(running)
    tab.page.goto(f"{running.url}/queue")
    first = tab.page.locator("table.list tbody tr").first
    expect(first).to_contain_text("Uganda")
    expect(first).to_contain_text("nobody.pdf")
    expect(first).to_contain_text("nobody was found")
    expect(first).to_contain_text("no delegate was found in a nomination")
    tab.page.locator("#begin").click()
    expect(tab.page).to_have_url(f"{running.url}/reply/{document}")
    expect(tab.page.locator("#note.active")).to_contain_text("no delegate was found")
    tab.page.goto(f"{running.url}/overview/1")
    expect(tab.page.get_by_role("row", name="Uganda")).to_contain_text("nobody")
    assert tab.complaints == []


def test_a_person_who_is_added_ends_it_and_undo_brings_it_back(
    running: Running, tab: Watched
) -> None:
    document = _nobody(running)
    page = tab.page
    page.goto(f"{running.url}/reply/{document}")
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    page.keyboard.type("Eve Six")
    page.keyboard.press("Enter")
    expect(page.locator(".card.delegate")).to_have_count(1)
    looked = "SELECT needs_review FROM documents WHERE filename = 'nobody.pdf'"
    assert _rows(running, looked) == [(0,)]
    page.keyboard.press("u")
    expect(page.locator(".card.delegate")).to_have_count(0)
    assert _rows(running, looked) == [(1,)]


def test_an_empty_nomination_is_no_answer_before_somebody_decides(
    running: Running, tab: Watched
) -> None:
    document = _nobody(running)
    page = tab.page
    page.goto(f"{running.url}/reply/{document}")
    page.locator("#note button[value=confirm]").click()
    expect(page.locator("#said")).to_contain_text("it nominates, and nobody is in it")
    expect(page).to_have_url(f"{running.url}/reply/{document}")
    assert _rows(running, "SELECT field FROM corrections") == []


def test_a_confirmed_note_is_settled_under_the_readers_name(running: Running, tab: Watched) -> None:
    document = _declined(running)
    tab.page.goto(f"{running.url}/reply/{document}")
    tab.page.locator("#note button[value=confirm]").click()
    expect(tab.page).not_to_have_url(f"{running.url}/reply/{document}")
    # The next reply is shown before the answer is there; the answer says that it is written.
    expect(tab.page.locator("#said")).to_have_text("Reply confirmed.")
    sql = "SELECT field, old, new, who FROM corrections WHERE field = 'needs_review'"
    assert _rows(running, sql) == [("needs_review", "1", "0", "amal")]


def test_the_same_note_again_is_no_work_and_linked_with_the_first(
    running: Running, tab: Watched
) -> None:
    document = _again(running)
    page = tab.page
    page.goto(f"{running.url}/queue")
    expect(page.locator("table.list")).not_to_contain_text("again.pdf")
    page.goto(f"{running.url}/reply/2")
    notice = page.locator(".notice.same")
    expect(notice).to_contain_text("The same note has come again.")
    notice.get_by_role("link", name=f"document {document}").click()
    expect(notice).to_contain_text("The same note has come before")
    expect(notice).to_contain_text("two.pdf")
    expect(page.locator(".card.delegate.past")).to_have_count(2)
    expect(page.locator(".card.delegate.past").first).to_contain_text("counted in the other scan")
    notice.get_by_role("link", name="side by side").click()
    expect(page.locator("main")).to_contain_text("Cy Three")
    assert tab.complaints == []


def test_a_click_makes_it_a_note_of_its_own_and_u_takes_that_back(
    running: Running, tab: Watched
) -> None:
    document = _again(running)
    page = tab.page
    page.goto(f"{running.url}/reply/{document}")
    page.get_by_role("button", name="A note of its own").click()
    expect(page.locator(".card.delegate.past")).to_have_count(0)
    expect(page.locator("#note")).to_contain_text("a second note of the same State")
    assert _rows(running, "SELECT count(*) FROM delegates WHERE current = 1") == [(7,)]
    page.keyboard.press("u")
    expect(page.locator(".card.delegate.past")).to_have_count(2)
    assert _rows(running, "SELECT count(*) FROM delegates WHERE current = 1") == [(5,)]
    assert tab.complaints == []


def test_what_was_said_of_the_last_reply_is_said_in_the_queue(
    running: Running, tab: Watched
) -> None:
    document = _declined(running)
    with open_store(running.path, check=False) as store, store.writing("pipeline") as conn:
        conn.execute("UPDATE delegates SET status = 'approved'")
        conn.execute("UPDATE documents SET needs_review = 0 WHERE id <> ?", [document])
    page = tab.page
    page.goto(f"{running.url}/reply/{document}")
    page.locator("#note button[value=confirm]").click()
    page.wait_for_url("**/queue")
    page.wait_for_load_state("load")
    expect(page.locator("#said")).to_have_text("Reply confirmed.")
    page.reload()
    expect(page.locator("#said")).to_have_text("")
