"""Paper out, marks in: the layout, the print, the reading and the audit of ballots."""

from __future__ import annotations
