"""review: the page on which a person looks at the scan beside its record."""

from __future__ import annotations

import contextlib
import getpass
import importlib.util
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noteverbale.commands import options
from noteverbale.exit_codes import ExitCode
from noteverbale.reason_words import in_words

if TYPE_CHECKING:
    from noteverbale.config import Config
    from review.users import Users

PORT = 8019  # the default of --port; any free one does
USERS_FILE = "review-users"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - refused unless a name is given
PACKAGES = ("starlette", "uvicorn", "jinja2")


@click.command()
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes one that is free.",
)
@click.option(
    "--name", "names", multiple=True, help="Another name it is reached by: review.example.org"
)
@click.option("--who", help="Your name in the record of corrections; without log-in only.")
@click.option("--add-user", help="Add a user or set a new password, and end.")
@click.option("--certificate", type=click.Path(path_type=Path), help="TLS certificate (PEM).")
@click.option("--key", type=click.Path(path_type=Path), help="Its private key (PEM).")
@options.database
def review(
    bind: str,
    port: int,
    names: tuple[str, ...],
    who: str | None,
    add_user: str | None,
    certificate: Path | None,
    key: Path | None,
    db: Path | None,
    config_path: Path | None,
) -> int:
    """Look at each scan beside its record, mend and approve it, in a browser.

    On this machine the address that is printed lets its reader in. Listening on any other
    address needs users, each added with --add-user NAME.
    """
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise click.UsageError("The review page needs: pip install 'noteverbale[review]'")
    if bool(certificate) != bool(key):
        raise click.UsageError("--certificate and --key go together.")
    config, path = options.load(config_path, db)
    from review.users import Users

    users = Users(path.parent / USERS_FILE)
    if add_user is not None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        users.add(add_user, password)
        click.echo(f"{add_user} can log in.", err=True)
        return ExitCode.OK
    if not path.exists():
        raise click.UsageError(f"There is no database {path}; `noteverbale process` makes one.")
    known = users if users.names() else None
    if bind not in LOOPBACK and known is None:
        raise click.UsageError(
            f"Listening on {bind} needs users: noteverbale review --add-user NAME"
        )
    return _serve(_Place(bind, port, names, certificate, key), config, path, known, who)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the page is to be found."""

    bind: str
    port: int
    names: tuple[str, ...]
    certificate: Path | None
    key: Path | None

    def hosts(self, port: int) -> tuple[str, ...]:
        """Host headers that are ours; the first is the one that is printed."""
        own = ["127.0.0.1", "localhost", "[::1]"] if self.bind in LOOPBACK else []
        if self.bind not in LOOPBACK and self.bind not in ANY_ADDRESS:
            own = [f"[{self.bind}]" if ":" in self.bind else self.bind]
        if self.bind == "::1":
            own.reverse()
        named = [*self.names, *own]
        # a proxy in front of it, or the standard port, leaves the port out
        return tuple(f"{name}:{port}" for name in named) + self.names

    @property
    def scheme(self) -> str:
        return "https" if self.certificate else "http"


def _serve(place: _Place, config: Config, path: Path, users: Users | None, who: str | None) -> int:
    from noteverbale.page_images import PageImages, original_of
    from noteverbale.pipeline import ocr_settings
    from noteverbale.typed_dates import days
    from review.app import application
    from review.desk import Desk
    from review.server import listen, serve, server
    from review.sessions import Sessions
    from store.opening import open_store
    from store.review import pace

    if place.bind in ANY_ADDRESS and not place.names:
        raise click.UsageError(
            "Listening on every address needs --name, the name it is reached by."
        )
    with open_store(path) as store:  # checked and brought up to date before anybody looks
        pace.measure(store)
    try:
        listening = listen(place.bind, place.port)
    except OSError as error:
        raise click.UsageError(f"Cannot listen on {place.bind}: {error.strerror}") from None
    port = listening.getsockname()[1]
    hosts = place.hosts(port)
    token = None if users else secrets.token_urlsafe(24)
    desk = Desk(
        database=path,
        page_image=PageImages(path, ocr_settings(config)),
        in_words=in_words,
        sessions=Sessions(token),
        who=who or getpass.getuser(),
        users=users,
        cookie=f"noteverbale-{port}",
        drafts=config.drafts.enabled,
        confirm=None if config.drafts.confirm == "off" else config.drafts.confirm_after,
        days=days,
        original=partial(original_of, path) if config.review.download_originals else None,
        secure=place.certificate is not None,
    )
    door = f"start?token={token}" if token else "login"
    if place.bind not in LOOPBACK and not place.certificate:
        click.echo("Without --certificate, passwords cross the network in the clear.", err=True)
    click.echo(f"{place.scheme}://{hosts[0]}/{door}")
    click.echo("Open this address in a browser; Ctrl+C ends.", err=True)
    with contextlib.suppress(KeyboardInterrupt):
        app = application(desk, frozenset(host.lower() for host in hosts))
        serve(server(app, place.certificate, place.key), listening)
    return ExitCode.OK
