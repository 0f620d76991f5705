"""A real browser, and mostly its keyboard alone."""

from __future__ import annotations

import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from review.labels import KEYS as FIELD_KEYS
from store.opening import open_store
from tests.review.conftest import Running, Watched, open_tab
from tests.review.replies import mailed, person

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

KEYS = {key: field for field, key in FIELD_KEYS.items()}

NAMES = {"Esc": "Escape", "↓": "ArrowDown", "↑": "ArrowUp"}
"""Keys as the documentation prints them, and as the browser calls them."""


def _rows(running: Running, columns: str = "name, email, status") -> list[tuple[object, ...]]:
    with open_store(running.path, check=False) as store:
        sql = f"SELECT {columns} FROM delegates ORDER BY document_id, seq, id"  # noqa: S608
        return [tuple(row) for row in store.rows(sql)]


def _until(running: Running, statuses: list[str]) -> None:
    """The next reply is shown before the last edit was answered."""
    end = time.monotonic() + 5
    while [row[2] for row in _rows(running)][2:4] != statuses and time.monotonic() < end:
        time.sleep(0.02)
    assert [row[2] for row in _rows(running)][2:4] == statuses


def _open(running: Running, page: Page, document: int) -> None:
    page.goto(f"{running.url}/reply/{document}")
    expect(page.locator(".card.active")).to_have_count(1)


def test_one_key_a_delegate_and_the_next_reply_follows(running: Running, tab: Watched) -> None:
    _open(running, tab.page, 2)
    for _ in range(2):
        tab.page.keyboard.press("Enter")
    expect(tab.page.locator("h1")).to_have_text("Peru")
    expect(tab.page.locator("#said")).to_have_text("Accepted.")
    _until(running, ["approved", "approved"])
    assert tab.page.url.endswith("/reply/3")
    assert tab.complaints == []


def test_tab_goes_to_the_doubtful_field_and_a_digit_takes_the_other_reading(
    running: Running, tab: Watched
) -> None:
    _open(running, tab.page, 1)
    tab.page.keyboard.press("Tab")
    hit = tab.page.locator("rect.hit.doubt")
    expect(hit).to_have_count(1)
    tab.page.keyboard.press("1")
    expect(tab.page.locator(".card.active [name=email]")).to_have_value("ibo@example.org")
    tab.page.keyboard.press("2")
    expect(tab.page.locator(".card.active [name=email]")).to_have_value("lbo@example.org")
    tab.page.keyboard.press("e")
    tab.page.keyboard.press("Alt+1")
    expect(tab.page.locator(".card.active [name=email]")).to_have_value("ibo@example.org")
    tab.page.keyboard.press("Alt+2")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#said")).to_have_text("Accepted.")
    assert _rows(running)[1] == ("Bo Two", "lbo@example.org", "approved")


def test_a_wrong_field_costs_two_keys_and_its_letters(running: Running, tab: Watched) -> None:
    _open(running, tab.page, 2)
    tab.page.keyboard.press("t")
    tab.page.keyboard.type("Director-General")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#said")).to_have_text("Accepted.")
    assert _rows(running, "title, status")[2] == ("Director-General", "approved")


def test_a_click_on_a_word_fills_the_field(running: Running, tab: Watched) -> None:
    _open(running, tab.page, 2)
    tab.page.keyboard.press("o")
    box = tab.page.locator("rect.near").nth(1).bounding_box()
    assert box is not None
    tab.page.mouse.click(box["x"] + 20, box["y"] + 8)
    expect(tab.page.locator(".card.active [name=organization]")).to_have_value("Director")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#said")).to_have_text("Accepted.")
    assert _rows(running, "organization")[2] == ("Director",)


def test_undo_takes_back_the_last_edit_even_of_the_reply_before(
    running: Running, tab: Watched
) -> None:
    _open(running, tab.page, 2)
    for _ in range(2):
        tab.page.keyboard.press("Enter")
    expect(tab.page.locator("h1")).to_have_text("Peru")
    tab.page.keyboard.press("u")
    expect(tab.page.locator("h1")).to_have_text("France")
    _until(running, ["approved", "new"])


def test_delegates_are_added_split_merged_and_moved_by_keys(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 2)
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    page.keyboard.type("Eve Six and Flo Seven")
    page.keyboard.press("Enter")
    expect(page.locator(".card.delegate")).to_have_count(3)
    expect(page.locator(".card.active h2")).to_contain_text("Eve Six")
    page.keyboard.press("s")
    expect(page.locator(".card.delegate")).to_have_count(4)
    expect(page.locator(".card.active h2")).to_contain_text("Flo Seven")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".card.delegate h2").nth(1)).to_contain_text("Flo Seven")
    page.keyboard.press("m")
    expect(page.locator(".card.delegate h2").first).to_contain_text("Cy Three Flo Seven")
    names = [row[0] for row in _rows(running)][2:]
    assert names == ["Cy Three Flo Seven", "Eve Six", "Di Four", "Ed Five"]
    assert tab.complaints == []


