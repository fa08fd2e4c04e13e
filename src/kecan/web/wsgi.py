"""The entry point of the server, and the end of its workers with it."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecan.web.settings")
application = get_wsgi_application()


def end_with_the_server() -> None:
    """End this worker once the server that started it is gone, however it went.

    The server ends its workers when it is stopped; killed (out of memory, ``kill -9``)
    it cannot, and they would hold the port and the database. A write they were about is
    undone, as after a power cut. Without a parent of ours nothing is watched.
    """
    server = parent_process()
    if server is None:
        return

    def wait_and_end() -> None:
        server.join()
        os._exit(1)

    Thread(target=wait_and_end, name="ends-with-the-server", daemon=True).start()


end_with_the_server()
