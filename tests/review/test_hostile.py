"""What strangers may write stays text: in every field, file name, subject and on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from store import sanitize
from store.opening import open_store
from store.records import meetings
from tests.review.conftest import Running, open_tab, run
from tests.review.replies import mailed, person
from tests.store.replies import INVITATION

OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus=alert(1) autofocus x='",
    '" onmouseover="alert(1)',
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "</textarea></title></style><script>alert(1)</script>",
    "<!--",
    "-->",
    "]]>",
    "{{ 7 * 7 }}",
    "{% for x in ().__class__.__bases__ %}{% endfor %}",
    "${alert(1)}",
    "`${alert(1)}`",
    '=HYPERLINK("http://evil.example")',
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<base href=http://evil.example/>",
    "<form action=http://evil.example><input name=version value=1>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "‮evil‬ ⁦right to left⁩",
    "أحمد <b>محمد</b>",
    "🏴‍☠️" * 20,
    "a" * 3000,
    "'; DROP TABLE delegates; --",
)

LOOK = """() => ({
  values: ["honorific", "name", "title", "organization", "phone"].map(
    (name) => document.querySelector(`.card.delegate [name=${name}]`).value),
  cards: document.querySelectorAll(".card.delegate").length,
  scripts: document.scripts.length,
  wide: document.documentElement.scrollWidth > innerWidth,
  facts: document.querySelector(".facts").textContent,
})"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Running:  # type: ignore[misc]
    path = tmp_path_factory.mktemp("hostile") / "noteverbale.db"
    with open_store(path) as store:
        meetings.add(store, INVITATION)
        for number, text in enumerate(HOSTILE):
            fields = ("honorific", "name", "title", "organization", "phone")
            mailed(
                store,
                bytes([1, number]),
                person(1, 0.5, (), None, **dict.fromkeys(fields, text)),
                filename=text,
                subject=text,
                from_address=text,
                details=text,
            )
    yield from run(path)


def test_no_hostile_text_runs_or_breaks_a_page(hostile: Running, browser: Browser) -> None:
    assert len(HOSTILE) == 30
    for watched in open_tab(browser, hostile):
        page = watched.page
        page.evaluate("() => { window.untouched = true; }")
        for place in ("/queue", "/overview", "/overview/1", "/chase/1", "/changes"):
            page.goto(hostile.url + place)
            assert page.locator("header.top").is_visible()
        for number, text in enumerate(HOSTILE, start=1):
            page.goto(f"{hostile.url}/reply/{number}")
            shown = " ".join(text.split())
            found = page.evaluate(LOOK)
            assert found["values"] == [shown] * 5, number
            assert (found["cards"], found["scripts"], found["wide"]) == (1, 1, False), number
            # what the mail calls itself is kept without marks that turn the direction of text
            facts = " ".join(found["facts"].split())
            assert " ".join(sanitize.printable(text).split()) in facts, number
            assert not OVERRIDES & set(facts), number
        page.goto(f"{hostile.url}/compare/1?with=2")
        page.keyboard.press("Tab")
        assert watched.complaints == []


def test_hostile_text_typed_by_a_person_comes_back_as_text(
    hostile: Running, browser: Browser
) -> None:
    for watched in open_tab(browser, hostile):
        page = watched.page
        for number in (2, 3, 11):
            page.goto(f"{hostile.url}/reply/{number}")
            page.keyboard.press("t")
            page.keyboard.insert_text(HOSTILE[0] + HOSTILE[2])
            page.keyboard.press("Enter")
            expect(page.locator("#note.active")).to_contain_text("a second note of the same State")
            page.keyboard.press("Enter")
            expect(page).not_to_have_url(f"{hostile.url}/reply/{number}")
            page.goto(f"{hostile.url}/reply/{number}")
            page.locator(".card.delegate h2").click()
            typed = page.locator(".card.delegate [name=title]").input_value()
            assert typed == HOSTILE[0] + HOSTILE[2]
            assert page.locator(".history").count() == 1
        assert watched.complaints == []
