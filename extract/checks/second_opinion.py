"""Where the tagger bounds a name or a title otherwise, and whom it sees where nobody was found.

Rules and tagger see the same tokens and err on different notes. ``extract.judging`` weighs whether
they agree; a name the rules left lying makes the note one to look at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from extract.language import terms, vocabulary
from extract.language.normalise import fold, is_han
from extract.layout.list_signs import contact_lines
from extract.opinion.tagger import agrees, tag, words_of
from extract.types import Delegate, Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.layout.document import Document
    from extract.opinion.tagger import Tag

NAME_WORDS = 2
"""Words of a name that the tagger alone may claim; single ones are too often part of an address."""
MOST_WORDS = 6
"""The same, at most: longer stretches are of sentences."""
HAN_NAME = range(2, 5)
"""Characters of such a name in Chinese."""
SAID = 2
"""Arabic words that are never part of a name: so many in a stretch make it a sentence's."""
_SAID = re.compile(r"[وف]?(?:لل|بال|كال)\w{3,20}|\w{3,20}ها")  # "to the", "with the"; "its"


def ask_tagger(context: Context) -> Context:
    """The persons with a sign for each field, and a doubt about the note for a name left over.

    Examples: a name with the first word of the post; a row of a table read as a person.
    """
    if not context.zones.body():
        return context
    tags = tag(context.document)
    people = tuple(
        _with_signs(person, draft, tags)
        for person, draft in zip(context.people, context.drafts, strict=True)
    )
    context = context.with_people(people)
    left = next(_left_over(context, tags), None)
    if left is None or not people:
        return context
    return context.doubting(Doubt("name_left_over", detail=left))


def _with_signs(person: Delegate, draft: Draft, tags: tuple[Tag, ...]) -> Delegate:
    fields: tuple[tuple[str, tuple[tuple[int, int], ...], Tag], ...] = (
        ("name", draft.name_parts, "N"),
        ("title", draft.title, "T"),
        ("organization", draft.organization, "G"),
    )
    signs = tuple(
        f"{field}.tagger_{'agrees' if agrees(tags, draft.run, spans, wanted) else 'differs'}"
        for field, spans, wanted in fields
        if spans
    )
    held = (
        f"{field}.holds_name" for field, spans, _ in fields[1:] if _holds_name(draft, spans, tags)
    )
    return replace(person, signs=(*person.signs, *signs, *held))


def _holds_name(draft: Draft, spans: tuple[tuple[int, int], ...], tags: tuple[Tag, ...]) -> bool:
    """Words of a post or an office that the tagger takes for a whole name."""
    document = draft.run.document
    taken = [at for a, b in spans for at in words_of(draft.run, a, b)]
    for wanted, group in groupby(taken, key=lambda at: tags[at]):
        words = list(group)
        if wanted == "N" and _is_name(document, range(words[0], words[-1] + 1)):
            return True
    return False


def _left_over(context: Context, tags: tuple[Tag, ...]) -> Iterator[str]:
    """Names in the body that belong to nobody who was found, contacts included."""
    document = context.document
    claimed = {
        at
        for draft in (*context.found.drafts, *context.found.contacts)
        for a, b in (*draft.name_parts, *draft.title, *draft.organization)
        for at in words_of(draft.run, a, b)
    }
    body = frozenset(context.zones.body()) - contact_lines(document)
    at = 0
    for wanted, group in groupby(tags):
        words = range(at, at := at + len(list(group)))
        if (
            wanted == "N"
            and document.tokens[words.start].line in body
            and claimed.isdisjoint(words)
            and _is_name(document, words)
        ):
            text = document.text_of(words.start, words.stop)
            said = _is_cut_out(document, tags, words) or is_arabic_sentence(text)
            if not _is_known(context, text) and not said:
                yield text


def _is_known(context: Context, text: str) -> bool:
    """Words of somebody who was found, as in a list of addresses, or of the lexicon alone."""
    words = set(fold(text).split())
    everybody = (*context.found.drafts, *context.found.contacts)
    named = any(words <= set(fold(d.name_text).split()) for d in everybody)
    return named or vocabulary.is_made_of(text, context.language)


def _is_cut_out(document: Document, tags: tuple[Tag, ...], words: range) -> bool:
    """Characters out of the middle of a Chinese sentence: what is beside them is nothing."""
    line = document.tokens[words.start].line
    beside = (words.start - 1, words.stop)
    return any(
        0 <= at < len(tags)
        and document.tokens[at].line == line
        and tags[at] == "O"
        and is_han(document.doc[at].text[0])
        for at in beside
    )


def is_arabic_sentence(text: str) -> bool:
    """``الدعوة للمشاركة في الاجتماع``: words that no name has, and no name's length beside them.

    Of twelve names the tagger saw left over on Arabic scans by four hands one was a name, and six
    are told so.
    """
    never = terms.phrases("not_in_names", "ar")
    said = [word in never or _SAID.fullmatch(word) is not None for word in text.split()]
    rest = max((len(list(run)) for of_sentence, run in groupby(said) if not of_sentence), default=0)
    return any(said) and (sum(said) >= SAID or rest < NAME_WORDS)


def _is_name(document: Document, words: range) -> bool:
    texts = [document.doc[at].text for at in words]
    if any(is_han(text[0]) for text in texts):
        return len(texts) in HAN_NAME and all(is_han(text[0]) for text in texts)
    letters = [text for text in texts if text.isalpha() and len(text) > 1]
    digits = any(text[0].isdigit() for text in texts)
    return NAME_WORDS <= len(letters) <= MOST_WORDS and not digits
