"""What people do about training and rotation after the approval."""

from __future__ import annotations

from kecan.web.training.actions.items import (
    cancel_training,
    plan_training,
    record_certificate,
    start_training,
)
from kecan.web.training.actions.rotations import (
    cancel_rotation,
    decide_rotation,
    propose_rotation,
)

__all__ = [
    "cancel_rotation",
    "cancel_training",
    "decide_rotation",
    "plan_training",
    "propose_rotation",
    "record_certificate",
    "start_training",
]
