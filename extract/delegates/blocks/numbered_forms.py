"""Forms that number their fields: ``1. Surname  Rom``, ``2. Given name  Ivo``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.delegates.parts.columns import kind_of_header
from extract.delegates.parts.names import looks_like_name
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document

FIELDS_OF_FORM = 3  # kinds of labels that a form counts
_LABELLED = re.compile(r"([^\t:：]{1,48}?) ?[\t:：]")


def fields_of_forms(document: Document, marks: Mapping[int, int]) -> list[int]:
    """Lines that are fields of a form which counts them, and begin nobody.

    Where it counts from 1 again the next person begins; every other number is of a field.
    """
    forms: list[list[int]] = []
    for number in sorted(marks):
        counted = re.search(r"\d{1,2}", document.lines[number].text[: marks[number]])
        if counted and int(counted[0]) == 1:
            forms.append([number])
        elif counted and forms:
            forms[-1].append(number)
    return [n for form in forms if _numbers_fields(document, form, marks) for n in form[1:]]


def _numbers_fields(document: Document, form: list[int], marks: Mapping[int, int]) -> bool:
    """Most are labels we know, each of another kind; one is for a name, or stands before one."""
    kinds: list[FieldKind] = []
    for number in form:
        run = TextRun(document, (number,))
        label = _LABELLED.match(run.text, marks[number])
        kind = kind_of_header(run, marks[number], label.end(1)) if label else None
        if kind is None and label and number == form[0] and _is_name(run, label.end()):
            kind = "name"  # "1. Participante: Ana LIMA"
        kinds += [kind] if kind else []
    told = len(set(kinds)) >= FIELDS_OF_FORM and 2 * len(kinds) > len(form)
    return told and not set(kinds).isdisjoint(("name", "family", "given"))


def _is_name(run: TextRun, start: int) -> bool:
    return looks_like_name(run, start, len(run.text)) is not None
