"""The day of the demonstration, run through the same actions a person uses."""

from __future__ import annotations