def test_somebody_may_be_missing_stops_the_flow(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 3)
    page.keyboard.press("Enter")
    expect(page.locator("#note.active")).to_contain_text("flo@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text("Peru")


def test_no_delegates_here(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 3)
    page.keyboard.press("d")
    page.get_by_role("button", name="No delegates here").click()
    expect(page.locator("#said")).to_contain_text("say what the reply does")
    page.locator("#more summary").click()
    page.locator("#nobody").select_option("decline")
    page.get_by_role("button", name="No delegates here").click()
    expect(page.locator("#said")).to_contain_text("tick that they are to be rejected")
    assert _rows(running)[4][2] != "rejected"
    page.locator("#more summary").click()
    page.locator("#nobody").select_option("decline")
    page.get_by_label("1 delegate is rejected").check()
    page.get_by_role("button", name="No delegates here").click()
    expect(page.locator("h1")).not_to_have_text("Peru")
    assert _rows(running)[4][2] == "rejected"


def test_no_delegates_here_does_not_undo_what_a_colleague_accepted(
    running: Running, tab: Watched
) -> None:
    _open(running, tab.page, 2)
    with open_store(running.path, check=False) as store, store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET status = 'approved' WHERE id = 3")
    tab.page.keyboard.press("d")
    tab.page.get_by_role("button", name="No delegates here").click()
    expect(tab.page.locator(".record > .alert")).to_contain_text("Somebody else has changed")
    assert [row[2] for row in _rows(running)][2:4] == ["approved", "new"]


def test_a_stale_form_shows_both_values_and_loses_nothing(
    running: Running, browser: Browser, tab: Watched
) -> None:
    _open(running, tab.page, 2)
    for other in open_tab(browser, running):
        _open(running, other.page, 2)
        other.page.keyboard.press("t")
        other.page.keyboard.type("Minister")
        other.page.keyboard.press("Enter")
        expect(other.page.locator("#said")).to_have_text("Accepted.")
    tab.page.keyboard.press("t")
    tab.page.keyboard.type("Ambassador")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".card.active .alert")).to_contain_text("Nothing was written")
    field = tab.page.locator(".card.active .f-title")
    expect(field.locator("input")).to_have_value("Ambassador")
    expect(field.locator(".choice")).to_contain_text(["Ambassador", "Minister"])
    assert _rows(running, "title")[2] == ("Minister",)
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#said")).to_have_text("Accepted.")
    assert _rows(running, "title")[2] == ("Ambassador",)


def test_a_reply_left_too_early_comes_back_with_what_was_typed(
    running: Running, tab: Watched
) -> None:
    _open(running, tab.page, 2)
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#d4.active")).to_have_count(1)
    with open_store(running.path, check=False) as store, store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Minister' WHERE id = 4")
    tab.page.keyboard.press("t")
    tab.page.keyboard.type("Ambassador")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".card.active .alert")).to_contain_text("Nothing was written")
    expect(tab.page.locator("h1")).to_have_text("France")
    expect(tab.page.locator("#d4 [name=title]")).to_have_value("Ambassador")
    assert _rows(running, "title")[3] == ("Minister",)


def test_what_is_refused_stays_in_the_field(running: Running, tab: Watched) -> None:
    _open(running, tab.page, 2)
    tab.page.keyboard.press("e")
    tab.page.keyboard.type("no address")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".card.active .alert")).to_contain_text("E-mail is no address")
    field = tab.page.locator(".card.active [name=email]")
    expect(field).to_have_value("no address")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("E-mail is no address"))


def test_everything_works_without_script(running: Running, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running.door)
    page.goto(f"{running.url}/reply/2")
    page.locator("#d3 [name=title]").fill("Judge")
    with page.expect_navigation():
        page.locator("#d3 button[value=accept]").click()
    assert _rows(running, "title, status")[2] == ("Judge", "approved")
    context.close()


def test_letters_and_fields_have_labels_and_the_focus_is_seen(
    running: Running, tab: Watched
) -> None:
    _open(running, tab.page, 1)
    bare = tab.page.evaluate(
        "() => [...document.querySelectorAll('input:not([type=hidden]), select')]"
        ".filter(e => !e.labels?.length && !e.getAttribute('aria-label')).length"
    )
    assert bare == 0
    unnamed = tab.page.evaluate(
        "() => [...document.querySelectorAll('button, a')]"
        ".filter(e => !e.textContent.trim() && !e.getAttribute('aria-label')).length"
    )
    assert unnamed == 0
    tab.page.goto(f"{running.url}/queue")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("() => document.activeElement.textContent") == "Skip to the content"


