"""Does every real post come out whole, and does none become a second person?

    python benchmarks/posts.py POSTS.tsv [--language en] [--jobs 2] [--list-errors]

POSTS.tsv has the columns ``language``, ``title``, ``division``, ``affiliation`` (a list of real
posts; not in the repository). Each post is put through every layout of ``LAYOUTS`` in a short note
with four invented persons, every letter and place right. A post is whole when the row's title is
as printed, with or without what follows its comma where that is the division. Where a part of the
post names the role in the delegation, or an office, the row may have it in the column of that
instead, word for word; nothing of the post may be missing. An invented person is a row whose name
is none of the four.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import itertools

from tabulate import tabulate

from benchmarks.scoring import folded
from extract.types import Delegate
from noteverbale.reading import extract_note
from ocr.types import Box, Cell, Line, Page, Table, Word, enclosing

HEIGHT = 30
"""Height of a line in pixels at 200 dpi: 11 points."""
ADVANCE = 15
PITCH = 48
LEFT = 200
WIDTH, LENGTH = 1654, 2339
WRAP = 84
"""Letters of a line before it is broken."""

PEOPLE = {
    "en": (("Mr.", "Tobias Wexfordson"), ("Ms.", "Aleyna Brightmoor"), ("Dr.", "Oswin Patelman")),
    "fr": (("M.", "Thibaud Lormeaux"), ("Mme", "Océane Vauxbrun"), ("M.", "Régis Aubertin")),
    "es": (("Sr.", "Ramiro Belascoain"), ("Sra.", "Ximena Torralba"), ("Sr.", "Elías Guadarrama")),
}
FRAMES = {
    "en": (
        "The Permanent Mission of Ireland to the United Nations (Vienna) presents its compliments "
        "to the Secretariat and has the honour to inform it that the following delegates will "
        "attend the meeting:",
        "The Permanent Mission avails itself of this opportunity to renew to the Secretariat the "
        "assurances of its highest consideration.",
        "Note No. 117/2019",
        ("Name", "Title", "E-mail"),
    ),
    "fr": (
        "La Mission permanente de la Belgique auprès des Nations Unies (Vienne) présente ses "
        "compliments au Secrétariat et a l'honneur de l'informer que les délégués suivants "
        "participeront à la réunion :",
        "La Mission permanente saisit cette occasion pour renouveler au Secrétariat les "
        "assurances de sa très haute considération.",
        "Note n° 117/2019",
        ("Nom", "Fonction", "Courriel"),
    ),
    "es": (
        "La Misión Permanente de Chile ante las Naciones Unidas (Viena) saluda atentamente a la "
        "Secretaría y tiene el honor de informarle de que los siguientes delegados asistirán a "
        "la reunión:",
        "La Misión Permanente aprovecha la oportunidad para reiterar a la Secretaría las "
        "seguridades de su más alta consideración.",
        "Nota N.º 117/2019",
        ("Nombre", "Cargo", "Correo electrónico"),
    ),
}


@dataclass(frozen=True, slots=True)
class Post:
    """One real post."""

    language: str
    title: str
    division: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One invented person with a real post."""

    honorific: str
    name: str
    post: Post
    email: str


