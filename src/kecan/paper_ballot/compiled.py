"""Loops over cells one by one, compiled where the program runs (numba, decision 0009).

One pass of such a loop does what takes many passes of an array library. The machine code
is kept in a folder named after the very sources: what was compiled of others is never
run. :func:`as_python` is the same loop as Python runs it, by which tests hold the
compiled one.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

import numba
from numba import config, njit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SETTINGS = vars(config)  # numba's own, which its stubs do not name
P = ParamSpec("P")
R = TypeVar("R")


def sources() -> list[Path]:
    """Return the modules with loops: they alone hold numbers that loops use."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return [one for one in modules if b"@compiled" in one.read_bytes()]


def _bases() -> Iterator[Path]:
    """Yield the folders in which machine code may be kept, best first."""
    if _SETTINGS["CACHE_DIR"]:
        yield Path(_SETTINGS["CACHE_DIR"])
    yield Path(__file__).parent / "__pycache__"
    with suppress(RuntimeError):  # a service may have no home
        yield Path.home() / ".cache" / "kecan"


def _folder() -> Path | None:
    """Return where machine code is kept; ``None`` where nothing may be written."""
    digest = hashlib.sha256(f"{numba.__version__} {_SETTINGS['BOUNDSCHECK']}".encode())
    for source in sources():
        digest.update(source.read_bytes())
    name = f"kecan-{digest.hexdigest()[:16]}"
    for base in _bases():
        try:
            (base / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(base / name, os.W_OK):
            return base / name
    return None


FOLDER = _folder()
"""Where machine code is kept; ``None``: nowhere, so that every process compiles."""
if FOLDER is not None:
    _SETTINGS["CACHE_DIR"] = str(FOLDER)


def compiled(loop: Callable[P, R]) -> Callable[P, R]:
    """Return a loop over numpy arrays that is compiled when it is first called.

    Nothing checks its places then: the loop must know that they lie in its arrays.
    Tests have them checked (``NUMBA_BOUNDSCHECK``).
    """
    fast = njit(cache=FOLDER is not None, nogil=True, error_model="numpy")(loop)
    return cast("Callable[P, R]", fast)


def as_python(loop: Callable[P, R]) -> Callable[P, R]:
    """Return a compiled loop as Python runs it: slowly, and with its places checked."""
    return cast("Callable[P, R]", loop.py_func)  # type: ignore[attr-defined]
