"""Lists of delegates in the layouts that notes use: HTML, and what they print of each person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from samples.entries import Marks, Printed, full_name, mail_text, paragraph, post, printed, running
from samples.furniture import EASTERN
from samples.people import Person
from samples.structures import any_structure, unknown_words
from samples.tables import ruled_table, unruled_columns
from samples.wording import Wording

ListMaker = Callable[[Sequence[Person], Wording], tuple[str, list[Printed]]]
HAN = "一二三四五六七八九十"


def item_mark(template: str, n: int) -> str:
    """The ``n``-th mark of a numbered list, from 1."""
    letters = "abcdefghijkl"
    return template.format(
        n=n,
        a=letters[n - 1],
        han=HAN[n - 1],
        ar=str(n).translate(EASTERN),
        abjad="أبجدهوزحطي"[n - 1],
    )


def _lines(p: Person, w: Wording, m: Marks, labels: bool, apart: bool) -> tuple[list[str], bool]:
    lines = [full_name(p, w)]
    if apart and p.organization:
        lines += [p.title, p.organization]
    else:
        lines.append(post(p, w)[0])
    if p.email:
        lines.append(f"{m.email}{m.colon}{p.email}" if labels else p.email)
    if p.phone:
        lines.append(f"{m.phone}{m.colon}{p.phone}")
    return lines, not (apart and p.organization)


def numbered_list(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """'1. Mr. A B, Director, Ministry; e-mail', on one line or several."""
    m, mark = Marks.draw(w), w.pick("list", "number")
    several, apart, labels = w.rng.random() < 0.5, w.rng.random() < 0.7, w.rng.random() < 0.8
    how, dash, say_role = w.rng.randrange(4), w.rng.random() < 0.15, w.rng.random() < 0.4
    labelled = several and w.rng.random() < 0.2
    after = not labelled and w.rng.random() < 0.06 and w.language in ("en", "fr", "es")
    names = {k: w.pick("list", k) for k in ("name", "title", "organization")}
    out, records = [], []
    for n, p in enumerate(people, 1):
        role = say_role and p.role == "head"
        tail = f"{m.opening}{w.one('list', 'head')[0]}{m.closing}" if role else ""
        shown = f"{p.name} ({p.honorific})" if after and p.honorific else full_name(p, w)
        if labelled:
            rows = [(names["name"], shown), (names["title"], p.title)]
            rows += [(names["organization"], p.organization or ""), (m.email, p.email or "")]
            rows += [(m.phone, p.phone or "")]
            lines, joined = [f"{k}{m.colon}{v}" for k, v in rows if v], False
            lines[0] += tail
        elif several:
            lines, joined = _lines(p, w, m, labels, apart)
            lines[0] = shown + tail
        else:
            name = " – " if dash and w.language != "zh" else m.sep
            lines = [f"{shown}{tail}{name}{post(p, w)[0]}{mail_text(p, m, how)}"]
            joined = True
        gap = "" if w.language == "zh" else "\u00a0 "
        out.append(paragraph(f"{item_mark(mark, n)}{gap}" + "\n".join(lines), "item"))
        records.append(printed(p, w, joined, role))
    return "".join(out), records


def bulleted_roles(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """Bullets that say each one's role, before the name or after the post."""
    m, bullet = Marks.draw(w), w.rng.choice(["•", "–", "-", "●", "▪"])
    before, how = w.rng.random() < 0.6, w.rng.randrange(4)
    out, records = [], []
    for p in people:
        label = w.pick("list", p.role) if p.role else ""
        text = running(p, w, m, how)
        if label and before:
            text = f"{label}{m.colon}{text}"
        elif label:
            mail = mail_text(p, m, how)
            text = f"{full_name(p, w)}{m.sep}{post(p, w)[0]}{m.opening}{label}{m.closing}{mail}"
        out.append(paragraph(f"{bullet}\u00a0 {text}", "item"))
        records.append(printed(p, w, True, bool(label)))
    return "".join(out), records


def labelled_blocks(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """'Name: ... / Title: ... / E-mail: ...', one block a person."""
    m = Marks.draw(w)
    labels = {k: w.pick("list", k) for k in ("name", "title", "organization", "role")}
    columns, headed = w.rng.random() < 0.4, w.rng.random() < 0.4
    tail = ["title", "organization", "email", "phone"]
    if w.rng.random() < 0.25:
        tail = ["organization", "title", "phone", "email"]
    say_role = w.rng.random() < 0.3
    block = w.pick("list", "block")
    out, records = [], []
    for n, p in enumerate(people, 1):
        values = {
            "title": p.title,
            "organization": p.organization,
            "email": p.email,
            "phone": p.phone,
        }
        pairs = [(labels["name"], full_name(p, w))]
        names = {**labels, "email": m.email, "phone": m.phone}
        pairs += [(names[k], v) for k in tail if (v := values[k])]
        role = say_role and p.role is not None
        if role and p.role:
            pairs.append((labels["role"], w.one("list", p.role)[0]))
        if headed:
            out.append(paragraph(item_mark(block, n), "blockhead"))
        out.append(_pairs(pairs, m, columns))
        records.append(printed(p, w, joined=False, role=role))
    return "".join(out), records


def _pairs(pairs: list[tuple[str, str]], m: Marks, columns: bool) -> str:
    if not columns:
        return paragraph("\n".join(f"{k}{m.colon}{v}" for k, v in pairs), "block")
    rows = "".join(
        f"<tr><td class=key>{escape(k + m.colon.rstrip())}</td><td>{escape(v)}</td></tr>"
        for k, v in pairs
    )
    return f"<table class=pairs>{rows}</table>"


def stack(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """Unlabelled lines: name, title, organization, e-mail, a gap between persons."""
    m = Marks.draw(w)
    style = w.rng.choice(["block", "block", "block indented", "block centred"])
    out, records = [], []
    for p in people:
        lines, joined = _lines(p, w, m, labels=False, apart=True)
        out.append(paragraph("\n".join(lines), style))
        records.append(printed(p, w, joined))
    return "".join(out), records


def role_headings(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """Headings such as 'Head of delegation' with the names under them."""
    m, how = Marks.draw(w), w.rng.randrange(4)
    stacked = w.rng.random() < 0.5
    plural = {
        "member": "members",
        "adviser": "advisers",
        "alternate": "alternates",
        "observer": "observers",
    }
    out: list[str] = []
    records = []
    last: str | None = ""
    colon = w.rng.choice(["", m.colon.rstrip()])
    for p in people:
        if p.role != last:
            many = sum(q.role == p.role for q in people) > 1
            key = p.role or "neutral"
            heading = w.pick("list", plural[key] if many and key in plural else key)
            out.append(paragraph(heading + colon, "rolehead"))
            last = p.role
        if stacked:
            lines, joined = _lines(p, w, m, labels=True, apart=True)
            out.append(paragraph("\n".join(lines), "block"))
        else:
            joined = True
            out.append(paragraph(running(p, w, m, how), "block"))
        records.append(printed(p, w, joined, role=True))
    return "".join(out), records


LAYOUTS: dict[str, ListMaker] = {
    "numbered_list": numbered_list,
    "bulleted_roles": bulleted_roles,
    "labelled_blocks": labelled_blocks,
    "ruled_table": ruled_table,
    "unruled_columns": unruled_columns,
    "stack": stack,
    "role_headings": role_headings,
    "any": any_structure,
    "unknown": unknown_words,
}
