"""Which reading of an address to keep, and how far to trust it.

A page reader's own confidence says little about addresses; agreement of two readers, the
person's name in the local part and a domain seen elsewhere in the note say much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.delegates.blocks.apart import BY_ORDER
from extract.delegates.parts.mails import BY_SECOND
from extract.judging.lost_of_address import (
    CUT_OFF,
    completed,
    dotted,
    has_lost_dot,
    has_lost_half,
    parted,
    with_lost_dot,
    without_tail,
)
from extract.judging.readers import other_addresses
from extract.language import emails
from extract.language.emails import find_emails
from extract.language.letters import bare, confused
from extract.language.name_fit import latinised, name_fit
from extract.language.normalise import main_script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.delegates.draft import Draft
    from extract.language.emails import EmailMatch


# "gmai1.com": the model for Chinese lines sees one for the other
_ONE_IN_DOMAIN = re.compile(r"(?<=[a-z])1(?=[a-z.])")
# an initial is a letter: ``1.tsinadze@`` was printed ``l.tsinadze@``
_ONE_FOR_L = re.compile(r"1(?=1?[a-z])")
_ONE_FOR_INITIAL = re.compile(r"1[._][a-z]{2}")
_DIGIT_INITIAL = re.compile(r"(?:^|[._-])\d[._-]")
# "courtsgov.id", "mfa-gov.zm"
_HIDDEN_LABEL = re.compile(r"(?:-(?:gov|gob|gouv)|[a-z]{3}(?:gov|gob|gouv))\.[a-z]{2}$")
# "lleana", "lonela": a capital I read as l; "los", "las" are particles
_LOST_I = re.compile(r"(?<!\w)l(?=[bcdfghjklmnpqrstvwxz]\w{2}|[aeou]\w{3})")
# "brandll4": a figure behind a name was one
_L_FOR_ONE = re.compile(r"(?<=[a-z]{3})l(?=\d{1,3}$)")
# "webpost.ma .ma": the end of an address is seen twice
_TWICE = re.compile(r"\.([a-z]{2,3})\.\1$")
# "1nkatongomara": the edge of a cell before an address
_LED_BY_DIGIT = re.compile(r"\d[a-z]{4}")
# signs for one another at the start of a local part
_LOOKS_ALIKE = (frozenset("il1!|"), frozenset("o0"))
# what else was read there than is in the address
_REBUILT = frozenset({"at_sign", "digit"})
# an l beside a speck
_MARKED_L = str.maketrans("íìîïī", "lllll")
# likeness, 0 to 1, of two readings of one domain
SAME_DOMAIN = 0.8
# what a reading is ahead of one that looks just like it
ALIKE = 0.05
# what a reading with a letter is ahead of one with a figure there; more than FOREIGN takes away
FIGURE = 0.2
# score from which a line reader is believed before the page reader: of 31 addresses on scans by
# four other hands and on faxes that they read otherwise it was right in 29, the page reader in two
SURE_OF_LETTERS = 0.99
# on Arabic and Chinese pages the page reader sees Latin addresses less well than the line reader
FOREIGN = 0.85


@dataclass(frozen=True, slots=True)
class ChosenAddress:
    """An address to keep; ``original`` is the page reader's, when another was preferred."""

    text: str
    confidence: float
    doubts: tuple[str, ...]
    original: str | None = None


def choose_address(
    draft: Draft, name: str, mail: EmailMatch, domains: dict[str, int]
) -> ChosenAddress:
    """Decides one address of a person called ``name``.

    ``domains`` counts how often each domain stands in the note.
    """
    others = other_addresses(draft.mail_run or draft.run, mail)
    unbacked = BY_ORDER in mail.damaged and not name_fit(mail.local, name).is_good
    if main_script(name) == "arabic":
        name = ""  # its consonants tell a person, not the letters of an address
    candidates = _candidates(mail, others, name, domains)
    for text in completed(mail.text, draft.run.document.text):
        candidates.setdefault(text, candidates[mail.text] - ALIKE)
    for text in parted(draft, mail, name):
        candidates.setdefault(text, candidates[mail.text])
    run = draft.mail_run or draft.run
    for text in _with_small_l(run.text[mail.start : mail.end], mail.text, name):
        candidates.setdefault(text, candidates[mail.text] + ALIKE)
    lone = BY_SECOND in mail.damaged
    agreed = not lone and any(text == mail.text for text, _ in others)
    own = _domain(mail.text)
    elsewhere = {d: n - (d == own) for d, n in domains.items()}
    longer = [t for t, _ in others if _begins_earlier(run.text, mail, t)]
    longer += [t for t in map(_small_initial, longer) if t in candidates]
    best = max(
        longer or candidates,
        key=lambda c: (_evidence(c, candidates[c], name, elsewhere), c == mail.text),
    )
    fit = name_fit(best.split("@")[0], name).kind
    doubts = _doubts(best, fit, draft, name)
    confidence = _confidence(best, agreed=agreed and best == mail.text, fit=fit, domains=domains)
    seen = {mail.text, *(t for t, _ in others)}
    if best not in seen or (_REBUILT.intersection(mail.damaged) and not agreed):
        doubts.append("email_repaired")
    elif lone and fit in ("full", "family"):
        confidence = min(confidence, 0.85)
    elif others and not agreed and not (fit == "full" and domains.get(_domain(best), 0) > 1):
        doubts.append("readers_disagree")
    elif unbacked or (not others and fit not in ("full", "family")):
        doubts.append("email_unverified")
    if doubts:
        confidence = min(confidence, 0.7)
    return ChosenAddress(best, confidence, tuple(doubts), mail.text if best != mail.text else None)


