"""``python -m tests.fuzz.run``: mutants for a time, and a report. Exit code 1 if one complains.

What is found is written to a folder. Copied to ``tests/fuzz/cases`` it is tried by every run of
the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fuzz.examine import MESSAGE, Input, examine
from tests.fuzz.seeds import mutant


def warm_up() -> None:
    """Load what every input needs, before the forks."""
    import ocr.reader  # noqa: F401
    from ocr.engines import rapid

    if rapid.is_installed():
        rapid.RapidEngine()


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be tried: mutants of a seed for a time or up to a number, or given files."""

    seed: int
    seconds: float
    inputs: int
    files: tuple[Path, ...]
    out: Path

    def items(self, first: int, step: int) -> Iterator[Input]:
        """Every ``step``-th input from ``first`` on."""
        if self.files:
            for path in self.files[first::step]:
                yield Input(path.name, path.read_bytes())
            return
        until = time.monotonic() + self.seconds
        for number in range(first, self.inputs, step):
            if time.monotonic() > until:
                return
            yield mutant(self.seed, number)


def lane(trial: Trial, first: int, step: int, told: Path) -> None:
    """Tries one input after the other; a line of JSON each."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, told.open("w") as report:
        for item in trial.items(first, step):
            verdict = examine(item, Path(folder) / "input")
            name = f"{trial.seed}-{item.name}"
            if verdict.complaints and not trial.files:
                trial.out.mkdir(parents=True, exist_ok=True)
                (trial.out / name).write_bytes(item.data)
            kind = "message" if item.name.endswith(MESSAGE) else "document"
            line = {"name": item.name if trial.files else name, "kind": kind, **asdict(verdict)}
            report.write(json.dumps(line) + "\n")
            report.flush()


def summary(lines: list[dict[str, object]]) -> str:
    """Inputs by outcome and first reason, the worst, and what must not be."""
    outcomes: Counter[str] = Counter()
    for line in lines:
        reasons = line["reasons"]
        first = str(reasons[0]) if isinstance(reasons, list) and reasons else "-"
        outcomes[f"{line['kind']} {line['outcome']} {first}"] += 1
    text = [f"{len(lines)} inputs"]
    text += [f"{count:6d}  {what}" for what, count in outcomes.most_common()]
    for what in ("cpu_s", "rss_mb"):
        worst = max(lines, key=lambda line: float(str(line[what])))
        text.append(f"largest {what}: {float(str(worst[what])):.1f} ({worst['name']})")
    bad = [line for line in lines if line["complaints"]]
    text += [f"MEND {line['name']}: {line['complaints']}" for line in bad]
    return "\n".join([*text, f"{len(bad)} complaints"])


def main() -> int:
    """Runs the lanes and prints the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--inputs", type=int, default=1_000_000_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--lanes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--files", type=Path, nargs="*", default=[], help="these, and no mutants")
    asked = parser.parse_args()
    trial = Trial(asked.seed, asked.seconds, asked.inputs, tuple(asked.files), asked.out)
    warm_up()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        reports = [Path(name) / f"{number}.jsonl" for number in range(asked.lanes)]
        running = []
        for number, told in enumerate(reports):
            pid = os.fork()
            if pid == 0:
                status = 1
                try:
                    lane(trial, number, asked.lanes, told)
                    status = 0
                finally:
                    os._exit(status)
            running.append(pid)
        broken = sum(os.waitpid(pid, 0)[1] != 0 for pid in running)
        lines = [json.loads(text) for told in reports for text in told.read_text().splitlines()]
    if lines:
        sys.stdout.write(f"seed {asked.seed}: {summary(lines)}\n")
    return 1 if broken or not lines or any(line["complaints"] for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
