"""The verbs of a conference, in the order of the morning: chain, ballots, count, closing."""

from __future__ import annotations
