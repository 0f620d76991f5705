"""Invented replies for the page's tests, written as the pipeline writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import cv2
import numpy as np

from extract.types import Delegate, DocumentReading, Doubt, Evidence, NoteVerbale, Value
from ingest.types import ParsedMessage
from ocr.types import Box, Line, Page, SecondReading, Word
from store.db.database import Store
from store.intake import keeping, messages
from store.records import saving
from tests.store.replies import MEETING, message, pdf

WIDTH, HEIGHT = 1000, 1400


def _png() -> bytes:
    _, data = cv2.imencode(".png", np.full((HEIGHT, WIDTH), 250, np.uint8))
    return data.tobytes()


PNG = _png()


def person(
    seq: int,
    confidence: float = 0.95,
    doubts: tuple[Doubt, ...] = (),
    second: str | None = None,
    **values: str,
) -> tuple[Delegate, Line]:
    """A delegate and the line of the page it stands on; ``second`` is the other e-mail reading."""
    top, left = 100 + 60 * seq, 80
    words, found = [], {}
    readings: tuple[SecondReading, ...] = ()
    for field, text in values.items():
        box = Box(left, top, left + 8 * len(text), top + 24)
        words.append(Word(text, box, confidence))
        found[field] = Value(text, confidence, (Evidence(1, text, box, confidence, "test"),))
        left = box.right + 10
        if field == "email" and second:
            readings = (SecondReading(second, box, 0.99, "other"),)
    delegate = Delegate(
        seq=seq,
        name=found["name"],
        honorific=found.get("honorific"),
        title=found.get("title"),
        organization=found.get("organization"),
        email=found.get("email"),
        phone=found.get("phone"),
        confidence=confidence,
        doubts=doubts,
    )
    return delegate, Line(tuple(words), second=readings)


def mailed(
    store: Store,
    data: bytes,
    *people: tuple[Delegate, Line],
    filename: str = "note.pdf",
    subject: str = "Nomination",
    from_address: str = "mission@kenya.example",
    state: str = "KEN",
    doubts: tuple[Doubt, ...] = (),
    details: str = "NV/1/19",
) -> int:
    """A reply that came by mail and was read; its document's id."""
    received = datetime(2019, 4, 5, 8, 0, tzinfo=UTC)
    uid = int.from_bytes(data[:3], "big") % 60000 + 1
    kept = keeping.keep(store, message(b"mail " + data, uid, received=received))
    if kept.message is None:
        raise AssertionError("a message gives a message")
    parsed = ParsedMessage(
        message_id=f"<{uid}@mission.example>",
        from_address=from_address,
        subject=subject,
        sent_at=None,
        received_at=None,
        attachments=(pdf(data, filename),),
        skip_reason=None,
    )
    (document,) = messages.add_parsed(store, kept.message, parsed)
    value = Value(state, 0.99, (Evidence(1, state, Box(10, 10, 60, 30), 0.99, "test"),))
    reference = Value(details, 0.99, (Evidence(1, details, Box(10, 40, 60, 60), 0.99, "test"),))
    note = NoteVerbale(
        kind="nomination",
        form="note_verbale",
        language="en",
        state=value,
        note_reference=reference,
        delegates=tuple(delegate for delegate, _ in people),
        doubts=doubts,
    )
    page = Page(1, WIDTH, HEIGHT, 200, "read", tuple(line for _, line in people), language="en")
    result = DocumentReading("processed", None, (page,), note)
    saving.save_reading(store, document, result, MEETING, "1")
    return document


def fill(store: Store) -> None:
    """Document 1: one address of which readers disagree. 2: all right. 3: somebody missing."""
    mailed(
        store,
        b"one",
        person(1, honorific="Mr.", name="Ada One", title="Judge", email="ada@example.org"),
        person(
            2,
            0.4,
            (Doubt("readers_disagree", "email"),),
            "lbo@example.org",
            name="Bo Two",
            title="Registrar",
            email="ibo@example.org",
        ),
        filename="one.pdf",
    )
    mailed(
        store,
        b"two",
        person(1, 0.97, name="Cy Three", title="Director"),
        person(2, 0.97, name="Di Four", title="Counsellor"),
        filename="two.pdf",
        state="FRA",
    )
    mailed(
        store,
        b"tri",
        person(1, 0.98, name="Ed Five"),
        filename="three.pdf",
        state="PER",
        doubts=(Doubt("address_without_person", None, "flo@example.org"),),
    )
