"""No scan vanishes in a message, however mail programs and gateways have mangled it."""

from __future__ import annotations

import base64
import gzip
import quopri
import random
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import base64_text, boundaries, header_repair
from ingest.errors import IngestError
from ingest.limits import ParseLimits
from ingest.mime import parse_message
from ingest.transfer import content
from ingest.types import Attachment
from tests.ingest import faults

SAMPLES = Path(__file__).parents[2] / "samples"
SCAN = b"%PDF-1.4\n1 0 obj\n" + random.Random(11).randbytes(3001) + b"\n%%EOF\n"
WHOLE = faults.message(faults.part(SCAN))

BINARY = ("raw as", "quoted-printable as", "base64 in quoted-printable", "uuencode as")
"""Faults of the body that do not survive another change of the line ends, in any reader."""


def _kept(raw: bytes) -> list[Attachment]:
    return [found for found in parse_message(raw).attachments if found.dropped is None]


def _assert_found(raw: bytes) -> None:
    parsed = parse_message(raw)
    kept = [found for found in parsed.attachments if found.dropped is None]
    assert [(found.data, found.problem) for found in kept] == [(SCAN, None)]
    assert parsed.problem is None


@pytest.mark.parametrize("wrapped", faults.WRAPPED)
@pytest.mark.parametrize("fault", [*faults.HEADER, *faults.MESSAGE_HEADER])
def test_an_odd_line_in_the_header_of_a_message_hides_nothing(fault: str, wrapped: str) -> None:
    change = {**faults.HEADER, **faults.MESSAGE_HEADER}[fault]
    _assert_found(faults.WRAPPED[wrapped](change(WHOLE)))


@pytest.mark.parametrize("wrapped", faults.WRAPPED)
@pytest.mark.parametrize("fault", faults.HEADER)
def test_an_odd_line_in_the_header_of_a_part_hides_nothing(fault: str, wrapped: str) -> None:
    part = faults.HEADER[fault](faults.part(SCAN))
    _assert_found(faults.WRAPPED[wrapped](faults.message(part)))


@pytest.mark.parametrize("wrapped", faults.WRAPPED)
@pytest.mark.parametrize("fault", faults.STRUCTURE)
def test_parts_are_found_wherever_they_stand(fault: str, wrapped: str) -> None:
    _assert_found(faults.WRAPPED[wrapped](faults.STRUCTURE[fault](WHOLE)))


@pytest.mark.parametrize("wrapped", faults.WRAPPED)
@pytest.mark.parametrize("fault", faults.BODY)
def test_all_bytes_that_can_be_had_are_had(fault: str, wrapped: str) -> None:
    if fault.startswith("raw as") and wrapped == "forwarded in quoted-printable":
        return  # as a text, which raw bytes do not survive
    _assert_found(faults.WRAPPED[wrapped](faults.BODY[fault](WHOLE)))


@pytest.mark.parametrize("ends", faults.LINES)
@pytest.mark.parametrize(
    "fault", [*faults.HEADER, *faults.STRUCTURE, *(f for f in faults.BODY if "as" not in f)]
)
def test_line_ends_of_any_kind_hide_nothing(fault: str, ends: str) -> None:
    change = {**faults.HEADER, **faults.STRUCTURE, **faults.BODY}[fault]
    if fault.startswith(BINARY) or (fault, ends) == ("mark of UTF-8", "UTF-16 without a mark"):
        return
    _assert_found(faults.LINES[ends](change(WHOLE)))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(faults.HEADER)), max_size=2),
    st.sampled_from(sorted(set(faults.BODY) - {"footer of one word"})),
    st.sampled_from(["none", *sorted(faults.STRUCTURE)]),
    st.lists(st.sampled_from(sorted({**faults.HEADER, **faults.MESSAGE_HEADER})), max_size=2),
    st.sampled_from(["none", *(ends for ends in faults.LINES if "UTF" not in ends)]),
    st.sampled_from(sorted(faults.WRAPPED)),
)
def test_no_combination_of_faults_makes_a_scan_vanish(
    part: list[str], body: str, structure: str, header: list[str], ends: str, wrapped: str
) -> None:
    raw_part = faults.part(SCAN)
    for fault in part:
        raw_part = faults.HEADER[fault](raw_part)
    raw = faults.message(raw_part)
    try:
        raw = faults.BODY[body](raw)
    except ValueError:  # the fault does not apply to what others have left
        return
    if structure != "none" and raw.count(b"--" + faults.BOUNDARY) == 3:
        raw = faults.STRUCTURE[structure](raw)
    for fault in header:
        raw = {**faults.HEADER, **faults.MESSAGE_HEADER}[fault](raw)
    if ends != "none" and not body.startswith(BINARY):
        raw = faults.LINES[ends](raw)
    parsed = parse_message(faults.WRAPPED[wrapped](raw))
    assert parsed.problem is not None or any(a.dropped is None for a in parsed.attachments)


