"""Papers of a round and its conferences: what the database holds, as documents."""

from __future__ import annotations
