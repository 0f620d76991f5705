"""One entry of a list, or one sentence: the persons in it and what is said of each.

``read_entry`` finds the persons and cuts what stands around them into parts; ``described`` makes
drafts of that, with the pattern of the entry's list. An entry is cut once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.blocks.addresses import with_contacts
from extract.delegates.blocks.entry import Entry
from extract.delegates.blocks.pattern import ALONE, Pattern, field_sign
from extract.delegates.blocks.unled import behind_ands, by_place, unled
from extract.delegates.draft import Draft
from extract.delegates.parts import segments
from extract.delegates.parts.describe import FORMULAE, as_fields, describe
from extract.delegates.parts.honorifics import bracketed_honorific
from extract.delegates.parts.line_ends import begin_on_line
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.persons import Person, persons, without_posts
from extract.delegates.parts.prose_persons import (
    bare_in_prose,
    before_verbs,
    behind_posts,
    named_twice,
)
from extract.delegates.parts.respectively import each_their_own, respectively
from extract.delegates.parts.role_words import is_post
from extract.delegates.parts.said_of_all import said_of_all
from extract.delegates.scripts import arabic, han
from extract.language import terms
from extract.language.normalise import is_han, script_of
from extract.language.phones import find_phones

if TYPE_CHECKING:
    from extract.delegates.parts.segments import Segment
    from extract.layout.text_run import Span, TextRun

ENDINGS = ("contact_not_delegate", "closing")
SAYING = ("title_heads", "org_heads", "org_units", "roles.", *terms.HONORIFICS)
"""Terms that are no words of a label for addresses."""
LONGEST_LABEL = 44  # characters of a label before an address, and of what parts it
_BEFORE_ADDRESS = re.compile(
    r"(?:[,;(|，；（、]\s?|\n(?=[^\n]+$))([^\W\d_][^,;.()@|/:：，；（）、]{1,36}[:：])\s?$"
)
OPENED = ("(", "（")
CLAUSES = ("masked", ")", "\n")
"""What begins a clause that leads to the next name: ``(x@y). She will be driven by Mr. Z``."""
PROSE_ENDINGS = (*FORMULAE, *ENDINGS, "replacing", "leads_delegation", "ends_person")


def parse_entry(
    run: TextRun, start: int, end: int, rule: str, *, prose: bool = False
) -> list[Draft]:
    """The persons between two characters, nothing being known of other entries."""
    return described(read_entry(run, start, end, rule, prose=prose))


def read_entry(run: TextRun, start: int, end: int, rule: str, *, prose: bool = False) -> Entry:
    """The persons between two characters, and the parts of what is said of them.

    ``prose`` is for sentences: a name counts only with an honorific, and may wrap over lines.

    Examples: ``H.E. Mr. John KAMAU, Ambassador, Permanent Mission of Kenya, j@mfa.go.ke``;
    ``Head of Delegation: Ms. A. Diallo (Director)``; ``Director of Legal Affairs, Mr. X``.
    """
    mails = find_mails(run, start, end)
    masked = tuple((m.start, m.end) for m in mails)
    phones = [
        replace(p, start=p.start + start, end=p.end + start)
        for p in find_phones(run.text[start:end])
        if not any(a <= p.start + start < b for a, b in masked)
    ]
    masked += tuple((p.start, p.end) for p in phones)
    masked += arabic.label_spans(run, start, end) + han.label_spans(run, start, end)
    reached = [*(m.start for m in mails), *(p.start for p in phones)]
    masked += tuple(filter(None, (_label_before(run, start, at) for at in reached)))
    masked += respectively(run, start, end)  # and "Ms. X, who serves as Judge"
    masked += tuple((t.start, t.end) for t in run.terms_in(start, end, "holds_post"))
    if not prose:  # a sentence ends there
        masked += tuple((t.start, t.end) for t in run.terms_in(start, end, "leads_delegation"))
    people = persons(run, start, end, prose=prose)
    # "J.DOE@" and below it "JUSTICE.GOV.XX": a form of address inside an address leads to nobody
    people = [p for p in people if not any(m.start < p.start < m.end for m in mails)]
    people = sorted([*people, *before_verbs(run, start, end, people)], key=_start)
    if prose:
        people = sorted([*people, *bare_in_prose(run, start, end, people)], key=_start)
        people = sorted([*people, *behind_posts(run, start, end, people)], key=_start)
    else:
        led = [p for p in people if not p.by_post]
        first = led[0].start if led else end
        parts = segments.split(run, start, first, masked)
        colon = bool(led) and run.text[start:first].rstrip().endswith((":", "："))
        bare = [] if colon else unled(run, parts, () if led else mails, listed=rule != "entry")
        bare = [_led_by_post(p, people) for p in bare]
        first = bare[-1].end if bare else start
        people = [*(_with_bracket(run, p) for p in bare), *(p for p in people if p.start >= first)]
        people = sorted([*people, *behind_ands(run, mails, people, end)], key=_start)
    led = [p for p in people if p.honorific]
    twice = [t for t in named_twice(run, start, end) if not any(_meet(p, t) for p in led)]
    people = [p for p in people if not any(_meet(p, t) for t in twice)]
    people = sorted([*people, *(person for person, _ in twice)], key=_start)
    people, doubles = _without_doubles(run, people)
    doubles += tuple(again for _, again in twice)
    people = without_posts(run, people, start)
    bare_entry = Entry(
        run, start, end, rule, (), (), (), masked + doubles, tuple(mails), tuple(phones)
    )
    return _with_people(bare_entry, people)


def _label_before(run: TextRun, start: int, mail: int) -> Span | None:
    """``Director; adresse : x@y``: what a colon ends before an address or number."""
    begin = max(start, mail - LONGEST_LABEL)
    for term in run.terms_in(begin, mail, "labels_email", "reached_at"):
        if not any(c.isalnum() for c in run.text[term.end : mail]):
            return term.start, term.end
    label = _BEFORE_ADDRESS.search(run.text, begin, mail)
    named = label is not None and any(w[0].isupper() for w in label[1].split()[1:])
    if label is None or named or run.terms_in(label.start(1), mail, *SAYING):
        return None
    return label.span(1)


def _with_people(entry: Entry, people: list[Person]) -> Entry:
    """The entry with other persons, and the parts around them."""
    run, masked = entry.run, entry.masked
    if not people:
        before = segments.split(run, entry.start, entry.end, masked)
        return replace(entry, people=(), before=tuple(before), after=())
    prose = entry.rule == "prose"
    at = _after_formula(run, entry.start, people[0].start) if prose else entry.start
    after: list[tuple[Segment, ...]] = []
    for index, person in enumerate(people):
        until = people[index + 1].start if index + 1 < len(people) else entry.end
        until = _before_formula(run, person.end, until, PROSE_ENDINGS if prose else ENDINGS)
        after.append(tuple(segments.split(run, person.end, until, masked)))
    before = segments.split(run, at, people[0].start, masked)
    return replace(entry, people=tuple(people), before=tuple(before), after=tuple(after))


def described(entry: Entry, pattern: Pattern = ALONE) -> list[Draft]:
    """The persons of an entry, as the pattern of its list has them."""
    if entry.rule != "prose" and pattern.entries and not entry.people:
        entry = _with_people(entry, by_place(entry.run, entry.before, pattern.name))
    drafts = _drafts(entry, pattern)
    return with_contacts(drafts, entry.mails, entry.phones, prose=entry.rule == "prose")


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


def _led_by_post(bare: Person, people: list[Person]) -> Person:
    """The same person led by a word that is a post as well: ``3. Colonel Byron CHACÓNEZ``."""
    return next(
        (p for p in people if p.by_post and (p.start, p.end) == (bare.start, bare.end)), bare
    )


def _with_bracket(run: TextRun, person: Person) -> Person:
    """The person with the honorific that stands in brackets behind the name, if one does."""
    honorific = bracketed_honorific(run, person.name[1]) if person.honorific is None else None
    return Person(honorific, person.name) if honorific else person


def _meet(person: Person, twice: tuple[Person, Span]) -> bool:
    return person.start < twice[1][1] and twice[0].start < person.end


def _start(person: Person) -> int:
    return person.start


def _drafts(entry: Entry, pattern: Pattern) -> list[Draft]:
    run, people = entry.run, entry.people
    drafts: list[Draft] = []
    handed = list(entry.before)
    for index, person in enumerate(people):
        draft = Draft(run, entry.rule, (person.name,), person.honorific)
        after = list(entry.after[index])
        sign = field_sign(entry.said[index]) if pattern.fields else None
        if sign is not None:
            parts = as_fields(run, entry.said[index], sign)
            drafts.append(describe(draft, parts, organization=sign))
            continue
        before = _before(run, handed, person, alone=not _says(after))
        following = people[index + 1] if index + 1 < len(people) else None
        if following is not None:
            after, handed = _hand_over(run, after, following, led=bool(before))
            if not handed and is_han(run.text[following.start]):
                # "率团，团员有外交部随员丁宁": the post stands behind the formula
                at = _before_formula(run, person.end, following.start, PROSE_ENDINGS)
                handed = segments.split(run, at, following.start, entry.masked)
        if any(p.kind == "title" for p in after):
            # "Legal adviser: Ms. X, Prosecutor": what stands before the colon is no second post
            before = [p for p in before if p.kind == "role"]
        draft = describe(draft, before + after, organization=pattern.organization)
        stop = following.start if following is not None else entry.end
        drafts.append(_led(draft, entry.start, person, stop))
    return said_of_all(each_their_own(drafts))


def _says(parts: list[Segment]) -> bool:
    return any(p.kind not in ("role", "junk") for p in parts)


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
    return min((begin_on_line(run, t) for t in run.terms_in(start, end, *labels)), default=end)


def _before(run: TextRun, parts: list[Segment], person: Person, *, alone: bool) -> list[Segment]:
    """What stands right before a name and is said of it: ``Head of delegation: Mr. X``.

    A post counts only next to the name: ``the Director of Legal Affairs, Mr. X``. Where nothing is
    said behind the name (``alone``) what leads to it is its post, whatever words it has.
    """
    result: list[Segment] = []
    at = person.start
    for part in reversed(parts):
        between = run.text[part.end : at].lstrip(")）" if part.before in OPENED else "")
        if len(between.strip(" \n\t")) > 2 or part.kind == "junk":
            break
        if part.kind == "unknown" and not (alone and _adjoins(between) and between.strip()):
            break
        if part.kind != "role" and "\n\n" in between:
            break
        result.insert(0, part)
        at = part.start
    posts = any(
        p.kind in ("title", "unknown") or is_post(run, p, result[n + 1 :])
        for n, p in enumerate(result)
        if p.kind in ("title", "unknown", "role")
    )
    return result if posts else [p for p in result if p.kind == "role"]


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
        if gap == " " and part.before in CLAUSES and part.kind != "role":
            return parts[:index], parts[index:]
        if not gap and (index or led) and part.before == "、" and part.kind != "role":
            return parts[:index], parts[index:]  # "张三先生（团长）、外交部处长李四女士"
        colon = gap.strip() in (":", "：")
        leads = part.kind == "role" and (colon or (led and part.before == "\n"))
        if leads or (led and part.kind == "title" and _adjoins(gap) and index > 0):
            return parts[:index], parts[index:]
        if led and index == 0 and part.kind == "title" and _adjoins(gap):
            return [], parts
        break
    return parts, []


def _adjoins(gap: str) -> bool:
    return gap.strip() in ("", ",", "，", "،", ":", "-", "–", "—")
