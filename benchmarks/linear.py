"""Whether any pattern grows faster than the text: t(2n) / t(n) of each, on hostile lines.

    python benchmarks/linear.py [--length 4000] [--limit 2.6]

Every regular expression of the lexicon and of the modules of ``extract`` is run over runs of one
sign, of words, dots, brackets and digits in four scripts, and over a note's own formulae
repeated. Times below a few milliseconds are noise and count as linear. Exit code 1 when a
pattern is slower than the limit.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import extract
from extract.language import terms

LIMIT = 2.6
LENGTH = 4000
NOISE_S = 0.006
REPEATS = 2
SURE = 12
"""Runs of what seems slow; another program's work looks like slowness."""
SEEDS = (
    "a", "A", "1", " ", ".", "-", "/", "(", "№", "@", ":", "|", "\t", "\n", "字", "ا", "Ж", "،",
    "a ", "A. ", "1 ", "1/", "a.", "a-", "a@", "- ", "(a", "A B ", "1. a ", "CU 2019/", "No. ",
    "٣ ", "و ", "الم ", "张三，", "г. ", "Иван И.", "3 april ", "第1号", "note no. 1/", "a@b.",
    "+43 1 ", "Mr. A B, ", "meeting of experts ", "نيسان/", "二〇一九年",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """A pattern's seconds on a hostile text of one length and of twice that length."""

    name: str
    seed: str
    once_s: float
    twice_s: float

    @property
    def ratio(self) -> float:
        """t(2n) / t(n); 1 where both are noise."""
        return self.twice_s / self.once_s if self.twice_s > NOISE_S else 1.0


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern by name: of the lexicon, and of each module's own."""
    labels = {k for k, v in terms.common().items() if k.endswith("_re") and v}
    for language in terms.languages():
        labels.update(language.patterns)
    for label in sorted(labels):
        for number, pattern in enumerate(terms.patterns(label)):
            yield f"{label}[{number}]", pattern
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value


def seconds(pattern: re.Pattern[str], text: str, repeats: int = REPEATS) -> float:
    """Processor time of the least of a few runs over the whole text: load does not count."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - start)
        if best <= NOISE_S:
            break  # a further run could only say so again
    return best


def measure(pattern: re.Pattern[str], name: str, length: int = LENGTH) -> Timing:
    """The worst of all hostile texts."""
    found: list[Timing] = []
    for seed in SEEDS:
        text = (seed * length)[:length]
        twice = seconds(pattern, (seed * 2 * length)[: 2 * length])
        once = seconds(pattern, text) if twice > NOISE_S else twice
        timing = Timing(name, seed, once, twice)
        if timing.ratio >= LIMIT:
            timing = _again(pattern, timing, length)
        found.append(timing)
    return max(found, key=lambda t: (t.ratio, t.twice_s))


def _again(pattern: re.Pattern[str], timing: Timing, length: int) -> Timing:
    """The smaller growth of two doublings: what is not linear grows in both."""
    once, twice, fourfold = (
        seconds(pattern, (timing.seed * size)[:size], SURE)
        for size in (length, 2 * length, 4 * length)
    )
    steps = (
        Timing(timing.name, timing.seed, once, twice),
        Timing(timing.name, timing.seed, twice, fourfold),
    )
    return min(steps, key=lambda t: t.ratio)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--length", type=int, default=LENGTH)
    parser.add_argument("--limit", type=float, default=LIMIT)
    options = parser.parse_args()
    timings = [measure(pattern, name, options.length) for name, pattern in patterns()]
    slow = [t for t in timings if t.ratio >= options.limit]
    for t in sorted(timings, key=lambda t: -t.ratio)[:10]:
        print(f"{t.ratio:5.2f}  {1000 * t.twice_s:8.2f} ms  {t.name}  on {t.seed!r} repeated")
    print(f"{len(timings)} patterns, {len(slow)} slower than linear")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
