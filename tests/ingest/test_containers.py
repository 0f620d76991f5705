"""Files inside winmail.dat, Outlook messages, signed mail, mboxes and plain text."""

from __future__ import annotations

import base64
import binascii
import io
import struct
import subprocess
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
import tnefparse
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import tnef
from ingest.errors import IngestError
from ingest.limits import ParseLimits
from ingest.mime import parse_message
from ingest.people_in_body import names_people
from ingest.types import ParsedMessage
from tests.ingest.office_files import compound, outlook, outlook_tree, winmail
from tests.work import at_most

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 20 + b"\n%%EOF"
TIFF = b"II*\x00" + b"\x08\x00\x00\x00" + b"x" * 9000


def _mail(data: bytes, filename: str, subtype: str = "octet-stream") -> bytes:
    message = EmailMessage()
    message["From"] = "registry@example.org"
    message["Subject"] = "note"
    message.set_content("Please find attached.")
    message.add_attachment(data, maintype="application", subtype=subtype, filename=filename)
    return message.as_bytes()


def _found(parsed: ParsedMessage) -> list[tuple[str, bytes, str | None]]:
    return [(a.filename, a.data, a.problem) for a in parsed.attachments if a.dropped is None]


def test_files_in_winmail_dat_are_found_with_their_long_names() -> None:
    packed = winmail(("Note verbale du 3 avril.pdf", PDF), ("скан.tif", TIFF))
    assert _found(parse_message(_mail(packed, "winmail.dat", "ms-tnef"))) == [
        ("Note verbale du 3 avril.pdf", PDF, None),
        ("скан.tif", TIFF, None),
    ]


def test_a_message_inside_winmail_dat_is_opened() -> None:
    packed = winmail(winmail(("inner.pdf", PDF)), ("outer.pdf", TIFF))
    assert _found(parse_message(_mail(packed, "winmail.dat"))) == [
        ("inner.pdf", PDF, None),
        ("outer.pdf", TIFF, None),
    ]


@pytest.mark.parametrize("cut", [20, 60, 120, 2000])
def test_a_damaged_winmail_dat_is_marked_and_never_silently_empty(cut: int) -> None:
    packed = winmail(("note.pdf", PDF))
    (found,) = parse_message(_mail(packed[:cut], "winmail.dat")).attachments
    if cut > 60:  # what is there of the scan is read, and its rows are in doubt
        assert (found.problem, found.marks) == (None, ("damaged_container",))
        assert PDF.startswith(found.data)


def test_winmail_dat_without_files_is_recorded_as_such() -> None:
    (found,) = parse_message(_mail(winmail(), "winmail.dat")).attachments
    assert (found.filename, found.dropped) == ("winmail.dat", "nothing_inside")


def test_an_outlook_message_and_one_inside_it_are_opened() -> None:
    inner = outlook_tree(("inside.pdf", PDF))
    packed = outlook(("Note №5.pdf", PDF), inner, ("small.tif", TIFF[:600]))
    assert _found(parse_message(_mail(packed, "Reply.msg", "vnd.ms-outlook"))) == [
        ("Note №5.pdf", PDF, None),
        ("inside.pdf", PDF, None),
        ("small.tif", TIFF[:600], None),
    ]


def test_a_message_saved_from_outlook_is_a_message_with_its_own_header() -> None:
    tree = outlook_tree(("note.pdf", PDF))
    sent = "From: Mission <mission@mfa.example>\r\nSubject: Note 5\r\nMessage-ID: <a@b>\r\n"
    tree["__substg1.0_007D001F"] = sent.encode("utf-16-le")
    parsed = parse_message(compound(tree))
    assert _found(parsed) == [("note.pdf", PDF, None)]
    assert (parsed.from_address, parsed.subject) == ("mission@mfa.example", "Note 5")
    assert parsed.message_id == "<a@b>"


def test_a_message_saved_from_outlook_without_a_header_is_told_by_its_properties() -> None:
    tree = outlook_tree(("note.pdf", PDF))
    tree["__substg1.0_0037001F"] = "Nota\r\nverbal n.º 5".encode("utf-16-le")
    tree["__substg1.0_5D01001E"] = b"mission@mfa.example"
    parsed = parse_message(compound(tree))
    assert (parsed.from_address, parsed.subject) == ("mission@mfa.example", "Nota verbal n.º 5")


