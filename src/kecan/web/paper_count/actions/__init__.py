"""What is done to a scanned count, one file a purpose."""

from __future__ import annotations
