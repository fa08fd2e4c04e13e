"""The ledger: a hash chain of everything that was done, and by whom."""

from __future__ import annotations
