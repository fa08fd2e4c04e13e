"""Leadership succession planning (quy hoạch cán bộ) for a committee."""

from __future__ import annotations

import os

# Small matrices on many threads cost several times what one thread costs, and a pool of
# processes has its own parallelism. It has to be said before numpy is loaded.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
