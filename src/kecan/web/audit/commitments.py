"""What binds a thing people said in the ledger, without saying it there."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def committed(said: Sequence[object]) -> str:
    """Return the hash of a salt and what was said; the salt comes first."""
    text = json.dumps(said, ensure_ascii=False)
    return sha256(text.encode("utf-8")).hexdigest()
