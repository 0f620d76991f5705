"""A list whose structure is drawn at random: order, marks, separators, labels, geometry, posts.

The other layouts of ``samples.lists`` are those their writer thought of. Here everything that a
list can do is drawn on its own, with posts and labels that no lexicon has, so that what is
measured or learnt on these notes is not what somebody wrote rules for. Every value stands in a
``span`` whose class says what it is, so that its place on the page is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from random import Random
from typing import Any

from samples.entries import Printed, printed
from samples.people import Person
from samples.wording import Wording, capital, load

FIELDS = ("honorific", "name", "title", "organization", "email", "phone")
"""Classes of the spans."""

_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"
_UNKNOWN_LETTERS = {
    "ru": ("аеиоу", "бвгдзклмнпрст"),
    "ar": ("اويه", "بتجدرسعفقكلمن"),
}
_MARKS = (
    "{n}.", "{n})", "({n})", "{n}/", "{n} –", "{a})", "({a})", "{r}.", "{r})", "{R}.", "No. {n}",
    "-", "–", "•", "●", "■", "□", "❖", "→", "*", "o", "+", "»", "✓",
)  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SEPARATORS = {
    "zh": ("，", "，", "、", "；", "　", " "),
    "ar": ("، ", "، ", "؛ ", " – ", " / "),
}
_LATIN_SEPARATORS = (", ", ", ", ", ", " – ", "; ", " - ", " / ", " | ", ": ", " — ", "  •  ")
_COLONS = {"fr": " : ", "zh": "："}


@dataclass(frozen=True, slots=True)
class Structure:
    """The habits of one list. ``order`` are its fields; ``role`` is where roles are printed."""

    order: tuple[str, ...]
    separators: dict[str, str]
    mark: str | None
    labels: dict[str, str]
    bold: bool
    role: str | None


def unknown_word(language: str, rng: Random) -> str:
    """A word of no language, in the letters of one."""
    if language == "zh":
        return "".join(rng.choice("晟渚泓煦垚铄湜菡") for _ in range(2))
    vowels, consonants = _UNKNOWN_LETTERS.get(language, (_VOWELS, _CONSONANTS))
    return "".join(rng.choice(consonants) + rng.choice(vowels) for _ in range(rng.randrange(2, 5)))


def _parts(language: str) -> dict[str, Any]:
    parts: dict[str, Any] = load("posts")[language]
    return parts


def invented(language: str, key: str, rng: Random, unknown: float) -> str:
    """A post (``title``) or an office; a part is a word of no language in ``unknown`` of cases."""
    parts = _parts(language)
    text: str = rng.choice(parts[key])
    while "{" in text:
        slot = text[text.index("{") + 1 : text.index("}")]
        word = rng.choice(parts[slot])
        if rng.random() < unknown:
            word = unknown_word(language, rng)
            word = word if language in ("ru", "ar", "zh") else capital(word)
        text = text.replace("{" + slot + "}", word, 1)
    return text


def with_posts(people: Sequence[Person], w: Wording, strange: bool = False) -> list[Person]:
    """The persons with posts and offices put together at random; some have none.

    With ``strange`` no word of theirs is one of any language.
    """
    unknown = 1.0 if strange else w.rng.choice([0.0, 0.0, 0.3, 1.0])
    offices = w.rng.random() < 0.7
    kept = w.rng.random() < 0.25 and not strange
    out = []
    for p in people:
        title = p.title if kept else invented(w.language, "title", w.rng, unknown)
        office = p.organization if kept else invented(w.language, "office", w.rng, unknown)
        phrase = p.org_in_phrase if kept else office
        shown = office if offices else None
        out.append(replace(p, title=title, organization=shown, org_in_phrase=phrase or ""))
    return out


def draw_structure(people: Sequence[Person], w: Wording, strange: bool = False) -> Structure:
    """The habits one note keeps to; with ``strange`` its labels are words of no language."""
    rng = w.rng
    known = ("title", "organization", "email", "phone")
    fields = [f for f in known if any(_value(p, f) for p in people)]
    posts = [f for f in fields if f in ("title", "organization")]
    reach = [f for f in fields if f in ("email", "phone")]
    if rng.random() < 0.2:
        posts.reverse()
    if rng.random() < 0.2:
        reach.reverse()
    order = [*posts, *reach] if rng.random() < 0.85 else [*reach, *posts]
    order.insert(0 if rng.random() < 0.85 else len(posts), "name")
    usual = rng.choice(_SEPARATORS.get(w.language, _LATIN_SEPARATORS))
    separators = {f: usual for f in order}
    if rng.random() < 0.4:
        for f in order:
            separators[f] = rng.choice(_SEPARATORS.get(w.language, _LATIN_SEPARATORS))
    labels = _labels(w, strange or rng.random() < 0.25)
    mark = rng.choice(_MARKS) if rng.random() < 0.7 else None
    role = rng.choice([None, None, None, "before", "brackets", "line"])
    return Structure(tuple(order), separators, mark, labels, rng.random() < 0.3, role)


def _labels(w: Wording, unknown: bool) -> dict[str, str]:
    """The label words of the language, or words nobody knows."""
    keys = ("name", "title", "organization", "email", "phone")
    if unknown:
        return {k: capital(unknown_word(w.language, w.rng)) for k in keys}
    return {k: w.pick("list", k) for k in keys}


def _value(p: Person, key: str) -> str | None:
    value: str | None = getattr(p, key)
    return value


def _span(key: str, text: str) -> str:
    return f'<span class="{key}">{escape(text)}</span>'


def _name(p: Person, w: Wording, s: Structure) -> str:
    name = _span("name", p.name)
    if s.bold:
        name = f"<b>{name}</b>"
    if p.honorific is not None:
        form = _span("honorific", p.honorific)
        name = name + form if w.language == "zh" else f"{form} {name}"
    if s.role is None or p.role is None:
        return name
    said = escape(w.pick("list", p.role))
    colon = _COLONS.get(w.language, ": ")
    return {
        "before": f"{said}{colon}{name}",
        "brackets": f"{name} ({said})",
        "line": f"{said}<br>{name}",
    }[s.role]


def _shown(p: Person, key: str, w: Wording, s: Structure) -> str | None:
    if key == "name":
        return _name(p, w, s)
    value = _value(p, key)
    return _span(key, value) if value else None


def _mark(s: Structure, n: int, w: Wording) -> str:
    if s.mark is None:
        return ""
    roman = _ROMAN[(n - 1) % len(_ROMAN)]
    mark = s.mark.format(n=n, a="abcdefghijkl"[(n - 1) % 12], r=roman, R=roman.upper())
    return escape(mark) + ("\u00a0 " if w.rng.random() < 0.8 else " ")


def _pieces(p: Person, w: Wording, s: Structure, labelled: bool) -> list[tuple[str, str]]:
    colon = _COLONS.get(w.language, ": ")
    pieces = []
    for key in s.order:
        shown = _shown(p, key, w, s)
        if shown is not None:
            label = escape(s.labels[key] + colon) if labelled else ""
            pieces.append((key, label + shown))
    return pieces


def _inline(people: Sequence[Person], w: Wording, s: Structure) -> str:
    """Entries in running text, one paragraph each; the address with a label, or in brackets."""
    rng = w.rng
    label_mail, bracket = rng.random() < 0.5, rng.random() < 0.25
    breaks = {f for f in s.order[1:] if rng.random() < 0.15}
    end = rng.choice(["", "", ";", "."])
    colon = _COLONS.get(w.language, ": ")
    out = []
    for n, p in enumerate(people, 1):
        text = _mark(s, n, w)
        for at, (key, shown) in enumerate(_pieces(p, w, s, labelled=False)):
            if key in ("email", "phone") and label_mail:
                shown = escape(s.labels[key] + colon) + shown
            if key == "email" and bracket:
                text += f" ({shown})"
                continue
            glue = "<br>" if key in breaks else escape(s.separators[key])
            text += (glue if at else "") + shown
        out.append(f'<p class="item">{text}{end}</p>')
    return "".join(out)


def _stack(people: Sequence[Person], w: Wording, s: Structure) -> str:
    """Each field on a line of its own."""
    style = w.rng.choice(["block", "block", "block indented", "block centred", "item"])
    tight = w.rng.random() < 0.2
    labelled = w.rng.random() < 0.4
    out = []
    for n, p in enumerate(people, 1):
        lines = [shown for _, shown in _pieces(p, w, s, labelled)]
        out.append(_mark(s, n, w) + "<br>".join(lines))
    if tight:
        return f'<p class="{style}">' + "<br>".join(out) + "</p>"
    return "".join(f'<p class="{style}">{text}</p>' for text in out)


def _pairs(people: Sequence[Person], w: Wording, s: Structure) -> str:
    """Labels in one column, values in another."""
    out = []
    for n, p in enumerate(people, 1):
        rows = "".join(
            f"<tr><td class=key>{escape(s.labels[key])}</td><td>{_shown(p, key, w, s)}</td></tr>"
            for key in s.order
            if _shown(p, key, w, s)
        )
        out.append(f"<p>{_mark(s, n, w)}</p>" if s.mark else "")
        out.append(f"<table class=pairs>{rows}</table>")
    return "".join(out)


def _table(people: Sequence[Person], w: Wording, s: Structure) -> str:
    """Columns in any order, ruled or not, headed or not; two fields may share a column."""
    rng = w.rng
    columns: list[tuple[str, ...]] = [(key,) for key in s.order]
    if len(columns) > 2 and rng.random() < 0.35:
        at = rng.randrange(len(columns) - 1)
        columns[at : at + 2] = [columns[at] + columns[at + 1]]
    if rng.random() < 0.2:
        rng.shuffle(columns)
    numbered = rng.random() < 0.5
    head = ""
    if rng.random() < 0.75:
        cells = [" / ".join(s.labels[k] for k in column) for column in columns]
        cells = ["№", *cells] if numbered else cells
        head = "<tr>" + "".join(f"<th>{escape(c)}</th>" for c in cells) + "</tr>"
    rows = []
    for n, p in enumerate(people, 1):
        cells = ["<br>".join(_shown(p, k, w, s) or "–" for k in column) for column in columns]
        cells = [str(n), *cells] if numbered else cells
        rows.append("<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>")
    ruled = "ruled" if rng.random() < 0.6 else "unruled"
    size = rng.choice(["", "small", "small", "tiny"]) if len(columns) > 3 else ""
    return f'<table class="{ruled} {size}">{head}{"".join(rows)}</table>'


def _cards(people: Sequence[Person], w: Wording, s: Structure) -> str:
    """Two persons side by side, each a stack of lines."""
    labelled = w.rng.random() < 0.4
    cells = [
        _mark(s, n, w) + "<br>".join(shown for _, shown in _pieces(p, w, s, labelled))
        for n, p in enumerate(people, 1)
    ]
    rows = "".join(
        "<tr>" + "".join(f"<td>{c}</td>" for c in cells[at : at + 2]) + "</tr>"
        for at in range(0, len(cells), 2)
    )
    return f'<table class="unruled small">{rows}</table>'


def _leaders(people: Sequence[Person], w: Wording, s: Structure) -> str:
    """Persons on the left, posts on the right; nothing between them but white or dots."""
    dots = "." * w.rng.randrange(4, 16) if w.rng.random() < 0.4 else ""
    left, right = s.order[: s.order.index("name") + 1], s.order[s.order.index("name") + 1 :]
    rows = []
    for n, p in enumerate(people, 1):
        sides = (
            w.rng.choice(["<br>", ", "]).join(_shown(p, k, w, s) or "" for k in side if k)
            for side in (left, right)
        )
        one, other = sides
        rows.append(f"<tr><td>{_mark(s, n, w)}{one}{dots}</td><td>{other}</td></tr>")
    return f'<table class="unruled">{"".join(rows)}</table>'


def _sentence(people: Sequence[Person], w: Wording, s: Structure) -> str:
    """One paragraph with all persons in it."""
    glue = {"zh": "；", "ar": "؛ "}.get(w.language, "; ")
    parts = []
    for p in people:
        pieces = _pieces(p, w, s, labelled=False)
        text = pieces[0][1]
        for key, shown in pieces[1:]:
            text += (
                f" ({shown})"
                if key == "email"
                else f"{', ' if w.language != 'zh' else '，'}{shown}"
            )
        parts.append(text)
    return f"<p>{glue.join(parts)}.</p>"


_SHAPES = {
    _inline: 34, _stack: 22, _pairs: 8, _table: 20, _cards: 6, _leaders: 5, _sentence: 10,
}  # fmt: skip


def _listed(
    people: Sequence[Person], w: Wording, strange: bool = False
) -> tuple[str, list[Printed]]:
    people = with_posts(people, w, strange)
    s = draw_structure(people, w, strange)
    shape = w.rng.choices(list(_SHAPES), list(_SHAPES.values()))[0]
    running = shape in (_inline, _sentence)
    records = [_record(p, w, s, running=running) for p in people]
    return shape(people, w, s), records


def _record(p: Person, w: Wording, s: Structure, *, running: bool) -> Printed:
    """What is printed of a person; an organization behind the title's comma may be part of it."""
    entry = printed(p, w, joined=False, role=s.role is not None)
    at = s.order.index("title")
    follows = s.order[at + 1 : at + 2] == ("organization",)
    if not (running and follows and p.organization):
        return entry
    both = [f"{p.title}, {p.organization}", f"{p.title} {p.organization}"]
    whole = f"{p.title}{s.separators['organization']}{p.organization}"
    other: dict[str, list[str | None]] = {
        "title_alternatives": [*both, whole],
        "organization_alternatives": [None],
    }
    return Printed(entry.record, other)


def any_structure(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """The persons in a list of a structure drawn at random, with posts drawn at random."""
    return _listed(people, w)


def unknown_words(people: Sequence[Person], w: Wording) -> tuple[str, list[Printed]]:
    """The same with posts, offices, forms of address and labels that no lexicon has."""
    form = capital(unknown_word(w.language, w.rng))[:5] + ("" if w.language == "zh" else ".")
    return _listed(
        [replace(p, honorific=form if p.honorific else None) for p in people], w, strange=True
    )
