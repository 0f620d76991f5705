"""What is said once behind several persons: ``Mr. A and Ms. B, both Prosecutors of the ...``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.parts.classify import classify
from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.draft import Draft
    from extract.layout.text_run import Span, TextRun


FIELDS = ("title", "organization")


def said_of_all(drafts: Sequence[Draft]) -> list[Draft]:
    """The persons of one entry, each with what "both" or "all three" at its end say of them.

    A post goes back to the persons before who have none, an office to those without one.
    """
    if len(drafts) < 2:
        return list(drafts)
    last = drafts[-1]
    told: list[tuple[str, Span]] = []
    rest: dict[str, tuple[Span, ...]] = {}
    for field in FIELDS:
        spans: tuple[Span, ...] = getattr(last, field)
        bare = {span: _without_all(last.run, span) for span in spans}
        rest[field] = tuple(span for span in spans if bare[span] is None)
        # with a post of one's own it is no second post: "Judge; both Court of Appeal"
        own = field == "title" and bool(rest[field])
        told += [("organization" if x[1] or own else field, x[0]) for x in bare.values() if x]
    result = [*drafts[:-1], replace(last, title=rest["title"], organization=rest["organization"])]
    for field, span in told:
        _share(result, field, span)
    return result if told else list(drafts)


def _share(drafts: list[Draft], field: str, span: Span) -> None:
    """Gives a value to the last person and to those before who have none, up to one who has.

    A department is none where an office is said of all: it is of the post.
    """
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        units = all(classify(draft.run, *span)[0] == "unit" for span in draft.organization)
        if field == "organization" and draft.title and units:
            draft = replace(draft, title=(*draft.title, *draft.organization), organization=())
        if draft.title if field == "title" else draft.organization:
            break
        given = replace(draft, title=(span,))
        drafts[at] = given if field == "title" else replace(draft, organization=(span,))


def _without_all(run: TextRun, span: Span) -> tuple[Span, bool] | None:
    """What stands behind ``tous trois du`` at the beginning of a value; whether "of" led to it."""
    start, end = span
    begin = _behind(run, start, end, "said_of_all")
    if begin is None:
        return None
    led = fold(run.text[start:begin].split()[-1]) in terms.folded("of_words") | terms.folded(
        "office_leads"
    )
    for label in ("of_words", "office_leads", "articles"):
        behind = _behind(run, begin, end, label)
        led = led or (behind is not None and label != "articles")
        begin = behind or begin
    return ((begin, end), led) if begin < end else None


def _behind(run: TextRun, start: int, end: int, label: str) -> int | None:
    """Where the text goes on behind the longest term of a label that begins it."""
    ends = [t.end for t in run.terms_in(start, end, label) if t.start == start]
    return run.trimmed(max(ends), end)[0] if ends else None
