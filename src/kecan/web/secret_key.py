"""The key that signs sessions: made once, kept in a file only its owner can read."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.utils.functional import lazy

_KEY_BYTES = 64


@cache
def read_or_make_key(path: Path) -> str:
    """Return the key in ``path``, making it first where there is none.

    Two processes that start together agree: the file appears whole, by a hard
    link, and the second one reads what the first one wrote. Where the folder cannot
    be written the key lives in memory, and sessions end with the process.

    Args:
        path: The key file; its folder need not exist.
    """
    if path.exists():
        return path.read_text("ascii").strip()
    made = secrets.token_urlsafe(_KEY_BYTES)
    try:
        _publish(made, path)
    except OSError:
        return made
    return path.read_text("ascii").strip()


def _publish(key: str, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file with mode 0600.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-key-")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    with suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()


#: The key as a string that is read or made when it is first used, not before.
secret_key = lazy(read_or_make_key, str)
