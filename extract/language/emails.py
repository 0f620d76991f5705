"""E-mail addresses on a scanned page: found although damaged, checked, never invented.

``find`` works on raw text: tokenisers cut addresses apart and ``like_email`` misses every damaged
form. Patterns are bounded, so hostile text costs linear time.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache

from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import Levenshtein

from extract.language import cyrillic, terms
from extract.language.normalise import fold, is_han, main_script, script_of

# an @ read as Q, in small letters: "zelayaQquickletter.example.com"
_Q_FOR_AT = re.compile(
    r"(?<=[a-z0-9])Q(?=[a-z0-9][a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,4}(?![\w@]))"
)
# letters an address may hold on paper: Latin, and Cyrillic because it looks like Latin
_ALNUM = "A-Za-z0-9\u00c0-\u024f\u0400-\u04ff"
_LOCAL = rf"[{_ALNUM}](?:[{_ALNUM}_.+'’\-]|[ ](?=[._][{_ALNUM}])){{0,63}}"
_AT = r"\s?(?:@|＠|﹫|©|®|\(at\)|\[at\]|\(a\)|\{at\})\s?"
# "gov.|k": a bar for the l of a country's code
_LABEL = rf"(?:\|(?=[a-z]\b)|[{_ALNUM}])[{_ALNUM}_\-]{{0,62}}"
AT_SIGN = "©"
"""Stands for a sign that was no @ and must have been printed as one."""
_DOT = r"(?:\s?[.。．·]\s?|\s?(?:\(dot\)|\[dot\])\s?|,(?=[a-z]))"
_SOLID = re.compile(
    rf"(?P<local>{_LOCAL})(?P<at>{_AT})(?P<domain>{_LABEL}(?:{_DOT}{_LABEL}){{1,6}})(?![{_ALNUM}]|\s?@)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?<=[@.\-_＠])\n(?=[\w.])|(?<=\w)\n(?=[@＠][\w])")
# a space that parts words, not one the reader put beside an @ or a dot
_LOOSE = re.compile(r"[^\s@._-]\s+[^\s@._-]")
# a mark of dirt after a gap: "jean-   ."
# and one behind the dot where an address was cut: "parquet.-"
_SPECK = re.compile(r"(?<=\S)\t[^\w\s@]{1,2}(?=\s|$)|(?<=\w\.)-(?=\n)")
_DOTS = re.compile(r"\s{0,8}(?:\(dot\)|\[dot\]|[。．·,.])\s{0,8}", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"[a-z]{2,12}|xn--[a-z0-9-]{2,40}")
# "oag.gov.n": the last letter was cut off by the edge of a cell
_CUT_OFF = re.compile(r"(?:gov|gob|gouv)\.[a-z]$")


@dataclass(frozen=True, slots=True)
class EmailMatch:
    """An address at characters [start, end), lower case; ``damaged`` says what was off."""

    start: int
    end: int
    text: str
    damaged: tuple[str, ...] = ()

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.text.split("@", 1)[0]

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.text.split("@", 1)[1]


def find(text: str) -> list[EmailMatch]:
    """All addresses of a text, in order.

    Examples: ``a.b@mfa.gov.xx``, ``a.b (at) mfa.gov.xx``, ``a.b©mfa.gov.xx``,
    ``a.b @mfa.gov.xx``, and any of them broken over two lines.
    """
    joined, offsets = _joined(text)
    if "Q" in joined:
        joined = _Q_FOR_AT.sub(AT_SIGN, joined)
    found: list[EmailMatch] = []
    for match in _SOLID.finditer(joined):
        built = _build(match)
        if built is None:
            continue
        address, length, damaged = built
        start, end = offsets[match.start()], offsets[match.start() + length - 1] + 1
        found.append(EmailMatch(start, end, address, damaged))
    return found


def find_in_cell(text: str) -> list[EmailMatch]:
    """The addresses of a narrow cell, where one may be cut anywhere: ``jane.doe@jus|tice.gov``."""
    lines = text.split("\n")
    solid = [
        i
        for i, line in enumerate(lines)
        if line.strip() and not _LOOSE.search(_SPECK.sub("", line).strip())
    ]
    if text.count("@") != 1 or len(solid) < 2:
        return find(text)
    at = next(i for i, line in enumerate(lines) if "@" in line)
    first = last = at
    while first - 1 in solid and (
        _SPECK.sub("", lines[first - 1]).rstrip().endswith("-")
        or (first == at and "." not in lines[first - 1][-1:])
    ):
        first -= 1
    while last + 1 in solid:
        last += 1
    start = sum(len(x) + 1 for x in lines[:first])
    block = "\n".join(lines[first : last + 1])
    noise = {i for m in _SPECK.finditer(block) for i in range(*m.span())}
    offsets = [i for i, c in enumerate(block) if not c.isspace() and i not in noise]
    joined = "".join(block[i] for i in offsets)
    return [
        EmailMatch(start + offsets[m.start], start + offsets[m.end - 1] + 1, m.text, m.damaged)
        for m in find(joined)
    ] or find(text)


def _joined(text: str) -> tuple[str, list[int]]:
    """The text without line breaks inside addresses, and each character's old offset."""
    skip = {m.start() for m in _BREAK.finditer(text) if _breaks_address(text, m.start())}
    offsets = [i for i in range(len(text)) if i not in skip]
    return "".join(text[i] for i in offsets), offsets


