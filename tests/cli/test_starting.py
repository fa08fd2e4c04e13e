"""A command starts without what only other commands need, and each is still listed."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from typer.main import get_group

import kecan.cli
from kecan.__main__ import BALLOT_COMMANDS, COMMANDS
from kecan.cli.app import app
from kecan.cli.ballot import ballot_app

if TYPE_CHECKING:
    from typer import Typer

SLOW_TO_LOAD = {"numba", "cv2", "numpy", "highspy", "django", "typst", "xlsxwriter"}
RUN = """
import sys
from kecan.__main__ import main
try:
    main()
finally:
    sys.stderr.write(" ".join(sys.modules))
"""


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["ballot", "--help"],
        ["ballot", "print", "--help"],
        ["retirement", "--born", "1972-02", "--sex", "female"],
        ["serve", "--help"],
    ],
    ids=" ".join,
)
def test_a_light_command_loads_nothing_that_is_slow_to_load(words: list[str]) -> None:
    done = kecan_command(*words)

    loaded = set(done.stderr.split())
    assert "kecan.__main__" in loaded
    assert not loaded & SLOW_TO_LOAD


def test_a_command_that_is_given_is_the_real_one() -> None:
    done = kecan_command("ballot", "read", "--help")

    assert "--issued" in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["retirment"], 2, "Không có lệnh 'retirment'; có phải 'retirement'"),
        (["ballot", "raed"], 2, "Không có lệnh 'raed'; có phải 'read'?"),
        (["ballot"], 2, "Phiếu giấy"),
    ],
)
def test_a_word_that_is_no_command_is_refused_with_the_nearest_one(
    words: list[str], status: int, said: str
) -> None:
    done = kecan_command(*words)

    assert done.returncode == status
    assert said in done.stdout + done.stderr


def test_every_command_is_listed_with_its_module_and_its_own_words() -> None:
    for module in pkgutil.iter_modules(kecan.cli.__path__, "kecan.cli."):
        import_module(module.name)

    of_ballots = listed(ballot_app)
    of_ballots.pop("print")  # in the module of the group
    assert of_ballots == BALLOT_COMMANDS
    assert listed(app) == COMMANDS


def kecan_command(*words: str) -> subprocess.CompletedProcess[str]:
    """Run ``kecan`` in a fresh interpreter that ends by naming what it loaded."""
    return subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False
    )


def listed(group: Typer) -> dict[str, tuple[str, str]]:
    """Return each command's module and what it says of itself in the list."""
    modules = {one.name: one.callback for one in group.registered_commands}
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        modules[inner.name] = inner.typer_instance.registered_commands[0].callback
    lines = {one.name: one.help for one in get_group(group).commands.values()}
    return {
        str(name): (getattr(work, "__module__", ""), str(lines[name]))
        for name, work in modules.items()
    }
