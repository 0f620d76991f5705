"""Damage is told by a picture's own checks, and a sound picture is not accused."""

from __future__ import annotations

import random
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.opening.codings.integrity import (
    grey_jumps,
    is_damaged_deflate,
    is_damaged_jpeg,
    is_damaged_png,
)
from tests.ocr.conftest import ENGLISH, draw
from tests.ocr.picture_files import COLOUR, PAGE, pillow

PAPER = np.random.default_rng(11).normal(238, 4, (1654, 1169)).clip(0, 255).astype(np.uint8)
SCAN = np.minimum(PAPER, draw(ENGLISH * 6, dpi=142)[:1654, :1169])
"""A page of print with a scanner's noise."""


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 4}])
@pytest.mark.parametrize("quality", [40, 75, 95])
def test_a_sound_jpeg_is_sound(quality: int, options: dict[str, object]) -> None:
    assert not is_damaged_jpeg(pillow(SCAN, "JPEG", quality=quality, **options))
    assert not is_damaged_jpeg(pillow(COLOUR, "JPEG", quality=quality, **options))


def test_a_jpeg_cut_short_is_damaged() -> None:
    whole = pillow(SCAN, "JPEG", quality=75)
    assert is_damaged_jpeg(whole[: len(whole) * 4 // 5] + b"\xff\xd9")


@pytest.mark.parametrize("padding", [bytes(3), bytes(400), b"\xff" * 5])
def test_padding_before_the_end_is_no_damage(padding: bytes) -> None:
    whole = pillow(SCAN, "JPEG", quality=75)
    assert not is_damaged_jpeg(whole[:-2] + padding + whole[-2:])


@pytest.mark.parametrize("rest", [b"\x91\x20\x07", bytes(range(1, 16))])
def test_what_a_scan_leaves_over_is_damage(rest: bytes) -> None:
    whole = pillow(SCAN, "JPEG", quality=75)
    assert is_damaged_jpeg(whole[:-2] + rest + whole[-2:])


def test_most_flipped_bits_that_can_be_seen_are_noticed() -> None:
    """Of the flips that change the page, at least half; libjpeg alone tells a third."""
    import io

    from PIL import Image

    whole, chance = pillow(SCAN, "JPEG", quality=75), random.Random(5)
    before = np.asarray(Image.open(io.BytesIO(whole))).astype(int)
    seen = told = 0
    for _ in range(150):
        mutant = bytearray(whole)
        mutant[chance.randrange(700, len(whole) * 9 // 10)] ^= 1 << chance.randrange(8)
        after = np.asarray(Image.open(io.BytesIO(bytes(mutant)))).astype(int)
        if np.abs(after - before).mean() > 2:
            seen += 1
            told += is_damaged_jpeg(bytes(mutant))
    assert seen > 20
    assert told >= 0.5 * seen


def blocks(rows: int = 120, columns: int = 90) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    noise = np.random.default_rng(3).normal(240, 0.7, (rows, columns))
    return np.asarray(noise.clip(0, 255), dtype=np.uint8)


@pytest.mark.parametrize("step", [-40, -9, 8])
def test_paper_that_changes_inside_a_row_is_a_jump(step: int) -> None:
    page = blocks().astype(int)
    page[60, 40:] += step
    page[61:] += step
    assert grey_jumps(page.clip(0, 255).astype(np.uint8))


def test_a_band_of_colour_a_shadow_and_a_desk_are_no_jumps() -> None:
    band, shadow, desk = (blocks().astype(int) for _ in range(3))
    band[40:60] -= 30
    shadow -= np.linspace(0, 80, shadow.shape[0]).astype(int)[:, None]
    desk[:20], desk[:, :10] = 90, 90
    for page in (band, shadow, desk):
        assert not grey_jumps(page.clip(0, 255).astype(np.uint8))


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 40))
def test_any_blocks_can_be_asked(seed: int, rows: int, columns: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (rows, columns)).astype(np.uint8)
    assert grey_jumps(noise) in (True, False)


PNG = pillow(PAGE, "PNG")


def test_a_sound_png_is_sound() -> None:
    assert not is_damaged_png(PNG)
    assert not is_damaged_png(PNG + b"behind the end")


@given(st.integers(8, len(PNG) - 5), st.integers(0, 7))
def test_every_flipped_bit_of_a_png_is_noticed(at: int, bit: int) -> None:
    mutant = bytearray(PNG)
    mutant[at] ^= 1 << bit
    assert is_damaged_png(bytes(mutant))


@given(st.integers(0, len(PNG) - 1))
def test_every_cut_of_a_png_is_noticed(end: int) -> None:
    assert is_damaged_png(PNG[:end])


DEFLATED = zlib.compress(PAGE.tobytes())


def test_a_sound_stream_is_sound() -> None:
    assert not is_damaged_deflate(DEFLATED)
    assert not is_damaged_deflate(DEFLATED + b"\r\n")


@given(st.integers(0, len(DEFLATED) - 1))
def test_every_cut_of_a_stream_is_noticed(end: int) -> None:
    assert is_damaged_deflate(DEFLATED[:end])


@given(st.integers(2, len(DEFLATED) - 1), st.integers(0, 7))
def test_a_flipped_bit_of_a_stream_is_noticed_or_changes_nothing(at: int, bit: int) -> None:
    """A few bits before the check sum only fill up a byte."""
    mutant = bytearray(DEFLATED)
    mutant[at] ^= 1 << bit
    assert is_damaged_deflate(bytes(mutant)) or zlib.decompress(mutant) == PAGE.tobytes()
