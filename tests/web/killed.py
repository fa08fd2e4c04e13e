"""Running a script in a process of its own that is killed, or races another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

STARTED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection


def die_after(left, every):
    connection.ensure_connection()

    def die_in_the_middle():
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    connection.connection.set_progress_handler(die_in_the_middle, every)


"""
"""``die_after(left, every)``: die at the ``left``-th time SQLite has worked off
``every`` instructions; 0 for never."""


def start(home: Path, script: str, *given: str) -> subprocess.Popen[str]:
    """Start ``script`` on the embedded database under ``home``."""
    environment = {
        **os.environ,
        "KECAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kecan.web.settings",
        "DATABASE_URL": "",
    }
    if "die_after" in script:  # who is killed tells coverage nothing: why watch it
        environment.pop("COVERAGE_PROCESS_CONFIG", None)
    return subprocess.Popen(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", STARTED + script, *given],
        env=environment,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(home: Path, script: str, *given: str) -> int:
    """Run ``script`` to its end and return how it ended."""
    with start(home, script, *given) as child:
        child.communicate()
    return child.returncode
