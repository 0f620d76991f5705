"""Signs behind a Chinese person's form of address, as page readers take them for others.

The long dash ``——`` that leads to a post comes out as the figure one twice (``先生一一处长``), or
once where its second half was lost; the white of a column as a full stop (``先生。三等秘书``). What
stands there is told by the form of address before it and the post behind it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms

if TYPE_CHECKING:
    from ocr.types import Line, Page

COURTESIES = ("honorifics_m", "honorifics_f")
POSTS = ("title_heads", "ranks")


def with_signs_behind_names(page: Page) -> Page:
    """The page with dashes and commas behind Chinese forms of address."""
    if page.language != "zh":
        return page
    lines = tuple(map(_mended, page.lines))
    same = all(a is b for a, b in zip(lines, page.lines, strict=True))
    return page if same else replace(page, lines=lines)


def _mended(line: Line) -> Line:
    words = list(line.words)
    for at, word in enumerate(words):
        behind = words[at + 1].text if at + 1 < len(words) else ""
        text = _dashed(word.text, behind)
        text = _stop().sub(_as_comma, text) if "。" in text else text
        if text != word.text:
            words[at] = replace(word, text=text)
    return line if words == list(line.words) else replace(line, words=tuple(words))


def _dashed(text: str, behind: str) -> str:
    text = _ones().sub(lambda m: m[0].replace("一", "—"), text)
    lone = _one().search(text)
    return text[:-1] + "—" if lone is not None and _begins_with_post(behind) else text


def _as_comma(match: re.Match[str]) -> str:
    posted = _begins_with_post(match["post"])
    return f"{match['courtesy']}，{match['post']}" if posted else match[0]


def _begins_with_post(text: str) -> bool:
    """A post ends in its head: ``三等秘书``, ``经济犯罪侦查局一级警长 公安部``."""
    first = re.split(r"[\s，。；：（(]", text, maxsplit=1)[0]
    return first.endswith(_heads())


@cache
def _courtesy() -> str:
    phrases = (p for label in COURTESIES for p in terms.phrases(label, "zh"))
    longest = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, longest)) + ")"


@cache
def _ones() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\u3400-\u9fff]){_courtesy()}一一")


@cache
def _one() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\u3400-\u9fff]){_courtesy()}一\Z")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\u3400-\u9fff])(?P<courtesy>{_courtesy()})。(?P<post>[^。]{{2,30}})")


@cache
def _heads() -> tuple[str, ...]:
    return tuple(p for label in POSTS for p in terms.phrases(label, "zh"))
