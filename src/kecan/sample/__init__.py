"""A seeded generator of invented districts and provinces."""

from __future__ import annotations
