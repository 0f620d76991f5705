"""One entry of a list, or one sentence: the persons in it and what is said of each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.draft import Draft
from extract.delegates.parts import segments
from extract.delegates.parts.describe import FORMULAE, describe
from extract.delegates.parts.honorifics import bracketed_honorific
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.names import looks_like_name
from extract.delegates.parts.persons import (
    Person,
    bare_in_prose,
    behind_posts,
    persons,
    without_posts,
)
from extract.delegates.scripts import arabic, han
from extract.language import emails, terms
from extract.language.name_fit import latinised, name_fit
from extract.language.normalise import is_han, main_script, script_of
from extract.language.phones import find_phones

if TYPE_CHECKING:
    from extract.delegates.parts.segments import Segment
    from extract.layout.text_run import Span, TextRun

# an honorific or rank the lexicon does not know: "Barr. Chinedu Eze", "Arc. A. Bello"
_ABBREVIATION = re.compile(r"(?![А-ЯЁ]{2}\.)([^\W\d_a-zа-яё][^\W\d_]{1,6}\.)\s+(?=[^\W\d_]{2})")
ENDINGS = ("contact_not_delegate", "closing")


def parse_entry(
    run: TextRun, start: int, end: int, rule: str, *, prose: bool = False
) -> list[Draft]:
    """The persons between two characters.

    ``prose`` is for sentences: a name counts only with an honorific, and may wrap over lines.

    Examples: ``H.E. Mr. John KAMAU, Ambassador, Permanent Mission of Kenya, j@mfa.go.ke``;
    ``Head of Delegation: Ms. A. Diallo (Director)``; ``Director of Legal Affairs, Mr. X``.
    """
    mails = find_mails(run, start, end)
    masked = tuple((m.start, m.end) for m in mails)
    numbers = [
        replace(p, start=p.start + start, end=p.end + start)
        for p in find_phones(run.text[start:end])
        if not any(a <= p.start + start < b for a, b in masked)
    ]
    masked += tuple((p.start, p.end) for p in numbers)
    masked += arabic.label_spans(run, start, end) + han.label_spans(run, start, end)
    people = persons(run, start, end, prose=prose)
    if prose:
        people = sorted([*people, *bare_in_prose(run, start, end, people)], key=_start)
        people = sorted([*people, *behind_posts(run, start, end, people)], key=_start)
    else:
        first = people[0].start if people else end
        bare = _bare_names(run, start, first, masked, rule)
        people = [*(_with_bracket(run, p) for p in bare), *people]
    people, doubles = _without_doubles(run, people)
    people = without_posts(run, people, start)
    masked += doubles
    drafts = _drafts(run, people, (start, end), masked, rule)
    drafts = _with_mails(drafts, mails)
    for number in numbers:
        if prose and drafts and number.start < drafts[0].start:
            continue  # the number of a note, or the sender's telephone
        owner = _owner(drafts, number.start)
        if owner is not None and not _is_fax(run, number.start):
            drafts[owner] = replace(drafts[owner], phones=(*drafts[owner].phones, number))
    return drafts


def _without_doubles(run: TextRun, people: list[Person]) -> tuple[list[Person], tuple[Span, ...]]:
    """Persons once each: ``ريتا الخوري (Judge Rita El Khoury)`` is one, in two scripts.

    The second spans are returned to be left out.
    """
    kept: list[Person] = []
    doubles: list[Span] = []
    for person in people:
        last = kept[-1] if kept else None
        if last is not None and _is_double(run, last, person):
            doubles.append((last.end, person.end))
        else:
            kept.append(person)
    return kept, tuple(doubles)


def _is_double(run: TextRun, first: Person, second: Person) -> bool:
    """Nothing but a bracket or stroke parts them, and their scripts differ."""
    scripts = {script_of(run.text[p.name[0]]) for p in (first, second)}
    between = run.text[first.end : second.start].strip()
    return len(scripts) == 2 and between in ("(", "（", "/", "-", "–", "—")


def _with_bracket(run: TextRun, person: Person) -> Person:
    """The person with the honorific that stands in brackets behind the name, if one does."""
    honorific = bracketed_honorific(run, person.name[1]) if person.honorific is None else None
    return Person(honorific, person.name) if honorific else person


def _start(person: Person) -> int:
    return person.start


def _bare_names(
    run: TextRun, start: int, end: int, masked: tuple[Span, ...], rule: str
) -> list[Person]:
    """Names without honorific: the first part that can only be a name, after a role or alone."""
    parts = segments.split(run, start, end, masked)
    for part in parts[:3]:
        if _is_misread_heading(run, part, parts):
            continue
        if part.kind == "unknown":
            abbreviated = _ABBREVIATION.match(run.text, part.start, part.end)
            if abbreviated:
                name = looks_like_name(run, abbreviated.end(), part.end)
                return [Person(abbreviated.span(1), name)] if name else []
            name = looks_like_name(run, part.start, part.end)
            if name is not None and rule == "entry" and not _is_backed(run, parts, masked):
                return []
            if name is None:
                name = _surname_comma_given(run, part, parts)
            return [Person(None, name)] if name else []
        if part.kind not in ("role", "junk"):
            return _beside_post(run, part)
    return []


def _beside_post(run: TextRun, part: Segment) -> list[Person]:
    """A name in one part with its post: ``谢文婷 检察官助理``, ``局长张三``, ``Minister X``."""
    name = han.name_before_post(run, part.start, part.end)
    if name is None and part.kind == "title":
        name = han.name_behind_post(run, part.start, part.end)
    if name is not None:
        return [Person(None, name)]
    return _after_rank(run, part) if part.kind == "title" else []


def _is_misread_heading(run: TextRun, part: Segment, parts: list[Segment]) -> bool:
    """``من البعثة الداعة`` above a name: a line that begins with a preposition is no name."""
    return (
        part is parts[0]
        and part.kind in ("unknown", "organization")
        and len(parts) > 2
        and parts[1].before == "\n"
        and any(t.start == part.start for t in run.terms_in(part.start, part.end, "not_in_names"))
    )


def _is_backed(run: TextRun, parts: list[Segment], masked: tuple[Span, ...]) -> bool:
    """Outside of lists, capitalised words are a person's only beside a post or an address."""
    posts = any(p.kind in ("title", "organization", "unit") for p in parts)
    return posts or any("@" in run.text[a:b] for a, b in masked)


