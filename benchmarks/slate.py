"""The slate: seconds to a proven answer, HiGHS beside OR-Tools CP-SAT on the same question.

Run: ``python benchmarks/slate.py [COMMITTEES]``. Measured: model and every lexicographic
pass to a proven value, without the questions about ties. CP-SAT gets the same rules in the
same order with the same whole numbers, one worker as HiGHS, and as long a limit. Seconds
are processor time, which other work on the machine does not stretch; the limit of each
solver is time on the wall.

The province M is asked as one question over all its committees, with a share of women
in all of them on top. Of the country L every so-many-th committee is solved as a round of its
own (COMMITTEES of 3,355, default 240) by one process and by two; that is timed on the wall
and means something only where two processors are free: the load is printed.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import ceil
from multiprocessing import get_context
from random import Random
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python import cp_model

from kecan.planning.batches import slates
from kecan.planning.check import verify_plan
from kecan.planning.problem import (
    Placement,
    Problem,
    Prospect,
    ShareDemand,
    SlatePerson,
    SlatePost,
    SoftRule,
)
from kecan.planning.separation import solve
from kecan.planning.slate import Choice
from kecan.planning.slate_round import Round
from kecan.planning.slate_source import problem_from_register
from kecan.planning.soft_rules import counts_for, rating_place, rules_of
from kecan.regulations.eligibility import judge_register
from kecan.regulations.pack import load_pack
from kecan.regulations.verdict import Outcome
from kecan.sample.district import DAY, build_district
from kecan.sample.rounds import SIZES, build_rounds
from kecan.vocabulary import Level, Line, PersonId, PostId, Sentence, Term, TermPair

if TYPE_CHECKING:
    from typing import Any

    from kecan.regulations.facts import Register

LIMIT = 60.0
EACH = 5.0  # seconds for one committee of the country
SETTLED, FITTING, CURRENT = 0.9, 0.2, 0.03
NEXT = TermPair(
    party=Term(line=Line.PARTY, first_year=2025, last_year=2030),
    government=Term(line=Line.GOVERNMENT, first_year=2026, last_year=2031),
)


def question(register: Register) -> Problem:
    """Return the question of a committee's next terms."""
    pack = load_pack("50-qd-tw")
    verdicts = judge_register(register, pack=pack, as_of=DAY, terms=NEXT)
    asked = Round(pack=pack, as_of=DAY, terms=NEXT)
    return problem_from_register(register, verdicts=verdicts, asked=asked)


def district() -> Problem:
    """Return the question of the demonstration district."""
    return question(build_district(seed=2022).register)


def province() -> Problem:
    """Return all committees of a province as one question, with a share of women in all."""
    parts = [question(register) for register in build_rounds("M", seed=7)]
    posts = {key: post for part in parts for key, post in part.posts.items()}
    demands = tuple(demand for part in parts for demand in part.demands)
    women = next(one for one in demands if one.trait == "woman" and one.share)
    everywhere = replace(women, posts=tuple(posts), name=Sentence("tỉnh", "province"))
    return replace(
        parts[0],
        people={key: one for part in parts for key, one in part.people.items()},
        posts=posts,
        prospects={key: one for part in parts for key, one in part.prospects.items()},
        current=frozenset(place for part in parts for place in part.current),
        most_posts={
            level: most for part in parts for level, most in part.most_posts.items()
        },
        demands=(*demands, everywhere),
    )


