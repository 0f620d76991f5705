"""Pages drawn for these tests: invented text on white, and files made of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.settings import OcrSettings

Grey = NDArray[np.uint8]
DrawPage = Callable[..., Grey]

ENGLISH = (
    "The Permanent Mission of Freedonia presents its compliments",
    "to the Office and has the honour to inform that the following",
    "experts will attend the meeting which is to be held in Vienna:",
    "Mr. John MWANGI, Director, Treaty Department,",
    "e-mail: j.mwangi@justice.example.org",
)
FRENCH = (
    "La Mission permanente présente ses compliments à l'Office et a",
    "l'honneur de lui communiquer le nom des experts qui participeront",
    "à la réunion prévue dans cette ville avec les autres délégations :",
    "M. Abdoulaye NDIAYE, Directeur des affaires pénales,",
    "courriel : a.ndiaye@justice.example.org",
)
RUSSIAN = (
    "Постоянное представительство свидетельствует своё уважение",
    "Управлению и имеет честь сообщить, что в совещании примут",
    "участие следующие эксперты от министерства юстиции страны:",
    "Г-н Иванов Пётр Сергеевич, начальник договорного отдела,",
    "эл. почта: p.ivanov@justice.example.org",
)
ARABIC = (
    "تهدي البعثة الدائمة لدى الأمم المتحدة في فيينا أطيب تحياتها",
    "إلى مكتب الأمم المتحدة المعني بالمخدرات والجريمة وتتشرف",
    "بإبلاغه بأسماء الخبراء المشاركين في الاجتماع المقبل",
    "السيد أحمد محمود العلي مدير إدارة المعاهدات",
)
CHINESE = (
    "中华人民共和国常驻联合国维也纳代表团向联合国毒品和犯罪问题",
    "办公室致意并谨通知下列专家将出席会议",
    "王小明先生，外交部条约法律司副司长",
    "电子邮件 wang.xm@mfa.example.org",
)


@pytest.fixture
def settings() -> OcrSettings:
    return OcrSettings()


@pytest.fixture
def draw_page() -> DrawPage:
    return draw


def draw(
    lines: Sequence[str],
    *,
    font: str = "DejaVuSerif.ttf",
    dpi: int = 200,
    points: float = 12,
    paper: int = 250,
    rtl: bool = False,
) -> Grey:
    """A4 page with the lines in its upper part."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    page = Image.new("L", (width, height), paper)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(font, round(points * dpi / 72))
    for number, line in enumerate(lines):
        y = dpi + number * round(1.7 * points * dpi / 72)
        if rtl:
            pen.text((width - dpi, y), line, font=face, fill=25, anchor="ra", direction="rtl")
        else:
            pen.text((dpi * 0.8, y), line, font=face, fill=25)
    return np.asarray(page, dtype=np.uint8)


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Write an image as a file whose kind the name tells."""

    def write(pixels: NDArray[np.uint8], name: str, dpi: int = 200) -> Path:
        path, image = tmp_path / name, Image.fromarray(pixels)
        if path.suffix != ".pdf":
            image.save(path, dpi=(dpi, dpi))
            return path
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=90, dpi=(dpi, dpi))
        path.write_bytes(img2pdf.convert(buffer.getvalue()))
        return path

    return write


@pytest.fixture
def scanned_pdf(tmp_path: Path) -> Callable[..., Path]:
    """A PDF whose page holds the given content stream and image XObjects."""

    def write(
        content: str,
        images: dict[str, pikepdf.Stream | Callable[[pikepdf.Pdf], pikepdf.Stream]],
        name: str = "scan.pdf",
        **page_entries: object,
    ) -> Path:
        pdf = pikepdf.new()
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0]
        made = {key: image(pdf) if callable(image) else image for key, image in images.items()}
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({**made}))
        page.Contents = pdf.make_stream(content.encode())
        for key, value in page_entries.items():
            page.obj[f"/{key}"] = value
        path = tmp_path / name
        pdf.save(path)
        return path

    return write
