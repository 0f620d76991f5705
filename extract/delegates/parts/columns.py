"""What a column header or a label announces."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from extract.language import terms
from extract.language.han_labels import asked_for
from extract.language.normalise import fold, is_han

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, TextRun

FieldKind = Literal[
    "name",
    "family",
    "given",
    "middle",
    "title",
    "courtesy",
    "organization",
    "role",
    "email",
    "phone",
    "contact",
    "details",
    "number",
    "ignored",
]

# letters of a header that is known without its spaces
GLUED_LETTERS = 8
MISREAD = 80  # per cent of likeness of a label with the one it was printed as; chosen
_KINDS: dict[str, FieldKind] = {
    "family_name_headers": "family",
    "given_name_headers": "given",
    "middle_name_headers": "middle",
    "field_joiners": "name",
    "table_headers.name": "name",
    "table_headers.title": "title",
    "table_headers.courtesy": "courtesy",
    "table_headers.organisation": "organization",
    "table_headers.role": "role",
    "table_headers.email": "email",
    "table_headers.phone": "phone",
    "table_headers.number": "number",
    "table_headers.passport": "ignored",
    "labels_email": "email",
    "labels_phone": "phone",
    "labels_fax": "ignored",
    "contact_headers": "contact",
    "org_heads": "organization",
}
_PREFERENCE: tuple[FieldKind, ...] = (
    "ignored",
    "contact",
    "email",
    "phone",
    "role",
    "courtesy",
    "name",
    "title",
    "organization",
    "number",
    "family",
    "given",
    "middle",
)


def kind_of_header(
    run: TextRun, start: int, end: int, but: FieldKind | None = None
) -> FieldKind | None:
    """The field a header or label stands for, None when its words say nothing we know.

    Most of the header must be known words: a sentence that happens to hold ``name`` is no header,
    nor is one that presents what stands below it: ``参会人员信息如下：``.
    ``but`` is a field it does not stand for: ``Office`` before the name of a court is no telephone.

    Examples: ``Full name``, ``Nom et prénom``, ``Position / Title``, ``Name and title`` (entry),
    ``Contact details`` (e-mail and telephone), ``Passport No.`` (ignored).
    """
    start, end = run.trimmed(start, end, " \t\n.,:：*()[]/|-–")
    start = end - len(asked_for(run.text[start:end]))
    presents = (t.end == end for t in run.terms_in(start, end, "presenting"))
    if end <= start or end - start > 64 or any(presents):
        return None
    if run.text[end : end + 1] == ".":
        # abbreviations: "Ф.И.О.", "Tel."
        end += 1
    labels = (label for label, kind in _KINDS.items() if kind != but)
    found = [t for t in run.terms_in(start, end, *labels) if _whole(run.text, t)]
    covered = _covered(found)
    letters = sum(c.isalnum() for c in run.text[start:end]) or 1
    remark = run.text.find(" (", start, end)
    papers = [t for t in found if _KINDS[t.label] == "ignored" and t.start > remark > start]
    if remark > start and (papers or covered < 0.5 * letters):
        return kind_of_header(run, start, remark, but)  # "Name (as in passport)"
    if covered < 0.5 * letters or not found:
        return _glued_headers().get(_squeezed(run.text[start:end]))
    return _combine(found)


@cache
def _glued_headers() -> dict[str, FieldKind]:
    """Headers of several words without their spaces, as readers glue them: ``Nomdefamille``."""
    return {
        _squeezed(phrase): kind
        for label, kind in _KINDS.items()
        if label != "org_heads"
        for phrase in terms.phrases(label)
        if " " in phrase and len(phrase) >= GLUED_LETTERS
    }


def misread_header(text: str) -> FieldKind | None:
    """The field of a label of several words of which some letters were misread."""
    said = _squeezed(text)
    found = [
        (likeness, kind)
        for phrase, kind in _glued_headers().items()
        if (likeness := fuzz.ratio(said, phrase, score_cutoff=MISREAD))
    ]
    best = max((likeness for likeness, _ in found), default=0)
    kinds = {kind for likeness, kind in found if likeness == best}
    return kinds.pop() if len(kinds) == 1 else None


def _squeezed(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _whole(text: str, term: RunTerm) -> bool:
    if is_han(text[term.start]):
        return True
    return not (
        text[term.start - 1 : term.start].isalnum() or text[term.end : term.end + 1].isalnum()
    )


def _covered(found: list[RunTerm]) -> int:
    places: set[int] = set()
    for term in found:
        places.update(range(term.start, term.end))
    return len(places)


def _combine(found: list[RunTerm]) -> FieldKind:
    longest = _maximal(found)
    kinds = {_KINDS[t.label] for t in longest}
    if "number" in kinds and len(kinds) > 1:
        kinds.discard("number")
        longest = [t for t in longest if _KINDS[t.label] != "number"]
    if kinds <= {"name", "family", "given", "middle"}:
        return _name_kind(longest)
    if "ignored" in kinds:
        return "ignored"
    offices = {t.start for t in longest if _KINDS[t.label] == "organization"}
    if kinds & {"title"} and offices >= {t.start for t in longest if _KINDS[t.label] == "phone"}:
        kinds.discard("phone")  # "Post / Office"
    if {"email", "phone"} <= kinds:
        return "contact"
    return next(k for k in _PREFERENCE if k in kinds)


def _maximal(found: list[RunTerm]) -> list[RunTerm]:
    """Terms not inside a longer one (``name`` in ``full name``)."""
    return [
        t
        for t in found
        if not any(
            o.start <= t.start and t.end <= o.end and (o.end - o.start) > (t.end - t.start)
            for o in found
        )
    ]


def _name_kind(found: list[RunTerm]) -> FieldKind:
    labels = {t.label for t in found}
    spans = {(t.start, t.end) for t in found}
    given = {(t.start, t.end) for t in found if _KINDS[t.label] in ("given", "middle")}
    if given == spans and "given_name_headers" in labels and len(spans) > 1:
        return "given"  # "Имя, отчество" beside "Фамилия"
    if len(spans) > 1 or labels >= {"family_name_headers", "given_name_headers"}:
        return "name"
    if "family_name_headers" in labels:
        return "family"
    if "middle_name_headers" in labels:
        return "middle"
    return "given" if "given_name_headers" in labels else "name"


def whole_names(kinds: set[FieldKind]) -> dict[FieldKind, FieldKind]:
    """``Nom`` or ``Nombre`` without its counterpart holds the whole name: which kinds to rename."""
    if "family" in kinds and "given" not in kinds:
        return {"family": "name"}
    if "given" in kinds and "family" not in kinds and "name" not in kinds:
        return {"given": "name"}
    return {}