def _breaks_address(text: str, at: int) -> bool:
    """A line break belongs to an address when an @ is near on either side of it.

    Behind a domain that is complete (``gouv.ch.``) the next line is the next sentence.
    """
    before = text[max(0, at - 80) : at].rsplit(None, 1)[-1] if text[:at].strip() else ""
    after = (text[at + 1 : at + 81].split(None, 1) or [""])[0].rstrip(".,;:)")
    if "@" in before:
        labels = before.split("@")[-1].rstrip(".").casefold().split(".")
        whole = len(labels) > 1 and labels[-1] in top_level_domains() and len(labels[-1]) == 2
        if before.endswith("."):
            return not whole and after.casefold().rsplit(".", 1)[-1] in top_level_domains()
        return True
    return "@" in after


@cache
def top_level_domains() -> frozenset[str]:
    """Country codes of all States (ISO 3166-1 alpha-2, with UK, EU) and the generic ones met."""
    rows = csv.DictReader(io.StringIO(terms.states_csv()))
    codes = {row["iso2"].casefold() for row in rows if row["iso2"]}
    return frozenset(
        codes | {"uk", "eu", "com", "org", "net", "int", "gov", "edu", "info", "example"}
    )


def _build(match: re.Match[str]) -> tuple[str, int, tuple[str, ...]] | None:
    local, at, domain = match["local"], match["at"], match["domain"]
    damaged: list[str] = []
    length = match.end() - match.start()
    labels = _DOTS.split(domain)
    spaced = re.search(r"\s", domain)
    if spaced:
        kept = _plausible_labels(domain)
        if kept is None:
            return None
        labels, used = kept
        length -= len(domain) - used
        if re.search(r"\s", domain[:used]):
            damaged.append("space")
    if at == AT_SIGN or (at.strip() not in ("@", "＠", "﹫") and "at" not in at.lower()):
        damaged.append("at_sign")
    if at != at.strip() or " " in local:
        damaged.append("space")
    if "," in domain[:length]:
        damaged.append("comma")
    if "|" in domain[:length]:
        damaged.append("bar")
    labels = [label.replace("|", "l").strip("-_") for label in labels if label.strip("-_")]
    address = f"{''.join(local.split()).strip('.')}@{'.'.join(labels)}".casefold()
    if len(labels) < 2 or not _TOP_LEVEL.fullmatch(labels[-1].casefold()):
        if not _CUT_OFF.search(address):
            return None
        damaged.append("cut")
    return address, length, tuple(dict.fromkeys(damaged))


def _plausible_labels(domain: str) -> tuple[list[str], int] | None:
    """Cuts a domain with white space in it where the next sentence begins.

    ``justice.gov.ke. The`` ends before ``The``; ``justice. gov. ke`` is taken whole.
    """
    labels: list[str] = []
    used = 0
    for part in re.finditer(rf"({_LABEL})(?:({_DOT}))?", domain):
        label = part[1]
        if labels and (label[0].isupper() and not labels[0][0].isupper()):
            break
        if len(labels) >= 2 and len(label) > 3 and re.search(r"\s", domain[used : part.start()]):
            break
        if len(labels) >= 2 and label.isdigit():  # "un.org. 2. Ms X": the next number of a list
            break
        labels.append(label)
        used = part.end(1)
    return (labels, used) if len(labels) >= 2 else None


def is_valid(address: str) -> bool:
    """True when the address is valid by syntax (RFC 5321/5322); no look-up is made."""
    try:
        validate_email(address, check_deliverability=False, test_environment=False)
    except EmailNotValidError:
        return False
    return True


def mixes_scripts(address: str) -> bool:
    """True for an address with letters that only look Latin (a Cyrillic ``а``)."""
    return any(script_of(c) not in (None, "latin") for c in address)


