"""The ``kecan`` command line application that every command joins."""

from __future__ import annotations

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Kecan: quy hoạch cán bộ lãnh đạo, quản lý.",
)
