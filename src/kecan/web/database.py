"""Which database: SQLite in a file, or PostgreSQL named by an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pathlib import Path

_SQLITE_ON_CONNECT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"
)
_LOCK_SECONDS = 20


def database_settings(*, url: str, file: Path) -> dict[str, Any]:
    """Return Django's settings of the one database.

    Args:
        url: ``postgresql://user:password@host:port/name?option=value``, or empty.
        file: The SQLite file used when there is no address.

    Raises:
        ImproperlyConfigured: If the address is not one of PostgreSQL.
    """
    return _postgresql(url) if url else _sqlite(file)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _LOCK_SECONDS,
            "init_command": _SQLITE_ON_CONNECT,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = (
            "DATABASE_URL phải có dạng postgresql://người_dùng:mật_khẩu@máy:cổng/tên,"
            f" đang là «{parts.scheme}://…»."
        )
        raise ImproperlyConfigured(message)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    if options.pop("pool", "") == "true":
        options["pool"] = True
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }
