"""Judging a whole register within a time: the verdicts, or how far it came."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from kecan.planning.problem import ProblemError
from kecan.regulations.eligibility import judge_register
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from datetime import date

    from kecan.regulations.facts import Register
    from kecan.regulations.pack import RulePack
    from kecan.regulations.verdict import Verdict
    from kecan.vocabulary import TermPair

_ADVICE = Sentence(
    "Hãy chạy lệnh kecan slate cho sổ này, hoặc đặt KECAN_JUDGING_SECONDS lớn hơn.",
    "Run kecan slate on this workbook, or set KECAN_JUDGING_SECONDS higher.",
)


class JudgingUnfinishedError(ProblemError):
    """The time was up before everybody was judged; no slate is asked for."""


def verdicts_within(
    register: Register,
    *,
    pack: RulePack,
    as_of: date,
    terms: TermPair,
    seconds: float,
    advice: Sentence = _ADVICE,
) -> list[Verdict]:
    """Judge everybody for every planned post, or say how far the time sufficed.

    Args:
        register: People and posts.
        pack: The rules.
        as_of: The day of the verdicts.
        terms: The terms judged for.
        seconds: How long it may take.
        advice: What to do when it did not suffice.

    Raises:
        JudgingUnfinishedError: If the time was up first.
        TermEndedError: If a term was over before ``as_of``.
    """
    ends = monotonic() + seconds
    found: list[Verdict] = []
    for one in judge_register(register, pack=pack, as_of=as_of, terms=terms):
        found.append(one)
        if monotonic() > ends:
            count = len(register.people) * sum(one.is_planned for one in register.posts)
            how_far = _how_far(len(found), of=count, in_=seconds)
            raise JudgingUnfinishedError(
                Sentence(f"{how_far.vi} {advice.vi}", f"{how_far.en} {advice.en}")
            )
    return found


def _how_far(done: int, *, of: int, in_: float) -> Sentence:
    return Sentence(
        f"Hết {in_:g} giây mới xét điều kiện được {done} trong {of} lượt người và chức "
        "danh; chưa lập phương án.",
        f"{in_:g} seconds sufficed to judge {done} of {of} people and posts; there is no "
        "slate.",
    )
