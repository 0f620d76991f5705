"""Pictures of what is learnt from review: ``python -m scripts.learning_pictures DATABASE``.

The database is the one ``make run`` makes; a copy of it is reviewed as its truth has it, so that
there is something to show. What comes out is to be looked at.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from extract.types import Doubt
from ingest.types import ParsedMessage
from scripts.screenshots import IN_HAND, opened, save
from store.db.database import Store
from store.intake import keeping, messages
from store.learn import audits
from store.opening import open_store
from store.review import audit, mission_answers
from store.service import confirmations
from tests.review.replies import mailed, person
from tests.store.replies import MEETING, message

TRUTH = Path(__file__).parents[1] / "samples" / "truth"
WHO = "amal"
TYPED = ("name", "title", "email")
RETURNS = ("032-zmb-first.pdf", "033-zmb-revision.pdf")
"""Zambia's first note, approved here with one name spelled otherwise; the second, which waits."""
OTHERWISE = ("Ndapewa SHILONGOLA", "Ndapewa SHILLONGOLA")
ASKED = "Kenya", "001-ken-numbered.pdf"
"""Whose mission has answered about its list."""
ANSWER = "The second title should be Director, International Cooperation.\nAll else is right."
OTHERS = {"Uganda": ("UGA", "Gil Mukasa", "Hana Okello"), "Ghana": ("GHA", "Ivo Mensah")}
"""States in whose notes one domain is asked about."""
LEAVE = 1
"""Drawn rows that are left to be typed."""


def main(database: Path) -> None:
    """Quality, audit, a known person, an answer of a mission, the same question."""
    with opened(database, _review, '[drafts]\nenabled = true\nconfirm = "asked"\n') as page:
        home = page.url.rpartition("/")[0]
        page.goto(f"{home}/quality")
        save(page, "quality.png")
        page.goto(f"{home}/questions/1")
        save(page, "same-question.png", 360)
        _audit(page, home)
        page.goto(f"{home}/queue")
        page.locator("tr", has_text=RETURNS[1]).get_by_role("link").first.click()
        second = page.locator(".card.delegate").nth(1)
        expect(page.locator(".card.active")).to_be_visible()
        if not IN_HAND.search(second.get_attribute("class") or ""):
            page.keyboard.press("ArrowDown")
        expect(second).to_have_class(IN_HAND)
        expect(second).to_contain_text("approved before")
        save(page, "known-person.png")
        page.goto(f"{home}/overview")
        page.get_by_role("link", name=ASKED[0], exact=True).first.click()
        page.locator("#mission").scroll_into_view_if_needed()
        save(page, "mission-answers.png")


def _audit(page: Page, home: str) -> None:
    """A row before it is typed."""
    page.goto(f"{home}/audit")
    expect(page.get_by_label("Name")).to_be_focused()
    save(page, "audit.png")


def _review(database: Path) -> None:
    """What people would have done, with the truth of the samples before them."""
    with open_store(database) as store:
        _decide(store)
        _type_drawn(store)
        _answer(store)
        unusual = (Doubt("domain_unusual", "email"),)
        for state, *names in OTHERS.values():
            people = [
                person(n, 0.98, unusual, name=name, title="Judge", email=_address(name))
                for n, name in enumerate(names, 1)
            ]
            mailed(store, state.encode(), *people, filename=f"{state.lower()}.pdf", state=state)


def _address(name: str) -> str:
    return f"{name.split()[-1].lower()}@mfa.go.kn"


def _true(filename: str) -> list[dict[str, str | None]]:
    file = TRUTH / f"{Path(filename).stem}.json"
    return json.loads(file.read_text(encoding="utf-8"))["delegates"] if file.exists() else []


def _decide(store: Store) -> None:
    """Doubtful rows, and those of the note that was asked about, become what is true."""
    rows = store.rows(
        "SELECT d.id, d.seq, d.status, n.filename FROM delegates AS d"
        " JOIN documents AS n ON n.id = d.document_id WHERE n.filename <> ?",
        [RETURNS[1]],
    )
    for row in rows:
        true = {one["seq"]: one for one in _true(row["filename"])}.get(row["seq"])
        if true is None:
            continue
        if row["status"] != "needs_review" and row["filename"] not in (RETURNS[0], ASKED[1]):
            continue
        name = OTHERWISE[1] if true["name"] == OTHERWISE[0] else true["name"]
        with store.writing(WHO) as conn:
            conn.execute(
                "UPDATE delegates SET name = ?, title = ?, email = ? WHERE id = ?",
                [name, true["title"], true["email"], row["id"]],
            )
            conn.execute("UPDATE delegates SET status = 'approved' WHERE id = ?", [row["id"]])


def _type_drawn(store: Store) -> None:
    """The rows that are drawn, but for one, are typed as they are printed."""
    waiting = sum(one.waiting for one in audits.audited(store, MEETING))
    for _ in range(waiting - LEAVE):
        delegate = audits.next_to_type(store, MEETING)
        if delegate is None:
            return
        (row,) = store.rows(
            "SELECT d.seq, n.filename FROM delegates AS d JOIN documents AS n"
            " ON n.id = d.document_id WHERE d.id = ?",
            [delegate],
        )
        true = {one["seq"]: one for one in _true(row["filename"])}.get(row["seq"], {})
        audit.write(store, WHO, delegate, {field: true.get(field) or "" for field in TYPED})
        audit.settle(store, WHO, delegate, dict.fromkeys(TYPED, "row"))


def _answer(store: Store) -> None:
    """A draft was sent, and an answer came."""
    (note,) = store.rows("SELECT id FROM documents WHERE filename = ?", [ASKED[1]])
    mission_answers.ask(store, WHO, note["id"], "rows")
    told = json.dumps(confirmations.registered(store, MEETING)["KEN"], ensure_ascii=False)
    with store.writing() as conn:
        conn.execute(
            "UPDATE confirmation_drafts SET state = 'placed', told = ?, until = '2019-05-20'",
            [told],
        )
    (draft,) = store.rows("SELECT token FROM confirmation_drafts")
    kept = keeping.keep(store, message(b"the answer", 77, received=datetime.now(UTC)))
    if kept.message is not None:
        parsed = ParsedMessage(
            "<77@kenya.example>",
            "mission@kenya.example",
            "Re: please confirm",
            None,
            None,
            (),
            answers=(f"<nv.{draft['token']}@example.org>",),
            text=ANSWER,
        )
        messages.add_parsed(store, kept.message, parsed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
