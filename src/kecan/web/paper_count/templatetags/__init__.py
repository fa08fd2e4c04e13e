"""Template tags of the scanned count."""

from __future__ import annotations
