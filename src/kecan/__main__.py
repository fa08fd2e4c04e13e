"""The ``kecan`` command: the pure commands and those that need the database."""

from __future__ import annotations

from kecan.cli import (
    ballot,
    ballot_audit,
    ballot_read,
    compare,
    eligibility,
    forecast,
    gaps,
    remaining,
    retirement,
    slate,
    structure,
    workbook,
)
from kecan.cli.app import app
from kecan.web.commands import web_app

COMMANDS = (
    ballot,
    ballot_audit,
    ballot_read,
    compare,
    eligibility,
    forecast,
    gaps,
    remaining,
    retirement,
    slate,
    structure,
    workbook,
)
"""The command modules; importing one registers its command on ``app``."""

app.add_typer(web_app)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
