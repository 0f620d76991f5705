"""Fifty words that stand nowhere else, and the mail and scans they stand in.

Words of Latin letters that tesseract reads well: what is looked for must be what was read.
"""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

ON_SCANS = (
    *("Bravondel", "Kestumilo", "Domarvite", "Selquando", "Fumarolex", "Tendrivol"),
    *("Marquibel", "Lorvantis", "Pendulari", "Gastromel", "Virundola", "Hornablet"),
    *("Castembro", "Dolfineck", "Ramuliste", "Nordevane"),
)
"""Names, posts, offices and addresses of the delegates."""

IN_MAIL = (
    *("Yurbandic", "Plimsotte", "Wexforgan", "Quintello", "Zambrolin", "Osterquill"),
    *("Jubilante", "Trevonick", "Uxmaridel", "Iskandrop", "Eftimolen", "Abruzzone"),
    *("Crimbolet", "Hexavinto", "Nimborack", "Spelduran"),
)
"""Senders, recipients, subjects, bodies, and headers nobody reads."""

IN_FILES = ("Gorblivend", "Mastiquor", "Flandrisk", "Ovuntario", "Brindlecot", "Klavermoon")
"""Titles, authors and comments inside the files."""

FILE_NAMES = ("Wurtzelbach", "Dromenstad", "Pilfermann", "Snorkelby", "Umbratico")
"""On standard error each file is named that could not be read, and nothing else of it."""

SECRETS = ("Tarkuvimo7x", "Belzonark8y", "Hupfendor9z", "Mirqualen5w", "Voxtrepid6v")
"""Passwords of the mailbox and of the digest, the token server's secret, a reviewer's password."""

TYPED = ("Ploverine", "Squandril")
"""What somebody types into the address line and a form of the review page."""

ALL = (*ON_SCANS, *IN_MAIL, *IN_FILES, *FILE_NAMES, *SECRETS, *TYPED)


def page(*delegates: tuple[str, str, str, str]) -> Image.Image:
    """A note verbale; a delegate is two names, a post and an office."""
    lines = [
        "NOTE VERBALE",
        "The Permanent Mission of Norway to the United Nations (Vienna)",
        "presents its compliments to the United Nations Office on Drugs and",
        "Crime and has the honour to nominate the following experts:",
    ]
    for given, family, post, office in delegates:
        lines += [
            f"Ms. {given} {family}, {post} Adviser, Ministry of {office}",
            f"e-mail: {given.lower()}.{family.lower()}@justice.example.org",
        ]
    lines.append("Vienna, 6 May 2019")
    found = Image.new("L", (1500, 200 + 90 * len(lines)), 250)
    pen, face = ImageDraw.Draw(found), ImageFont.truetype("DejaVuSerif.ttf", 34)
    for number, line in enumerate(lines):
        pen.text((80, 80 + 90 * number), line, font=face, fill=25)
    return found


def png(image: Image.Image, comment: str = "") -> bytes:
    """The page as a file."""
    made, more = io.BytesIO(), PngInfo()
    if comment:
        more.add_text("Comment", comment)
        more.add_itxt("Author", comment, zip=True)
    image.save(made, "PNG", dpi=(200, 200), pnginfo=more)
    return made.getvalue()


def pdf(image: Image.Image, title: str, author: str, password: str = "") -> bytes:
    """The page as a PDF that names title and author, with a password if there is one."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(img2pdf.convert(png(image)))) as file:
        file.docinfo["/Title"], file.docinfo["/Author"] = title, author
        locked = pikepdf.Encryption(user=password, owner=password) if password else False
        file.save(made, encryption=locked)
    return made.getvalue()


def message(words: tuple[str, ...], *files: tuple[str, bytes]) -> EmailMessage:
    """A message with eight words in its headers and body."""
    made = EmailMessage()
    made["From"] = f'"{words[0]} {words[1]}" <{words[1].lower()}@mission.example.org>'
    made["To"] = f"{words[2]} <{words[2].lower()}@example.org>"
    made["Reply-To"] = f"{words[3].lower()}@example.org"
    made["Subject"] = f"Note verbale of {words[4]}"
    made["Message-ID"] = f"<{words[5].lower()}@mail.example.org>"
    made["X-Mailer"] = f"{words[6]} 1.0"
    made["Date"] = "Mon, 6 May 2019 09:00:00 +0000"
    made.set_content(f"Dear colleagues,\n\nplease find attached. {words[7]}\n")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def _zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


def persons(words: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    """Four words a person."""
    return [(w[0], w[1], w[2], w[3]) for w in (words[n : n + 4] for n in range(0, len(words), 4))]


def replies(folder: Path) -> None:
    """Files in a folder: one to be read, the others each bad in a way of its own."""
    folder.mkdir()
    scan = page(*persons(ON_SCANS[:8]))
    good = pdf(scan, IN_FILES[0], IN_FILES[1])
    names = [f"{name}.pdf" for name in FILE_NAMES[:3]]
    (folder / names[0]).write_bytes(good)
    (folder / names[1]).write_bytes(pdf(scan, IN_FILES[2], IN_FILES[3], password="open"))
    (folder / names[2]).write_bytes(good[:3000])  # cut short
    (folder / f"{FILE_NAMES[3]}.doc").write_bytes(b"\xd0\xcf\x11\xe0" + IN_FILES[4].encode() * 90)
    (folder / "broken.eml").write_bytes(
        b"Subject: " + IN_MAIL[0].encode() + b"(" * 30_000 + b"\n" + b"To: <,;:" * 9000 + b"\n\nx"
    )


def mail() -> tuple[bytes, bytes]:
    """Two messages: one with a scan in an archive, one with a file that arrived damaged."""
    scan = png(page(*persons(ON_SCANS[8:])), IN_FILES[5])
    good = message(IN_MAIL[:8], ("notes.zip", _zipped(f"{FILE_NAMES[4]}.png", scan)))
    damaged = message(IN_MAIL[8:], (f"{FILE_NAMES[4]}.pdf", b"%PDF-1.4\n" + b"x" * 5000))
    return good.as_bytes(), damaged.as_bytes().replace(b"eHh4", b"e=!!", 40)
