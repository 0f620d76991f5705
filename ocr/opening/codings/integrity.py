"""Whether a coded picture is whole, told by its own checks: most decoders hide what they mend.

What is checked costs a sound page less than 1 % of reading it, see ``docs/picture-formats.md``.
Runs inside the decoder's child process only.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

import numpy as np
import simplejpeg
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ocr.opening.codings import jpeg

_EXTRA = re.compile(r"(\d+) extraneous bytes before marker 0xd9")
_NO_VERDICT = re.compile("memory|subsampling|colorspace", re.IGNORECASE)
"""Words of errors that tell what libjpeg's fast path cannot do, and nothing about the picture."""

_PADDING = frozenset({b"\0", b"\xff"})
"""What some scanners fill up their files with before the end marker; any other rest of a scan is
what a flipped bit left over."""

_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK, _PIECE = 1 << 16, 1 << 20
"""Bytes that are given to zlib at once, and that are taken from it at once."""

_MOST_PIXELS = 200_000_000
"""A page at 1200 dpi; larger ones are not looked at, for want of time."""

_MOST_BYTES = 3 * _MOST_PIXELS
"""The same in colour, unpacked."""

LEAST_STEP = 4.0
"""Grey levels by which the paper jumps at a damaged block; its noise after averaging 64 pixels
is below 1 on the samples."""

_NEAR = 3.0
"""Grey levels within which a block counts as paper."""

_FEW = 12
"""Blocks of paper on either side of the place where it jumps."""

_MOST_STRAY = 0.08
"""Share of blocks on the wrong side of the jump: noise of the paper. Measured with ``LEAST_STEP``,
no alarm on 274 sound pages."""

_LEAST_SURE = 0.7
"""Share of the blocks of paper that must have one of the two levels; the rest is print or a
shadow."""

_PAPER_PERCENTILE = 80
"""Of a row's blocks this one is paper: print and its edges take less than a fifth, or the row says
nothing."""

_RUN = 6
"""Rows of blocks the paper's level is the median of."""


def is_damaged_jpeg(data: bytes) -> bool:
    """True if libjpeg mends something while decoding, or the paper's grey jumps inside a row.

    A flipped bit in a baseline JPEG often decodes without any warning, but shifts the grey of
    every block behind it. Of 400 flips in pages of the samples that could be seen and of which
    libjpeg did not warn (130), the jump told 77, with no alarm on 274 sound pages. Rare kinds of
    JPEG are not looked at: the library's fast path crashes on lossless ones.
    """
    header = jpeg.frame(data)
    if header is None:
        return True
    if not header.is_usual or header.width * header.height > _MOST_PIXELS:
        return False
    try:
        small = _eighth(data, strict=True)
    except ValueError as error:
        if _NO_VERDICT.search(str(error)):
            return False
        if not _is_padded(data, str(error)):
            return True
        small = _eighth(data, strict=False)
    return grey_jumps(small)


def _eighth(data: bytes, *, strict: bool) -> NDArray[np.uint8]:
    """The grey of every block of 8 by 8 pixels.

    Raises:
        ValueError: it does not decode; ``strict``: libjpeg mended something.
    """
    small = simplejpeg.decode_jpeg(
        data, "GRAY", min_height=1, min_width=1, min_factor=8, strict=strict
    )
    return np.asarray(small[..., 0], dtype=np.uint8)


def _is_padded(data: bytes, complaint: str) -> bool:
    """True if the complaint is of nothing but padding before the end marker."""
    extra = _EXTRA.search(complaint)
    if extra is None:
        return False
    end = data.rfind(b"\xff\xd9")
    rest = data[max(0, end - int(extra[1])) : end]
    return any(rest.count(byte) == len(rest) for byte in _PADDING)


def grey_jumps(blocks: NDArray[np.uint8]) -> bool:
    """True if from one block on, inside a row of blocks, all paper is brighter or darker.

    Args:
        blocks: mean grey of the blocks of 8 by 8 pixels, in the order in which they are coded.
    """
    height, width = blocks.shape
    if height < 2 * _RUN or width < 2 * _FEW:
        return False
    levels = blocks.astype(np.float32)
    paper = np.percentile(levels, _PAPER_PERCENTILE, axis=1)
    level = np.median(sliding_window_view(paper, _RUN), axis=1)  # of the rows from each on
    # colour is coded in units of two rows of blocks
    for gap in (2, 3):
        steps = level[_RUN + gap - 1 :] - level[: -(_RUN + gap - 1)]
        for first in np.flatnonzero(np.abs(steps) >= LEAST_STEP):
            last = int(first) + _RUN - 1
            old, new = float(level[first]), float(level[last + gap])
            if _jumps_inside(levels[last : last + gap + 1], old, new):
                return True
    return False


def _jumps_inside(rows: NDArray[np.float32], old: float, new: float) -> bool:
    """True if paper between the first and the last row is old on the left and new on the right."""
    near = min(_NEAR, abs(new - old) / 3)
    paper = (np.abs(rows[0] - old) <= near) & (np.abs(rows[-1] - new) <= near)
    if paper.sum() < 2 * _FEW:
        return False
    inner = rows[1:-1][:, paper]
    is_old = (np.abs(inner - old) <= near).all(axis=0)
    is_new = (np.abs(inner - new) <= near).all(axis=0)
    sure = is_old | is_new
    if sure.sum() < 2 * _FEW or sure.mean() < _LEAST_SURE:
        return False
    changed = is_new[sure]
    count = len(changed)
    fits = np.concatenate([[0], np.cumsum(~changed)])
    fits = fits + changed.sum() - np.concatenate([[0], np.cumsum(changed)])
    at = int(fits.argmax())
    return bool(fits[at] >= (1 - _MOST_STRAY) * count and _FEW <= at <= count - _FEW)


def is_damaged_png(data: bytes) -> bool:
    """True if a chunk is cut short or its CRC is wrong (PNG specification, 5.4)."""
    if not data.startswith(_PNG):
        return True
    # a chunk is its length, its type, its data and their CRC: 4, 4, any and 4 bytes (ibid., 5.3)
    view, at = memoryview(data), len(_PNG)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(view[at : at + 4], "big")
        if end + 4 > len(data):
            return True
        if zlib.crc32(view[at + 4 : end]) != int.from_bytes(view[end : end + 4], "big"):
            return True
        if data[at + 4 : at + 8] == b"IEND":
            return False
        at = end + 4
    return True


def is_damaged_deflate(data: bytes) -> bool:
    """True if a zlib stream (RFC 1950) breaks off or does not fit its check sum.

    Of one that unpacks to more than a page can be nothing is said.
    """
    inflater, size = zlib.decompressobj(), 0
    try:
        for start, end in pairwise([*range(0, len(data), _CHUNK), len(data)]):
            waiting = data[start:end]
            while waiting and not inflater.eof:
                size += len(inflater.decompress(waiting, _PIECE))
                waiting = inflater.unconsumed_tail
                if size > _MOST_BYTES:
                    return False
    except zlib.error:
        return True
    return not inflater.eof
