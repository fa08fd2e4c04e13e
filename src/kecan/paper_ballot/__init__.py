"""Paper ballots: printed from one layout in millimetres, read from scans, audited.

The layout is the one truth for the printer and the reader. Nothing here knows
a regulation, a database or a clock; nothing on a sheet names its voter.
"""

from __future__ import annotations
