"""For the run on PostgreSQL: leave out what asks no database, as the run on SQLite has it.

A test asks one by its mark or a fixture; pytest-django lets no other test near it. Tests of
killed processes and of copies keep to a file of their own, whatever ``DATABASE_URL`` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_DATABASE = {"db", "transactional_db"}


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Deselect the tests that are not allowed to ask the database."""
    apart = [one for one in items if not _asks(one)]
    config.hook.pytest_deselected(items=apart)
    items[:] = [one for one in items if _asks(one)]


def _asks(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & _DATABASE
    )
