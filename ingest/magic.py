"""What kind of file some bytes are, whatever their sender calls them.

A table of our own: the libraries for this know hundreds of formats we refuse anyway, and none
of them tells a mail message from text, a Word file from a zip archive and an Outlook message
from an Excel sheet, which is what decides here.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from ingest.header_repair import field_names

OCTET_STREAM: Final = "application/octet-stream"
MESSAGE: Final = "message/rfc822"
PDF: Final = "application/pdf"
ZIP: Final = "application/zip"
GZIP: Final = "application/gzip"
TNEF: Final = "application/ms-tnef"
OUTLOOK: Final = "application/vnd.ms-outlook"
SIGNED: Final = "application/pkcs7-mime"
"""PKCS #7 / CMS signedData (RFC 5652 section 5)."""
ENVELOPED: Final = "application/pkcs7-mime; smime-type=enveloped-data"
APPLE_DOUBLE: Final = "application/applefile"
"""The part of a file that only a Macintosh understands (RFC 1740)."""
PGP_ENCRYPTED: Final = "application/pgp-encrypted"

_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", PDF),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),  # BigTIFF
    (b"MM\x00+", "image/tiff"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51\x00", "image/jp2"),  # a bare code stream: SOC, then SIZ (T.800 A.5)
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b\x08", GZIP),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"\x00\x05\x16\x07", APPLE_DOUBLE),
    (b"-----BEGIN PKCS7-----", SIGNED),
    (b"-----BEGIN CMS-----", SIGNED),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"-----BEGIN PGP SIGNATURE", "application/pgp-signature"),
    (b"-----BEGIN PGP MESSAGE", PGP_ENCRYPTED),
)

_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ZIP_MEMBERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", _OOXML + "wordprocessingml.document"),
    (b"xl/", _OOXML + "spreadsheetml.sheet"),
    (b"ppt/", _OOXML + "presentationml.presentation"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final[tuple[tuple[str, str], ...]] = (
    ("__nameid_version1.0", OUTLOOK),
    ("__properties_version1.0", OUTLOOK),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
)
# brands of ISO base media files, ISO/IEC 23008-12 annexes B and C, and the AV1 image format
_AVIF_BRANDS: Final = frozenset((b"avif", b"avis"))
_HEIC_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
)
_HEIF_BRANDS: Final = frozenset((b"mif1", b"mif2", b"msf1", b"miaf", b"heif", b"MiHE", b"MiHB"))
_MOST_BRANDS: Final = 40  # compatible brands looked at
_BMP_HEADERS: Final = (12, 16, 40, 52, 56, 64, 108, 124)
"""Bytes of the header that follows the file header of a BMP: there are these and no others."""
_PKCS7_OID: Final = bytes.fromhex("06092a864886f70d0107")

_MAIL_FIELDS: Final = frozenset(
    b"from to cc date subject received return-path message-id mime-version content-type reply-to "
    b"delivered-to sender in-reply-to references x-mailer dkim-signature authentication-results "
    b"content-transfer-encoding".split()
)
_HTML: Final = re.compile(
    rb"\A\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# Readers accept a PDF that begins within the first 1,024 bytes (ISO 32000-1, annex H.3.4.1);
# scanners and gateways do put bytes before it. A text that speaks of one is none.
_LATE_PDF: Final = re.compile(rb"(?<![ -~])%PDF-[0-9]\.[0-9][ \t]{0,5}[\r\n%]")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BY_SUFFIX: Final = {
    ".pdf": PDF,
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
_BY_NAME: Final = {".csv": "text/csv", ".htm": "text/html", ".html": "text/html"}


def media_type(data: bytes, filename: str = "") -> str:
    """The media type of ``data``, told from the bytes.

    Args:
        data: the whole file.
        filename: used only between kinds of text, and for ``.eml``.

    Returns:
        A type such as ``application/pdf``; ``application/octet-stream`` if it is none we know.
    """
    for prefix, name in _SIGNATURES:
        if data.startswith(prefix):
            return name
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_type(data)
    if is_compound(data):
        return _ole_type(data)
    return _iso_or_der_type(data) or _text_type(data, PurePath(filename).suffix.lower())


def named_type(filename: str) -> str:
    """The media type that a document's suffix promises, for bytes that tell nothing."""
    return _BY_SUFFIX.get(PurePath(filename).suffix.lower(), OCTET_STREAM)


def is_compound(data: bytes) -> bool:
    """Whether ``data`` is a compound file (MS-CFB): Outlook's messages, old Office files."""
    return data.startswith(_OLE)


def looks_like_message(data: bytes, fields: int = 2) -> bool:
    """Whether ``data`` begins with at least ``fields`` different header fields of mail."""
    return len(field_names(data[:8192]) & _MAIL_FIELDS) >= fields


def _zip_type(data: bytes) -> str:
    # Names stand uncompressed in the local headers; OpenDocument and EPUB put a member called
    # "mimetype" first and uncompressed, for readers like this one.
    if data[30:38] == b"mimetype":
        found = re.match(rb"application/[a-z0-9.+-]{3,80}", data[38:140])
        if found:
            return found.group().decode("ascii").removesuffix("PK")
    if b"[Content_Types].xml" in data:
        for member, name in _ZIP_MEMBERS:
            if re.search(rb"PK\x03\x04.{26}" + member, data, re.DOTALL):
                return name
    return ZIP


def _ole_type(data: bytes) -> str:
    for stream, name in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return name
    return "application/x-ole-storage"


def _iso_or_der_type(data: bytes) -> str | None:
    if data[4:8] == b"ftyp" and (brand := _iso_brand(data)):
        return brand
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    if data[:1] == b"\x30":
        at = data.find(_PKCS7_OID, 0, 32)
        if at >= 0:
            kind = data[at + len(_PKCS7_OID) : at + len(_PKCS7_OID) + 1]
            return ENVELOPED if kind in (b"\x03", b"\x06") else SIGNED
    return None


def _iso_brand(data: bytes) -> str | None:
    """The kind of picture in an ISO base media file, told by its first box (ISO/IEC 14496-12 4.3).

    The first brand may be that of the container alone (``mif1``); the compatible ones behind it
    tell the coding.
    """
    end = min(int.from_bytes(data[:4], "big"), 16 + 4 * _MOST_BRANDS)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end, 4))]
    for known, name in (
        (_HEIC_BRANDS, "image/heic"),
        (_AVIF_BRANDS, "image/avif"),
        (_HEIF_BRANDS, "image/heif"),
    ):
        if not known.isdisjoint(brands):
            return name
    return None


def _text_type(data: bytes, suffix: str) -> str:
    if looks_like_message(data) or (suffix == ".eml" and looks_like_message(data, 1)):
        return MESSAGE
    if _LATE_PDF.search(data, 0, 1024):
        return PDF
    head = data[:65536]
    if not head or (_CONTROL.search(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return OCTET_STREAM
    if _HTML.match(head):
        return "text/html"
    if head.lstrip().startswith(b"<?xml"):
        return "text/html" if b"<html" in head[:2048] else "text/xml"
    return _BY_NAME.get(suffix, "text/plain")
