"""White print on dark bars is turned over, everything else is left alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.prepare.invert import with_bars_inverted
from ocr.settings import OcrSettings
from tests.ocr.conftest import ENGLISH

Grey = NDArray[np.uint8]
Draw = Callable[..., Grey]
BAR = (slice(700, 770), slice(150, 1500))


def with_bar(page: Grey, bar: int, ink: int, skew: float = 0.0) -> Grey:
    picture = Image.fromarray(page.copy())
    pen, face = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans-Bold.ttf", 34)
    pen.rectangle((150, 700, 1500, 770), fill=bar)
    pen.text((180, 712), "Annual Report of the Treasury", font=face, fill=ink)
    return np.asarray(picture.rotate(skew, fillcolor=250), np.uint8)


@pytest.mark.parametrize("bar", [0, 60, 120])
def test_white_letters_on_a_dark_bar_become_black_on_white(draw_page: Draw, bar: int) -> None:
    page = with_bar(draw_page(ENGLISH), bar, 250)
    turned = with_bars_inverted(page, 200)
    assert np.median(turned[BAR]) > 240
    assert 0.01 < (turned[BAR] < 100).mean() < 0.4
    rest = page.copy()
    rest[690:780] = turned[690:780]
    assert (rest == turned).all()


def test_the_bar_of_a_crooked_page_is_found_and_the_print_beside_it_kept(draw_page: Draw) -> None:
    page = with_bar(draw_page(ENGLISH), 0, 250, skew=1.5)
    turned = with_bars_inverted(page, 200)
    body = (slice(None, 600), slice(None))
    assert (turned[body] == page[body]).all()
    assert (turned < 100).sum() < 0.5 * (page < 100).sum()


@pytest.mark.parametrize(("bar", "ink"), [(0, 0), (200, 20), (130, 10)])
def test_empty_bars_and_dark_print_on_grey_stay(draw_page: Draw, bar: int, ink: int) -> None:
    page = with_bar(draw_page(ENGLISH), bar, ink)
    assert with_bars_inverted(page, 200) is page


def test_bold_print_is_no_bar(draw_page: Draw) -> None:
    page = draw_page(ENGLISH, font="DejaVuSans-Bold.ttf", points=22)
    assert with_bars_inverted(page, 200) is page


def test_a_reversed_heading_is_read(
    draw_page: Draw, save: Callable[..., object], settings: OcrSettings
) -> None:
    from ocr.reader import read_page

    path = save(with_bar(draw_page(ENGLISH), 110, 250), "page.png")
    page = read_page(path, 1, settings, ("en",))  # type: ignore[arg-type]
    assert "Annual Report of the Treasury" in page.text
