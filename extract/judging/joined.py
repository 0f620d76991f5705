"""The parts of a title or an organization as one text, joined as the note joins them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun


def join_printed(run: TextRun, spans: tuple[Span, ...], texts: list[str] | None = None) -> str:
    """The spans as one text, with what is printed between them if that is only punctuation.

    ``texts`` are the spans' texts when they were chosen from two readings.
    """
    parts = texts or [run.read(a, b) for a, b in spans]
    text = parts[0]
    for ((_, before), (start, end)), part in zip(pairwise(spans), parts[1:], strict=True):
        between = run.text[before:start]
        seam = _inside_phrase(between, part)
        if seam is not None:
            text += f" {seam}{part}"
        elif len(between) > 4 or any(c.isalnum() for c in between):
            text += ", " + part
        elif "(" in between or "（" in between:
            closed = run.text[end : end + 1] in (")", "）")
            comma = "," if "," in between else ""
            text += f"{comma} ({part})" if closed else f", {part}"
        else:
            text += _glue(between) + part
    return text.strip(' \n\t"“”«»‘')


def _inside_phrase(between: str, part: str) -> str | None:
    """The "and" a phrase has where the name stands beside its middle; None where it is no phrase.

    ``Pôle judiciaire et`` above and ``financier`` behind the leaders of the name's own line.
    """
    above, _, beside = between.partition("\n")
    joins = fold(above.strip())
    open_end = not above.strip() or joins in terms.folded("conjunctions")
    behind = "\t" in beside and "\n" not in beside and any(map(str.isalpha, beside))
    if not (open_end and behind and part[:1].islower()):
        return None
    return f"{above.strip()} " if joins else ""


def _glue(between: str) -> str:
    mark = between.strip(" \n\t)")
    if mark in ("-", "–", "—"):
        return f" {mark} "
    if mark == "/":
        return " / " if between[:1].isspace() and between[-1:].isspace() else mark
    return mark if mark in ("、", "，") else mark + " "
