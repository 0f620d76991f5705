"""Tables of delegates, ruled and unruled, with columns in varying order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from samples.entries import Printed, full_name, printed
from samples.people import Person
from samples.wording import Wording

_WIDTH = {
    "row": 7,
    "courtesy": 8,
    "name": 22,
    "given": 15,
    "family": 17,
    "title": 24,
    "organization": 22,
    "email": 32,
    "phone": 17,
    "contact": 32,
    "person": 30,
    "role": 15,
    "passport": 13,
    "birth": 13,
}


def _columns(people: Sequence[Person], w: Wording) -> list[str]:
    rng = w.rng
    split = rng.random() < 0.2 and w.language in ("en", "fr", "es") and all(p.given for p in people)
    names = rng.choice([["family", "given"], ["given", "family"]]) if split else ["name"]
    columns = (
        ["courtesy"] if rng.random() < 0.2 and all(p.honorific for p in people) else []
    ) + names
    posts = ["title", "organization"] if any(p.organization for p in people) else ["title"]
    if rng.random() < 0.2:
        posts.reverse()
    if names == ["name"] and rng.random() < 0.12:
        names, posts = ["person"], posts[1:] if posts[0] == "title" else posts[:-1]
    courtesy = rng.random() < 0.2 and all(p.honorific for p in people)
    columns = (["courtesy"] if courtesy else []) + names
    contact = ["contact"] if rng.random() < 0.15 else ["email"]
    if any(p.phone for p in people) and contact == ["email"]:
        contact.insert(rng.randrange(2), "phone")
    columns += posts + contact if rng.random() < 0.85 else contact + posts
    if rng.random() < 0.15 and any(p.role for p in people):
        columns.insert(len(columns) - len(contact), "role")
    if rng.random() < 0.5 or w.language == "zh":
        columns.insert(0, "row")
    if rng.random() < 0.2 and len(columns) < 6:
        columns.append(rng.choice(["passport", "birth"]))
    for column in ("row", "role", "passport", "birth", "courtesy"):
        if len(columns) > 7 and column in columns:
            columns.remove(column)
    return columns


def _noise(column: str, w: Wording) -> str:
    rng = w.rng
    if column == "passport":
        return f"{rng.choice('ABCDKLP')}{rng.randrange(1000000, 9999999)}"
    return f"{rng.randrange(1, 29):02}.{rng.randrange(1, 13):02}.{rng.randrange(1961, 1994)}"


def _cell(column: str, p: Person, n: int, w: Wording, courtesy: bool) -> str:
    text: dict[str, str | None] = {
        "row": f"{n}{'.' if w.language in ('en', 'ru') else ''}",
        "courtesy": p.honorific,
        "person": f"{p.name if courtesy else full_name(p, w)}\n{p.title}",
        "name": p.name if courtesy else full_name(p, w),
        "given": p.given if courtesy or not p.honorific else f"{p.honorific} {p.given}",
        "family": p.family,
        "title": p.title,
        "organization": p.organization,
        "email": p.email,
        "phone": p.phone,
        "contact": "\n".join(x for x in (p.email, p.phone) if x),
        "role": w.one("list", p.role)[0] if p.role else None,
    }
    value = text[column] if column in text else _noise(column, w)
    return "<br>".join(escape(x) for x in (value or w.rng.choice(["–", ""])).split("\n"))


def _head(column: str, w: Wording) -> str:
    return escape(w.pick("list", column))


def _records(people: Sequence[Person], w: Wording, columns: list[str]) -> list[Printed]:
    out = []
    for p in people:
        if "given" in columns:
            p = replace(p, name=f"{p.given} {p.family}")
        if "contact" not in columns and "phone" not in columns:
            p = replace(p, phone=None, phone_e164=None)
        if "organization" not in columns:
            p = replace(p, organization=None)
        out.append(printed(p, w, joined=False, role="role" in columns))
    return out


def ruled_table(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """A grid of three to seven columns; long cells wrap."""
    columns = _columns(people, w)
    total = sum(_WIDTH[c] for c in columns)
    size = "tiny" if total > 125 or len(columns) > 6 else "small" if len(columns) > 4 else ""
    cols = "".join(f'<col style="width:{100 * _WIDTH[c] / total:.1f}%">' for c in columns)
    head = "".join(f"<th>{_head(c, w)}</th>" for c in columns)
    courtesy = "courtesy" in columns
    body = "".join(
        "<tr>"
        + "".join(f'<td class="{c}">{_cell(c, p, n, w, courtesy)}</td>' for c in columns)
        + "</tr>"
        for n, p in enumerate(people, 1)
    )
    shade = w.rng.choice(["", "shaded", "heavy"])
    start = f'<table class="ruled {size} {shade}"><colgroup>{cols}</colgroup>'
    html = f"{start}<tr>{head}</tr>{body}</table>"
    return html, _records(people, w, columns)


def unruled_columns(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """Three or four columns set by tabs: no lines, often no headings."""
    org = any(p.organization for p in people) and w.rng.random() < 0.6
    columns = ["name", "title", *(["organization"] if org else []), "email"]
    total = sum(_WIDTH[c] for c in columns)
    cols = "".join(f'<col style="width:{100 * _WIDTH[c] / total:.1f}%">' for c in columns)
    head = ""
    if w.rng.random() < 0.55:
        head = "<tr>" + "".join(f"<td class=under>{_head(c, w)}</td>" for c in columns) + "</tr>"
    body = "".join(
        "<tr>"
        + "".join(f'<td class="{c}">{_cell(c, p, n, w, False)}</td>' for c in columns)
        + "</tr>"
        for n, p in enumerate(people, 1)
    )
    size = "small" if org else ""
    html = f'<table class="unruled {size}"><colgroup>{cols}</colgroup>{head}{body}</table>'
    return html, _records(people, w, columns)
