"""Rows that doubts alone mark, left alone where an office's own rows bear it out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.types import Delegate, Doubt
from store.db.database import Store
from store.learn import calibrations
from store.reports.calibrating import calibrating
from store.review.delegate_edits import save_delegate
from store.review.rows import get_delegate, row_version
from store.review.undo import Done, undo
from tests.store.replies import note, save, scan, value

DECIDED = 40
OPEN = 10
HARD = Doubt("low_ocr", "name")
WHO = Doubt("name_twice", "name")


def person(number: int, *doubts: Doubt) -> Delegate:
    sure = {
        field: value(text, 0.97)
        for field, text in (("title", "Judge"), ("email", f"p{number}@mfa.example"))
    }
    return replace(
        Delegate(1, value(f"Person {number}", 0.97), confidence=0.9, doubts=doubts),
        title=sure["title"],
        email=sure["email"],
    )


@pytest.fixture
def office(store: Store) -> Store:
    """Forty doubted rows that turned out right; of twelve more nobody has decided."""
    documents = [scan(store, b"%d" % n) for n in range(DECIDED + OPEN + 2)]
    with store.writing():
        for number, document in enumerate(documents):
            doubts = (HARD, WHO) if number == DECIDED + OPEN else (HARD,)
            read = note(person(number, *doubts), state=None)
            if number > DECIDED + OPEN:
                read = replace(read, doubts=(Doubt("kind_uncertain"),))
            save(store, document, read, None)
    with store.writing("ada"):
        for row in range(1, DECIDED + 1):
            decide(store, row)
    return store


def decide(store: Store, row: int, **values: str) -> Done:
    version = row_version(get_delegate(store, row))
    return save_delegate(store, "ada", row, version, values, "approved")


def open_rows(store: Store) -> list[tuple[str, str, str]]:
    rows = store.rows(
        "SELECT status, doubts, reasons FROM delegates WHERE id > ? ORDER BY id", [DECIDED]
    )
    return [tuple(row) for row in rows if row["status"] in ("new", "needs_review")]


def statuses(store: Store) -> list[str]:
    return [row[0] for row in open_rows(store)]


def write(store: Store) -> None:
    found = calibrating(store)
    calibrations.write(store, "ada", found.office, found.rows)


def test_what_was_always_right_is_left_alone_and_stays_said(office: Store) -> None:
    before = open_rows(office)
    assert statuses(office) == ["needs_review"] * (OPEN + 2)
    found = calibrating(office)
    assert (found.doubted.tried, found.doubted.wrong, found.doubted.holds) == (DECIDED, 0, True)
    assert found.freed == OPEN
    write(office)
    assert statuses(office) == ["new"] * OPEN + ["needs_review"] * 2, "another doubt marks them"
    assert [row[1:] for row in open_rows(office)] == [row[1:] for row in before]
    calibrations.withdraw(office)
    assert open_rows(office) == before


def test_few_rows_bear_nothing_out(store: Store) -> None:
    for number in range(6):
        save(store, scan(store, b"%d" % number), note(person(number, HARD), state=None), None)
    for row in range(1, 6):
        decide(store, row)
    write(store)
    assert calibrating(store).office.doubted is None
    (last,) = store.rows("SELECT status FROM delegates WHERE id = 6")
    assert last["status"] == "needs_review"


def test_the_first_one_that_was_wrong_ends_it_at_once_and_an_undo_brings_it_back(
    office: Store,
) -> None:
    write(office)
    done = decide(office, DECIDED + 1, name="Somebody Else")
    assert statuses(office) == ["needs_review"] * (OPEN + 1)
    undo(office, done)
    assert statuses(office) == ["new"] * OPEN + ["needs_review"] * 2
    decide(office, DECIDED + 1, name="Somebody Else")
    write(office)
    assert statuses(office)[: OPEN - 1] == ["new"] * (OPEN - 1), "weighed with the forty others"


def test_what_was_left_alone_and_accepted_at_a_glance_proves_nothing(office: Store) -> None:
    write(office)
    with office.writing("ada") as conn:
        conn.execute("UPDATE delegates SET status = 'approved' WHERE status = 'new'")
    glanced = [one for one in calibrations.examples(office) if not one.marked]
    assert [one.tells for one in glanced] == [False] * OPEN
    assert calibrating(office).doubted.tried == DECIDED