def _after_rank(run: TextRun, part: Segment) -> list[Person]:
    """``Minister Counsellor João Paulo dos Santos``: the rank stands where an honorific would."""
    ranks = [
        t for t in run.terms_in(part.start, part.end, "title_prefixes") if t.start == part.start
    ]
    if not ranks:
        return []
    end = max(t.end for t in ranks)
    name = looks_like_name(run, end, part.end)
    return [Person((part.start, end), name)] if name else []


def _surname_comma_given(run: TextRun, part: Segment, parts: list[Segment]) -> Span | None:
    following = next((p for p in parts if p.start >= part.end), None)
    if following is None or following.before != "," or following.kind != "unknown":
        return None
    if not run.text[part.start : part.end].isupper():
        return None
    return looks_like_name(run, part.start, following.end)


def _drafts(
    run: TextRun, people: list[Person], span: Span, masked: tuple[Span, ...], rule: str
) -> list[Draft]:
    drafts: list[Draft] = []
    prose = rule == "prose"
    at = span[0] if not people or not prose else _after_formula(run, span[0], people[0].start)
    handed: list[Segment] = segments.split(run, at, people[0].start, masked) if people else []
    for index, person in enumerate(people):
        until = people[index + 1].start if index + 1 < len(people) else span[1]
        ends = (
            (*FORMULAE, *ENDINGS, "replacing", "leads_delegation", "ends_person")
            if prose
            else ENDINGS
        )
        until = _before_formula(run, person.end, until, ends)
        draft = Draft(run, rule, (person.name,), person.honorific)
        before = _before(run, handed, person)
        after = segments.split(run, person.end, until, masked)
        if index + 1 < len(people):
            after, handed = _hand_over(run, after, people[index + 1], led=bool(before))
            if not handed and is_han(run.text[people[index + 1].start]):
                # "率团，团员有外交部随员丁宁": the post stands behind the formula
                handed = segments.split(run, until, people[index + 1].start, masked)
        if any(p.kind == "title" for p in after):
            # "Legal adviser: Ms. X, Prosecutor": what stands before the colon is no second post
            before = [p for p in before if p.kind == "role"]
        draft = describe(draft, before + after if before else after)
        stop = people[index + 1].start if index + 1 < len(people) else span[1]
        drafts.append(_led(draft, span[0], person, stop))
    return drafts


