"""Title, organization and role from the segments that stand around a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.parts.classify import classify, ends_in_of
from extract.delegates.parts.office_of_post import is_genitive
from extract.delegates.parts.role_words import (
    ends_rank,
    is_in_place_of_post,
    is_inside_post,
    is_post,
)
from extract.delegates.scripts import arabic
from extract.language import terms
from extract.language.normalise import fold, is_han, main_script, script_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.draft import Draft
    from extract.delegates.parts.segments import Segment
    from extract.layout.text_run import RunTerm, Span, TextRun

MAX_TITLE_SEGMENTS = 6  # segments of a title; the rest is dropped
LISTED_WORDS = 2  # words in small letters between the commas of a post
FORMULAE = (
    "nominating",
    "honour",
    "honour_verbs",
    "reference",
    "requests",
    "declining",
    "headed_by",
    "closing",
    "opening",
)


def describe(draft: Draft, parts: list[Segment], *, organization: str | None = None) -> Draft:
    """The draft with title, organization and role from what stands around the name.

    ``organization`` is what parts it from the post in the other entries of the list.
    """
    title: list[Span] = []
    office: list[Span] = []
    useful = [p for p in parts if p.kind != "junk" and not _is_stray(draft.run, p)]
    papers = draft.run.terms_in(0, len(draft.run.text), "identity_papers") if useful else ()
    useful = [p for p in useful if not any(t.start < p.end and p.start < t.end for t in papers)]
    useful = [p for p in useful if not _is_honorific_again(draft, p)]
    useful = _with_departments(_without_addresses(draft.run, useful))
    useful = _with_genitives(draft.run, useful)
    if draft.rule != "prose":
        useful = by_place(draft.run, useful, organization=organization)
    for index, part in enumerate(useful):
        later = useful[index + 1 :]
        post = is_post(draft.run, part, later) or is_in_place_of_post(draft.run, part, useful)
        post = (post and not title) or ends_rank(draft.run, part, title)
        if part.kind == "role" and not post:
            draft = _with_role(draft, part)
            title += [(part.start, part.end)] if title and is_inside_post(part, later) else []
        elif _runs_on(draft, part, title, later) or _is_han_sentence(draft.run, part):
            break
        elif part.kind == "unknown" and title and "@" in draft.run.text[title[-1][1] : part.start]:
            break  # "Director (x@y), and the other members are"
        elif _is_organization(part, later, title, office):
            office.append((part.start, part.end))
        elif office and (title or part.kind != "title"):
            # a second post after the organization belongs to the title no more
            if part.kind == "title" and part.before == "\n" and draft.rule != "prose":
                draft = replace(draft, doubts=(*draft.doubts, "post_without_person"))
            break
        elif len(title) < MAX_TITLE_SEGMENTS:
            title.append((part.start, part.end))
    return replace(draft, title=tuple(title), organization=tuple(office))


def _without_addresses(run: TextRun, parts: list[Segment]) -> list[Segment]:
    """Without lines of numbers and words nobody knows below a post: ``Harbour Square 12``."""
    lines: list[list[Segment]] = []
    for part in parts:
        if not lines or part.before == "\n":
            lines.append([])
        lines[-1].append(part)
    return [p for n, line in enumerate(lines) for p in line if not n or not _is_address(run, line)]


def _is_address(run: TextRun, line: Sequence[Segment]) -> bool:
    text = run.text[line[0].start : line[-1].end]
    return any(map(str.isdigit, text)) and all(p.kind == "unknown" for p in line)


def _with_departments(parts: list[Segment]) -> list[Segment]:
    """Of two offices behind a post, parted by the same comma, the first is a part of the last.

    Example: ``Prosecutor, Public Funds Prosecution, Ministry of Justice``.
    """
    kinds = [p.kind for p in parts]
    commas = [p.before for p in parts[1:]] in ([",", ","], ["،", "،"])
    if kinds != ["title", "organization", "organization"] or not commas:
        return parts
    return [parts[0], replace(parts[1], kind="unit"), parts[2]]


def _with_genitives(run: TextRun, parts: list[Segment]) -> list[Segment]:
    """``секретарь департамента`` and below it ``Министерства юстиции``: one post, whose it is."""
    result: list[Segment] = []
    for part in parts:
        first = run.text[part.start : part.end].split()[0]
        below = part.before == "\n" and part.kind == "organization" and is_genitive(first)
        if below and result and result[-1].kind == "title":
            result[-1] = replace(result[-1], end=part.end)
        else:
            result.append(part)
    return result


def as_fields(run: TextRun, parts: Sequence[Segment], sign: str) -> list[Segment]:
    """The parts of an entry whose fields ``sign`` parts: what commas part inside one is one.

    A field that is no post beside one that is, is the office, whatever words it has.
    """
    fields: list[list[Segment]] = []
    for part in parts:
        if not fields or part.before in (sign, "masked", "") or fields[-1][-1].kind == "role":
            fields.append([part])
        else:
            fields[-1].append(part)
    joined = [_one_field(run, field) for field in fields]
    posts = [p for p in joined if p.kind == "title"]
    if len(posts) != 1:
        return joined
    others = ("unit", "unknown", "organization")
    return [replace(p, kind="organization") if p.kind in others else p for p in joined]


def _one_field(run: TextRun, field: Sequence[Segment]) -> Segment:
    kinds = [part.kind for part in field]
    if len(field) == 1:
        return field[0]
    kind = "title" if kinds[0] == "title" else classify(run, field[0].start, field[0].end)[0]
    return replace(field[0], end=field[-1].end, kind=kind)


def by_place(run: TextRun, parts: list[Segment], *, organization: str | None) -> list[Segment]:
    """The parts, those whose words do not tell for sure taken for what stands in their place.

    "X, Y, Z": Y is the post; of several offices the last is the organization, those before it
    are departments; a last part of unknown words is the organization where the list has one there.
    """
    said = [p for p in parts if p.kind != "role" or is_post(run, p)]
    told = {p: p.kind for p in said}
    if not said:
        return parts
    first, last = said[0], said[-1]
    titled = any(p.kind in ("title", "role") for p in said)
    apart = organization is not None and last.before == organization
    if not titled and first.kind == "organization" and not is_sure_office(run, first):
        told[first] = "title"
    for part in said[1:] if titled else ():
        if part.kind == "organization" and not (apart and part is last):
            # "Director, Audit Office" above "Ministry of Finance", but not "Ministerio Público -
            # Fiscalía de la Nación": a ministry is no part of another office
            set_off = (apart or last.before == "\n") and not _is_ministry(run, part)
            inside = set_off and last.kind == "organization" and part.before != last.before
            told[part] = "unit" if inside or is_part_of_office(run, part) else told[part]
    lacks = "organization" not in told.values()
    below = titled and last.before == "\n" and last.kind == "title" and not is_sure_post(run, last)
    small = run.text[last.start].islower()  # "Drugs, crime, corruption" goes on
    unsaid = apart and last.kind == "unknown" and not small
    if lacks and last is not first and (unsaid or below):
        told[last] = "organization"
    return [replace(p, kind=told[p]) if p in told else p for p in parts]


def _is_ministry(run: TextRun, part: Segment) -> bool:
    said = run.terms_in(part.start, part.end, "state_offices")
    return any(term.start == part.start for term in said)


def is_sure_office(run: TextRun, part: Segment) -> bool:
    """The part begins with an office's word, or ends with one that no "of" precedes.

    Not ``Colonel de gendarmerie``.
    """
    for term in run.terms_in(part.start, part.end, "org_heads", "letterhead"):
        if term.start == part.start:
            return True
        if term.end == part.end and not ends_in_of(run.text[part.start : term.start]):
            return True
    return False


def is_sure_post(run: TextRun, part: Segment) -> bool:
    """A post leads it and no office is in it: not ``Attorney General's Chambers``."""
    posts = run.terms_in(part.start, part.end, "title_heads")
    ends = [t.end for t in posts if t.start == part.start]
    begins = bool(ends) and run.text[max(ends) : max(ends) + 2] not in ("'s", "’s")
    return begins and not run.terms_in(part.start, part.end, "org_heads", "letterhead")


