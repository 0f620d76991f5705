"""Messages taken apart: files found however they are hidden, names harmless, limits kept."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError, MessageTooLarge
from ingest.limits import ParseLimits
from ingest.mime import parse_message
from ingest.mime_child import parse_limited

SAMPLES = Path(__file__).parents[2] / "samples"
PDF = b"%PDF-1.4\n" + b"x" * 5000
MAILS = sorted((SAMPLES / "mail").glob("*.eml"))


def _mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "registry@example.org"
    message["Subject"] = "note"
    message["Message-ID"] = "<1@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Please find attached.")
    return message


def test_there_are_sample_messages() -> None:
    assert len(MAILS) >= 6


@pytest.mark.parametrize("mail", MAILS, ids=lambda p: p.stem)
def test_the_samples_are_taken_apart_as_their_truth_says(mail: Path) -> None:
    truth = json.loads((SAMPLES / "truth" / f"{mail.stem}.json").read_text(encoding="utf-8"))
    parsed = parse_limited(mail.read_bytes())
    kept = [a for a in parsed.attachments if a.dropped is None]
    assert parsed.message_id == truth["message_id"]
    assert parsed.from_address == truth["from_address"]
    assert parsed.subject == truth["subject"]
    assert parsed.received_at is not None
    assert parsed.received_at.isoformat() == truth["received_at"]
    assert [a.filename for a in kept] == [a["filename"] for a in truth["attachments"]]
    assert [a.sha256 for a in kept] == [a["sha256"] for a in truth["attachments"]]
    assert [a.filename for a in parsed.attachments if a.dropped] == truth["dropped"]


def test_a_pdf_as_the_root_part_is_found() -> None:
    message = EmailMessage()
    message["From"] = "a@example.org"
    message.set_content(PDF, maintype="application", subtype="pdf")
    assert [a.data for a in parse_message(message.as_bytes()).attachments] == [PDF]


def test_an_inline_pdf_inside_an_alternative_is_found() -> None:
    raw = (
        b"Content-Type: multipart/alternative; boundary=A\r\n\r\n--A\r\nContent-Type: text/plain"
        b"\r\n\r\nhi\r\n--A\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n"
        b"Content-Type: text/html\r\n\r\n<p>hi</p>\r\n--B\r\nContent-Type: application/pdf\r\n"
        b"Content-Disposition: inline; filename=note.pdf\r\nContent-Transfer-Encoding: base64"
        b"\r\n\r\n" + base64.encodebytes(PDF) + b"\r\n--B--\r\n--A--\r\n"
    )
    assert [a.filename for a in parse_message(raw).attachments] == ["note.pdf"]


def test_an_unquoted_name_with_a_space_is_whole() -> None:
    raw = (
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment; "
        b"filename=note verbale.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(PDF)
    )
    assert [a.filename for a in parse_message(raw).attachments] == ["note verbale.pdf"]


def test_a_base64_encoded_message_is_opened() -> None:
    inner = _mail()
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="inner.pdf")
    raw = (
        b"Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\nContent-Type: message/rfc822\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(inner.as_bytes())
        + b"\r\n--A--\r\n"
    )
    assert [a.filename for a in parse_message(raw).attachments] == ["inner.pdf"]


def test_base64_cut_in_the_middle_is_marked_damaged() -> None:
    encoded = base64.encodebytes(PDF)
    cut = encoded[:200] + b"=\r\n" + encoded[200:]
    raw = (
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + cut
    )
    assert [a.problem for a in parse_message(raw).attachments] == ["damaged_base64"]


def test_zip_members_are_taken_and_bombs_are_not() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../note.pdf", PDF)
        archive.writestr("bomb.pdf", b"0" * 3_000_000)
    message = _mail()
    message.add_attachment(
        packed.getvalue(), maintype="application", subtype="zip", filename="n.zip"
    )
    found = parse_message(message.as_bytes(), ParseLimits(max_unpacked_mb=1)).attachments
    assert [(a.filename, a.problem) for a in found] == [
        ("note.pdf", None),
        ("bomb.pdf", "too_large"),
    ]


def test_a_logo_is_dropped_and_recorded_but_a_scanned_image_is_kept() -> None:
    message = _mail()
    png = b"\x89PNG\r\n\x1a\n"
    message.add_attachment(
        png + b"0" * 900,
        maintype="image",
        subtype="png",
        filename="logo.png",
        cid="<l@x>",
        disposition="inline",
    )
    message.add_attachment(
        png + b"0" * 90_000, maintype="image", subtype="png", filename="scan.png"
    )
    found = {a.filename: a.dropped for a in parse_message(message.as_bytes()).attachments}
    assert found == {"logo.png": "signature_logo", "scan.png": None}


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto-Submitted": "auto-replied"}, "auto_reply"),
        ({"Precedence": "auto_reply"}, "auto_reply"),
        ({"Auto-Submitted": "no"}, None),
    ],
)
def test_automatic_replies_are_recognised(headers: dict[str, str], reason: str | None) -> None:
    assert parse_message(_mail(**headers).as_bytes()).skip_reason == reason


def test_a_scan_is_taken_whatever_the_header_says() -> None:
    message = _mail(**{"Auto-Submitted": "auto-generated"})
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="n.pdf")
    assert parse_message(message.as_bytes()).skip_reason is None


def test_a_header_over_the_limit_is_refused_before_it_is_parsed() -> None:
    raw = b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\nx"
    with pytest.raises(MessageTooLarge):
        parse_message(raw)


def test_a_thousand_nested_parts_are_no_crash() -> None:
    raw = b"Content-Type: text/plain\r\n\r\nx"
    for number in range(1000):
        boundary = f"b{number}".encode()
        raw = (
            b"Content-Type: multipart/mixed; boundary="
            + boundary
            + b"\r\n\r\n--"
            + boundary
            + b"\r\n"
            + raw
            + b"\r\n--"
            + boundary
            + b"--\r\n"
        )
    try:
        parsed = parse_limited(raw)
    except IngestError:
        return
    assert parsed.problem == "too_many_parts"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000))
def test_arbitrary_bytes_raise_nothing_but_our_errors(data: bytes) -> None:
    try:
        parsed = parse_message(data)
    except IngestError:
        return
    for attachment in parsed.attachments:
        assert "/" not in attachment.filename
        assert "\\" not in attachment.filename


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(MAILS[:4]), st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_mutated_messages_raise_nothing_but_our_errors(mail: Path, at: int, noise: bytes) -> None:
    data = mail.read_bytes()
    try:
        parse_message(data[:at] + noise + data[at + len(noise) :])
    except IngestError:
        return
