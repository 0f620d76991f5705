"""Notes of one State in any order of arrival: one verdict, one table, old beside new."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.types import Kind, NoteVerbale, RevisionMode
from store.db.database import Store
from store.opening import open_store
from store.records import meetings
from store.rules.revisions import GroupNote, resolve_group
from tests.store.replies import INVITATION, delegate, edit, note, save, scan, table

PEOPLE = ("Ana Ruiz", "Omar Diallo", "Li Wei", "Zoe Mbeki", "Eva Ruiz")
KINDS: tuple[tuple[Kind, RevisionMode | None], ...] = (
    ("nomination", None),
    ("revision", "replaces"),
    ("revision", "adds"),
    ("revision", "substitutes"),
    ("revision", None),
    ("decline", None),
    ("acknowledgement", None),
)


class Written(NamedTuple):
    """A note as it was written, whenever it arrives."""

    how: tuple[Kind, RevisionMode | None]
    day: str | None
    received: str | None
    people: list[str]
    gone: list[str]


written = st.builds(
    Written,
    st.sampled_from(KINDS),
    st.sampled_from(["2019-04-01", "2019-04-02", "2019-04-03", None]),
    st.sampled_from(["2019-04-01T08:00:00Z", "2019-04-04T08:00:00Z", None]),
    st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True),
    st.lists(st.sampled_from([*PEOPLE, "Ms. Ruiz", "Nobody Known"]), max_size=2, unique=True),
)


def arrived(notes: list[Written], order: list[int]) -> object:
    """The verdict when the notes arrive in this order, told by which note and person it is of."""
    group = []
    label: dict[int, tuple[int, str]] = {}
    for document, which in enumerate(order, start=1):
        one = notes[which]
        rows = tuple((document * 10 + n, name) for n, name in enumerate(one.people))
        label.update({row: (which, name) for row, name in rows})
        sha256 = hashlib.sha256(str(which).encode()).hexdigest()
        gone = tuple(one.gone)
        group.append(GroupNote(document, *one.how, one.day, one.received, gone, rows, sha256))
    verdict = resolve_group(group)
    note_of = dict(enumerate(order, start=1))
    return (
        {label[row] for row in verdict.replaced},
        {note_of[a]: note_of[b] for a, b in verdict.supersedes.items()},
        {note_of[document]: codes for document, codes in verdict.reasons.items()},
        {note_of[a]: (note_of[b], how) for a, (b, how) in verdict.revises.items()},
        {(label[s.delegate], label[s.earlier], s.same_person) for s in verdict.successions},
    )


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_verdict_does_not_depend_on_which_arrived_first(data: st.DataObject) -> None:
    notes = data.draw(st.lists(written, min_size=1, max_size=5))
    order = data.draw(st.permutations(range(len(notes))))
    assert arrived(notes, list(order)) == arrived(notes, list(range(len(notes))))


FIRST = note(
    delegate(1, "Ana Ruiz", title="Judge"), delegate(2, "Omar Diallo"), note_date="2019-04-01"
)
ADDS = note(delegate(1, "Li Wei"), kind="revision", revision="adds", note_date="2019-04-05")
SWAPS = note(
    delegate(1, "Zoe Mbeki"),
    kind="revision",
    revision="substitutes",
    replaced=("Mr. Omar Diallo",),
    note_date="2019-04-08",
)
ALL_NEW = note(
    delegate(1, "Ana RUIZ", title="Registrar"),
    delegate(2, "Li Wei"),
    delegate(3, "New Person"),
    kind="revision",
    revision="replaces",
    note_date="2019-04-20",
)
REPLIES: tuple[NoteVerbale, ...] = (FIRST, ADDS, SWAPS, ALL_NEW)
SIDE_BY_SIDE = "how, change, earlier_name, name, current"


Rows = list[tuple[object, ...]]


def _listed(folder: Path, order: list[int]) -> tuple[Rows, Rows]:
    folder.mkdir()
    with open_store(folder / "n.db") as store:
        meetings.add(store, INVITATION)
        for which in order:
            save(store, scan(store, f"note {which}".encode()), REPLIES[which])
        people = sorted(table(store, "name, title, current, status, reasons"), key=str)
        return people, sorted(table(store, SIDE_BY_SIDE, "revisions_list"), key=str)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(len(REPLIES))))
def test_the_list_is_right_whichever_note_arrives_first(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    people, revisions = _listed(tmp_path_factory.mktemp("orders") / "n", order)
    assert [(row[0], row[2]) for row in people] == [
        ("Ana RUIZ", 1),
        ("Ana Ruiz", 0),
        ("Li Wei", 0),
        ("Li Wei", 1),
        ("New Person", 1),
        ("Omar Diallo", 0),
        ("Zoe Mbeki", 0),
    ]
    assert revisions == [
        ("adds", "added", None, "Li Wei", 0),
        ("adds", "dropped", "Ana Ruiz", None, 0),
        ("adds", "dropped", "Omar Diallo", None, 0),
        ("replaces", "added", None, "New Person", 1),
        ("replaces", "changed", "Ana Ruiz", "Ana RUIZ", 1),
        ("replaces", "dropped", "Zoe Mbeki", None, 0),
        ("replaces", "kept", "Li Wei", "Li Wei", 1),
        ("substitutes", "dropped", "Li Wei", None, 0),
        ("substitutes", "in place of", "Omar Diallo", "Zoe Mbeki", 0),
    ]


def test_old_and_new_stand_side_by_side(store: Store) -> None:
    meetings.add(store, INVITATION)
    for which in (1, 0, 2):
        save(store, scan(store, f"note {which}".encode()), REPLIES[which])
    assert sorted(table(store, SIDE_BY_SIDE, "revisions_list"), key=str) == [
        ("adds", "added", None, "Li Wei", 1),
        ("adds", "dropped", "Omar Diallo", None, 0),
        ("adds", "stays", "Ana Ruiz", None, 1),
        ("substitutes", "in place of", "Omar Diallo", "Zoe Mbeki", 1),
        ("substitutes", "stays", "Li Wei", None, 1),
    ]


def test_a_link_by_hand_is_shown_and_a_rejected_note_revises_nothing(store: Store) -> None:
    meetings.add(store, INVITATION)
    for which in (0, 1):
        save(store, scan(store, f"note {which}".encode()), REPLIES[which])
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents_list SET supersedes = 1 WHERE document_id = 2")
    assert {row[0] for row in table(store, "how", "revisions_list")} == {"by hand"}
    assert set(table(store, "name, current")) == {
        ("Ana Ruiz", 0),
        ("Omar Diallo", 0),
        ("Li Wei", 1),
    }
    with store.writing("reviewer") as conn:
        conn.execute("UPDATE documents_list SET outcome = 'rejected' WHERE document_id = 2")
    assert not table(store, "*", "revisions_list")


def test_edits_follow_into_the_comparison(store: Store) -> None:
    meetings.add(store, INVITATION)
    for which in (0, 3):
        save(store, scan(store, f"note {which}".encode()), REPLIES[which])
    edit(store, "UPDATE delegates SET name = 'Ana Ruiz', title = 'Judge' WHERE name = 'Ana RUIZ'")
    changes = {row[0]: row[1] for row in table(store, "name, change", "revisions_list")}
    assert changes["Ana Ruiz"] == "kept"
