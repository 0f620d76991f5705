"""Messages that carry the scans, byte for byte the same in every run."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tomllib
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from samples.wording import DATA

_TYPES = {
    ".pdf": ("application", "pdf"),
    ".tif": ("image", "tiff"),
    ".jpg": ("image", "jpeg"),
    ".png": ("image", "png"),
}
DEADLINE_ENDS = datetime.fromisoformat("2019-05-11T00:00:00+02:00")
SECRETARIAT = "Secretariat <uncac-replies@example.org>"


def _address(sender: str) -> str:
    """What stands in the angle brackets; a display name may hold a bare comma."""
    return sender.rpartition("<")[2].rstrip("> ")


def logo() -> bytes:
    """A small picture such as stands in a mail signature."""
    image = Image.new("RGB", (180, 60), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse([6, 6, 54, 54], outline=(20, 60, 140), width=4)
    draw.rectangle([66, 18, 172, 24], fill=(20, 60, 140))
    draw.rectangle([66, 34, 150, 40], fill=(160, 160, 160))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _named(stem: str, folder: Path) -> Path:
    return next(p for p in sorted((folder / "replies").iterdir()) if p.stem == stem)


def _headers(
    message: EmailMessage, sender: str, subject: str, received: datetime, slug: str
) -> None:
    host = _address(sender).rpartition("@")[2]
    for hop, delay in (("mail.example.org", 0), (f"mx.{host}", 21)):
        when = format_datetime(received - timedelta(seconds=delay))
        message["Received"] = f"from mx.{host} by {hop} with ESMTPS id {slug}; {when}"
    message["Message-ID"] = f"<{slug}.{received:%Y%m%d%H%M}@{host}>"
    message["Date"] = format_datetime(received - timedelta(seconds=40))
    message["From"] = sender
    message["To"] = SECRETARIAT
    message["Subject"] = subject


def _attach(message: EmailMessage, entry: dict[str, Any], folder: Path) -> None:
    for part in entry["parts"]:
        path = _named(part["reply"], folder)
        maintype, subtype = _TYPES[path.suffix]
        if entry["shape"] == "encoded_word":
            maintype, subtype = "application", "octet-stream"
        message.add_attachment(
            path.read_bytes(), maintype=maintype, subtype=subtype, filename=part["filename"]
        )


def _boundaries(message: EmailMessage, slug: str) -> None:
    """The library draws boundaries at random; fixed ones keep the files the same."""
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_{slug}_{number}")


def _scan_message(entry: dict[str, Any], folder: Path) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    received = datetime.fromisoformat(entry["received"])
    _headers(message, entry["sender"], entry["subject"], received, entry["slug"])
    if entry["shape"] == "auto":
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(entry["text"] + "\n")
    if entry["shape"] == "logo":
        body = "<br>".join(escape(x) for x in entry["text"].split("\n"))
        html = f'<html><body><p>{body}</p><img src="cid:logo-{entry["slug"]}" alt=""></body></html>'
        message.add_alternative(html + "\n", subtype="html")
        alternative = list(message.iter_parts())[-1]
        if isinstance(alternative, EmailMessage):
            cid = f"<logo-{entry['slug']}>"
            alternative.add_related(
                logo(), "image", "png", cid=cid, filename="image001.png", disposition="inline"
            )
    _attach(message, entry, folder)
    return message


def _forward(entry: dict[str, Any], folder: Path) -> EmailMessage:
    inner_entry = {
        **entry,
        "sender": entry["inner_sender"],
        "subject": entry["inner_subject"],
        "received": entry["inner_received"],
        "slug": f"{entry['slug']}-inner",
    }
    inner = _scan_message(inner_entry, folder)
    _boundaries(inner, inner_entry["slug"])
    outer = _scan_message({**entry, "parts": []}, folder)
    outer.add_attachment(inner)
    return outer


def _encoded_word(data: bytes, filename: str) -> bytes:
    """Replaces the RFC 2231 parameter by the RFC 2047 word that many senders write instead."""
    word = "=?utf-8?B?" + base64.b64encode(filename.encode()).decode() + "?="
    lines = data.split(b"\r\n")
    kept: list[bytes] = []
    for line in lines:
        if line.startswith(b"Content-Disposition: attachment;"):
            kept.append(f'Content-Disposition: attachment; filename="{word}"'.encode())
        elif not line.startswith(b" filename*"):
            kept.append(line)
    return b"\r\n".join(kept)


def compose(entry: dict[str, Any], folder: Path) -> bytes:
    """The bytes of one message; ``folder`` holds ``replies/``."""
    build = _forward if entry["shape"] == "forward" else _scan_message
    message = build(entry, folder)
    _boundaries(message, entry["slug"])
    data = message.as_bytes()
    if entry["shape"] == "encoded_word":
        data = _encoded_word(data, entry["parts"][0]["filename"])
    return data


def _attachments(
    entry: dict[str, Any], folder: Path, seen: set[str], late: bool
) -> list[dict[str, Any]]:
    out = []
    for part in entry["parts"]:
        path = _named(part["reply"], folder)
        truth = json.loads((folder / "truth" / f"{path.stem}.json").read_text(encoding="utf-8"))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        out.append(
            {
                "filename": part["filename"],
                "file": f"replies/{path.name}",
                "sha256": digest,
                "outcome": "duplicate" if digest in seen else truth["outcome"],
                "reason": truth["reason"],
                "late": int(late) if truth["meeting"] else None,
            }
        )
        seen.add(digest)
    return out


def make_mail(folder: Path) -> list[str]:
    """All messages of ``data/mail.toml`` into ``mail/``, their truth into ``truth/``."""
    entries = tomllib.loads((DATA / "mail.toml").read_text(encoding="utf-8"))["mail"]
    (folder / "mail").mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        name = f"mail-{number:02}-{entry['slug']}"
        data = compose(entry, folder)
        (folder / "mail" / f"{name}.eml").write_bytes(data)
        received = datetime.fromisoformat(entry["received"])
        late = received >= DEADLINE_ENDS
        host = _address(entry["sender"]).rpartition("@")[2]
        truth = {
            "file": f"mail/{name}.eml",
            "message_id": f"<{entry['slug']}.{received:%Y%m%d%H%M}@{host}>",
            "from_address": _address(entry["sender"]),
            "subject": entry["subject"],
            "received_at": entry["received"],
            "outcome": "skipped" if entry["shape"] == "auto" else "processed",
            "reason": "auto_reply" if entry["shape"] == "auto" else None,
            "attachments": _attachments(entry, folder, seen, late),
            "dropped": ["image001.png"] if entry["shape"] == "logo" else [],
            "purpose": entry["purpose"],
        }
        text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
        (folder / "truth" / f"{name}.json").write_text(text, encoding="utf-8")
        names.append(f"{name}.eml")
    return names
