"""Properties are judged by their answers, never by the clock: machines are busy."""

from __future__ import annotations

import os

# Tests have every place that a compiled loop looks at checked: before numba is loaded.
os.environ.setdefault("NUMBA_BOUNDSCHECK", "1")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "kecan", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kecan")

_LONGEST = ("test_day.py", "test_slate.py", "test_killed_scans.py")


@pytest.hookimpl(trylast=True)  # after the order was shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: begun last, it keeps one worker while others idle."""
    items.sort(key=_begins_late)


def _begins_late(item: pytest.Item) -> bool:
    return item.path.name not in _LONGEST
