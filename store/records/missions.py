"""Where a State's mission is written to, and when it was reminded of a meeting.

Addresses are seen in the senders of its mails and on the first page of its notes. What a person
says of one stands in the table ``mission_addresses`` and counts before everything seen.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.errors import StoreError, UnknownRecord
from store.learn.of_notes import our_domains
from store.rules.experience.of_notes import ADDRESS
from store.rules.names import folded

AddressSource = Literal["person", "mail", "note"]

RECENT = 3
"""Notes of a State, of any meeting, the newest, in which addresses are looked for; not measured."""

_SEEN = """
SELECT s.iso3 AS state, n.id AS document, n.doubts, n.language, m.from_address,
       (SELECT p.text FROM pages AS p WHERE p.document_id = n.id AND p.number = 1) AS page,
       (SELECT group_concat(d.email, ' ') FROM delegates AS d WHERE d.document_id = n.id) AS theirs
  FROM states AS s CROSS JOIN documents AS n
    ON n.id IN (SELECT id FROM documents WHERE state = s.iso3 AND outcome = 'processed'
                 ORDER BY note_date DESC, received_at DESC, id DESC LIMIT :recent)
  LEFT JOIN messages AS m ON m.id = n.message
 ORDER BY s.iso3, n.note_date DESC, n.received_at DESC, n.id DESC
"""


@dataclass(frozen=True, slots=True)
class Address:
    """Lower-cased. ``source`` tells whether a person gave it, it wrote to us, or a note prints it.

    ``document`` is the note it was seen with; None for a person's.
    """

    email: str
    source: AddressSource
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Mission:
    """The best address first. ``language`` is that of the State's newest note, ISO 639-1."""

    addresses: tuple[Address, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """The last one: a moment in UTC, and who said so; ``times`` counts all."""

    at: str
    who: str
    times: int


def missions(store: Store) -> dict[str, Mission]:
    """By State; those of which nothing is known are left out."""
    said = store.rows("SELECT state, email, wrong FROM mission_addresses ORDER BY at DESC, id DESC")
    wrong = {(row["state"], row["email"].lower()) for row in said if row["wrong"]}
    found: dict[str, list[Address]] = {}
    for row in said:
        if not row["wrong"]:
            found.setdefault(row["state"], []).append(Address(row["email"].lower(), "person"))
    ours = our_domains(store)
    languages: dict[str, str] = {}
    seen = store.rows(_SEEN, {"recent": RECENT})
    for source in ("mail", "note"):
        for row in seen:
            if row["language"]:
                languages.setdefault(row["state"], row["language"])
            for email in _senders(row) if source == "mail" else _printed(row):
                there = found.setdefault(row["state"], [])
                known = (row["state"], email) in wrong or email in {one.email for one in there}
                if not known and email.rpartition("@")[2] not in ours:
                    there.append(Address(email, source, row["document"]))
    states = {*found, *languages}
    return {s: Mission(tuple(found.get(s, ())), languages.get(s)) for s in states}


def _senders(row: sqlite3.Row) -> list[str]:
    return ADDRESS.findall((row["from_address"] or "").lower())


def _printed(row: sqlite3.Row) -> list[str]:
    """Addresses on the first page, but those of delegates and those that may be a delegate's."""
    details = " ".join(str(doubt.get("detail") or "") for doubt in json.loads(row["doubts"]))
    theirs = set(ADDRESS.findall(f"{row['theirs'] or ''} {details}".lower()))
    return [one for one in ADDRESS.findall((row["page"] or "").lower()) if one not in theirs]


def keep(store: Store, state: str, email: str, who: str) -> None:
    """A person says that this is an address of the State's mission.

    Raises:
        UnknownRecord: there is no such State.
        StoreError: it is no address.
    """
    _say(store, state, email, who, wrong=False)


def dismiss(store: Store, state: str, email: str, who: str) -> None:
    """A person says that the mission is not written to at this address, wherever it is seen.

    Raises:
        UnknownRecord: there is no such State.
        StoreError: it is no address.
    """
    _say(store, state, email, who, wrong=True)


def _say(store: Store, state: str, email: str, who: str, *, wrong: bool) -> None:
    address = (sanitize.one_line(email) or "").lower()
    if not ADDRESS.fullmatch(address):
        raise StoreError("This is no e-mail address.", reason="address_unusable")
    code = known_state(store, state)
    with store.writing(sanitize.one_line(who) or "command line") as conn:
        conn.execute(
            "INSERT INTO mission_addresses (state, email, wrong, who, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (state, email) DO UPDATE SET wrong = excluded.wrong, who = excluded.who,"
            " at = excluded.at",
            [code, address, wrong, sanitize.one_line(who) or "command line", sanitize.now()],
        )


def remind(store: Store, meeting: str, state: str, who: str) -> None:
    """Write down that a State was reminded, now.

    Raises:
        UnknownRecord: there is no such State or meeting.
    """
    code = known_state(store, state)
    found = store.one("SELECT id FROM meetings WHERE reference = ?", [sanitize.text(meeting)])
    if found is None:
        raise UnknownRecord("No meeting is registered under this reference.")
    with store.writing(sanitize.one_line(who) or "command line") as conn:
        conn.execute(
            "INSERT INTO reminders (meeting, state, who, at) VALUES (?, ?, ?, ?)",
            [found["id"], code, sanitize.one_line(who) or "command line", sanitize.now()],
        )


def reminders(store: Store, meeting: str) -> dict[str, Reminder]:
    """The last one of each State that was reminded of the meeting."""
    # of several columns beside max(), SQLite takes those of the row with the maximum:
    # https://www.sqlite.org/lang_select.html#bareagg
    rows = store.rows(
        "SELECT r.state, max(r.id), r.at, r.who, count(*) AS times FROM reminders AS r"
        " JOIN meetings AS m ON m.id = r.meeting WHERE m.reference = ? GROUP BY r.state",
        [sanitize.text(meeting)],
    )
    return {row["state"]: Reminder(row["at"], row["who"], row["times"]) for row in rows}


def known_state(store: Store, state: str) -> str:
    """The code of a State, however it is typed.

    Raises:
        UnknownRecord: there is no such State.
    """
    asked = folded(sanitize.one_line(state) or "")
    known: dict[str, str] = {}
    for row in store.rows("SELECT iso3, name_en FROM states"):
        known[folded(row["iso3"])] = known[folded(row["name_en"])] = row["iso3"]
    if asked in known:
        return known[asked]
    near = [known[name] for name in get_close_matches(asked, known, 3)]
    names = {r["iso3"]: r["name_en"] for r in store.rows("SELECT iso3, name_en FROM states")}
    meant = " or ".join(f"{code} ({names[code]})" for code in dict.fromkeys(near))
    said = f"Did you mean {meant}?" if meant else "A code like KEN, or the English name."
    raise UnknownRecord(f"There is no State {sanitize.visible(state)}. {said}")
