"""The child process in which untrusted files are opened: ``python -m ocr.opening.decoder``.

Requests come and answers go as ``children.serving`` says, each file being opened in a process of
its own: ``{"ok": {...}}`` or ``{"error": code}``. Pixels come back as a ``.npy`` file.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from ingest.magic import PDF
from ocr.children import serving, shortages
from ocr.children.serving import Answer, Request
from ocr.opening import picture
from ocr.opening.pdf import embedded_files, images, page_kind, rebuild, rewrite, scan
from ocr.opening.pictures import image_file


def facts(request: Request) -> Answer:
    """Number of pages, and what kind each is."""
    path, media_type, most = Path(request["path"]), request["media_type"], request["max_pages"]
    if media_type != PDF:
        bounds = most, request["max_pixels"], request["max_side"]
        return {"kinds": ["scan"] * image_file.frames(path, media_type, *bounds)}
    try:
        return {"kinds": page_kind.page_kinds(path, most)}
    except scan.PdfProblem as problem:
        if problem.code != "corrupt":
            raise
        from ocr.opening.pdf import pdfium  # loaded for the few files that qpdf refuses

        return {"kinds": pdfium.page_kinds(path, most)}


def enclosed(request: Request) -> Answer:
    """The files inside a PDF, each written to the folder that was named."""
    folder, items = Path(request["out"]), []
    with scan.open_pdf(Path(request["path"])) as pdf:
        for number, found in enumerate(embedded_files.attachments(pdf), start=1):
            name = f"{number:04d}" if found.data else None
            if name is not None:
                (folder / name).write_bytes(found.data)
            items.append(
                {
                    "file": name,
                    "name": found.filename,
                    "media_type": found.media_type,
                    "problem": found.problem,
                }
            )
    return {"files": items}


def letters(request: Request) -> Answer:
    """Whether the letters of one page of a PDF come from a scan."""
    from ocr.opening.pdf import letter_count  # OpenCV and PDFium, for the few pages that are mixed

    found = letter_count.letters(Path(request["path"]), request["number"])
    return {"scanned": found.are_scanned}


def pixels(request: Request) -> Answer:
    """The pixels of one page, or the facts needed to render it."""
    path, number = Path(request["path"]), request["number"]
    most, side = request["max_pixels"], request["max_side"]
    if request["media_type"] != PDF:
        skip = request.get("skip", 0)
        return _saved(
            image_file.load(path, request["media_type"], number, most, side, skip), request
        )
    cut = rebuild.is_cut_short(path)
    try:
        with scan.open_pdf(path) as pdf:
            page = pdf.pages[number - 1]
            try:
                found = scan.scan_of(page, most, side)
            except Exception:  # noqa: BLE001 - whatever is odd about the image, poppler may know it
                found = None
            if found is not None and not picture.says_nothing(found.pixels):
                return _saved(replace(found, damaged=found.damaged or cut), request)
            known = asdict(scan.page_facts(page))
            return {"render": known, "damaged": cut or images.has_damage(page)}
    except (scan.PdfProblem, IndexError):
        from ocr.opening.pdf import pdfium

        return {"render": asdict(pdfium.page_facts(path, number)), "damaged": True}


def rendered(request: Request) -> Answer:
    """The pixels of one page of a PDF as PDFium draws it."""
    from ocr.opening.pdf import pdfium

    path, number, side = Path(request["path"]), request["number"], request["max_side"]
    found = pdfium.render(path, number, request["dpi"], side, colour=request["colour"])
    return _saved(found, request)


def rewritten(request: Request) -> Answer:
    """One page of a PDF as a file of its own, written anew with its images mended."""
    anything = rewrite.rewrite_page(Path(request["path"]), request["number"], Path(request["out"]))
    return {"mended": anything}


def _saved(found: picture.Picture, request: Request) -> Answer:
    np.save(request["out"], found.pixels, allow_pickle=False)
    return {
        "dpi_x": found.dpi_x,
        "dpi_y": found.dpi_y,
        "bilevel": found.bilevel,
        "damaged": found.damaged,
    }


JOBS: dict[str, Callable[[Request], Answer]] = {
    "facts": facts,
    "enclosed": enclosed,
    "letters": letters,
    "pixels": pixels,
    "rendered": rendered,
    "rewritten": rewritten,
}


def answer(request: Request) -> Answer:
    """Do one request; every failure becomes an error code."""
    try:
        return {"ok": JOBS[request["job"]](request)}
    except (scan.PdfProblem, picture.PictureProblem) as error:
        return {"error": error.code}
    except MemoryError:
        return {"error": shortages.memory_reason(request["limits"]["memory_mb"])}
    except OSError as error:  # Pillow's own have no number; EFBIG is our limit on files
        corrupt = "too_large" if error.errno == errno.EFBIG else "corrupt"
        return {"error": shortages.lack(error) or corrupt}
    except Exception:  # noqa: BLE001 - a hostile file may raise anything; none of it goes further
        return {"error": "corrupt"}


if __name__ == "__main__":
    serving.serve(answer)
