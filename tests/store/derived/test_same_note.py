"""The same note scanned twice: one note, each person once, and nobody lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Delegate, Doubt, NoteVerbale
from store.db.database import Store
from store.export import participants
from store.opening import open_store
from store.records import meetings
from store.reports import digest, listings
from store.review import note_edits, overview, undo
from store.review.reply import load
from store.review.rows import get_document, note_version
from store.rules.same_note import Scan, ScannedPerson, is_same, merge_scans, number_key
from store.service import digests
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    edit,
    mailed,
    note,
    save,
    scan,
    table,
    value,
)

ANA = delegate(1, "Ana RUIZ", email="a.ruiz@example.org", title="Judge")
OMAR = delegate(2, "Omar DIALLO", email="o.diallo@example.org", title="Registrar")
LI = delegate(3, "Li WEI", email="li.wei@example.org", title="Counsellor")
NOTE = note(ANA, OMAR, LI)
IN_TIME = datetime(2019, 5, 2, 9, tzinfo=UTC)
TOO_LATE = datetime(2019, 5, 13, 9, tzinfo=UTC)

Change = Callable[[NoteVerbale], NoteVerbale]


def twice(store: Store, first: NoteVerbale, second: NoteVerbale, **meeting: str | None) -> None:
    """Two scans of one note, document 1 and 2, each with bytes of its own."""
    meetings.add(store, INVITATION)
    for number, read in enumerate((first, second)):
        save(store, scan(store, b"%d" % number, f"{number + 1}.pdf"), read, **meeting)


def currents(store: Store) -> list[tuple[object, ...]]:
    return table(store, "document_id, name, current", "delegation_list ORDER BY delegate_id")


def counted(store: Store) -> list[object]:
    rows = table(store, "name", "delegation_list WHERE current = 1 ORDER BY delegate_id")
    return [row[0] for row in rows]


def reasons(store: Store) -> list[list[str]]:
    return [json.loads(str(row[0])) for row in table(store, "reasons", "documents_list")]


def test_each_person_is_counted_once_and_the_later_scan_says_why(store: Store) -> None:
    twice(store, NOTE, NOTE)
    assert counted(store) == ["Ana RUIZ", "Omar DIALLO", "Li WEI"]
    later = table(store, "current, reasons, status", "delegation_list WHERE document_id = 2")
    assert later == [(0, '["same_note_again"]', "new")] * 3
    assert table(store, "outcome, kind, needs_review, reasons", "documents_list") == [
        ("processed", "nomination", 0, "[]"),
        ("processed", "nomination", 0, '["same_note_again"]'),
    ]
    assert table(store, "same_as", "documents") == [(None,), (1,)]
    (covered,) = store.rows("SELECT * FROM coverage WHERE state = 'KEN'")
    assert (covered["answered"], covered["delegates"], covered["needs_review"]) == (1, 3, 0)
    assert len(participants.rows(store, MEETING, approved_only=False)) == 3
    assert listings.needs_review(store) == []


def test_by_mail_and_by_the_scanners_folder_the_first_arrival_counts(store: Store) -> None:
    meetings.add(store, INVITATION)
    save(store, mailed(store, b"mail", 1, IN_TIME), NOTE)
    save(store, scan(store, b"folder"), NOTE)
    save(store, mailed(store, b"mail again", 2, TOO_LATE), NOTE)
    assert table(store, "late", "documents_list") == [(0,), (0,), (0,)]
    assert table(store, "late", "coverage WHERE state = 'KEN'") == [(0,)]
    assert len(counted(store)) == 3
    digests.open_period(store, "day")
    told = digest.replies(store, "day")
    assert [(r.same_as, r.late) for r in told] == [(None, False), (1, False), (1, False)]
    (meeting,) = overview.meetings(store)
    found = overview.overview(store, meeting.id)
    assert found is not None
    (kenya,) = [s for s in found.states if s.state == "KEN"]
    assert (kenya.notes, kenya.delegates, kenya.late, kenya.document) == (1, 3, False, 1)
    assert sum(count for _, count in found.replies) == 1


def fields(**changed: str | None) -> Change:
    values: dict[str, Any] = {k: value(v) if v else None for k, v in changed.items()}
    return lambda read: replace(read, **values)


def doubted(field: str, text: str) -> Change:
    values: dict[str, Any] = {field: value(text), "doubts": (Doubt("low_ocr", field),)}
    return lambda read: replace(read, **values)


def people(*named: Delegate) -> Change:
    return lambda read: replace(read, delegates=named)


MISREAD = replace(OMAR, name=value("0mar DlALLO"))
ALIKE: dict[str, Change] = {
    "read alike": lambda read: read,
    "number printed otherwise": fields(note_reference="No. KMV / 7 / l9"),
    "no number": fields(note_reference=None),
    "no date": fields(note_date=None),
    "neither": fields(note_date=None, note_reference=None),
    "no State": fields(state=None),
    "a doubtful number": doubted("note_reference", "KMV/1/19"),
    "a doubtful date": doubted("note_date", "2019-04-08"),
    "a number cut short": fields(note_reference="KMV"),
    "a wrong sign in the number": fields(note_reference="KMV/1/19"),
    "a name misread": people(ANA, MISREAD, LI),
    "names in another order": people(LI, replace(ANA, name=value("RUIZ Ana")), OMAR),
}
OTHERS: dict[str, Change] = {
    "another State": fields(state="UGA"),
    "another number": fields(note_reference="KMV/112/19"),
    "another number on another day": fields(note_reference="KMV/8/19", note_date="2019-04-04"),
    "another day": fields(note_date="2019-04-04"),
    "one person in another's place": people(ANA, OMAR, delegate(3, "Grace WAMBUI")),
    "nobody in common, no number": lambda read: replace(
        read, note_reference=None, delegates=(delegate(1, "Grace WAMBUI"),)
    ),
    "it says that it is a revision": lambda read: replace(
        read, kind="revision", revision="replaces", note_date=value("2019-04-10")
    ),
    "a corrigendum of the same number": lambda read: replace(
        read, kind="revision", revision="substitutes", delegates=(delegate(1, "Grace WAMBUI"),)
    ),
    "an addendum": lambda read: replace(
        read, kind="revision", revision="adds", delegates=(delegate(1, "Grace WAMBUI"),)
    ),
    "nothing but the persons": fields(state=None, note_reference=None, note_date=None),
}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("change", ALIKE)
def test_two_readings_of_one_note_are_one(store: Store, change: str, turned: bool) -> None:
    readings = (NOTE, ALIKE[change](NOTE))
    twice(store, *(reversed(readings) if turned else readings))
    assert len(counted(store)) == 3
    assert [again for again in reasons(store) if "same_note_again" in again] != []


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("change", OTHERS)
def test_another_note_is_not_taken_for_the_same(store: Store, change: str, turned: bool) -> None:
    readings = (NOTE, OTHERS[change](NOTE))
    twice(store, *(reversed(readings) if turned else readings))
    assert table(store, "same_as", "documents") == [(None,), (None,)]


def test_a_note_with_somebody_else_under_the_same_number_hides_nobody(store: Store) -> None:
    twice(store, NOTE, people(ANA, OMAR, delegate(3, "Grace WAMBUI"))(NOTE))
    assert "Grace WAMBUI" in counted(store)
    assert "Li WEI" in counted(store)
    assert reasons(store) == [["second_note_of_state"]] * 2


def test_the_scan_that_knows_its_meeting_stands_for_both(store: Store) -> None:
    """Else the persons would be missing from the meeting's list."""
    meetings.add(store, INVITATION)
    save(store, scan(store, b"1"), NOTE, None)
    save(store, scan(store, b"2"), NOTE)
    assert table(store, "same_as", "documents") == [(2,), (None,)]
    assert len(participants.rows(store, MEETING, approved_only=False)) == 3


