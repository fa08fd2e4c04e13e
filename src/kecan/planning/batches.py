"""Slates of many independent rounds, one after the other or spread over processes."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from kecan.planning.conflicts import parts
from kecan.planning.problem import Prospect
from kecan.planning.slate import Choice, Conflict, choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from kecan.planning.problem import Problem
    from kecan.regulations.verdict import Outcome

_CHUNK = 4


def slates(
    problems: Iterable[Problem],
    *,
    executor: Executor | None = None,
    limit_seconds: float = float("inf"),
    questions: int = 0,
) -> Iterator[Choice | Conflict]:
    """Yield the slate of each problem, in their order.

    What travels to a process is the problem without its evidence, and back come ids
    and numbers; :func:`kecan.planning.slate.explain` gives the reasons of one slate.

    Args:
        problems: Rounds that share nobody and nothing: committees of a country.
        executor: Where they are solved; None solves them here. A process pool has to
            start fresh processes (``spawn``): the solver does not outlive a fork.
        limit_seconds: How long the solver may search for one slate.
        questions: How often it may be asked about ties of one slate.
    """
    ask = partial(choose, limit_seconds=limit_seconds, questions=questions)
    if executor is None:
        yield from map(ask, problems)
        return
    sent: deque[Problem] = deque()
    send = partial(_told, limit_seconds=limit_seconds, questions=questions)
    for told in executor.map(send, _kept(problems, sent), chunksize=_CHUNK):
        yield _answer(sent.popleft(), told)


def _kept(problems: Iterable[Problem], sent: deque[Problem]) -> Iterator[Problem]:
    for one in problems:
        sent.append(one)
        yield bare(one)


def bare(problem: Problem) -> Problem:
    """Return the same question without the evidence, which only words need."""
    return replace(
        problem,
        prospects={
            place: _bare_prospect(one.outcome, one.is_higher, one.fits)
            for place, one in problem.prospects.items()
        },
    )


@cache
def _bare_prospect(
    outcome: Outcome,
    is_higher: bool | None,  # noqa: FBT001  # the key of a cache
    fits: bool | None,  # noqa: FBT001
) -> Prospect:
    return Prospect(outcome=outcome, is_higher=is_higher, fits=fits)


def _told(
    problem: Problem, *, limit_seconds: float, questions: int
) -> Choice | tuple[tuple[int, ...], bool]:
    """Return a choice, or the places in :func:`parts` of what cannot hold together.

    With the places comes whether none of them can be spared.
    """
    found = choose(problem, limit_seconds=limit_seconds, questions=questions)
    if isinstance(found, Choice):
        return found
    ats = tuple(at for at, one in enumerate(parts(problem)) if one in found.parts)
    return ats, found.is_smallest


def _answer(
    problem: Problem, told: Choice | tuple[tuple[int, ...], bool]
) -> Choice | Conflict:
    if isinstance(told, Choice):
        return told
    (ats, is_smallest), everything = told, parts(problem)
    return Conflict(
        problem=problem,
        parts=tuple(everything[at] for at in ats),
        is_smallest=is_smallest,
    )
