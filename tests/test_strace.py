"""The reading of strace's reports: what leaks is told, what stays here is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strace

HERE = (Path("/data"), Path("/tmp/t"))  # noqa: S108 - names, not files

LEAKS = (
    '1 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16)'
    " = -1 EINPROGRESS (Operation now in progress)",
    "1 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0),"
    ' inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    '1 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16)'
    " = 0",
    '1 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.1")}'
    ", 16) = 1",
    '1 bind(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
    '1 connect(3, {sa_family=AF_UNIX, sun_path="/run/dbus/system_bus_socket"}, 30) = 0',
    "1 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3",
    "1 socket(AF_PACKET, SOCK_RAW, 0) = -1 EPERM (Operation not permitted)",
    '1 openat(AT_FDCWD</>, "/home/u/.cache/x", O_RDWR|O_CREAT, 0644) = 3</home/u/.cache/x>',
    '1 openat(AT_FDCWD</home/u>, "x", O_WRONLY|O_CREAT, 0644) = 3</home/u/x>',
    '1 openat(AT_FDCWD</>, "/home/u/x", O_WRONLY|O_CREAT, 0644) = -1 EACCES (Permission denied)',
    '1 openat(AT_FDCWD</>, "/data/../etc/x", O_WRONLY|O_CREAT, 0644) = 3</etc/x>',
    '1 openat(7</home/u>, "device.tmp", O_WRONLY|O_CREAT, 0600) = 8</home/u/device.tmp>',
    '1 mkdir("/home/u/.cache", 0700) = 0',
    '1 rename("/data/x", "/home/u/x") = 0',
    '1 renameat2(AT_FDCWD</home/u>, "a", AT_FDCWD</data>, "b", 0) = 0',
    '1 symlink("/data/x", "/home/u/x") = 0',
    '1 unlink("/home/u/x") = 0',
    '1 creat("/database", 0644) = 3</database>',
    "1 io_uring_setup(8, {}) = 3<anon_inode:[io_uring]>",
)
STAYS = (
    '1 connect(3, {sa_family=AF_INET, sin_port=htons(143), sin_addr=inet_addr("127.0.0.1")}, 16)'
    " = 0",
    "1 bind(3, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(0),"
    ' inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    '1 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110)'
    " = -1 ENOENT (No such file or directory)",
    '1 connect(3, {sa_family=AF_UNIX, sun_path="/tmp/t/pymp-1/listener"}, 110) = 0',
    "1 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3<TCP:[1]>",
    '1 openat(AT_FDCWD</>, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3</etc/passwd>',
    '1 openat(AT_FDCWD</>, "/data/n.db", O_RDWR|O_CREAT, 0644) = 3</data/n.db>',
    '1 openat(AT_FDCWD</tmp/t/a>, "x", O_WRONLY|O_CREAT, 0644) = 3</tmp/t/a/x>',
    '1 openat(AT_FDCWD</>, "/dev/null", O_RDWR) = 3</dev/null<char 1:3>>'.replace("<char 1:3>", ""),
    '1 openat(AT_FDCWD</>, "/proc/self/oom_score_adj", O_WRONLY) = 3</proc/12/oom_score_adj>',
    '1 mkdir("/opt/models", 0777) = -1 EEXIST (File exists)',
    '1 unlink("/data/n.db-wal") = 0',
    '1 symlink("/etc/x", "/data/x") = 0',
    "1 socket(AF_UNIX, SOCK_STREAM, 0) = 3",
    "1 +++ exited with 0 +++",
)


@pytest.mark.parametrize("line", LEAKS)
def test_what_leaks_is_told(line: str) -> None:
    assert len(strace.leaks(strace.calls(line), HERE)) == 1


@pytest.mark.parametrize("line", STAYS)
def test_what_stays_is_not(line: str) -> None:
    assert strace.leaks(strace.calls(line), HERE) == []


def test_a_call_in_two_lines_is_put_together() -> None:
    report = (
        '7 mkdir("/home/u/x", 0700 <unfinished ...>\n'
        '8 unlink("/data/a") = 0\n'
        "7 <... mkdir resumed>) = 0\n"
    )
    first, second = strace.calls(report)
    assert (first.process, first.name) == (8, "unlink")
    assert second == strace.Call(7, "mkdir", '"/home/u/x", 0700', "0")
    assert len(strace.leaks([first, second], HERE)) == 1


@given(st.sampled_from(LEAKS + STAYS), st.integers(0, 200), st.integers(0, 200), st.text())
def test_no_report_is_too_odd(line: str, start: int, end: int, text: str) -> None:
    strace.leaks(strace.calls(line[:start] + text + line[end:]), HERE)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_string_is_read_back(text: str) -> None:
    quoted = "".join(
        chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\{b:03o}" for b in text.encode()
    )
    assert strace.unquoted(quoted) == text


CHILD = {
    "connects away": "socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))",
    "asks for a name": "socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', 53))",
    "writes": "open(os.path.expanduser('~/x'), 'w')",
    "makes a folder": "os.mkdir(os.path.expanduser('~/.cache'))",
    "in a child": "subprocess.run(['touch', os.path.expanduser('~/x')])",
}


@pytest.mark.parametrize("what", CHILD)
def test_a_program_that_leaks_is_caught(tmp_path: Path, what: str) -> None:
    """The net itself: strace works here, and each kind of leak is seen."""
    for name in ("home", "allowed"):
        (tmp_path / name).mkdir()
    code = f"import os, socket, subprocess\nopen('{tmp_path}/allowed/x', 'w')\n"
    env = {**os.environ, "HOME": str(tmp_path / "home")}
    for leaking, more in ((False, ""), (True, CHILD[what])):
        report = tmp_path / "report"
        subprocess.run(
            [*strace.command(report), sys.executable, "-c", code + more],
            env=env,
            check=True,
            capture_output=True,
        )
        found = strace.leaks(strace.calls(report.read_text()), (tmp_path / "allowed",))
        assert bool(found) == leaking, found