def test_whom_only_one_scan_names_is_in_the_list_and_both_ask(store: Store) -> None:
    twice(store, people(ANA, OMAR)(NOTE), NOTE)
    assert counted(store) == ["Ana RUIZ", "Omar DIALLO", "Li WEI"]
    assert table(store, "needs_review, reasons", "documents_list") == [
        (1, '["copies_differ"]'),
        (1, '["copies_differ","same_note_again"]'),
    ]
    (li,) = table(store, "reasons, status", "delegation_list WHERE name = 'Li WEI'")
    assert li == ('["copies_differ"]', "needs_review")


def test_nobody_is_lost_where_the_first_scan_gave_nobody(store: Store) -> None:
    twice(store, people()(NOTE), NOTE)
    assert len(counted(store)) == 3
    assert table(store, "needs_review", "documents_list") == [(1,), (1,)]


def test_a_failed_first_scan_is_no_first(store: Store) -> None:
    meetings.add(store, INVITATION)
    save(store, scan(store, b"1"), None)
    save(store, scan(store, b"2"), NOTE)
    assert len(counted(store)) == 3
    assert reasons(store)[1] == []


def test_what_another_scan_reads_otherwise_is_marked_where_it_counts(store: Store) -> None:
    other = replace(OMAR, email=value("o.dialo@example.org"))
    twice(store, NOTE, people(replace(ANA, title=None), other, LI)(NOTE))
    rows = table(store, "name, reasons", "delegation_list WHERE current = 1 ORDER BY seq")
    assert rows == [
        ("Ana RUIZ", '["copy_reads_otherwise"]'),
        ("Omar DIALLO", '["copy_reads_otherwise"]'),
        ("Li WEI", "[]"),
    ]


