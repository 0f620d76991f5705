"""One invented page as every kind of picture file that scanners, cameras and programs make."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from tests.ocr.conftest import ENGLISH, Grey, draw

PAGE: Grey = draw(ENGLISH, dpi=100)
COLOUR = np.dstack([PAGE] * 3)
BLACK = PAGE > 128
INK = np.dstack([np.zeros_like(COLOUR), 255 - PAGE])
"""Black ink on nothing: the paper is transparent."""

WHITE_INK = np.dstack([np.full_like(COLOUR, 255), 255 - PAGE])

UNDONE = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What a camera held that way does to the page before it writes the tag Orientation."""

Make = Callable[[], bytes]


def pillow(pixels: NDArray[np.generic] | Image.Image, kind: str, **options: object) -> bytes:
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def by_pillow(pixels: NDArray[np.generic] | Image.Image, kind: str, **options: object) -> Make:
    return lambda: pillow(pixels, kind, **options)


def tiff(pixels: NDArray[np.generic], **options: object) -> Make:
    def make() -> bytes:
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, pixels, **options)  # type: ignore[arg-type]
        return buffer.getvalue()

    return make


def wide(bits: int, *, white_is_zero: bool = False) -> NDArray[np.uint16]:
    """The page with so many of 16 bits in use."""
    page = 255 - PAGE if white_is_zero else PAGE
    return page.astype(np.uint16) << np.uint16(bits - 8)


def turned(orientation: int, mode: str = "L") -> Image.Image:
    image = Image.fromarray(PAGE).convert(mode)
    undone = UNDONE[orientation]
    return image if undone is None else image.transpose(undone)


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[274] = orientation
    return tags.tobytes()


def jpeg() -> bytes:
    return pillow(PAGE, "JPEG", quality=90)


def with_dnl(data: bytes) -> bytes:
    """The JPEG with 0 lines in its frame and the number in a DNL segment (T.81 B.2.5)."""
    at = data.index(b"\xff\xc0") + 5
    height, end = data[at : at + 2], data.rindex(b"\xff\xd9")
    told = b"\xff\xdc\x00\x04" + height
    return data[:at] + b"\0\0" + data[at + 2 : end] + told + data[end:]


def tiff_by_hand(data: bytes, bits: int, coding: int, *more: int) -> bytes:
    """A TIFF of one grey strip; ``more`` are tags that point to the strip or tell its length."""
    (height, width), start = PAGE.shape, 8 + 2 + 12 * (9 + len(more)) + 4
    tags = [(256, width), (257, height), (258, bits), (259, coding), (262, 1), (273, start)]
    tags += [(277, 1), (278, height), (279, len(data))]
    tags += [(tag, start if tag % 2 else len(data)) for tag in more]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4) + data


def old_jpeg_tiff() -> bytes:
    """Compression 6: a whole JPEG named by JPEGInterchangeFormat (TIFF 6.0, section 22)."""
    return tiff_by_hand(jpeg(), 8, 6, 513, 514)


def packed(bits: int) -> bytes:
    """Numbers of 12 or 4 bits without gaps between them, each row ending with a byte."""
    deep = PAGE.astype(np.uint16) << 4 if bits == 12 else PAGE.astype(np.uint16) >> 4
    ones = (deep[..., None] >> np.arange(bits - 1, -1, -1)) & 1
    rows = np.packbits(ones.reshape(len(PAGE), -1).astype(np.uint8), axis=1)
    return tiff_by_hand(rows.tobytes(), bits, 1)


def with_small_copies() -> bytes:
    """A reduced copy before each of two pages, as some scanners write it."""
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        for _ in range(2):
            writer.write(PAGE[::8, ::8], subfiletype=1)
            writer.write(PAGE, subfiletype=2)
    return buffer.getvalue()


def run_length_bmp() -> bytes:
    """BMP of compression BI_RLE8, which Pillow cannot write."""
    rows = b""
    for row in PAGE[::-1]:
        ends = [*np.flatnonzero(np.diff(row)) + 1, len(row)]
        start = 0
        for end in ends:
            while start < end:
                count = min(255, end - start)
                rows += bytes([count, row[start]])
                start += count
        rows += b"\0\0"
    rows += b"\0\1"
    palette = b"".join(bytes([value, value, value, 0]) for value in range(256))
    start, (height, width) = 54 + len(palette), PAGE.shape
    head = struct.pack("<2sIHHI", b"BM", start + len(rows), 0, 0, start)
    facts = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(rows), 3937, 3937, 256, 0)
    return head + facts + palette + rows


GREY = Image.fromarray(PAGE)

