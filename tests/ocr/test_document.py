"""What a document is, found out before anything is read, also when it is hostile."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image

from ocr.document import ScanInfo, inspect
from ocr.errors import ChildTimeout, Rejected
from ocr.opening import decoder_client
from ocr.reader import read_page
from ocr.settings import OcrSettings
from tests.work import at_most

PDF = "application/pdf"
Save = Callable[..., Path]
FULL_PAGE = "q 595 0 0 842 0 0 cm /Im0 Do Q"


def reason(path: Path, media_type: str, settings: OcrSettings, *, accept: bool = False) -> str:
    with pytest.raises(Rejected) as caught:
        inspect(path, media_type, settings, accept)
    return caught.value.reason


def grey_image(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    pixels = np.full((84, 60), 255, np.uint8)
    return pikepdf.Stream(
        pdf,
        pixels.tobytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=60,
        Height=84,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )


@pytest.fixture
def page() -> NDArray[np.uint8]:
    return np.full((120, 84), 250, np.uint8)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.pdf", PDF), ("a.tif", "image/tiff"), ("a.jpg", "image/jpeg"), ("a.png", "image/png")],
)
def test_scans_of_each_type_pass(
    save: Save, page: NDArray[np.uint8], name: str, media_type: str, settings: OcrSettings
) -> None:
    assert inspect(save(page, name), media_type, settings) == ScanInfo(media_type, 1)


def test_pages_of_a_tiff_are_counted_up_to_the_limit(
    tmp_path: Path, page: NDArray[np.uint8], settings: OcrSettings
) -> None:
    path, image = tmp_path / "fax.tif", Image.fromarray(page)
    image.save(path, save_all=True, append_images=[image, image])
    assert inspect(path, "image/tiff", settings).pages == 3
    assert reason(path, "image/tiff", OcrSettings(max_pages=2)) == "too_many_pages"


def test_a_pdf_with_too_many_pages_is_rejected(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    for _ in range(4):
        pdf.add_blank_page()
    pdf.save(tmp_path / "long.pdf")
    assert reason(tmp_path / "long.pdf", PDF, OcrSettings(max_pages=3)) == "too_many_pages"


def test_a_born_digital_pdf_is_no_scan_unless_a_person_accepts_it(
    scanned_pdf: Callable[..., Path], settings: OcrSettings
) -> None:
    path = scanned_pdf("BT /F1 12 Tf 72 700 Td (Note verbale) Tj ET", {})
    assert reason(path, PDF, settings) == "not_a_scan"
    assert inspect(path, PDF, settings, accept=True).pages == 1


def test_a_logo_does_not_make_a_scan(
    scanned_pdf: Callable[..., Path], settings: OcrSettings
) -> None:
    content = "q 60 0 0 60 72 700 cm /Im0 Do Q BT /F1 12 Tf 72 600 Td (Note) Tj ET"
    assert reason(scanned_pdf(content, {"/Im0": grey_image}), PDF, settings) == "not_a_scan"


@pytest.mark.parametrize("mode", [3, 0])
def test_a_scan_with_a_text_layer_is_a_scan(
    scanned_pdf: Callable[..., Path], settings: OcrSettings, mode: int
) -> None:
    content = f"BT {mode} Tr /F1 12 Tf 72 700 Td (from the scanner) Tj ET {FULL_PAGE}"
    assert inspect(scanned_pdf(content, {"/Im0": grey_image}), PDF, settings).pages == 1


@pytest.mark.parametrize("media_type", ["application/msword", "text/html"])
def test_a_word_processor_file_is_no_scan(
    tmp_path: Path, settings: OcrSettings, media_type: str
) -> None:
    (tmp_path / "x").write_bytes(b"text")
    assert reason(tmp_path / "x", media_type, settings) == "not_a_scan"


def test_other_types_are_not_supported(tmp_path: Path, settings: OcrSettings) -> None:
    (tmp_path / "x").write_bytes(b"AT&TFORM")
    assert reason(tmp_path / "x", "image/vnd.djvu", settings) == "unsupported_type"


def test_a_password_is_told_from_damage(tmp_path: Path, settings: OcrSettings) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="x"))
    pdf.save(tmp_path / "printable.pdf", encryption=pikepdf.Encryption(user="", owner="x"))
    assert reason(tmp_path / "locked.pdf", PDF, settings) == "encrypted"
    assert inspect(tmp_path / "printable.pdf", PDF, settings).pages == 1


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7\nnothing more", b"%PDF-1.4\n" + b"\xff" * 999])
def test_damaged_pdfs_are_corrupt(tmp_path: Path, settings: OcrSettings, rubbish: bytes) -> None:
    (tmp_path / "bad.pdf").write_bytes(rubbish)
    assert reason(tmp_path / "bad.pdf", PDF, settings) == "corrupt"


@pytest.mark.parametrize(("name", "media_type"), [("a.tif", "image/tiff"), ("a.png", "image/png")])
def test_damaged_images_are_corrupt(
    tmp_path: Path, settings: OcrSettings, name: str, media_type: str
) -> None:
    (tmp_path / name).write_bytes(b"II*\x00\xff\xff\xff\xff")
    assert reason(tmp_path / name, media_type, settings) == "corrupt"


def test_a_file_over_the_size_limit_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "big.pdf").write_bytes(b"%PDF-1.7\n" + bytes(2 * 1024 * 1024))
    assert reason(tmp_path / "big.pdf", PDF, OcrSettings(max_file_mb=1)) == "too_large"


def test_a_bomb_of_half_a_gigabyte_ends_within_the_limits(
    tmp_path: Path, settings: OcrSettings
) -> None:
    """A page whose instructions unpack to more than the child may have."""
    packer = zlib.compressobj(9)
    chunk = b"0 0 m " * 200_000
    packed = b"".join(packer.compress(chunk) for _ in range(450)) + packer.flush()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pikepdf.Stream(pdf, b"")
    pdf.pages[0].Contents.write(packed, filter=pikepdf.Name.FlateDecode)
    pdf.save(tmp_path / "bomb.pdf")
    small = OcrSettings(memory_mb=400, page_timeout_s=4)
    with at_most(cpu_s=4 + 2):  # whole seconds, and what our own code needs
        page = read_page(tmp_path / "bomb.pdf", 1, small)
    assert (page.outcome, page.reason) == ("failed", "corrupt")  # qpdf's word for want of memory
    # and the next document is read as if nothing had been
    assert reason(tmp_path / "bomb.pdf", "image/vnd.djvu", settings) == "unsupported_type"


def test_the_decoder_is_started_again_after_it_was_killed(
    save: Save, page: NDArray[np.uint8], settings: OcrSettings
) -> None:
    path = save(page, "a.png")
    inspect(path, "image/png", settings)
    decoder_client.stop()
    assert inspect(path, "image/png", settings).pages == 1


def test_a_decoder_that_hangs_is_a_time_out(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.png")  # opening it for reading never ends
    with pytest.raises(ChildTimeout):
        decoder_client.kinds(tmp_path / "pipe.png", "image/png", OcrSettings(page_timeout_s=0.1))