def test_scans_that_disagree_about_the_number_both_ask(store: Store) -> None:
    twice(store, NOTE, fields(note_reference="KMV/1/19")(NOTE))
    assert table(store, "needs_review, reasons", "documents_list") == [
        (1, '["copy_reads_otherwise"]'),
        (1, '["copy_reads_otherwise","same_note_again"]'),
    ]


def test_a_later_revision_replaces_both_scans(store: Store) -> None:
    twice(store, NOTE, people(ANA)(NOTE))
    later = note(delegate(1, "Grace WAMBUI"), kind="revision", note_date="2019-04-20")
    save(store, scan(store, b"3"), replace(later, revision="replaces"))
    assert counted(store) == ["Grace WAMBUI"]
    assert table(store, "supersedes", "documents_list WHERE document_id = 3") == [(1,)]


@pytest.mark.parametrize(
    ("quoted", "same"), [("CU 2019/59", True), ("CU 2019/5", True), ("CU 2018/99", False)]
)
def test_before_its_meeting_is_registered_the_quoted_reference_tells(
    store: Store, quoted: str, same: bool
) -> None:
    for number, reference in enumerate(("CU 2019/59", quoted)):
        read = replace(NOTE, quoted_reference=value(reference))
        save(store, scan(store, b"%d" % number), read, None)
    assert len(counted(store)) == (3 if same else 6)


def test_a_revision_that_came_twice_revises_once(store: Store) -> None:
    meetings.add(store, INVITATION)
    later = note(delegate(1, "Grace WAMBUI"), kind="revision", note_date="2019-04-20")
    later = replace(later, revision="adds", note_reference=value("KMV/99/19"))
    for number, read in enumerate((NOTE, later, later)):
        save(store, scan(store, b"%d" % number), read)
    assert counted(store) == ["Ana RUIZ", "Omar DIALLO", "Li WEI", "Grace WAMBUI"]
    assert table(store, "document_id, earlier_id", "revisions") == [(2, 1)]


def test_a_declining_note_that_came_twice_asks_nobody(store: Store) -> None:
    twice(store, note(kind="decline"), note(kind="decline"))
    assert table(store, "needs_review, reasons", "documents_list") == [
        (0, "[]"),
        (0, '["same_note_again"]'),
    ]
    assert table(store, "answered, delegates", "coverage WHERE state = 'KEN'") == [(1, 0)]


def test_the_order_of_arrival_changes_the_document_but_not_the_list(tmp_path: Path) -> None:
    readings = (NOTE, people(ANA, MISREAD)(NOTE), fields(note_reference=None)(NOTE))
    lists = set()
    for n, order in enumerate(permutations(readings)):
        with open_store(tmp_path / f"{n}.db") as store:
            meetings.add(store, INVITATION)
            for place, read in enumerate(order):
                save(store, scan(store, b"%d" % place), read)
            lists.add(
                tuple(
                    sorted(
                        str(email)
                        for (email,) in table(store, "email", "delegation_list WHERE current = 1")
                    )
                )
            )
            assert table(store, "*", "stale") == []
    assert lists == {("a.ruiz@example.org", "li.wei@example.org", "o.diallo@example.org")}


def test_an_edit_makes_and_breaks_it(store: Store) -> None:
    twice(store, NOTE, fields(state="UGA")(NOTE))
    assert len(counted(store)) == 6
    edit(store, "UPDATE documents_list SET state = 'KEN' WHERE document_id = 2")
    with open_store(store.path) as again:
        assert len(counted(again)) == 3
        edit(again, "UPDATE documents SET note_reference = 'KMV/99/19' WHERE id = 1")
    with open_store(store.path) as again:
        assert len(counted(again)) == 6
        edit(again, "UPDATE documents SET note_reference = 'KMV/7/19' WHERE id = 1")
    with open_store(store.path) as again:
        assert len(counted(again)) == 3
        edit(again, "UPDATE documents SET outcome = 'rejected' WHERE id = 1")
    with open_store(store.path) as again:
        assert currents(again)[3:] == [(2, "Ana RUIZ", 1), (2, "Omar DIALLO", 1), (2, "Li WEI", 1)]