def _candidates(
    mail: EmailMatch, others: tuple[tuple[str, float], ...], name: str, domains: Iterable[str]
) -> dict[str, float]:
    """What was read and what it may be a misreading of, each with its votes."""
    votes = {mail.text: 1.0 if main_script(name) in ("latin", "cyrillic") else FOREIGN}
    _count(votes, mail, others)
    for text in tuple(votes):
        told = [*with_lost_dot(text), *_with_initial(text, name), *_without_edge(text, name)]
        told += [_small_initial(text), *without_tail(text)]
        for repaired in told:
            votes.setdefault(repaired, votes[text] - ALIKE)
        for lettered in _with_letters(text, name):
            votes.setdefault(lettered, votes[text] + ALIKE)
        for plain in _unmarked(text):
            votes.setdefault(plain, votes[text])
        for repaired in dotted(text, domains):
            votes.setdefault(repaired, votes[text] + ALIKE)
        if text != mail.text and mail.text.startswith(text) and _ends_whole(mail.text):
            votes[text] = min(votes[text], votes[mail.text] - 2 * ALIKE)  # cut at its edge
        if has_lost_dot(mail.text, text):
            votes[text] = max(votes[text], votes[mail.text]) + ALIKE
        for repaired in repairs(text, name):
            votes.setdefault(repaired, 0.2)
    return votes


def _count(votes: dict[str, float], mail: EmailMatch, others: Iterable[tuple[str, float]]) -> None:
    for text, score in others:
        sure = ALIKE if score >= SURE_OF_LETTERS else 0.0
        votes[text] = votes.get(text, 0.0) + score + sure
        if has_lost_half(mail.text, text):
            votes[mail.text] += score  # a line reader sees the stroke between them as white


def _unmarked(address: str) -> list[str]:
    """``aí-sayed@``: a reader that knows accents sees them in specks; no mailbox has any."""
    if address.isascii():
        return []
    return list(dict.fromkeys(bare(a) for a in (address, address.translate(_MARKED_L))))


def _ends_whole(address: str) -> bool:
    return address.rsplit(".", 1)[-1] in emails.top_level_domains()


def _begins_earlier(text: str, mail: EmailMatch, other: str) -> bool:
    """``|.aungkolin@``, ``a kolin@``: what the page reader parted from an address begins it."""
    local, own = other.split("@", 1)[0], mail.local
    if len(local) <= len(own) or not local.endswith(own) or not _near(other, mail):
        return False
    before = text[max(0, mail.start - len(other)) : mail.start].casefold()
    begins = local.removesuffix(own).rstrip("._-")
    printed = text[mail.start : mail.end].casefold()
    inside = bool(begins) and printed.startswith(begins) and not printed.startswith(own)
    return before[-1:] in (".", "_", "-", "|") or before.split()[-1:] == [begins] or inside


def _near(other: str, mail: EmailMatch) -> bool:
    return Levenshtein.normalized_similarity(_domain(other), mail.domain) >= SAME_DOMAIN


def _domain(address: str) -> str:
    return address.split("@", 1)[1]


def _evidence(candidate: str, votes: float, name: str, domains: dict[str, int]) -> float:
    local, domain = candidate.split("@", 1)
    score = votes
    score += {"full": 0.8, "family": 0.6, "loose": 0.2, "near": 0.1, "none": 0.0}[
        name_fit(local, name).kind
    ]
    score += 0.25 * min(domains.get(domain, 0), 3)
    if not emails.is_valid(candidate):
        score -= 2
    if _DIGIT_INITIAL.search(local) or _TWICE.search(domain):
        score -= 0.5
    if _LED_BY_DIGIT.match(local):
        score -= 2 * ALIKE
    if _ONE_FOR_L.search(local) or _ONE_IN_DOMAIN.search(domain):
        score -= FIGURE
    if _HIDDEN_LABEL.search(domain) or CUT_OFF.search(domain):
        score -= 0.5
    if not candidate.isascii():
        score -= 1
    if domain.rsplit(".", 1)[-1] not in emails.top_level_domains():
        score -= 0.7
    return score