def is_part_of_office(run: TextRun, part: Segment) -> bool:
    """``Office fédéral de ...``, ``Federal Foreign Office``: words of parts and of wholes."""
    heads = run.terms_in(part.start, part.end, "org_heads", "letterhead")
    leading = [t for t in heads if t.start == part.start]
    word = max(leading or [t for t in heads if t.end == part.end], key=_size, default=None)
    return word is not None and fold(run.text[word.start : word.end]) in terms.folded(
        "office_parts"
    )


def _size(term: RunTerm) -> int:
    return term.end - term.start


def _is_stray(run: TextRun, part: Segment) -> bool:
    """What the page reader could not make out on a line of another script: ``AK``, ``lA``."""
    if part.kind != "unknown":
        return False
    text = run.text[part.start : part.end]
    han = is_han(run.text[max(0, part.start - 3) : part.start].strip("（( \n，")[-1:] or " ")
    return arabic.is_stray(run, part.start, part.end) or (
        len(text) <= 3 and text.isascii() and (han or main_script(run.text) == "han")
    )


def _is_honorific_again(draft: Draft, part: Segment) -> bool:
    """``李雪女士， 女士，处长``: where two strips of a line meet, a word may be read twice."""
    if draft.honorific is None or not is_han(draft.run.text[part.start]):
        return False
    return draft.run.read(part.start, part.end) == draft.run.read(*draft.honorific)


