"""The configuration file: TOML, one frozen dataclass a table.

A key that is not a field here is an error that names the nearest known key. Secrets are never
written in the file, see ``noteverbale.credentials``. Relative paths count from the folder the
program was started in.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ingest.errors import NoteVerbaleError
from ingest.filters import Filters
from noteverbale.config_reader import ConfigError, check_ranges, read_tables
from noteverbale.service_config import (
    ClusterConfig,
    DigestConfig,
    DraftsConfig,
    ReviewConfig,
    ServiceConfig,
    TemplatesConfig,
    check_cluster,
    check_digest,
    check_drafts,
)
from noteverbale.source_config import (
    MailboxConfig,
    ScannerConfig,
    check_filters,
    check_mailbox,
    check_scanner,
)

if TYPE_CHECKING:
    from store.learn.audits import AuditPlan
    from store.learn.switches import Switch
    from store.rules.latin.proposal import LatinStyle

CONFIG_VARIABLE = "NOTEVERBALE_CONFIG"
DATABASE_NAME = "noteverbale.db"

_EVERY = re.compile(r"(\d{1,6})\s*(s|m|h|d)")
_EVERY_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class DataConfig:
    """``[data]``: where the database, the originals and the caches lie."""

    folder: Path = Path("data")


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """``[schedule]``: when ``noteverbale run`` polls.

    ``every`` is a number and a unit (``90s``, ``10m``, ``1h``, ``1d``), ``cron`` five crontab
    fields in local time. At most one of them is set; with neither it is every 10 minutes.
    """

    every: str | None = None
    cron: str | None = None

    @property
    def interval(self) -> timedelta:
        """Time between two polls when ``cron`` is not set."""
        return parse_every(self.every or "10m")


@dataclass(frozen=True, slots=True)
class OcrConfig:
    """``[ocr]``: how pages are read.

    ``jobs`` is the number of worker processes, None for one a core. ``engine`` is what reads
    pages: tesseract's program, or its library through the extra ``tesserocr``; ``auto`` takes the
    library where it is installed.
    ``second_reader`` lets a second engine read doubtful places again where it is installed,
    ``third_reader`` reads names with the models of the sender's languages that are installed.
    """

    jobs: int | None = None
    engine: Literal["auto", "tesseract", "tesserocr"] = "auto"
    second_reader: bool = True
    third_reader: bool = True

    @property
    def workers(self) -> int:
        """Number of worker processes, at least 1."""
        return self.jobs or len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class NamesConfig:
    """``[names]``: how names in other scripts are proposed in Latin letters.

    ``cyrillic`` is the standard for Russian: ``bgn`` (BGN/PCGN without marks: Sergey Yurev) or
    ``passport`` (ICAO Doc 9303, as Russian passports: Sergei Iurev). ``chinese_family`` is where
    the family name stands in pinyin.
    """

    cyrillic: Literal["bgn", "passport"] = "bgn"
    chinese_family: Literal["first", "last"] = "first"

    @property
    def style(self) -> LatinStyle:
        """The two as the store takes them."""
        from store.rules.latin.proposal import LatinStyle

        return LatinStyle(self.cyrillic, self.chinese_family == "last")


@dataclass(frozen=True, slots=True)
class LearningConfig:
    """``[learning]``: what people decided bears on what is read later.

    ``known_persons``: who was approved before is a witness of who is read again. ``words``: so are
    posts, bodies and addresses of a State that several notes confirmed. ``calibration``: what
    ``noteverbale calibrate --write`` wrote holds. ``audit_share`` (0 to 1) of a meeting's rows that
    nobody had to look at is audited, at least ``audit_least`` rows; 0: none.
    """

    known_persons: bool = True
    words: bool = True
    calibration: bool = True
    audit_share: float = 0.05
    audit_least: int = 20

    @property
    def switches(self) -> dict[Switch, bool]:
        """What the store is told."""
        return {
            "known_persons": self.known_persons,
            "words": self.words,
            "calibration": self.calibration,
        }

    @property
    def plan(self) -> AuditPlan:
        """Of the audit."""
        from store.learn.audits import AuditPlan

        return AuditPlan(self.audit_share, self.audit_least)


@dataclass(frozen=True, slots=True)
class RetentionConfig:
    """``[retention]``: how long personal data is kept.

    ``days`` after receipt, or after the meeting where that is later, ``fetch`` and ``run``
    forget a reply and everything about it; None keeps it until somebody removes it.
    """

    days: int | None = None


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """``[limits]``: nothing a stranger sends may take longer or more than this.

    ``_s`` are seconds, ``_mb`` mebibytes, ``_pixels`` pixels of a page image; the others are
    counts. Pages and documents are limited in processor time, so that what is read does not
    depend on how busy the machine is. ``memory_mb`` is the address space of one child process
    (poppler, tesseract).
    """

    page_timeout_s: float = 20.0
    document_timeout_s: float = 60.0
    memory_mb: int = 1024
    max_pages: int = 60
    max_pixels: int = 400_000_000
    max_file_mb: int = 50
    max_message_mb: int = 100
    message_timeout_s: float = 30.0


LEARNING_RANGES: dict[str, tuple[float, float]] = {"audit_share": (0, 1), "audit_least": (0, 10**6)}
"""What a share and a number of rows can be."""

LIMIT_RANGES: dict[str, tuple[float, float]] = {
    "page_timeout_s": (1, 600),
    "document_timeout_s": (10, 3600),
    "memory_mb": (256, 16_384),
    "max_pages": (1, 1000),
    "max_pixels": (1_000_000, 2_000_000_000),
    "max_file_mb": (1, 1000),
    "max_message_mb": (1, 1000),
    "message_timeout_s": (1, 600),
}
"""Outside these a good page could not be read, or nothing would be limited: tesseract reads all
six languages in 256 MiB, an ordinary page needs 1 to 3 s."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; every table has defaults, so no file is needed."""

    data: DataConfig = field(default_factory=DataConfig)
    mailbox: MailboxConfig = field(default_factory=MailboxConfig)
    filters: Filters = field(default_factory=Filters)
    scanner: ScannerConfig = field(default_factory=ScannerConfig)
    schedule: ScheduleConfig = field(default_factory=ScheduleConfig)
    ocr: OcrConfig = field(default_factory=OcrConfig)
    names: NamesConfig = field(default_factory=NamesConfig)
    learning: LearningConfig = field(default_factory=LearningConfig)
    retention: RetentionConfig = field(default_factory=RetentionConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    cluster: ClusterConfig = field(default_factory=ClusterConfig)
    service: ServiceConfig = field(default_factory=ServiceConfig)
    digest: DigestConfig = field(default_factory=DigestConfig)
    drafts: DraftsConfig = field(default_factory=DraftsConfig)
    review: ReviewConfig = field(default_factory=ReviewConfig)
    templates: TemplatesConfig = field(default_factory=TemplatesConfig)

    @property
    def database(self) -> Path:
        """The database used when ``--db`` is not given."""
        return self.data.folder / DATABASE_NAME


def parse_every(text: str) -> timedelta:
    """``"10m"`` as a duration.

    Raises:
        ConfigError: it is not a number and a unit, or it is shorter than 10 seconds.
    """
    match = _EVERY.fullmatch(text.strip())
    if not match:
        raise ConfigError(f"schedule.every = {text!r} must be a number and s, m, h or d: '10m'")
    duration = timedelta(**{_EVERY_UNITS[match[2]]: int(match[1])})
    if duration < timedelta(seconds=10):
        raise ConfigError(f"schedule.every = {text!r} is shorter than 10 seconds")
    return duration


def config_file(path: Path | None = None) -> Path | None:
    """The file that is used: ``path``, else what ``NOTEVERBALE_CONFIG`` names, else none."""
    named = os.environ.get(CONFIG_VARIABLE)
    return path or (Path(named) if named else None)


def load_config(path: Path | None = None) -> Config:
    """The configuration from ``path``, else from ``NOTEVERBALE_CONFIG``, else the defaults.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or has a wrong key or value.
    """
    path = config_file(path)
    if path is None:
        return Config()
    try:
        return parse_config(_text_of(path))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None


def parse_config(text: str) -> Config:
    """The configuration in ``text``.

    Raises:
        ConfigError: it is no TOML, or has a wrong key or value.
    """
    try:
        document: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}") from None
    config = read_tables(Config, document)
    _check(config)
    return config


