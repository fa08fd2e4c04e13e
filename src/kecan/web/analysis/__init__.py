"""What the planning brain says of a round: proposal board, structure, gaps, what-if, forecast."""

from __future__ import annotations
