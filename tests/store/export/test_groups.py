"""Who stands where: groups, their order, and what is not certain about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store.db.database import Store
from store.export import days, files, groups, participants
from store.export.files import Choices
from store.export.groups import GROUPS
from store.records import meetings
from tests.store.replies import INVITATION, MEETING, delegate, edit, note, save, scan


def sent(store: Store, state: str | None, *people: dict[str, str]) -> None:
    rows = (delegate(n, p.pop("name"), **p) for n, p in enumerate(people, start=1))
    document = scan(store, f"{state} {people}".encode())
    save(store, document, note(*rows, state=state))


def listed(store: Store) -> list[tuple[str, str, str]]:
    edit(store, "UPDATE delegates SET status = 'approved'")
    rows = participants.rows(store, MEETING)
    return [(str(r["group"]), groups.delegation(r), str(r["name"])) for r in rows]


def test_groups_come_in_the_order_of_the_house_and_states_as_in_english(store: Store) -> None:
    meetings.add(store, replace(INVITATION, starts=date(2026, 12, 7)))
    for state in ("TUR", "ERI", "SYR", "EUN", "HRV", "CIV", "CRI", "TKM", "TUN", "GBR", "AND"):
        sent(store, state, {"name": f"Of {state}"})
    sent(store, None, {"name": "Of INTERPOL", "organization": "INTERPOL"})
    sent(store, None, {"name": "Of nobody"})
    assert [(group, name) for group, name, _ in listed(store)] == [
        ("party", "Costa Rica"),
        ("party", "Côte d'Ivoire"),
        ("party", "Croatia"),
        ("party", "Tunisia"),
        ("party", "Türkiye"),
        ("party", "Turkmenistan"),
        ("party", "United Kingdom of Great Britain and Northern Ireland"),
        ("signatory", "Syrian Arab Republic"),
        ("observer", "Andorra"),
        ("observer", "Eritrea"),
        ("union", "European Union"),
        ("entity", "International Criminal Police Organization"),
        ("unknown", "Not known"),
    ]


@pytest.mark.parametrize(
    ("starts", "group"),
    [(date(2017, 7, 10), "signatory"), (date(2017, 7, 11), "party"), (None, "party")],
)
def test_a_state_stands_where_it_stood_on_the_day_of_the_meeting(
    store: Store, starts: date | None, group: str
) -> None:
    meetings.add(store, replace(INVITATION, starts=starts, ends=starts, deadline=None))
    sent(store, "JPN", {"name": "Of Japan"})
    assert [row[0] for row in listed(store)] == [group]


def test_the_head_comes_first_then_alternates_then_the_note_s_order(store: Store) -> None:
    meetings.add(store, INVITATION)
    sent(
        store,
        "KEN",
        {"name": "Third"},
        {"name": "Second", "role": "alternate"},
        {"name": "Fourth", "role": "adviser"},
        {"name": "First", "role": "head"},
        {"name": "Fifth"},
    )
    assert [name for _, _, name in listed(store)] == ["First", "Second", "Third", "Fourth", "Fifth"]


def test_somebody_of_a_known_organization_is_its_delegate_only_if_all_of_the_note_are(
    store: Store,
) -> None:
    meetings.add(store, INVITATION)
    office, ministry = {"organization": "Interpol"}, {"organization": "Ministry of Justice"}
    sent(store, "KEN", {"name": "Of Kenya", **office})
    sent(store, None, {"name": "Of a State", **office}, {"name": "Of it, too", **ministry})
    assert {name: group for group, _, name in listed(store)} == {
        "Of Kenya": "party",
        "Of a State": "unknown",
        "Of it, too": "unknown",
    }


def test_a_doubtful_place_is_told(store: Store) -> None:
    meetings.add(store, INVITATION)
    sent(store, "MCO", {"name": "Of Monaco"})
    sent(store, None, {"name": "Of nobody"})
    listed(store)
    told = [str(remark) for remark in files.make(store, MEETING, "docx", Choices()).told]
    assert told[0].startswith(f'Monaco stands under "{GROUPS["observer"]}": one of Barbados')
    assert told[1] == "delegate 2: the State is not known, so printed at the end"


def test_the_parties_are_those_that_the_secretariat_counts(store: Store) -> None:
    """192 in October 2025, of which 191 are known: one of three that are marked is the other."""
    rows = store.rows("SELECT iso3, party, party_note FROM states")
    parties = {row["iso3"] for row in rows if row["party"]}
    assert len(parties) == 191
    assert {"EUN", "COK", "NIU", "PSE", "VAT"} <= parties
    others = {row["iso3"] for row in rows} - parties
    assert others == {"AND", "BRB", "ERI", "MCO", "PRK", "SYR", "VCT"}
    doubtful = {row["iso3"] for row in rows if "one of" in (row["party_note"] or "")}
    assert doubtful == {"BRB", "MCO", "VCT"}


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (None, None, ""),
        (date(2019, 5, 31), None, "31 May 2019"),
        (date(2019, 5, 31), date(2019, 5, 31), "31 May 2019"),
        (date(2019, 5, 27), date(2019, 5, 31), "27–31 May 2019"),
        (date(2019, 5, 31), date(2019, 6, 2), "31 May–2 June 2019"),
        (date(2018, 12, 30), date(2019, 1, 2), "30 December 2018–2 January 2019"),
    ],
)
def test_days_are_written_as_the_house_does(
    starts: date | None, ends: date | None, said: str
) -> None:
    assert days.span(starts, ends) == said
