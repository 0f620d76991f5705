"""The invitation's symbol that a note quotes: ``CU 2019/59/(A)/DTA/CEB/CSS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.facts.look_alikes import MENDED
from extract.language import terms
from extract.language.normalise import main_script
from extract.layout.text_run import TextRun
from extract.types import Evidence, Value

if TYPE_CHECKING:
    from extract.layout.document import Document


def find_quoted_reference(document: Document) -> Value | None:
    """The invitation's symbol as printed: ``CU 2019/59/(A)/DTA/CEB/CSS``, however sloppy."""
    if not document.lines:
        return None
    run = TextRun(document, tuple(range(len(document.lines))))
    for pattern in terms.patterns("invitation_symbol_re"):
        match = pattern.search(run.text)
        if match:
            return run.value(match.start(), match.end(), "reference.quoted")
    return _quoted_as_others_read(document)


def _quoted_as_others_read(document: Document) -> Value | None:
    """The symbol as another reader has it, in any order of its parts.

    In lines from right to left ``CU 2019/59/(A)/DTA/CEB/CSS`` comes as ``A/DTA/CEB/CSS/2019/59``.
    """
    arabic = main_script(document.text) == "arabic"
    for line in document.lines if arabic else ():
        for reading in line.second:
            for pattern in terms.patterns("invitation_symbol_rtl_re"):
                match = pattern.search(reading.text)
                if match:
                    trust = min(reading.confidence, MENDED)
                    evidence = Evidence(
                        line.page, match.group(), reading.box, trust, "reference.quoted.other"
                    )
                    return Value(match.group(), trust, (evidence,))
    return None