def invented(*, people: int, posts: int, eligible: int) -> Problem:
    """Return a seeded question: so many people eligible for each post."""
    rng = Random(7)
    ids = [PersonId(f"P{number}") for number in range(people)]
    places = [
        Placement(one, PostId(f"T{post}"))
        for post in range(posts)
        for one in rng.sample(ids, eligible)
    ]
    every = tuple(PostId(f"T{post}") for post in range(posts))
    words = Sentence("", "")
    return Problem(
        people={
            one: SlatePerson(
                person_id=one,
                full_name=one,
                traits=frozenset(
                    trait
                    for trait, share in (("woman", 27), ("young", 18))
                    if rng.randrange(100) < share
                ),
                rating=rng.choice([0, 1, 1, 2]),
            )
            for one in ids
        },
        posts={
            post: SlatePost(
                post_id=post,
                title=post,
                level=Level.PROVINCE,
                most=3,
                fields=("x",) if at % 3 else (),
            )
            for at, post in enumerate(every)
        },
        prospects={
            one: Prospect(
                outcome=Outcome.PASS
                if rng.random() < SETTLED
                else Outcome.NEEDS_DECISION,
                fits=rng.random() < FITTING,
            )
            for one in places
        },
        current=frozenset(one for one in places if rng.random() < CURRENT),
        most_posts={Level.PROVINCE: 3},
        demands=tuple(
            ShareDemand(
                rule=rule,
                trait=trait,
                posts=every,
                name=words,
                noun=words,
                share=share,
            )
            for rule, trait, share in (
                (SoftRule.WOMEN, "woman", Fraction(25, 100)),
                (SoftRule.YOUNG, "young", Fraction(15, 100)),
            )
        ),
    )


class Measured(NamedTuple):
    """What a solver found: values in order, people between value and bound, seconds.

    ``gap`` is 0 when every value is proven; None when the time ran out before a plan
    was found for every rule.
    """

    values: tuple[int, ...]
    gap: int | None
    seconds: float

    @property
    def proof(self) -> str:
        """How the table says it."""
        if self.gap is None:
            return "no plan"
        return "yes" if not self.gap else f"gap {self.gap}"


def by_highs(problem: Problem) -> Measured:
    """Solve with Kecan and have the answer judged."""
    began = process_time()
    found, _ = solve(problem, limit_seconds=LIMIT)
    values = tuple(one.missing for one in found.levels)
    verify_plan(problem, sorted(found.places), claimed=values)
    gap = sum(one.missing - one.bound for one in found.levels)
    return Measured(values, gap, process_time() - began)


