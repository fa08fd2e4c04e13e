"""Papers of a round and its conferences: rows of the database into paper contents."""

from __future__ import annotations
