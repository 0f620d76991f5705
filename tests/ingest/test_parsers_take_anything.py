"""Every parser of what strangers send: whatever the bytes, its own errors and nothing else.

And it takes no longer than a small multiple of what twice as few bytes take.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import (
    archives,
    base64_text,
    cms,
    embedded,
    filenames,
    headers,
    images,
    magic,
    mbox,
    outlook,
    people_in_body,
    tnef,
    transfer,
    uuencode,
)
from ingest.containers import NotOpened
from ingest.limits import ParseLimits
from tests.ingest.office_files import outlook as outlook_file
from tests.ingest.office_files import winmail

SAMPLE = (
    Path(__file__).parents[2] / "samples" / "mail" / "mail-07-rus-encoded-word.eml"
).read_bytes()
SIGNED = bytes.fromhex("3082010006092a864886f70d010702a08200f3308200ef020101310f300d0609")


def _header(data: bytes) -> None:
    try:
        message = headers.parsed(data)
    except headers.ODD:
        return
    headers.size(message)
    for field in ("Subject", "From", "Date", "Content-Type"):
        headers.text(message, field)
        headers.address(message, field)
        headers.moment(headers.raw(message, field))
    headers.recipients(message)
    headers.received_at(message)
    headers.filename(message)
    headers.content_type(message)
    transfer.content("base64", data)


def _zip(data: bytes) -> None:
    list(archives.members(data, ParseLimits(), archives.Unpacked()))


def _mbox(data: bytes) -> None:
    mbox.is_mbox(data[:200])
    for span in mbox.spans(io.BytesIO(data)):
        assert 0 <= span.start <= span.end <= len(data)


def _picture(data: bytes) -> None:
    for kind in images.TYPES:
        images.is_logo(data, kind, inline=True)


def _base64(data: bytes) -> None:
    decoded, mark = base64_text.decoded(data)
    assert len(decoded) <= len(data)
    assert mark in (None, base64_text.DAMAGED, base64_text.MENDED)


def _words(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    people_in_body.names_people([("text/plain", text), ("text/html", text)])
    label = filenames.label(text)
    assert 0 < len(label) <= filenames.MAX_LENGTH + 1
    assert label.isprintable()
    assert "/" not in label
    assert filenames.label(label) == label


def _outlook(data: bytes) -> None:
    for read in (outlook.header, outlook.text, lambda d: list(outlook.files(d))):
        try:
            read(data)
        except NotOpened as error:
            assert error.problem  # noqa: PT017 - that it is there is the point


def _type(data: bytes) -> None:
    assert "/" in magic.media_type(data, "note.eml")
    magic.is_compound(data)
    magic.looks_like_message(data)


PARSERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "header": (_header, SAMPLE[:3000]),
    "zip": (_zip, b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(20) + b"note.pdfPK\x01\x02PK\x05\x06"),
    "mbox": (_mbox, b"From a Mon May 6 09:00:00 2019\nFrom: a@example.org\n\nx\n\n>From b\n" * 3),
    "picture": (
        _picture,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\xff\xd8\xff\xc0\0\x11\x08GIF89a",
    ),
    "base64": (_base64, b"JVBERi0xLjQK\r\nAAA=\r\n=QUFB!"),
    "words": (_words, "Dear <b>Mr Ivan</b> <style>x</style> г-н 代表 先生/..\\C:\\a.pdf".encode()),
    "outlook": (_outlook, outlook_file(("note.pdf", b"%PDF-1.4 x"))),
    "tnef": (lambda data: list(tnef.files(data)), winmail(("note.pdf", b"%PDF-1.4 x"))),
    "cms": (cms.content, SIGNED * 3 + b"-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n"),
    "uuencode": (lambda data: list(uuencode.files(data)), b"begin 644 a.pdf\n#86)C\n`\nend\n" * 3),
    "embedded": (
        lambda data: list(embedded.files(data)),
        b'<img src="data:image/png;base64,' + b"iVBORw0KGgo=" * 9 + b'">',
    ),
    "type": (
        _type,
        b"%PDF-1.4\n<html><?xml From: a\nSubject: b\n\n\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ),
}


def _run(name: str, data: bytes) -> None:
    parser, _ = PARSERS[name]
    try:
        parser(data)
    except NotOpened as error:
        assert error.problem.isidentifier()  # noqa: PT017 - the code is what is tested


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_bytes_only_its_own_error_comes(name: str, data: st.DataObject) -> None:
    good = PARSERS[name][1]
    start, end = data.draw(st.integers(0, len(good))), data.draw(st.integers(0, len(good)))
    noise = data.draw(st.binary(max_size=60))
    times = data.draw(st.sampled_from((1, 1, 3)))
    _run(name, good[:start] + noise * times + good[end:])


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_of_bytes_that_are_no_such_file_too(name: str, data: bytes) -> None:
    _run(name, data)


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_right_is_taken(name: str) -> None:
    """The seeds above are what they are meant to be: a parser that refused all would pass."""
    if name not in ("zip", "cms"):
        assert PARSERS[name][0](PARSERS[name][1]) != []


MOST_GROWTH = 3.2
"""Processor time for twice the bytes; a quadratic parser needs four times as much."""


def _cpu_s(name: str, data: bytes) -> float:
    """Processor time, the least of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        _run(name, data)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("half", [False, True], ids=["whole", "open"])
def test_twice_the_bytes_take_twice_the_time(name: str, half: bool) -> None:
    """Of its own kind over and over; ``open`` leaves out the second half of each piece."""
    good = PARSERS[name][1]
    piece = good[: len(good) // 2] if half else good
    size = 200_000
    while True:
        small = _cpu_s(name, piece * (size // len(piece)))
        if small > 0.05 or size > 6_000_000:
            break
        size *= 2
    if small > 0.05:
        assert _cpu_s(name, piece * (2 * size // len(piece))) < MOST_GROWTH * small
