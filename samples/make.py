"""Makes the sample replies.

``python -m samples.make`` rebuilds the committed set beside this file.
``python -m samples.make --seed 7 --count 60 --out DIR`` makes fresh replies that nobody has
looked at, for measuring accuracy.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import sys
import tomllib
from pathlib import Path

from samples.listing import write_listing
from samples.mail import make_mail
from samples.others import make_any
from samples.plan import Plan, at_random, from_catalogue
from samples.produce import Made, make_reply
from samples.scanner import DPI
from samples.wording import DATA, LANGUAGES

HERE = Path(__file__).parent
COMMITTED_SEED = 20190325


def save(made: Made, folder: Path) -> None:
    """The file of ``made`` and its truth."""
    (folder / "replies").mkdir(parents=True, exist_ok=True)
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    (folder / "replies" / made.filename).write_bytes(made.data)
    text = json.dumps(made.truth, ensure_ascii=False, indent=1) + "\n"
    (folder / "truth" / f"{Path(made.filename).stem}.json").write_text(text, encoding="utf-8")


def _one(job: tuple[Plan, Path]) -> str:
    plan, folder = job
    made = make_reply(plan)
    save(made, folder)
    return made.filename


def make_random(
    seed: int,
    count: int,
    folder: Path,
    jobs: int,
    languages: tuple[str, ...],
    degradations: tuple[str, ...],
) -> None:
    """``count`` replies of ``seed`` into ``folder``, in ``jobs`` processes."""
    work = [(plan, folder) for plan in at_random(seed, count, languages, degradations)]
    if jobs > 1:
        with multiprocessing.get_context("spawn").Pool(jobs) as pool:
            for name in pool.imap(_one, work):
                print(name)
    else:
        for job in work:
            print(_one(job))


def make_committed(folder: Path, only: str | None = None) -> None:
    """The fixed list of ``data/catalogue.toml``."""
    entries = tomllib.loads((DATA / "catalogue.toml").read_text(encoding="utf-8"))["reply"]
    plans = from_catalogue(entries, COMMITTED_SEED)
    if only is None:
        for sub in ("replies", "truth", "mail"):
            shutil.rmtree(folder / sub, ignore_errors=True)
    made: dict[str, Made] = {}
    for plan in plans:
        if only and only not in plan.stem:
            continue
        earlier = made[plan.earlier].note if plan.earlier else None
        made[plan.stem] = make_any(plan, earlier)
        save(made[plan.stem], folder)
        print(made[plan.stem].filename)
    if only is None:
        for name in make_mail(folder):
            print(name)
        write_listing(folder)


def main(arguments: list[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, help="make random replies of this seed")
    parser.add_argument("--count", type=int, default=40, help="how many random replies")
    parser.add_argument("--out", type=Path, help="folder for the result")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument(
        "--languages", default=",".join(LANGUAGES), help="comma-separated, of: %(default)s"
    )
    parser.add_argument(
        "--degradations", default=",".join(DPI), help="comma-separated, of: %(default)s"
    )
    parser.add_argument("--only", help="of the committed set, only files whose name contains this")
    options = parser.parse_args(arguments)
    if options.seed is None:
        make_committed(options.out or HERE, options.only)
        return 0
    if options.out is None:
        parser.error("--seed needs --out DIR, so that the committed set is not overwritten")
    make_random(
        options.seed,
        options.count,
        options.out,
        options.jobs,
        tuple(options.languages.split(",")),
        tuple(options.degradations.split(",")),
    )
    shutil.copyfile(HERE / "invitation.txt", options.out / "invitation.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