@pytest.mark.parametrize(
    ("fault", "mark"),
    [
        ("two padded pieces", "encoding_mended"),
        ("no encoding", "encoding_mended"),
        ("footer", "encoding_mended"),
        ("no padding", "encoding_mended"),
        ("twice base64", "encoding_mended"),
        ("! at the ends of lines", "encoding_mended"),
        ("raw as base64", "encoding_mended"),
    ],
)
def test_a_scan_that_had_to_be_put_together_says_so(fault: str, mark: str) -> None:
    (found,) = _kept(faults.BODY[fault](WHOLE))
    assert found.marks == (mark,)


@pytest.mark.parametrize(
    "fault", ["blanks at the ends of lines", "empty lines between", "one line"]
)
def test_what_loses_nothing_and_is_common_is_no_mark(fault: str) -> None:
    (found,) = _kept(faults.BODY[fault](WHOLE))
    assert found.marks == ()


def test_a_scan_that_is_cut_or_has_a_wrong_sign_is_had_as_far_as_it_goes_and_marked() -> None:
    packed = faults.lines(SCAN)
    (cut,) = _kept(faults.message(faults.part(SCAN, packed[:1999] + b"\r\n")))
    assert SCAN.startswith(cut.data)
    assert len(cut.data) > 1400
    assert cut.marks == ("damaged_base64",)
    wrong = packed[:1000] + b"\xa7" + packed[1001:]  # one sign replaced: what follows stays whole
    (found,) = _kept(faults.message(faults.part(SCAN, wrong)))
    assert found.marks == ("damaged_base64",)
    assert (found.data[:700], found.data[800:]) == (SCAN[:700], SCAN[800:])
    short = packed[:1000] + packed[1003:]  # three signs lost: only this line suffers
    (found,) = _kept(faults.message(faults.part(SCAN, short)))
    assert found.marks == ("damaged_base64",)
    assert (found.data[:700], found.data[800:]) == (SCAN[:700], SCAN[800:])


def test_what_came_in_a_damaged_mail_inside_carries_its_mark() -> None:
    packed = faults.lines(WHOLE)
    inner = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    half = len(packed) // 2 // 78 * 78
    (found,) = _kept(faults.message(inner + packed[:half] + b"\xa7" + packed[half:], b"OUT"))
    assert "damaged_base64" in found.marks


def test_a_scan_that_no_part_yields_is_noticed() -> None:
    """In a place where nobody looks for files: the value of a field."""
    field = b"X-Scan: " + base64.b64encode(SCAN) + b"\r\n"
    raw = WHOLE.replace(b"Subject:", field + b"Subject:", 1)
    beside = parse_message(raw)
    assert [found.data for found in beside.attachments] == [SCAN]  # the same file: accounted for
    alone = faults.HEAD + field + b"Content-Type: text/plain\r\n\r\nPlease find attached.\r\n"
    parsed = parse_message(alone)
    assert (parsed.attachments, parsed.problem) == ((), "hidden_scan")
    other = parse_message(raw.replace(faults.part(SCAN), faults.part(SCAN[:20] + b"y" + SCAN[20:])))
    assert len(other.attachments) == 1  # documents are taken in all the same
    assert other.problem == "hidden_scan"


@pytest.mark.parametrize(
    "text",
    [
        SCAN.hex().encode(),
        b"\r\n".join(SCAN.hex().upper().encode()[at : at + 64] for at in range(0, 2000, 64)),
        b"=ybegin line=128 size=9 name=note.pdf\r\n" + bytes((b + 42) % 256 for b in SCAN[:9]),
    ],
    ids=["hex", "hex in lines", "yEnc"],
)
def test_a_scan_in_a_coding_that_is_not_undone_is_a_person_s_business(text: bytes) -> None:
    parsed = parse_message(faults.HEAD + b"Content-Type: text/plain\r\n\r\nDear all\r\n" + text)
    assert parsed.problem == "hidden_scan"


