"""Base64 (RFC 2045 section 6.8) with everything saved that can be saved.

Met in real mail: two padded pieces one behind the other, a footer that a mailing list added, signs
at the ends of lines, blanks and empty lines anywhere, ``-_`` for ``+/``, padding lost, the end cut
off. The standard library stops at the first ``=`` and takes the letters of a footer for bytes.
"""

from __future__ import annotations

import binascii
import re
import string
from collections.abc import Iterator
from typing import Final

DAMAGED: Final = "damaged_base64"
"""Bytes are lost or doubtful."""

MENDED: Final = "encoding_mended"
"""All bytes are there, though they were packed against the rules."""

_BLANKS: Final = b" \t\r\n\v\f"
_ALPHABET: Final = string.ascii_letters.encode() + b"0123456789+/="
_FOREIGN: Final = bytes(sorted(set(range(256)) - set(_ALPHABET)))
_PADDING: Final = re.compile(rb"=+")
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_LINES: Final = re.compile(rb"\r{0,3}\n|\r")
_LINE: Final = 40
"""Signs from which a line is one of base64 even behind a foreign one; encoders write 60 to 76."""

_DENSE: Final = 0.9
"""Share of base64 signs from which a line with foreign ones is a damaged line and no text."""

_AT_ENDS: Final = b"!*.,;>|\xa0\xc2"
"""Signs that gateways put at the ends of lines, a hard blank (also as UTF-8) among them."""

_UNSEEN: Final = b"!\xa0\xc2"

_FEW: Final = 10
"""One line in so many may have lost signs; with more of them, lines tell nothing."""

_SEEN: Final = 4096
"""Bytes looked at for a guess."""

_MOST_PIECES: Final = 1_000_000
"""Paddings that are told apart; a file pieced together from more does not come by mail."""

_REPLACED: Final = bytes.maketrans(_FOREIGN, b"A" * len(_FOREIGN))


def decoded(source: bytes) -> tuple[bytes, str | None]:
    """The bytes, and ``damaged_base64`` or ``encoding_mended`` if the rules were broken.

    Blanks and empty lines lose nothing and are no fault.
    """
    packed = source.translate(None, _BLANKS)
    data = packed.rstrip(b"=")
    if len(packed) % 4 == 0 and b"=" not in data and not data.translate(None, _ALPHABET):
        return binascii.a2b_base64(packed), None
    clean, mark = _without_foreign(source)
    pieces, damaged = _pieces(clean)
    if len(pieces) > 1 or len(clean) % 4:  # without its padding it may have been cut
        mark = mark or MENDED
    return b"".join(map(_one, pieces)), DAMAGED if damaged else mark


def begins(source: bytes) -> bytes:
    """The first bytes of ``source`` if all it begins with is base64, for a guess; else empty."""
    head = source[:_SEEN].lstrip(_BLANKS)
    first = _LINES.split(head, maxsplit=1)[0].strip(_BLANKS + b"!")
    if len(first) < 16 or first.translate(None, _ALPHABET):
        return b""
    found, _ = decoded(head)
    return found


def _without_foreign(source: bytes) -> tuple[bytes, str | None]:
    """Base64 signs only, without lines that are text; what was wrong with them."""
    mark: str | None = None
    kept: list[bytes] = []
    for block, is_text in _blocks(source):
        if is_text:
            mark = mark or MENDED
            continue
        usual = len(block[0]) if block else 0
        lines: list[bytes] = []
        for line in block:
            clean = line.translate(None, _FOREIGN)
            if line.strip(_AT_ENDS) != clean:  # replaced by another sign, or added to the line
                clean = line.translate(_REPLACED) if len(line) == usual else clean
                mark = DAMAGED
            elif len(clean) != len(line):
                mark = mark or MENDED
            lines.append(clean)
        if _fill(lines):
            mark = DAMAGED
        kept.extend(lines)
    return b"".join(kept), mark


def _fill(lines: list[bytes]) -> bool:
    """Fills up the few lines that lost signs, so that what follows keeps its place in the bytes.

    Returns:
        Whether there were any.
    """
    usual = len(lines[0]) if lines else 0
    odd = {at for at, line in enumerate(lines[:-1]) if len(line) != usual and b"=" not in line}
    if usual % 4 or len(odd) > len(lines) // _FEW:
        return False
    lost = [at for at in odd if len(lines[at]) % 4 and not {at - 1, at + 1} & odd]
    for at in lost:
        lines[at] = lines[at][:usual].ljust(usual, b"A")
    return bool(lost)


def _blocks(source: bytes) -> Iterator[tuple[list[bytes], bool]]:
    """Stretches of lines, and whether they are text.

    A short line is base64 where it follows one; behind an empty or foreign line it is so only if
    a long one comes later.
    """
    lines = [line.strip(_BLANKS) for line in _LINES.split(source.replace(b"\0", b""))]
    if b"+" not in source and b"/" not in source:
        lines = [_plain(line) for line in lines]
    long = [at for at, line in enumerate(lines) if _is_long(line)]
    last = long[-1] if long else -1
    spaced = sum(not lines[at - 1] for at in long[1:]) > 1  # empty lines between all: no sign
    block: list[bytes] = []
    apart = False
    for at, line in enumerate(lines):
        if not line:
            apart = not spaced
        elif _is_long(line) or (not _is_foreign(line) and (at < last or not apart)):
            block.append(line)
            apart = False
        elif not block and last < 0 and not _is_foreign(line):
            block.append(line)  # nothing but short lines: a small file
            apart = False
        else:
            yield block, False
            yield [line], True
            block, apart = [], True
    yield block, False


def _plain(line: bytes) -> bytes:
    """``-`` and ``_`` read as ``+`` and ``/`` (RFC 4648 section 5) in a line that has no others."""
    foreign = line.translate(None, _ALPHABET)
    few = 2 * len(foreign) < len(line)
    return line.translate(_URL_SAFE) if few and not foreign.strip(b"-_") else line


def _is_foreign(line: bytes) -> bool:
    return bool(line.strip(_UNSEEN).translate(None, _ALPHABET))


def _is_long(line: bytes) -> bool:
    if len(line) < _LINE or b" " in line.strip():
        return False
    return len(line.translate(None, _FOREIGN)) >= _DENSE * len(line)


def _pieces(clean: bytes) -> tuple[list[bytearray], bool]:
    """The pieces between paddings, and whether a byte is lost.

    A ``=`` that completes no group of four is a stray one, and left out.
    """
    pieces: list[bytearray] = [bytearray()]
    at = 0
    stray = False
    for count, padding in enumerate(_PADDING.finditer(clean)):
        if count == _MOST_PIECES:
            pieces[-1] += clean[at:].replace(b"=", b"")
            return pieces, True
        pieces[-1] += clean[at : padding.start()]
        at = padding.end()
        over = len(pieces[-1]) % 4
        if at < len(clean) and over > 1 and 4 - over == len(padding.group()):
            pieces.append(bytearray())
        elif at < len(clean):
            stray = True
    pieces[-1] += clean[at:]
    return pieces, stray or any(len(piece) % 4 == 1 for piece in pieces)


def _one(piece: bytearray) -> bytes:
    """One piece; six bits at its end are no byte."""
    whole = piece[:-1] if len(piece) % 4 == 1 else piece
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
