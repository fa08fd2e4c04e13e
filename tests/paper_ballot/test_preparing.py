"""The reader is compiled once a machine and version, and never runs code of other sources."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

from kecan.paper_ballot import compiled
from kecan.paper_ballot.preparing import read_trial_pages

PACKAGE = Path(compiled.__file__).parent


def loops_of(module: Path) -> list[ast.FunctionDef]:
    """Return the compiled functions of a module."""
    return [
        one
        for one in ast.parse(module.read_text("utf-8")).body
        if isinstance(one, ast.FunctionDef)
        and any(
            isinstance(name, ast.Name) and name.id == "compiled"
            for name in one.decorator_list
        )
    ]


def test_every_number_and_loop_that_a_loop_uses_is_of_sources_the_code_is_kept_by() -> (
    None
):
    kept_by = {one.stem for one in compiled.sources()}
    loops = 0
    for module in PACKAGE.glob("*.py"):
        taken_from = {
            name.asname or name.name: statement.module.rpartition(".")[2]
            for statement in ast.parse(module.read_text("utf-8")).body
            if isinstance(statement, ast.ImportFrom)
            and statement.module
            and statement.module.startswith("kecan.")
            for name in statement.names
        }
        for loop in loops_of(module):
            loops += 1
            used = {one.id for one in ast.walk(loop) if isinstance(one, ast.Name)}
            unknown = {taken_from[name] for name in used & taken_from.keys()}
            assert unknown - {"compiled"} <= kept_by, (module.name, loop.name)
            assert module.stem in kept_by
    assert loops > 50


def test_reading_the_trial_pages_runs_every_loop() -> None:
    read_trial_pages()
    by_loops = {
        one.id
        for module in PACKAGE.glob("*.py")
        for loop in loops_of(module)
        for one in ast.walk(loop)
        if isinstance(one, ast.Name)
    }
    for module in PACKAGE.glob("*.py"):
        held = import_module(f"kecan.paper_ballot.{module.stem}")
        for loop in loops_of(module):  # what other loops call is compiled with them
            is_run = bool(getattr(held, loop.name).signatures)
            assert is_run or loop.name in by_loops, (module.name, loop.name)
