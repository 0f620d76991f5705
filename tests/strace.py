"""What a program and its children did to network and disk, out of the report of strace(1).

``told`` runs a command under strace, ``calls`` takes the report apart, ``leaks`` says which calls
reach beyond this machine or beyond the folders that are allowed. The last two are pure.
"""

from __future__ import annotations

import ipaddress
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CREATING = ("mkdir", "mkdirat", "mknod", "mknodat", "symlink", "symlinkat")
MOVING = ("rename", "renameat", "renameat2", "link", "linkat")
REMOVING = ("unlink", "unlinkat", "rmdir", "truncate")
OPENING = ("open", "openat", "openat2", "creat")
UNSEEN = ("io_uring_setup",)
"""Ways round strace's other calls: what is done there is not seen, so nobody may go there."""

TRACED = ("%network", *OPENING, *CREATING, *MOVING, *REMOVING, *UNSEEN)
LOCAL_FAMILIES = frozenset({"AF_UNIX", "AF_INET", "AF_INET6", "AF_UNSPEC"})
"""AF_INET is judged by its addresses; AF_UNSPEC ends a connection (connect(2))."""

NAME_SERVICE_PORT = 53
"""A name server on loopback passes the question on: it is no loopback traffic."""

_SYSTEM_FILES = re.compile(
    r"/dev/(null|tty|shm/[^/]+)|/proc/(self|\d+)/(oom_score_adj|setgroups|uid_map|gid_map)"
    r"|.+/__pycache__(/[^/]+\.pyc[.\d]*)?"
)
"""Nothing, semaphores, a process's own settings, and Python's byte code beside its source."""

_USER_LOOKUP = "/var/run/nscd/socket"  # nscd(8), who a user id is

_LINE = re.compile(r"(\d+)\s+(\w+)\((.*)\)\s+= (.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-7]{1,3}|.)")
_NAMED = {"n": 10, "t": 9, "r": 13, "v": 11, "f": 12}
_UNFINISHED = " <unfinished ...>"
_RESUMED = re.compile(r"(\d+)\s+<\.\.\. \w+ resumed>")


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: its arguments and its result as strace writes them."""

    process: int
    name: str
    arguments: str
    result: str

    @property
    def done(self) -> bool:
        """False when the kernel refused it."""
        return not self.result.startswith(("-1", "?"))

    @property
    def error(self) -> str:
        """The error's name, such as ``ENOENT``; empty when there was none."""
        return "" if self.done else self.result.partition(" ")[2].partition(" ")[0]


def command(report: Path) -> list[str]:
    """The words before a command that make strace write what it and its children do."""
    program = shutil.which("strace")
    assert program, "apt-get install strace"
    options = ["-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf", "-e", "signal=none"]
    return [program, *options, "-e", f"trace={','.join(TRACED)}", "-o", str(report)]


def calls(report: str) -> Iterator[Call]:
    """The calls of a report, in the order in which they ended; lines of another kind are left out.

    A call that others interrupted stands in two lines and is put together.
    """
    begun: dict[int, str] = {}
    for line in report.splitlines():
        process = line.partition(" ")[0]
        if not process.isdecimal():
            continue
        if line.endswith(_UNFINISHED):
            begun[int(process)] = line.removesuffix(_UNFINISHED)
            continue
        resumed = _RESUMED.match(line)
        whole = line
        if resumed is not None:
            whole = begun.pop(int(resumed[1]), "") + line[resumed.end() :]
        found = _LINE.fullmatch(whole)
        if found is not None:
            yield Call(int(found[1]), found[2], found[3], found[4])


def leaks(report: Iterable[Call], folders: tuple[Path, ...]) -> list[str]:
    """What went beyond loopback, AF_UNIX and the folders, a line each.

    Args:
        report: the calls.
        folders: where files may be written; absolute.
    """
    inside = tuple(f"{folder}/" for folder in folders)
    return [
        f"{call.process} {call.name}({call.arguments}) = {call.result}"
        for call in report
        if _is_network_leak(call, inside) or _is_disk_leak(call, inside) or call.name in UNSEEN
    ]


def _is_network_leak(call: Call, inside: tuple[str, ...]) -> bool:
    if call.name == "socket":
        return call.arguments.split(",")[0].strip() not in LOCAL_FAMILIES
    if "sa_family=" not in call.arguments or call.name.startswith(("accept", "get", "recv")):
        return False
    families = re.findall(r"sa_family=(\w+)", call.arguments)
    if not LOCAL_FAMILIES.issuperset(families):
        return True
    if "AF_UNIX" in families:
        return not all(
            place == _USER_LOOKUP or place.startswith(inside)
            for place in re.findall(r'sun_path="([^"]*)"', call.arguments)
        )
    ports = [int(port) for port in re.findall(r"htons\((\d+)\)", call.arguments)]
    addresses = re.findall(r'inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"', call.arguments)
    away = not all(_is_loopback(place) for place in addresses)
    return away or (NAME_SERVICE_PORT in ports and call.name != "bind")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_disk_leak(call: Call, inside: tuple[str, ...]) -> bool:
    if call.name in OPENING:
        if call.name != "creat" and not re.search(r"O_(WRONLY|RDWR|CREAT)", call.arguments):
            return False
        return _is_outside(_opened(call), call, inside)
    if call.name in (*CREATING, *MOVING, *REMOVING):
        places = _places(call)
        if call.name.startswith("symlink"):
            places = places[1:]  # the first is what the link says
        return any(_is_outside(place, call, inside) for place in places)
    return False


def _is_outside(place: str, call: Call, inside: tuple[str, ...]) -> bool:
    """What was there already, or what there was nothing of, has not been written."""
    if call.error in ("EEXIST", "ENOENT") and "O_CREAT" not in call.arguments:
        return False
    return not (place.startswith(inside) or _SYSTEM_FILES.fullmatch(place))


def _opened(call: Call) -> str:
    """The file: strace resolves it where it could be opened."""
    resolved = re.match(r"\d+<(.*)>", call.result)
    return resolved[1] if resolved else _places(call)[0]


def _places(call: Call) -> list[str]:
    """The paths among the arguments, those beside a folder's descriptor joined to it."""
    return [
        str(Path(folder or "/unknown", unquoted(text)))
        for folder, text in re.findall(
            r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"', call.arguments
        )
    ]


def unquoted(text: str) -> str:
    """A string as strace writes it between quotes, with C's escapes."""
    raw = bytearray()
    at = 0
    for found in _ESCAPE.finditer(text):
        raw += text[at : found.start()].encode("utf-8", "surrogateescape")
        sign = found[1]
        if sign[0] in "01234567":
            raw.append(int(sign, 8) & 0xFF)
        else:
            raw.append(_NAMED.get(sign, ord(sign) & 0xFF))
        at = found.end()
    raw += text[at:].encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "surrogateescape")
