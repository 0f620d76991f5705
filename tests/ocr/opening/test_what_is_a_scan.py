"""A page is a scan when the letters of the note come from images, however it is put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.document import inspect
from ocr.errors import Rejected
from ocr.opening import decoder_client, page_source
from ocr.opening.pdf.letter_count import letters
from ocr.settings import OcrSettings
from tests.ocr.odd_pdfs import (
    HEIGHT,
    TYPED,
    WIDTH,
    Grey,
    Sheet,
    bitmap_type,
    glyphs,
    regions,
    traced,
)

Make = Callable[[Sheet], None]
FOOTER = ("Scanned with DocuLens",)


@cache
def scanned() -> Grey:
    """A page as a scanner sees it, 200 dpi."""
    return drawn(TYPED, 1654, 2339, 31)


def drawn(lines: tuple[str, ...], width: int, height: int, size: int, ink: int = 30) -> Grey:
    page = Image.new("L", (width, height), 250)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype("DejaVuSerif.ttf", size)
    for number, line in enumerate(lines):
        pen.text((width // 12, height // 8 + round(1.7 * size) * number), line, font=face, fill=ink)
    return np.asarray(page, dtype=np.uint8)


def full(page: Sheet) -> None:
    page.image(scanned(), 0, 0, WIDTH, HEIGHT)


def letterhead(ink: int) -> Grey:
    """A whole sheet with a crest and two lines of print at its head."""
    head = drawn(("REPUBLIC OF FREEDONIA", "Permanent Mission, Vienna"), 1654, 2339, 40, ink).copy()
    head[500:] = 250
    head[60:220, 760:900] = ink
    return head


def signature() -> Grey:
    line = Image.new("L", (500, 200), 250)
    ImageDraw.Draw(line).line([(20, 150), (90, 30), (160, 170), (300, 40), (480, 120)], 30, 6)
    return np.asarray(line, dtype=np.uint8)


def seal() -> Grey:
    stamp = Image.new("L", (400, 400), 250)
    pen, face = ImageDraw.Draw(stamp), ImageFont.truetype("DejaVuSerif.ttf", 30)
    pen.ellipse([10, 10, 390, 390], outline=60, width=8)
    pen.text((60, 150), "PERMANENT MISSION", font=face, fill=60)
    pen.text((110, 210), "OF FREEDONIA", font=face, fill=60)
    return np.asarray(stamp, dtype=np.uint8)


def one_letter(sign: str) -> Grey:
    face = ImageFont.truetype("DejaVuSerif.ttf", 46)
    box = face.getbbox(sign)
    letter = Image.new("L", (round(box[2]) + 4, 60), 255)
    ImageDraw.Draw(letter).text((2, 0), sign, font=face, fill=0)
    return np.asarray(letter, dtype=np.uint8)


def below(page: Sheet) -> None:
    page.text(TYPED, 50, 720)
    full(page)


def hidden(page: Sheet) -> None:
    full(page)
    page.text(TYPED, 50, 720, how="3 Tr")


def white(page: Sheet) -> None:
    full(page)
    page.text(TYPED, 50, 720, how="1 g")


def over(page: Sheet) -> None:
    full(page)
    page.text(TYPED, 49.5, 730, 11.1)


def fax_header(page: Sheet) -> None:
    full(page)
    page.text(("28-NOV-2019 09:14  FROM +43 1 26060 0  TO +43 1 26060 1  PAGE 1/2",), 40, 825, 8)


def small(page: Sheet) -> None:
    page.image(scanned(), 97, 150, 400, 566)
    page.text(FOOTER, 97, 120, 9)


def small_on_grey_paper(page: Sheet) -> None:
    page.image((scanned() * 0.55).astype(np.uint8), 97, 150, 400, 566)
    page.text(FOOTER, 97, 120, 9)


def small_and_faint(page: Sheet) -> None:
    page.image((170 + scanned() * 0.3).astype(np.uint8), 97, 150, 400, 566)
    page.text(FOOTER, 97, 120, 9)


def few_words(page: Sheet) -> None:
    """The last page of a list: one person."""
    page.image(drawn(TYPED[4:5], 1654, 2339, 31)[:900], 97, 400, 400, 218)
    page.text(FOOTER, 97, 120, 9)


def half_size(page: Sheet) -> None:
    page.image(scanned(), 150, 250, 297, 421)
    page.text(("Annex to the message of 28 November 2019, page 1 of 1", *FOOTER), 60, 120, 9)


def cut_up(page: Sheet) -> None:
    regions(page, scanned())
    page.text(FOOTER, 40, 20, 8)


def cut_up_with_frame(page: Sheet) -> None:
    cut_up(page)
    page.content.append("20 20 555 802 re S")


def stencils(page: Sheet) -> None:
    glyphs(page, scanned())


def stencils_with_footer(page: Sheet) -> None:
    glyphs(page, scanned())
    page.text(FOOTER, 40, 20, 8)


def stencilled_words(page: Sheet) -> None:
    glyphs(page, scanned(), 12)
    page.text(FOOTER, 40, 20, 8)


def outlines(page: Sheet) -> None:
    traced(page, scanned())


def outlines_with_footer(page: Sheet) -> None:
    traced(page, scanned())
    page.text(FOOTER, 40, 20, 8)


def scan_in_a_form(page: Sheet) -> None:
    inner = Sheet(page.pdf)
    small(inner)
    form = page.pdf.make_stream("\n".join(inner.content).encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, WIDTH, HEIGHT])
    form.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(inner.images), Font=pikepdf.Dictionary(inner.fonts)
    )
    page.images["/Fm0"] = form
    page.content.append("/Fm0 Do")


def covering_text_over_a_list(page: Sheet) -> None:
    """A short typed letter, and the list as a scan below it."""
    page.text(TYPED[:3], 50, 800)
    page.image(scanned()[200:1100], 0, 60, WIDTH, 324)


def typed(page: Sheet) -> None:
    page.text(TYPED, 50, 700)


def with_logo(page: Sheet) -> None:
    typed(page)
    page.image(letterhead(30)[:500, 200:1400], 200, 760, 180, 75)


def with_signature(page: Sheet) -> None:
    typed(page)
    page.image(signature(), 300, 400, 200, 80)


def with_signature_and_seal(page: Sheet) -> None:
    with_signature(page)
    page.image(seal(), 60, 330, 160, 160)


def on_a_letterhead(page: Sheet) -> None:
    page.image(letterhead(30), 0, 0, WIDTH, HEIGHT)
    typed(page)


def on_a_watermark(page: Sheet) -> None:
    page.image(drawn(("COPY",) * 3, 1654, 2339, 400, ink=225), 0, 0, WIDTH, HEIGHT)
    typed(page)


def on_white(page: Sheet) -> None:
    page.image(np.full((1100, 800), 255, np.uint8), 0, 0, WIDTH, HEIGHT)
    typed(page)


def with_a_table(page: Sheet) -> None:
    typed(page)
    page.content.append(" ".join(f"50 {y} 495 20 re S" for y in range(100, 540, 4)))


def in_bitmap_type(page: Sheet) -> None:
    bitmap_type(page, TYPED, one_letter)


def in_bitmap_type_with_seal(page: Sheet) -> None:
    in_bitmap_type(page)
    page.image(seal(), 60, 330, 160, 160)


SCANS: tuple[Make, ...] = (
    full,
    below,
    hidden,
    white,
    over,
    fax_header,
    small,
    small_on_grey_paper,
    small_and_faint,
    few_words,
    half_size,
    cut_up,
    cut_up_with_frame,
    stencils,
    stencils_with_footer,
    stencilled_words,
    outlines,
    outlines_with_footer,
    scan_in_a_form,
    covering_text_over_a_list,
)
MADE_BY_PROGRAMS: tuple[Make, ...] = (
    typed,
    with_logo,
    with_signature,
    with_signature_and_seal,
    on_a_letterhead,
    on_a_watermark,
    on_white,
    with_a_table,
    in_bitmap_type,
    in_bitmap_type_with_seal,
)


def made(make: Make, path: Path, **entries: object) -> Path:
    page = Sheet()
    make(page)
    return page.save(path, **entries)


@pytest.mark.parametrize("make", SCANS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("turn", [0, 90])
def test_it_is_a_scan(tmp_path: Path, settings: OcrSettings, make: Make, turn: int) -> None:
    path = made(make, tmp_path / "page.pdf", Rotate=turn)
    assert inspect(path, "application/pdf", settings).pages == 1


@pytest.mark.parametrize("make", MADE_BY_PROGRAMS, ids=lambda make: make.__name__)
def test_it_was_made_by_a_program(tmp_path: Path, settings: OcrSettings, make: Make) -> None:
    path = made(make, tmp_path / "page.pdf")
    with pytest.raises(Rejected) as caught:
        inspect(path, "application/pdf", settings)
    assert caught.value.reason == "not_a_scan"


def test_a_document_with_one_scanned_page_is_read(tmp_path: Path, settings: OcrSettings) -> None:
    both = pikepdf.new()
    for name, make in (("a", typed), ("b", on_a_letterhead), ("c", full)):
        with pikepdf.open(made(make, tmp_path / f"{name}.pdf")) as one:
            both.pages.extend(one.pages)
    both.save(tmp_path / "both.pdf")
    assert inspect(tmp_path / "both.pdf", "application/pdf", settings).pages == 3
    kinds = decoder_client.kinds(tmp_path / "both.pdf", "application/pdf", settings)
    assert kinds == ("digital", "mixed", "scan")


def test_letters_are_counted_where_they_show(tmp_path: Path) -> None:
    """Typed words under the image show nowhere and count for nothing."""
    assert letters(made(below, tmp_path / "below.pdf"), 1).typed == 0
    beside = letters(made(small, tmp_path / "small.pdf"), 1)
    assert beside.in_images > 300
    assert 10 <= beside.typed <= 25


@pytest.mark.parametrize("make", [small, scan_in_a_form])
def test_a_small_scan_is_read_as_fine_as_its_paper_was(
    tmp_path: Path, settings: OcrSettings, make: Make
) -> None:
    path = made(make, tmp_path / "small.pdf")
    source = page_source.load(path, 1, settings).picture
    across = source.pixels.shape[1] * 400 / WIDTH
    assert across == pytest.approx(1654, rel=0.02)
    assert source.dpi_x == pytest.approx(200, rel=0.02)


def test_a_coarse_scan_is_not_enlarged(tmp_path: Path, settings: OcrSettings) -> None:
    page = Sheet()
    page.image(scanned()[::3, ::3], 97, 150, 400, 566)
    path = page.save(tmp_path / "coarse.pdf")
    assert max(page_source.load(path, 1, settings).picture.pixels.shape) <= 2345
