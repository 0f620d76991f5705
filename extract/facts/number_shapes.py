"""What a note's number looks like where no word for "number" leads to it.

Groups of digits and capitals, joined by strokes, hyphens and dots, with or without spaces, in
European, full-width or Arabic-Indic signs: ``FJ 31 / 07 / 2019``, ``017-УД/345``, ``８８／１９``.
All functions take a text of ``plain``, in which every sign keeps its place.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40  # characters of a number
LONGEST_WORD = 10  # letters of one group
SHORT_WORD = 3  # letters of a group in small letters: "пп", "bis"
FEWEST_DIGITS = 3  # of a number; "1/2" is a page
BARE_DIGITS = range(2, 7)  # digits of a number that is nothing else
_GROUP = re.compile(r"[\w.()\[\]°º№&–/-]+")
_STROKE = re.compile(r"\s?(?:/|[-–](?=\s)|(?<=\s)[-–])\s?")
_WORD = re.compile(r"[^\W\d_]+")
_LEADING = re.compile(r"(?:(?![a-zà-ÿа-яё])[^\W\d_]){1,4}\s")
_JOINED = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}[-/.]\d|\d[-/.][^\W\d_]{1,40}")
_YEAR = re.compile(r"(?:19[5-9]\d|20[0-4]\d)")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d")
_THOUSANDS = re.compile(r"\d{1,3}$")
_NEXT_THOUSANDS = re.compile(r"\s\d{3}(?=[/-])")
_CODE = r"[A-ZÀ-ÞА-ЯЁ]{1,6}(?:[/-][A-ZÀ-ÞА-ЯЁ\d]{1,10}){1,6}"
# behind a number: "45/2019 NV", "00570 MAE/DOI"; letters without a stroke end their part
_OFFICE = re.compile(rf" (?:{_CODE}|[A-ZÀ-ÞА-ЯЁ]{{2,3}}(?=[ ]?(?:\t|$)))(?![\w/-])")
_CODED_DIGITS = re.compile(r" [A-ZÀ-ÞА-ЯЁ]{1,6}[/-]\d{2,12}(?![\w/-])")
# behind letters of an office: "QRE/4 N° 217", "QRE-V No. 31/19"
_SIGN = r"[ ](?:[Nn][.]?[ ]?[°º]|№|(?:[Nn][.]?[oO]|[Nn]ro|[Nn]úm)(?=[. ]))[.]?"
_SIGNED_DIGITS = re.compile(rf"{_SIGN}[ ]?(?=\d)")
_BESIDE = re.compile(
    _SIGN
    + r"|/|[–-]?\w|[ ][/–-]?[ ]?(?:[A-ZÀ-ÞА-ЯЁ]{0,6}\d|[A-ZÀ-ÞА-ЯЁ]{2,6}(?![\w]))"
    + r"|[ ][A-ZÀ-ÞА-ЯЁ][^\W\d_]{1,5}\.(?![^\W\d_])"  # "31/2 Prot.", "17/04 Vol. 3"
)
# behind a stroke, to the end of its part: "4/7/18 IV (3)", "2019/5-Wien DT 8/4711", "45/Vol. III"
_REST = re.compile(
    r"(?:\.?[ ](?:[A-ZÀ-ÞА-ЯЁ]{1,6}(?:[/-]\w{1,12})*|\(\w{1,4}\)|\d[\w/.-]{0,15})){1,4}"
    r"(?=[ ]?(?:\t|$))"
)
_ENDS_NUMBER = re.compile(r"(?:\d[\w/.)-]*|[(]\w{1,4}[)]|[ ][IVX]{1,5})$")
_INITIALS = re.compile(r"NV\s")
_JOINED_LABEL = re.compile(r"(?<!\S)(?:[^\W\d_]\.?){2,8}(?:[/-][\w.]{1,10}){0,3}[/-]$")
_SMALL = re.compile(r"(?![A-ZÀ-ÞА-ЯЁ])[^\W\d_]")
_CAPITAL = re.compile(r"[A-ZÀ-ÞА-ЯЁ]")
_BEFORE_DIGITS = re.compile(r"(?:(?<![^\W\d_])[A-ZÀ-ÞА-ЯЁ.]{1,6}|\)|N[°º.]|№)$")


def plain(text: str) -> str:
    """Full-width and Arabic-Indic signs as ASCII, each in its place."""
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    usual = unicodedata.normalize("NFKC", char)
    return usual if len(usual) == 1 and char not in "ºª" else char


def extended(text: str, start: int, end: int) -> int:
    """Where a number that begins at ``start`` ends, spaces in it bridged; at least ``end``.

    ``1 022/MAE/2019``, ``12 - 34 - 2019``, ``MPV 45/19``, ``QRE/4 N° 217``; not
    ``45/2019 VIENNA``.
    """
    while True:
        stroke = _STROKE.match(text, end)
        group = _GROUP.match(text, stroke.end()) if stroke else None
        if group and _continues(group.group()):
            end = group.end()
            continue
        spaced = text[end : end + 1] == " " and _BEFORE_DIGITS.search(text, start, end)
        group = _GROUP.match(text, end + 1) if spaced else None
        if group and any(c.isdigit() for c in group.group()):
            end = group.end()
            continue
        signed = _SIGNED_DIGITS.match(text, end) if _CAPITAL.search(text, start, end) else None
        group = _GROUP.match(text, signed.end()) if signed else None
        if group:
            end = group.end()
            continue
        coded = _CODED_DIGITS.match(text, end) if "/" in text[start:end] else None
        if coded:  # "2019/4711-Vienna DT/357"
            end = coded.end()
            continue
        if _THOUSANDS.fullmatch(text, start, end) and _NEXT_THOUSANDS.match(text, end):
            group = _GROUP.match(text, end + 1)
            end = group.end() if group else end
            continue
        return end


def with_figures(text: str, start: int, end: int) -> int:
    """Where a number ends of which only letters were taken: at the end of its part of the line.

    ``MOJ. ICA 7/20 VOL. IV (3)``, ``DGX/DOI/N° 81/2019``; no word of a sentence stands there.
    """
    part = end + len(text[end:].partition("\t")[0])
    bare = not any(c.isdigit() for c in text[start:end])
    if not bare or part - start > LONGEST or _SMALL.search(text, start, part):
        return end
    return part if any(c.isdigit() for c in text[end:part]) else end


def with_office(text: str, end: int) -> int:
    """Where a number that ends at ``end`` ends with the letters of its office behind it.

    ``45/2019 NV``, ``00570 MAE/AP/DOI``; not ``45/2019 VIENNA``.
    """
    office = _OFFICE.match(text, end)
    return office.end() if office else end


def with_label(text: str, label: int, start: int) -> int:
    """Where a number begins whose label is part of it.

    ``A.B.C./N.V. 17-19``: a stroke joins the label to letters before it; ``N/Ref.`` is all label.
    ``NV 17/19``: the letters stand in the place of an office's, and no sign of a number follows.
    """
    lead = _JOINED_LABEL.search(text, 0, label)
    if lead and not text[label].isspace():
        return lead.start()
    initials = text[start].isdigit() and _INITIALS.fullmatch(text, label, start)
    return label if initials else start


def with_rest(text: str, start: int, end: int) -> int:
    """Where a number ends that goes on with groups in capitals, in brackets or in figures.

    ``4/7/18 IV (3)``: nothing stands behind them in their part of the line, and the last has a
    figure or is a Roman one. Such a number is not sure to be one.
    """
    rest = _REST.match(text, end) if "/" in text[start:end] else None
    return rest.end() if rest and _ENDS_NUMBER.search(rest[0]) else end


def is_cut(text: str, end: int) -> bool:
    """Whether what stands behind a number, up to a wide gap, may be more of it."""
    return bool(_BESIDE.match(text, end))


def _continues(group: str) -> bool:
    """Behind a stroke: digits, or a few letters that are no word of a sentence."""
    letters = _WORD.findall(group)
    return any(c.isdigit() for c in group) or all(len(w) <= SHORT_WORD + 1 for w in letters)


def is_number(text: str) -> bool:
    """Whether the whole of a text has the shape of a note's number."""
    text = text.strip()
    if "/" in text:  # "OI Viena-4-0-2/938", "ب د/407/19"
        text = _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
    group = _GROUP.match(text)
    if len(text) > LONGEST or group is None:
        return False
    if with_rest(text, 0, extended(text, 0, group.end())) != len(text):
        return False
    digits = sum(c.isdigit() for c in text)
    words = _WORD.findall(text)
    joined = {w for m in _JOINED.findall(text) for w in _WORD.findall(m)} if "/" in text else set()
    if not digits or _DAY.fullmatch(text) or not all(w in joined or _is_group(w) for w in words):
        return False
    if not words and not re.search(r"[/-]|\d\.\d", text):
        return digits in BARE_DIGITS and text.isdigit() and not _YEAR.fullmatch(text)
    return digits >= FEWEST_DIGITS or (bool(words) and "/" in text)


def _is_group(word: str) -> bool:
    """Letters of one group: an abbreviation in capitals, or very few small ones."""
    has_case = word[0].isupper() or word[0].islower()
    if len(word) <= SHORT_WORD or not has_case:
        return len(word) <= SHORT_WORD + 1
    return len(word) <= LONGEST_WORD and word.isupper()


def is_bare(text: str) -> bool:
    """Digits, or letters and digits without a stroke: they may number anything, a passport too."""
    return not re.search(r"[/-]|\d\.\d", text)
