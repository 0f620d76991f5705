"""Addresses that stand apart from the persons, in a list of their own.

What leads an address says whose it is: the entry's number, or the name itself. Addresses with
nothing before them belong in the order of the list, if they are as many as the persons without one
and none spells another's name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from extract.delegates.blocks.addresses import fits
from extract.delegates.blocks.footnotes import find_footnotes
from extract.delegates.parts.line_ends import line_end
from extract.delegates.parts.mails import find_mails
from extract.facts.intents import mentioned
from extract.language.emails import find_emails, is_office_mailbox
from extract.language.normalise import fold, main_script
from extract.language.terms import HONORIFICS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.language.emails import EmailMatch
    from extract.layout.document import Document

_NUMBER = re.compile(r"\s{0,8}\(?(\d{1,2}|[a-z]|[ivx]{1,4})\s?[.)/\-–:]{1,2}", re.IGNORECASE)
_SENTENCE_MARK = re.compile(r"[,;–—،，；@]|\s-\s")
"""What stands between the fields of a person, and not in ``E-mail of the delegates:``."""
_FIELD_LABEL = re.compile(r"(?:[,;]|\s[–—])\s[^\W\d_]+(?:[-. ]{1,2}[^\W\d_]+)?\s?:$")
"""A label behind the fields of a person, which commas or strokes part."""
_LISTED = 2
"""Lines with an address that make a list of addresses."""
MAIL_LABELS = ("labels_email", "table_headers.email")
_AND_MORE = (";", ",", "；", "،", "、")
ASKING = ("contact_not_delegate", "requests")
"""Terms of a sentence about whom else to ask, for all of the delegation."""
_SUBJECT = 3
"""First words of a sentence, among which it says of whom it is."""
_SENTENCE = 5
"""Words before a colon that are a sentence: ``All delegates may be reached at:``. Chosen."""
_KEY_WORDS = 8
"""Words of a name with its forms of address; more beside an address are a sentence."""
BY_ORDER = "by_order"
"""What was off with an address that only its place in a list gave to its person."""


@dataclass(frozen=True, slots=True)
class _Apart:
    """An address on a line that is nobody's, and what else stands there: ``key``.

    ``row`` is the same with the cells before it; ``of_two`` says that it is of both above it.
    """

    run: TextRun
    mail: EmailMatch
    key: str
    row: str = ""
    of_two: bool = False


def address_list(document: Document) -> frozenset[int]:
    """Lines of a list of addresses and of footnotes, with the heading above them.

    They name nobody: what leads each address is a number, a sign, nothing, or, below a heading
    that says e-mail (``E-mail addresses of the above:``), a name.
    """
    found = {n for lines in find_footnotes(document).values() for n in lines}
    mails = {item.run.lines[0]: item.key for item in _apart(document, ())}
    # "1." in a column of its own, as white that parts it from the address makes it
    numbers = (n - 1 for n in mails if n and _NUMBER.fullmatch(document.lines[n - 1].text))
    keys = mails | dict.fromkeys(numbers, "")
    for number in sorted(keys):
        heading = number - 1
        listed = number in found or heading in keys
        if not listed and heading >= 0 and _heads(document, heading):
            below = _run_of(keys, number)
            says = bool(document.terms_of(heading, *MAIL_LABELS))
            if len(mails.keys() & below) >= _LISTED and (
                says or all(_is_bare(keys[n]) for n in below)
            ):
                found.update((heading, *below))
    rows = (run.lines for run, _ in _in_a_row(document, ()))
    return frozenset(found.union(*rows, *(item.run.lines for item in _of_all(document, ()))))


def _heads(document: Document, number: int) -> bool:
    """A colon ends the line, and no bracket of a sentence is open: ``X, Judge (E-mail:``.

    Nor does ``Mr. X, Judge, E-mail:``, an entry whose address stands on the next line.
    """
    text = document.lines[number].text.rstrip()
    opened = sum(text.count(c) for c in "(（") > sum(text.count(c) for c in ")）")
    entry = "，" in text or _FIELD_LABEL.search(text)
    return text.endswith((":", "：")) and "@" not in text and not entry and not opened


def _run_of(keys: Mapping[int, str], number: int) -> list[int]:
    found = []
    while number in keys and len(keys[number].split()) <= _KEY_WORDS:
        found.append(number)
        number += 1
    return found


def _is_bare(key: str) -> bool:
    """Nothing leads the address, or a number or a sign alone."""
    return not any(len(word) > 3 for word in re.findall(r"[^\W\d_]+", key))


def gather_addresses(
    drafts: Sequence[Draft], taken: Iterable[int], document: Document
) -> list[Draft]:
    """The persons with the addresses that lines outside of all entries give them.

    ``taken`` are lines that belong to others (contacts). Examples: ``E-mail addresses:`` and below
    it ``1. a@b.xx``, or ``Jane Doe – jane@b.xx``.
    """
    result = list(drafts)
    bare = [n for n, d in enumerate(result) if not d.emails]
    if not bare:
        return result
    used = {n for d in drafts for n in d.run.lines} | set(taken)
    rows = list(_in_a_row(document, used))
    row = [_Apart(run, mail, "") for run, mails in rows for mail in mails]
    apart = list(_apart(document, {*used, *(n for run, _ in rows for n in run.lines)}))
    for item in apart:
        keys = {item.key, item.row or item.key}
        free = [n for n in bare if not result[n].emails]
        owners = [n for n in free if any(_is_key_of(key, result[n]) for key in keys)]
        if len(owners) == 1:
            result[owners[0]] = _with(result[owners[0]], item, ())
    for item in _of_all(document, used):
        of_whom = _both_above(item, bare, result) if item.of_two else bare
        for n in () if _is_had(item, result) else of_whom:  # be it a mission's
            shared = _with(result[n], item, ())
            result[n] = result[n] if result[n].emails else replace(shared, shared_email=True)
    left = [n for n in bare if not result[n].emails]
    bare_keys = [item for item in apart if not item.key.strip(" .-–:")]
    rest = [item for item in bare_keys or row if _is_free(item, result)]
    # addresses in one line of a page read from the right may stand in either order
    turned = bool(row) and main_script(document.text) == "arabic"
    last = len(rest) == len(left) == 1 < len(row) and rest[0] in row
    ordered = last or (len(rest) == len(left) > 1 and not turned)
    if ordered and not _contradict(rest, left, result):
        for at, item in zip(left, rest, strict=True):
            result[at] = _with(result[at], item, (BY_ORDER,))
        return result
    listed = [item for item in apart if _is_bare(item.key)]
    for item in (*row, *listed):
        # somebody was not read, or has no address: what spells the name is certain
        owners = [n for n in left if fits(item.mail, result[n]) and not result[n].emails]
        sure = item in row or len(listed) > 1 or all(result[n].rule == "prose" for n in owners)
        if len(owners) == 1 and sure and _is_free(item, result):
            result[owners[0]] = _with(result[owners[0]], item, ())
    found = len(left) > sum(not d.emails for d in result)
    return gather_addresses(result, taken, document) if found else result  # fewer are left


def _apart(document: Document, used: Collection[int]) -> Iterable[_Apart]:
    """Every address on a line that nobody has; lines that hold more than a key are sentences."""
    for number in range(len(document.lines)):
        if number in used:
            continue
        run = TextRun(document, (number,))
        mails = find_mails(run, 0, len(run.text))
        if len(mails) == 1:
            key = f"{run.text[: mails[0].start]} {run.text[mails[0].end :]}".strip(" ;,<>()\t")
            yield _Apart(run, mails[0], key, " ".join((*_beside(document, number), key)))


def _beside(document: Document, number: int) -> list[str]:
    """What stands in the cells before an address, in a row of columns."""
    line = document.lines[number]
    if line.cell is None or line.cell.kind not in ("columns", "ruled"):
        return []
    place = line.page, line.cell.grid, line.cell.row
    before = (
        document.lines[n] for n in range(number - 1, -1, -1)
    )  # a row's lines follow each other
    row = takewhile(
        lambda x: x.cell is not None and (x.page, x.cell.grid, x.cell.row) == place, before
    )
    return [x.text for x in row][::-1]


def _in_a_row(
    document: Document, used: Collection[int]
) -> Iterable[tuple[TextRun, list[EmailMatch]]]:
    """``E-mail addresses, in the same order: a@b.xx; c@d.xx``, over one line or several."""
    free = [n for n in range(len(document.lines)) if n not in used]
    for number in free:
        if not document.terms_of(number, *MAIL_LABELS):
            continue
        last = number
        while last + 1 in free and _goes_on(document, last):
            last += 1
        run = TextRun(document, tuple(range(number, last + 1)))
        mails = find_mails(run, 0, len(run.text))
        ends = [0, *(m.end for m in mails)]
        between = [run.text[a : m.start] for a, m in zip(ends, mails, strict=False)]
        lead = run.terms_in(0, mails[0].start, *MAIL_LABELS) if mails else ()
        named = run.terms_in(0, mails[0].start, *HONORIFICS) if mails else ()
        led = lead and not named and len(between[0].split()) <= _KEY_WORDS
        if len(mails) > 1 and led and all(_is_bare(text) for text in between[1:]):
            yield run, mails


def _goes_on(document: Document, number: int) -> bool:
    """A sign parts the last address from the next line, or there are only more of them.

    On a page read from the right the sign may be read before the address.
    """
    text, below = (document.lines[n].text for n in (number, number + 1))
    more = len(find_emails(text)) and len(find_emails(below)) > 1
    return text.rstrip().endswith(_AND_MORE) or bool(more and _is_bare(_around(below)))


def _around(text: str) -> str:
    """What stands before, between and behind the addresses of a text."""
    mails = find_emails(text)
    ends = [0, *(m.end for m in mails)]
    begins = [*(m.start for m in mails), len(text)]
    return " ".join(text[a:b] for a, b in zip(ends, begins, strict=True))


def _of_all(document: Document, used: Collection[int]) -> Iterable[_Apart]:
    """``E-mail of the delegates: a@b.xx``, ``Both may be reached at a@b.xx.``: of each of them.

    The address ends that line or the next.
    """
    for number in range(len(document.lines)):
        for last in (number, number + 1):
            if last == len(document.lines) or {number, last} & {*used}:
                break
            run = TextRun(document, tuple(range(number, last + 1)))
            mails = find_mails(run, 0, len(run.text))
            alone = len(mails) == 1 and not run.text[mails[0].end :].strip(" .;。)）")
            if alone and _leads_of_all(document, run, mails[0].start, below=last > number):
                words = [document.doc[n].text for n in document.tokens_of(number)]
                two = mentioned(words, "both")
                yield _Apart(run, mails[0], run.text[: mails[0].start].rstrip(), of_two=two)
            if mails:
                break


def _both_above(item: _Apart, bare: Sequence[int], drafts: Sequence[Draft]) -> Sequence[int]:
    """``E-mail (for both):``: the last two above it, of whatever many have no address."""
    above = [n for n in bare if drafts[n].run.lines[0] < item.run.lines[0]]
    return above[-2:] or bare


def _leads_of_all(document: Document, run: TextRun, end: int, *, below: bool) -> bool:
    """What stands before an address is a label or a sentence that says it is everybody's."""
    led = run.text[:end].rstrip()
    if run.terms_in(0, len(led), "honorifics_m", "honorifics_f", "roles.head"):
        return False
    words = [document.doc[n].text for line in run.lines for n in document.tokens_of(line)]
    if run.terms_in(0, len(led), *MAIL_LABELS) and led.endswith((":", "：")):
        entry = bool(_SENTENCE_MARK.search(led)) or led.count("\n")
        heads = not below or _heads(document, run.lines[0])
        if not entry and heads and mentioned(words, "everybody"):
            return True
    if any(t.start == 0 for t in run.terms_in(0, len(led), "said_of_all")):
        return True
    asked = any(t.start == 0 for t in run.terms_in(0, len(led), *ASKING))
    colon = led.endswith((":", "：")) and (below or len(led.split()) < _SENTENCE)
    sentence = led[:1].isalpha() and not led[:1].islower() and not colon
    if below and (run.text[end - 1] == "\n" or line_end(run, run.starts[1] - 1) != "cut"):
        return False  # a line of an entry: "Permanent Delegation" above the address of its person
    return sentence and not asked and mentioned(words[:_SUBJECT], "everybody")


def _is_key_of(key: str, draft: Draft) -> bool:
    """Whether a line's other words are just the number or the name of a person."""
    number = _NUMBER.fullmatch(key) or _NUMBER.fullmatch(f"{key.strip('.) ')}.")
    if number is not None:
        line_start = draft.run.text.rfind("\n", 0, draft.start) + 1
        own = _NUMBER.match(draft.run.text, line_start)
        return own is not None and own[1].lower() == number[1].lower()
    words = set(re.findall(r"[^\W\d_]+", fold(key)))
    name = set(re.findall(r"[^\W\d_]+", fold(draft.name_text)))
    return len(name) > 0 and name <= words and len(words) <= len(name) + 2


def _is_free(item: _Apart, drafts: Sequence[Draft]) -> bool:
    """The mission's own mailbox is nobody's, nor is an address somebody has."""
    return not _is_had(item, drafts) and not is_office_mailbox(item.mail.text)


def _is_had(item: _Apart, drafts: Sequence[Draft]) -> bool:
    return any(item.mail.text == m.text for d in drafts for m in d.emails)


def _contradict(rest: Sequence[_Apart], left: Sequence[int], drafts: Sequence[Draft]) -> bool:
    return any(
        fits(item.mail, drafts[other]) and not fits(item.mail, drafts[at])
        for at, item in zip(left, rest, strict=True)
        for other in left
        if other != at
    )


def _with(draft: Draft, item: _Apart, damaged: tuple[str, ...]) -> Draft:
    mail = replace(item.mail, damaged=(*item.mail.damaged, *damaged))
    return replace(draft, emails=(mail,), mail_run=item.run)
