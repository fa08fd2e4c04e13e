"""What parts two slates: who enters, who leaves, and what decides it on either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.problem import SoftRule
from kecan.planning.slate import Proposal
from kecan.planning.slate_words import RULES, reason_sentence
from kecan.planning.tables import Table, column
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.planning.problem import Placement
    from kecan.planning.slate import Conflict, Reason
    from kecan.planning.tables import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class SlateMove:
    """A placement one slate has and the other has not, with what each says of it.

    ``is_open`` tells whether an equally good plan of either side is known to decide it
    otherwise: then the change alone does not decide.
    """

    place: Placement
    full_name: str
    title: str
    enters: bool
    before: Sentence
    after: Sentence
    is_open: bool


def slate_moves(first: Proposal, second: Proposal) -> tuple[SlateMove, ...]:
    """Return who enters and who leaves from one slate to the other, by post."""
    old, new = frozenset(first.places), frozenset(second.places)
    here, there = _reasons(first), _reasons(second)
    titles = {**first.problem.posts, **second.problem.posts}
    people = {**first.problem.people, **second.problem.people}
    order = {post_id: at for at, post_id in enumerate(titles)}
    return tuple(
        SlateMove(
            place=place,
            full_name=people[place.person_id].full_name,
            title=titles[place.post_id].title,
            enters=place in new,
            before=_said(first, place, here),
            after=_said(second, place, there),
            is_open=any(
                reasons[place].is_open is True
                for reasons in (here, there)
                if place in reasons
            ),
        )
        for place in sorted(
            old ^ new, key=lambda one: (order[one.post_id], one in new, one.person_id)
        )
    )


def slate_move_table(moves: tuple[SlateMove, ...], *, first: str, second: str) -> Table:
    """Return who enters and leaves as a table."""
    return Table(
        key="slate_moves",
        title=Sentence(
            f"Phương án: {first} → {second}", f"Proposal: {first} → {second}"
        ),
        columns=(
            column("post", "Chức danh", "Post"),
            column("post_id", "Mã chức danh", "Post id"),
            column("person", "Họ và tên", "Name"),
            column("person_id", "Mã cán bộ", "Person id"),
            column("move", "Vào, ra", "Move"),
            column("before", f"Lý do ở {first}", f"Reason in {first}", is_long=True),
            column("after", f"Lý do ở {second}", f"Reason in {second}", is_long=True),
            column("tie", "Ngang bằng", "Tie"),
        ),
        rows=tuple(
            (
                one.title,
                one.place.post_id,
                one.full_name,
                one.place.person_id,
                Sentence("vào", "enters") if one.enters else Sentence("ra", "leaves"),
                one.before,
                one.after,
                Sentence("có", "yes") if one.is_open else None,
            )
            for one in moves
        ),
    )


def slates_table(found: Sequence[tuple[str, Proposal | Conflict]]) -> Table:
    """Return what each slate reaches and lacks, one column a slate.

    The rules stand in the order of the first slate; what is not proven says so.
    """
    proposals = [
        (name, one if isinstance(one, Proposal) else None) for name, one in found
    ]
    orders = [one.problem.order for _, one in proposals if one is not None]
    rows: list[tuple[Cell, ...]] = [
        (
            Sentence("Lập được phương án", "There is a plan"),
            *(
                Sentence("không", "no") if one is None else Sentence("được", "yes")
                for _, one in proposals
            ),
        ),
        (
            Sentence("Lượt quy hoạch", "People planned"),
            *(None if one is None else len(one.places) for _, one in proposals),
        ),
    ]
    rows += [
        (
            _counted(rule),
            *(None if one is None else _lacks(one, rule) for _, one in proposals),
        )
        for rule in (orders[0] if orders else ())
    ]
    return Table(
        key="slates",
        title=Sentence("Phương án, cạnh nhau", "Slates side by side"),
        columns=(
            column("what", "Nội dung", "What"),
            *(
                column(f"branch_{place}", name, name)
                for place, (name, _) in enumerate(found, start=1)
            ),
        ),
        rows=tuple(rows),
    )


def _counted(rule: SoftRule) -> Sentence:
    """Return what the number beside a rule counts."""
    if rule is SoftRule.CHANGES:
        return Sentence(
            "Lượt thay đổi so với quy hoạch hiện có", "Changes to the current plan"
        )
    if rule is SoftRule.RATINGS:
        return Sentence(
            "Xếp loại của người đưa vào mới (tổng bậc, 0 là tốt nhất)",
            "Ratings of those added (sum of places, 0 the best)",
        )
    return Sentence(f"Còn thiếu: {RULES[rule].vi}", f"Missing: {RULES[rule].en}")


def _lacks(proposal: Proposal, rule: SoftRule) -> Cell:
    level = next(one for one in proposal.levels if one.rule is rule)
    if level.is_proven:
        return level.missing
    return Sentence(
        f"{level.missing}, chưa chứng minh (ít nhất {level.bound})",
        f"{level.missing}, not proven (at least {level.bound})",
    )


def _reasons(proposal: Proposal) -> dict[Placement, Reason]:
    return {one.place: one for one in proposal.reasons}


def _said(
    proposal: Proposal, place: Placement, reasons: dict[Placement, Reason]
) -> Sentence:
    if place in reasons:
        return reason_sentence(reasons[place])
    prospect = proposal.problem.prospects.get(place)
    if place.person_id not in proposal.problem.people:
        return Sentence("Không có người này.", "There is no such person.")
    if place.post_id not in proposal.problem.posts:
        return Sentence(
            "Không quy hoạch chức danh này.", "The post is not planned for."
        )
    if prospect is None:
        return Sentence("Chưa được xét điều kiện.", "Never judged.")
    why = [one.sentence for one in prospect.against]
    return Sentence(" ".join(one.vi for one in why), " ".join(one.en for one in why))
