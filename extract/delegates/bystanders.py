"""Who is named and does not go: contacts, the signatory, the addressee, who comes along."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from extract.delegates.parts.sentences import sentences
from extract.facts.intents import find_intents
from extract.language.emails import find_emails
from extract.language.normalise import fold, main_script

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.layout.text_run import RunTerm, Span, TextRun

CONTACT = ("contact_not_delegate", "not_delegate_context", "pattern.contact_label")
LISTED = ("item", "grid", "labelled")
UNLISTED = ("entry", "prose")
NAMED = (
    "nominating",
    "headed_by",
    "leads_delegation",
    "revising",
    "replaced_by",
    "role_headings.",
    "roles.head",
    "roles.deputy_head",
    "roles.alternate",
    "roles.representative",
    "roles.adviser",
    "roles.expert",
    "roles.observer",
)
"""Words that make a person behind a list one of the delegation."""
OUR_WORDS = 4  # words of a name of ours that tells the addressee
LEADING_WORDS = 3  # words before it in its line: "To the attention of" is longer, and no name leads
SENTENCE = 4  # words in small letters of a sentence
_WORD = re.compile(r"[^\W\d_]+")
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"))
APPOSITION = 60  # characters between "the spouse of the head of the delegation" and the name
_NEW_THOUGHT = re.compile(r"[.;:!?。；@]\s|\n\s{0,3}\S{1,3}[.)]|\n\s{0,3}[-•–]|[.]\n")
# "driver", "spouse of the Ambassador"; not "Driver Licensing Director"
_WHOLE = re.compile(r"\s?(?:$|[,;.()،，；。|\n]|\s?[^\W\d_A-ZÀ-ÞА-Я])")


def is_contact_after(run: TextRun, start: int, end: int) -> bool:
    """``Ms. X, Director, remains at the disposal of the Secretariat``: whom to ask."""
    delegates = run.terms_in(start, end, "reached_at")  # "Mr. X, Director, who can be reached at"
    return any(
        not any(d.start <= t.start < d.end for d in delegates)
        for t in run.terms_in(start, end, "contact_after")
    )


def first_contact(run: TextRun, start: int, end: int) -> int | None:
    """Where the text turns to a contact person, a signatory, somebody's attention.

    ``Mr. X, Director, who can be reached at x@...`` turns to nobody else.
    """
    delegates = run.terms_in(start, end, "reached_at")
    contacts = (
        t.start
        for t in run.terms_in(start, end, *CONTACT)
        if not any(d.start <= t.start < d.end for d in delegates)
    )
    return min(contacts, default=None)


def is_addressee(run: TextRun) -> bool:
    """The block that says whom the note goes to: our own names, and no address of a person.

    Not ``Ms. X, Permanent Mission to the United Nations Office at Vienna``: ours begin a line.
    """
    ours = run.terms_in(0, len(run.text), "addressee")
    return "@" not in run.text and any(
        len(run.read(t.start, t.end).split()) >= OUR_WORDS and _begins_line(run, t.start)
        for t in ours
    )


def _begins_line(run: TextRun, at: int) -> bool:
    """Nothing but ``To the``, ``A la`` stands before it, above it nothing that runs into it."""
    line = run.text.rfind("\n", 0, at) + 1
    led = run.text[line:at]
    runs_on = line > 0 and run.wraps(line - 1) and not led.strip()
    return len(led.split()) <= LEADING_WORDS and not runs_on


def goes_along(draft: Draft, drafts: list[Draft]) -> bool:
    """``his spouse, Mrs. X``; ``the visa officer, Mr. Y``; ``Mr. Z, driver``: they attend nothing.

    So is who was named before: ``Mr. KABORÉ will be accompanied ...`` below the list.
    """
    run, begin = draft.run, _begin(draft)
    titles = [t for t in draft.title if t[0] > draft.start]
    end = max((b for _, b in draft.name_parts), default=draft.start)
    titles = titles or [run.trimmed(end, min(end + APPOSITION, len(run.text)), " ,،，")]
    behind = run.terms_in(*titles[0], "bystanders") if titles else ()
    if any(t.start == titles[0][0] and _WHOLE.match(run.text, t.end) for t in behind):
        return True
    before = run.terms_in(max(0, begin - APPOSITION), begin, "bystanders")
    if any(_leads_to(t, draft, begin) and not _is_anothers(t, draft, drafts) for t in before):
        return True
    return _is_said_out(draft, drafts) or _is_named_again(draft, drafts)


def _is_said_out(draft: Draft, drafts: list[Draft]) -> bool:
    """``The interpreter, Mr. X, is not part of the delegation``: the nearest before the words.

    All of a sentence that nominates nobody: ``Mr. X and Ms. Y are not part of the delegation``.
    """
    run, begin = draft.run, _begin(draft)
    ahead = run.terms_in(max(0, begin - APPOSITION), begin, "not_of_delegation")
    if any(_leads_to(t, draft, begin) for t in ahead):
        return True
    said = run.terms_in(draft.start, len(run.text), "not_of_delegation")
    if not said:
        return False
    start, end = _sentence(draft)
    # "Ms. X, Judge, comes with a driver, Mr. Y, who will not attend" says it of the driver
    others = run.terms_in(draft.start, said[0].start, "replaced_by", "bystanders")
    if said[0].start >= end or others:
        return False
    between = any(d.run is run and draft.start < d.start < said[0].start for d in drafts)
    return not between or not run.terms_in(start, end, *NAMED)


def _leads_to(term: RunTerm, draft: Draft, begin: int) -> bool:
    """Nothing but a few words stands between, no end of a sentence and no new entry."""
    between = draft.run.text[term.end : begin]
    joined = draft.run.terms_in(term.end, begin, "conjunctions")
    return not joined and not _NEW_THOUGHT.search(between + " ")


def _is_anothers(term: RunTerm, draft: Draft, drafts: list[Draft]) -> bool:
    """``Mr. X, driver, Ms. Y``: his post, not hers; ``X comes with his spouse, Ms. Y``: hers."""
    here = [d for d in drafts if d.run is draft.run]
    named = any(a <= term.start < b for d in here for a, b in d.name_parts)
    whole = bool(_WHOLE.match(draft.run.text, term.end))  # "the visa officer is Mr. X": his own
    owners = (d for d in here if d is not draft or not whole)
    return named or any(a == term.start for d in owners for a, _ in d.title)


def _is_named_again(draft: Draft, drafts: list[Draft]) -> bool:
    """``Mr. AMEGAN will be accompanied ...``: the AMEGAN of the list, of whom nothing is said.

    An entry of the list with fewer names may be a brother's.
    """
    if draft.emails or draft.organization or draft.rule not in UNLISTED:
        return False
    if any(not draft.run.terms_in(*title, "bystanders") for title in draft.title):
        return False
    words = set(fold(draft.name_text).split())
    others = (d for d in drafts if d is not draft and (d.title or d.emails))
    return any(words < set(fold(d.name_text).split()) for d in others)


def beside_list(draft: Draft, drafts: list[Draft]) -> bool:
    """A person beside those nominated, in a sentence or under a word that nominates nobody.

    ``Enquiries: Mr. X``; ``Mr. X, Attaché, is the officer responsible``. An entry that looks like
    those of the list is one of them whose mark was lost.
    """
    run, begin = draft.run, _begin(draft)
    if draft.rule == "item" and any(d.run is run and d.start < draft.start for d in drafts):
        return _has_own_label(draft, drafts)  # below the last entry, closed up behind it
    if draft.rule not in UNLISTED:
        return False
    if len(drafts) > 1 and (_is_quoted(run.text, begin) or _is_of_former_note(draft, drafts)):
        return True
    said = run.text[draft.start :]
    sentence = said.rstrip().endswith((".", "。")) and _small_words(said) >= SENTENCE
    if sentence and len(drafts) > 1 and _is_denied(draft):
        return True
    if run.terms_in(0, len(run.text), *NAMED):
        return False
    others = [d for d in drafts if d.run is not run]
    if _has_own_label(draft, drafts):
        return True
    listed = [d for d in others if d.rule.startswith(LISTED)]
    above = [d for d in others if d.run.lines[0] < run.lines[0]]
    if above and _is_predicate(run, begin) and not _is_joined(run, begin):
        return True
    behind = draft.run.lines[0] > max((d.run.lines[-1] for d in listed), default=len(run.text))
    if not listed or not (behind or draft.rule == "prose"):
        return False
    return sentence or bool(re.search(r"[^\W\d_]{2}", run.text[:begin]))


def _has_own_label(draft: Draft, drafts: list[Draft]) -> bool:
    """``Arrangements: Ms. X (x@mfa.xx).`` below persons who have no label before their names.

    Whoever follows in the same line has the label of the first there.
    """
    here = _line(draft)
    first = min((d for d in drafts if _line(d) == here), key=_begin)
    others = [d for d in drafts if _line(d) != here]
    lead = _lead(first)
    if not others or not lead.endswith((":", "：")) or "." in lead:
        return False
    if any(_line(d) > here or _lead(d).endswith((":", "：")) for d in others):
        return False
    said = draft.run.terms_in(_begin(first) - len(lead), _begin(first), *NAMED)
    return not said and bool(re.search(r"[^\W\d_]{2}", lead))


def _line(draft: Draft) -> int:
    """Number of the line of the document in which the person begins."""
    return draft.run.lines[bisect_right(draft.run.starts, _begin(draft)) - 1]


def _lead(draft: Draft) -> str:
    """What stands before a person in the line."""
    return draft.run.text[: _begin(draft)].rpartition("\n")[2].rstrip()


def _begin(draft: Draft) -> int:
    return min(draft.start, (draft.honorific or (draft.start, 0))[0])


def _small_words(text: str) -> int:
    return sum(w[0].islower() for w in _WORD.findall(text))


def _is_predicate(run: TextRun, begin: int) -> bool:
    """``The desk officer handling this matter is Ms. X, ...``: a verb right before the person."""
    led = run.text[:begin].rstrip()
    sentence = led[-1:].islower() and run.text.rstrip().endswith(".")
    return sentence and _small_words(led) >= SENTENCE


def _is_joined(run: TextRun, begin: int) -> bool:
    """``Ms. X, Judge (x@mfa.xx) as well as Mr. Y, Attaché.``: he goes as she does."""
    end = len(run.text[:begin].rstrip())
    return any(t.end == end for t in run.terms_in(0, begin, "conjunctions"))


def _is_quoted(text: str, begin: int) -> bool:
    """Words of an earlier note: ``which read: “... Mr. X will represent ...”``."""
    return any(
        text.rfind(opened, 0, begin) > text.rfind(closed, 0, begin)
        for opened, closed in _QUOTES
        if closed in text[begin:]
    )


def _is_of_former_note(draft: Draft, drafts: list[Draft]) -> bool:
    """``further to its note 9/19, by which Mr. X was nominated, has the honour to add:`` Ms. Y.

    Nothing is said of him, and the verb of the sentence comes behind him.
    """
    if draft.title or draft.organization or draft.emails or draft.rule != "prose":
        return False
    start, end = _sentence(draft)
    greeted = draft.run.terms_in(start, draft.start, "opening")
    verbs = draft.run.terms_in(draft.start, end, "honour")
    below = any(d.run.lines[0] > draft.run.lines[0] and (d.title or d.emails) for d in drafts)
    return bool(greeted and verbs) and below


def _is_denied(draft: Draft) -> bool:
    """``Ms. X will not take part in the proceedings``: her sentence says "not" and "come"."""
    start, end = _sentence(draft)
    run = draft.run
    if run.terms_in(start, end, *NAMED):
        return False
    for sense in find_intents(run.document, run.lines):
        token = run.document.tokens[sense.start]
        at = run.starts[run.lines.index(token.line)] + token.start
        if sense.meaning == "decline" and draft.start < at < end:
            # "Ms. X, Judge, instead of Mr. Y, who is unable to travel": it is said of him
            return not run.terms_in(draft.start, at, "replacing")
    return False


def _sentence(draft: Draft) -> Span:
    run = draft.run
    spans = sentences(run, 0, len(run.text), tuple((m.start, m.end) for m in find_emails(run.text)))
    return next(s for s in spans if s[0] <= draft.start < s[1])


def lone_signatory(drafts: list[Draft]) -> Draft | None:
    """A name on a line of its own with nothing said of it, beside persons with posts.

    On Chinese and Arabic notes that is a signature the page reader put among the text.
    """
    lone = [d for d in drafts if _is_lone(d)]
    others = [d for d in drafts if d not in lone]
    if len(lone) == 1 and others and all(d.title or d.emails for d in others):
        return lone[0]
    return None


def _is_lone(draft: Draft) -> bool:
    bare = not (draft.title or draft.organization or draft.emails or draft.phones or draft.role)
    return bare and draft.rule == "entry" and main_script(draft.name_text) in ("han", "arabic")
