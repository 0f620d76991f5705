"""Labels with no sign behind them: ``Post    Counsellor``, ``House of origin Ministry of ...``.

A form prints the same words at the start of a line of every block, before a gap (leaders are read
as one). Where it does, what else its blocks begin a line with is a label whose length left no gap.
What comes again at the same place is a label, commas and all: ``Post, section    Counsellor``.
Where all values follow a space (``Function Judge``) repetition tells the labels: see ``_bare``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.blocks.marks import item_mark
from extract.delegates.parts.columns import kind_of_header
from extract.language import terms
from extract.language.normalise import fold
from extract.layout.rows import header_label

if TYPE_CHECKING:
    from extract.layout.text_run import TextRun

MAX_WORDS = 5  # of a label
MAX_LETTERS = 48  # of a label
FORM_LINES = 2  # lines of a block with a gap behind other words
ALONE_LINES = 3  # the same where there is one block only
REPEATED = 2  # blocks that begin a line with the same label
NAMES = ("name", "family", "given")
ANCHORS = (*NAMES, "email", "phone", "contact", "details")
"""Kinds of labels that no value is taken for, as offices and posts may be."""
_FIELDS = (
    "table_headers.name",
    "table_headers.title",
    "table_headers.organisation",
    "table_headers.role",
)
"""Names of columns that make a form, if there are two; an address may have a label anywhere."""

_SURE = (
    "table_headers.name",
    "family_name_headers",
    "given_name_headers",
    "table_headers.email",
    "table_headers.phone",
    "labels_email",
    "labels_phone",
)
"""The same as lists of words."""

ENDINGS = re.compile(r"\(\w{1,3}\)|\s\([^()@:]{4,40}\)$")
"""``Intéressé(e)``, ``Apellido(s)``; the remark that ends a label: ``Name (as in passport)``."""
_NO_LABEL = re.compile(r"[@(;:：|]|\d{2}")
_LISTED = re.compile(r"[,،，]")
_COLON = re.compile(r"[:：]")

Label = tuple[int, int, int]
"""Where a label begins and ends, and where its value begins."""


def learn_gaps(runs: Sequence[TextRun]) -> frozenset[str]:
    """The labels of forms among these blocks, folded; none where nothing shows a form."""
    return _gapped(runs) or _bare(runs)


def _gapped(runs: Sequence[TextRun]) -> frozenset[str]:
    """The labels of forms that most have a gap behind them.

    A label we know must be among them, one for names where there is one block only, and no block
    may have one of them twice.
    """
    forms = [run for run in runs if _is_form(run, FORM_LINES)]
    if not forms:
        return frozenset()
    words = Counter(word for run in forms for word, *_ in _before_gaps(run, listing=True))
    if len(forms) == 1:
        known = {*(word for word in words if not _LISTED.search(word)), *_known(forms)}
        return frozenset(known) if _is_form(forms[0], ALONE_LINES) else frozenset()
    learnt = {word for word, count in words.items() if count >= REPEATED}
    if not learnt:
        return frozenset()
    for run in forms:  # what only the head of delegation has
        own = {word for word, *_ in _before_gaps(run)}
        if len(own & learnt) >= FORM_LINES:
            learnt |= own
    return frozenset(learnt | _known(forms) | _begun(forms, learnt))


def _known(forms: Sequence[TextRun]) -> set[str]:
    """Labels that no value is taken for, so long that they left no gap: ``E-mail address x@y``."""
    lines = [line for run in forms for _, line in _lines(run) if "\t" not in line]
    begun = {word for line in lines for word, _ in _prefixes(line)}
    return {word for word in begun if header_label(word) in _SURE}


def find_gaps(run: TextRun, words: frozenset[str]) -> Iterator[Label]:
    """Where these labels stand in a block."""
    if not words:
        return
    for start, line in _lines(run):
        before, gap, _ = line.partition("\t")
        if fold(before).strip() in words:
            yield start, start + len(before), start + len(before) + len(gap)
        elif not gap:
            for word, end in _prefixes(line, listing=True):
                if word in words:
                    yield start, start + end, start + end
                    break


def _is_form(run: TextRun, least: int) -> bool:
    labels = list(_before_gaps(run))
    words = {word for word, *_ in labels}
    kinds = {kind_of_header(run, start, end) for _, start, end in labels}
    known = not kinds.isdisjoint(ANCHORS if least < ALONE_LINES else NAMES)
    return known and len(labels) >= least and len(words) == len(labels) >= _gaps(run) / 2


def _gaps(run: TextRun) -> int:
    return sum("\t" in line for _, line in _lines(run))


def _before_gaps(run: TextRun, *, listing: bool = False) -> Iterator[tuple[str, int, int]]:
    """What stands before a gap at the start of a line, folded, and where.

    ``listing`` also what has commas; a person and a post do, so that by itself it is no label.
    """
    for start, line in _lines(run):
        before, gap, behind = line.partition("\t")
        if gap and "\t" not in behind and _may_be_label(before, listing=listing):
            yield fold(before).strip(), start, start + len(before)


def _begun(forms: Sequence[TextRun], known: Iterable[str]) -> set[str]:
    """What lines without a gap begin with in several blocks: the most words of those in most.

    What follows the same line each time is the rest of a value that several persons have:
    ``Office    Bureau of Audit and`` / ``Recovery of Assets``.
    """
    begun: Counter[str] = Counter()
    pairs = Counter(pair for run in forms for pair in {*pairwise(run.text.split("\n"))})
    for run in forms:
        wrapped = {
            below for above, below in pairwise(run.text.split("\n")) if pairs[above, below] > 1
        }
        lines = [line for _, line in _lines(run) if "\t" not in line and ":" not in line]
        begun.update({word for line in lines if line not in wrapped for word, _ in _prefixes(line)})
    found: set[str] = set()
    taken = set(known)
    for word, count in sorted(begun.items(), key=lambda w: (-w[1], -len(w[0]))):
        if count < REPEATED or 2 * count < len(forms):
            break
        if not any(word.startswith(other) or other.startswith(word) for other in taken):
            found.add(word)
            taken.add(word)
    return found


def _bare(runs: Sequence[TextRun]) -> frozenset[str]:
    """What lines begin with again and again, each time before something else.

    Names of columns must be among them, for two fields or more. What else as many lines begin with
    is a label of the same form whether or not a lexicon has it: ``Delegate Mr. X``.
    """
    behind: dict[str, list[str]] = defaultdict(list)
    for line in (line for run in runs for at, line in _lines(run) if not _is_led(run, at)):
        for word, end in _prefixes(line):
            value = line[end:].strip()
            whole = "\t" not in line[:end] and not _COLON.search(line)
            if whole and value[:1].isalnum() and not _goes_on(value):
                behind[word].append(value)
    counts = {word: len(said) for word, said in behind.items() if len({*said}) >= REPEATED}
    known = {w: label for w in counts if (label := header_label(w)) in _FIELDS}
    if len({*known.values()}) < FORM_LINES:
        return frozenset()
    found: set[str] = set()
    for word in sorted(counts, key=lambda w: (w not in known, -counts[w], -len(w))):
        enough = word in known or counts[word] >= max(counts[w] for w in known)
        if enough and not any(word.startswith(w) or w.startswith(word) for w in found):
            found.add(word)
    # "Capacity – Head", once, where "Name –" and "Post –" stand in every block
    signs = {word[-1] for word in found if not word[-1].isalnum()}
    once = {word for word in behind if word[-1] in signs and header_label(word[:-1].strip())}
    return frozenset(found | once)


def _is_led(run: TextRun, at: int) -> bool:
    return any(t.start == at and t.label in terms.HONORIFICS for t in run.terms)


def _goes_on(value: str) -> bool:
    """``Ministry`` is no label before ``of Justice``."""
    return fold(value.split()[0]) in terms.folded("of_words")


def _prefixes(line: str, *, listing: bool = False) -> Iterator[tuple[str, int]]:
    """The first words of a line, the most first, folded, and where they end."""
    ends = [match.end() for match in re.finditer(r"\S+", line)][:MAX_WORDS]
    for end in reversed(ends):
        if _may_be_label(line[:end], listing=listing):
            yield fold(line[:end]).strip(), end


def _may_be_label(text: str, *, listing: bool = False) -> bool:
    words = text.split()
    if not 0 < len(words) <= MAX_WORDS or len(text) > MAX_LETTERS:
        return False
    if _NO_LABEL.search(ENDINGS.sub("", text)):
        return False
    if not listing and _LISTED.search(text) and not _is_list_of_labels(text):
        return False
    return any(c.isalpha() for c in text)


def _is_list_of_labels(text: str) -> bool:
    """``Given name, middle name``, ``Position, section``: each part is a label by itself."""
    return all(header_label(part) is not None for part in _LISTED.split(text))


def _lines(run: TextRun) -> Iterator[tuple[int, str]]:
    """Lines without their marks, and where they begin."""
    for at, line in zip(run.starts, run.text.split("\n"), strict=True):
        mark = item_mark(line)
        yield at + mark, line[mark:]
