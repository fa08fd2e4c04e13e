"""Planning rounds: reviews, proposals, the plan as a ledger of movements."""

from __future__ import annotations
