"""Whom to write to: what is missing of each State, and where its mission is written to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extract.types import Doubt
from ocr.types import Box, Line, Page, Word
from store.db.database import Store
from store.erasure import forget, selection
from store.errors import StoreError, UnknownRecord
from store.records import meetings, missions, saving
from store.reports.chase import ChaseLine, chase, records
from tests.store.replies import (
    INVITATION,
    MEETING,
    delegate,
    mailed,
    note,
    reading,
    save,
    scan,
)

BEFORE = datetime(2019, 4, 5, 8, 0, tzinfo=UTC)
AFTER = datetime(2019, 5, 20, 8, 0, tzinfo=UTC)
ANA = delegate(1, "RUIZ Ana", email="a.ruiz@example.org")


@pytest.fixture(autouse=True)
def meeting(store: Store) -> None:
    meetings.add(store, replace(INVITATION, reply_address="uncac@unodc.example"))


def line(store: Store, state: str) -> ChaseLine | None:
    return next((one for one in chase(store, MEETING).lines if one.state == state), None)


def missing(store: Store, state: str) -> tuple[str, ...]:
    found = line(store, state)
    return found.missing if found else ()


def printed(store: Store, document: int, text: str) -> None:
    """The note as it was read, from a page that says this."""
    words = tuple(Word(w, Box(0, 0, 9, 9), 0.8) for w in text.split())
    sheet = Page(1, 1000, 1400, 200, "read", (Line(words),), language="en", engine="test")
    result = replace(reading(note(ANA)), pages=(sheet,))
    saving.save_reading(store, document, result, MEETING, "1")


def test_a_state_is_named_with_what_its_latest_note_leaves_open(store: Store) -> None:
    for number, (state, read) in enumerate(
        {
            "KEN": note(ANA),
            "FRA": note(kind="acknowledgement", state="FRA"),
            "PER": note(kind="extension_request", state="PER"),
            "UGA": note(state="UGA"),
            "CHL": note(kind="decline", state="CHL"),
            "ITA": note(ANA, delegate(2, "ROSSI Bo"), state="ITA"),
        }.items()
    ):
        save(store, mailed(store, state.encode(), number + 1, BEFORE), read)
    assert missing(store, "KEN") == ()
    assert missing(store, "CHL") == ()
    assert missing(store, "FRA") == ("acknowledged",)
    assert missing(store, "PER") == ("more_time",)
    assert missing(store, "UGA") == ("nobody",)
    assert missing(store, "ITA") == ("no_address",)
    assert missing(store, "ESP") == ("no_reply",)
    italy = line(store, "ITA")
    assert italy is not None
    assert italy.names == ("ROSSI Bo",)


def test_a_nomination_after_an_acknowledgement_leaves_nothing_open(store: Store) -> None:
    save(store, mailed(store, b"first", 1, BEFORE), note(kind="acknowledgement"))
    save(store, mailed(store, b"second", 2, BEFORE), note(ANA, note_date="2019-04-20"))
    assert missing(store, "KEN") == ()


def test_who_answered_after_the_deadline_is_late_and_not_missing(store: Store) -> None:
    save(store, mailed(store, b"late", 1, AFTER), note(ANA))
    assert missing(store, "KEN") == ("late",)


def test_a_page_that_was_not_read_is_asked_for_again(store: Store) -> None:
    read = note(ANA, doubts=(Doubt("page_unread", None),))
    save(store, mailed(store, b"torn", 1, BEFORE), read)
    assert missing(store, "KEN") == ("unreadable",)


def test_a_file_that_was_not_read_is_its_senders_state_s_or_named_alone(store: Store) -> None:
    stray = scan(store, b"stray", "stray.pdf")
    save(store, stray, None, None)
    assert [one.document for one in chase(store, MEETING).unknown] == [stray]
    save(store, mailed(store, b"good", 1, BEFORE), note(ANA))
    broken = mailed(store, b"broken", 2, BEFORE)
    save(store, broken, None, None)
    found = line(store, "KEN")
    assert found is not None
    assert found.missing == ("unreadable",)
    assert [one.document for one in found.unread] == [broken]
    assert [one.document for one in chase(store, MEETING).unknown] == [stray]


def test_addresses_are_seen_in_mails_and_on_notes_but_no_delegate_s_and_none_of_ours(
    store: Store,
) -> None:
    document = mailed(store, b"note", 1, AFTER)
    printed(
        store,
        document,
        "Permanent Mission, Office@Kenya.example. a.ruiz@example.org uncac@unodc.example",
    )
    found = line(store, "KEN")
    assert found is not None
    assert [(one.email, one.source) for one in found.addresses] == [
        ("mission@kenya.example", "mail"),
        ("office@kenya.example", "note"),
    ]
    assert found.language == "en"


def test_what_a_person_says_of_an_address_counts_before_what_is_seen(store: Store) -> None:
    save(store, mailed(store, b"note", 1, AFTER), note(ANA))
    missions.keep(store, "ken", "Protocol@Kenya.example", "noor")
    missions.dismiss(store, "Kenya", "mission@kenya.example", "noor")
    found = line(store, "KEN")
    assert found is not None
    assert [(one.email, one.source) for one in found.addresses] == [
        ("protocol@kenya.example", "person")
    ]
    missions.keep(store, "KEN", "mission@kenya.example", "noor")
    found = line(store, "KEN")
    assert found is not None
    assert {one.email for one in found.addresses} == {
        "protocol@kenya.example",
        "mission@kenya.example",
    }


def test_only_a_state_and_an_address_are_taken(store: Store) -> None:
    with pytest.raises(UnknownRecord):
        missions.keep(store, "XXX", "a@example.org", "noor")
    with pytest.raises(StoreError):
        missions.keep(store, "KEN", "a at example.org", "noor")
    with pytest.raises(UnknownRecord):
        missions.remind(store, "no such meeting", "KEN", "noor")
    with pytest.raises(UnknownRecord):
        chase(store, "no such meeting")


def test_the_last_reminder_is_told_with_who_and_how_often(store: Store) -> None:
    missions.remind(store, MEETING, "Spain", "noor")
    missions.remind(store, MEETING, "ESP", "amal")
    found = line(store, "ESP")
    assert found is not None
    assert found.reminded is not None
    assert (found.reminded.who, found.reminded.times) == ("amal", 2)
    record = next(one for one in records(chase(store, MEETING)) if one["state"] == "ESP")
    assert record["reminded_by"] == "amal"
    assert record["missing"] == "no reply"


def test_states_stand_by_name_without_accents(store: Store) -> None:
    names = [one.name for one in chase(store, MEETING).lines]
    assert names.index("Costa Rica") < names.index("Côte d'Ivoire") < names.index("Croatia")


def test_a_forgotten_person_s_address_is_no_mission_s_either(store: Store) -> None:
    save(store, mailed(store, b"note", 1, BEFORE), note(ANA))
    missions.keep(store, "KEN", "a.ruiz@example.org", "noor")
    missions.keep(store, "KEN", "office@kenya.example", "noor")
    forget.apply(store, selection.person(store, email="a.ruiz@example.org"), "noor")
    assert [row["email"] for row in store.rows("SELECT email FROM mission_addresses")] == [
        "office@kenya.example"
    ]
