"""Invented office pages that are no letters, as HTML: filings, forms, tables, columns, slides.

Every function takes the page's random numbers and gives the body and its style. Nothing here is
copied from a real page; what is imitated is how such pages are set: sizes, rules, boxes, gaps.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

from benchmarks.office_words import (
    FAMILY,
    GIVEN,
    TOWNS,
    amount,
    date,
    name,
    phrase,
    sentence,
    text,
    words,
)

Page = tuple[str, str]
"""Body and style of one page."""


def _table(rows: list[list[str]], head: list[str] | None = None) -> str:
    top = "<tr>" + "".join(f"<th>{escape(c)}</th>" for c in head) + "</tr>" if head else ""
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table>{top}{body}</table>"


_RULED = (
    "table{border-collapse:collapse;width:100%}td,th{border:0.7pt solid #222;padding:1.5pt 3pt;"
    "text-align:left}"
)


def pleading(rng: Random) -> Page:
    """A court filing: lines numbered 1 to 28 left of a double rule, caption in two halves."""
    numbers = "".join(f"<div>{n}</div>" for n in range(1, 29))
    body = "".join(f"<p>{text(rng, rng.randint(3, 5))}</p>" for _ in range(4))
    caption = (
        f"<div class=cap><div class=l>{name(rng).upper()},<br>&#160;&#160;Plaintiff,<br>v.<br>"
        f"{name(rng).upper()}, et al.,<br>&#160;&#160;Defendants.</div><div class=r>Case No. "
        f"{rng.randint(70, 99)}-CV-{rng.randint(1000, 9999)} {rng.choice('ABC')}{rng.choice('KLM')}"
        f"<br><br>NOTICE OF MOTION AND {phrase(rng, 2, 4).upper()}<br>Date: {date(rng)}<br>"
        f"Courtroom {rng.randint(1, 12)}</div></div>"
    )
    foot = f"<div class=foot>{rng.randint(2, 30)}<br>{phrase(rng, 4, 7).upper()}</div>"
    style = (
        "@page{size:letter;margin:0}body{font:12pt 'Liberation Serif';margin:0}"
        ".num{position:absolute;left:0.7in;top:0.95in;width:0.5in;text-align:right;line-height:24pt}"
        ".rule{position:absolute;left:1.35in;top:0;height:11in;width:2pt;border-left:1pt solid;"
        "border-right:1pt solid}.right{position:absolute;left:7.9in;top:0;height:11in;"
        "border-left:1pt solid}.main{position:absolute;left:1.5in;top:0.95in;width:6.3in;"
        "line-height:24pt;height:9.3in;overflow:hidden}p{margin:0;text-indent:0.5in}"
        ".cap{line-height:13pt;margin-bottom:10pt;display:flex}.l{width:3in;border-right:1pt solid;"
        "border-bottom:1pt solid;padding:4pt}.r{padding:4pt 10pt}"
        ".foot{position:absolute;top:10.35in;left:1.5in;width:6.3in;text-align:center;"
        "border-top:1pt solid;font-size:10pt}"
    )
    return (
        f"<div class=num>{numbers}</div><div class=rule></div><div class=right></div>"
        f"<div class=main>{caption}{body}</div>{foot}",
        style,
    )


def deposition(rng: Random) -> Page:
    """Four small transcript pages on one sheet, each framed and with numbered lines."""
    page = rng.randint(10, 200)
    quarters = []
    for n in range(4):
        lines = []
        for number in range(1, 26):
            mark = rng.choice(["Q.", "A.", "", ""])
            lines.append(
                f"<div><b>{number}</b>{mark} {escape(words(rng, rng.randint(2, 4)).capitalize())}"
                f"{rng.choice(['.', '?', '', ','])}</div>"
            )
        quarters.append(f"<div class=q><i>Page {page + n}</i>{''.join(lines)}</div>")
    style = (
        "@page{size:letter;margin:0.45in}body{font:7.6pt 'Liberation Mono';margin:0}"
        ".q{float:left;width:3.6in;height:4.75in;border:1pt solid;margin:2pt;padding:4pt;"
        "box-sizing:border-box;line-height:12.2pt;white-space:nowrap;overflow:hidden}i{font-style:normal;display:block;"
        "text-align:right}b{font-weight:normal;display:inline-block;width:20pt;text-align:right;"
        "margin-right:8pt}.f{clear:both;text-align:center;padding-top:6pt}"
    )
    phone = f"{rng.randint(200, 999)}-555-0{rng.randint(100, 199)}"
    firm = f"{rng.choice(FAMILY)} Reporting Service, {rng.choice(TOWNS)}  {phone}"
    return f"{''.join(quarters)}<div class=f>{firm}</div>", style


def form(rng: Random) -> Page:
    """A government form: boxes with small labels, values typed in another face, tick boxes."""
    labels = [
        "1. NAME (Last, First, Middle Initial)", "2. DATE OF BIRTH", "3. FILE NO.",
        "4. ADDRESS (Street, City, State, ZIP Code)", "5. TELEPHONE", "6. OFFICE",
        "7. POSITION TITLE", "8. GRADE", "9. STEP", "10. EFFECTIVE DATE",
        "11. NATURE OF ACTION", "12. AUTHORITY", "13. CODE", "14. REMARKS",
        "15. APPROVING OFFICIAL", "16. DATE SIGNED",
    ]  # fmt: skip
    values = [
        name(rng).upper(), date(rng), str(rng.randint(10000, 99999)),
        f"{rng.randint(10, 999)} {rng.choice(FAMILY)} Street, {rng.choice(TOWNS)}",
        f"{rng.randint(200, 999)}-555-0{rng.randint(100, 199)}", rng.choice(TOWNS).upper(),
        phrase(rng, 2, 3).upper(), f"GS-{rng.randint(5, 15)}", str(rng.randint(1, 9)),
        date(rng), phrase(rng, 2, 4), f"{rng.randint(2, 40)} USC {rng.randint(100, 999)}",
        rng.choice("ABC") + str(rng.randint(10, 99)), text(rng, 2), name(rng), date(rng),
    ]  # fmt: skip
    widths = [55, 25, 20, 60, 20, 20, 60, 20, 20, 30, 45, 25, 30, 70, 70, 30]
    cells = "".join(
        f"<div class=c style='width:{w}%'><small>{escape(a)}</small><tt>"
        f"{escape(b) if rng.random() < 0.9 else '&#160;'}</tt></div>"
        for a, b, w in zip(labels, values, widths, strict=True)
    )
    ticks = "".join(
        f"<span class=t><u class={'x' if rng.random() < 0.4 else 'o'}></u>"
        f"{phrase(rng, 1, 3)}</span>"
        for _ in range(8)
    )
    head = (
        f"<div class=h><b>STANDARD FORM {rng.randint(50, 180)}</b><br>Revised {date(rng)}<br>"
        f"OFFICE OF {phrase(rng, 1, 2).upper()}</div><h1>{phrase(rng, 3, 4).upper()}</h1>"
    )
    part = (
        f"<div class=part>PART {rng.choice('ABC')} - TO BE COMPLETED BY THE REQUESTING OFFICE</div>"
    )
    style = (
        "@page{size:letter;margin:0.5in}body{font:9pt 'Liberation Sans';margin:0}"
        ".h{font-size:6.5pt;float:left}h1{font-size:13pt;text-align:center;margin:4pt 0 10pt}"
        ".g{display:flex;flex-wrap:wrap;border:1pt solid;clear:both}.c{box-sizing:border-box;"
        "border:0.5pt solid;min-height:32pt;padding:1pt 3pt}small{font-size:6.3pt;display:block}"
        "tt{font:10pt 'Liberation Mono'}.part{background:#111;color:#fff;font-weight:bold;"
        "font-size:8.5pt;padding:2pt 4pt;margin-top:6pt}.t{display:inline-block;width:24%;"
        "font-size:8pt;padding:4pt 0}u{display:inline-block;width:8pt;height:8pt;"
        "border:0.8pt solid;margin-right:4pt;text-decoration:none}u.x{background:linear-gradient("
        "45deg,#fff 42%,#000 42%,#000 58%,#fff 58%)}p{font-size:7pt}"
    )
    return f"{head}<div class=g>{cells}</div>{part}<div>{ticks}</div><p>{text(rng, 8)}</p>", style


def checklist(rng: Random) -> Page:
    """Questions with Yes, No and N/A columns and crosses in small boxes."""
    rows = []
    for n in range(1, 24):
        at = rng.randrange(3)
        marks = "".join(f"<td class=m>{'X' if i == at else ''}</td>" for i in range(3))
        rows.append(
            f"<tr><td>{n}.</td><td>{phrase(rng, 5, 11)}?</td>{marks}"
            f"<td>{phrase(rng, 1, 2) if rng.random() < 0.4 else ''}</td></tr>"
        )
    head = "<tr><th>No.</th><th>Item</th><th>Yes</th><th>No</th><th>N/A</th><th>Comments</th></tr>"
    title = f"<h2>{phrase(rng, 2, 4)} Checklist</h2>"
    title += f"<p>Inspector: {name(rng)} &#160; Date: {date(rng)}</p>"
    style = (
        "@page{size:A4;margin:15mm}body{font:9.5pt 'DejaVu Sans'}h2{font-size:13pt}"
        + _RULED
        + "td.m{width:26pt;text-align:center}th{background:#ddd}"
    )
    return f"{title}<table>{head}{''.join(rows)}</table>", style


def ruled(rng: Random) -> Page:
    """A dense ruled table in small print; a third of the cells is empty."""
    columns = rng.randint(6, 8)
    head = [phrase(rng, 1, 2) for _ in range(columns)]
    rows = []
    for n in range(30):
        row = [str(n + 1), phrase(rng, 2, 4)]
        row += [amount(rng) if rng.random() < 0.7 else "" for _ in range(columns - 2)]
        rows.append(row)
    style = "@page{size:letter;margin:0.6in}body{font:7.5pt 'Liberation Sans'}" + _RULED
    return (
        f"<h3>Table {rng.randint(1, 30)}. {phrase(rng, 4, 8)}</h3>"
        f"{_table(rows, head)}<p>{sentence(rng)}</p>",
        style,
    )


def dark_head(rng: Random) -> Page:
    """A table whose header is white on black and whose rows are shaded in turn."""
    head = ["No.", *(phrase(rng, 1, 2) for _ in range(4))]
    rows = [[str(n), name(rng), rng.choice(TOWNS), date(rng), amount(rng)] for n in range(1, 25)]
    style = (
        "@page{size:A4;margin:18mm}body{font:9pt 'DejaVu Sans'}table{border-collapse:collapse;"
        "width:100%}th{background:#000;color:#fff;text-align:left}td,th{padding:3pt 5pt}"
        "tr:nth-child(odd) td{background:#cfcfcf}.bar{background:#333;color:#fff;padding:5pt;"
        "font-size:14pt}"
    )
    return (
        f"<div class=bar>{phrase(rng, 3, 5)}</div><p>{text(rng, 3)}</p>{_table(rows, head)}",
        style,
    )


def financial(rng: Random) -> Page:
    """An unruled balance sheet: dot leaders, dollar signs apart, sums underlined."""
    lines = []
    for n in range(26):
        if n % 9 == 0:
            lines.append(f"<div class=s>{phrase(rng, 1, 3).upper()}:</div>")
            continue
        total = n % 9 == 8
        dollar = "$" if n % 9 == 1 or total else ""
        item = f"Total {words(rng, 2)}" if total else phrase(rng, 2, 5)
        cells = "".join(
            f"<span class='a {'u' if total else ''}'>{dollar} {amount(rng)}</span>"
            for _ in range(2)
        )
        lines.append(
            f"<div class=r><span class=n>{item}</span>"
            f"<span class=d>{' .' * max(2, 44 - len(item))}</span>{cells}</div>"
        )
    year = rng.randint(1975, 2015)
    head = (
        f"<h3>{rng.choice(FAMILY).upper()} AND COMPANY</h3><h4>CONSOLIDATED BALANCE SHEET</h4>"
        f"<p class=c>December 31, {year} and {year - 1} (in thousands)</p>"
        f"<div class=r><span class=n></span><span class=d></span><span class='a u'>{year}</span>"
        f"<span class='a u'>{year - 1}</span></div>"
    )
    style = (
        "@page{size:letter;margin:0.9in}body{font:10pt 'Liberation Serif'}h3,h4,.c{"
        "text-align:center;margin:2pt}.r{display:flex;line-height:15pt}.n{white-space:nowrap}"
        ".d{flex:1;white-space:nowrap}.a{width:78pt;"
        "text-align:right;margin-left:12pt}.u{border-bottom:0.8pt solid}.s{margin-top:8pt;"
        "font-weight:bold}"
    )
    return head + "".join(lines), style


def unruled(rng: Random) -> Page:
    """A listing on a line printer: fixed pitch, columns parted by gaps only."""
    rows = [f"{'ACCT':<9}{'NAME':<26}{'CITY':<14}{'DATE':<12}{'QTY':>6}{'AMOUNT':>13}"]
    for _ in range(42):
        day = f"{rng.randint(1, 12):02}/{rng.randint(1, 28):02}/{rng.randint(61, 99)}"
        rows.append(
            f"{rng.randint(10000, 99999):<9}{name(rng).upper():<26}"
            f"{rng.choice(TOWNS).upper():<14}"
            f"{day:<12}{rng.randint(1, 400):>6}{rng.randint(100, 999999) / 100:>13,.2f}"
        )
    style = "@page{size:letter;margin:0.5in}body{font:9pt 'Liberation Mono'}"
    style += "pre{font:inherit;line-height:14pt}"
    listing = "\n".join(rows)
    return (
        f"<pre>RUN DATE {date(rng).upper()}      REPORT NO. {rng.randint(100, 999)}      "
        f"PAGE {rng.randint(1, 60)}\n\n{listing}</pre>",
        style,
    )


def newsletter(rng: Random) -> Page:
    """Two or three columns of print under a masthead."""
    count = rng.choice([2, 3])
    parts = "".join(f"<h3>{phrase(rng, 3, 5)}</h3><p>{text(rng, 8)}</p>" for _ in range(5))
    style = (
        "@page{size:letter;margin:0.7in}body{font:9pt 'Liberation Serif'}h1{font-size:30pt;"
        f"margin:0;border-bottom:2pt solid}}.k{{columns:{count};column-gap:14pt;text-align:justify;"
        "height:8.4in;overflow:hidden;column-fill:auto}h3{margin:4pt 0;"
        "font:bold 12pt 'Liberation Sans'}p{margin:0 0 6pt}"
    )
    return (
        f"<h1>The {rng.choice(TOWNS)} Bulletin</h1>"
        f"<p>Vol. {rng.randint(2, 40)}, No. {rng.randint(1, 12)} &#160; {date(rng)}</p>"
        f"<div class=k>{parts}</div>",
        style,
    )


def slide(rng: Random) -> Page:
    """A slide: large letters, some of them white on colour, short points."""
    colour = rng.choice(["#1b3f73", "#7a1f2b", "#215c3a", "#3d3d46"])
    points = "".join(f"<li>{phrase(rng, 3, 8)}</li>" for _ in range(6))
    boxes = "".join(
        f"<div class=b>{phrase(rng, 1, 2)}<br>{amount(rng, 9000)}</div>" for _ in range(4)
    )
    back = rng.choice(["#ffffff", "#eef2f8", "#fbf6dc"])
    style = (
        f"@page{{size:11in 8.5in;margin:0;background:{back}}}"
        f"body{{font:22pt 'DejaVu Sans';margin:0}}"
        f"h1{{background:{colour};color:#fff;margin:0;padding:26pt;font-size:32pt}}ul{{margin:22pt}}"
        f".b{{float:left;width:2.1in;margin:0.2in;background:{colour};color:#fff;text-align:center;"
        f"padding:10pt;box-sizing:border-box;font-size:18pt}}.f{{position:absolute;bottom:10pt;right:20pt;font-size:10pt;"
        f"color:#666}}"
    )
    foot = f"<div class=f>{rng.choice(FAMILY)} Consulting, {date(rng)} | {rng.randint(2, 40)}</div>"
    return f"<h1>{phrase(rng, 3, 5)}</h1><ul>{points}</ul>{boxes}{foot}", style


def typewriter(rng: Random) -> Page:
    """A letter from an old machine with a worn ribbon."""
    body = "".join(f"<p>{text(rng, rng.randint(2, 4))}</p>" for _ in range(5))
    style = (
        "@page{size:letter;margin:1in}body{font:11.5pt 'Liberation Mono';line-height:18pt;"
        f"color:{rng.choice(['#555', '#777', '#999'])}}}p{{text-indent:0.5in;margin:8pt 0}}"
    )
    return (
        f"<div>{date(rng)}</div><br><div>Mr. {name(rng)}<br>{rng.randint(10, 900)} "
        f"{rng.choice(FAMILY)} Avenue<br>{rng.choice(TOWNS)}</div><br><div>Dear Sir:</div>{body}"
        f"<div>Very truly yours,</div><br><br><div>{name(rng)}<br>Secretary</div>"
    ), style


def invoice(rng: Random) -> Page:
    """An invoice: address blocks side by side, table, totals at the right."""
    rows = [
        [str(rng.randint(1, 90)), f"{rng.choice('ABCD')}-{rng.randint(1000, 9999)}",
         phrase(rng, 2, 5),
         f"{rng.randint(100, 90000) / 100:.2f}", f"{rng.randint(100, 900000) / 100:,.2f}"]
        for _ in range(rng.randint(8, 14))
    ]  # fmt: skip
    sums = "".join(
        f"<div>{n} <b>{rng.randint(1000, 900000) / 100:,.2f}</b></div>"
        for n in ("Subtotal", "Sales tax", "Shipping", "TOTAL DUE")
    )
    style = (
        "@page{size:letter;margin:0.8in}body{font:9.5pt 'Liberation Sans'}.t{display:flex}"
        ".t div{width:50%}h1{text-align:right;color:#888;letter-spacing:3pt}"
        + _RULED
        + "th{background:#e4e4e4}.s{text-align:right;line-height:16pt}.s b{display:inline-block;"
        "width:80pt;border:0.7pt solid;padding-right:3pt}"
    )
    address = (
        f"{name(rng)}<br>{rng.randint(10, 900)} {rng.choice(FAMILY)} Road<br>{rng.choice(TOWNS)}"
    )
    return (
        f"<h1>INVOICE</h1><div class=t><div><b>Bill to:</b><br>{address}</div><div><b>Ship to:</b>"
        f"<br>{address}<br>Invoice No. {rng.randint(10000, 99999)}<br>"
        f"Date {date(rng)}</div></div><br>"
        f"{_table(rows, ['Qty', 'Item No.', 'Description', 'Unit Price', 'Amount'])}<br>"
        f"<div class=s>{sums}</div>"
        f"<p>{sentence(rng)}</p>"
    ), style


def small_print(rng: Random) -> Page:
    """Terms and conditions: two columns of six-point print."""
    parts = "".join(f"<p><b>{n}.</b> {text(rng, 6)}</p>" for n in range(1, 15))
    style = (
        "@page{size:letter;margin:0.6in}body{font:6.4pt 'Liberation Sans'}.k{columns:2;"
        "column-gap:16pt;text-align:justify;height:9in;overflow:hidden;column-fill:auto}"
        "h2{font-size:11pt;text-align:center}p{margin:0 0 3pt}"
    )
    return f"<h2>TERMS AND CONDITIONS</h2><div class=k>{parts}</div>", style


def memo(rng: Random) -> Page:
    """A memorandum with a routing box at the side and a numbered list."""
    points = "".join(f"<li>{text(rng, 2)}</li>" for _ in range(5))
    route = _table(
        [[phrase(rng, 1, 1), rng.choice(GIVEN)[0] + rng.choice(FAMILY)[0]] for _ in range(6)],
        ["Route", "Initial"],
    )
    style = (
        "@page{size:letter;margin:1in}body{font:11pt 'Liberation Serif'}.x{float:right;width:1.7in;"
        "font:7pt 'Liberation Sans';margin-left:8pt}" + _RULED + "hr{border:0;border-top:1pt solid}"
    )
    return (
        f"<div class=x>{route}</div><h2>MEMORANDUM</h2><div>TO: {name(rng)}<br>FROM: {name(rng)}"
        f"<br>DATE: {date(rng)}<br>SUBJECT: {phrase(rng, 3, 6)}</div><hr><p>{text(rng, 4)}</p>"
        f"<ol>{points}</ol><p>{text(rng, 3)}</p><p>cc: {name(rng)}; {name(rng)}</p>"
    ), style


KINDS: dict[str, Callable[[Random], Page]] = {
    kind.__name__: kind
    for kind in (
        pleading, deposition, form, checklist, ruled, dark_head, financial, unruled,
        newsletter, slide, typewriter, invoice, small_print, memo,
    )
}  # fmt: skip
