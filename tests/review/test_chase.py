"""Whom to write to: seen, copied, corrected and noted in a real browser."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from store.opening import open_store
from store.records import missions
from tests.review.conftest import Running, Watched
from tests.store.replies import MEETING


def test_states_are_reminded_and_their_addresses_corrected(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/queue")
    page.get_by_role("link", name="Chase").click()
    expect(page.get_by_role("heading", name="No e-mail address for a delegate")).to_be_visible()
    nameless = page.locator("section").filter(has_text="No e-mail address for a delegate")
    expect(nameless.locator("tbody")).to_contain_text("Di Four")
    expect(nameless.locator("tbody")).not_to_contain_text("Bo Two")
    page.get_by_role("button", name="Spain was reminded today").click()
    spain = page.locator("#ESP")
    page.get_by_role("button", name="Draft a reminder to Spain").click()
    expect(spain).to_contain_text("is laid with the next poll")
    expect(spain.locator("td.day")).to_contain_text("by amal")
    spain.locator("summary").click()
    spain.locator("input[name=email]").fill("protocol@spain.example")
    spain.get_by_role("button", name="Is right").click()
    expect(page.locator("#ESP")).to_contain_text("protocol@spain.example corrected by hand")
    with open_store(running.path, check=False) as store:
        assert missions.reminders(store, MEETING)["ESP"].who == "amal"
    page.wait_for_load_state("load")  # the script that copies runs before that
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the addresses: no reply").click()
    expect(page.locator("#said")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "protocol@spain.example"
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Spain was reminded today")).to_be_hidden()
    expect(page.locator("#ESP")).to_contain_text("protocol@spain.example")
    assert tab.complaints == []


def test_undo_reaches_reminders_and_addresses(running: Running, tab: Watched) -> None:
    page = tab.page
    page.goto(f"{running.url}/chase")
    page.get_by_role("button", name="Spain was reminded today").click()
    page.wait_for_url("**/chase/1#ESP")
    page.wait_for_load_state("load")  # the script that takes back runs before that
    expect(page.locator("#ESP td.day")).to_contain_text("by amal")
    page.get_by_role("button", name="Undo").click()
    # said once the list has been fetched anew: two requests and a page
    expect(page.locator("#said")).to_have_text("Taken back: reminder noted.", timeout=20_000)
    expect(page.locator("#ESP td.day")).not_to_contain_text("by amal")
    with open_store(running.path, check=False) as store:
        assert missions.reminders(store, MEETING) == {}
        told = store.rows("SELECT action, who FROM corrections WHERE table_name = 'reminders'")
    assert [tuple(row) for row in told] == [("insert", "amal"), ("delete", "amal")]
    assert tab.complaints == []


def test_the_file_of_it_opens_in_a_spreadsheet(running: Running) -> None:
    answer = httpx.get(f"{running.url}/chase/1.csv", headers=running.cookie())
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("meeting,deadline,state,state_name,missing")
    assert any(line.split(",")[2:4] == ["ESP", "Spain"] for line in lines if line)


def test_what_is_no_address_or_no_state_changes_nothing(running: Running) -> None:
    headers = {**running.cookie(), "Origin": running.url}
    form = {"do": "keep", "state": "ESP", "email": "nobody"}
    answer = httpx.post(f"{running.url}/chase/1", data=form, headers=headers)
    assert answer.status_code == 409
    assert "Nothing was written" in answer.text
    for wrong in ({"do": "remind", "state": "XXX"}, {"do": "burn", "state": "ESP"}):
        answer = httpx.post(f"{running.url}/chase/1", data=wrong, headers=headers)
        assert answer.status_code == 400
    assert httpx.get(f"{running.url}/chase/9", headers=headers).status_code == 404
    with open_store(running.path, check=False) as store:
        assert missions.reminders(store, MEETING) == {}
