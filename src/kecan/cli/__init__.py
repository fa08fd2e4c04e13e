"""The command line: one file per command; no database."""

from __future__ import annotations
