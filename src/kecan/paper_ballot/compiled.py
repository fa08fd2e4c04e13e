"""Loops over cells one by one, compiled where the program runs (numba, decision 0009).

One pass of such a loop does what takes many passes of an array library. The machine code
is kept beside the source, or in the user's cache where that may not be written: only
the first reading on a machine waits for it. :func:`as_python` is the same loop as Python
runs it, by which tests hold the compiled one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def compiled(loop: Callable[P, R]) -> Callable[P, R]:
    """Return a loop over numpy arrays that is compiled when it is first called.

    Nothing checks its places then: the loop must know that they lie in its arrays.
    """
    try:
        fast = njit(cache=True, nogil=True, error_model="numpy")(loop)
    except RuntimeError:  # there is no folder to keep it in: every process compiles
        fast = njit(nogil=True, error_model="numpy")(loop)
    return cast("Callable[P, R]", fast)


def as_python(loop: Callable[P, R]) -> Callable[P, R]:
    """Return a compiled loop as Python runs it: slowly, and with its places checked."""
    return cast("Callable[P, R]", loop.py_func)  # type: ignore[attr-defined]
