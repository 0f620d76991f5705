"""Messages taken apart: files found however they are hidden, names harmless, limits kept."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.base64_text import decoded as base64_decoded
from ingest.errors import IngestError, MessageTooLarge
from ingest.limits import ParseLimits
from ingest.mime import parse_message
from ingest.mime_child import parse_limited
from tests.work import at_most

SAMPLES = Path(__file__).parents[2] / "samples"
PDF = b"%PDF-1.4\n" + b"x" * 5000
MAILS = sorted((SAMPLES / "mail").glob("*.eml"))


FRAGMENTS = (
    b"Content-Type: multipart/mixed; boundary=A\r\n",
    b"Content-Type: multipart/mixed\r\n",
    b"Content-Type: message/rfc822\r\n",
    b"Content-Type: text/plain; charset=\xe9\x00x\r\n",
    b"Content-Type: application/pdf; name*0*=x''%ff; name*1=\x00\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Disposition: attachment; filename*=\xff''a; filename=\r\n",
    b"Message-ID: <[..]>\r\n",
    b"From: =?utf-8?b?/w=?= <@>, :;\xe9\r\n",
    b"Date: Mon, 99 Foo 99999 99:99:99 +9999\r\n",
    b"Received: x; Fri, 01 Jan 0001 00:00:00 +2359\r\n",
    b"\r\n",
    b"\r\n--A\r\n",
    b"\r\n--A--\r\n",
    b"JVBERi0xLjQ\r\n",
    b"\xff\xfe\x00=====\r\n",
    b"PK\x03\x04\x14\x00\r\n",
)


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
    assert f"<{parsed.from_address}>".encode() in mail.read_bytes().partition(b"\r\nSubject:")[0]
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


def test_base64_with_a_stray_sign_in_the_middle_is_whole_and_marked() -> None:
    encoded = base64.encodebytes(PDF)
    cut = encoded[:200] + b"=\r\n" + encoded[200:]
    raw = (
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + cut
    )
    (found,) = parse_message(raw).attachments
    assert (found.data, found.problem, found.marks) == (PDF, None, ("encoding_mended",))


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
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 300, 90)
    page = png[:-8] + struct.pack(">II", 1654, 2339)
    message.add_attachment(
        png + b"0" * 900,
        maintype="image",
        subtype="png",
        filename="logo.png",
        cid="<l@x>",
        disposition="inline",
    )
    message.add_attachment(
        page + b"0" * 20_000,
        maintype="image",
        subtype="png",
        filename="scan.png",
        cid="<s@x>",
        disposition="inline",
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


def _part(content_type: str, body: bytes, *fields: bytes) -> bytes:
    """A message of one base64 part."""
    lines = (b"From: a@example.org", b"Content-Type: " + content_type.encode(), *fields)
    return (
        b"\r\n".join((*lines, b"Content-Transfer-Encoding: base64"))
        + b"\r\n\r\n"
        + base64.encodebytes(body).replace(b"\n", b"\r\n")
    )


def test_blanks_in_base64_and_a_missing_padding_lose_nothing() -> None:
    head, _, body = _part("application/pdf; name=a.pdf", PDF + b"x").partition(b"\r\n\r\n")
    raw = head + b"\r\n\r\n" + body.replace(b"\r\n", b" \t\r\n").replace(b"=", b"")
    (found,) = parse_message(raw).attachments
    assert (found.data, found.problem) == (PDF + b"x", None)


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        (b'"minister@mfa.example" <x@elsewhere.example>', "x@elsewhere.example"),
        (b"minister@mfa.example <x@elsewhere.example>", "x@elsewhere.example"),
        (b"=?utf-8?q?minister=40mfa=2Eexample=2C?= <x@elsewhere.example>", "x@elsewhere.example"),
        (b"Registry, Mission of Kenya <vienna@mfa-post.ke>", "vienna@mfa-post.ke"),
        (b"registry@example.org (Registry)", "registry@example.org"),
        (b"=?utf-8?q?Registry_=3Cr=40example=2Eorg=3E?=", "r@example.org"),
        (b"(" * 20_000, None),
        (b"", None),
    ],
)
def test_the_sender_is_the_address_not_the_name_before_it(
    sender: bytes, address: str | None
) -> None:
    assert parse_message(b"From: " + sender + b"\r\n\r\nhi").from_address == address


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Réponse du Sénégal".encode(), "Réponse du Sénégal"),
        ("Réponse".encode("cp1252"), "Réponse"),
        (b"=?gb2312?B?1dW74Q==?=", "照会"),
        (b"Re: =?utf-8?B?0J3Q?=\r\n =?utf-8?B?vtGC0LA=?= 12", "Re: Нота 12"),
        (b"=?no-such-charset?q?Note?=", "Note"),
        (b"=?utf-8?b?a?= x", "=?utf-8?b?a?= x"),
    ],
)
def test_subjects_are_read_however_they_are_encoded(subject: bytes, text: str) -> None:
    assert parse_message(b"Subject: " + subject + b"\r\n\r\nhi").subject == text


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("filename*=UTF-8''r%C3%A9ponse%20n%C2%B0%201.pdf", "réponse n° 1.pdf"),
        ("filename*0*=UTF-8''r%C3%A9;\r\n filename*1=ponse.pdf", "réponse.pdf"),
        ('filename="=?UTF-8?B?0L3QvtGC0LAucGRm?="', "нота.pdf"),
        ('filename="réponse.pdf"', "réponse.pdf"),
        ("filename=note verbale no 5.pdf; size=3", "note verbale no 5.pdf"),
        ('filename="../../etc/note.pdf"', "note.pdf"),
        ('filename="Note 12/2019.pdf"', "Note 12_2019.pdf"),
        ('filename="a\u202efdp.exe\x00.pdf"', "afdp.exe.pdf"),
        ("filename*=no-such-charset''note.pdf", "note.pdf"),
        ("filename=" + ";" * 500_000, "attachment.pdf"),
    ],
)
def test_file_names_are_read_and_made_harmless(field: str, name: str) -> None:
    raw = _part("application/pdf", PDF, b"Content-Disposition: attachment; " + field.encode())
    assert [a.filename for a in parse_message(raw).attachments] == [name]


@pytest.mark.parametrize("declared", ["multipart/mixed", 'multipart/mixed; boundary="other"'])
def test_parts_are_found_without_the_right_boundary(declared: str) -> None:
    inner = _part("application/pdf; name=a.pdf", PDF)
    raw = f"Content-Type: {declared}\r\n\r\nhi\r\n--=_x 1\r\n".encode() + inner + b"\r\n--=_x 1--"
    parsed = parse_message(raw)
    assert [(a.filename, a.data) for a in parsed.attachments] == [("a.pdf", PDF)]
    assert parse_message(b"Content-Type: multipart/mixed\r\n\r\nhi").problem == "no_parts"


@pytest.mark.parametrize(
    "declared",
    [b"Content-Type: text/plain", b"Content-Type: text/html; charset=utf-8", b"X-Nothing: x"],
)
def test_a_scan_without_a_name_is_told_from_its_bytes_not_from_its_declared_type(
    declared: bytes,
) -> None:
    body = base64.encodebytes(PDF)
    leaf = declared + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body
    inside = b"Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\n" + leaf + b"\r\n--A--\r\n"
    for raw in (b"From: a@example.org\r\n" + leaf, inside):
        found = parse_message(raw).attachments
        assert [(a.filename, a.data) for a in found] == [("attachment.pdf", PDF)]


@pytest.mark.parametrize(
    "body",
    [
        b"From: a@example.org\r\nSubject: quoted\r\n\r\nhi",
        "Bonjour".encode("utf-16-be"),
        b"BEGIN:VCALENDAR\r\n",
        b"hi \x01\x02",
    ],
)
def test_text_without_a_name_is_the_mail_itself_and_no_file(body: bytes) -> None:
    raw = _part("text/plain; charset=utf-16be", body)
    assert parse_message(raw).attachments == ()
    assert parse_message(b"Subject: x\r\n\r\n" + body).attachments == ()


def test_undeclared_base64_that_is_no_text_is_a_file() -> None:
    raw = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(b"\x00\x01" * 50)
    assert [a.media_type for a in parse_message(raw).attachments] == ["application/octet-stream"]


def test_a_reply_encrypted_with_pgp_says_so() -> None:
    raw = b"Content-Type: text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n"
    assert [a.problem for a in parse_message(raw).attachments] == ["encrypted"]


def test_a_multipart_that_is_the_scan_itself_is_found() -> None:
    (found,) = parse_message(_part("multipart/mixed", PDF)).attachments
    assert found.data == PDF


def test_a_signature_apart_is_no_document_and_an_encrypted_one_says_so() -> None:
    oid = bytes.fromhex("308006092a864886f70d0107")
    for declared in ("application/pkcs7-signature", "application/octet-stream; name=smime.p7s"):
        (found,) = parse_message(_part(declared, oid + b"\x02rest")).attachments
        assert (found.dropped, found.problem) == ("signature", None)
    for kind, problem in ((b"\x02", "corrupt"), (b"\x03", "encrypted")):
        raw = _part("application/pkcs7-mime; name=smime.p7m", oid + kind + b"rest")
        assert [a.problem for a in parse_message(raw).attachments] == [problem]


def test_what_mail_programs_add_is_recorded_as_no_document() -> None:
    message = _mail()
    for name, data in (
        ("invite.ics", b"BEGIN:VCALENDAR\r\n"),
        ("card.vcf", b"BEGIN:VCARD\r\n"),
        ("ATT00001.txt", b"This message is confidential."),
    ):
        message.add_attachment(data, maintype="application", subtype="x", filename=name)
    found = parse_message(message.as_bytes()).attachments
    assert [a.dropped for a in found] == ["calendar", "contact_card", "text_part"]


def test_messages_in_an_archive_are_opened_and_litter_is_left() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("reply.eml", _part("application/pdf; name=a.pdf", PDF))
        archive.writestr("__MACOSX/._reply.eml", b"x")
        archive.writestr("Thumbs.db", b"x")
    raw = _part("application/zip; name=n.zip", packed.getvalue())
    assert [(a.filename, a.data) for a in parse_message(raw).attachments] == [("a.pdf", PDF)]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("delivery-status", "bounce"), ("disposition-notification", "read_receipt")],
)
def test_a_report_that_returns_our_own_message_is_skipped(kind: str, reason: str) -> None:
    raw = (
        f"Content-Type: multipart/report; report-type={kind}; boundary=A\r\n\r\n--A\r\n\r\n"
        f"sorry\r\n--A\r\nContent-Type: message/{kind}\r\n\r\nReporting-MTA: dns; x\r\n\r\n--A\r\n"
        "Content-Type: message/rfc822\r\n\r\n"
    ).encode() + _part("application/pdf; name=invitation.pdf", PDF)
    assert parse_message(raw + b"\r\n--A--\r\n").skip_reason == reason


def test_suppressing_automatic_answers_is_no_automatic_answer() -> None:
    assert parse_message(_mail(X_Auto_Response_Suppress="All").as_bytes()).skip_reason is None


def _png(width: int, height: int, size: int) -> bytes:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", width, height)
    return head + b"0" * (size - len(head))


@pytest.mark.parametrize(
    ("content_type", "data", "reason"),
    [
        ("image/png; name=logo.png", _png(300, 90, 5000), "auto_reply"),
        ("image/png; name=odd.png", _png(808_464_432, 1, 5000), "auto_reply"),
        ("image/png; name=scan.png", _png(1654, 2339, 20_000), None),
        ("application/pdf; name=scan.pdf", PDF, None),
        ("application/octet-stream; name=damaged.pdf", b"\x00" * 500, None),
    ],
)
def test_an_automatic_reply_with_a_logo_is_skipped_and_one_with_a_file_is_not(
    content_type: str, data: bytes, reason: str | None
) -> None:
    raw = _part(content_type, data, b"Auto-Submitted: auto-replied")
    assert parse_message(raw).skip_reason == reason


def test_a_bounce_known_by_its_failed_recipients_is_skipped_whatever_it_returns() -> None:
    raw = _part("application/pdf; name=invitation.pdf", PDF, b"X-Failed-Recipients: a@example.org")
    raw = raw.replace(b"From: a@", b"From: Mailer-Daemon@", 1)
    assert parse_message(raw).skip_reason == "bounce"


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def test_what_comes_out_of_nested_archives_is_counted_together() -> None:
    inner = _zip(("a.pdf", PDF * 20))
    outer = _part("application/zip", _zip(*((f"{n}.zip", inner) for n in range(50))))
    found = parse_message(outer, ParseLimits(max_unpacked_mb=1)).attachments
    assert sum(len(a.data) for a in found) <= 1_000_000
    assert {a.problem for a in found} == {None, "too_large"}
    assert len(found) == 50


def test_members_of_archives_count_as_parts() -> None:
    inner = _zip(*((f"{n}.pdf", PDF) for n in range(20)))
    parsed = parse_message(
        _part("application/zip", _zip(*((f"{n}.zip", inner) for n in range(9)))),
        ParseLimits(max_parts=50),
    )
    assert len(parsed.attachments) < 50
    assert parsed.problem == "too_many_parts"


def test_a_signed_message_in_an_archive_has_its_problem() -> None:
    signed = bytes.fromhex("308006092a864886f70d010702") + b"rest"
    (found,) = parse_message(_part("application/zip", _zip(("n.p7m", signed)))).attachments
    assert (found.filename, found.problem) == ("n.p7m", "corrupt")


def test_an_archive_whose_directory_is_emptied_is_no_empty_archive() -> None:
    packed = _zip(("a.pdf", PDF))
    emptied = packed[: packed.index(b"PK\x01\x02")] + _zip()
    found = parse_message(_part("application/zip; name=n.zip", emptied)).attachments
    assert [(a.problem, a.data) for a in found] == [("corrupt", emptied)]


ARCHIVES = tuple(
    _zip(("a.pdf", PDF), ("b/é.pdf", PDF), ("c.zip", _zip(("d.pdf", PDF))), method=method)
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(ARCHIVES),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=5),
)
def test_damaged_archives_are_an_outcome_and_raise_nothing(
    archive: bytes, changes: list[tuple[int, int]]
) -> None:
    damaged = bytearray(archive)
    for at, byte in changes:
        damaged[-1 - at % (len(damaged) - 4)] = byte  # the signature stays, so that it is opened
    parsed = parse_message(_part("application/zip; name=n.zip", bytes(damaged)))
    assert parsed.attachments


@pytest.mark.parametrize("noise", [b";", b"\xe9;", b'"', b"; a"])
@pytest.mark.parametrize("kind", [b"multipart/mixed", b"application/pdf"])
def test_a_long_content_type_takes_no_time(kind: bytes, noise: bytes) -> None:
    part = b"Content-Type: " + kind + noise * 400_000 + b"\r\n\r\nx"
    inside = b"Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\n" + part
    limits = ParseLimits(max_header_kb=2000)
    for raw in (part, inside):
        with at_most(cpu_s=3):
            found = parse_message(raw, limits)
        assert found.attachments == ()


def test_the_header_of_a_part_is_limited_too() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\nX-Long: " + b"x" * 50_000
    with pytest.raises(MessageTooLarge):
        parse_message(raw + b"\r\n\r\nhi\r\n--A--\r\n", ParseLimits(max_header_kb=40))


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=0, max_size=400))
def test_base64_comes_back_whole_whatever_its_line_breaks(data: bytes) -> None:
    assert base64_decoded(base64.encodebytes(data)) == (data, None)
    assert base64_decoded(base64.b64encode(data).rstrip(b"="))[0] == data


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(b"".join))
def test_odd_structures_raise_nothing_but_our_errors(data: bytes) -> None:
    try:
        parse_message(data)
    except IngestError:
        return


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
@given(
    st.sampled_from(MAILS[:4]),
    st.integers(0, 3000) | st.integers(0, 1 << 20),
    st.binary(min_size=1, max_size=8),
)
def test_mutated_messages_raise_nothing_but_our_errors(mail: Path, at: int, noise: bytes) -> None:
    data = mail.read_bytes()
    at %= len(data)
    try:
        parse_message(data[:at] + noise + data[at + len(noise) :])
    except IngestError:
        return


def test_twenty_thousand_parts_end_in_an_outcome_and_soon() -> None:
    part = b"--A\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    raw = b"Content-Type: multipart/mixed; boundary=A\r\n\r\n" + part * 20_000 + b"--A--\r\n"
    with at_most(cpu_s=3):
        with pytest.raises(MessageTooLarge):
            parse_message(raw)
        parsed = parse_message(raw[: 45 + 35 * 5000])
    assert parsed.problem == "too_many_parts"


@pytest.mark.parametrize(
    "field",
    [
        b"Message-ID: <[127.0.0.1]>",
        b"Message-ID: <[...]>",
        b"From: =?utf-8?q?a=0Ab?= <x@example.org>",
        b"From: @,@;:<>",
        b"Content-Type: application/pdf; name*0*=x''%ff; name*2=b",
        b"Content-Disposition: attachment; filename*=utf-8",
        b'Content-Type: text/plain; charset="a\x00b"',
        b"Content-Type: text/plain; charset=no-such-charset",
        b"To: " + b"<a@example.org>, " * 60_000,
    ],
)
def test_fields_that_make_the_library_stumble_are_read_or_left(field: bytes) -> None:
    raw = field + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(PDF)
    with at_most(cpu_s=2):
        parsed = parse_message(raw, ParseLimits(max_header_kb=2000))
    assert [a.data for a in parsed.attachments] == [PDF]
