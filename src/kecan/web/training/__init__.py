"""What follows the approval: training for the standards left to complete, and rotation."""

from __future__ import annotations
