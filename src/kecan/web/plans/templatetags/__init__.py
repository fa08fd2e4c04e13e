"""Filters of the plan's templates."""

from __future__ import annotations
