"""A forecast of size M to the end of the next term, against judging each month again.

Run: ``python benchmarks/forecast.py [COMMITTEES]``. Every committee of the province is
forecast; the first COMMITTEES (default 3) are also judged again month by month, every
outcome is compared, and the time is put in relation on those committees.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import replace
from datetime import date
from statistics import median
from time import process_time

from kecan.planning.forecast import Forecast, forecast
from kecan.planning.horizon import Horizon
from kecan.planning.projection import project
from kecan.regulations.eligibility import judge_terms
from kecan.regulations.pack import load_pack
from kecan.sample.rounds import build_rounds
from kecan.vocabulary import Line, Month, Term, TermPair

DAY = date(2022, 5, 10)
LAST = Month(2030, 12)
NEXT = TermPair(
    party=Term(line=Line.PARTY, first_year=2025, last_year=2030),
    government=Term(line=Line.GOVERNMENT, first_year=2026, last_year=2031),
)


def judge_each_month(found: Forecast) -> tuple[float, int]:
    """Judge everybody again in each month; return seconds and differing outcomes."""
    horizon = found.horizon
    began, wrong = process_time(), 0
    for month in horizon.months:
        on = horizon.day(month)
        people = tuple(
            project(one, today=horizon.today, on=on) for one in horizon.register.people
        )
        register = replace(horizon.register, people=people, plan=())
        for one in judge_terms(
            register, pack=horizon.pack, as_of=on, terms=horizon.terms
        ):
            question = (one.person_id, one.post_id, one.term)
            wrong += found.outcome(question, month) is not one.outcome
    return process_time() - began, wrong


def main() -> int:
    """Forecast all committees, judge a few month by month, print the comparison."""
    compared = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    seconds, people, questions, wrong = 0.0, 0, 0, 0
    ratios = []
    for number, register in enumerate(build_rounds("M", seed=7)):
        horizon = Horizon(
            register=register,
            pack=load_pack("50-qd-tw"),
            today=DAY,
            terms=(NEXT,),
            last=LAST,
        )
        began = process_time()
        found = forecast(horizon)
        here = process_time() - began
        seconds += here
        people += len(register.people)
        questions += len(found.spans)
        if number < compared:
            naive, differing = judge_each_month(found)
            wrong += differing
            ratios.append(naive / here)
    months = Month.of(DAY).months_until(LAST) + 1
    print(f"{platform.processor() or 'cpu'}, Python {platform.python_version()}")
    print(f"M: {people:,} people, {questions:,} questions, {months} months")
    print(f"   forecast {seconds:.2f} s of processor time")
    print(
        f"   judging each month again: {median(ratios):.0f} times as long (median of "
        f"{compared} committees); outcomes that differ: {wrong}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
