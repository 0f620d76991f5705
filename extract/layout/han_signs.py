"""Signs behind a Chinese person's form of address, as page readers take them for others.

The long dash ``——`` that leads to a post comes out as the figure one twice (``先生一一处长``), or
once where its second half was lost; the white of a column as a full stop (``先生。三等秘书``). What
stands there is told by the form of address before it and the post behind it. The wide space within
a name of two characters comes out as a comma: ``高，山，``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.han_names import surnames

if TYPE_CHECKING:
    from ocr.types import Line, Page

COURTESIES = ("honorifics_m", "honorifics_f")
POSTS = ("title_heads", "ranks")


# "二、高，" and "山，参赞": one character between commas is no field
_FAMILY = re.compile(r"(?:^|[、.．)）:：])[\u3400-\u9fff]，\Z")
_GIVEN = re.compile(r"[\u3400-\u9fff][，（(]")


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
        text = _set_apart().sub(r"\g<family>\g<given>", text)
        named = _FAMILY.search(text) and text[-2] in surnames() and _GIVEN.match(behind)
        text = text[:-1] if named else text
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
def _set_apart() -> re.Pattern[str]:
    """``高，山，`` where an entry begins; ``李先生，男，`` is none."""
    families = "".join(x for x in surnames() if len(x) == 1)
    return re.compile(
        rf"(?:^|(?<=[、.．)）:：]))(?P<family>[{families}])，(?P<given>[\u3400-\u9fff])(?=[，（(])"
    )


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