@pytest.mark.parametrize("left", [8, 600, 1500, -1500, -700])
def test_a_damaged_message_saved_from_outlook_is_an_outcome(left: int) -> None:
    parsed = parse_message(outlook(("note.pdf", PDF))[:left])
    assert parsed.attachments[-1].filename == "message.msg"
    assert parsed.attachments[-1].problem == "corrupt"


def test_an_object_in_an_outlook_message_that_is_no_file_has_its_outcome() -> None:
    tree = outlook_tree(("note.pdf", PDF))
    tree["__attach_version1.0_#00000007"] = {
        "__substg1.0_3701000D": {"Workbook": b"x"},
        "__substg1.0_3704001E": b"sheet.xls",
    }
    found = _found(parse_message(_mail(compound(tree), "Reply.msg")))
    assert found == [("note.pdf", PDF, None), ("sheet.xls", b"", "unsupported_container")]


def test_a_damaged_outlook_message_is_an_outcome() -> None:
    packed = outlook(("note.pdf", PDF))
    found = _found(parse_message(_mail(packed[:-700], "Reply.msg")))
    assert found
    assert found[-1][2] == "corrupt"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signer")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30"
    names = ["-subj", "/CN=x", "-keyout", str(folder / "key"), "-out", str(folder / "cert")]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    return folder


def _cms(signer: Path, data: bytes, *how: str) -> bytes:
    key = ["-signer", str(signer / "cert"), "-inkey", str(signer / "key")]
    args = ["-sign", *key] if how[0] == "sign" else ["-encrypt", "-aes128"]
    last = [] if how[0] == "sign" else [str(signer / "cert")]
    done = subprocess.run(
        ["openssl", "cms", *args, "-binary", "-outform", "DER", *how[1:], *last],
        input=data,
        check=True,
        capture_output=True,
    )
    return done.stdout


@pytest.mark.parametrize("how", [("-nodetach",), ("-nodetach", "-stream"), ("-nodetach", "-indef")])
@pytest.mark.parametrize("armoured", [False, True])
def test_what_is_inside_a_signed_message_is_found(
    signer: Path, how: tuple[str, ...], *, armoured: bool
) -> None:
    inner = _mail(PDF, "note.pdf", "pdf")
    entity = inner[inner.index(b"MIME-Version") :]
    signed = _cms(signer, entity, "sign", *how)
    if armoured:
        signed = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(signed) + b"-----END PKCS7-----\n"
    raw = (
        b"From: a@example.org\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data;"
        b" name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(signed)
    )
    assert _found(parse_message(raw)) == [("note.pdf", PDF, None)]


def test_an_entity_of_one_header_line_inside_a_signature_is_opened(signer: Path) -> None:
    entity = (
        b"Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\nContent-Type: application/pdf"
    )
    entity += b"; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(PDF)
    signed = _cms(signer, entity + b"\r\n--A--\r\n", "sign", "-nodetach")
    assert _found(parse_message(_mail(signed, "smime.p7m"))) == [("a.pdf", PDF, None)]


def test_a_signed_file_is_the_file(signer: Path) -> None:
    signed = _cms(signer, PDF, "sign", "-nodetach")
    assert _found(parse_message(_mail(signed, "note.pdf.p7m"))) == [("note.pdf", PDF, None)]


def test_signed_twice_is_opened_twice(signer: Path) -> None:
    signed = _cms(signer, _cms(signer, PDF, "sign", "-nodetach"), "sign", "-nodetach")
    found = _found(parse_message(_mail(signed, "note.pdf.p7m")))
    assert [(data, problem) for _, data, problem in found] == [(PDF, None)]


def test_a_signature_apart_and_an_encrypted_message_say_so(signer: Path) -> None:
    (apart,) = parse_message(_mail(_cms(signer, PDF, "sign"), "note.p7m")).attachments
    assert apart.dropped == "signature"
    locked = _cms(signer, PDF, "encrypt")
    assert [p for _, _, p in _found(parse_message(_mail(locked, "smime.p7m")))] == ["encrypted"]


def test_an_archive_in_an_outlook_message_in_winmail_dat_is_opened() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("reply.msg", outlook(("note.pdf", PDF)))
    data = winmail(("a.zip", archive.getvalue()))
    assert _found(parse_message(_mail(data, "winmail.dat"))) == [("note.pdf", PDF, None)]


