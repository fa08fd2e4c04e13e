"""Files that say what stands on ballots: other accounts of the machine do not read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY = 0o600


def make_private(path: Path) -> None:
    """Make a file, to be written next, that only its owner can read.

    One that is there, left by a run that was stopped, becomes so.
    """
    path.touch(mode=_OWNER_ONLY)
    path.chmod(_OWNER_ONLY)
