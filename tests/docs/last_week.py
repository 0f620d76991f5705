"""Forty-three delegations, and among them what a secretary in a hurry would overlook.

What came over the month is put in through the store's own functions; a handful of messages lie
unread in a real mailbox and are read from their pages.

Planted are: rows nobody has looked at, a doubtful row, a broken file, an encrypted one, a reply
that was refused, a message set aside, a nomination without names, an acknowledgement, a late
reply, a late revision, a person in another's place, one taken off by a colleague, one rejected, a
State that declines after all, a second scan, two meetings, no meeting, no State, a shared
address, no address, a name in Arabic, a reply put off by a colleague, an edit taken back, and
States that never replied.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from extract.types import Delegate, DocumentReading, Doubt, NoteVerbale
from ingest.types import ParsedMessage
from ocr.types import Box, Line, Page, Word
from store.db.database import Store
from store.intake import keeping, messages
from store.records import saving
from store.review import delegate_edits, postponed, undo
from store.review.rows import row_version
from tests.store.replies import MEETING, delegate, message, note, pdf

SAMPLES = Path(__file__).parents[2] / "samples"
COLLEAGUE = "noor"
BEFORE = "2019-05-02T08:00:00Z"
"""When what came before the last week is said to have come."""

PLAIN = {
    "ARG": "Argentina",
    "AUS": "Australia",
    "AUT": "Austria",
    "BRA": "Brazil",
    "BGR": "Bulgaria",
    "CMR": "Cameroon",
    "CAN": "Canada",
    "CHL": "Chile",
    "COL": "Colombia",
    "CRI": "Costa Rica",
    "CIV": "Côte d’Ivoire",
    "HRV": "Croatia",
    "CYP": "Cyprus",
    "ECU": "Ecuador",
    "EST": "Estonia",
    "DEU": "Germany",
    "GHA": "Ghana",
    "IND": "India",
    "IDN": "Indonesia",
    "JPN": "Japan",
    "LVA": "Latvia",
    "MAR": "Morocco",
    "PRT": "Portugal",
    "ROU": "Romania",
    "SEN": "Senegal",
}
"""States of whom nothing is odd: two delegates each, the head named second."""


def people(state: str) -> list[str]:
    """The delegates of a plain State as the list is to have them."""
    return [f"Hanna HEAD{state}", f"Max MEMBER{state}"]


def person(seq: int, name: str, *doubts: str, **fields: str) -> Delegate:
    """A delegate with an address of their own, unless one is given."""
    address = f"{name.split()[-1].lower()}.{seq}@ministry.example"
    return delegate(seq, name, *doubts, **{"title": "Judge", "email": address, **fields})


class Filing:
    """Files notes as a poll does; each its own file."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.count = 0

    def add(
        self,
        filename: str,
        read: NoteVerbale | None,
        *,
        meeting: str | None = MEETING,
        sender: str = "mission@post.example",
        received: datetime = datetime(2019, 5, 2, 8, 0, tzinfo=UTC),
        outcome: str = "processed",
        reason: str | None = None,
    ) -> int:
        """One message with one file; its document's id."""
        self.count += 1
        data = f"{filename} {self.count}".encode()
        kept = keeping.keep(
            self.store, message(b"mail " + data, 1000 + self.count, received=received)
        )
        assert kept.message is not None
        parsed = ParsedMessage(
            f"<{self.count}@post.example>", sender, "Note", None, None, (pdf(data, filename),)
        )
        (document,) = messages.add_parsed(self.store, kept.message, parsed)
        names = [one.name.text for one in read.delegates] if read else []
        lines = tuple(
            Line((Word(name, Box(80, 100 + 60 * n, 400, 130 + 60 * n), 0.9),))
            for n, name in enumerate(names)
        )
        page = Page(1, 1000, 1400, 200, "read", lines, language="en", engine="test")
        result = DocumentReading(outcome, reason, (page,), read)  # type: ignore[arg-type]
        saving.save_reading(self.store, document, result, meeting, "1")
        with self.store.writing() as conn:
            conn.execute("UPDATE messages SET outcome = 'processed' WHERE id = ?", [kept.message])
        return document


def came_before(store: Store) -> None:
    """What came over the month, and what a colleague did with it."""
    file = Filing(store)
    for state in PLAIN:
        head, member = people(state)
        both = person(1, member, role="member"), person(2, head, role="head")
        file.add(f"{state}.pdf", note(*both, state=state))
    file.add("peru-first.pdf", note(person(1, "Old PERU"), state="PER"))
    goes = file.add(
        "greece.pdf", note(person(1, "Stay GREECE"), person(2, "Gone GREECE"), state="GRC")
    )
    file.add(
        "tunisia-first.pdf", note(person(1, "Old TUNIS"), person(2, "Stay TUNIS"), state="TUN")
    )
    file.add("zambia.pdf", note(person(1, "Once ZAMBIA"), state="ZMB"))
    file.add("denmark.pdf", note(person(1, "Away DENMARK"), state="DNK"))
    off = file.add("mexico.pdf", note(person(1, "Later MEXICO", "name_odd"), state="MEX"))
    edited = file.add("poland.pdf", note(person(1, "Undone POLAND"), state="POL"))
    with store.writing() as conn:
        conn.execute("UPDATE turns SET at = ?", [BEFORE])
        conn.execute("UPDATE documents SET kept_at = ?", [BEFORE])
    tomorrow = postponed.today() + postponed.LONGEST
    postponed.put_off(store, off, COLLEAGUE, tomorrow.isoformat())
    with store.writing(COLLEAGUE) as conn:
        conn.execute("UPDATE delegates SET title = 'Minister' WHERE document_id = ?", [edited])
    undo.take_back(store, int(store.rows("SELECT max(step) FROM corrections")[0][0]), COLLEAGUE)
    row = store.rows(
        "SELECT * FROM delegates WHERE document_id = ? AND name = 'Gone GREECE'", [goes]
    )[0]
    delegate_edits.set_current(store, COLLEAGUE, row["id"], row_version(row), current=False)


