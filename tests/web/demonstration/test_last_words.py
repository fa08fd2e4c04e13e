"""What the demonstration says last can be typed and read as it stands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kecan.web.demonstration.run import say_how_to_serve, say_how_to_sign_in

if TYPE_CHECKING:
    import pytest


def test_the_password_stands_on_the_line_of_the_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say_how_to_sign_in(password="kecan-ab12", port=8000)  # noqa: S106  invented

    lines = capsys.readouterr().out.splitlines()
    assert any("127.0.0.1:8000" in one and "kecan-ab12" in one for one in lines)


def test_the_command_that_serves_the_demonstration_is_given_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/kecan", "demo", "--no-serve"])

    say_how_to_serve(Path("/tmp/huyện mẫu"), port=8001)  # noqa: S108  only named

    said = capsys.readouterr().out
    assert "KECAN_HOME='/tmp/huyện mẫu' .venv/bin/kecan serve --port 8001\n" in said
