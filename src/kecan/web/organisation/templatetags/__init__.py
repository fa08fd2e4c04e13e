"""Filters of the register's templates."""

from __future__ import annotations
