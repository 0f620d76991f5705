"""Pages as JSON records and as hOCR 1.2 (https://kba.github.io/hocr-spec/1.2/)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocr.types import Box, Line, Page


def as_records(pages: tuple[Page, ...]) -> list[dict[str, object]]:
    """One record a page: lines of words, boxes as [left, top, right, bottom] in pixels."""
    return [
        {
            "page": page.number,
            "width": page.width,
            "height": page.height,
            "dpi": page.dpi,
            "rotation": page.rotation,
            "outcome": page.outcome,
            "reason": page.reason,
            "language": page.language,
            "mean_confidence": round(page.mean_confidence, 3),
            "engine": page.engine,
            "unread": [_box(box) for box in page.unread],
            "lines": [_line(line) for line in page.lines],
        }
        for page in pages
    ]


def _line(line: Line) -> dict[str, object]:
    return {
        "text": line.text,
        "box": _box(line.box),
        "words": [
            {"text": w.text, "box": _box(w.box), "confidence": round(w.confidence, 3)}
            for w in line.words
        ],
        "second": [
            {"text": r.text, "box": _box(r.box), "confidence": round(r.confidence, 3)}
            for r in line.second
        ],
    }


def _box(box: Box) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def as_hocr(pages: tuple[Page, ...]) -> str:
    """An hOCR document; ``x_wconf`` runs from 0 to 100 as that format wants it."""
    parts = [
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title></title>'
        '<meta name="ocr-system" content="noteverbale">'
        '<meta name="ocr-capabilities" content="ocr_page ocr_line ocrx_word"></head><body>'
    ]
    for page in pages:
        parts.append(
            f'<div class="ocr_page" id="page_{page.number}" '
            f'title="bbox 0 0 {page.width} {page.height}; ppageno {page.number - 1}">'
        )
        for line in page.lines:
            words = " ".join(
                f'<span class="ocrx_word" title="bbox {_hocr(w.box)}; '
                f'x_wconf {round(100 * w.confidence)}">{escape(w.text)}</span>'
                for w in line.words
            )
            parts.append(f'<span class="ocr_line" title="bbox {_hocr(line.box)}">{words}</span>')
        parts.append("</div>")
    return "\n".join([*parts, "</body></html>"])


def _hocr(box: Box) -> str:
    return f"{box.left} {box.top} {box.right} {box.bottom}"
