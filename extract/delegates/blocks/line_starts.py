"""What a line of the body begins with: somebody, a sentence, a label, a role; and how it ends."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.delegates.blocks.headings import (
    NAMED,
    heads_below_sentence,
    is_led,
    sentence_ends,
)
from extract.delegates.blocks.marks import item_mark
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import kind_of_header
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.names import looks_like_name, take_name
from extract.delegates.parts.roles import ROLE_OF_LABEL
from extract.delegates.scripts import han_bare
from extract.language.normalise import fold, main_script
from extract.language.terms import HONORIFICS
from extract.layout.document import labelled
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document

SENTENCE_TERMS = ("contact_not_delegate", "requests", "closing")
FORMULA_STARTS = ("opening", "honour", "nominating", "headed_by")
PLAIN_WORDS = 4  # words of the shortest sentence
SENTENCE_WORDS = 6  # words of one that may have names in it
SENTENCE_LINES = 3  # lines of one
SAME_EDGE = 0.5  # heights of a line between the left edges of lines that begin alike
MOSTLY_SMALL = 0.6  # share of its words that begin small; chosen
PARTS_OF_PERSON = ("title_heads", "org_heads", "org_units", "roles.", "labels_")
PARTS_OF_ENTRY = 2  # parts before the address of an entry that one line holds
CARDS = 2  # lines that begin with one label for names
LONGEST_LABEL = 48  # characters of a label
_CARD_END = re.compile(r"[@\d]")
_PARTED = re.compile(r"[,;،，；]\s?|\s[-–—]\s")
_LEADERS = re.compile(r"[.…·_–—-]{4}")
_COLON_AND_MORE = re.compile(r"\s?[:：]\s?\w")
_NAME_END = re.compile(r"[,;(\t،؛，；（（–—]|\s[-/]\s|[.…·_-]{4}|$")


def is_formula(document: Document, number: int) -> bool:
    """The paragraph begins as a sentence of the note: its persons stand in running text."""
    return any(document.terms_of(n, *FORMULA_STARTS) for n in (number, number + 1))


def ends_in_address(document: Document, number: int) -> bool:
    """Nothing but signs stands behind an address on the line."""
    run = TextRun(document, (number,))
    found = find_mails(run, 0, len(run.text))
    return bool(found) and not run.text[found[-1].end :].strip(" .;,)|）。；，")


def leads(document: Document, number: int) -> bool:
    """A line that begins a paragraph whatever stands above it."""
    return (
        _leads_with_role(document, number)
        or heads_below_sentence(document, number)
        or starts_request(document, number)
        or _begins_form(document, number)
        or number in _cards(document)
        or is_post_of_next(document, number)
    )


def _begins_form(document: Document, number: int) -> bool:
    """``Name: Ms. X; Position: ...`` below the end of a sentence, no white between."""
    if not number or not sentence_ends(document.lines[number - 1].text):
        return False
    return (
        _label_before_colon(document, number) in NAMED
        and _label_before_colon(document, number - 1) is None
    )


@lru_cache(maxsize=8)
def _cards(document: Document) -> frozenset[int]:
    """Lines that begin with one label for names, two or more of them: a card for each person.

    ``Name    Ms. X`` with a gap behind the label; once it is known, with a space. The card above
    ends in an address or a telephone: else this one may begin with another label, ``Status``.
    """
    labels = {n: label for n in range(len(document.lines)) if (label := _name_label(document, n))}
    known = {label for label, count in Counter(labels.values()).items() if count >= CARDS}
    texts = [fold(line.text) for line in document.lines]
    starts = {n for n, text in enumerate(texts) if any(text.startswith(x) for x in known)}
    return frozenset(n for n in starts if n and _CARD_END.search(texts[n - 1]))


def _name_label(document: Document, number: int) -> str | None:
    """The label for a name before a gap, folded."""
    run = TextRun(document, (number,))
    gap = run.text.find("\t", 0, LONGEST_LABEL)
    if gap < 1 or kind_of_header(run, 0, gap) not in NAMED:
        return None
    return fold(run.text[:gap]).strip() or None


def _label_before_colon(document: Document, number: int) -> FieldKind | None:
    run = TextRun(document, (number,))
    colon = _COLON_AND_MORE.search(run.text)
    return kind_of_header(run, 0, colon.start()) if colon else None


def is_whole_entry(document: Document, number: int) -> bool:
    """``Naïma TLILI ........ ntlili@gov.ma``, ``Li P., Attaché, lip@mfa.gov.cn``."""
    if not ends_in_address(document, number):
        return False
    text = document.lines[number].text
    if _LEADERS.search(text):
        return begins_person(document, number)
    said = _PARTED.split(text[: text.index("@")])[:-1] if "@" in text else []
    return len(said) >= PARTS_OF_ENTRY and said[0][:1].isupper()


def begins_with_name(document: Document, number: int) -> bool:
    """Below a line that ends with an address the next person of a list without marks.

    Example: ``..., E-mail: a.b@mfa.gov.xx`` and then ``Luz Marina Condori, Secretaria, ...``, or
    ``CONDORI, Luz Marina, Secretaria, ...``.
    """
    run = TextRun(document, (number,))
    stop = _NAME_END.search(run.text)
    end = stop.start() if stop else len(run.text)
    if run.text[end : end + 1] == "," and " " not in run.text[:end]:
        name = take_name(run, 0, len(run.text))
        end = max(end, name[1]) if name else end
    return looks_like_name(run, 0, end) is not None


def names_and_says(document: Document, number: int) -> bool:
    """``LIMA, Ana, Judge, Supreme Court``: a line that begins with a name, and a post follows."""
    run = TextRun(document, (number,))
    posts = run.terms_in(0, len(run.text), "title_heads")
    behind = any(run.text[: t.start].rstrip().endswith((",", "-", "–", "—")) for t in posts)
    return behind and begins_with_name(document, number)


def begins_with_post(document: Document, number: int) -> bool:
    """``Counsellor, Ministry of Works – Ms. X``: an entry of a list that says the post first."""
    posts = document.terms_of(number, "title_heads")
    return any(document.tokens[t.start].start == 0 for t in posts)


def is_whole_post(document: Document, number: int) -> bool:
    """``Ambassador`` alone on its line: no person follows."""
    run = TextRun(document, (number,))
    posts = run.terms_in(0, len(run.text), "title_heads", "ranks")
    return any(t.start == 0 and t.end == len(run.text.rstrip(" .,")) for t in posts)


def begins_person(document: Document, number: int) -> bool:
    """A line that begins with a form of address, with a name, or with another sentence."""
    run = TextRun(document, (number,))
    honorific = any(t.start == 0 and t.label in HONORIFICS for t in run.terms)
    return honorific or begins_with_name(document, number) or is_plain_sentence(document, number)


def is_plain_sentence(document: Document, number: int, least: int = PLAIN_WORDS) -> bool:
    """The text goes on below a list: ``Copies of the passports will be supplied``."""
    if starts_sentence(document, number):
        return True
    run = TextRun(document, (number,))
    words = re.findall(r"[^\W\d_]+", run.text)
    if len(words) < least or not words[0][0].isupper() or "@" in run.text:
        return False
    if len(words[0]) > 1 and words[0].isupper():  # "VELDEN, who will not attend": a name went on
        return False
    small = sum(w[0].islower() for w in words)
    begins = any(t.start == 0 for t in run.terms if labelled(t.label, PARTS_OF_PERSON))
    return small >= len(words) - 1 and not begins


def begins_sentence_below(document: Document, entry: Sequence[int], mark: int, number: int) -> bool:
    """The note goes on below an entry: a sentence of a few lines that does not hang as it does."""
    above = document.lines[entry[-1]].text.rstrip()
    if above.endswith((",", ";", "-", "–", "—")) or _hangs(document, entry, mark, number):
        return False
    lines = [number]
    while len(lines) < SENTENCE_LINES and not document.lines[lines[-1]].text.rstrip().endswith("."):
        below = lines[-1] + 1
        if below >= len(document.lines) or is_led(document, below):
            return False
        if item_mark(document.lines[below].text):
            return False
        lines.append(below)
    return _is_running_sentence(TextRun(document, tuple(lines)))


def _hangs(document: Document, entry: Sequence[int], mark: int, number: int) -> bool:
    """The line begins where the entry goes on, further in than the entry begins."""
    first, line = document.lines[entry[0]], document.lines[number]
    behind_mark = first.words_between(mark, mark + 1)
    boxes = *(document.lines[n].box for n in entry[1:]), *(w.box for w in behind_mark)
    inside = [box.left for box in boxes if box.left > first.box.left]
    return any(abs(line.box.left - left) < SAME_EDGE * line.height for left in inside)


def _is_running_sentence(run: TextRun) -> bool:
    """A whole sentence with names in it: ``Accommodation will be arranged by the Embassy.``.

    It begins with no word of a post, an office or a label, and no comma parts its first words.
    """
    text = run.text.replace("\n", " ").rstrip()
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) < SENTENCE_WORDS or not text.endswith(".") or "@" in text:
        return False
    sign = _PARTED.search(text)
    opened = len(text[: sign.start()].split()) if sign else len(words)
    small = sum(w[0].islower() for w in words[1:])
    begins = any(t.start == 0 for t in run.terms if labelled(t.label, PARTS_OF_PERSON))
    return (
        words[0][0].isupper()
        and words[1][0].islower()
        and opened >= PLAIN_WORDS
        and small >= MOSTLY_SMALL * (len(words) - 1)
        and not begins
    )


def starts_contact(document: Document, number: int) -> bool:
    """A line that begins with ``نقطة الاتصال``, after the last entry with no white between."""
    run = TextRun(document, (number,))
    return any(t.start == 0 and t.label == "contact_not_delegate" for t in run.terms)


def _leads_with_role(document: Document, number: int) -> bool:
    """A line that begins with a role, a colon and a person: ``团员：外交部三等秘书 温志强``."""
    run = TextRun(document, (number,))
    if han_bare.name_before_post(run, 0, len(run.text)):  # "戚薇  中国人民银行副研究员"
        return True
    return any(
        t.start == 0
        and (t.label in ROLE_OF_LABEL or t.label == "roles.interpreter")
        and _COLON_AND_MORE.match(run.text, t.end)
        for t in run.terms
    )


def is_post_of_next(document: Document, number: int) -> bool:
    """``First Secretary, Ministry of Justice:`` and below it the person.

    No person is led by a colon inside a bracket: ``Judge, High Court (e-mail addresses:``.
    """
    line = document.lines[number]
    text = line.text.rstrip()
    opened = sum(map(text.count, "(（")) > sum(map(text.count, ")）"))
    if text[-1:] not in (":", "：") or "@" in text or opened or number + 1 >= len(document.lines):
        return False
    below = document.lines[number + 1]
    if below.page != line.page or not begins_person(document, number + 1):
        return False
    run = TextRun(document, (number,))
    stop = _NAME_END.search(run.text)
    end = min(stop.start() if stop else len(text) - 1, len(text) - 1)
    kind, role = classify(run, *run.trimmed(0, end))
    return kind == "title" or (role == "adviser" and end < len(text) - 1)


def starts_request(document: Document, number: int) -> bool:
    """A line that begins with what the sender asks or wishes: ``وترجو البعثة``, ``请予协助``.

    Only in scripts where the verb comes first.
    """
    if main_script(document.lines[number].text) not in ("arabic", "han"):
        return False
    run = TextRun(document, (number,))
    begins = [t for t in run.terms if t.start == 0]
    return any(t.label in ("requests", "closing") and t.end - t.start > 1 for t in begins) and not (
        any(t.label.startswith(("labels_", "title_heads", "org_heads")) for t in begins)
    )


def starts_sentence(document: Document, number: int) -> bool:
    """A line that begins with what the sender says, not with what a list item goes on with."""
    run = TextRun(document, (number,))
    article = next((t.end for t in run.terms if t.start == 0 and t.label == "articles"), 0)
    begin = run.trimmed(article, len(run.text))[0]
    for term in run.terms:
        if term.start in (0, begin) and term.label in SENTENCE_TERMS:
            return True
        if term.start == begin and article and term.label in ("letterhead", "org_heads"):
            return True
    return False
