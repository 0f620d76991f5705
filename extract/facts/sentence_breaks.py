"""Whether a sentence of the line above goes on in a line, told by white space and margins.

``Vienna, 31 May 2019`` ends a sentence where it fills what the line above left, and heads a note
where it stands apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language.normalise import main_script

if TYPE_CHECKING:
    from extract.layout.document import Document

INDENT = 3  # heights of a line that a paragraph's first is set in; chosen, not measured
NEAR = 4  # lines above and below whose widest fills the column; chosen, not measured
FAR_IN = 10  # heights of a line from the margin to a date set to the right
_SENTENCE_GAP = 0.8  # line heights below which the line above goes on
_STOPS = ".:;。：；؛"


def stands_apart(document: Document, number: int) -> bool:
    """The line above does not go on here: white space, a full stop, or another page between."""
    if number == 0:
        return True
    above, line = document.lines[number - 1], document.lines[number]
    if above.page != line.page or above.text.rstrip()[-1:] in _STOPS:
        return True
    return line.box.top - above.box.bottom >= _SENTENCE_GAP * line.height


def begins_anew(document: Document, number: int) -> bool:
    """No sentence of the line above goes on here."""
    return (
        stands_apart(document, number)
        or _is_far_in(document, number)
        or _had_room(document, number)
    )


def _had_room(document: Document, number: int) -> bool:
    """This line's first word would have fitted on the line above: no sentence goes on.

    A note whose opening nobody made out has its date among what is taken for sentences.
    """
    above, line = document.lines[number - 1], document.lines[number]
    near = document.lines[max(0, number - NEAR) : number + NEAR + 1]
    width = max(n.box.right - n.box.left for n in near if n.page == line.page)
    needed = sum(b.right - b.left for b in (above.box, line.words[0].box)) + INDENT * line.height
    return line.cell is None and width >= needed


def _is_far_in(document: Document, number: int) -> bool:
    """A line that begins far from where the line above does: no sentence goes on there."""
    above, line = document.lines[number - 1] if number else None, document.lines[number]
    if above is None or main_script(line.text) == "arabic":
        return False
    return line.box.left - above.box.left >= FAR_IN * line.height
