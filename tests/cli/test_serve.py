"""``kecan serve``: a port that is taken is refused before anything is touched."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
import typer

from kecan.web.commands import LOCAL_HOST, refuse_a_taken_port

if TYPE_CHECKING:
    from collections.abc import Iterator


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
