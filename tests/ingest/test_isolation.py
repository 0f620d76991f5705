"""Processes that open strangers' files have no network, and go on working."""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from ingest import isolation, mime_child
from ingest.errors import MessageCrashed
from noteverbale import tasks
from ocr.children import programs
from ocr.children.limits import Limits
from tests import namespaces

ROOT = Path(__file__).parents[2]
NOBODY = 65534
PR_SET_DUMPABLE = 4

pytestmark = pytest.mark.skipif(
    not namespaces.allowed(), reason="the kernel lets nobody give up the network here"
)


@pytest.fixture
def listening() -> Iterator[int]:
    """A port of this machine on which somebody waits."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def reach(port: int) -> int:
    """0, or the number of the error with which a connection to this machine fails."""
    with socket.socket() as plug:
        plug.settimeout(5)
        return plug.connect_ex(("127.0.0.1", port))


def _in_fork(work: Callable[[], str]) -> str:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writer, work().encode())
        except BaseException as error:  # noqa: BLE001 - told to the test
            os.write(writer, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        told = said.read()
    os.waitpid(pid, 0)
    return told


def test_what_unshare_can_do_we_can(listening: int) -> None:
    assert isolation.why_not() is None
    assert reach(listening) == 0


def test_a_process_that_is_cut_off_reaches_nothing_and_keeps_its_files(
    listening: int, tmp_path: Path
) -> None:
    def work() -> str:
        before = isolation.has_network()
        why = isolation.cut_off()
        (tmp_path / "own").write_text("x")
        ours, theirs = socket.socketpair()
        ours.send(b"y")
        return f"{before} {why} {reach(listening)} {isolation.has_network()} {theirs.recv(1)!r}"

    assert _in_fork(work) == f"True None {errno.ENETUNREACH} False b'y'"
    assert (tmp_path / "own").stat().st_uid == os.getuid()


def test_an_ordinary_user_is_cut_off_too_and_stays_who_it_is(
    listening: int, tmp_path: Path
) -> None:
    user = NOBODY if os.getuid() == 0 else os.getuid()
    (tmp_path / "theirs").mkdir(mode=0o700)
    if os.getuid() == 0:
        tmp_path.chmod(0o755)
        for folder in tmp_path.parents[:3]:
            folder.chmod(0o755)
        os.chown(tmp_path / "theirs", NOBODY, NOBODY)

    def work() -> str:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            isolation._libc().prctl(PR_SET_DUMPABLE, 1)  # as a program of that user has it
            isolation.why_not.cache_clear()
        why = isolation.cut_off()
        (tmp_path / "theirs" / "file").write_text("x")
        return f"{why} {reach(listening)} {os.getuid()}"

    assert _in_fork(work) == f"None {errno.ENETUNREACH} {user}"
    assert (tmp_path / "theirs" / "file").stat().st_uid == user


def test_a_fork_that_cannot_be_mapped_leaves_the_process_as_it_was(listening: int) -> None:
    """After setuid(2) alone a process may not write its own uid_map (proc(5), dumpable)."""
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")

    def work() -> str:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        isolation.why_not.cache_clear()
        why = isolation.cut_off()
        return f"{why} {reach(listening)} {os.getuid()}"

    assert _in_fork(work) == f"Permission denied 0 {NOBODY}"


def test_where_it_is_forbidden_all_goes_on_and_the_reason_is_told(listening: int) -> None:
    setpriv, unshare = shutil.which("setpriv"), shutil.which("unshare")
    assert setpriv
    assert unshare
    as_root = [] if os.getuid() == 0 else [unshare, "--user", "--map-root-user"]
    code = (
        "from ingest import isolation as i; from tests.ingest import test_isolation as t;"
        f"print(i.cut_off(), i.prefix(), t.reach({listening}))"
    )
    done = subprocess.run(
        [*as_root, setpriv, "--bounding-set", "-sys_admin", sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "Operation not permitted () 0\n"


def test_programs_started_by_a_process_with_network_have_none(
    listening: int, tmp_path: Path
) -> None:
    code = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {listening})))"
    done = programs.run([sys.executable, "-c", code], Limits(wall_s=60), tmp_path)
    assert done.stdout == f"{errno.ENETUNREACH}\n".encode()
    assert reach(listening) == 0


def test_reading_workers_have_none(listening: int) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=tasks.start_worker) as pool:
        assert pool.submit(reach, listening).result() == errno.ENETUNREACH


def test_the_process_that_takes_messages_apart_has_none(
    listening: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = pickle.dumps

    def told(found: object, protocol: int) -> bytes:
        """In the child, in place of what it found: what it can reach."""
        del found
        return pack(MessageCrashed(str(reach(listening))), protocol)

    monkeypatch.setattr("pickle.dumps", told)
    with pytest.raises(MessageCrashed, match=str(errno.ENETUNREACH)):
        mime_child.parse_limited(b"")


def test_who_reads_for_a_caller_leaves_the_caller_its_network(
    listening: int, capsys: pytest.CaptureFixture[str]
) -> None:
    from noteverbale import cli

    assert cli.run(["read", str(ROOT / "samples" / "replies" / "044-pan-encrypted.pdf")]) == 1
    assert "password" in capsys.readouterr().err
    assert reach(listening) == 0


def test_the_command_that_reads_has_none() -> None:
    """Of `read` as a program: what it starts in its own process is in the empty network too."""
    code = (
        "import sys; from noteverbale import cli; from ingest import isolation as i\n"
        f"sys.argv = ['n', 'read', '{ROOT}/samples/replies/044-pan-encrypted.pdf']\n"
        "try: cli.main()\n"
        "except SystemExit as ended: print(ended.code, i.has_network())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1 False\n"
