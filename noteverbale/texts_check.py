"""Tries the texts for people before they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from noteverbale import digest, drafting
from noteverbale.config_reader import ConfigError
from noteverbale.templates import TemplateUnusable

if TYPE_CHECKING:
    from noteverbale.config import Config


def check(config: Config) -> None:
    """Tries every text that the configuration asks for, so that a slip shows at the start.

    Raises:
        ConfigError: one cannot be used.
    """
    try:
        if config.digest.host:
            digest.try_template(config)
        if config.drafts.enabled:
            drafting.try_templates(config)
    except TemplateUnusable as error:
        raise ConfigError(f"templates: {error}") from None