@dataclass(frozen=True, slots=True)
class Case:
    """Up to three posts in one layout."""

    layout: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came out: title as found for each entry, and names that nobody has."""

    case: Case
    titles: tuple[str | None, ...]
    others: tuple[tuple[str, ...], ...]
    """What the row has as words of its role and as its organization."""
    invented: tuple[str, ...]


class _Paper:
    """Lines set one under the other in letters of one width."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.y = 150

    def at(self, text: str, x: int = LEFT) -> tuple[Word, ...]:
        words, start = [], 0
        for part in text.split():
            start = text.index(part, start)
            left = x + start * ADVANCE
            box = Box(left, self.y, left + len(part) * ADVANCE, self.y + HEIGHT)
            words.append(Word(part, box, 0.95))
            start += len(part)
        return tuple(words)

    def set(self, text: str, x: int = LEFT, wrap: int = WRAP) -> None:
        for line in _wrapped(text, wrap):
            self.lines.append(Line(self.at(line, x)))
            self.y += PITCH

    def row(self, texts: tuple[str, ...], columns: tuple[int, ...], ruled: int | None) -> None:
        """One row of a table, its cells wrapped; ``ruled`` is the row's number in a grid."""
        wraps = [(b - a) // ADVANCE - 2 for a, b in itertools.pairwise(columns)]
        cells = [_wrapped(t, w) for t, w in zip(texts, wraps, strict=True)]
        top, depth = self.y, max(len(c) for c in cells)
        for n in range(depth):
            words = [
                self.at(c[n], x) if n < len(c) else () for c, x in zip(cells, columns, strict=False)
            ]
            if ruled is None:
                self.lines.append(Line(tuple(w for group in words for w in group)))
            else:
                self.lines += [Line(group) for group in words if group]
            self.y += PITCH
        if ruled is not None:
            boxes = [
                Cell(ruled, i, Box(a - 10, top - 10, b - 10, self.y - 10))
                for i, (a, b) in enumerate(itertools.pairwise(columns))
            ]
            before = self.tables.pop().cells if self.tables else ()
            every = (*before, *boxes)
            self.tables.append(Table(enclosing(tuple(c.box for c in every)), every))
        self.y += 12

    def page(self, language: str) -> Page:
        return Page(
            1,
            WIDTH,
            LENGTH,
            200,
            "read",
            lines=tuple(self.lines),
            tables=tuple(self.tables),
            language=language,
            mean_confidence=0.95,
        )


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def _full(e: Entry) -> str:
    return f"{e.honorific} {e.name}"


def _post(e: Entry) -> str:
    return ", ".join(p for p in (e.post.title, e.post.division) if p)


def _numbered(paper: _Paper, entries: tuple[Entry, ...]) -> None:
    for n, e in enumerate(entries, 1):
        paper.set(f"{n}. {_full(e)}, {_post(e)}, {e.email}")


def _dashes(paper: _Paper, entries: tuple[Entry, ...]) -> None:
    for e in entries:
        paper.set(f"- {_full(e)} – {_post(e)}")
        paper.set(e.email, LEFT + 2 * ADVANCE)


def _stack(paper: _Paper, entries: tuple[Entry, ...]) -> None:
    for e in entries:
        for text in (_full(e), _post(e), e.post.affiliation, e.email):
            if text:
                paper.set(text)
        paper.y += PITCH


def _labelled(paper: _Paper, entries: tuple[Entry, ...]) -> None:
    name, title, email = FRAMES[entries[0].post.language][3]
    for e in entries:
        paper.set(f"{name}: {_full(e)}")
        paper.set(f"{title}: {_post(e)}")
        paper.set(f"{email}: {e.email}")
        paper.y += PITCH


def _table(paper: _Paper, entries: tuple[Entry, ...], ruled: bool) -> None:
    columns = (LEFT, LEFT + 390, LEFT + 800, LEFT + 1330)
    head = FRAMES[entries[0].post.language][3]
    paper.row(head, columns, 0 if ruled else None)
    for n, e in enumerate(entries, 1):
        paper.row((_full(e), _post(e), e.email), columns, n if ruled else None)


def _ruled(paper: _Paper, entries: tuple[Entry, ...]) -> None:
    _table(paper, entries, ruled=True)


def _columns(paper: _Paper, entries: tuple[Entry, ...]) -> None:
    _table(paper, entries, ruled=False)


def _sentence(paper: _Paper, entries: tuple[Entry, ...]) -> None:
    paper.set("; ".join(f"{_full(e)}, {_post(e)} ({e.email})" for e in entries) + ".")


LAYOUTS: dict[str, Callable[[_Paper, tuple[Entry, ...]], None]] = {
    "numbered": _numbered,
    "dashes": _dashes,
    "stack": _stack,
    "labelled": _labelled,
    "ruled table": _ruled,
    "columns": _columns,
    "sentence": _sentence,
}


def judge(case: Case) -> Judged:
    """Set one case, read it, and compare."""
    language = case.entries[0].post.language
    opening, closing, number, _ = FRAMES[language]
    paper = _Paper()
    paper.set("NOTE VERBALE")
    paper.set(number)
    paper.set(opening)
    LAYOUTS[case.layout](paper, case.entries)
    paper.set(closing)
    note = extract_note((paper.page(language),), accept=True).note
    found = {p.name.text: p for p in note.delegates} if note else {}
    rows = [found.get(e.name) for e in case.entries]
    titles = tuple(r.title.text if r and r.title else None for r in rows)
    others = tuple(_others(r) if r else () for r in rows)
    known = {e.name for e in case.entries}
    return Judged(case, titles, others, tuple(n for n in found if n not in known))


def _others(row: Delegate) -> tuple[str, ...]:
    role = tuple(e.text for e in row.role.evidence) if row.role else ()
    return (*role, row.organization.text) if row.organization else role


def is_whole(entry: Entry, title: str | None, others: tuple[str, ...] = ()) -> bool:
    """The title alone, or with its division, or with the rest of the post in ``others``."""
    wanted = {folded(entry.post.title), folded(_post(entry))}
    if folded(title) in wanted or title is None:
        return title is not None
    rows = ((title, *some) for n in range(1, 3) for some in itertools.permutations(others, n))
    return any(_words(*row) == _words(post) for row in rows for post in wanted if post)


def _words(*parts: str) -> list[str]:
    return " ".join(parts).replace(",", " ").split()


def cases(posts: list[Post]) -> list[Case]:
    """Three posts of one language a note, in every layout."""
    found = []
    for language, people in PEOPLE.items():
        chosen = [p for p in posts if p.language == language]
        for start in range(0, len(chosen), len(people)):
            entries = tuple(
                Entry(h, name, post, f"{name.split()[-1].lower()}@example.org")
                for (h, name), post in zip(people, chosen[start : start + 3], strict=False)
            )
            found += [Case(layout, entries) for layout in LAYOUTS]
    return found


def load(path: Path) -> list[Post]:
    """The posts of the file that have a title."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        keys = ("language", "title", "division", "affiliation")
        posts = [Post(*((row[k] or "").strip() for k in keys)) for row in rows]
    return [p for p in posts if p.title and p.language in PEOPLE]


def show(judged: list[Judged], list_errors: bool) -> None:
    """Shares of whole titles by language and layout, and how many persons were invented."""
    whole: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    invented: Counter[tuple[str, str]] = Counter()
    broken: set[str] = set()
    apart = 0
    for j in judged:
        for entry, title, others in zip(j.case.entries, j.titles, j.others, strict=True):
            key = (entry.post.language, j.case.layout)
            total[key] += 1
            whole[key] += is_whole(entry, title, others)
            apart += is_whole(entry, title, others) and not is_whole(entry, title)
            if list_errors and not is_whole(entry, title, others):
                print(f"  {j.case.layout}: {_post(entry)!r} -> {title!r}")
        invented[(j.case.entries[0].post.language, j.case.layout)] += len(j.invented)
        if j.invented:
            broken.add(j.case.entries[0].post.title)
            if list_errors:
                print(f"  {j.case.layout}: invented {j.invented!r}")
    rows = [(*key, whole[key] / n, invented[key], n) for key, n in sorted(total.items())]
    print(tabulate(rows, ("", "layout", "whole", "invented", "posts"), floatfmt=".3f"))
    print(f"of these, {apart} with the role or the office in its own column")
    for language in PEOPLE:
        n = sum(v for k, v in total.items() if k[0] == language)
        right = sum(v for k, v in whole.items() if k[0] == language)
        if n:
            made = sum(v for k, v in invented.items() if k[0] == language)
            print(f"{language}: {right / n:.3f} whole, {made / n:.4f} persons invented a post")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", choices=tuple(PEOPLE))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list-errors", action="store_true")
    options = parser.parse_args()
    posts = [p for p in load(options.file) if options.language in (None, p.language)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, mp_context=context) as pool:
        show(list(pool.map(judge, cases(posts), chunksize=16)), options.list_errors)


if __name__ == "__main__":
    main()
