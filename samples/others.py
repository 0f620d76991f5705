"""Documents that are no scanned note verbale: invoice, registration form, locked or digital PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from random import Random
from typing import Any

from samples.notes import Note, write
from samples.packing import encrypted, pack
from samples.pages import print_html
from samples.plan import Plan, stable_seed
from samples.produce import Made, make_reply, page_style, scan_pages, truth_of
from samples.scanner import DPI, JPEG_QUALITY

OPENS_WITH = "mission-2019"
_STYLE = {"margin": "20mm", "size": "10.5"}


def _table(rows: Sequence[tuple[str, ...]], head: bool) -> str:
    out = []
    for number, row in enumerate(rows):
        tag = "th" if head and number == 0 else "td"
        out.append("<tr>" + "".join(f"<{tag}>{escape(c)}</{tag}>" for c in row) + "</tr>")
    return f'<table class="ruled form">{"".join(out)}</table>'


def _invoice() -> str:
    rows = [
        ("Item", "Quantity", "Unit price", "Amount"),
        ("Conference badges, printed both sides", "150", "EUR 1.20", "EUR 180.00"),
        ("Lanyards, blue", "150", "EUR 0.85", "EUR 127.50"),
        ("Delivery to the Vienna International Centre", "1", "EUR 24.00", "EUR 24.00"),
        ("VAT 20 %", "", "", "EUR 66.30"),
        ("Total", "", "", "EUR 397.80"),
    ]
    return (
        '<div class="head left"><p class="big">Druckhaus Donaubogen GmbH</p><p>Handelskai 900, '
        "1200 Wien</p></div><p>To: UNODC, Conference Support Section, P.O. Box 500, 1400 Vienna</p>"
        '<p class="title">INVOICE No. 2019-0417</p>'
        "<p>Date: 17 April 2019<br>Customer No.: 30417</p>"
        f"{_table(rows, head=True)}<p>Payable within 30 days without deduction. Bank: Sparkasse "
        "Donaubogen, IBAN AT00 0000 0000 0000 0000. Questions: "
        'billing@druckhaus-donaubogen.example.com</p><div class="sign" id="sign"></div>'
    )


def _form() -> str:
    rows = [
        ("Title (Mr./Ms.)", "Ms."),
        ("Family name", "Ambrosettini"),
        ("First name", "Loredana"),
        ("Date of birth", "11.02.1979"),
        ("Passport No.", "YB0000117"),
        ("Function", "Research assistant"),
        ("Organization", "Istituto per gli Studi sull'Integrità"),
        ("E-mail", "l.ambrosettini@studi-integrita.example.org"),
        ("Participation from / to", "31 May 2019 / 31 May 2019"),
        ("Photo attached", "yes"),
    ]
    return (
        '<p class="title">REGISTRATION FORM FOR PARTICIPANTS</p><p>Please complete in '
        "block letters and return to the registration desk. One form for each participant.</p>"
        f"{_table(rows, head=False)}<p>Signature of the participant:</p>"
        '<div class="sign" id="sign"></div>'
        "<p>For official use only: badge issued ______ by ______</p>"
    )


def _sheet(plan: Plan) -> Made:
    rng = Random(stable_seed(plan.seed, "paper"))
    body = _invoice() if plan.kind == "invoice" else _form()
    printout = print_html(body, {**page_style("en", rng, True), **_STYLE}, False, "en")
    note = Note(plan, body, False, None, None, None, (), ())
    pages, _ = scan_pages(printout, plan, rng, None)
    data = pack(pages, plan.container, DPI[plan.degradation], JPEG_QUALITY[plan.degradation])
    return Made(plan.filename, data, truth_of(plan, note, printout.texts, "replies"), note)


def make_any(plan: Plan, earlier: Note | None = None) -> Made:
    """The sample of ``plan``, whatever it is."""
    if plan.kind in ("invoice", "form"):
        return _sheet(plan)
    if plan.reason == "not_a_scan":
        note = write(plan)
        rng = Random(stable_seed(plan.seed, "paper"))
        style = page_style(plan.language, rng, True)
        printout = print_html(note.html, style, note.rtl, plan.language)
        return Made(
            plan.filename, printout.pdf, truth_of(plan, note, printout.texts, "replies"), note
        )
    made = make_reply(plan, earlier)
    if plan.reason == "encrypted":
        truth: dict[str, Any] = {**made.truth, "pages": []}
        made = replace(made, data=encrypted(made.data, OPENS_WITH), truth=truth)
    return made
