"""What the tagger sees of a token: its form and its place, never which word it is.

Only words that carry grammar (of, and, the) and signs are known by themselves, and what the
lexicon says of a phrase is one hint among many: a post that nobody listed has the same form and
the same place as one that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.emails import find_emails
from extract.language.han_names import surnames
from extract.language.name_fit import latinised
from extract.language.normalise import fold, is_han, script_of

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.lines import TextLine

HINTS = {
    "title_heads": "post",
    "ranks": "rank",
    "org_heads": "org",
    "org_units": "unit",
    "letterhead": "org",
    "honorifics_m": "form",
    "honorifics_f": "form",
    "honorifics_n": "form",
    "post_nominals": "after",
    "contact_not_delegate": "contact",
    "not_delegate_context": "contact",
    "name_particles": "particle",
    "conjunctions": "and",
    "articles": "the",
    "of_words": "of",
    "lead_words": "lead",
    "closing": "formula",
    "opening": "formula",
    "honour": "formula",
    "reference": "formula",
    "nominating": "naming",
    "headed_by": "naming",
    "requests": "formula",
    "list_headings": "list",
}
"""Labels of the lexicon the tagger is told of, by the hint they become."""

HINT_FAMILIES = {"labels_": "label", "table_headers.": "label", "roles.": "role"}
"""The same for families of labels, by their beginning."""

_SEPARATORS = frozenset(",;:/|()[]{}–-—•،؛，；：、（）\t")
_NEAR = 3  # lines above and below in which an address is near
_SPELLED = 3  # letters of a word that an address may spell
_GAPS = (0.3, 0.8, 1.6, 3.0)  # white above a line, in its heights: steps the tagger is told
_INDENTS = (0.01, 0.05, 0.15, 0.3, 0.5)  # a line's left edge, in widths of the page
_FAR = 4  # tokens from a separator, counted no further
_MARK = re.compile(r"\s{0,8}(?:[^\w\s@]|\(?\w{1,3}[.)/]|\w\s)")


@dataclass(frozen=True, slots=True)
class _Place:
    """What is said of all tokens of a line: features, and the letters its addresses spell."""

    features: tuple[str, ...]
    spelled: str
    head: str
    masked: tuple[tuple[int, int], ...]


def features_of(document: Document) -> list[list[str]]:
    """The features of every token of a document, in the tokens' order."""
    places = _places(document)
    hints, labels = _hints(document), _labels(document)
    forms = [_form(document, at) for at in range(len(document.tokens))]
    result: list[list[str]] = []
    for line in range(len(document.lines)):
        span = document.tokens_of(line)
        since, separator, commas, label = 0, "^", 0, places[line].head
        for at in span:
            own = [f"f0={forms[at]}", *places[line].features]
            own += [f"h={h}" for h in hints.get(at, ("none",))]
            for step in (-2, -1, 1, 2):
                other = at + step
                inside = span.start <= other < span.stop
                own.append(f"f{step}={forms[other] if inside else '|'}")
                if inside and step in (-1, 1):
                    own += [f"h{step}={h}" for h in hints.get(other, ())]
            own += [f"since={min(since, _FAR)}", f"sep={separator}", f"commas={min(commas, 3)}"]
            own.append(f"sep={separator}|f0={forms[at]}")
            label = labels.get(at, label)
            own.append(f"label={label}")
            own.append(f"commas={min(commas, 3)}|cell={places[line].features[0]}")
            own.append(f"next={_next_separator(forms, at, span.stop)}")
            own.append(f"spells={_spells(document, at, places[line].spelled)}")
            if _is_masked(document, at, places[line].masked):
                own.append("mail")
            result.append(own)
            if forms[at].startswith("p"):
                separator, since, commas = forms[at], 0, commas + 1
            else:
                since += 1
    return result


def _next_separator(forms: Sequence[str], at: int, stop: int) -> str:
    for other in range(at + 1, min(stop, at + 8)):
        if forms[other].startswith("p"):
            return f"{forms[other]}{min(other - at, _FAR)}"
    return "|" if stop - at <= 8 else "far"


def _form(document: Document, at: int) -> str:
    token = document.tokens[at]
    text = document.lines[token.line].text[token.start : token.end]
    first = text[0]
    if first.isdigit():
        return f"d{min(len(text), 4)}"
    if is_han(first):
        return "hanS" if text in surnames() else "han"
    script = script_of(first)
    if script is None:
        return f"p{first}" if first in _SEPARATORS else "s" + first
    if fold(text) in _grammar():
        return "w" + fold(text)
    if script == "arabic":
        return "ar" + str(min(len(text), 5)) + ("d" if text.startswith("ال") else "")
    size = "1" if len(text) == 1 else "2" if len(text) < 4 else "4"
    if text.isupper():
        return f"{script[0]}X{size}"
    return f"{script[0]}{'Xx' if first.isupper() else 'x'}{size}"


@cache
def _grammar() -> frozenset[str]:
    """Words that carry grammar: of, and, the, to, in six languages."""
    labels = ("of_words", "articles", "conjunctions", "goes_on", "name_particles")
    return frozenset(w for label in labels for w in terms.folded(label) if " " not in w)


def _hints(document: Document) -> dict[int, tuple[str, ...]]:
    """What the lexicon says of each token: the hint, and whether a phrase begins there."""
    found: dict[int, set[str]] = {}
    for term in document.terms:
        hint = HINTS.get(term.label) or next(
            (h for start, h in HINT_FAMILIES.items() if term.label.startswith(start)), None
        )
        if hint is None:
            continue
        for at in range(term.start, term.end):
            found.setdefault(at, set()).add(f"{hint}{'+' if at == term.start else ''}")
    return {at: tuple(sorted(hints)) for at, hints in found.items()}


