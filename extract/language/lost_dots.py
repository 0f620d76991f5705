"""Dots of addresses that the page reader lost, or read as commas; what was glued on behind one."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache

from extract.language import terms

# "chancellerie gouv fr": the dots round a label that only addresses have; "gov.fr gov. fr" is
# one read twice
_LOST_DOT = re.compile(
    r"(?<=\w)(?<!gov\.[a-z]{2})[ ](?=(?:gov|gob|gouv)[. ]{1,2}[a-z]{2}(?!\w))"
    r"|(?<=[. ]g(?:ov|ob))[ ](?=[a-z]{2}(?!\w))"
    r"|(?<=[. ]gouv)[ ](?=[a-z]{2}(?!\w))"
)
# "@justice, gov.fr": a comma and a space for the dot before such a label
_LOST_COMMA = re.compile(r"(?<=\w),(?=[ ](?:gov|gob|gouv)[., ]{1,2}[a-z]{1,2}(?!\w))")
# "@labour.org ,xx" that ends its line
_LOST_BEFORE_END = re.compile(
    r"(?<=\.(?:org|com|net|gov|edu) ),(?=[a-z]{2}$)",
    re.MULTILINE,
)
# "@justice," over "gov.xx": no domain has a comma, and none has one label
_COMMA_AT_END = re.compile(
    r"(@[a-z\d-]{2,40})[,，、](?=\n(?:(?:gov|gob|gouv|go|com|org)\.[a-z]{2}|com|org|net)$)",
    re.MULTILINE,
)
# "@post" over "com": the dot was lost at the edge of a cell
_WITHOUT_DOT = re.compile(r"(@[a-z\d-]{2,40})\n(?=(?:com|org|net)$)", re.MULTILINE)
# "k,owusu@": behind an initial that begins the address no comma is printed
_INITIAL_COMMA = re.compile(r"(?:(?<=[\s(<:][a-z])|(?<=^[a-z])),(?=[a-z]{2,40}@)", re.MULTILINE)
_SIGNS = " .,:"
FEWEST = 2  # labels of a domain


def dotted(text: str) -> str:
    """The text with dots where they were lost, or read as commas; each is one character."""
    text = _COMMA_AT_END.sub(r"\1.", _LOST_BEFORE_END.sub(".", text))
    text = _WITHOUT_DOT.sub(r"\1.", text)
    return _LOST_DOT.sub(".", _INITIAL_COMMA.sub(".", _LOST_COMMA.sub(".", text)))


def label_behind(labels: list[str], domain: str, known: AbstractSet[str]) -> int:
    """Takes the label of a number off a whole domain, ``ministry.gov.fr,Tel``; its characters.

    ``known`` are the labels a domain ends with.
    """
    if len(labels) <= FEWEST or labels[-1].casefold() not in _number_labels():
        return 0
    if labels[-2].casefold() not in known or labels[-1].casefold() in known:
        return 0  # "ph" is a State's as well
    before = domain[: len(domain) - len(labels.pop())]
    return len(domain) - len(before.rstrip(_SIGNS))


@cache
def _number_labels() -> frozenset[str]:
    """Labels of one word before a number, and ``тел`` as read in Latin letters."""
    found = terms.folded("labels_phone") | terms.folded("labels_fax")
    return frozenset(x.strip(".") for x in found) | {"ten"}
