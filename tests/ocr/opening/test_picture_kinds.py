"""Every kind of picture file that holds a page shows that page, the right way up."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ocr.document import inspect
from ocr.errors import Rejected
from ocr.opening import formats, page_source
from ocr.opening.picture import Picture
from ocr.settings import OcrSettings
from tests.ocr.picture_files import BLACK, COLOUR, INK, KINDS, PAGE, Make, jpeg, pillow, tiff

PICTURES = Path(__file__).parents[1] / "pictures"
NEAR = 12.0
"""Grey levels, over the page: what becomes of it in black and white, and of coarse coding."""


def shown(path: Path, settings: OcrSettings, number: int = 1) -> Picture:
    source = page_source.load(path, number, settings)
    assert not source.odd
    return source.picture


def away(pixels: NDArray[np.uint8]) -> float:
    """Mean difference from the page that was drawn, in grey levels."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    assert grey.shape == PAGE.shape
    return float(np.abs(grey.astype(float) - PAGE).mean())


def written(folder: Path, data: bytes) -> Path:
    (folder / "page").write_bytes(data)
    return folder / "page"


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_a_page_is_shown_as_it_was_drawn(tmp_path: Path, make: Make, settings: OcrSettings) -> None:
    picture = shown(written(tmp_path, make()), settings)
    assert away(picture.pixels) < NEAR
    assert not picture.damaged


def test_a_page_turned_around_is_not_near() -> None:
    assert away(PAGE[::-1, ::-1]) > NEAR / 4
    assert away(255 - PAGE) > 10 * NEAR


def test_smaller_copies_of_pages_are_no_pages(tmp_path: Path, settings: OcrSettings) -> None:
    path = written(tmp_path, KINDS["tiff small copies"]())
    assert inspect(path, "image/tiff", settings).pages == 2
    assert away(shown(path, settings, 2).pixels) < NEAR


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "AVIF"])
def test_each_picture_of_a_file_is_a_page(tmp_path: Path, kind: str, settings: OcrSettings) -> None:
    back = Image.fromarray(PAGE[::-1, ::-1].copy()).convert("RGB")
    options = {"lossless": True} if kind == "WEBP" else {}
    data = pillow(COLOUR, kind, save_all=True, append_images=[back], **options)
    path = written(tmp_path, data)
    assert inspect(path, formats.type_of(path), settings).pages == 2
    assert away(shown(path, settings, 1).pixels) < NEAR
    assert away(shown(path, settings, 2).pixels[::-1, ::-1]) < NEAR


def test_a_heic_file_of_two_pages_is_read(settings: OcrSettings) -> None:
    path = PICTURES / "two-pages.heic"
    assert inspect(path, formats.type_of(path), settings).pages == 2
    assert away(shown(path, settings, 1).pixels) < NEAR
    assert away(shown(path, settings, 2).pixels[::-1, ::-1]) < NEAR


@pytest.mark.parametrize("name", ["turned.heic", "told-by-exif.heic"])
def test_a_phone_held_sideways_is_turned_once(name: str, settings: OcrSettings) -> None:
    assert away(shown(PICTURES / name, settings).pixels) < NEAR / 4


def test_a_file_of_more_pages_than_the_limit_is_not_read_in_part(tmp_path: Path) -> None:
    frames = [Image.fromarray(PAGE[::4, ::4] // (1 + n)) for n in range(4)]
    path = written(tmp_path, pillow(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    with pytest.raises(Rejected) as caught:
        inspect(path, "image/gif", OcrSettings(max_pages=3))
    assert caught.value.reason == "too_many_pages"


@pytest.mark.parametrize("kind", ["BMP", "GIF", "WEBP", "JPEG2000", "AVIF"])
def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, pillow(COLOUR, kind))
    with pytest.raises(Rejected) as caught:
        shown(path, OcrSettings(max_pixels=PAGE.size - 1))
    assert caught.value.reason == "too_large"


def test_dots_that_are_not_square_are_told(tmp_path: Path, settings: OcrSettings) -> None:
    image = Image.fromarray(BLACK)
    path = written(tmp_path, pillow(image, "TIFF", compression="group4", dpi=(204, 98)))
    picture = shown(path, settings)
    assert (picture.dpi_x, picture.dpi_y) == (204, 98)
    assert picture.bilevel


def test_the_resolution_is_turned_with_the_page(tmp_path: Path, settings: OcrSettings) -> None:
    lying = np.ascontiguousarray(np.rot90(PAGE))
    facts = {"resolution": (98, 204), "resolutionunit": "INCH"}
    data = tiff(
        lying.astype(np.int16), photometric="minisblack", **facts, extratags=[(274, 3, 1, 6, True)]
    )()
    picture = shown(written(tmp_path, data), settings)
    assert (picture.dpi_x, picture.dpi_y) == (204, 98)


def test_ink_on_nothing_of_which_a_part_is_coloured_stays_coloured(
    tmp_path: Path, settings: OcrSettings
) -> None:
    red = INK.copy()
    red[..., 0] = 200
    pixels = shown(written(tmp_path, pillow(red, "PNG")), settings).pixels
    assert int(pixels[..., 0].astype(int).sum()) > int(pixels[..., 1].astype(int).sum())


def test_an_unknown_coding_needs_its_package(
    tmp_path: Path, settings: OcrSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without imagecodecs such a page fails with a reason that says what to install."""
    import sys

    from ocr.opening.picture import PictureProblem
    from ocr.opening.pictures import image_file

    path = written(tmp_path, KINDS["jpeg 12 bits"]())
    monkeypatch.setitem(sys.modules, "imagecodecs", None)
    with pytest.raises(PictureProblem, match="codec_missing"):
        image_file.load(path, "image/jpeg", 1, settings.max_pixels, settings.max_side_pixels)
    sound = written(tmp_path, jpeg())
    assert image_file.load(sound, "image/jpeg", 1, settings.max_pixels, 4000).pixels.any()
