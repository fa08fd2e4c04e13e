"""Tags that draw tables, meters and pictures."""

from __future__ import annotations
