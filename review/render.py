"""Templates. Everything is escaped unless a template is included; there is no ``safe`` filter."""

from __future__ import annotations

import json
from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from review import labels


def environment(in_words: Callable[[str | None], str]) -> Environment:
    """The templates, with the words and filters that they use."""
    found = Environment(
        loader=PackageLoader("review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["words"] = in_words
    found.filters["compact"] = lambda data: json.dumps(data, separators=(",", ":"))
    found.filters["percent"] = lambda share: f"{share * 100:.0f} %"
    found.filters["moment"] = moment
    found.globals["w"] = labels
    return found


def moment(text: object) -> str:
    """``2019-04-03T09:15:00.123Z`` as ``2019-04-03 09:15``; the page says that it is UTC."""
    return str(text or "")[:16].replace("T", " ")


def html(env: Environment, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page."""
    return HTMLResponse(env.get_template(template).render(values), status)