def test_a_long_list_is_worked_off_row_by_row(running: Running, tab: Watched) -> None:
    with open_store(running.path, check=False) as store:
        people = [person(n, 0.5, name=f"Person Number{n}", title="Judge") for n in range(1, 36)]
        document = mailed(store, b"long", *people, state="THA")
    page = tab.page
    _open(running, page, document)
    rows = page.locator(".card.delegate")
    for place in range(2):
        page.keyboard.press("Enter")
        expect(rows.nth(place)).to_contain_text("accepted")
    expect(rows.nth(2)).to_have_class("card delegate is-new waits active")
    page.keyboard.press("m")  # with a row that was answered alone: its version is the new one
    expect(rows.nth(2)).to_contain_text("rejected")
    expect(page.locator(".alert")).to_have_count(0)
    assert page.locator(".card.active select[name=other] option").count() == 35
    assert tab.complaints == []


def test_escape_leaves_the_field_and_a_second_time_puts_its_stored_value_back(
    running: Running, tab: Watched
) -> None:
    page = tab.page
    _open(running, page, 2)
    page.keyboard.press("t")
    page.keyboard.type("Wrong")
    page.keyboard.press("Escape")
    expect(page.locator(".card.active [name=title]")).to_have_value("Wrong")
    expect(page.locator("#said")).to_contain_text("Not saved yet")
    page.keyboard.press("Escape")
    expect(page.locator(".card.active [name=title]")).to_have_value("Director")
    page.keyboard.press("]")
    expect(page.locator("h1")).not_to_have_text("France")
    assert _rows(running, "title, status")[2] == ("Director", "new")


def test_what_is_saved_by_leaving_is_said_and_can_be_taken_back(
    running: Running, tab: Watched
) -> None:
    page = tab.page
    _open(running, page, 2)
    page.keyboard.press("t")
    page.keyboard.type("Registrar")
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    expect(page.locator("#said")).to_contain_text("Saved before leaving: 1 changed row")
    assert _rows(running, "title, status")[2] == ("Registrar", "corrected")
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text("France")
    expect(page.locator("#said")).to_contain_text("Taken back")
    assert _rows(running, "title, status")[2] == ("Director", "new")


def test_one_key_accepts_all_of_a_note_that_nobody_doubts(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 2)
    expect(page.locator("#rest")).to_contain_text("Nothing is doubtful about 2 of 2")
    page.keyboard.press("A")
    expect(page.locator("#said")).to_have_text("Accepted 2 that nobody doubts.")
    expect(page.locator("h1")).not_to_have_text("France")
    _until(running, ["approved", "approved"])
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text("France")
    _until(running, ["new", "new"])


def test_rows_that_were_split_or_merged_are_to_be_checked(running: Running, tab: Watched) -> None:
    page = tab.page
    with open_store(running.path, check=False) as store, store.writing("pipeline") as conn:
        conn.execute("UPDATE delegates SET email = 'd' || id || '@example.org'")
    _open(running, page, 2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    expect(page.locator("#said")).to_contain_text("both have an address")
    page.keyboard.press("e")
    page.keyboard.press("Delete")
    page.locator(".card.active button[value=save]").click()
    expect(page.locator("#said")).to_have_text("Edited.")
    page.keyboard.press("m")
    expect(page.locator("#said")).to_have_text("Merged.")
    assert [row[2] for row in _rows(running)][2:4] == ["needs_review", "rejected"]
    expect(page.locator(".card.active .state")).to_contain_text("to check")


def test_the_keys_of_the_fields_the_page_and_the_list(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 2)
    for key, field in KEYS.items():
        page.keyboard.press(key)
        expect(page.locator(f".card.active [name={field}]")).to_be_focused()
        page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".card.active h2")).to_contain_text("Di Four")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".card.active h2")).to_contain_text("Cy Three")
    page.keyboard.press("g")
    expect(page.locator(".card.active select[name=other]")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#note.active")).to_have_count(1)
    width = page.locator(".sheet").first.bounding_box()
    page.keyboard.press("+")
    larger = page.locator(".sheet").first.bounding_box()
    page.keyboard.press("-")
    page.keyboard.press("-")
    smaller = page.locator(".sheet").first.bounding_box()
    page.keyboard.press("0")
    assert width is not None
    assert larger is not None
    assert smaller is not None
    assert smaller["width"] < width["width"] < larger["width"]
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("[")
    expect(page.locator("h1")).not_to_have_text("France")
    assert tab.complaints == []


def test_x_rejects_and_looks_again(running: Running, tab: Watched) -> None:
    page = tab.page
    _open(running, page, 2)
    page.keyboard.press("x")
    expect(page.locator("#said")).to_have_text("Rejected.")
    assert _rows(running)[2][2] == "rejected"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("x")
    expect(page.locator("#said")).to_have_text("Edited.")
    assert _rows(running)[2][2] == "new"


def test_every_key_of_the_documentation_is_pressed_by_a_test() -> None:
    table = (ROOT / "docs" / "reviewer.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+) \|", table.split("| key | does |")[1].split("\n\n")[0], re.M)
    keys = {NAMES.get(key, key) for cell in cells for key in re.split(r"[ ,]+(?:to )?", cell)}
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    pressed = {
        key for keys in re.findall(r'press\("([^"]+)"\)', tests) for key in [keys, *keys.split("+")]
    }
    assert keys - pressed - set(KEYS) <= {"---", "4"}  # four readings are rare
