"""Who may log in: a file of names and scrypt hashes, and a brake on guessing.

One user a line, ``name:scrypt:log2(N):r:p:salt:hash``, both in hex. RFC 7914; the parameters
are those OWASP advises (N = 2^17, r = 8, p = 1: 128 MiB and a third of a second a try).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import StoreError

LOG_N, R, P = 17, 8, 1  # RFC 7914, as OWASP advises; see above
SALT_BYTES = 16  # 128 bits, RFC 8018 section 4.1 asks for 64
SHORTEST_PASSWORD = 10  # characters, with the brake below

FREE_TRIES = 5
"""Wrong passwords, by name and by address, before one has to wait."""

LONGEST_WAIT_S = 900.0
"""Seconds: some hundred tries a day, and nobody is locked out for longer by a stranger."""

_KEPT_S = 3600.0
"""Seconds after which a wrong try is forgotten; more than ``LONGEST_WAIT_S``."""

_NAME = re.compile(r"[\w.@-]{1,64}")


class UsersError(StoreError):
    """The users' file cannot be used, or a name or password is not acceptable."""

    reason = "usage"


def _hash(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    memory = 128 * r * ((1 << log_n) + p + 2)
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=1 << log_n,
        r=r,
        p=p,
        maxmem=memory,
        dklen=32,
    )


class Users:
    """The file of users; it is read again whenever it is asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._one_at_a_time = threading.Lock()  # each try takes 128 MiB

    def names(self) -> tuple[str, ...]:
        """Everybody who may log in."""
        return tuple(self._read())

    def add(self, name: str, password: str) -> None:
        """Add a user or set a new password; the file is readable for its owner only.

        Raises:
            UsersError: the name or the password will not do, or the file cannot be written.
        """
        if not _NAME.fullmatch(name):
            raise UsersError("A user's name has letters, digits, and . _ @ - only.")
        if len(password) < SHORTEST_PASSWORD:
            raise UsersError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
        salt = secrets.token_bytes(SALT_BYTES)
        found = self._read()
        digest = _hash(password, salt, LOG_N, R, P).hex()
        found[name] = f"scrypt:{LOG_N}:{R}:{P}:{salt.hex()}:{digest}"
        text = "".join(f"{user}:{line}\n" for user, line in sorted(found.items()))
        temporary = self.path.with_name(self.path.name + ".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.unlink(missing_ok=True)
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except OSError as error:
            raise UsersError(f"{self.path}: cannot be written ({error.strerror})") from None

    def check(self, name: str, password: str) -> bool:
        """Whether the password is right; a name that is not there takes as long to refuse."""
        line = self._read().get(name)
        kind, log_n, r, p, salt, digest = (
            line or f"scrypt:{LOG_N}:{R}:{P}:{'00' * SALT_BYTES}:{'00' * 32}"
        ).split(":")
        with self._one_at_a_time:
            found = _hash(password, bytes.fromhex(salt), int(log_n), int(r), int(p))
        right = hmac.compare_digest(found, bytes.fromhex(digest))
        return right and line is not None and kind == "scrypt"

    def _read(self) -> dict[str, str]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError):
            raise UsersError(f"{self.path}: cannot be read") from None
        found = {}
        for line in text.splitlines():
            name, _, rest = line.partition(":")
            if not rest or rest.count(":") != 5:
                raise UsersError(f"{self.path}: a line is not name and hash")
            found[name] = rest
        return found


@dataclass(slots=True)
class Brake:
    """Slows down guessing: after some wrong tries each further one has to wait twice as long."""

    tries: dict[str, tuple[int, float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_s(self, *keys: str) -> float:
        """Seconds until the next try is allowed, 0 if it is allowed now."""
        now = time.monotonic()
        with self.lock:
            return max(0.0, *(self._until(key) - now for key in keys))

    def wrong(self, *keys: str) -> None:
        """A wrong password was given."""
        now = time.monotonic()
        with self.lock:
            for key in [k for k, (_, at) in self.tries.items() if now - at > _KEPT_S]:
                del self.tries[key]
            for key in keys:
                count, _ = self.tries.get(key, (0, 0.0))
                self.tries[key] = (count + 1, now)

    def right(self, *keys: str) -> None:
        """The right password was given."""
        with self.lock:
            for key in keys:
                self.tries.pop(key, None)

    def _until(self, key: str) -> float:
        count, at = self.tries.get(key, (0, 0.0))
        over = count - FREE_TRIES
        return at + min(LONGEST_WAIT_S, 2.0 ** min(over + 1, 20)) if over >= 0 else 0.0
