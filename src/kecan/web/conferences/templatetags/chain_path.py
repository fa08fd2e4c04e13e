"""The way a nominee came through the earlier steps of the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.web.conferences.queries import StepResult

register = template.Library()


@register.filter
def path_of(
    earlier: Mapping[int, Sequence[StepResult]], proposal_id: int
) -> Sequence[StepResult]:
    return earlier.get(proposal_id, ())
