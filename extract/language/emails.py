"""E-mail addresses on a scanned page: found although damaged, checked, never invented.

``find`` works on raw text: tokenisers cut addresses apart and ``like_email`` misses every damaged
form. Patterns are bounded, so hostile text costs linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email

from extract.language import terms
from extract.language.lost_dots import dotted, label_behind
from extract.language.normalise import script_of

if TYPE_CHECKING:
    pass

# an @ read as Q, in small letters: "zelayaQquickletter.example.com"
_Q_FOR_AT = re.compile(
    r"(?<=[a-z0-9])Q(?=[a-z0-9][a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,4}(?![\w@]))"
)
# letters an address may hold on paper: Latin, and Cyrillic because it looks like Latin
_ALNUM = "A-Za-z0-9\u00c0-\u024f\u0400-\u04ff"
_LOCAL = rf"[{_ALNUM}](?:[{_ALNUM}_.+'’\-]|[ ](?=[._][{_ALNUM}])|(?<=_)[ ](?=[{_ALNUM}])){{0,63}}"
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
# ")" and "(" at a break are one address's brackets in Arabic, each read for the other
_BREAK = re.compile(
    r"(?<=[@.\-_])\)\n\((?=[a-z])|"
    r"(?<=[^\s][@.\-_＠])\n(?=[\w.])|(?<=\w)\n(?=[@＠][\w])|(?<=[a-z])\n(?=[a-z.]{1,24}[)>\]]?(?:\n|$))"
)
# "(jane. doe@": a space behind a dot, in an address that a bracket or a label leads; no "1. doe@"
# but behind a comma one letter, which counts nothing there: ", j. doe@"
_SPACED_DOT = re.compile(
    rf"(?<=[(<\[:])[ ]?(?![\d.]+ )[{_ALNUM}]{{2,30}}\.[ ](?=[{_ALNUM}_.\-]{{1,40}}@)"
    rf"|(?<=,)[ ][a-z]\.[ ](?=[{_ALNUM}_.\-]{{2,40}}@)"
)
_HYPHENS = re.compile(r"-{2,}")
# "gov.It", "j.KeIIer": an l that the reader took for a capital
_INNER_I = re.compile(r"(?<=[a-z@.\-_])I(?=[a-z])|(?<=[a-z])I")
_DOTS = re.compile(r"\s{0,8}(?:\(dot\)|\[dot\]|[。．·,.])\s{0,8}", re.IGNORECASE)
# "gov.1k": no country's code has a digit
_LETTERS_OF_DIGITS = str.maketrans("10", "lo")
_TOP_LEVEL = re.compile(r"[a-z]{2,12}|xn--[a-z0-9-]{2,40}")
# "oag.gov.n": the last letter was cut off by the edge of a cell
_CUT_OFF = re.compile(r"\b(?:go[bv]?|gouv)\.[a-z]$")


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


def find_emails(text: str) -> list[EmailMatch]:
    """All addresses of a text, in order.

    Examples: ``a.b@mfa.gov.xx``, ``a.b (at) mfa.gov.xx``, ``a.b©mfa.gov.xx``,
    ``a.b @mfa.gov.xx``, and any of them broken over two lines.
    """
    joined, offsets = _joined(dotted(text))
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


def _joined(text: str) -> tuple[str, list[int]]:
    """The text without breaks inside addresses, and each character's old offset."""
    breaks = (m for m in _BREAK.finditer(text) if _breaks_address(text, m.start()))
    skip = {at for m in breaks for at in range(*m.span())}
    skip |= {m.end() - 1 for m in _SPACED_DOT.finditer(text)}
    offsets = [i for i in range(len(text)) if i not in skip]
    return "".join(text[i] for i in offsets), offsets


def _breaks_address(text: str, at: int) -> bool:
    """A line break belongs to an address when an @ is near on either side of it.

    Behind a domain that is complete (``gouv.ch.``) the next line is the next sentence.
    """
    before = text[max(0, at - 80) : at].rsplit(None, 1)[-1] if text[:at].strip() else ""
    after = (text[at + 1 : at + 81].split(None, 1) or [""])[0].rstrip(".,;:)>]")
    if "@" in before:
        labels = before.split("@")[-1].rstrip(".").casefold().split(".")
        whole = len(labels) > 1 and labels[-1] in top_level_domains() and len(labels[-1]) == 2
        if text[at - 1].isalpha() and after[:1].isalpha():  # "@embassy.go" and below it "v.xx"
            ends = (f"{labels[-1]}{after}".rsplit(".", 1)[-1], labels[-1])
            known = [x in top_level_domains() for x in ends]
            return known == [True, False]
        if before.endswith("."):
            return not whole and after.casefold().rsplit(".", 1)[-1] in top_level_domains()
        return True
    sentence = before.endswith(".") and before[0].isupper() and after[:1].islower()
    return "@" in after and not sentence  # "... del Delito." and below it "a.paz@mfa.gov.xx"


@cache
def top_level_domains() -> frozenset[str]:
    """Country codes of all States (ISO 3166-1 alpha-2, with UK, EU) and the generic ones met."""
    codes = {row["iso2"].casefold() for row in terms.state_rows() if row["iso2"]}
    return frozenset(
        codes | {"uk", "eu", "com", "org", "net", "int", "gov", "edu", "info", "example"}
    )


def _build(match: re.Match[str]) -> tuple[str, int, tuple[str, ...]] | None:
    local, at, domain = match["local"], match["at"], match["domain"]
    local, domain = _small(local, domain)
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
    said = domain[: length - len(match["local"] + at)]
    length -= label_behind(labels, said, top_level_domains())
    damaged += _without_digits(labels)
    damaged += _with_single_hyphens(labels)
    address = f"{''.join(local.split()).strip('.')}@{'.'.join(labels)}".casefold()
    # "Prosecutor General ©" and below it "Mr. Ali"
    unsure = "at_sign" in damaged and top_level_domains().isdisjoint(
        x.casefold() for x in labels[-1:]
    )
    if len(labels) < 2 or unsure or not _TOP_LEVEL.fullmatch(labels[-1].casefold()):
        if not _CUT_OFF.search(address):
            return None
        damaged.append("cut")
    return address, length, tuple(dict.fromkeys(damaged))


def _with_single_hyphens(labels: list[str]) -> list[str]:
    """Of an address broken behind one hyphen and before another, one stays; what was off."""
    kept = [x if x.casefold().startswith("xn--") else _HYPHENS.sub("-", x) for x in labels]
    changed = kept != labels
    labels[:] = kept
    return ["hyphen"] if changed else []


def _without_digits(labels: list[str]) -> list[str]:
    """Puts letters for the digits of the last label where that makes it one; says what was off."""
    country = labels[-1].translate(_LETTERS_OF_DIGITS) if labels else ""
    if country.casefold() not in top_level_domains() or country == labels[-1]:
        return []
    labels[-1] = country
    return ["digit"]


def _small(local: str, domain: str) -> tuple[str, str]:
    """One capital inside small letters is none: ``gov.It``."""
    if re.search(r"[A-HJ-Z]", local + domain):
        return local, domain
    return _INNER_I.sub("l", local), _INNER_I.sub("l", f"@{domain}")[1:]


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


def is_office_mailbox(address: str) -> bool:
    """True for addresses of an office: by the words of their local part (``mission.vienna@``)."""
    words = re.split(r"[._-]+", address.partition("@")[0].casefold())
    office = terms.folded("office_mailbox_words")
    return address in terms.phrases("non_delegate_mailboxes") or all(w in office for w in words)