def _is_han_sentence(run: TextRun, part: Segment) -> bool:
    """A sentence below the last entry: ``如能为上述人员办理签证提供便利，将不胜感激。``."""
    han = is_han(run.text[part.start])
    if not han or part.before != "\n" or part.kind in ("title", "role"):
        return False
    line_end = run.text.find("\n", part.start)
    line = run.text[part.start : line_end if line_end >= 0 else len(run.text)]
    return line.rstrip().endswith("。") and bool(
        run.terms_in(part.start, part.start + len(line), *FORMULAE, "acknowledging")
    )


def _is_organization(
    part: Segment, later: list[Segment], title: list[Span], organization: list[Span]
) -> bool:
    """A ministry or agency; also what stands last on a line of its own below the post.

    Its short form may follow in brackets: ``Bureau Indépendant (BIN)``.
    """
    if part.kind == "organization" or (organization and part.kind not in ("title", "role")):
        return True
    alone = part.before == "\n" and bool(title) and part.kind in ("unit", "unknown")
    more = [p for p in later if not (p is later[0] and p.before in ("(", "（"))]
    return alone and not any(p.kind in ("organization", "unit", "title", "unknown") for p in more)


def _runs_on(draft: Draft, part: Segment, title: list[Span], later: list[Segment]) -> bool:
    """The sentence goes on after what it says of a person; a post may be in small letters.

    ``Bureau Crime, drogue, corruption, Ministère ...`` goes on, too: a word or two between commas,
    or more where an office follows: ``Juge, point focal de la loi, Ministère ...``.
    """
    if draft.rule != "prose" or part.kind != "unknown":
        return False
    if title and part.before in (")", "）", "masked"):  # "... (x@y.sa) للمشاركة في الاجتماع"
        first = draft.run.text[part.start]
        return first.islower() or script_of(first) in ("arabic", "han")
    if not draft.run.text[part.start].islower():
        return False
    few = len(draft.run.text[part.start : part.end].split()) <= LISTED_WORDS
    between = bool(later) and all(_is_behind_comma(draft.run, p) for p in (part, later[0]))
    if between and (few or later[0].kind == "organization"):
        return False
    return bool(title) or part.before not in (",", "(", "–", "，")


def _is_behind_comma(run: TextRun, part: Segment) -> bool:
    """Also where a line ended behind it."""
    return run.text[: part.start].rstrip()[-1:] == ","


def _with_role(draft: Draft, part: Segment) -> Draft:
    if draft.role is None or part.role == "head":
        return replace(draft, role=part.role, role_span=(part.start, part.end))
    return draft
