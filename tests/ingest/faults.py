"""What mail programs, gateways and scanners do to a well-formed message, one function a fault.

``HEADER`` faults change the lines of a header, of a message or a part; ``STRUCTURE`` faults the
delimiters; ``BODY`` faults how the file is packed; ``LINES`` the line ends; ``WRAPPED`` puts the
message into another. Each leaves every byte of the file in the message.
"""

from __future__ import annotations

import base64
import binascii
import quopri
from collections.abc import Callable

Fault = Callable[[bytes], bytes]
HEAD = (
    b"From: Mission of Freedonia <mission@freedonia.example>\r\n"
    b"To: secretariat@example.org\r\n"
    b"Subject: Note verbale\r\n"
    b"Date: Thu, 9 May 2019 10:00:00 +0200\r\n"
    b"Message-ID: <x1@freedonia.example>\r\n"
    b"MIME-Version: 1.0\r\n"
)
BOUNDARY = b"=_freedonia_1"


def lines(data: bytes) -> bytes:
    """Base64 in lines of 76."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def part(data: bytes, body: bytes | None = None) -> bytes:
    """The part that holds the scan, from its header on."""
    return (
        b"Content-Type: application/pdf; name=nv.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="nv.pdf"\r\n\r\n'
        + (lines(data) if body is None else body)
    )


def message(scan: bytes, boundary: bytes = BOUNDARY) -> bytes:
    """A message as it should be: a text and a scan. ``scan`` is the part, from its header on."""
    return (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="'
        + boundary
        + b'"\r\n\r\n--'
        + boundary
        + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease find attached.\r\n--"
        + boundary
        + b"\r\n"
        + scan
        + b"--"
        + boundary
        + b"--\r\n"
    )


def _before_type(line: bytes) -> Fault:
    """``line`` stands before the Content-Type of the header."""
    return lambda raw: raw.replace(b"Content-Type:", line + b"\r\nContent-Type:", 1)


def _first(beginning: bytes) -> Fault:
    return lambda raw: beginning + raw


HEADER: dict[str, Fault] = {
    "space before the colon": _before_type(b"X-Mailer : MissionMail 3"),
    "space before the colon of the type": lambda raw: raw.replace(
        b"Content-Type:", b"Content-Type :", 1
    ),
    "tabs before the colon": lambda raw: raw.replace(b"Content-Type:", b"Content-Type\t\t:", 1),
    "no colon": _before_type(b"this line is no header"),
    "no colon, twice": _before_type(b"neither is this\r\nnor that one"),
    "fold without its indent": lambda raw: raw.replace(b"; name=", b";\r\nname=", 1).replace(
        b"; boundary=", b";\r\nboundary=", 1
    ),
    "bare CR in a value": _before_type(b"X-Note: one\rtwo"),
    "CR CR LF": _before_type(b"X-Note: one\r"),
    "name outside ASCII": _before_type("X-Prioritäten: hoch".encode("latin-1")),
    "value outside ASCII": _before_type("X-Note: Außenministerium".encode("latin-1")),
    ">From": _before_type(b">From mission@freedonia.example Thu May  9 10:00:00 2019"),
    "From in the middle": _before_type(b"From mission@freedonia.example Thu May  9 10:00:00 2019"),
    "mark of UTF-8": _first(b"\xef\xbb\xbf"),
    "empty first line": _first(b"\r\n"),
    "three empty first lines": _first(b"\r\n\r\n\r\n"),
    "blank first line": _first(b"  \r\n"),
    "NUL": _before_type(b"X-Note: a\0b"),
    "NUL in the type": lambda raw: raw.replace(b"Content-Type: ", b"Content-Type:\0 ", 1),
    "line of blanks": _before_type(b"X-Note: a\r\n   "),
    "line of a tab": _before_type(b"X-Note: a\r\n\t"),
    "only LF in one line": _before_type(b"X-Note: a\nX-Other: b"),
    "empty line before the type": _before_type(b""),
    "name with blanks": _before_type(b"X Mail Program: MissionMail"),
    "colon alone": _before_type(b": nothing"),
    "dashes": _before_type(b"X-Rule: ------------------"),
    "long line": _before_type(b"X-Note: " + b"x" * 5000),
    "lower case": lambda raw: raw.replace(b"Content-Type:", b"content-type:", 1),
    "no blank behind the colon": lambda raw: raw.replace(b"Content-Type: ", b"Content-Type:", 1),
}

MESSAGE_HEADER: dict[str, Fault] = {
    "From line": _first(b"From mission@freedonia.example Thu May  9 10:00:00 2019\r\n"),
    ">From line": _first(b">From mission@freedonia.example Thu May  9 10:00:00 2019\r\n"),
    "junk first": _first(b"junk that a gateway wrote\r\n"),
    "empty line behind the trace": _first(b"Return-Path: <mission@freedonia.example>\r\n\r\n"),
}


def _named(boundary: bytes) -> Fault:
    """Another declared boundary, in any form; the delimiters stay."""
    return lambda raw: raw.replace(b'boundary="' + BOUNDARY + b'"', boundary, 1)


def _typed(declared: bytes) -> Fault:
    """Another Content-Type of the message."""
    return lambda raw: raw.replace(
        b'Content-Type: multipart/mixed; boundary="' + BOUNDARY + b'"\r\n', declared, 1
    )


def _moved(raw: bytes, *, first: bool) -> bytes:
    """The part with the scan before the first delimiter, or behind the closing one."""
    dashed = b"--" + BOUNDARY
    head, text, scan, rest = raw.split(dashed, 3)
    if first:
        return head + scan[2:] + dashed + text + dashed + b"--" + rest[2:]
    return head + dashed + text + dashed + b"--\r\n" + scan[2:] + rest[2:]


STRUCTURE: dict[str, Fault] = {
    "part behind the closing delimiter": lambda raw: raw.replace(
        b"\r\n--" + BOUNDARY + b"\r\nContent-Type: application",
        b"\r\n--" + BOUNDARY + b"--\r\n--" + BOUNDARY + b"\r\nContent-Type: application",
        1,
    ),
    "part behind it without a delimiter": lambda raw: _moved(raw, first=False),
    "part in the preamble": lambda raw: _moved(raw, first=True),
    "no closing delimiter": lambda raw: raw.replace(b"--" + BOUNDARY + b"--", b"", 1),
    "blanks behind the delimiters": lambda raw: raw.replace(
        b"--" + BOUNDARY + b"\r\n", b"--" + BOUNDARY + b"  \t\r\n"
    ),
    "blanks in the declared boundary": _named(b'boundary="' + BOUNDARY + b'  "'),
    "boundary without quotes": _named(b"boundary=" + BOUNDARY),
    "boundary with one quote": _named(b'boundary="' + BOUNDARY),
    "boundary in single quotes": _named(b"boundary='" + BOUNDARY + b"'"),
    "boundary and more without quotes": _named(b"boundary=" + BOUNDARY + b"; charset=utf-8"),
    "boundary of RFC 2231": _named(b"boundary*=us-ascii''=5F".replace(b"=5F", BOUNDARY)),
    "another boundary": _named(b'boundary="other"'),
    "no boundary": _named(b"x=y"),
    "no Content-Type": _typed(b""),
    "text as type": _typed(b"Content-Type: text/plain; charset=utf-8\r\n"),
    "HTML as type": _typed(b"Content-Type: text/html\r\n"),
    "no subtype": _typed(b"Content-Type: multipart\r\n"),
    "unknown type with a boundary": _typed(b"Content-Type: x/y; boundary=" + BOUNDARY + b"\r\n"),
    "a file as type": _typed(b"Content-Type: application/octet-stream; name=mail.eml\r\n"),
    "base64 declared for the whole": _typed(
        b'Content-Type: multipart/mixed; boundary="'
        + BOUNDARY
        + b'"\r\nContent-Transfer-Encoding: base64\r\n'
    ),
    "quoted-printable declared for the whole": _typed(
        b'Content-Type: multipart/mixed; boundary="'
        + BOUNDARY
        + b'"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    ),
    "line end lost before the delimiter": lambda raw: raw.replace(
        b"attached.\r\n--", b"attached.--", 1
    ),
    "empty line behind the delimiters": lambda raw: raw.replace(
        b"--" + BOUNDARY + b"\r\n", b"--" + BOUNDARY + b"\r\n\r\n"
    ),
    "an inner multipart with the same boundary": lambda raw: raw.replace(
        b"--" + BOUNDARY + b"\r\nContent-Type: application",
        b"--"
        + BOUNDARY
        + b'\r\nContent-Type: multipart/related; boundary="'
        + BOUNDARY
        + b'"\r\n\r\n--'
        + BOUNDARY
        + b"\r\nContent-Type: application",
        1,
    ),
    "an inner multipart that is not closed": lambda raw: raw.replace(
        b"--" + BOUNDARY + b"\r\nContent-Type: application",
        b"--" + BOUNDARY + b"\r\nContent-Type: multipart/related; boundary=in\r\n\r\n--in\r\n"
        b"Content-Type: application",
        1,
    ),
    "an inner multipart in quoted-printable": lambda raw: _inner_quoted(raw),
    "an inner multipart in base64": lambda raw: _inner_base64(raw),
}


def _inner(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the scan's part, the part, and what follows."""
    mark = b"--" + BOUNDARY + b"\r\nContent-Type: application"
    head, _, rest = raw.partition(mark)
    scan, closing, tail = rest.partition(b"--" + BOUNDARY + b"--")
    return head + b"--" + BOUNDARY + b"\r\n", b"Content-Type: application" + scan, closing + tail


