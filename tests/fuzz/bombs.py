"""Small files that promise or unpack to something enormous, or never end; made, not kept.

``MAKERS`` is a function a bomb, by file name. Anchors: zip bombs (D. Fifield, "A better zip
bomb"), decompression bombs of Pillow, cpython #136063 and #151857 for headers.
"""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf

_SIDE = 60_000
_GIGABYTE = 1_000_000_000
_ZEROS = bytes(1_000_000)


def _deflated(size: int) -> bytes:
    """So many zeros as a zlib stream, a thousandth of that."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(_ZEROS[: min(len(_ZEROS), size - at)]) for at in range(0, size, 10**6)]
    return b"".join([*parts, packer.flush()])


# PDF


def _pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A file of these objects, numbered from 1, with a correct table."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (len(objects) + 1, root)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def _one_page(content: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842") -> list[bytes]:
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>"
        % (box, resources),
        content,
    ]


def _image_pdf(entries: bytes, data: bytes) -> bytes:
    page = _one_page(_stream(b"q 595 0 0 842 0 0 cm /I Do Q"), b"/XObject << /I 5 0 R >>")
    return _pdf([*page, _stream(data, b"/Type /XObject /Subtype /Image " + entries)])


def _many_pages() -> bytes:
    pages = _one_page(_stream(b""))
    pages[1] = b"<< /Type /Pages /Count 100000 /Kids [%s] >>" % (b"3 0 R " * 100_000)
    return _pdf(pages)


def _deep_tree() -> bytes:
    count = 20_000
    nodes = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    nodes += [
        b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1)
        for number in range(2, count + 2)
    ]
    return _pdf([*nodes, b"<< /Type /Page /MediaBox [0 0 9 9] >>"])


def _laughing() -> bytes:
    """Forms that draw ten others each, ten deep."""
    levels = 10
    page = _one_page(_stream(b"/F Do " * 10), b"/XObject << /F 5 0 R >>")
    for level in range(levels):
        inner = b"/Resources << /XObject << /F %d 0 R >> >>" % (6 + level)
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + inner
        page.append(_stream(b"/F Do " * 10, entries))
    page.append(_stream(b"0 0 1 1 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    return _pdf(page)


def _own_predecessor() -> bytes:
    made = _pdf(_one_page(_stream(b"")))
    start = made.rindex(b"xref\n0 ")
    return made.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Prev %d >>" % start)


def _attached(levels: int) -> bytes:
    inner = _pdf(_one_page(_stream(b"")))
    for _ in range(levels):
        with pikepdf.open(io.BytesIO(_pdf(_one_page(_stream(b""))))) as pdf:
            pdf.attachments["note.pdf"] = inner
            made = io.BytesIO()
            pdf.save(made)
        inner = made.getvalue()
    return inner


def _jbig2() -> bytes:
    """A page of 2^31 by 2^31 dots (ITU-T T.88 7.4.8) and one region as large."""
    side = 0x7FFFFFFF
    page = struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    region = (
        struct.pack(">IIIIB", side, side, 0, 0, 0) + b"\x00\x03\xff\xfd\xff\x02\xfe\xfe\xfe\xfe"
    )
    data = struct.pack(">IBBBI", 0, 48, 0, 1, len(page)) + page
    data += struct.pack(">IBBBI", 1, 38, 0, 1, len(region) + 8) + region + bytes(8)
    return _image_pdf(
        b"/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
        b" /Filter /JBIG2Decode",
        data,
    )


# Pictures


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, depth: int, data: bytes, more: bytes = b"") -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _tiff(frames: int, loop: bool = False, side: int = 8) -> bytes:
    """Frames of one byte a row each; with ``loop`` the last one's successor is the first."""
    made = bytearray(b"II*\x00" + struct.pack("<I", 16) + bytes(8))
    entries = 9
    length = 2 + entries * 12 + 4
    for number in range(frames):
        here = 16 + number * length
        after = here + length if number < frames - 1 else (16 if loop else 0)
        tags = (
            (256, side), (257, side), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1),
            (278, side), (279, min(side, 8)),
        )  # fmt: skip
        made += struct.pack("<H", entries)
        made += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        made += struct.pack("<I", after)
    return bytes(made)


def _gif() -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 8, 8, 0) + b"\x02\x02\x4c\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + bytes(6) + frame * 50_000 + b";"


def _jpeg() -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 65_500, 65_500, 1) + b"\x01\x11\x00"
    table = b"\xff\xdb" + struct.pack(">HB", 67, 0) + bytes([1]) * 64
    codes = b"\xff\xc4" + struct.pack(">HB", 20, 0) + b"\x01" + bytes(15) + b"\x00"
    codes += b"\xff\xc4" + struct.pack(">HB", 20, 0x10) + b"\x01" + bytes(15) + b"\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00"
    return b"\xff\xd8" + table + frame + codes + scan + bytes(100_000) + b"\xff\xd9"


# Messages