def test_an_attached_mbox_is_opened_message_by_message() -> None:
    one, two = _mail(PDF, "one.pdf", "pdf"), _mail(TIFF, "two.tif")
    line = b"From a@example.org Wed Apr  3 09:15:00 2019\n"
    data = line + one + b"\n" + line + two + b"\n"
    found = _found(parse_message(_mail(data, "replies.mbox")))
    assert [name for name, _, _ in found] == ["one.pdf", "two.tif"]


def test_a_chain_of_forwarded_messages_is_followed_to_its_end() -> None:
    raw = _mail(PDF, "note.pdf", "pdf")
    for number in range(6):
        encoding = b"Content-Transfer-Encoding: base64\r\n" if number % 2 else b""
        body = base64.encodebytes(raw) if number % 2 else raw
        raw = (
            b"From: a@example.org\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary=B"
            + str(number).encode()
            + b"\r\n\r\n--B"
            + str(number).encode()
            + b"\r\nContent-Type: message/rfc822\r\n"
            + encoding
            + b"\r\n"
            + body
            + b"\r\n--B"
            + str(number).encode()
            + b"--\r\n"
        )
    assert _found(parse_message(raw)) == [("note.pdf", PDF, None)]


def _uuencoded(data: bytes) -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 note verbale.pdf\n" + b"".join(lines) + b"`\nend\n"


def _text(body: bytes) -> bytes:
    return b"From: a@example.org\r\nSubject: x\r\nContent-Type: text/plain\r\n\r\n" + body


def test_a_file_written_into_the_text_is_found() -> None:
    body = b"Please find attached.\n\n" + _uuencoded(PDF) + b"\nRegards\n" + _uuencoded(TIFF)
    for text in (body, body.replace(b"\n", b"\r\n")):
        found = _found(parse_message(_text(text)))
        assert found == [("note verbale.pdf", PDF, None), ("note verbale.pdf", TIFF, None)]


def test_a_uuencoded_file_that_is_cut_is_marked() -> None:
    (found,) = parse_message(_text(_uuencoded(PDF)[:3000])).attachments
    assert (found.problem, found.marks) == (None, ("damaged_uuencode",))
    assert PDF.startswith(found.data[:2000])


def test_a_sentence_that_begins_like_a_file_is_text() -> None:
    assert parse_message(_text(b"begin 100 copies of it\nand so on\nend\n")).attachments == ()


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=2000))
def test_uuencode_comes_back_whole(data: bytes) -> None:
    (found,) = parse_message(_text(_uuencoded(b"%PDF-" + data))).attachments
    assert (found.data, found.problem) == (b"%PDF-" + data, None)


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("message/external-body; access-type=URL", "external_body"),
        ("message/partial; id=x; number=1", "partial_message"),
    ],
)
def test_a_message_whose_rest_is_elsewhere_is_not_taken_for_complete(
    kind: str, problem: str
) -> None:
    raw = f"From: a@example.org\r\nContent-Type: {kind}\r\n\r\nContent-Type: text/plain\r\n\r\nx"
    assert parse_message(raw.encode()).problem == problem


NAMING = [
    "The Ministry has the honour to nominate Mr. Kofi Mensah as its delegate.",
    "Notre délégation sera composée de:\n- M. Jean Dupont, Directeur",
    "La delegación estará integrada por:\nSra. María Pérez, Directora",
    "В состав делегации входит г-н Иванов И.И.",
    "我国代表团成员如下:王小明先生",
    "يشرفنا ترشيح السيد محمد علي لحضور الاجتماع",
    "<html><body><p>Delegation:</p><table><tr><td>H.E. Ms. Anna Berg</td></tr></table></html>",
]
NOT_NAMING = [
    "Dear Mr. Smith,\nour delegation will attend. Names will follow.",
    "Please find attached the nominations.",
    "Mr. Smith called.",
    "Thank you.\n> We nominate Mr. Kofi Mensah as delegate.",
    "Thank you.\n-----Original Message-----\nThe delegate is Mr. Kofi Mensah.",
    "",
]


@pytest.mark.parametrize("text", NAMING)
def test_people_named_in_the_mail_without_a_scan_are_noticed(text: str) -> None:
    kind = "html" if text.startswith("<") else "plain"
    raw = f"From: a@example.org\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{text}".encode()
    assert parse_message(raw).problem == "names_in_body"
    scan = raw.replace(b"From:", b"X-Y: z\r\nFrom:", 1)
    mixed = b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=Q\r\n\r\n--Q\r\n"
    mixed += scan.split(b"\r\n", 2)[2] + b"\r\n--Q\r\n" + b"Content-Type: application/pdf\r\n"
    mixed += b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(PDF) + b"--Q--\r\n"
    assert parse_message(mixed).problem is None


@pytest.mark.parametrize("text", NOT_NAMING)
def test_greetings_promises_and_quotations_name_nobody(text: str) -> None:
    assert not names_people([("text/plain", text)])


def test_an_automatic_reply_that_names_somebody_is_an_automatic_reply() -> None:
    raw = f"From: a@example.org\r\nAuto-Submitted: auto-replied\r\n\r\n{NAMING[0]}".encode()
    parsed = parse_message(raw)
    assert (parsed.skip_reason, parsed.problem) == ("auto_reply", None)


CONTAINERS = (
    winmail(("a.pdf", PDF), winmail(("b.pdf", PDF[:600]))),
    outlook(("a.pdf", PDF), outlook_tree(("b.pdf", PDF[:600]))),
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(CONTAINERS),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_damaged_containers_are_an_outcome_and_raise_nothing(
    container: bytes, changes: list[tuple[int, int]]
) -> None:
    damaged = bytearray(container)
    for at, byte in changes:
        damaged[8 + at % (len(damaged) - 8)] = byte  # the signature stays, so that it is opened
    try:
        assert parse_message(_mail(bytes(damaged), "x.dat")).attachments
    except IngestError:
        return


def test_a_thousand_messages_in_an_mbox_stop_at_the_limit() -> None:
    line = b"From a@example.org Wed Apr  3 09:15:00 2019\n"
    data = b"".join(line + _mail(PDF[:400], f"{n}.pdf") + b"\n" for n in range(100))
    parsed = parse_message(_mail(data, "many.mbox"), ParseLimits(max_parts=40))
    assert parsed.problem == "too_many_parts"
    assert 0 < len(parsed.attachments) < 40


def _html(source: bytes) -> bytes:
    page = b'<html><body>See below. <img alt="x" src="' + source + b'"></body></html>'
    return b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n" + page


def test_a_scan_pasted_into_the_html_is_found_and_a_logo_is_not() -> None:
    page = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 1654, 2339) + b"x" * 9000
    logo = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 200, 80) + b"x" * 900
    for data, dropped in ((page, None), (logo, "signature_logo")):
        source = b"data:image/png;base64," + base64.b64encode(data)
        (found,) = parse_message(_html(source)).attachments
        assert (found.data, found.dropped) == (data, dropped)
    assert parse_message(_html(b"https://www.example.org/x.png")).attachments == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"begin 644 a\n!\n" * 60_000, "too_many_parts"),
        (b"begin 644 a\n" + b"M" * 900_000, None),
        (b"<html>" + b"<head <style <script " * 40_000, None),
        (b"<html>" + b"<" * 800_000, None),
        (b"<html>" + b'"data:image/png;base64,' * 40_000, None),
        (b"On " * 300_000, None),
    ],
)
def test_texts_made_to_be_slow_are_not(text: bytes, problem: str | None) -> None:
    kind = b"html" if text.startswith(b"<") else b"plain"
    raw = b"From: a@example.org\r\nContent-Type: text/" + kind + b"\r\n\r\n" + text
    with at_most(cpu_s=2):
        parsed = parse_message(raw)
    assert (parsed.problem, parsed.from_address) == (problem, "a@example.org")
    assert bool(parsed.attachments) == (problem is not None)


def test_our_reader_of_winmail_dat_finds_what_another_one_finds() -> None:
    packed = winmail(("Note verbale.pdf", PDF), ("скан.tif", TIFF))
    theirs = [(a.long_filename(), a.data) for a in tnefparse.TNEF(packed).attachments]
    ours = [(inner.name, inner.data) for inner in tnef.files(packed)]
    assert ours == theirs
