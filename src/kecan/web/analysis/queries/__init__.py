"""Reading a round for the analyses; nothing here writes."""

from __future__ import annotations
