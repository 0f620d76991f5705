"""Bytes of a PDF whose cross-reference table is lost, so that qpdf finds all objects again.

qpdf looks for ``N G obj`` in the bytes; it misses an object that is cut off at the end of the
file, those that lie packed in object streams (ISO 32000-1, 7.5.7), and the pages where no trailer
names the catalogue.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

_STREAM = re.compile(rb"\d{1,10}\s+\d{1,5}\s+obj\b(.{0,2000}?)\bstream\r?\n", re.DOTALL)
_COUNT = re.compile(rb"/N\s+(\d{1,6})\b")
_FIRST = re.compile(rb"/First\s+(\d{1,8})\b")
_CATALOGUE = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+obj\s*<<[^<>]{0,1000}?/Type\s*/Catalog\b")
_PAGE = re.compile(
    rb"(\d{1,9})\s+\d{1,5}\s+obj\b(?:(?!endobj).){0,2000}?/Type\s*/Page\b", re.DOTALL
)
_OBJECT = re.compile(rb"\b(\d{1,9})\s+\d{1,5}\s+obj\b")
_MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that come out of all object streams together; pages are not packed in them, only what says
where they are. Chosen, not measured."""

_END_WITHIN = 1024
"""Bytes at the end of the file in which its end marker lies for Acrobat (PDF Reference 1.7,
appendix H, 18)."""

_ENDS = b"\nendstream\nendobj\n"


def rebuilt(data: bytes) -> bytes:
    """The file with its last object ended, and packed objects and a trailer written behind it."""
    whole = data + _ENDS + b"".join(_packed(data))
    catalogues = _CATALOGUE.findall(whole)
    if not catalogues:
        return whole
    number, generation = catalogues[-1]
    return whole + b"trailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % (number, generation)


def with_page_tree(data: bytes) -> bytes:
    """What ``rebuilt`` gives, with a new tree over the pages that are there, in the file's order.

    A linearized file (annex F) has its tree at its end, which is the first to be cut off.
    """
    numbers = [int(found[1]) for found in _PAGE.finditer(data)]
    kids = b" ".join(b"%d 0 R" % number for number in dict.fromkeys(numbers))
    top = 1 + max((int(found) for found in _OBJECT.findall(data)), default=0)
    tree = b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n"
    catalogue = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (top + 1, top)
    trailer = b"trailer\n<< /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % (top + 1)
    return data + tree % (top, len(dict.fromkeys(numbers)), kids) + catalogue + trailer


def is_cut_short(path: Path) -> bool:
    """True if the end marker is missing (ISO 32000-1, 7.5.5): pages may be, too."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_WITHIN))
        return b"%%EOF" not in file.read()


def _packed(data: bytes) -> Iterator[bytes]:
    room = _MOST_UNPACKED
    for found in _STREAM.finditer(data):
        facts = found[1]
        count, first = _COUNT.search(facts), _FIRST.search(facts)
        if b"/ObjStm" not in facts or count is None or first is None:
            continue
        text = _inflated(data[found.end() :], room) if b"/FlateDecode" in facts else b""
        room -= len(text)
        yield from _objects(text, int(count[1]), int(first[1]))
        if room <= 0:
            return


def _inflated(data: bytes, room: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, max(1, room))
    except zlib.error:
        return b""


def _objects(text: bytes, count: int, first: int) -> Iterator[bytes]:
    """The objects of one object stream; ``first`` is where the first of ``count`` begins."""
    numbers = [int(word) for word in text[:first].split()[: 2 * count] if word.isdigit()]
    names, starts = numbers[::2], numbers[1::2]
    for name, (start, end) in zip(names, pairwise([*starts, len(text)]), strict=False):
        body = text[first + start : first + end]
        if body.strip():
            yield b"%d 0 obj\n%s\nendobj\n" % (name, body)