def comes_now(store: Store) -> dict[str, int]:
    """What came with the last poll and is odd in one way each; documents by name."""
    file = Filing(store)
    file.count = 500
    later = datetime(2019, 5, 12, 8, 0, tzinfo=UTC)
    doubt = (Doubt("no_delegate_found", None),)
    return {
        "france": file.add(
            "france.pdf", note(person(1, "Doubt FRANCE", "readers_disagree"), state="FRA")
        ),
        "finland": file.add("finland.pdf", note(state="FIN", doubts=doubt)),
        "ireland": file.add("ireland.pdf", note(kind="acknowledgement", state="IRL")),
        "peru": file.add(
            "peru-late.pdf",
            note(
                person(1, "New PERU"),
                kind="revision",
                state="PER",
                revision="replaces",
                note_date="2019-05-11",
            ),
            received=later,
        ),
        "tunisia": file.add(
            "tunisia-change.pdf",
            note(
                person(1, "New TUNIS"),
                kind="revision",
                state="TUN",
                revision="substitutes",
                replaced=("Old TUNIS",),
                note_date="2019-05-06",
            ),
        ),
        "zambia": file.add("zambia-again.pdf", note(person(1, "Once ZAMBIA"), state="ZMB")),
        "denmark": file.add(
            "denmark-declines.pdf", note(kind="decline", state="DNK", note_date="2019-05-07")
        ),
        "italy": file.add(
            "italy.pdf",
            note(person(1, "Two ITALY"), state="ITA", doubts=(Doubt("two_meetings", None),)),
        ),
        "norway": file.add(
            "norway.pdf", note(person(1, "Homeless NORWAY"), state="NOR"), meeting=None
        ),
        "sweden": file.add(
            "sweden.pdf",
            note(person(1, "Nowhere SWEDEN"), state=None, doubts=(Doubt("state_missing", None),)),
        ),
        "belgium": file.add(
            "belgium.pdf",
            note(
                person(1, "Pair BELGIUM", email="both@belgium.example"),
                person(2, "Share BELGIUM", email="both@belgium.example"),
                state="BEL",
            ),
        ),
        "sri lanka": file.add(
            "lanka.pdf", note(delegate(1, "Bare LANKA", "email_missing"), state="LKA")
        ),
        "egypt": file.add("egypt.pdf", note(person(1, "محمد حسن"), state="EGY")),
        "spain": file.add(
            "spain.pdf", note(person(1, "Comes SPAIN"), person(2, "Struck SPAIN"), state="ESP")
        ),
        "turkiye": file.add(
            "broken.pdf", None, sender="mission@turkiye.example", outcome="failed", reason="corrupt"
        ),
    }


def unread_mail() -> list[bytes]:
    """What lies in the mailbox: a note, late; two files that are refused; what hides a scan."""
    encrypted = EmailMessage()
    encrypted["From"] = "mision@panama.example"
    encrypted["To"] = "uncac@example.org"
    encrypted["Subject"] = "Nota verbal"
    encrypted["Date"] = "Fri, 03 May 2019 09:00:00 +0200"
    encrypted["Message-ID"] = "<1@panama.example>"
    encrypted.set_content("La contrase\u00f1a sigue por tel\u00e9fono.")
    encrypted.add_attachment(
        (SAMPLES / "replies/044-pan-encrypted.pdf").read_bytes(),
        maintype="application",
        subtype="pdf",
        filename="panama.pdf",
    )
    mail = SAMPLES / "mail"
    scan = b"%PDF-1.4\n1 0 obj\n" + bytes(range(256)) * 4
    hidden = b"X-Scan: " + base64.b64encode(scan + b"!") + b"\n"
    aside = (
        b"From: agency@advertising.example\nTo: uncac@example.org\nSubject: Best hotels in Vienna\n"
        b"Date: Fri, 03 May 2019 10:00:00 +0200\nMessage-ID: <2@advertising.example>\n"
        + hidden
        + b"Content-Type: text/plain\n\nBook now.\n"
    )
    return [
        (mail / "mail-01-ken-logo.eml").read_bytes(),
        (mail / "mail-08-nam-digital.eml").read_bytes(),
        encrypted.as_bytes(),
        aside,
    ]