@cache
def _generic_mailboxes() -> tuple[str, ...]:
    return tuple(m for m in terms.phrases("non_delegate_mailboxes"))


def is_office_mailbox(address: str) -> bool:
    """True for addresses of an office by their local part (``info@``, ``vienna@``)."""
    for known in _generic_mailboxes():
        if address == known or (known.endswith("@") and address.startswith(known)):
            return True
    return False


@dataclass(frozen=True, slots=True)
class NameFit:
    """How an address's local part fits a person's name.

    ``kind`` is ``full`` (two parts of the name spelled out), ``family`` (one part spelled out,
    the rest initials or nothing), ``loose`` (one part spelled out, the rest something else),
    ``near`` (one letter off), or ``none``.
    """

    kind: str
    expected: str | None = None

    @property
    def is_good(self) -> bool:
        """True when the name backs the letters of the address, and the address the name's."""
        return self.kind in ("full", "family")


def name_fit(local: str, name: str) -> NameFit:
    """Compares a local part with a name; Arabic names are not compared.

    Examples: ``j.kamau`` and ``John KAMAU``: family; ``john.kamau``: full; ``j.karnau``: near;
    ``i.kamau`` and ``Linda KAMAU``: loose.
    """
    fit = _name_fit(local, latinised(name))
    if not fit.is_good and main_script(name) == "cyrillic":
        for spelling in cyrillic.spellings(name):
            other = _name_fit(cyrillic.skeleton(local), cyrillic.skeleton(latinised(spelling)))
            if other.is_good:
                return NameFit(other.kind)
    return fit


def _name_fit(local: str, name: str) -> NameFit:
    letters = "".join(c for c in fold(local) if c.isalpha())
    parts = [p for p in re.split(r"[\s\-'’.,]+", fold(name)) if p.isalpha()]
    if not letters or not parts or script_of(parts[0][0]) != "latin":
        return NameFit("none")
    spelled = [p for p in (*parts, *_glued(name)) if len(p) > 2 and p in letters]
    if not spelled:
        near = _near(letters, parts)
        return NameFit("near", near) if near else NameFit("none")
    if any(_is_cut(letters, w) for w in name.split()):
        return NameFit("loose")
    longest = max(spelled, key=len)
    rest = letters.replace(longest, "", 1)
    # an initial stays, though its letter is in the name: "a.saakyan" of Саакян А.В.
    others = [p for p in parts if p != longest and (len(p) < 3 or p not in longest)]
    if any(p in rest for p in others if len(p) > 2):
        for part in sorted(others, key=len, reverse=True):
            rest = rest.replace(part, "", 1)
        # letters the name knows nothing of: half of it may be missing ("melvin_solorzanalmora")
        strange = len(rest) > 2 or not _are_initials(rest, parts)
        return NameFit("loose" if strange else "full")
    if rest in ("", "".join(p[0] for p in others)) or _are_initials(rest, others):
        return NameFit("family")
    return NameFit("loose")


def _is_cut(letters: str, word: str) -> bool:
    """``diallosso`` of Barry-Diallosso: an address that may have been cut at its hyphen."""
    first, hyphen, last = fold(word).partition("-")
    return bool(hyphen) and len(last) > 2 and letters.startswith(last) and first not in letters


def _are_initials(rest: str, others: list[str]) -> bool:
    """``jp`` of Jean-Pierre, ``mo`` of Mohamed: beginnings of the name's other parts, in order."""
    at = 0
    for part in (*others, *others):
        size = 0
        while at + size < len(rest) and size < len(part) and rest[at + size] == part[size]:
            size += 1
        at += size
    return at == len(rest)


def latinised(name: str) -> str:
    """A Cyrillic or Chinese name in the Latin letters that addresses use; Arabic stays Arabic."""
    if any(map(is_han, name)):
        from pypinyin import lazy_pinyin

        return " ".join(lazy_pinyin(name))
    table = terms.normalise_tables()["cyrillic_latin"]
    return "".join(table.get(c.lower(), c) for c in name)


def _glued(name: str) -> list[str]:
    """Each word without its hyphens and apostrophes (``ndiaye``, ``elsayed``)."""
    return ["".join(c for c in fold(w) if c.isalpha()) for w in name.split()]


def _near(letters: str, parts: list[str]) -> str | None:
    """The name part that the local part misses by one or two letters, long names only."""
    for part in sorted(parts, key=len, reverse=True):
        if len(part) < 5:
            continue
        for size in (len(part), len(part) + 1, len(part) - 1):
            for at in range(0, max(1, len(letters) - size + 1)):
                if Levenshtein.distance(letters[at : at + size], part, score_cutoff=1) <= 1:
                    return part
    return None