def _mail(body: bytes, kind: str = "application/octet-stream", name: str = "note.pdf") -> bytes:
    text = base64.encodebytes(body)
    return (
        b"From: a@example.org\r\nSubject: note\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: %s; name=%s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s--b--\r\n"
        % (kind.encode(), name.encode(), text)
    )


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def _zip_bomb() -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("note.pdf", "w", force_zip64=True) as member,
    ):
        for _ in range(_GIGABYTE // len(_ZEROS)):
            member.write(_ZEROS)
    return made.getvalue()


def _zips_in_zips() -> bytes:
    inner = _zip({f"{n}.pdf": bytes(10_000_000) for n in range(5)})
    for _ in range(5):
        inner = _zip({f"{n}.zip": inner for n in range(10)})
    return inner


def _nested(depth: int) -> bytes:
    head = b"From: a@example.org\nSubject: note\n"
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return head + opened + b"Content-Type: application/pdf\n\n%PDF-1.4\n"


def _forwarded(depth: int) -> bytes:
    return b"From: a@example.org\nContent-Type: message/rfc822\n\n" * depth + b"\nend\n"


def _header(line: bytes) -> bytes:
    return b"From: a@example.org\n" + line + b"\n\nbody\n"


MAKERS: dict[str, Callable[[], bytes]] = {
    "huge-page.pdf": lambda: _pdf(_one_page(_stream(b"0 0 1 1 re f"), box=b"0 0 1e6 1e6")),
    "huge-unit.pdf": lambda: _pdf(_one_page(_stream(b"0 0 9e9 9e9 re f"), box=b"-9e9 0 9e9 9e9")),
    "page-tree-loop.pdf": lambda: _pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]
    ),
    "many-pages.pdf": _many_pages,
    "deep-tree.pdf": _deep_tree,
    "laughing.pdf": _laughing,
    "own-predecessor.pdf": _own_predecessor,
    "attached.pdf": lambda: _attached(40),
    "brackets.pdf": lambda: _pdf([b"[" * 200_000]),
    "long-content.pdf": lambda: _pdf(
        _one_page(_stream(_deflated(_GIGABYTE), b"/Filter /FlateDecode"))
    ),
    "twice-packed.pdf": lambda: _image_pdf(
        b"/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
        b" /Filter [/FlateDecode /FlateDecode]",
        zlib.compress(_deflated(_GIGABYTE), 9),
    ),
    "huge-image.pdf": lambda: _image_pdf(
        b"/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
        b" /Filter /FlateDecode",
        _deflated(_SIDE * _SIDE // 8),
    ),
    "promised-image.pdf": lambda: _image_pdf(
        b"/Width 2000000000 /Height 2000000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
        b"x" * 100,
    ),
    "huge-fax.pdf": lambda: _image_pdf(
        b"/Width 60000 /Height 2000000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
        b" /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 >>",
        b"\xff" * 100_000,
    ),
    "jbig2.pdf": _jbig2,
    "huge.png": lambda: _png(_SIDE, _SIDE, 1, _deflated((_SIDE // 8 + 1) * _SIDE)),
    "grey.png": lambda: _png(20_000, 20_000, 8, _deflated(20_001 * 20_000)),
    "text.png": lambda: _png(
        8, 8, 1, _deflated(16), _chunk(b"zTXt", b"a\0\0" + _deflated(200_000_000)) * 5
    ),
    "promised.png": lambda: _png(2_000_000_000, 2_000_000_000, 8, b"x"),
    "many-frames.tif": lambda: _tiff(10_000),
    "frames-in-a-ring.tif": lambda: _tiff(3, loop=True),
    "promised.tif": lambda: _tiff(1, side=1_000_000),
    "many-frames.gif": _gif,
    "promised.jpg": _jpeg,
    "zip-bomb.eml": lambda: _mail(_zip_bomb(), "application/zip", "notes.zip"),
    "zips-in-zips.eml": lambda: _mail(_zips_in_zips(), "application/zip", "notes.zip"),
    "many-members.eml": lambda: _mail(
        _zip({f"{n}.pdf": b"" for n in range(60_000)}), "application/zip", "notes.zip"
    ),
    "nested.eml": lambda: _nested(5_000),
    "forwarded.eml": lambda: _forwarded(5_000),
    "many-parts.eml": lambda: (
        b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\n\nx\n" * 100_000
        + b"--b--\n"
    ),
    "many-mails.eml": lambda: _mail(
        b"From a\nFrom: a@example.org\nSubject: x\n\nx\n\n" * 50_000, name="post.mbox"
    ),
    "encoded-words.eml": lambda: _header(b"Subject: " + b"=?utf-8?q?=41?= " * 100_000),
    "addresses.eml": lambda: _header(b"To: " + b"a@example.org,\n " * 60_000),
    "brackets.eml": lambda: _header(b"To: " + b"(" * 200_000),
    "received.eml": lambda: _header(b"Received: from a by b\n" * 100_000),
    "parameters.eml": lambda: _header(
        b"Content-Type: application/pdf" + b"".join(b"; name*%d*=a" % n for n in range(50_000))
    ),
    "one-line.eml": lambda: _header(b"Subject: " + b"x" * 5_000_000),
    "uuencoded.eml": lambda: _header(b"") + b"begin 644 a.pdf\n" + b"M" + b"a" * 9_000_000,
}
