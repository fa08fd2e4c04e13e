"""``kecan serve``: a taken port is refused first, and workers never outlive the server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
import typer

from kecan.web.commands import LOCAL_HOST, refuse_a_taken_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def taken(socket_enabled: None) -> Iterator[int]:  # noqa: ARG001
    """Yield a port another server listens on and would share with anybody."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind((LOCAL_HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_two_servers_never_share_a_port(
    taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as end:
        refuse_a_taken_port(host=LOCAL_HOST, port=taken)

    assert end.value.exit_code == 2
    said = capsys.readouterr().err
    assert f"cổng {taken}" in said
    assert "--port" in said


def test_a_free_port_is_left_free(taken: int) -> None:
    with socket.socket() as other:
        other.bind((LOCAL_HOST, 0))
        free = other.getsockname()[1]

    refuse_a_taken_port(host=LOCAL_HOST, port=free)

    assert free != taken
    with socket.socket() as again:
        again.bind((LOCAL_HOST, free))


def test_workers_end_with_a_server_that_is_killed(
    tmp_path: Path,
    socket_enabled: None,  # noqa: ARG001
) -> None:
    with socket.socket() as other:
        other.bind((LOCAL_HOST, 0))
        port = other.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603  our own interpreter
        [sys.executable, "-m", "kecan", "serve", "--port", str(port)],
        env={**os.environ, "KECAN_HOME": str(tmp_path), "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    workers: list[int] = []
    try:
        _wait_until(lambda: _answers(port))
        workers = _children(server.pid)
        server.kill()
        server.wait()

        _wait_until(lambda: not any(map(_is_running, workers)))
    finally:
        for one in filter(_is_running, (server.pid, *workers)):
            os.kill(one, signal.SIGKILL)

    assert workers
    refuse_a_taken_port(host=LOCAL_HOST, port=port)


def _wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("waited a minute")


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{LOCAL_HOST}:{port}/dang-nhap/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(one) for one in found.split()]


def _is_running(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text("ascii")
    except OSError:
        return False