def by_cp_sat(problem: Problem) -> Measured:
    """Solve the same question with CP-SAT, pass by pass."""
    began, began_on_wall = process_time(), perf_counter()
    model = cp_model.CpModel()
    taken = {one: model.new_bool_var("") for one in problem.allowed}
    terms = _cp_rules(problem, model, taken)
    values: list[int] = []
    gap = 0
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    for rule in problem.order:
        left = LIMIT - perf_counter() + began_on_wall
        solver.parameters.max_time_in_seconds = max(0.1, left)
        model.minimize(terms[rule])
        status = solver.solve(model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return Measured(tuple(values), None, process_time() - began)
        values.append(round(solver.objective_value))
        gap += values[-1] - ceil(solver.best_objective_bound - 1e-6)
        model.add(terms[rule] <= values[-1])
        model.clear_hints()
        for one in taken.values():
            model.add_hint(one, solver.value(one))
    return Measured(tuple(values), gap, process_time() - began)


def _cp_rules(
    problem: Problem, model: cp_model.CpModel, taken: dict[Placement, Any]
) -> dict[SoftRule, Any]:
    short: dict[SoftRule, list[Any]] = defaultdict(list)
    per_post, per_person = defaultdict(list), defaultdict(list)
    for one, variable in taken.items():
        per_post[one.post_id].append(one)
        per_person[one.person_id, problem.posts[one.post_id].level].append(variable)
    for (_, level), mine in per_person.items():
        model.add(sum(mine) <= problem.most_posts[level])
    for post in problem.posts.values():
        mine = per_post[post.post_id]
        if post.most is not None:
            model.add(sum(taken[one] for one in mine) <= post.most)
        model.add(sum(taken[one] for one in mine) >= problem.least(post))
        for rule in rules_of(post):
            missing = model.new_int_var(0, post.wanted, "")
            counting = [
                taken[one] for one in mine if counts_for(rule, problem.prospects[one])
            ]
            model.add(sum(counting) + missing >= post.wanted)
            short[rule].append(missing)
    for demand in problem.demands:
        short[demand.rule].append(_cp_demand(problem, model, taken, demand))
    added = [one for one in taken if one not in problem.current]
    kept = [one for one in taken if one in problem.current]
    found = {rule: sum(short[rule]) for rule in SoftRule}
    found[SoftRule.CHANGES] = sum(taken[one] for one in added) + sum(
        1 - taken[one] for one in kept
    )
    found[SoftRule.RATINGS] = sum(
        rating_place(problem.people[one.person_id]) * taken[one] for one in added
    )
    return found


def _cp_demand(
    problem: Problem,
    model: cp_model.CpModel,
    taken: dict[Placement, Any],
    demand: ShareDemand,
) -> Any:  # noqa: ANN401  a variable of the other solver
    mine = defaultdict(list)
    posts = set(demand.posts)
    for one, variable in taken.items():
        if one.post_id in posts:
            mine[one.person_id].append(variable)
    planned = {}
    for person, variables in mine.items():
        planned[person] = model.new_bool_var("")
        model.add_max_equality(planned[person], variables)
    having = sum(
        variable
        for one, variable in planned.items()
        if demand.trait in problem.people[one].traits
    )
    missing = model.new_int_var(0, len(planned), "")
    if demand.share is None:
        model.add(having + missing >= (demand.at_least or 0))
    else:
        model.add(
            demand.share.denominator * (having + missing)
            >= demand.share.numerator * sum(planned.values())
        )
    return missing


def country(committees: int) -> list[Problem]:
    """Return the questions of committees spread evenly over the country."""
    step = max(1, SIZES["L"].committees // committees)
    registers = islice(build_rounds("L", seed=7), 0, None, step)
    return [question(one) for one in islice(registers, committees)]


def by_processes(
    problems: list[Problem], *, processes: int
) -> tuple[float, float, int]:
    """Solve rounds by so many fresh processes.

    Returns:
        Seconds on the wall without the start, processor seconds of the processes with
        it, and how many answers are proven or a conflict.
    """
    before = _children_seconds()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    with pool as executor:
        list(slates(problems[: 16 * processes], executor=executor, limit_seconds=EACH))
        began = perf_counter()
        found = list(slates(problems, executor=executor, limit_seconds=EACH))
        seconds = perf_counter() - began
    settled = sum(one.is_proven if isinstance(one, Choice) else True for one in found)
    return seconds, _children_seconds() - before, settled


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compare_solvers() -> None:
    """Print one table of HiGHS beside CP-SAT."""
    print(
        f"{'question':34}{'HiGHS s':>9}{'proven':>9}{'CP-SAT s':>10}{'proven':>9}  same"
    )
    questions = {
        "district 120 x 45 (< 1 s)": district(),
        "2,000 x 300 x 60 (< 5 s)": invented(people=2000, posts=300, eligible=60),
        "province M as one (< 60 s)": province(),
    }
    for name, problem in questions.items():
        ours, theirs = by_highs(problem), by_cp_sat(problem)
        same = "yes" if ours.values == theirs.values else "no"
        print(
            f"{name:34}{ours.seconds:9.2f}{ours.proof:>9}"
            f"{theirs.seconds:10.2f}{theirs.proof:>9}  {same}",
            flush=True,
        )


def compare_processes(committees: int) -> None:
    """Print how much faster two processes are than one."""
    problems = country(committees)
    times = {}
    for processes in (1, 2):
        load = os.getloadavg()[0]
        times[processes], used, proven = by_processes(problems, processes=processes)
        print(
            f"country L, {len(problems):,} of {SIZES['L'].committees:,} committees, "
            f"{processes} process(es): {times[processes]:.1f} s on the wall, {used:.1f} s of processor, "
            f"{proven:,} proven or a conflict named; load before {load:.1f}",
            flush=True,
        )
    print(f"two processes are {times[1] / times[2]:.2f} times as fast (>= 1.7)")


def main() -> None:
    """Print the solvers, then the processes."""
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, one thread each"
    )
    compare_solvers()
    compare_processes(int(sys.argv[1]) if len(sys.argv) > 1 else 240)


if __name__ == "__main__":
    main()
