"""Template filters of the conference pages."""

from __future__ import annotations
