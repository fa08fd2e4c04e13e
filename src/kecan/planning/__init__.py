"""Coefficient, shares and gaps of a list of people, in exact whole numbers."""

from __future__ import annotations