def _labels(document: Document) -> dict[int, str]:
    """What a label says that what follows on its line is: by the label's first token."""
    found: dict[int, tuple[int, str]] = {}
    for term in document.terms:
        family, _, kind = term.label.replace("labels_", "table_headers.").partition(".")
        if (
            family in ("table_headers", "roles")
            and term.end - term.start > found.get(term.start, (0, ""))[0]
        ):
            found[term.start] = term.end - term.start, kind if family == "table_headers" else family
    return {at: kind for at, (_, kind) in found.items()}


def _heads(document: Document) -> dict[tuple[int, int, int], str]:
    """What the first row of a grid says of each of its columns."""
    labels = _labels(document)
    heads: dict[tuple[int, int, int], str] = {}
    for number, line in enumerate(document.lines):
        if line.cell is not None and line.cell.row == 0:
            for at in document.tokens_of(number):
                if at in labels:
                    key = line.page, line.cell.grid, line.cell.column
                    heads.setdefault(key, labels[at])
    return heads


def _places(document: Document) -> list[_Place]:
    lines = document.lines
    mails = [find_emails(line.text) for line in lines]
    above: TextLine | None = None
    places = []
    named = min((t.line for t in document.labelled("nominating", "headed_by")), default=-1)
    kinds = [_kind(line) for line in lines]
    heads = _heads(document)
    for number, line in enumerate(lines):
        spelled = "".join(
            c
            for other in range(max(0, number - _NEAR), min(len(lines), number + 2 * _NEAR))
            for m in mails[other]
            for c in (*fold(m.local), " ")
        )
        before = kinds[number - 1] if number else "|"
        after = kinds[number + 1] if number + 1 < len(lines) else "|"
        features = (
            _cell(line),
            _gap(above, line),
            f"indent={_step(line.box.left / _right(document, line), _INDENTS)}",
            f"words={min(len(line.words), 8)}",
            f"mark={_MARK.match(line.text) is not None}",
            f"after={0 <= named < number}",
            f"kind={kinds[number]}",
            f"kind-1={before}",
            f"kind+1={after}",
            f"kind-1+1={before}{after}",
            f"mails={_around(mails, number)}",
            f"here={bool(mails[number])}",
        )
        masked = tuple((m.start, m.end) for m in mails[number])
        cell = line.cell
        head = heads.get((line.page, cell.grid, cell.column), "none") if cell else "none"
        places.append(_Place(features, spelled, head, masked))
        above = line
    return places


def _around(mails: Sequence[object], number: int) -> str:
    """How many lines below and above the nearest address is."""
    below = next((n for n in range(_NEAR + 1) if number + n < len(mails) and mails[number + n]), 9)
    over = next((n for n in range(1, _NEAR + 1) if number >= n and mails[number - n]), 9)
    return f"{below}{over}"


def _kind(line: TextLine) -> str:
    """A line's shape: how it begins, how it ends, how long it is."""
    text = line.text.strip()
    if "@" in text:
        return "mail"
    words = len(line.words)
    first = text[:1]
    start = "x" if first.islower() else "X" if first.isupper() else "d" if first.isdigit() else "p"
    if script_of(first) in ("arabic", "han"):
        start = "n"
    end = text[-1:] if text[-1:] in ".,;:،；：，。" else "w"
    return f"{start}{end}{1 if words < 3 else 3 if words < 7 else 7}"


def _cell(line: TextLine) -> str:
    if line.cell is None:
        return "cell=no"
    return f"cell={min(line.cell.column, 5)}"


def _gap(above: TextLine | None, line: TextLine) -> str:
    if above is None or above.page != line.page:
        return "gap=page"
    if line.cell is not None and above.cell is not None:
        same = (line.cell.row, line.cell.column) == (above.cell.row, above.cell.column)
        return f"gap={'in' if same else 'cell'}"
    white = (line.box.top - above.box.bottom) / max(1, line.height)
    return f"gap={_step(white, _GAPS)}"


def _step(value: float, steps: Sequence[float]) -> int:
    return sum(value > step for step in steps)


def _right(document: Document, line: TextLine) -> int:
    return max(1, document.margins.get(line.page, (0, 1))[1])


def _spells(document: Document, at: int, spelled: str) -> str:
    """Whether an address near by spells this word: the surest sign of a name."""
    token = document.tokens[at]
    text = document.lines[token.line].text[token.start : token.end]
    if not spelled.strip():
        return "none"
    word = "".join(c for c in fold(latinised(text)) if c.isalnum())
    if len(word) >= (2 if is_han(text[0]) else _SPELLED) and word.isalpha():
        return "yes" if word in spelled else "no"
    return "short"


def _is_masked(document: Document, at: int, masked: tuple[tuple[int, int], ...]) -> bool:
    token = document.tokens[at]
    return any(a <= token.start < b for a, b in masked)


def pages_of(document: Document) -> Iterator[range]:
    """The tokens of each page, one sequence a page."""
    start = 0
    for number, line in enumerate(document.lines):
        last = number + 1 == len(document.lines)
        if last or document.lines[number + 1].page != line.page:
            stop = document.tokens_of(number).stop
            yield range(start, stop)
            start = stop
