"""From drafts to delegates: values with evidence, cross-checks, doubts and confidence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.scripts import arabic_words
from extract.delegates.scripts.han_readings import form_behind
from extract.judging.address import choose_address
from extract.judging.best_name import best_name
from extract.judging.chosen import AGREED, ChosenReading
from extract.judging.joined import join_printed
from extract.judging.lost_of_address import without_first_half
from extract.judging.readers import choose_reading
from extract.judging.specks import is_specked, with_three_parts, without_specks
from extract.language import letters
from extract.language.dates import find_dates
from extract.language.han_names import lost_its_dot
from extract.language.name_fit import NameFit, name_fit
from extract.language.normalise import has_eastern_digits, is_han, main_script
from extract.types import Delegate, Doubt, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.draft import Draft
    from extract.layout.text_run import RunTerm, Span, TextRun

LOW_NAME = 0.8  # trust below which a name is doubted
LOW_TITLE = 0.72  # trust below which a title is doubted
LOW_ARABIC = 0.93  # the same for all Arabic
PIECE = 3
"""Letters of a word that may be a piece of another one."""
UNBACKED = 0.9
"""Most trust in an Arabic name that its address does not spell: so do 14 of 250 right ones, and
``الهاشه``, which was ``الهاشمي`` and read the same twice."""
_ODD_SIGNS = re.compile(r"[\[\]{}<>|\\_=~^*#@$%§©®?!]|\d{3}|[^\W\d_]\d|(?<!\w)[А-ЯЁ]{2}\.")
# a quotation mark or dash between Chinese signs that stand apart: the edge of a cell
# and a small Latin word between Cyrillic ones: "ведущи vi специалист"
_STRAY = re.compile(r"[\u3400-\u9fff]\s*[“”\"'’‘—]\s+[\u3400-\u9fff]|[а-яё] [a-z]{1,3} (?=[а-яё])")
# a sign on its own between words, a mark below a word, a stop inside one: "следователь.по"; none
# of 3,900 posts has a colon or a semicolon, which a comma is read as
_LOST_SIGN = re.compile(
    r"\w\s[:;.,|]\s|(?<!\w)[‚¸]\w|[^\W\d_]{5}\.(?=[a-zа-яё]{2})|[^\W\d_][;:]\s(?=[^\W\d_])"
)
# an initial behind a name, or inside it, that lost its full stop
_BARE_INITIAL = re.compile(r"[^\W\d_]{2}\s+[A-ZА-Я](?=\s+[^\W\d_]{2}|$)")
# a capitalised word right before a name
_LAST_WORD = re.compile(r"(?:^|\s)[^\W\d_a-z]\w{2,} $")
# a name that begins small, or words the reader glued: "italo", "TouraynjieMr"
# between the word for a passport and its number
_NUMBER_SIGN = re.compile(r"[\s:.№#-]{0,4}(?:n[.°ºo]{0,2})?[\s:.№-]{0,3}", re.IGNORECASE)
# a whole date in figures, the number of a passport: "16.10.1960", "T4638792", "AB 1234567"
_PERSONAL = re.compile(
    r"(?<!\w)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|[A-ZА-Я]{1,2}\s?\d{6,9})(?!\w)"
)
# "de I'OIT", "J'OIT": the French article before capitals
_ARTICLE = re.compile(r"(?<![\w'’])[IJ](?=['’][A-ZÀ-Þ]{2})")
_EDGES = " \t\n,;:|/–-"
_UNLIKE = re.compile(r"^[a-zß-ÿ][a-zß-ÿ]{3,}|[a-zß-ÿ](?:Mr|Mrs|Ms|Dr|Sr|Sra|Mme)\b|\bMr[A-Z]")
BARE_NAME_TRUST = 0.9  # most trust in a name without form of address


def build_delegates(drafts: Sequence[Draft]) -> tuple[Delegate, ...]:
    """The persons of a note, in order, one from each draft."""
    domains = _count_domains(drafts)
    return tuple(_delegate(seq, draft, domains) for seq, draft in enumerate(drafts, start=1))


def _count_domains(drafts: Sequence[Draft]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for domain in (d.emails[0].domain for d in drafts if d.emails):
        counts[domain] = counts.get(domain, 0) + 1
    return counts


def _delegate(seq: int, draft: Draft, domains: dict[str, int]) -> Delegate:
    doubts = [Doubt(code, "name") for code in draft.doubts]
    chosen = best_name(draft)
    seen = not draft.honorific and not any(map(is_han, draft.name_text))
    form = form_behind(chosen.text) if seen else ""
    chosen = replace(chosen, text=chosen.text.removesuffix(form))
    email = _email(draft, chosen.text, domains, doubts)
    name = _name(draft, chosen, email, doubts)
    title = _without_address(_joined(draft, draft.title, "title", doubts), email)
    organization = _joined(draft, draft.organization, "organization", doubts) or _office(draft)
    if title is None:
        doubts.append(Doubt("title_missing", "title"))
    if email is None:
        doubts.append(Doubt("email_missing", "email"))
    phone = None
    if draft.phones:
        first, run = draft.phones[0], draft.phone_run or draft.run
        phone = run.value(first.start, first.end, f"{draft.rule}.phone", first.text)
        if has_eastern_digits(run.text[first.start : first.end]):
            doubts.append(Doubt("low_ocr", "phone"))
    honorific = None
    if form:
        honorific = draft.run.value(*draft.name_parts[-1], f"{draft.rule}.honorific", form)
    elif draft.honorific is not None:
        start, end = draft.run.trimmed(*draft.honorific, " \n\t/:,،")
        span = start, end + (draft.run.text[end : end + 1] == ".")
        honorific = draft.run.value(*span, f"{draft.rule}.honorific")
    return Delegate(
        seq,
        name,
        honorific,
        title,
        organization,
        email,
        phone,
        _role(draft),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _without_address(title: Value | None, email: Value | None) -> Value | None:
    """The post without a word that was put back before the address below or behind it.

    Only an address that is not as the page reader had it may have taken one.
    """
    if title is None or email is None or email.original is None:
        return title
    text = without_first_half(title.text, email.text)
    return replace(title, text=text) if text else None


def _email(draft: Draft, name: str, domains: dict[str, int], doubts: list[Doubt]) -> Value | None:
    if not draft.emails:
        return None
    mail = draft.emails[0]
    judged = choose_address(draft, name, mail, domains)
    doubts.extend(Doubt(code, "email") for code in judged.doubts)
    value = (draft.mail_run or draft.run).value(
        mail.start, mail.end, f"{draft.rule}.email", judged.text
    )
    if value is None:
        return None
    return replace(value, confidence=judged.confidence, original=judged.original)


def _name(draft: Draft, chosen: ChosenReading, email: Value | None, doubts: list[Doubt]) -> Value:
    evidence = tuple(
        e for a, b in draft.name_parts for e in draft.run.evidence(a, b, f"{draft.rule}.name")
    )
    trust = chosen.confidence
    fit = name_fit(email.text.split("@")[0], chosen.text) if email else NameFit("none")
    arabic = main_script(chosen.text) == "arabic"
    if arabic and email and not fit.is_good:
        trust = min(trust, UNBACKED)
    # consonants do not tell letters that differ by a dot
    backed = not (chosen.differs or chosen.covered or arabic)
    if fit.kind == "full" and backed:
        trust = max(trust, 0.95)
    elif fit.kind == "family" and backed:
        trust = max(trust, min(0.9, trust + 0.1))
    if chosen.differs:
        doubts.append(Doubt("readers_disagree", "name"))
    elif chosen.covered or trust < _least(chosen.text, LOW_NAME):
        doubts.append(Doubt("low_ocr", "name"))
    later = [t for a, b in draft.name_parts for t in _titles_inside(draft.run, a, b)]
    parted = with_three_parts(draft.name_text) != draft.name_text
    shape = _UNLIKE.search(chosen.text) or _ODD_SIGNS.search(chosen.text)
    cut = _is_cut_short(chosen.text) or _is_pieced(chosen.text)
    if shape or parted or later or cut or _is_preceded(draft):
        doubts.append(Doubt("name_odd", "name"))
    if letters.has_rare(chosen.text) and (chosen.differs or chosen.confidence < AGREED):
        doubts.append(Doubt("accents_unsure", "name"))
    bare = draft.honorific is None and draft.rule in ("entry", "prose")
    if bare and not fit.is_good:
        doubts.append(Doubt("name_without_honorific", "name"))
        trust = min(trust, BARE_NAME_TRUST)
    return Value(chosen.text, trust, evidence, chosen.original)


def _is_preceded(draft: Draft) -> bool:
    """``Luzviminda M. DELA CRUZ``, ``M.`` taken for monsieur: the word before it was left out."""
    if draft.rule not in ("entry", "item") or draft.honorific is None:
        return False
    start = min(draft.start, draft.honorific[0])
    before = draft.run.text[:start].rpartition("\n")[2]
    known = draft.run.terms_in(start - len(before), start, "roles", "list_headings")
    return bool(_LAST_WORD.search(before)) and not known


def _is_cut_short(name: str) -> bool:
    """A lone word in Latin letters, a last initial without its full stop, a name without dot."""
    alone = len(name.split()) == 1 and main_script(name) == "latin"
    return alone or bool(_BARE_INITIAL.search(name)) or lost_its_dot(name)


def _is_pieced(name: str) -> bool:
    """``Ana Emilia ROJAS Emi``: a word that begins one before it is a piece of that, read twice.

    Of 4,131 names of notes by other hands none is so; ``Иванов Иван`` is no piece.
    """
    if main_script(name) != "latin":
        return False
    words = name.casefold().replace("-", " ").split()
    return any(
        len(piece) >= PIECE and whole != piece and whole.startswith(piece)
        for at, piece in enumerate(words)
        for whole in words[:at]
    )


def _titles_inside(run: TextRun, start: int, end: int) -> list[RunTerm]:
    """``Ramatou Maiga Mme Aissata``: the next person's honorific, where two rows ran together.

    In Chinese it is the person's own, which leaves too little of a name: ``静女士``.
    """
    found = run.terms_in(start, end, "honorifics_m", "honorifics_f")
    if main_script(run.text[start:end]) == "han":
        return [t for t in found if start < t.start]
    inside = [t for t in found if start < t.start and t.end < end]
    beside = ((t, run.text[t.start - 1] + run.text[t.end]) for t in inside)
    return [t for t, signs in beside if not any(map(str.isalpha, signs))]


def _without_personal(run: TextRun, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without dates of birth and passports, which belong to no field and are not kept."""
    kept: list[Span] = []
    for start, end in spans:
        at = start
        for begin, stop in _personal(run, start, end):
            kept.append(run.trimmed(at, max(at, begin), _EDGES))
            at = max(at, stop)
        kept.append(run.trimmed(at, end, _EDGES) if at > start else (at, end))
    return tuple((a, b) for a, b in kept if a < b)


