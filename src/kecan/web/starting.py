"""Starting Django from a command, and bringing its tables and files up to date."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

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


def keep_plain_uploads_in(folder: Path) -> None:
    """Have the server put large uploads into a folder of its own, emptied first.

    What an upload left that was killed is a plain scan. Where the folder is somebody
    else's, uploads go beside it as they did.
    """
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.mkdir(mode=0o700)
        os.environ["KECAN_PLAIN_UPLOADS"] = str(folder)
