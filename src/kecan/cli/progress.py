"""A progress bar on a terminal, on standard error; nothing in a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Move(Protocol):
        """Moves a bar: how much is done, of how much, and what is done."""

        def __call__(self, done: int, of: int, text: str = "", /) -> None:
            """Move the bar; a blank text keeps what it said."""


@contextmanager
def progress_bar(what: str = "") -> Iterator[Move]:
    """Show a bar while the block runs, and give what moves it.

    What is given is called with how much is done, of how much, and a text that takes
    the place of ``what`` unless it is blank.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    with bar:
        task = bar.add_task(what, total=None)

        def move(done: int, of: int, text: str = "") -> None:
            bar.update(task, completed=done, total=of, description=text or what)

        yield move
