"""Dates and numbers as they are written in Vietnam."""

from __future__ import annotations
