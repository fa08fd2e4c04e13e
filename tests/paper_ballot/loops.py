"""Compiled loops run as Python runs them, which checks every place they look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.paper_ballot.compiled import as_python

if TYPE_CHECKING:
    from types import ModuleType

    import pytest


def run_in_python(monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> None:
    """Have every loop that modules hold or call run as Python runs it."""
    for module in modules:
        for name, loop in list(vars(module).items()):
            if hasattr(loop, "py_func"):
                monkeypatch.setattr(module, name, as_python(loop))
