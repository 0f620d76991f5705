"""What is mutated: every sample, and small files of every kind a message or scan comes in."""

from __future__ import annotations

import importlib
import importlib.util
import io
import random
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from itertools import count, islice
from pathlib import Path

import img2pdf
from PIL import Image

from tests.fuzz import mutate
from tests.fuzz.examine import MESSAGE, Input
from tests.fuzz.mutate import Mutator
from tests.ingest.office_files import outlook, winmail

SAMPLES = Path(__file__).parents[2] / "samples"
SMALL_SHARE = 0.75
"""Of the inputs made from small files, of which many can be read in the time."""

_BY_KIND = {MESSAGE: "messages", ".pdf": "pdfs"}
_PICTURES = "pictures"
_FURTHEST = 8


def mutant(seed: int, number: int) -> Input:
    """Input ``number`` of the run with this seed; always the same."""
    rng = random.Random(f"{seed}/{number}")  # a string is hashed the same everywhere
    item = rng.choice(small() if rng.random() < SMALL_SHARE else samples())
    mutator = rng.choice(mutators(Path(item.name).suffix))
    made = mutator(rng.getrandbits(32), item.data)
    changed = next(islice(made, rng.randrange(_FURTHEST), None), item.data)
    return Input(f"{number}-{item.name}", changed)


@cache
def samples() -> tuple[Input, ...]:
    """The sample replies and messages as they are."""
    files = sorted([*(SAMPLES / "replies").iterdir(), *(SAMPLES / "mail").iterdir()])
    return tuple(Input(f.name, f.read_bytes()) for f in files if f.suffix != ".md")


@cache
def small() -> tuple[Input, ...]:
    """A strip of a sample page as every kind of picture, and in every kind of container."""
    with Image.open(SAMPLES / "replies" / "005-tha-table.png") as page:
        strip = page.convert("L").crop((150, 420, 1300, 760))
    pictures = {
        "strip.png": _saved(strip, "PNG"),
        "strip.jpg": _saved(strip, "JPEG", quality=80),
        "lzw.tif": _saved(strip, "TIFF", compression="tiff_lzw"),
        "fax.tif": _saved(strip.convert("1"), "TIFF", compression="group4"),
    }
    scans = {**pictures, "strip.pdf": img2pdf.convert(pictures["strip.jpg"])}
    scans["two.pdf"] = img2pdf.convert([pictures["strip.png"], pictures["strip.jpg"]])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("note.pdf", scans["strip.pdf"])
        archive.writestr("annex/note.jpg", scans["strip.jpg"])
    holders = {
        "scan": ("note.pdf", scans["strip.pdf"]),
        "zip": ("notes.zip", packed.getvalue()),
        "tnef": ("winmail.dat", winmail(("note.pdf", scans["strip.pdf"]))),
        "msg": ("note.msg", outlook(("note.pdf", scans["strip.pdf"]))),
    }
    messages = {f"{kind}{MESSAGE}": _mail(*held) for kind, held in holders.items()}
    messages[f"forwarded{MESSAGE}"] = _mail("note.eml", messages[f"scan{MESSAGE}"])
    messages[f"mbox{MESSAGE}"] = _mail("post.mbox", b"From a b\n" + messages[f"scan{MESSAGE}"])
    messages[f"uuencode{MESSAGE}"] = _uuencoded(scans["fax.tif"])
    return tuple(Input(name, data) for name, data in {**scans, **messages}.items())


@cache
def mutators(suffix: str) -> tuple[Mutator, ...]:
    """Those for any file, and those that know this kind."""
    name = f"tests.fuzz.{_BY_KIND.get(suffix, _PICTURES)}"
    if importlib.util.find_spec(name) is None:
        return (mutate.mutations,)
    known = importlib.import_module(name)
    if hasattr(known, "mutations"):
        return (mutate.mutations, known.mutations)

    def one_by_one(seed: int, data: bytes) -> Iterator[bytes]:
        return (known.mutated(data, seed + number) for number in count())

    return (mutate.mutations, one_by_one)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, dpi=(200, 200), **options)
    return made.getvalue()


def _mail(filename: str, data: bytes) -> bytes:
    message = EmailMessage()
    message["From"] = "Mission of Freedonia <mission@example.org>"
    message["Subject"] = "Nota verbal № 5/2019"
    message["Message-ID"] = "<5@example.org>"
    message["Date"] = "Mon, 6 May 2019 09:00:00 +0000"
    message.set_content("Please find attached.\n")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=filename)
    return message.as_bytes()


def _uuencoded(data: bytes) -> bytes:
    import binascii

    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    head = b"From: mission@example.org\nSubject: note\n\nbegin 644 note.tif\n"
    return head + b"".join(lines) + b"`\nend\n"