def test_base64_without_its_beginning_in_a_text_is_noticed_and_a_key_is_no_alarm() -> None:
    packed = faults.lines(SCAN)[78:]
    text = faults.HEAD + b"Content-Type: text/plain\r\n\r\n" + packed
    assert parse_message(text).problem == "hidden_scan"
    key = b"-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\n" + packed
    assert parse_message(faults.HEAD + b"\r\nRegards\r\n" + key).problem is None


def test_an_automatic_reply_that_hides_a_scan_is_not_skipped() -> None:
    field = b"Auto-Submitted: auto-replied\r\nX-Scan: " + base64.b64encode(SCAN) + b"\r\n"
    parsed = parse_message(faults.HEAD + field + b"\r\nOut of office.\r\n")
    assert (parsed.skip_reason, parsed.problem) == (None, "hidden_scan")


LOGO = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 120, 60) + b"\0" * 900
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(300)


@pytest.mark.parametrize(
    "text",
    [
        b"The file begins with %PDF-1.4 and cannot be opened.",
        b"We use:\r\n%PDF-1.4 is the version.\r\nRegards",
        b"It starts with JVBERi0xLjQ, which is base64.",
        b"> JVBERi0xLjQKJeLjz9MK\r\n> was in the middle of it",
        b"It said PK\x03\x04, and GIF89a too",
        b"We attach II* and MM as agreed. /9j/4AAQSkZJRg==",
        b"--\r\nRegistry\r\nMission of Freedonia",
        b"---------- Forwarded message ---------\r\nFrom: a@example.org\r\nSubject: x\r\n\r\nhi",
        b"________________\r\nFrom: a@example.org\r\nSent: today\r\nContent: none\r\n\r\nhi",
        b"-----Original Message-----\r\nContent-free text\r\n",
        b"begin 2019 with the list\r\n",
    ],
)
def test_an_ordinary_text_is_no_alarm(text: bytes) -> None:
    for raw in (
        faults.HEAD + b"Content-Type: text/plain\r\n\r\n" + text + b"\r\n",
        faults.message(b"Content-Type: text/plain\r\n\r\n" + text + b"\r\n"),
        faults.HEAD + b"Subject: " + text[:20].replace(b"\r\n", b" ") + b"\r\n\r\nhi\r\n",
    ):
        parsed = parse_message(raw)
        assert (parsed.attachments, parsed.problem) == ((), None)


def test_what_lies_inside_of_a_file_is_no_file_of_its_own() -> None:
    scan = SCAN[:500] + JPEG + LOGO + b"PK\x03\x04" + bytes(300) + SCAN[500:]
    for part in (
        faults.part(scan),
        faults.part(scan, scan + b"\r\n").replace(b"base64", b"8bit"),
        faults.part(scan, base64.b64encode(scan) + b"\r\n"),
    ):
        parsed = parse_message(faults.message(part))
        assert [found.data for found in parsed.attachments] == [scan]
        assert parsed.problem is None


@pytest.mark.parametrize("shift", range(0, 76, 5))
def test_a_logo_in_the_page_is_accounted_for_wherever_its_lines_break(shift: int) -> None:
    source = b"x" * shift + b'<img src="data:image/png;base64,' + base64.b64encode(LOGO) + b'">'
    page = quopri.encodestring(b"<html><body>" + source + b"</body></html>")
    kind = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    parsed = parse_message(faults.message(kind + page.replace(b"\n", b"\r\n") + b"\r\n"))
    assert [found.dropped for found in parsed.attachments] == ["signature_logo"]
    assert parsed.problem is None


def test_a_dropped_logo_is_accounted_for() -> None:
    part = (
        b"Content-Type: image/png\r\nContent-ID: <l>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + faults.lines(LOGO)
    )
    parsed = parse_message(faults.message(part))
    assert [found.dropped for found in parsed.attachments] == ["signature_logo"]
    assert parsed.problem is None


def _image(width: int, height: int, size: int) -> bytes:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", width, height)
    return head + b"\0" * (size - len(head))


@pytest.mark.parametrize(
    ("picture", "dropped"),
    [
        (_image(300, 90, 5000), True),
        (_image(600, 180, 20_000), True),
        (_image(16, 16, 400), True),
        (_image(620, 877, 20_000), False),  # A4 at 75 dpi
        (_image(1200, 300, 40_000), False),  # a strip of a page
        (_image(480, 640, 30_000), False),
        (_image(300, 90, 130_000), False),  # more in it than a logo has
        (b"\xff\xd8\xff\xe0" + b"\0" * 2000, False),  # of unknown size
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + b"\0" * 2000, False),
    ],
)
def test_only_what_could_be_no_page_is_a_logo(picture: bytes, *, dropped: bool) -> None:
    part = (
        b"Content-Type: image/png\r\nContent-ID: <l>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + faults.lines(picture)
    )
    (found,) = parse_message(faults.message(part)).attachments
    assert (found.dropped is not None) == dropped