def _led(draft: Draft, start: int, person: Person, end: int) -> Draft:
    """``headed by H.E. Mr. X`` gives the role of head, ``Mr. X will lead the delegation``, too."""
    for term in draft.run.terms_in(start, person.start, "headed_by"):
        between = draft.run.text[term.end : person.start]
        if len(between) <= 6 or between.strip() in terms.phrases("articles"):
            draft = replace(draft, role="head", role_span=(term.start, term.end))
    for term in draft.run.terms_in(person.end, end, "leads_delegation"):
        draft = replace(draft, role="head", role_span=(term.start, term.end))
    return draft


def _after_formula(run: TextRun, start: int, end: int) -> int:
    """Where what is said of a person begins, after ``has the honour to inform that``."""
    return max((t.end for t in run.terms_in(start, end, *FORMULAE)), default=start)


def _before_formula(run: TextRun, start: int, end: int, labels: tuple[str, ...]) -> int:
    """Where what is said of a person ends, before ``will attend the meeting``."""
    return min((t.start for t in run.terms_in(start, end, *labels)), default=end)


def _before(run: TextRun, parts: list[Segment], person: Person) -> list[Segment]:
    """What stands right before a name and is said of it: ``Head of delegation: Mr. X``.

    A post counts only next to the name: ``the Director of Legal Affairs, Mr. X``.
    """
    result: list[Segment] = []
    at = person.start
    for part in reversed(parts):
        between = run.text[part.end : at]
        if len(between.strip(" \n\t")) > 2 or part.kind not in (
            "role",
            "title",
            "unit",
            "organization",
        ):
            break
        if part.kind != "role" and "\n\n" in between:
            break
        result.insert(0, part)
        at = part.start
    if any(p.kind == "title" for p in result) or all(p.kind == "role" for p in result):
        return result
    return [p for p in result if p.kind == "role"]


def _hand_over(
    run: TextRun, parts: list[Segment], following: Person, *, led: bool
) -> tuple[list[Segment], list[Segment]]:
    """Splits what stands between two names into what belongs to each.

    A role followed by a colon, or on a line of its own when roles come first, leads the next
    name; so does a post in a sentence where the first name was led by one.
    """
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        gap = run.text[part.end : following.start]
        colon = gap.strip() in (":", "：")
        leads = part.kind == "role" and (colon or (led and part.before == "\n"))
        if leads or (led and part.kind == "title" and _adjoins(gap) and index > 0):
            return parts[:index], parts[index:]
        if led and index == 0 and part.kind == "title" and _adjoins(gap):
            return [], parts
        break
    return parts, []


def _adjoins(gap: str) -> bool:
    return gap.strip() in ("", ",", "，", "،", ":")


def _owner(drafts: list[Draft], at: int) -> int | None:
    """Index of the last person who begins before a character, else of the first."""
    before = [index for index, draft in enumerate(drafts) if draft.start <= at]
    return before[-1] if before else 0 if drafts else None


def _with_mails(drafts: list[Draft], mails: list[emails.EmailMatch]) -> list[Draft]:
    """Each address goes to the person before it, or to the one whose name it spells."""
    if len(drafts) > 1 and len(mails) == 1 and _is_shared(drafts, mails[0]):
        return [replace(d, emails=(mails[0],), shared_email=True) for d in drafts]
    in_turn = (
        len(drafts) == len(mails) > 1 and drafts and mails[0].start > max(d.start for d in drafts)
    )
    given: list[list[emails.EmailMatch]] = [[] for _ in drafts]
    for index, mail in enumerate(mails):
        fitting = [at for at, draft in enumerate(drafts) if fits(mail, draft)]
        owner = index if in_turn else _owner(drafts, mail.start)
        if owner not in fitting and len(fitting) == 1:
            owner = fitting[0]
        if owner is not None:
            given[owner].append(mail)
    return [replace(d, emails=tuple(own)) for d, own in zip(drafts, given, strict=True)]


def fits(mail: emails.EmailMatch, draft: Draft) -> bool:
    """True when the local part spells the person's name, or nearly."""
    return name_fit(mail.local, draft.name_text).kind in ("full", "family", "near")


def _is_shared(drafts: list[Draft], mail: emails.EmailMatch) -> bool:
    """One address after the last of several persons, that could spell their names but does not."""
    comparable = all(main_script(latinised(d.name_text)) == "latin" for d in drafts)
    return comparable and mail.start > drafts[-1].start and not any(fits(mail, d) for d in drafts)


def _is_fax(run: TextRun, at: int) -> bool:
    return any(at - 12 <= t.end <= at for t in run.terms if t.label == "labels_fax")
