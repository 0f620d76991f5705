"""Whether names in other scripts are proposed as the person spells them in Latin letters.

    python benchmarks/latin.py --seed 7 [--count 400] [--list-errors]
    python benchmarks/latin.py --notes FILE.jsonl.gz

Names are drawn from ``latin.toml``, and how the person spells each part; the address is made of
these letters as addresses are. Of a name whose address spells parts of it, the proposal is right if
it has those letters, the Arabic article aside, or the initial that is printed. *Blind* is the same
without the address. *Silent* is a proposal that says it is borne out and is not as the person
spells the whole name.

With ``--notes`` the names and addresses are those of notes made elsewhere, in the form of
``foreign.py``; how the person spells the name is then what the address says, word by word.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabulate import tabulate

from store.rules.latin.parts import plain
from store.rules.latin.proposal import Proposal, has_other_script, propose

HERE = Path(__file__).parent
SHAPES = (
    "{g}.{f}", "{f}.{g}", "{g}_{f}", "{g}{f}", "{i}.{f}", "{i}{f}", "{f}{i}", "{f}", "{g}.{f}{n}",
)  # fmt: skip
MAILBOXES = ("protocol", "legal.affairs", "secretariat", "j.smith")
_ARTICLE = re.compile(r"^(?:al|el)")


@dataclass(frozen=True, slots=True)
class Case:
    """A name, who sent it, the address; ``parts`` the letters that the address spells in full."""

    language: str
    name: str
    state: str
    email: str | None
    parts: tuple[str, ...]
    whole: tuple[str, ...]


def made(seed: int, count: int) -> Iterator[Case]:
    """So many of each language, every tenth without an address of the person's own."""
    pools = tomllib.loads((HERE / "latin.toml").read_text(encoding="utf-8"))
    for language, pool in pools.items():
        rng = random.Random(f"{seed} {language}")
        for number in range(count):
            given, given_latin = _one(rng, pool["given"])
            family, family_latin = _one(rng, pool["family"])
            middle = rng.choice(pool["middle"])
            name = _name(rng, language, given, middle, family)
            state = rng.choice(pool["states"])
            shape = rng.choice(SHAPES)
            local = shape.format(
                g=given_latin, f=family_latin, i=given_latin[0], n=rng.randint(1, 99)
            )
            parts = tuple(
                latin
                for sign, latin in (("{g}", given_latin), ("{f}", family_latin))
                if sign in shape
            )
            email: str | None = f"{local}@mfa.example"
            if number % 10 == 0:
                parts, email = (), rng.choice([None, f"{rng.choice(MAILBOXES)}@mfa.example"])
            yield Case(language, name, state, email, parts, (given_latin, family_latin))


def _one(rng: random.Random, pool: list[str]) -> tuple[str, str]:
    written, _, spellings = rng.choice(pool).partition(" = ")
    return written, rng.choice(spellings.split())


def _name(rng: random.Random, language: str, given: str, middle: str, family: str) -> str:
    if language == "chinese":
        return family + given
    if language == "arabic":
        return " ".join(part for part in (given, middle, family) if part)
    if rng.random() < 0.3:
        family = family.upper()
    first = f"{given} {middle}".strip()
    return rng.choice([f"{first} {family}", f"{family} {first}"])


def of_notes(path: Path) -> Iterator[Case]:
    """Delegates in another script; words of their address, three letters long, are the truth."""
    languages = {"ru": "russian", "zh": "chinese", "ar": "arabic"}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for note in map(json.loads, lines):
            for person in note["delegates"]:
                if not has_other_script(person["name"]):
                    continue
                local = (person.get("email") or "").split("@")[0]
                words = tuple(w for w in re.split(r"[^a-z]+", local) if len(w) > 2)
                language = languages.get(note["language"], note["language"])
                yield Case(
                    language, person["name"], note["state"], person.get("email"), words, words
                )


def has(latin: str, word: str) -> bool:
    """Whether a word of an address stands in the name, with an initial before it or behind."""
    words = [plain(w) for w in re.split(r"[\s.-]+", latin) if plain(w)]
    letters, initials = "".join(words), {w[0] for w in words}
    if any(plain(i) and word.startswith(plain(i)) for i in re.findall(r"(\w{1,2})\.", latin)):
        return True  # the note has no more of it
    for part, initial in ((word, ""), (word[1:], word[0]), (word[:-1], word[-1])):
        bare = _ARTICLE.sub("", part) or part
        if len(bare) > 1 and bare in letters and initial in {"", *initials}:
            return True
    return False


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--notes", type=Path, action="append")
    parser.add_argument("--list-errors", action="store_true")
    options = parser.parse_args()
    cases: list[Case] = []
    if options.notes:
        for path in options.notes:
            cases += of_notes(path)
    else:
        cases += made(options.seed, options.count)
    counts: dict[str, Counter[str]] = {}
    for case in cases:
        found = propose(case.name, state=case.state, email=case.email)
        blind = propose(case.name, state=case.state)
        _count(counts.setdefault(case.language, Counter()), case, found, blind)
        if options.list_errors and case.parts and not _right(found, case.parts):
            print(case.name, case.state, case.email, found, sep=" | ")
        if options.list_errors and found and found.confirmed and not _right(found, case.whole):
            print("silent", case.name, case.whole, case.email, found, sep=" | ")
    rows = [
        {
            "language": language,
            "names": n["all"],
            "address spells": n["spelled"],
            "right": f"{n['right'] / max(n['spelled'], 1):.3f}",
            "blind": f"{n['blind'] / max(n['spelled'], 1):.3f}",
            "not spelled": n["unspelled"],
            "marked": n["marked"],
            "silent": n["silent"],
        }
        for language, n in sorted(counts.items())
    ]
    print(tabulate(rows, headers="keys"))


def _count(n: Counter[str], case: Case, found: Proposal | None, blind: Proposal | None) -> None:
    n["all"] += 1
    if case.parts:
        n["spelled"] += 1
        n["right"] += _right(found, case.parts)
        n["blind"] += _right(blind, case.parts)
    else:
        n["unspelled"] += 1
        n["marked"] += found is None or not found.confirmed
    n["silent"] += found is not None and found.confirmed and not _right(found, case.whole)


def _right(found: Proposal | None, parts: tuple[str, ...]) -> bool:
    return found is not None and all(has(found.latin, part) for part in parts)


if __name__ == "__main__":
    main()
