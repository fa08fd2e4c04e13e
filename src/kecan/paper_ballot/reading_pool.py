"""Processes that read pages, and end when the one that started them is gone."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING

from kecan.paper_ballot.preparing import prepare

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

WORKER_ENVIRONMENT = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "2000000000",
}
"""What a process that reads pages should be started with, for speed alone.

Without it the memory of every page goes back to the system and is fetched again, at
300 dpi a tenth of the time.
"""


def reading_pool(processes: int | None = None) -> ProcessPoolExecutor:
    """Return a pool of processes that read pages; ``None``: one a core.

    Where what they run is not compiled yet, that is done first: it takes up to a minute.

    A process that was killed cannot tell its pool: each worker watches it instead, or
    they would wait for work, with the memory of a page each, until the machine stops.
    """
    for name, value in WORKER_ENVIRONMENT.items():
        os.environ.setdefault(name, value)  # whoever starts them: it is speed alone
    prepare()
    return ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        Thread(target=_leave_after, args=(parent,), daemon=True).start()


def _leave_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
