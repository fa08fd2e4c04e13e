"""What the rules require: dated legal values, and verdicts computed from them.

``rules/*.toml`` is the only place where a legal number is written.
"""

from __future__ import annotations
