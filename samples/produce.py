"""One plan to one file and its truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

import cv2
import numpy as np

from samples import ink
from samples.notes import Note, write
from samples.packing import pack
from samples.pages import Pixels, Printout, print_html, raster
from samples.plan import QUALITY, Plan, stable_seed
from samples.scanner import DPI, JPEG_QUALITY, degrade

_LATIN = [
    "'Liberation Serif'",
    "'Liberation Serif'",
    "'Liberation Sans'",
    "'DejaVu Serif'",
    "'DejaVu Sans'",
    "'Noto Serif'",
    "'Noto Sans'",
    "'Liberation Mono'",
]
FONTS = {
    "ar": ["'Noto Naskh Arabic'", "Amiri", "'Noto Sans Arabic'", "'Noto Naskh Arabic'"],
    "zh": ["'Noto Serif CJK SC'", "'Noto Sans CJK SC'"],
}


@dataclass(frozen=True, slots=True)
class Made:
    """A finished sample: the file, its truth, and the note behind it."""

    filename: str
    data: bytes
    truth: dict[str, Any]
    note: Note


def page_style(language: str, rng: Random, full: bool) -> dict[str, str]:
    """Font, size and spacing; ``full`` asks for the tighter end."""
    font = rng.choice(FONTS.get(language, _LATIN))
    if full and "Mono" in font:
        font = "'Liberation Serif'"
    wide = any(x in font for x in ("DejaVu", "Mono"))
    size = rng.choice([10, 10.5, 11] if full or wide else [11, 11.5, 12, 12, 12.5])
    if language == "ar":
        size += 1.5
    return {
        "font": f"{font}, 'Noto Sans', 'Noto Sans Thai', 'Noto Sans CJK SC'",
        "size": str(size),
        "leading": rng.choice(["1.2", "1.3"] if full else ["1.25", "1.35", "1.5"]),
        "margin": rng.choice(["16mm 20mm 18mm 22mm", "18mm 22mm 19mm 25mm", "14mm 25mm 20mm 25mm"]),
        "gap": rng.choice(["2mm", "3mm", "4mm"]) if not full else "2mm",
        "align": "left" if language == "zh" else rng.choice(["justify", "justify", "left"]),
        "indent": "2em" if language == "zh" else "12mm",
        "spread": rng.choice(["0", "0", "0.2em"]) if language != "ar" else "0",
        "under": rng.choice(["none", "underline"]),
    }


def print_note(note: Note, rng: Random) -> Printout:
    """Set the note; if it runs over by a little, set it again tighter, as a typist would."""
    pages = 2 if note.plan.layout == "annex" else 1
    full = len(note.people) > 3 or note.plan.layout in ("ruled_table", "unruled_columns")
    out = print_html(
        note.html, page_style(note.plan.language, rng, full), note.rtl, note.plan.language
    )
    if len(out.texts) > pages:
        out = print_html(
            note.html, page_style(note.plan.language, rng, True), note.rtl, note.plan.language
        )
    return out


def _px(value: float, dpi: int) -> int:
    return int(value * dpi / 96)


def _hands(pages: list[Pixels], printout: Printout, note: Note, rng: Random, colour: bool) -> None:
    """Signature and seal where the sheet leaves room, marks of the registry elsewhere."""
    dpi = 300
    number, x, y, width, _ = printout.places["sign"]
    left = rng.uniform(0.02, 0.62)
    page = pages[number]
    pen = rng.choice([ink.BLACK, ink.BLUE]) if colour else ink.BLACK
    at = _px(x + width * left, dpi), _px(y + 6, dpi)
    ink.lay(page, ink.signature(rng, dpi), *at, pen, 0.9)
    strong = note.plan.degradation == "stamp"
    words = (stamp_words(note), rng.choice(["VIENNA", "WIEN", "1", "3", "2"]))
    if rng.random() < 0.85 or strong:
        tint = rng.choice([ink.BLUE, ink.BLUE, ink.RED, ink.VIOLET])
        drop = rng.uniform(-70, -20) if strong else rng.uniform(-16, 4)
        spot = _px(x + width * rng.uniform(0.0, 0.6), dpi), _px(y + drop, dpi)
        ink.lay(page, ink.round_stamp(rng, dpi, words), *spot, tint, 0.6 if strong else 0.7)
    if strong or rng.random() < 0.2:
        first = pages[0]
        day = (
            (note.written + timedelta(days=rng.randrange(0, 4))).strftime("%d %b %Y").upper()
            if note.written
            else ""
        )
        spot = (
            int(first.shape[1] * rng.uniform(0.5, 0.66)),
            int(first.shape[0] * (rng.uniform(0.1, 0.2) if strong else 0.012)),
        )
        ink.lay(
            first,
            ink.received_mark(rng, dpi, day),
            *spot,
            rng.choice([ink.RED, ink.BLUE, ink.VIOLET]),
            0.55,
        )


def stamp_words(note: Note) -> str:
    """Words round the seal, in letters that stand alone."""
    names = {
        "ru": "ПОСТОЯННОЕ ПРЕДСТАВИТЕЛЬСТВО",
        "zh": "常驻维也纳代表团",
        "fr": "MISSION PERMANENTE",
        "es": "MISIÓN PERMANENTE",
    }
    return names.get(note.plan.language, "PERMANENT MISSION")


def _fax_line(rng: Random, year: int, page: int, pages: int) -> str:
    day, hour, minute = rng.randrange(1, 28), rng.randrange(8, 18), rng.randrange(60)
    number = rng.randrange(500_000, 600_000)
    return f"{day:02}/05/{year} {hour:02}:{minute:02}   +43 1 {number}   P. {page:02}/{pages:02}"


def scan_pages(
    printout: Printout, plan: Plan, rng: Random, note: Note | None
) -> tuple[list[Pixels], list[str]]:
    """The printed pages as the plan's device delivers them, and the line each fax is headed by.

    A page without such a line has an empty text.
    """
    colour = plan.degradation in ("stamp", "photo")
    pages = [np.array(p) for p in raster(printout.pdf, 300, colour)]
    if note is not None:
        _hands(pages, printout, note, rng, colour)
    headers: list[str] = []
    out: list[Pixels] = []
    for page in pages:
        made = degrade(page, plan.degradation, rng)
        headers.append("")
        if plan.degradation == "fax" and rng.random() < 0.7:
            headers[-1] = _fax_line(rng, plan.occasion.held.year, len(out) + 1, len(pages))
            ink.fax_header(made, headers[-1], 200)
        out.append(made)
    if plan.degradation == "sideways" and len(out) > 1:
        first = degrade(pages[0], "scan", rng)
        out[0] = first
    if plan.container != "pdf-jpeg" and plan.container != "jpeg":
        out = [
            np.asarray(cv2.cvtColor(p, cv2.COLOR_RGB2GRAY), np.uint8) if p.ndim == 3 else p
            for p in out
        ]
    return out, headers


def truth_of(plan: Plan, note: Note | None, texts: tuple[str, ...], folder: str) -> dict[str, Any]:
    """The truth file of one reply."""
    rejected = plan.reason is not None
    known = note if note is not None and not rejected else None
    return {
        "file": f"{folder}/{plan.filename}",
        "language": plan.language,
        "layout": plan.layout,
        "quality": QUALITY[plan.degradation],
        "degradation": plan.degradation,
        "outcome": "rejected" if rejected else "processed",
        "reason": plan.reason,
        "kind": None if rejected else plan.kind,
        "state": known.state if known else None,
        "meeting": plan.occasion.reference if known and plan.meeting else None,
        "note_reference": known.reference if known else None,
        "note_date": known.written.isoformat() if known and known.written else None,
        "delegates": [p.truth(i) for i, p in enumerate(known.printed, 1)] if known else [],
        "pages": [{"number": i, "text": t} for i, t in enumerate(texts, 1)],
        **(known.extra if known else {}),
        **({"earlier": plan.earlier} if plan.earlier else {}),
        "purpose": plan.purpose,
    }


def make_reply(plan: Plan, earlier: Note | None = None) -> Made:
    """Write, print, sign, stamp and scan the reply of ``plan``."""
    return scanned(write(plan, earlier))


def scanned(note: Note) -> Made:
    """Print, sign, stamp and scan a reply."""
    plan = note.plan
    rng = Random(stable_seed(plan.seed, "paper"))
    printout = print_note(note, rng)
    if len(printout.texts) > 1 and plan.container in ("jpeg", "png"):
        plan = replace(plan, container="pdf-jpeg")
    pages, headers = scan_pages(printout, plan, rng, note)
    texts = tuple(f"{h}\n{t}" if h else t for h, t in zip(headers, printout.texts, strict=True))
    data = pack(pages, plan.container, DPI[plan.degradation], JPEG_QUALITY[plan.degradation])
    return Made(plan.filename, data, truth_of(plan, note, texts, "replies"), note)
