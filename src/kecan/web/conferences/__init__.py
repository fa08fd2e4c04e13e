"""Conferences: roll, attendance, secret ballot, keyed count, minutes."""

from __future__ import annotations
