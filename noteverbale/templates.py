"""Texts for people, as Jinja templates that anybody may edit.

A file of the same name in ``templates.folder`` replaces the program's. The first line is the
subject. Values come from strangers' mail, templates from the house: values are never evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import NoteVerbaleError

if TYPE_CHECKING:
    from jinja2 import Environment

    from noteverbale.config import Config

SUBJECT = "Subject:"
LONGEST_SUBJECT = 200
"""Characters of a subject; a line of a header has at most 998 bytes (RFC 5322)."""


class TemplateUnusable(NoteVerbaleError):  # noqa: N818 - says what is so
    """A text cannot be made from a template."""

    reason = "template"


@dataclass(frozen=True, slots=True)
class Text:
    """A subject on one line, and a body."""

    subject: str
    body: str


def render(config: Config, name: str, values: dict[str, object]) -> Text:
    """The text of template ``name``.

    Raises:
        TemplateUnusable: it is missing, no template, or asks for what is not there.
    """
    from jinja2 import TemplateError

    try:
        made = _environment(config).get_template(name).render(values)
    except (TemplateError, TypeError, ValueError, OSError) as error:
        line = getattr(error, "lineno", None)
        where = f"{name}, line {line}" if line else name
        raise TemplateUnusable(f"{where}: {type(error).__name__}: {error}") from None
    first, _, body = made.lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise TemplateUnusable(f"{name}: the first line must be '{SUBJECT} …'")
    subject = " ".join(first.removeprefix(SUBJECT).split())[:LONGEST_SUBJECT]
    return Text(subject, body.strip() + "\n")


def exists(config: Config, name: str) -> bool:
    """Whether there is a template of that name."""
    from jinja2 import TemplateNotFound

    try:
        _environment(config).get_template(name)
    except TemplateNotFound:
        return False
    return True


def _environment(config: Config) -> Environment:
    from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    loaders: list[FileSystemLoader | PackageLoader] = []
    if config.templates.folder is not None:
        loaders.append(FileSystemLoader(config.templates.folder))
    loaders.append(PackageLoader("noteverbale", "texts"))
    return SandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        keep_trailing_newline=True,
    )