def test_a_person_says_otherwise_and_that_stays(store: Store) -> None:
    twice(store, NOTE, NOTE)
    edit(store, "UPDATE documents SET same_as = NULL WHERE id = 2")
    with open_store(store.path) as again:
        assert len(counted(again)) == 6
        save(again, 2, NOTE)
        save(again, 1, NOTE)
        assert len(counted(again)) == 6
        assert table(again, "field, old, new", "corrections") == [("same_as", "1", None)]
    edit(store, "UPDATE documents SET same_as = 1 WHERE id = 2")
    with open_store(store.path) as again:
        assert len(counted(again)) == 3
        edit(again, "UPDATE delegates SET current = 1 WHERE id = 4")
    with open_store(store.path) as again:
        assert currents(again)[3] == (2, "Ana RUIZ", 1)
    for wrong in ("99", "2"):
        with pytest.raises(sqlite3.IntegrityError, match="same_as must be"):
            edit(store, f"UPDATE documents SET same_as = {wrong} WHERE id = 2")  # noqa: S608


def test_the_row_that_a_person_decided_on_is_the_one_that_counts(store: Store) -> None:
    twice(store, fields(state="UGA")(NOTE), NOTE)
    edit(store, "UPDATE delegates SET status = 'approved' WHERE id = 5")
    edit(store, "UPDATE documents SET state = 'KEN' WHERE id = 1")
    with open_store(store.path) as again:
        assert currents(again) == [
            (1, "Ana RUIZ", 1),
            (1, "Omar DIALLO", 0),
            (1, "Li WEI", 1),
            (2, "Ana RUIZ", 0),
            (2, "Omar DIALLO", 1),
            (2, "Li WEI", 0),
        ]


def test_the_page_links_both_and_a_click_parts_them(store: Store) -> None:
    twice(store, NOTE, NOTE)
    assert [(n.id, n.same) for n in load(store, 1).neighbours] == [(2, True)]
    reply = load(store, 2)
    assert (reply.facts["same_as"], reply.neighbours[0].id, reply.doubts) == (1, 1, ())
    done = note_edits.is_no_copy(store, "amal", 2, note_version(get_document(store, 2)))
    assert len(counted(store)) == 6
    undo.undo(store, done)
    assert len(counted(store)) == 3


def test_an_edit_that_parts_two_scans_can_be_taken_back(store: Store) -> None:
    twice(store, NOTE, NOTE)
    version = note_version(get_document(store, 2))
    done = note_edits.save_note(store, "amal", 2, version, {"note_date": "2019-04-09"})
    assert len(counted(store)) == 6
    undo.undo(store, done)
    assert len(counted(store)) == 3
    assert [row[0] for row in table(store, "field", "corrections")] == ["note_date"] * 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("No. KMV/7/19", "KMV/7/19", True),
        ("Ref.: 102/2019", "102 / 2019", True),
        ("NV/MFA/O12", "NV/MFA/012", True),
        ("102/2019", "103/2019", False),
        ("KMV/7/19", "KMV/17/9", False),
        ("№ 45/н", "45/н", True),
        ("照会 第12号", "照会第12号", True),
    ],
)
def test_numbers_are_compared_without_what_readers_confuse(
    one: str, other: str, same: bool
) -> None:
    assert (number_key(one) == number_key(other)) is same


def test_values_of_nothing_but_signs_say_nothing() -> None:
    one = Scan(
        1, "nomination", "KEN", "M", None, "--", "2019-04-03", people=(ScannedPerson(1, "-->"),)
    )
    other = replace(one, document=2, number="<!", people=(ScannedPerson(2, "<!--"),))
    assert not is_same(one, other)
    assert merge_scans([one, other]).hidden == frozenset()


NAMES = st.sampled_from(
    ["Ana Ruiz", "Omar Diallo", "Li Wei", "Grace Wambui", "张伟", "Иван Петров"]
)
FACT = st.sampled_from([None, "1", "2"])
PEOPLE = st.lists(NAMES, max_size=4, unique=True).map(
    lambda names: tuple(ScannedPerson(row, name) for row, name in enumerate(names))
)
SCANS = st.builds(
    Scan,
    document=st.just(1),
    kind=st.sampled_from(["nomination", "decline"]),
    state=FACT,
    meeting=FACT,
    quoted=FACT,
    number=FACT,
    day=FACT,
    people=PEOPLE,
)


@given(SCANS, SCANS)
def test_of_two_scans_nobody_is_lost_whatever_they_say(one: Scan, other: Scan) -> None:
    """The same verdict from both sides; each person that either names is counted once."""
    rows_apart = tuple(replace(p, row=p.row + 100) for p in other.people)
    other = replace(other, document=2, people=rows_apart)
    assert is_same(one, other) == is_same(other, one)
    verdict = merge_scans([one, other])
    rows = {p.row: p.name for p in (*one.people, *other.people)}
    kept = [name for row, name in rows.items() if row not in verdict.hidden]
    assert sorted(kept) == sorted(set(rows.values()))
    assert verdict.single.isdisjoint(verdict.hidden)