def _text_of(path: Path) -> str:
    """The file's text; reading from a pipe or a device might never end, so they are refused."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, encoding="utf-8") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ConfigError("is no file")
        return file.read()


def require_engine(config: Config) -> None:
    """Asked by commands that read pages, before they take anything in.

    Raises:
        ConfigError: the page reader that was chosen is not installed.
    """
    from ocr.engines.selection import is_installed

    engine = config.ocr.engine
    if not is_installed(engine):
        raise ConfigError(
            f"ocr.engine = {engine!r}, but it is not installed: pip install 'noteverbale[{engine}]'"
        )


def _check(config: Config) -> None:
    """What a single key cannot tell."""
    check_mailbox(config.mailbox)
    check_filters(config.filters)
    check_scanner(config.scanner)
    check_digest(config.digest)
    check_drafts(config.drafts)
    check_cluster(config.cluster)
    check_ranges("limits", config.limits, LIMIT_RANGES)
    check_ranges("ocr", config.ocr, {"jobs": (1, 256)})
    check_ranges("learning", config.learning, LEARNING_RANGES)
    schedule = config.schedule
    if schedule.every and schedule.cron:
        raise ConfigError("schedule.every and schedule.cron: set only one of them")
    if schedule.every:
        parse_every(schedule.every)


__all__ = [
    "Config",
    "ConfigError",
    "MailboxConfig",
    "NoteVerbaleError",
    "load_config",
    "parse_config",
    "parse_every",
    "require_engine",
]