def _small_initial(address: str) -> str:
    """``1.grig@`` as ``l.grig@``, of whatever name: no initial is a figure."""
    return f"l{address[1:]}" if _ONE_FOR_INITIAL.match(address) else address


def _with_initial(address: str, name: str) -> list[str]:
    """``1.kobalauri@`` and ``i.kobalauri@`` for Levan Kobalauri: ``l.kobalauri@``."""
    local, domain = address.split("@", 1)
    spelled = _LOST_I.sub("I", latinised(name))
    initials = {word[0].casefold() for word in spelled.split()}
    alike = next((signs for signs in _LOOKS_ALIKE if local[:1] in signs), frozenset())
    if local[:1] in initials or len(local) < 3:
        return []
    found = [f"{c}{local[1:]}" for c in sorted(alike & initials) if c.isalpha()]
    return [
        f"{x}@{domain}"
        for x in found
        if name_fit(x, spelled).is_good and not name.casefold().startswith(local)
    ]


def _with_small_l(printed: str, address: str, name: str) -> list[str]:
    """``Ikamau@`` for Lucy Imani Kamau: a capital before small letters was an l, if one fits."""
    small = f"l{address[1:]}"
    lone = printed[:1] == "I" and printed[1:].islower()
    spelled = any(part.startswith("l") for part in latinised(name).casefold().split())
    return [small] if lone and spelled and name_fit(small.split("@", 1)[0], name).is_good else []


def _with_letters(address: str, name: str) -> list[str]:
    """``y1iu@`` for Liu Yuting, ``kamaul4@`` for Kamau: a figure was a letter, or one a figure."""
    local, domain = address.split("@", 1)
    mended = _L_FOR_ONE.sub("1", _ONE_FOR_L.sub("l", local))
    fits = name_fit(mended, name).is_good and not name_fit(local, name).is_good
    return [f"{mended}@{domain}"] if fits else []


def _without_edge(address: str, name: str) -> list[str]:
    """``1nkamau@`` for Ngugi KAMAU: ``nkamau@``, behind the edge of its cell."""
    fits = _LED_BY_DIGIT.match(address) and name_fit(address.split("@", 1)[0][1:], name).is_good
    return [address[1:]] if fits else []


def repairs(address: str, name: str) -> list[str]:
    """Addresses one confusion of letters away that spell the name, which this one does not.

    Example: ``j.karnau@`` for John KAMAU gives ``j.kamau@``.
    """
    local, domain = address.split("@", 1)
    if name_fit(local, name).kind in ("full", "family"):
        return []
    found = [f"{x}@{domain}" for x in dict.fromkeys(confused(local)) if name_fit(x, name).is_good]
    return [f for f in found if emails.is_valid(f)][:4]


def _doubts(address: str, fit: str, draft: Draft, name: str) -> list[str]:
    doubts: list[str] = []
    top_level = address.rsplit(".", 1)[-1]
    if not emails.is_valid(address) or top_level not in emails.top_level_domains():
        doubts.append("email_invalid")
    if emails.mixes_scripts(address):
        doubts.append("email_mixed_scripts")
    if len(draft.emails) > 1:
        doubts.append("several_emails")
    if draft.shared_email:
        doubts.append("email_shared")
    if address.endswith(".gov") and _domains_of_states(draft.run.document.text):
        doubts.append("domain_unusual")
    if _DIGIT_INITIAL.search(address.split("@", 1)[0]):
        doubts += ["email_unverified", "name_email_mismatch"]
    comparable = main_script(latinised(name)) == "latin"
    if comparable and fit in ("none", "near", "loose"):
        doubts.append("name_email_mismatch")
    return doubts


def _domains_of_states(page: str) -> bool:
    """Whether the page has addresses under a country's code: ``.gov`` alone is then cut short."""
    return any(re.search(r"\.[a-z]{2}$", m.domain) for m in find_emails(page))


def _confidence(address: str, *, agreed: bool, fit: str, domains: dict[str, int]) -> float:
    base = 0.95 if agreed else 0.72
    if fit in ("full", "family"):
        base += 0.5 * (1 - base)
    if domains.get(_domain(address), 0) > 1:
        base += 0.4 * (1 - base)
    return base
