"""What a PDF page paints: images and where, visible text, anything else.

Runs inside the decoder's child process only: the file is not to be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Name, Object, Page

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers of a PDF transformation (ISO 32000-1, 8.3.3)."""

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top, in units of the page; the origin is at the bottom left."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # changes nothing
POINTS = 72.0
"""Points to the inch; a unit of the page is one point where it says nothing else."""

MAX_DEPTH = 4
"""Forms within forms that are followed; scanners use one."""

# A page is 14,400 units wide at most (ISO 32000-1, annex C.2).
_EVERYWHERE: Rectangle = (-1e9, -1e9, 1e9, 1e9)
_NOWHERE: Rectangle = (0.0, 0.0, 0.0, 0.0)  # no area

CAPTION = 150
"""Bytes of typed text that are no letter yet: a fax header, a stamped number, a footer."""

MANY_SHAPES, SHAPES_A_GLYPH = 150, 0.3
"""Different letters on a page, or a letter shown, from which Type 3 letters come from a scan.

A typesetter's bitmap fonts (TeX) draw every ``a`` alike: a page of 1,500 letters in four fonts has
some 100 shapes, a note of 300 letters some 60. What a scanner cuts out of a page and puts into a
font has a shape a letter, or with likenesses merged, several hundred. A page of few letters may
be taken for a scan; it is then read.
"""

_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"})
_PATH_ENDS = _FILLS | {"n"}
_LINES = frozenset({"m", "l", "c", "v", "y", "h"})
SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE = frozenset({3, 7})
"""Text rendering modes that leave no ink: the text layer of a scanner's own OCR."""

_BLACK = {"g": (0.0,), "rg": (0.0, 0.0, 0.0), "k": (0.0, 0.0, 0.0, 1.0)}
_FILL_COLOURS = frozenset({"g", "rg", "k", "cs", "sc", "scn"})


@dataclass(frozen=True, slots=True)
class Placed:
    """An image painted on the page, and the matrix that takes its unit square there.

    ``clip`` is the rectangle outside which nothing of it shows, empty where the clip is no
    rectangle. ``opaque`` is False where it is painted see-through, blended, or on a layer that
    can be switched off; ``black`` tells that a stencil is painted in black.
    """

    image: Object
    matrix: Matrix
    clip: Rectangle = _EVERYWHERE
    opaque: bool = True
    black: bool = True


@dataclass(slots=True)
class Painted:
    """Everything a page paints.

    ``visible_text`` counts bytes of text that shows; ``glyphs`` is the part of it set in Type 3
    fonts, ``shapes`` their different letters. ``other`` counts paths and inline images,
    ``segments`` the lines and curves of the paths.
    """

    images: list[Placed] = field(default_factory=list)
    visible_text: int = 0
    glyphs: int = 0
    shapes: set[tuple[str, int]] = field(default_factory=set)
    other: int = 0
    segments: int = 0

    @property
    def glyphs_are_scanned(self) -> bool:
        """Whether the Type 3 letters are pictures of a scan's own ones, see ``MANY_SHAPES``."""
        most = min(MANY_SHAPES, SHAPES_A_GLYPH * self.glyphs)
        return bool(self.glyphs) and len(self.shapes) >= most

    @property
    def typed(self) -> int:
        """Bytes of text in letters that a font designer made."""
        return self.visible_text - (self.glyphs if self.glyphs_are_scanned else 0)

    def coverage(self, page_box: Rectangle) -> float:
        """Share of the page under images, 0 to 1; overlaps count twice, the sum ends at 1."""
        left, bottom, right, top = page_box
        area = max(1.0, (right - left) * (top - bottom))
        covered = 0.0
        for placed in self.images:
            x0, y0, x1, y1 = common(extent(placed.matrix), page_box)
            covered += (x1 - x0) * (y1 - y0)
        return min(1.0, covered / area)


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state (ISO 32000-1, 8.4) that decides how an image looks."""

    matrix: Matrix = _IDENTITY
    mode: int = 0
    clip: Rectangle = _EVERYWHERE
    opaque: bool = True
    black: bool = True
    glyphs: str | None = None  # the Type 3 font that text is set in


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The transformation ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def extent(matrix: Matrix) -> Rectangle:
    """The box around the unit square after ``matrix``."""
    a, b, c, d, e, f = matrix
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)


def common(first: Rectangle, second: Rectangle) -> Rectangle:
    """Where two rectangles overlap, empty if they do not."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    right, top = min(first[2], second[2]), min(first[3], second[3])
    return (left, bottom, right, top) if right > left and top > bottom else _NOWHERE


def page_box(page: Page) -> Rectangle:
    """The visible part of the page in its own units: the crop box within the media box."""
    crop, media = _sorted(page.cropbox), _sorted(page.mediabox)
    inside = common(crop, media)
    return media if inside == _NOWHERE else inside