def _inner_quoted(raw: bytes) -> bytes:
    head, scan, tail = _inner(raw)
    inner = b"--in=1\r\n" + scan + b"--in=1--\r\n"
    return (
        head
        + b'Content-Type: multipart/mixed; boundary="in=1"\r\n'
        + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(inner.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        + tail
    )


def _inner_base64(raw: bytes) -> bytes:
    head, scan, tail = _inner(raw)
    return (
        head
        + b"Content-Type: multipart/mixed; boundary=in\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + lines(b"--in\r\n" + scan + b"--in--\r\n")
        + tail
    )


def _coding(value: bytes) -> Fault:
    field = b"Content-Transfer-Encoding: base64\r\n"
    new = b"Content-Transfer-Encoding: " + value + b"\r\n" if value else b""
    return lambda raw: raw.replace(field, new, 1)


def _repacked(packed: Callable[[bytes], bytes], coding: bytes = b"base64") -> Fault:
    """The scan's body packed by ``packed``, and declared as ``coding``."""

    def fault(raw: bytes) -> bytes:
        head, found, rest = raw.partition(b"JVBERi0")
        body, mark, tail = (found + rest).partition(b"--" + BOUNDARY)
        new = packed(base64.b64decode(body))
        end = b"" if new.endswith(b"\r\n") else b"\r\n"
        return _coding(coding)(head) + new + end + mark + tail

    return fault


def _two_pieces(data: bytes) -> bytes:
    half = len(data) // 2 // 3 * 3 + 1
    return lines(data[:half]) + lines(data[half:])


def _quoted(data: bytes) -> bytes:
    return binascii.b2a_qp(data, istext=False).replace(b"\n", b"\r\n")


def _uuencoded(data: bytes) -> bytes:
    rows = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 nv.pdf\n" + b"".join(rows) + b"`\nend\n"


FOOTER = (
    b"\r\n_______________________________________________\r\n"
    b"Delegates mailing list\r\nlists.example.org/delegates\r\n"
)

BODY: dict[str, Fault] = {
    "no encoding": _coding(b""),
    "7bit": _coding(b"7bit"),
    "8bit": _coding(b"8bit"),
    "binary": _coding(b"binary"),
    "quoted-printable": _coding(b"quoted-printable"),
    "x-base64": _coding(b"x-base64"),
    "base-64": _coding(b"Base-64"),
    "base64 and a comment": _coding(b"base64 (as ever)"),
    "base64 in quotes": _coding(b'"base64"'),
    "unknown encoding": _coding(b"x-freedonia"),
    "two padded pieces": _repacked(_two_pieces),
    "three padded pieces": _repacked(lambda data: lines(data[:100]) + _two_pieces(data[100:])),
    "twice base64": _repacked(lambda data: lines(lines(data))),
    "footer": _repacked(lambda data: lines(data) + FOOTER),
    "footer of one word": _repacked(lambda data: lines(data) + b"\r\nRegards\r\n"),
    "! at the ends of lines": _repacked(lambda data: lines(data).replace(b"\r\n", b"!\r\n")),
    "! every thousand signs": _repacked(
        lambda data: b"!\r\n ".join(
            base64.b64encode(data)[at : at + 990]
            for at in range(0, len(base64.b64encode(data)), 990)
        )
    ),
    "blanks at the ends of lines": _repacked(lambda data: lines(data).replace(b"\r\n", b"  \r\n")),
    "indented": _repacked(lambda data: b"  " + lines(data).replace(b"\r\n", b"\r\n  ")),
    "empty lines between": _repacked(lambda data: lines(data).replace(b"\r\n", b"\r\n\r\n")),
    "one line": _repacked(base64.b64encode),
    "no padding": _repacked(lambda data: lines(data).replace(b"=", b"")),
    "URL alphabet": _repacked(lambda data: lines(data).replace(b"+", b"-").replace(b"/", b"_")),
    "base64 in quoted-printable": _repacked(lambda data: _quoted(lines(data))),
    "raw as base64": _repacked(lambda data: data),
    "raw as 7bit": _repacked(lambda data: data, b"7bit"),
    "quoted-printable as base64": _repacked(_quoted),
    "quoted-printable as 8bit": _repacked(_quoted, b"8bit"),
    "quoted-printable as such": _repacked(_quoted, b"quoted-printable"),
    "uuencode as base64": _repacked(_uuencoded),
    "uuencode as such": _repacked(_uuencoded, b"x-uuencode"),
    "uuencode as 7bit": _repacked(_uuencoded, b"7bit"),
    "text as type": lambda raw: raw.replace(
        b"Content-Type: application/pdf; name=nv.pdf", b"Content-Type: text/plain", 1
    ).replace(b'Content-Disposition: attachment; filename="nv.pdf"\r\n', b""),
    "type without subtype": lambda raw: raw.replace(b"application/pdf", b"pdf", 1),
    "no header at all": lambda raw: (
        raw.replace(raw[raw.index(b"Content-Type: app") :], b"") + raw[raw.index(b"JVBERi0") - 2 :]
    ),
    "no empty line before the body": lambda raw: raw.replace(b"\r\n\r\nJVBERi0", b"\r\nJVBERi0", 1),
    "words before the body": lambda raw: raw.replace(
        b"\r\n\r\nJVBERi0", b"\r\n\r\nscanned by the registry:\r\nJVBERi0", 1
    ),
    "doubled line ends in the header": lambda raw: raw.replace(
        b"\r\nContent-Transfer", b"\r\n\r\nContent-Transfer", 1
    ).replace(b"\r\nContent-Disposition", b"\r\n\r\nContent-Disposition", 1),
}

LINES: dict[str, Fault] = {
    "LF": lambda raw: raw.replace(b"\r\n", b"\n"),
    "CR": lambda raw: raw.replace(b"\r\n", b"\r"),
    "CR CR LF": lambda raw: raw.replace(b"\r\n", b"\r\r\n"),
    "LF in the header": lambda raw: raw.replace(b"\r\n", b"\n", 9),
    "UTF-16": lambda raw: raw.decode("latin-1").encode("utf-16"),
    "UTF-16 without a mark": lambda raw: raw.decode("latin-1").encode("utf-16-le"),
}


def _forwarded(inner: bytes, coding: bytes = b"", boundary: bytes = b"OUT") -> bytes:
    """A message that holds another as message/rfc822, its body as given."""
    field = b"Content-Transfer-Encoding: " + coding + b"\r\n" if coding else b""
    part = b"Content-Type: message/rfc822\r\n" + field + b"\r\n" + inner + b"\r\n"
    return message(part, boundary)


def _quoted_text(raw: bytes) -> bytes:
    text = raw.replace(b"\r\n", b"\n")
    return quopri.encodestring(text).replace(b"\n", b"\r\n")


WRAPPED: dict[str, Fault] = {
    "as it is": lambda raw: raw,
    "forwarded": _forwarded,
    "forwarded behind an empty line": lambda raw: _forwarded(b"\r\n" + raw),
    "forwarded in quoted-printable": lambda raw: _forwarded(_quoted_text(raw), b"quoted-printable"),
    "forwarded in base64": lambda raw: _forwarded(lines(raw), b"base64"),
    "forwarded in base64 that nobody declared": lambda raw: _forwarded(lines(raw)),
    "forwarded, declared base64, plain": lambda raw: _forwarded(raw, b"base64"),
    "forwarded twice": lambda raw: _forwarded(_forwarded(raw, boundary=b"MIDDLE")),
    "attached as a file": lambda raw: message(
        b"Content-Type: application/octet-stream; name=reply.eml\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + lines(raw),
        b"OUT",
    ),
    "inline as a text": lambda raw: message(
        b"Content-Type: text/plain\r\n\r\n" + raw + b"\r\n", b"OUT"
    ),
}
