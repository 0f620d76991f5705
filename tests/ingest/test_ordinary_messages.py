"""Messages as they should be: every file found, no mark on any, no alarm from the net."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from email import policy
from email.message import EmailMessage

import pytest
from PIL import Image

from ingest.mime import parse_message

TEXTS = ("Please find attached.\n", "Добрый день, во вложении нота.\n" * 9, "x" * 3000 + "\n")


def _picture(chance: random.Random, width: int, height: int) -> bytes:
    made = io.BytesIO()
    noise = chance.randbytes(width * height)
    Image.frombytes("L", (width, height), noise).save(made, "JPEG", quality=5)
    return made.getvalue()


def _pdf(chance: random.Random) -> bytes:
    inside = _picture(chance, 60, 60) + chance.randbytes(chance.randrange(200, 5000))
    return b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + inside + b"\n%%EOF\n"


def _zip(chance: random.Random) -> tuple[bytes, bytes]:
    scan, packed = _pdf(chance), io.BytesIO()
    with zipfile.ZipFile(packed, "w", chance.choice([0, 8])) as archive:
        archive.writestr("a.pdf", scan)
    return packed.getvalue(), scan


def _attach(chance: random.Random, message: EmailMessage) -> list[bytes]:
    """Attaches something; the scans in it."""
    kind = chance.randrange(5)
    scan = _pdf(chance)
    if kind == 0:
        message.add_attachment(scan, maintype="application", subtype="pdf", filename="n.pdf")
    elif kind == 1:
        scan = _picture(chance, 700, 900)
        message.add_attachment(scan, maintype="image", subtype="jpeg", filename="s.jpg")
    elif kind == 2:
        packed, scan = _zip(chance)
        message.add_attachment(packed, maintype="application", subtype="zip", filename="z.zip")
    elif kind == 3:
        inner = EmailMessage()
        inner["From"] = "c@example.org"
        inner.set_content("hi")
        inner.add_attachment(scan, maintype="application", subtype="pdf", filename="i.pdf")
        message.add_attachment(inner)
    else:
        logo = _picture(chance, 100, 40)
        message.add_attachment(logo, "image", "jpeg", cid="<l>", disposition="inline")
        return []
    return [scan]


@pytest.mark.parametrize("seed", range(120))
def test_an_ordinary_message_has_its_files_and_nothing_to_say(seed: int) -> None:
    chance = random.Random(seed)
    message = EmailMessage(policy=chance.choice([policy.SMTP, policy.default]))
    message["From"] = "registry@example.org"
    message["Subject"] = f"Nóta {seed}"
    message.set_content(chance.choice(TEXTS), cte=chance.choice(["quoted-printable", "base64"]))
    if chance.random() < 0.6:
        logo = base64.b64encode(_picture(chance, 120, 50)).decode()
        page = "y" * chance.randrange(80) + f'<img src="data:image/jpeg;base64,{logo}">'
        coding = chance.choice(["quoted-printable", "base64"])
        message.add_alternative(f"<html><body>{page}</body></html>", subtype="html", cte=coding)
    wanted = [scan for _ in range(chance.randrange(4)) for scan in _attach(chance, message)]
    parsed = parse_message(message.as_bytes())
    kept = [found for found in parsed.attachments if found.dropped is None]
    assert [found.data for found in kept] == wanted
    assert {(found.problem, found.marks) for found in kept} <= {(None, ())}
    assert (parsed.problem, parsed.skip_reason) == (None, None)