KINDS: dict[str, Make] = {
    "tiff 12 bits of 16": tiff(wide(12)),
    "tiff 10 bits of 16": tiff(wide(10)),
    "tiff 14 bits of 16": tiff(wide(14)),
    "tiff 16 bits": tiff(wide(16)),
    "tiff 8 bits of 16": tiff(wide(8)),
    "tiff 12 bits of 16, colour": tiff(COLOUR.astype(np.uint16) * 16, photometric="rgb"),
    "tiff signed 16 bits": tiff(PAGE.astype(np.int16) * 100 - 3000, photometric="minisblack"),
    "tiff signed 8 bits": tiff(
        (PAGE.astype(np.int16) - 128).astype(np.int8), photometric="minisblack"
    ),
    "tiff 32 bits": tiff(PAGE.astype(np.uint32) << np.uint32(24), photometric="minisblack"),
    "tiff fractions": tiff((PAGE / 255).astype(np.float32), photometric="minisblack"),
    "tiff short fractions": tiff((PAGE / 255).astype(np.float16), photometric="minisblack"),
    "tiff long fractions": tiff(PAGE / 255, photometric="minisblack"),
    "tiff white is zero": tiff(255 - PAGE, photometric="miniswhite"),
    "tiff white is zero, 12 of 16": tiff(wide(12, white_is_zero=True), photometric="miniswhite"),
    "tiff old JPEG": old_jpeg_tiff,
    "tiff 12 bits packed": lambda: packed(12),
    "tiff 4 bits packed": lambda: packed(4),
    "tiff JPEG": tiff(COLOUR, photometric="rgb", compression="jpeg"),
    "tiff JPEG of 12 bits": tiff(
        wide(12),
        photometric="minisblack",
        compression="jpeg",
        compressionargs={"bitspersample": 12},
    ),
    "tiff JPEG 2000": tiff(PAGE, photometric="minisblack", compression="jpeg2000"),
    "tiff WebP": tiff(COLOUR, photometric="rgb", compression="webp"),
    "tiff LZMA": tiff(PAGE, compression="lzma", rowsperstrip=64),
    "tiff LZMA of 12 bits": tiff(wide(12), compression="lzma"),
    "tiff Zstandard": tiff(PAGE, compression="zstd"),
    "tiff PackBits": tiff(PAGE, compression="packbits"),
    "tiff strips": tiff(PAGE, compression="lzw", rowsperstrip=16),
    "tiff tiles": tiff(PAGE, compression="deflate", tile=(256, 256)),
    "tiff planes": tiff(
        np.ascontiguousarray(np.moveaxis(COLOUR, 2, 0)),
        photometric="rgb",
        planarconfig="separate",
    ),
    "tiff predictor": tiff(COLOUR, photometric="rgb", compression="lzw", predictor=True),
    "tiff large": tiff(PAGE, bigtiff=True),
    "tiff other byte order": tiff(wide(12), byteorder=">"),
    "tiff CMYK": tiff(np.dstack([255 - COLOUR, 0 * PAGE]), photometric="separated"),
    "tiff alpha": tiff(INK, photometric="rgb", extrasamples=["unassalpha"]),
    "tiff small copies": with_small_copies,
    "jpeg": jpeg,
    "jpeg progressive": by_pillow(PAGE, "JPEG", quality=90, progressive=True),
    "jpeg height told late": lambda: with_dnl(jpeg()),
    "jpeg without an end": lambda: jpeg()[:-2],
    "jpeg padded": lambda: jpeg()[:-2] + b"\0\0\0" + jpeg()[-2:],
    "jpeg CMYK": by_pillow(Image.fromarray(COLOUR).convert("CMYK"), "JPEG", quality=95),
    "jpeg lossless": lambda: bytes(imagecodecs.ljpeg_encode(PAGE)),
    "jpeg 12 bits": lambda: bytes(imagecodecs.jpeg8_encode(wide(12), bitspersample=12)),
    "jpeg of a stereo camera": by_pillow(
        Image.fromarray(COLOUR),
        "MPO",
        save_all=True,
        append_images=[Image.fromarray(COLOUR[::2, ::2])],
    ),
    "png": by_pillow(PAGE, "PNG"),
    "png 16 bits": by_pillow(wide(16), "PNG"),
    "png 12 bits of 16": by_pillow(wide(12), "PNG"),
    "png black on nothing": by_pillow(INK, "PNG"),
    "png white on nothing": by_pillow(WHITE_INK, "PNG"),
    "png grey and alpha": by_pillow(np.dstack([0 * PAGE, 255 - PAGE]), "PNG"),
    "gif": by_pillow(GREY.quantize(64), "GIF"),
    "bmp": by_pillow(COLOUR, "BMP"),
    "bmp grey": by_pillow(PAGE, "BMP"),
    "bmp run lengths": run_length_bmp,
    "webp": by_pillow(COLOUR, "WEBP", quality=90),
    "jp2": by_pillow(COLOUR, "JPEG2000"),
    "jp2 12 bits": lambda: bytes(
        imagecodecs.jpeg2k_encode(wide(12), codecformat="jp2", bitspersample=12)
    ),
    "j2k": lambda: bytes(imagecodecs.jpeg2k_encode(PAGE, codecformat="j2k")),
    "avif": by_pillow(COLOUR, "AVIF", quality=90),
}
"""Files from which the page must come out as it was drawn."""

KINDS |= {
    f"tiff orientation {orientation} {mode} {coding}": by_pillow(
        turned(orientation, mode), "TIFF", compression=coding, tiffinfo={274: orientation}
    )
    for orientation in range(1, 9)
    for mode, coding in (
        ("L", "raw"),
        ("L", "tiff_lzw"),
        ("1", "raw"),
        ("1", "group4"),
        ("RGB", "raw"),
        ("RGB", "tiff_lzw"),
        ("P", "raw"),
    )
}
KINDS |= {
    f"{kind} orientation {orientation}": by_pillow(
        turned(orientation), kind, exif=exif(orientation)
    )
    for orientation in range(2, 9)
    for kind in ("JPEG", "PNG", "WEBP")
}
