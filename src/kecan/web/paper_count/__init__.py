"""The count from scanned sheets: print, read, adjudicate, compare, audit, destroy."""

from __future__ import annotations
