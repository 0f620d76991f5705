"""How one delegate is put on paper, and the record that stands for it in the truth file."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from samples.people import Person
from samples.wording import Wording


@dataclass(frozen=True, slots=True)
class Printed:
    """One delegate as printed: the contract's fields, and other readings that are right too."""

    record: dict[str, Any]
    other: dict[str, list[str | None]] = field(default_factory=dict)

    def truth(self, seq: int) -> dict[str, Any]:
        """The entry of the truth file."""
        return {"seq": seq, **self.record, **self.other}


def full_name(p: Person, w: Wording) -> str:
    """The name with its honorific where the language puts it."""
    if p.honorific is None:
        return p.name
    if w.language == "zh":
        return p.name + p.honorific
    return f"{p.honorific} {p.name}"


def post(p: Person, w: Wording) -> tuple[str, bool]:
    """Title and organization in running text; True when a comma stands between them."""
    if p.organization is None:
        return p.title, True
    glue = w.one("text", "prep")
    if w.language == "zh":
        return p.org_in_phrase + p.title, False
    if w.language == "ru" and p.org_in_phrase == p.organization:
        glue = ", "
    return f"{p.title}{glue}{p.org_in_phrase}", glue.strip() in (",", "،")


def printed(
    p: Person, w: Wording, joined: bool, role: bool = False, title: str | None = None
) -> Printed:
    """The record of ``p``; ``joined`` when its organization follows the title in one line."""
    title = p.title if title is None else title
    record: dict[str, Any] = {
        "honorific": p.honorific,
        "name": p.name,
        "title": title,
        "organization": p.organization,
        "email": p.email,
        "phone": p.phone_e164,
        "role": p.role if role else None,
    }
    other: dict[str, list[str | None]] = {}
    if joined and p.organization is not None:
        text, comma = post(p, w)
        if comma:
            other = {"title_alternatives": [text], "organization_alternatives": [None]}
        else:
            record["title"], record["organization"] = text, None
            other = {
                "title_alternatives": [title],
                "organization_alternatives": [p.organization, p.org_in_phrase],
            }
    if p.honorific and p.honorific.endswith("/"):
        other["honorific_alternatives"] = [p.honorific.rstrip("/")]
    return Printed(record, other)


@dataclass(frozen=True, slots=True)
class Marks:
    """Punctuation and labels one note keeps to."""

    sep: str
    colon: str
    opening: str
    closing: str
    email: str
    phone: str

    @classmethod
    def draw(cls, w: Wording) -> Marks:
        """The habits of one typist."""
        zh, ar = w.language == "zh", w.language == "ar"
        colon = {"fr": " : ", "zh": "："}.get(w.language, ": ")
        return cls(
            sep="，" if zh else "، " if ar else ", ",
            colon=colon,
            opening="（" if zh else " (",
            closing="）" if zh else ")",
            email=w.pick("list", "email"),
            phone=w.pick("list", "phone"),
        )


def mail_text(p: Person, m: Marks, how: int) -> str:
    """The e-mail address (and telephone) as it follows a name in running text."""
    parts = []
    if p.email:
        parts.append(p.email if how == 3 else f"{m.email}{m.colon}{p.email}")
    if p.phone:
        parts.append(f"{m.phone}{m.colon}{p.phone}")
    if not parts:
        return ""
    text = m.sep.join(parts)
    return {
        0: f"{m.opening}{text}{m.closing}",
        1: f"{m.sep}{text}",
        2: f"; {text}" if m.sep == ", " else f"{m.sep}{text}",
        3: f"{m.opening}{text}{m.closing}",
    }[how]


def running(p: Person, w: Wording, m: Marks, how: int) -> str:
    """One person in one line: name, title, organization, e-mail."""
    return f"{full_name(p, w)}{m.sep}{post(p, w)[0]}{mail_text(p, m, how)}"


def paragraph(text: str, style: str = "") -> str:
    """An HTML paragraph; line breaks in ``text`` are kept."""
    html = "<br>".join(escape(line) for line in text.split("\n"))
    return f'<p class="{style}">{html}</p>'
