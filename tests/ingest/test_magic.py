"""Kinds of files told from their first bytes."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ingest.magic import media_type


@pytest.mark.parametrize(
    ("made_as", "kind"),
    [
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
        ("WEBP", "image/webp"),
        ("JPEG2000", "image/jp2"),
        ("TIFF", "image/tiff"),
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
    ],
)
def test_a_picture_is_told_from_its_bytes(made_as: str, kind: str) -> None:
    made = io.BytesIO()
    Image.new("RGB", (30, 20)).save(made, made_as)
    assert media_type(made.getvalue(), "note.txt") == kind


@pytest.mark.parametrize(
    ("brands", "kind"),
    [
        ((b"heic", b"mif1"), "image/heic"),
        ((b"mif1", b"heic"), "image/heic"),  # the container's brand first, as some phones write
        ((b"mif1", b"miaf", b"avif"), "image/avif"),
        ((b"avis",), "image/avif"),
        ((b"mif1", b"miaf"), "image/heif"),
        ((b"isom", b"mp42"), "application/octet-stream"),
    ],
)
def test_pictures_of_phones_are_told_by_their_brands(brands: tuple[bytes, ...], kind: str) -> None:
    first, *others = brands
    body = b"ftyp" + first + bytes(4) + b"".join(others)
    assert media_type((len(body) + 4).to_bytes(4, "big") + body + bytes(40)) == kind


def test_a_code_stream_of_jpeg_2000_needs_no_box() -> None:
    assert media_type(b"\xff\x4f\xff\x51\x00\x29" + bytes(40)) == "image/jp2"


def test_a_text_that_begins_with_two_letters_is_no_picture() -> None:
    assert media_type(b"BM Vienna Office\r\nRegards\r\n") == "text/plain"
