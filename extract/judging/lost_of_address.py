"""What a page reader lost of an address: a dot, the line below letters, the end of its domain."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from extract.language import emails, terms
from extract.language.emails import find_emails
from extract.language.name_fit import name_fit
from extract.language.normalise import main_script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.delegates.draft import Draft
    from extract.language.emails import EmailMatch

CUT_OFF = re.compile(r"\.(go[bv]?|gouv)(?:\.([a-z]))?$")
# "ana sousa@": what a reader parted from an address
_WORD_BEFORE = re.compile(r"(?<![^\s(<\[])([a-z]{2,30})[ \n][,._]?$")
_APART = tuple(",;:،；，：(（|")
LONGEST_WORD = 32
"""Characters before an address in which the word stands that a reader parted from it."""
LONGEST_TAIL = 10
"""Letters of the last label of a domain that words ran into. Chosen, not measured."""


def with_lost_dot(address: str) -> list[str]:
    """``habg.gouvfr`` and ``mfa-gov.zm``: before a country's code stands a label of its own."""
    labels = "|".join(terms.phrases("second_level_labels"))
    match = re.fullmatch(rf"(.+[a-z0-9][.-]?)({labels})\.?([a-z]{{2}})", address)
    if match is None or match[3] not in emails.top_level_domains():
        return []
    stem = match[1].rstrip(".-")
    mended = f"{stem}.{match[2]}.{match[3]}"
    return [] if mended == address else [mended]


def completed(address: str, page: str) -> list[str]:
    """``uif.gob`` and ``oag.gov.n``: with the country's code of the page's other addresses."""
    cut = CUT_OFF.search(address)
    if cut is None:
        return []
    codes = Counter(
        code
        for code in (m.domain.rpartition(".")[2] for m in find_emails(page))
        if len(code) == 2 and code in emails.top_level_domains() and code.startswith(cut[2] or "")
    )
    code = codes.most_common(1)[0][0] if codes else None
    return [f"{address[: cut.end(1)]}.{code}"] if code else []


def parted(draft: Draft, mail: EmailMatch, name: str) -> list[str]:
    """``ana sousa@`` for Ana SOUSA: ``ana_sousa@``, a line so thin that a reader saw white.

    The word before must be nobody's, stand behind a comma of its own, or be in other letters than
    the name; and with it the address must spell more of the name.
    """
    run = draft.mail_run or draft.run
    word = _WORD_BEFORE.search(run.text, max(0, mail.start - LONGEST_WORD), mail.start)
    own = () if draft.mail_run else (*draft.name_parts, *draft.title, *draft.organization)
    if word is None:
        return []
    strange = main_script(draft.name_text) not in ("latin", None)
    apart = strange or run.text[: word.start(1)].rstrip()[-1:] in _APART
    if not apart and any(a < word.end(1) <= b for a, b in own):
        return []
    joined = f"{word[1]}_{mail.local}"
    fits = name_fit(joined, name).kind == "full" != name_fit(mail.local, name).kind
    return [f"{joined}@{mail.domain}"] if fits else []


def dotted(address: str, domains: Iterable[str]) -> list[str]:
    """``x@posteexample.com`` as the note has it elsewhere: a dot is lost, and never invented."""
    local, domain = address.split("@", 1)
    bones = domain.replace(".", "")
    others = [d for d in domains if d.replace(".", "") == bones]
    return [f"{local}@{d}" for d in others if d.count(".") > domain.count(".")]


def has_lost_dot(address: str, other: str) -> bool:
    """``fdoe@`` beside another reader's ``f.doe@``: a dot is lost, and never invented."""
    (local, domain), (seen, same) = address.split("@", 1), other.split("@", 1)
    return (
        domain == same
        and seen.count(".") > local.count(".")
        and (seen.replace(".", "") == local.replace(".", ""))
    )


def has_lost_half(address: str, other: str) -> bool:
    """``ana_sousa@`` beside another reader's ``sousa@``, which is the end of it."""
    (local, domain), (seen, same) = address.split("@", 1), other.split("@", 1)
    return domain == same and local.endswith(tuple(f"{sign}{seen}" for sign in "_.-"))


def without_first_half(title: str, address: str) -> str:
    """``Counsellor, ana`` where the address turned out to be ``ana_sousa@``."""
    first, stroke, _ = address.partition("@")[0].partition("_")
    rest = title.removesuffix(first) if stroke and len(first) > 1 else title
    ended = rest == title or rest[-1:] in ("", " ", ",", "，")
    return rest.rstrip(" ,，") if ended else title


def without_tail(address: str) -> list[str]:
    """``x@mfa.gov.cne`` without what ran into its end, where a known end begins the last label."""
    head, _, last = address.rpartition(".")
    known = emails.top_level_domains()
    if last in known or not last.isalpha() or len(last) > LONGEST_TAIL:
        return []
    ends = [last[:size] for size in (3, 2) if last[:size] in known]
    return [f"{head}.{ends[0]}"] if ends else []
