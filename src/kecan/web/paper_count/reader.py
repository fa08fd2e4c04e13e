"""Reads waiting scans in a process of its own: ``python -m …reader ID LOGIN DAY``."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import BrokenExecutor
from datetime import date
from typing import TYPE_CHECKING

from kecan.paper_ballot.reading_pool import reading_pool
from kecan.web.starting import start_django

if TYPE_CHECKING:
    from kecan.web.audit.actions import Actor


_STOPPED = (
    "Một tiến trình đọc phiếu bị dừng giữa chừng, thường vì hết bộ nhớ: chưa ghi gì, các "
    "tệp vẫn còn. Đóng bớt chương trình rồi đọc tiếp, hoặc bỏ lần gửi này, gửi lại thành "
    "nhiều lần nhỏ hơn và đọc xong từng lần."
)


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
        ReadingUnderWayError,
        ScansDroppedError,
        ScansNotAcceptedError,
    )

    by = User.objects.get(login=login)
    store = store_of(Conference.objects.get(pk=conference_id))
    with reading_pool() as executor:
        while store.uploads():
            try:
                importing.read_waiting(
                    conference_id=int(conference_id),
                    by=by,
                    at=date.fromisoformat(day),
                    executor=executor,
                )
            except ScansDroppedError:
                continue  # what else waits is read
            except ReadingUnderWayError:
                break
            except ScansNotAcceptedError as refusal:
                importing.note_fault(store, str(refusal))
                break
            except (BrokenExecutor, MemoryError):
                importing.note_fault(store, _STOPPED)
                break


if __name__ == "__main__":
    main(*sys.argv[1:])
