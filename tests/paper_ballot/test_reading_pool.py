"""Processes that read pages end with the one that wanted them, however it ended."""

from __future__ import annotations

import subprocess
import sys

KILLED = """
import os, signal
from kecan.paper_ballot.reading_pool import reading_pool
if __name__ == "__main__":
    print(reading_pool(1).submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_of_a_killed_reading_end() -> None:
    # What is printed has come to its end when the worker has ended as well.
    killed = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", KILLED],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert int(killed.stdout) > 0
    assert killed.returncode < 0


READ = """
from kecan.paper_ballot.preparing import read_trial_pages
from kecan.paper_ballot.reading_pool import reading_pool
if __name__ == "__main__":
    with reading_pool(1) as pool:
        pool.submit(read_trial_pages).result()
"""


def test_a_worker_that_read_ends_without_a_word() -> None:
    ended = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", READ], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
