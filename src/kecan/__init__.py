"""Leadership succession planning (quy hoạch cán bộ) for a committee."""

from __future__ import annotations
