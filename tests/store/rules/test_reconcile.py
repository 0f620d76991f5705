"""A new reading meets rows that people have touched: the plan alone, no database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.fields import DELEGATE_VALUES
from store.rules.reconcile import Plan, ReadDelegate, RowChange, StoredDelegate, plan


def values(name: str, **fields: str) -> dict[str, str | None]:
    return {**dict.fromkeys(DELEGATE_VALUES), "name": name, **fields}


def read(seq: int, name: str, **fields: str) -> ReadDelegate:
    return ReadDelegate(seq, values(name, **fields))


def row(
    row_id: int | None, name: str, *edited: str, seq: int = 1, status: str = "new", **fields: str
) -> StoredDelegate:
    return StoredDelegate(
        row_id,
        values(name, **fields),
        seq,
        status,
        read=values(name, **fields),
        read_seq=seq,
        edited=frozenset(edited),
    )


def test_untouched_rows_take_the_new_reading() -> None:
    found = plan((row(1, "Ana Ruiz"), row(2, "Gone Person", seq=2)), (read(1, "Ana Ruíz"),))
    assert found == Plan((), (RowChange(1, 0, {"name": "Ana Ruíz"}, changed=False),), (2,))


def test_a_corrected_field_keeps_its_value_and_the_others_follow() -> None:
    old = StoredDelegate(
        1,
        values("Ana Ruiz", email="right@x.example", title="Judg"),
        1,
        "corrected",
        read=values("Ana Ruiz", email="wrong@x.example", title="Judg"),
        read_seq=1,
        edited=frozenset({"email"}),
    )
    same = plan((old,), (read(1, "Ana Ruiz", email="wrong@x.example", title="Judg"),))
    assert same.keep == (RowChange(1, 0, {}, changed=False),)
    better = plan((old,), (read(1, "Ana Ruiz", email="wrong@x.example", title="Judge"),))
    assert better.keep == (RowChange(1, 0, {"title": "Judge"}, changed=True),)
    other = plan((old,), (read(1, "Ana Ruiz", email="third@x.example", title="Judg"),))
    assert other.keep == (RowChange(1, 0, {}, changed=True),)


def test_a_corrected_name_is_found_by_what_was_read_before() -> None:
    old = StoredDelegate(
        1,
        values("Анна Руис"),
        1,
        "corrected",
        read=values("Ana Ruiz"),
        read_seq=1,
        edited=frozenset({"name"}),
    )
    assert plan((old,), (read(1, "Ana Ruiz"),)) == Plan(
        (), (RowChange(1, 0, {}, changed=False),), ()
    )


def test_an_approved_row_stays_and_says_when_the_reading_differs() -> None:
    old = row(1, "Ana Ruiz", "status", status="approved", title="Judge")
    assert plan((old,), (read(1, "Ana Ruiz", title="Judge"),)).keep == (
        RowChange(1, 0, {}, changed=False),
    )
    assert plan((old,), (read(1, "Ana Ruiz", title="Clerk"),)).keep == (
        RowChange(1, 0, {}, changed=True),
    )
    assert plan((old,), ()).keep == (RowChange(1, None, {}, changed=True),)


def test_a_rejected_row_stays_and_does_not_come_again() -> None:
    old = row(1, "Ana Ruiz", "status", status="rejected")
    assert plan((old,), (read(1, "Ana Ruiz", title="x"),)) == Plan(
        (), (RowChange(1, 0, {}, changed=False),), ()
    )


def test_a_deleted_row_does_not_come_back() -> None:
    assert plan((row(None, "Ana Ruiz"),), (read(1, "Ana Ruiz"),)) == Plan((), (), ())
    assert plan((row(None, "Ana Ruiz"),), (read(1, "Ana Ruíz"),)).insert == ()
    assert plan((row(None, "Ana Ruiz"),), (read(1, "Omar Diallo"),)).insert == (0,)


def test_of_two_alike_the_deleted_one_stays_deleted() -> None:
    rows = (row(1, "Ana Ruiz"), row(None, "Ana Ruiz", seq=2))
    both = (read(1, "Ana Ruiz"), read(2, "Ana Ruiz"))
    assert plan(rows, both) == Plan((), (RowChange(1, 0, {}, changed=False),), ())
    assert plan(rows, both[:1]) == Plan((), (RowChange(1, 0, {}, changed=False),), ())
    # nothing tells which of them is left: the row that is there wins
    assert plan(rows, (read(3, "Ana Ruiz"),)).keep == (RowChange(1, 0, {}, changed=False),)


def test_an_added_row_stays_as_it_is() -> None:
    old = StoredDelegate(1, values("Ana Ruiz"), 1, "corrected", added=True)
    assert plan((old,), ()) == Plan((), (RowChange(1, None, {}, changed=False),), ())
    assert plan((old,), (read(1, "Ana Ruiz", title="Judge"),)) == Plan(
        (), (RowChange(1, 0, {}, changed=False),), ()
    )


def test_order_of_the_reading_does_not_matter_to_who_is_who() -> None:
    rows = (row(1, "Ana Ruiz", seq=1), row(2, "Omar Diallo", seq=2))
    found = plan(rows, (read(1, "Omar Diallo"), read(2, "RUIZ Ana")))
    assert {change.row: change.reading for change in found.keep} == {1: 1, 2: 0}


NAMES = st.sampled_from(["Ana Ruiz", "RUIZ Ana", "Omar Diallo", "Omar Dialo", "Li Wei", "", "?"])
ROWS = st.builds(
    StoredDelegate,
    id=st.one_of(st.none(), st.integers(1, 10**6)),
    values=NAMES.map(values),
    seq=st.integers(1, 4),
    status=st.sampled_from(["new", "needs_review", "approved", "corrected", "rejected"]),
    read=st.one_of(st.none(), NAMES.map(values)),
    read_seq=st.one_of(st.none(), st.integers(1, 4)),
    edited=st.frozensets(st.sampled_from([*DELEGATE_VALUES, "status"])),
    added=st.booleans(),
)


@given(
    st.lists(ROWS, max_size=6, unique_by=lambda r: r.id if r.id is not None else object()),
    st.lists(NAMES, max_size=6),
)
def test_nothing_a_person_did_is_ever_lost(rows: list[StoredDelegate], names: list[str]) -> None:
    """Contract: every row is kept or deleted once, touched rows are kept, edits are not written."""
    readings = tuple(read(n, name) for n, name in enumerate(names, start=1))
    found = plan(tuple(rows), readings)
    by_id = {r.id: r for r in rows if r.id is not None}
    assert sorted([c.row for c in found.keep] + list(found.delete)) == sorted(by_id)
    assert not any(by_id[row_id].touched for row_id in found.delete)
    for change in found.keep:
        old = by_id[change.row]
        assert not set(change.values) & old.edited
        if old.decided or old.added:
            assert not change.values
    used = [c.reading for c in found.keep if c.reading is not None] + list(found.insert)
    assert len(used) == len(set(used))
