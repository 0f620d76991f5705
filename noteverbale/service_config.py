"""``[service]``, ``[cluster]``, ``[digest]``, ``[drafts]``, ``[review]`` and ``[templates]``."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from noteverbale.config_reader import ConfigError

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class ServiceConfig:
    """``[service]``: how ``noteverbale run`` behaves.

    ``stall_s`` are seconds without any progress after which a poll is ended, ``stop_s`` those
    that a poll may take to finish the page in hand. ``metrics_file`` is written after each poll
    in Prometheus' text format. ``log`` is ``text`` or ``json``, one object a line.
    """

    stall_s: float = 1200.0
    stop_s: float = 75.0
    metrics_file: Path | None = None
    log: Literal["text", "json"] = "text"


@dataclass(frozen=True, slots=True)
class DigestConfig:
    """``[digest]``: the summary by e-mail. Without ``host`` there is none.

    ``when`` is after a ``poll`` that brought something new, or ``daily`` after ``hour`` o'clock
    local time. ``timeout_s`` is seconds for every answer of the server.
    """

    host: str | None = None
    port: int = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    ca_file: Path | None = None
    user: str | None = None
    password_file: Path | None = None
    password_env: str | None = None
    from_: str | None = None
    to: tuple[str, ...] = ()
    when: Literal["poll", "daily"] = "daily"
    hour: int = 7
    timeout_s: float = 30.0


@dataclass(frozen=True, slots=True)
class DraftsConfig:
    """``[drafts]``: replies put into the mailbox's folder of drafts, never sent.

    ``folder`` is the one the server marks as its drafts (RFC 6154) when left out; ``from_`` the
    sender, by default ``mailbox.user``.

    ``confirm`` is whether missions are asked to confirm their lists: ``off``, when a person asks
    for it (``asked``), or as soon as a review is finished, too (``finished``). ``confirm_after``
    tells what that is: every row decided (``rows``), and nothing of the notes themselves unsettled
    either (``notes``). ``confirm_days`` are days until an answer is asked for.
    """

    enabled: bool = False
    folder: str | None = None
    from_: str | None = None
    confirm: Literal["off", "asked", "finished"] = "off"
    confirm_after: Literal["rows", "notes"] = "notes"
    confirm_days: int = 7


@dataclass(frozen=True, slots=True)
class ReviewConfig:
    """``[review]``: the review page.

    ``download_originals`` lets reviewers save files as they were sent, after a warning. Otherwise
    nothing of what a stranger sent leaves the program but pixels.
    """

    download_originals: bool = False


@dataclass(frozen=True, slots=True)
class TemplatesConfig:
    """``[templates]``: ``folder`` holds texts that replace those of the program, by file name."""

    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class ClusterConfig:
    """``[cluster]``: a Dask scheduler whose workers read the pages. Without ``address`` ours do.

    ``ca_file``, ``cert_file`` and ``key_file`` (PEM) are for an address that begins with
    ``tls://``. ``originals`` is where the workers see the folder of kept originals, if they do.
    ``timeout_s`` is seconds for every answer of the scheduler.
    """

    address: str | None = None
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None
    originals: Path | None = None
    timeout_s: float = 30.0


def check_cluster(cluster: ClusterConfig) -> None:
    """What a single key cannot tell.

    Raises:
        ConfigError: the cluster could never be reached.
    """
    if cluster.address is None:
        return
    scheme, parted, _ = cluster.address.partition("://")
    if not parted or scheme not in ("tcp", "tls"):
        raise ConfigError(
            f"cluster.address = {cluster.address!r} must begin with tcp:// or tls://:"
            " 'tcp://scheduler:8786'"
        )
    files = (cluster.ca_file, cluster.cert_file, cluster.key_file)
    if (scheme == "tls") != all(files) or (scheme == "tcp" and any(files)):
        raise ConfigError(
            "cluster.ca_file, cert_file and key_file belong to an address with tls://, all three"
        )
    if importlib.util.find_spec("distributed") is None:
        raise ConfigError(
            "cluster.address is set, but Dask is not installed: pip install 'noteverbale[cluster]'"
        )


def check_drafts(drafts: DraftsConfig) -> None:
    """What a single key cannot tell.

    Raises:
        ConfigError: no draft could ever be laid, or nobody could answer in time.
    """
    if drafts.confirm != "off" and not drafts.enabled:
        raise ConfigError("drafts.confirm is set, but drafts.enabled is not")
    if not 1 <= drafts.confirm_days <= 365:
        raise ConfigError(f"drafts.confirm_days = {drafts.confirm_days} must lie between 1 and 365")


def check_digest(digest: DigestConfig) -> None:
    """What a single key cannot tell.

    Raises:
        ConfigError: the digest could never be sent.
    """
    if digest.host is None:
        return
    if digest.from_ is None or not digest.to:
        missing = "digest.to" if digest.from_ else "digest.from"
        raise ConfigError(f"digest.host is set, but {missing} is not")
    if digest.tls == "none" and digest.host not in _LOOPBACK:
        raise ConfigError("digest.tls = 'none' is accepted for loopback addresses only")
    if digest.password_file and digest.password_env:
        raise ConfigError("digest.password_file and digest.password_env: set only one of them")
    if not 1 <= digest.port <= 65535:
        raise ConfigError(f"digest.port = {digest.port} is not a port number")
    if digest.hour > 23:
        raise ConfigError(f"digest.hour = {digest.hour} must be an hour from 1 to 23")
