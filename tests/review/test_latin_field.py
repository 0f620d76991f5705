"""The name in Latin letters on a reply's card, in a real browser: proposed, edited, accepted."""

from __future__ import annotations

from playwright.sync_api import expect

from store.opening import open_store
from tests.review.conftest import Running, Watched
from tests.review.replies import mailed, person
from tests.review.test_readable import PALE


def _reply(running: Running) -> int:
    with open_store(running.path, check=False) as store:
        return mailed(
            store,
            b"latin",
            person(1, 0.1, name="钱婉清", email="wanqing.qian@mfa.example"),
            person(2, 0.1, name="Юрий Иванов", title="Советник"),
            person(3, 0.1, name="Amina Diallo", title="Adviser"),
            state="CHN",
        )


def _rows(running: Running, sql: str) -> list[tuple[object, ...]]:
    with open_store(running.path, check=False) as store:
        return [tuple(row) for row in store.rows(sql)]


def test_a_proposal_stands_under_the_name_with_its_source(running: Running, tab: Watched) -> None:
    tab.page.goto(f"{running.url}/reply/{_reply(running)}")
    cards = tab.page.locator(".card.delegate")
    expect(tab.page.locator(".card.active")).to_be_visible()
    chinese = cards.nth(0)
    expect(chinese.locator("[name=name]")).to_have_value("钱婉清")
    expect(chinese.locator("[name=name_latin]")).to_have_value("Qian Wanqing")
    expect(chinese.locator(".hint")).to_have_text("as the address spells it")
    expect(cards.nth(1).locator(".hint")).to_contain_text("standard table")
    expect(cards.nth(1).locator(".hint")).to_contain_text("not confirmed")
    expect(cards.nth(1).locator(".summary")).to_contain_text("Yuriy Ivanov (not confirmed)")
    expect(cards.nth(2).locator("[name=name_latin]")).to_have_count(0)
    name, latin = (
        chinese.locator(f"[name={field}]").bounding_box() for field in ("name", "name_latin")
    )
    assert name is not None
    assert latin is not None
    assert latin["y"] > name["y"]
    assert tab.page.evaluate(PALE) == []


def test_it_is_accepted_with_its_row_and_edited_like_any_field(
    running: Running, tab: Watched
) -> None:
    document = _reply(running)
    tab.page.goto(f"{running.url}/reply/{document}")
    first = tab.page.locator(".card.delegate").nth(0)
    expect(tab.page.locator(".card.active [name=name]")).to_have_value("钱婉清")
    first.locator("[name=name_latin]").fill("QIAN Wanqing")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".card.active [name=name]")).to_have_value("Юрий Иванов")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".card.active [name=name]")).to_have_value("Amina Diallo")
    assert _rows(
        running,
        f"SELECT name, name_latin, source, status FROM latin_names"  # noqa: S608
        f" WHERE document_id = {document}",
    ) == [
        ("钱婉清", "QIAN Wanqing", "typed", "approved"),
        ("Юрий Иванов", "Yuriy Ivanov", "table", "approved"),
    ]
    assert _rows(running, "SELECT old, new FROM corrections WHERE field = 'name_latin'") == [
        ("Qian Wanqing", "QIAN Wanqing")
    ]


def test_the_list_that_one_key_accepts_shows_it_too(running: Running, tab: Watched) -> None:
    _reply(running)
    tab.page.goto(f"{running.url}/certain/1")
    row = tab.page.locator("tr", has_text="钱婉清")
    expect(row).to_contain_text("Qian Wanqing")
