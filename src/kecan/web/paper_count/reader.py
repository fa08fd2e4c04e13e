"""Reads waiting scans in a process of its own: ``python -m …reader ID LOGIN DAY``."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from kecan.paper_ballot.reading_pool import reading_pool
from kecan.web.starting import start_django

if TYPE_CHECKING:
    from kecan.web.audit.actions import Actor


def start_reading(conference_id: int, *, by: Actor, at: date) -> None:
    """Start the reading and return; it goes on when the web server is stopped."""
    subprocess.Popen(  # noqa: S603  our own interpreter and module
        [
            sys.executable,
            "-m",
            "kecan.web.paper_count.reader",
            str(conference_id),
            by.login,
            at.isoformat(),
        ],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def main(conference_id: str, login: str, day: str) -> None:
    """Read what waits for a conference, and what arrives meanwhile.

    What goes wrong is shown on its page; where another process reads, that one goes on.
    """
    start_django()
    from kecan.web.accounts.models import User  # noqa: PLC0415
    from kecan.web.conferences.models import Conference  # noqa: PLC0415
    from kecan.web.paper_count.actions import importing  # noqa: PLC0415
    from kecan.web.paper_count.queries import store_of  # noqa: PLC0415
    from kecan.web.paper_count.refusals import (  # noqa: PLC0415
        ScansDroppedError,
        ScansNotAcceptedError,
    )

    by = User.objects.get(login=login)
    store = store_of(Conference.objects.get(pk=conference_id))
    with reading_pool() as executor, suppress(ScansNotAcceptedError):
        while store.uploads():
            with suppress(ScansDroppedError):  # what else waits is read
                importing.read_waiting(
                    conference_id=int(conference_id),
                    by=by,
                    at=date.fromisoformat(day),
                    executor=executor,
                )


if __name__ == "__main__":
    main(*sys.argv[1:])