def _personal(run: TextRun, start: int, end: int) -> list[Span]:
    """Such figures, and dates in words, each with the words that lead to it."""
    papers = run.terms_in(start, end, "identity_papers")
    figures = {m.span() for m in _PERSONAL.finditer(run.text, start, end)}
    dated = find_dates(run.text[start:end]) if papers else ()
    days = {(start + d.start, start + d.end) for d in dated}
    found: list[Span] = []
    for begin, stop in sorted(figures | days):
        led = (t.start for t in papers if _NUMBER_SIGN.fullmatch(run.text, t.end, begin))
        lead = min(led, default=begin)
        if lead < begin or (begin, stop) in figures:
            found.append((lead, stop))
    return found


def _joined(draft: Draft, spans: tuple[Span, ...], field: str, doubts: list[Doubt]) -> Value | None:
    spans = _without_personal(draft.run, spans)
    if not spans:
        return None
    run = draft.run
    evidence = tuple(e for a, b in spans for e in run.evidence(a, b, f"{draft.rule}.{field}"))
    parts = [choose_reading(run, a, b) for a, b in spans]
    printed, text = join_printed(run, spans), join_printed(run, spans, [p.text for p in parts])
    if not text or not evidence:
        return None
    if main_script(text) == "arabic":
        text = arabic_words.dotted(arabic_words.mended(text), run.document.text)
    trust = min(p.confidence for p in parts)
    article = _ARTICLE.search(text)
    text = _ARTICLE.sub("l", text)
    clean = without_specks(text)
    specked, text = clean != text or is_specked(clean), clean
    if article or any(p.differs for p in parts):
        doubts.append(Doubt("readers_disagree", field))
    elif trust < _least(text, LOW_TITLE):
        doubts.append(Doubt("low_ocr", field))
    labels = [
        t
        for a, b in spans
        for t in run.terms_in(a, b, "labels_email")
        if t.start > a and t.end - t.start > 2
    ]
    parted = field == "title" and "，" in text  # of two columns that ran together
    odd = _ODD_SIGNS.search(text) or _LOST_SIGN.search(text) or _STRAY.search(text)
    if odd or labels or parted or specked:
        doubts.append(Doubt("odd_signs", field))
    return Value(text, trust, evidence, printed if printed != text else None)


def _least(text: str, latin: float) -> float:
    """The trust below which a text is doubted; Arabic is read less surely, and by one reader."""
    return LOW_ARABIC if main_script(text) == "arabic" else latin


def _office(draft: Draft) -> Value | None:
    office = draft.office
    return office.run.value(*office.span, "heading.organization") if office is not None else None


def _role(draft: Draft) -> Value | None:
    if draft.role is not None and draft.role_span is not None:
        return draft.run.value(*draft.role_span, f"{draft.rule}.role", draft.role)
    if draft.heading is not None:
        heading = draft.heading
        return heading.run.value(*heading.span, "heading.role", heading.role)
    return None
