"""JPEGs whose height comes late or whose end is missing are mended in their bytes."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ocr.opening.codings import jpeg
from tests.ocr.picture_files import PAGE, pillow, with_dnl

WHOLE = pillow(PAGE, "JPEG", quality=90)


def test_the_height_told_late_is_put_where_decoders_look() -> None:
    assert jpeg.with_height(with_dnl(WHOLE)).replace(b"\xff\xdc\x00\x04", b"", 1) != WHOLE
    mended = Image.open(io.BytesIO(jpeg.with_height(with_dnl(WHOLE))))
    assert mended.size == (PAGE.shape[1], PAGE.shape[0])
    assert np.abs(np.asarray(mended).astype(int) - PAGE).mean() < 1


def test_without_that_segment_the_height_of_the_pdf_is_taken() -> None:
    found = jpeg.frame(WHOLE)
    assert found is not None
    start = found.at + 5
    headless = WHOLE[:start] + b"\0\0" + WHOLE[start + 2 :]
    assert jpeg.with_height(headless) == headless
    assert jpeg.with_height(headless, PAGE.shape[0]) == WHOLE


def test_a_thumbnail_in_front_is_not_taken_for_the_picture() -> None:
    small = pillow(PAGE[::16, ::16], "JPEG")
    inside = b"\xff\xe1" + (len(small) + 2).to_bytes(2, "big") + small
    found = jpeg.frame(WHOLE[:2] + inside + with_dnl(WHOLE)[2:])
    assert found is not None
    assert (found.height, found.width) == (0, PAGE.shape[1])


def test_a_sound_picture_stays_as_it_is() -> None:
    assert jpeg.mended(WHOLE) is WHOLE or jpeg.mended(WHOLE) == WHOLE


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_picture_cut_short_gets_an_end_and_decodes(share: float) -> None:
    cut = WHOLE[: int(len(WHOLE) * share)]
    pixels = np.asarray(Image.open(io.BytesIO(jpeg.mended(cut))))
    assert pixels.shape == PAGE.shape


@given(st.binary(max_size=400), st.integers(0, 70_000))
def test_any_bytes_can_be_asked(data: bytes, height: int) -> None:
    assert jpeg.mended(data, height).startswith(data[:2])


@given(st.integers(2, len(WHOLE) - 2), st.binary(min_size=1, max_size=6), st.integers(0, 70_000))
def test_mending_changes_the_height_and_the_end_and_nothing_else(
    at: int, put: bytes, height: int
) -> None:
    data = with_dnl(WHOLE)
    mutant = data[:at] + put + data[at + len(put) :]
    mended = jpeg.mended(mutant, height)
    assert len(mended) in {len(mutant), len(mutant) + 1, len(mutant) + 2}
    differ = [i for i, (a, b) in enumerate(zip(mutant, mended, strict=False)) if a != b]
    assert not differ or max(differ) - min(differ) <= 1 or differ[-1] >= len(mutant) - 1


@given(st.binary(max_size=40))
def test_markers_in_any_order_end(data: bytes) -> None:
    segments = b"".join(b"\xff" + bytes([b]) + b"\0\2" for b in data)
    found = jpeg.frame(b"\xff\xd8" + segments)
    assert found is None or found.at < found.scan
