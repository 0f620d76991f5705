"""The list of participants: seen, asked about and taken as a file in a real browser."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import httpx
import openpyxl
import pytest
from playwright.sync_api import expect

from store.opening import open_store
from tests.review.conftest import Running, Watched
from tests.store.replies import MEETING, edit


def approve(running: Running, where: str) -> None:
    with open_store(running.path, check=False) as store:
        edit(store, f"UPDATE delegates SET status = 'approved' WHERE {where}")  # noqa: S608


def taken(tab: Watched, button: str, folder: Path) -> Path:
    """What a click on a button downloads."""
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name=button, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_list_is_taken_as_every_kind_of_file(
    running: Running, tab: Watched, tmp_path: Path
) -> None:
    approve(running, "name IN ('Ada One', 'Cy Three')")
    with open_store(running.path, check=False) as store:
        edit(store, "UPDATE delegates SET phone = '+43 1 26060-1' WHERE name = 'Ada One'")
        edit(store, "UPDATE delegates SET status = 'rejected' WHERE name = 'Di Four'")
        edit(store, "UPDATE delegates SET status = 'new' WHERE name = 'Ed Five'")
    page = tab.page
    page.goto(f"{running.url}/overview")
    page.get_by_role("link", name="The list of participants").click()
    expect(page.get_by_text("2 participants of 2 States")).to_be_visible()
    left_out = page.locator("section").filter(has_text="Left out, and why")
    expect(left_out).to_contain_text("1 delegate rejected by a person")
    expect(left_out.get_by_role("row", name="Bo Two")).to_contain_text("to be reviewed")
    expect(left_out.get_by_role("row", name="Ed Five")).to_contain_text("nobody has looked")
    expect(page.locator("[aria-labelledby=know-title]")).to_contain_text("which part it is")
    expect(page.locator("[aria-labelledby=indico-title]")).to_contain_text("Cy Three")

    page.get_by_label("Capitals").select_option("whole")
    page.get_by_label("As of").fill("2019-05-30")
    page.get_by_label("Symbol").fill("CAC/COSP/WG.9/INF/1")
    document = docx.Document(str(taken(tab, "DOCX", tmp_path)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert {"CAC/COSP/WG.9/INF/1", "Provisional list of participants", "As of 30 May 2019"} <= set(
        texts
    )
    assert [t for t in texts if t in ("France", "CY THREE", "Kenya", "Mr. ADA ONE")] == [
        *("France", "CY THREE"),
        *("Kenya", "Mr. ADA ONE"),
    ]
    rows = list(openpyxl.load_workbook(taken(tab, "XLSX", tmp_path)).worksheets[0].values)
    assert [row[2] for row in rows] == ["Name", "CY THREE", "Mr. ADA ONE"]
    page.get_by_label("CSV with").select_option("semicolon")
    data = taken(tab, "CSV", tmp_path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfstate;state_name;")
    assert "Ada One" in taken(tab, "JSON", tmp_path).read_text(encoding="utf-8")
    registrants = taken(tab, "Indico", tmp_path)
    assert registrants.name == "registrants-CU-2019-59-A-DTA-CEB-CSS.csv"
    found = list(csv.reader(io.StringIO(registrants.read_text(encoding="utf-8"))))
    assert found == [["Ada", "One", "Kenya", "Judge", "+43 1 26060-1", "ada@example.org"]]
    assert tab.complaints == []


def test_a_final_list_that_lacks_somebody_is_asked_about_once(
    running: Running, tab: Watched, tmp_path: Path
) -> None:
    approve(running, "name <> 'Bo Two'")
    page = tab.page
    page.goto(f"{running.url}/list")
    page.get_by_label("Called").select_option("final")
    page.get_by_role("button", name="DOCX").click()
    expect(page.get_by_role("alert")).to_contain_text("somebody may be missing")
    file = taken(tab, "Call it final all the same", tmp_path)
    texts = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]
    assert "List of participants" in texts
    assert "Bo Two" not in str(texts)
    with open_store(running.path, check=False) as store:
        edit(store, "UPDATE delegates SET status = 'approved'")
        edit(store, "UPDATE documents SET needs_review = 0")
    page.goto(f"{running.url}/list")
    page.get_by_label("Called").select_option("final")
    file = taken(tab, "DOCX", tmp_path)
    assert "Bo Two" in str([p.text for p in docx.Document(str(file)).paragraphs])
    assert tab.complaints == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/list/9", 404),
        ("/list/9/file?format=csv", 404),
        ("/list/1/file", 400),
        ("/list/1/file?format=pdf", 400),
        ("/list/1/file?format=csv&kind=secret", 400),
        ("/list/1/file?format=docx&as_of=tomorrow", 400),
        ("/list/1/file?format=csv&separator=%0d%0a&names=x", 200),
    ],
)
def test_odd_addresses_are_refused_or_answered_in_the_usual_way(
    running: Running, path: str, status: int
) -> None:
    answer = httpx.get(running.url + path, headers=running.cookie())
    assert answer.status_code == status
    assert MEETING not in answer.headers.get("content-disposition", "")


def test_a_stranger_gets_no_list(running: Running) -> None:
    assert httpx.get(f"{running.url}/list/1/file?format=csv").status_code == 401


def test_a_very_long_list_is_looked_through_when_asked_to(
    running: Running, tab: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(running, "name IN ('Ada One', 'Cy Three')")
    monkeypatch.setattr("review.listing.MOST_LOOKED_THROUGH", 1)
    page = tab.page
    page.goto(f"{running.url}/list/1")
    expect(page.get_by_text("2 participants of 2 States")).to_be_visible()
    expect(page.locator("[aria-labelledby=indico-title]")).to_have_count(0)
    page.get_by_role("link", name="what Indico would refuse").click()
    expect(page.locator("[aria-labelledby=indico-title]")).to_contain_text("Cy Three")
    expect(page.locator("[aria-labelledby=know-title]")).to_be_visible()
    assert tab.complaints == []
