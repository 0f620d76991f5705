"""Scans of a few lines, which take a second to read."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

LINES = (
    "NOTE VERBALE",
    "The Permanent Mission of Norway presents its compliments to the",
    "Secretariat and has the honour to nominate for the meeting:",
    "Ms. {name}, Adviser, Ministry of Justice",
    "e-mail: {mail}@justice.example.org",
    "Vienna, 6 May 2019",
)


def scan(name: str, mail: str) -> bytes:
    """A note verbale that nominates one person, as a picture."""
    page = Image.new("L", (1000, 420), 250)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype("DejaVuSerif.ttf", 24)
    for number, line in enumerate(LINES):
        pen.text((60, 30 + 60 * number), line.format(name=name, mail=mail), font=face, fill=25)
    made = io.BytesIO()
    page.save(made, "PNG", dpi=(150, 150))
    return made.getvalue()
