"""Whether this machine has what reads pages, and what reads could leave it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from noteverbale.self_check.finding import Finding, tried

if TYPE_CHECKING:
    from noteverbale.config import Config

LIBRARY = "noteverbale[tesserocr]"
"""The extra with tesseract's library."""

PACKS = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "chi_sim"}


def findings(config: Config) -> list[Finding]:
    """Programs, readers, kinds of pictures, worker processes and privacy, in this order."""
    found = [*_programs(), _letters(), _page_reader(config), _second_reader()]
    found += [_pictures(), _workers()]
    return [*found, *_privacy()]


def _programs() -> list[Finding]:
    from ocr.engines import tesseract

    findings: list[Finding] = []
    if shutil.which("tesseract") is None:
        mend = "apt-get install tesseract-ocr"
        findings.append(Finding("tesseract", ok=False, detail="not installed", mend=mend))
        installed: frozenset[str] = frozenset()
    else:
        findings.append(Finding("tesseract", ok=True, detail=tesseract.version()))
        installed = frozenset(tesseract.installed_models())
    for language, pack in {**PACKS, "page orientation": "osd"}.items():
        package = "apt-get install tesseract-ocr-" + pack.replace("_", "-")
        there = pack in installed
        findings.append(
            Finding(f"tesseract {language}", there, pack if there else "missing", package)
        )
    for program in ("pdftoppm", "pdfinfo", "pdftotext"):
        found = shutil.which(program) is not None
        detail = "installed" if found else "not installed"
        findings.append(Finding(program, found, detail, "apt-get install poppler-utils"))
    return findings


def _letters() -> Finding:
    """The models of States' languages: all that is read works without them."""
    from ocr.engines import tesseract
    from ocr.engines.tesseract_base import LETTER_MODELS

    known = tesseract.installed_models() if shutil.which("tesseract") else frozenset()
    missing = sorted(set(LETTER_MODELS.values()) - known)
    detail = f"missing: {' '.join(missing)}; names of their States lose letters"
    mend = "apt-get install " + " ".join(f"tesseract-ocr-{name}" for name in missing)
    return Finding("letters of names", not missing, detail if missing else "all languages", mend)


def _page_reader(config: Config) -> Finding:
    def named() -> str:
        from noteverbale.pipeline import ocr_settings
        from ocr.children.limits import Limits
        from ocr.engines.selection import is_installed, page_engine, tesserocr_works

        name = page_engine(ocr_settings(config), Limits()).name
        if config.ocr.engine != "auto" or tesserocr_works():
            return name
        why = "does not load" if is_installed("tesserocr") else "is not installed"
        return f"{name}; {LIBRARY} {why}: a page costs a third more"

    extra = f"pip install '{LIBRARY}'"
    chosen = config.ocr.engine == "tesserocr"
    return tried("page reader", named, extra if chosen else "apt-get install tesseract-ocr")


def _second_reader() -> Finding:
    from ocr.engines import rapid

    there = rapid.is_installed()
    detail = "installed" if there else "not installed: more rows will need review"
    return Finding("second reader", there, detail, "pip install 'noteverbale[second-reader]'")


def _pictures() -> Finding:
    from ocr.opening import formats

    there = formats.rare_codings_known()
    detail = "all kinds" if there else "rare codings in TIFF and JPEG are not read"
    return Finding("pictures", there, detail, "pip install 'noteverbale[formats]'")


def _privacy() -> list[Finding]:
    """Whether anything could leave this machine; that the kernel keeps the network is no fault."""
    from ingest import isolation
    from ocr.engines import rapid

    off = rapid.reports_are_off()
    detail = "off: no part of the program reports its use" if off else "on"
    reports = Finding("usage reports", off, detail, "set ORT_DISABLE_TELEMETRY=1")
    why = isolation.why_not()
    told = "cut off from it while they read"
    if why is not None:
        told = f"not cut off ({why}); SECURITY.md says what that means"
        if not isolation.has_network():
            told = "there is none here"
    return [reports, Finding("readers' network", ok=True, detail=told)]


def _workers() -> Finding:
    def started() -> str:
        from noteverbale.worker_pool import require_workers

        require_workers()
        return "can be started"

    return tried("worker processes", started, "see deploy/README.md")
