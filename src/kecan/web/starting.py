"""Starting Django from a command, and bringing its tables and files up to date."""

from __future__ import annotations

import os

_OWNER_ALONE = 0o077


def start_django() -> None:
    """Load the settings and apps, so that models can be imported.

    What is written from here on, the database first, only its owner can read.
    """
    os.umask(_OWNER_ALONE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecan.web.settings")
    import django  # noqa: PLC0415

    django.setup()


def prepare_database() -> None:
    """Bring the database's tables and the static files up to date."""
    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