def _sorted(box: Object) -> Rectangle:
    x0, y0, x1, y1 = (float(v) for v in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def painted(page: Page) -> Painted:
    """Everything the page paints, its forms included."""
    walk = _Walk()
    walk.follow(page, page.obj.get("/Resources", pikepdf.Dictionary()), _State(), 0)
    return walk.found


class _Walk:
    """One pass over a page's instructions."""

    def __init__(self) -> None:
        self.found = Painted()
        self._rectangles: list[Rectangle] = []
        self._lines = False
        self._clipping = False

    def follow(self, source: Page | Object, resources: Object, state: _State, depth: int) -> None:
        saved: list[_State] = []
        for instruction in pikepdf.parse_content_stream(source):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "q":
                saved.append(state)
            elif operator == "Q":
                state = saved.pop() if saved else state
            elif operator == "Do":
                self._paint(resources, str(operands[0]), state, depth)
            else:
                self._count(operator, operands, state)
                state = self._path(operator, operands, state)
                state = _changed(operator, operands, resources, state)

    def _count(self, operator: str, operands: list[Object], state: _State) -> None:
        if operator in SHOWS and state.mode not in _INVISIBLE:
            shown = shown_text(operands)
            self.found.visible_text += len(shown)
            if state.glyphs is not None:
                self.found.glyphs += len(shown)
                self.found.shapes.update((state.glyphs, code) for code in shown)
        elif operator in _FILLS or operator == "INLINE IMAGE":
            self.found.other += 1

    def _path(self, operator: str, operands: list[Object], state: _State) -> _State:
        """The state after an operator of path construction, painting or clipping."""
        if operator == "re":
            x, y, width, height = (float(v) for v in operands)
            corner = multiply((width, 0, 0, height, x, y), state.matrix)
            self._rectangles.append(extent(corner))
        elif operator in _LINES:
            self._lines = True
            self.found.segments += 1
        elif operator in {"W", "W*"}:
            self._clipping = True
        elif operator in _PATH_ENDS:
            if self._clipping:
                plain = len(self._rectangles) == 1 and not self._lines
                clip = common(state.clip, self._rectangles[0]) if plain else _NOWHERE
                state = replace(state, clip=clip)
            self._rectangles, self._lines, self._clipping = [], False, False
        return state

    def _paint(self, resources: Object, name: str, state: _State, depth: int) -> None:
        target = resources.get("/XObject", pikepdf.Dictionary()).get(name)
        if target is None:
            return
        opaque = state.opaque and "/OC" not in target
        kind = target.get("/Subtype")
        if kind == Name.Image:
            placed = Placed(target, state.matrix, state.clip, opaque, state.black)
            self.found.images.append(placed)
        elif kind == Name.Form and depth < MAX_DEPTH:
            a, b, c, d, e, f = (float(v) for v in target.get("/Matrix", [1, 0, 0, 1, 0, 0]))
            matrix = multiply((a, b, c, d, e, f), state.matrix)
            x0, y0, x1, y1 = _sorted(target.BBox)
            seen = extent(multiply((x1 - x0, 0, 0, y1 - y0, x0, y0), matrix))
            inner = replace(state, matrix=matrix, clip=common(state.clip, seen), opaque=opaque)
            self.follow(target, target.get("/Resources", resources), inner, depth + 1)


def _changed(operator: str, operands: list[Object], resources: Object, state: _State) -> _State:
    if operator == "cm":
        a, b, c, d, e, f = (float(v) for v in operands)
        return replace(state, matrix=multiply((a, b, c, d, e, f), state.matrix))
    if operator == "Tf":
        return replace(state, glyphs=glyph_font(resources, str(operands[0])))
    if operator == "Tr":
        return replace(state, mode=int(operands[0]))
    if operator == "gs":
        known = resources.get("/ExtGState", pikepdf.Dictionary()).get(str(operands[0]))
        return replace(state, opaque=state.opaque and known is not None and _is_opaque(known))
    if operator == "BDC" and str(operands[0]) == "/OC":
        return replace(state, opaque=False)
    if operator in _FILL_COLOURS:
        return replace(state, black=_is_black(operator, operands))
    return state


def _is_opaque(graphics: Object) -> bool:
    if float(graphics.get("/ca", 1)) < 1 or str(graphics.get("/BM", "/Normal")) != "/Normal":
        return False
    return str(graphics.get("/SMask", "/None")) == "/None"


def _is_black(operator: str, operands: list[Object]) -> bool:
    wanted = _BLACK.get(operator)
    return wanted is not None and tuple(float(v) for v in operands) == wanted


def shown_text(operands: list[Object]) -> bytes:
    """The bytes of text shown by one operator."""
    last = operands[-1] if operands else None
    parts = list(last) if isinstance(last, pikepdf.Array) else [last]
    return b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))


def glyph_font(resources: Object, name: str) -> str | None:
    """What tells a Type 3 font from others (ISO 32000-1, 9.6.5); None for fonts with outlines."""
    font = resources.get("/Font", pikepdf.Dictionary()).get(name)
    if font is None or str(font.get("/Subtype")) != "/Type3":
        return None
    return f"{font.objgen} {name}" if font.objgen == (0, 0) else str(font.objgen)
