"""Numbers of any width become grey, and a page that shows nothing is told from one that does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from ocr.opening.picture import from_pillow, levels, oriented, says_nothing, without_missing
from tests.ocr.conftest import ENGLISH, draw

PAGE = draw(ENGLISH, dpi=100)


@given(
    arrays.arrays(
        st.sampled_from(["u1", "u2", "u4", "i1", "i2", "i4", "f2", "f4", "f8", "?"]),
        arrays.array_shapes(min_dims=2, max_dims=3, max_side=6),
    )
)
def test_any_numbers_become_bytes(deep: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> None:
    found = levels(deep)
    assert found.dtype == np.uint8
    assert found.shape == deep.shape


@given(arrays.arrays("u2", (4, 4)))
def test_brighter_stays_brighter(deep: np.ndarray[tuple[int, ...], np.dtype[np.uint16]]) -> None:
    order = np.argsort(deep, axis=None, kind="stable")
    assert (np.diff(levels(deep).ravel()[order].astype(int)) >= 0).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turning_twice_is_as_pillow_does_it(orientation: int) -> None:
    from PIL import ImageOps

    image = Image.fromarray(PAGE)
    tags = image.getexif()
    tags[274] = orientation
    expected = np.asarray(ImageOps.exif_transpose(image))
    assert (oriented(PAGE, orientation) == expected).all()


def test_paper_and_darkness_say_nothing_and_a_few_letters_do() -> None:
    assert says_nothing(np.full((400, 300), 250, np.uint8))
    assert says_nothing(PAGE // 16)
    assert says_nothing(np.empty((0, 0), np.uint8))
    few = np.full_like(PAGE, 250)
    few[100:140] = PAGE[100:140]
    assert not says_nothing(few)


def test_only_rows_that_were_never_decoded_become_white() -> None:
    for colour in (0, 128, 255):
        page = PAGE.copy()
        page[900:] = colour
        mended = without_missing(page)
        assert (mended[900:] == 255).all()
        assert (mended[:800] == PAGE[:800]).all()
    noisy = PAGE.copy()
    noisy[:, 0] = np.arange(len(noisy)) % 7
    assert without_missing(noisy) is noisy


@given(arrays.arrays("u1", arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12)))
def test_any_rows_can_be_asked(pixels: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> None:
    assert without_missing(pixels).shape == pixels.shape


@pytest.mark.parametrize(("height", "shown"), [(400, 400), (403, 400), (799, 400), (1210, 400)])
def test_a_picture_a_little_too_large_keeps_nearly_all_its_pixels(height: int, shown: int) -> None:
    image = Image.fromarray(PAGE).resize((height * 3 // 4, height))
    found = from_pillow(image, (300, 300), 400)
    assert found.pixels.shape[0] == shown
    assert found.dpi_x == pytest.approx(300 * shown / height, rel=0.01)
