"""Files inside a PDF, wherever they hang (ISO 32000-2, 7.11.4): found, unpacked and counted.

A file specification with an embedded file may be in the catalogue's name tree, associated with
the document, a page or a picture, or belong to an annotation. So not the places are looked up but
everything that can be reached from the catalogue; what an earlier version of the file has left
behind cannot be reached and does not count. Runs inside the decoder's child process only.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Object, Pdf

from ingest import magic, mime
from ingest.filenames import label
from ingest.files import File
from ingest.limits import ParseLimits
from ingest.types import Attachment

MOST_FILES = 100
"""Files of one document, those in its archives among them."""

MOST_OBJECTS = 200_000
"""Objects of a PDF that are looked at; the nearest to the catalogue first."""

LIMITS = ParseLimits(max_parts=2 * MOST_FILES, max_unpacked_mb=200)
"""Of all that comes out of one document, archives and mail inside it included."""

RATIO_FROM = 10_000_000
"""Bytes from which the ratio of unpacked to packed size is looked at (``max_zip_ratio``): a blank
grey page of 4 MB packs to a thousandth of it."""

_PIECE = 1 << 20
"""Bytes that are unpacked at once, between two looks at the limits."""

_NAMES = ("/UF", "/F", "/Unix", "/DOS", "/Mac")
_SKIPPED = frozenset({"/Parent", "/P", "/StructTreeRoot"})
"""Ways back, and the tree of a text's structure, which has more objects than all the rest."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file as it was embedded; ``problem`` as in ``ingest.types.Attachment``."""

    name: str
    data: bytes
    problem: str | None = None


def attachments(pdf: Pdf) -> Iterator[Attachment]:
    """The files, each once; a zip archive or a mail message gives those inside it.

    Beyond the limits one item says that there are more.
    """
    seen: set[str] = set()
    room = LIMITS.max_unpacked_mb * 1_000_000
    for embedded in embedded_files(pdf, room):
        for found in _opened(embedded):
            room -= len(found.data)
            key = found.sha256 if found.data else found.filename
            if key in seen:
                continue
            if len(seen) >= MOST_FILES or room < 0:
                yield Attachment("more enclosed files", magic.OCTET_STREAM, b"", "too_many_parts")
                return
            seen.add(key)
            yield found


def embedded_files(pdf: Pdf, room: int) -> Iterator[Embedded]:
    """The embedded files, not unpacked beyond ``room`` bytes in all."""
    done: set[tuple[int, int]] = set()
    for specification in _specifications(pdf):
        name = _name(specification)
        for stream in _streams(specification):
            if stream.objgen in done:
                continue
            done.add(stream.objgen)
            found = _unpacked(name, stream, room)
            room -= len(found.data)
            yield found


def _opened(embedded: Embedded) -> list[Attachment]:
    if not embedded.data:
        problem = embedded.problem or "corrupt"
        return [Attachment(label(embedded.name), magic.OCTET_STREAM, b"", problem)]
    return mime.files_in(File(embedded.name, embedded.data, problem=embedded.problem), LIMITS)


def _specifications(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary with an embedded file, breadth first from the catalogue."""
    waiting: deque[Object] = deque([pdf.Root])
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting and count < MOST_OBJECTS:
        found = waiting.popleft()
        if found.is_indirect:
            if found.objgen in seen:
                continue
            seen.add(found.objgen)
        count += 1
        if isinstance(found, pikepdf.Dictionary) and "/EF" in found:
            yield found
        waiting.extend(_inside(found))


def _inside(found: Object) -> list[Object]:
    """The arrays, dictionaries and streams an object holds; a damaged object holds none."""
    try:
        if isinstance(found, pikepdf.Array):
            inner: list[Object | None] = list(found.as_list())
        else:
            inner = [found.get(key) for key in sorted(set(found.keys()) - _SKIPPED)]
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return []
    return [o for o in inner if isinstance(o, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)]


def _name(specification: Object) -> str:
    for key in (*_NAMES, "/Desc"):
        value = specification.get(key)
        if isinstance(value, pikepdf.String) and str(value).strip():
            return str(value)
    return ""


def _streams(specification: Object) -> Iterator[Object]:
    files = specification.get("/EF")
    if not isinstance(files, pikepdf.Dictionary):
        return
    for key in _NAMES:
        stream = files.get(key)
        if isinstance(stream, pikepdf.Stream):
            yield stream


def _unpacked(name: str, stream: Object, room: int) -> Embedded:
    try:
        raw = stream.read_raw_bytes()
        if not _is_plain_flate(stream):
            data = stream.read_bytes() if "/Filter" in stream else raw
            return Embedded(name, data) if len(data) <= room else Embedded(name, b"", "too_large")
    except MemoryError:
        return Embedded(name, b"", "too_large")
    except (pikepdf.PdfError, RuntimeError, ValueError, NotImplementedError):
        return Embedded(name, b"", "corrupt")
    return _inflated(name, raw, room)


def _is_plain_flate(stream: Object) -> bool:
    filters = stream.get("/Filter")
    names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    return names in (["/FlateDecode"], ["/Fl"]) and "/DecodeParms" not in stream


def _inflated(name: str, raw: bytes, room: int) -> Embedded:
    """Unpacked while counting; of a damaged stream what can be had."""
    engine = zlib.decompressobj()
    most = max(RATIO_FROM, LIMITS.max_zip_ratio * len(raw))
    parts: list[bytes] = []
    size, rest = 0, raw
    try:
        while rest and not engine.eof:
            part = engine.decompress(rest, _PIECE)
            rest = engine.unconsumed_tail
            size += len(part)
            if size > min(room, most):
                return Embedded(name, b"", "too_large")
            parts.append(part)
            if not part and not rest:
                break
    except zlib.error:
        return Embedded(name, b"".join(parts), "corrupt")
    return Embedded(name, b"".join(parts), None if engine.eof else "corrupt")
