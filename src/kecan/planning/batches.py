"""Slates of many independent rounds, one after the other or spread over processes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kecan.planning.slate import propose_slate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from kecan.planning.problem import Problem
    from kecan.planning.slate import Conflict, Proposal

_CHUNK = 8


def slates(
    problems: Iterable[Problem],
    *,
    executor: Executor | None = None,
    limit_seconds: float = float("inf"),
    questions: int = 0,
) -> Iterator[Proposal | Conflict]:
    """Yield the slate of each problem, in their order.

    Args:
        problems: Rounds that share nobody and nothing: committees of a country.
        executor: Where they are solved; None solves them here. A process pool has to
            start fresh processes (``spawn``): the solver does not outlive a fork.
        limit_seconds: How long the solver may search for one slate.
        questions: How often it may be asked about ties of one slate.
    """
    propose = partial(propose_slate, limit_seconds=limit_seconds, questions=questions)
    if executor is None:
        yield from map(propose, problems)
        return
    yield from executor.map(propose, problems, chunksize=_CHUNK)