def test_a_message_packed_with_gzip_and_a_scan_packed_so_are_opened() -> None:
    _assert_found(gzip.compress(WHOLE))
    part = faults.part(gzip.compress(SCAN)).replace(b"nv.pdf", b"nv.pdf.gz")
    (found,) = _kept(faults.message(part))
    assert (found.filename, found.data) == ("nv.pdf", SCAN)


def test_of_a_packed_message_that_is_cut_short_comes_what_is_left() -> None:
    packed = gzip.compress(WHOLE, compresslevel=0)
    found = parse_message(packed[: len(packed) * 9 // 10])
    assert found.from_address == "mission@freedonia.example"


def test_a_gzip_bomb_is_recorded_and_not_unpacked() -> None:
    packed = gzip.compress(bytes(3_000_000))
    raw = faults.message(faults.part(packed))
    (found,) = parse_message(raw, ParseLimits(max_unpacked_mb=1)).attachments
    assert (found.problem, found.data) == ("too_large", b"")


def test_the_facts_of_a_mended_header_are_right() -> None:
    for fault in (*faults.HEADER.values(), *faults.MESSAGE_HEADER.values()):
        parsed = parse_message(fault(WHOLE))
        assert parsed.from_address == "mission@freedonia.example"
        assert parsed.subject == "Note verbale"
        assert parsed.message_id == "<x1@freedonia.example>"


def test_words_declared_as_base64_are_still_words() -> None:
    raw = (
        faults.HEAD
        + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"We nominate as delegate\r\nMr. Kofi Mensah, delegate\r\n"
    )
    assert parse_message(raw).problem == "names_in_body"


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=600), part=st.booleans())
def test_a_header_ends_within_the_data_and_holds_clean_fields(
    data: bytes,
    part: bool,
) -> None:
    split = header_repair.split(data, 0, len(data), 10_000, part=part)
    assert 0 <= split.body <= len(data)
    lines = split.header.split(b"\n")
    assert lines[-2:] == [b"", b""] or split.header == b"\n"
    assert all(line[:1] == b" " or b":" in line for line in lines[:-2])
    assert b"\0" not in split.header


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([b"--a", b"--a--", b"--b", b"x", b"", b"--a  ", b"y--a"]), max_size=30
    ),
    st.sampled_from([b"\r\n", b"\n", b"\r"]),
)
def test_the_sections_of_a_multipart_are_in_order_and_do_not_overlap(
    lines: list[bytes], end: bytes
) -> None:
    data = end.join(lines)
    behind = 0
    for section in boundaries.sections(data, 0, len(data), (b"a",)):
        assert behind <= section.start <= section.end <= len(data)
        behind = section.end
    found = list(boundaries.sections(data, 0, len(data), (b"a",)))
    delimiters = sum(line.rstrip() in (b"--a", b"--a--") for line in lines)
    assert len(found) == (delimiters + 1 if delimiters else 0)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(min_size=12, max_size=300), st.integers(1, 3), st.sampled_from(["base64", "", "x"])
)
def test_base64_of_a_file_is_undone_however_often_and_whatever_is_declared(
    data: bytes, rounds: int, declared: str
) -> None:
    scan = packed = b"%PDF-1.4\n" + data
    for _ in range(rounds):
        packed = base64.encodebytes(packed)
    assert content(declared, packed).data == scan


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_base64_of_anything_raises_nothing(data: bytes) -> None:
    found, mark = base64_text.decoded(data)
    assert len(found) <= len(data)
    assert mark in (None, base64_text.DAMAGED, base64_text.MENDED)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([WHOLE, *(wrap(WHOLE) for wrap in faults.WRAPPED.values())]),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=4)), min_size=1, max_size=6),
)
def test_a_message_changed_anywhere_is_an_outcome(
    raw: bytes, changes: list[tuple[int, bytes]]
) -> None:
    changed = bytearray(raw)
    for at, noise in changes:
        at %= len(changed)
        changed[at : at + len(noise)] = noise
    try:
        parse_message(bytes(changed))
    except IngestError:
        return
