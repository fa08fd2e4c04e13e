"""The Django project: settings and urls, then one folder per app."""

from __future__ import annotations
