"""What-if as tables: branches side by side, who enters and leaves, chains, dependence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kecan.planning.branch_difference import verdicts_of
from kecan.planning.tables import Table, column
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import OUTCOMES
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.planning.branch_difference import BranchDifference, Judged, Move
    from kecan.planning.branches import Branch
    from kecan.planning.tables import Cell
    from kecan.planning.vacancy_chain import Dependence, Vacated
    from kecan.vocabulary import PersonId, PostId


_FEW = 3


def side_by_side(
    branches: Sequence[Branch], *, judged: Sequence[Judged] | None = None
) -> Table:
    """Return for each planned post how many people pass in each branch.

    A branch that does not plan for a post says nothing of it. Where the verdicts of
    the branches are known already, ``judged`` holds them.
    """
    passing = [
        Counter(
            (post, term)
            for (_, post, term), one in verdicts.items()
            if one.outcome is Outcome.PASS
        )
        for verdicts in judged or [verdicts_of(branch) for branch in branches]
    ]
    planned = [
        {one.post_id: one for one in branch.register.posts if one.is_planned}
        for branch in branches
    ]
    every = {key: post for posts in planned for key, post in posts.items()}
    terms = dict.fromkeys(pair for branch in branches for pair in branch.terms)
    return Table(
        key="side_by_side",
        title=Sentence("Số người đủ điều kiện", "People eligible"),
        columns=(
            column("post_id", "Mã", "Id"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            *(
                column(f"branch_{place}", branch.name, branch.name)
                for place, branch in enumerate(branches, start=1)
            ),
        ),
        rows=tuple(
            (
                post.post_id,
                post.title,
                term.vi,
                *(
                    counts[post.post_id, term] if post.post_id in posts else None
                    for posts, counts in zip(planned, passing, strict=True)
                ),
            )
            for pair in terms
            for post in every.values()
            for term in (pair.on(post.line),)
        ),
    )


def move_table(
    found: BranchDifference, *, first: Branch, second: Branch, only_plan: bool = False
) -> Table:
    """Return who enters and leaves the plan, or becomes (in)eligible, and why."""
    people, posts = _names(first, second)
    moves = found.plan if only_plan else found.eligible
    what = (
        Sentence("Quy hoạch", "Plan")
        if only_plan
        else Sentence("Điều kiện", "Eligibility")
    )

    def row(one: Move) -> tuple[Cell, ...]:
        person, post, term = one.question
        return (
            person,
            people[person],
            posts[post],
            term.vi,
            Sentence("vào", "enters") if one.enters else Sentence("ra", "leaves"),
            None if one.before is None else OUTCOMES[one.before],
            None if one.after is None else OUTCOMES[one.after],
            _joined([finding.sentence for finding in one.findings]),
            "; ".join(dict.fromkeys(str(f.citation) for f in one.findings)),
        )

    return Table(
        key="plan_moves" if only_plan else "eligible_moves",
        title=Sentence(
            f"{what.vi}: {first.name} → {second.name}",
            f"{what.en}: {first.name} → {second.name}",
        ),
        columns=(
            column("person_id", "Mã cán bộ", "Person id"),
            column("person", "Họ và tên", "Name"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            column("move", "Vào, ra", "Move"),
            column("before", "Trước", "Before"),
            column("after", "Sau", "After"),
            column("reason", "Lý do", "Reason", is_long=True),
            column("clause", "Căn cứ", "Clause"),
        ),
        rows=tuple(row(one) for one in moves),
    )


def gathered_move_table(
    found: BranchDifference, *, first: Branch, second: Branch
) -> Table:
    """Return who becomes (in)eligible, the posts of one person and reason together."""
    people, posts = _names(first, second)
    groups: dict[tuple[Cell, ...], list[str]] = {}
    for one in found.eligible:
        person, post, _ = one.question
        group = (
            person,
            people[person],
            Sentence("vào", "enters") if one.enters else Sentence("ra", "leaves"),
            None if one.before is None else OUTCOMES[one.before],
            None if one.after is None else OUTCOMES[one.after],
            _joined([finding.sentence for finding in one.findings]),
            "; ".join(dict.fromkeys(str(f.citation) for f in one.findings)),
        )
        groups.setdefault(group, []).append(posts[post])
    return Table(
        key="eligible_people",
        title=Sentence(
            f"Điều kiện: {first.name} → {second.name}",
            f"Eligibility: {first.name} → {second.name}",
        ),
        columns=(
            column("person_id", "Mã cán bộ", "Person id"),
            column("person", "Họ và tên", "Name"),
            column("move", "Vào, ra", "Move"),
            column("before", "Trước", "Before"),
            column("after", "Sau", "After"),
            column("reason", "Lý do", "Reason", is_long=True),
            column("clause", "Căn cứ", "Clause"),
            column("posts", "Các chức danh", "Posts", is_long=True),
        ),
        rows=tuple((*group, _listed(titles)) for group, titles in groups.items()),
    )


def _listed(titles: Sequence[str]) -> Cell:
    """Return titles one after the other, with their number where they are many."""
    named = "; ".join(titles)
    if len(titles) <= _FEW:
        return named
    return Sentence(
        f"{len(titles)} chức danh: {named}", f"{len(titles)} posts: {named}"
    )


def _names(
    first: Branch, second: Branch
) -> tuple[dict[PersonId, str], dict[PostId, str]]:
    """Return what the people and posts of either branch are called."""
    registers = (first.register, second.register)
    people = {one.person_id: one.full_name for each in registers for one in each.people}
    return people, {one.post_id: one.title for each in registers for one in each.posts}


def chain_table(chain: Sequence[Vacated]) -> Table:
    """Return the chain step by step, each follower with the verdict."""
    return Table(
        key="chain",
        title=Sentence("Chuỗi thay thế", "Chain of vacancies"),
        columns=(
            column("step", "Bước", "Step"),
            column("post", "Chức danh trống", "Vacant post"),
            column("person", "Người trong quy hoạch", "Planned"),
            column("outcome", "Kết quả", "Outcome"),
            column("reason", "Lý do", "Reason", is_long=True),
        ),
        rows=tuple(row for one in chain for row in _chain_rows(one)),
    )


def dependence_table(found: Sequence[Dependence], *, branch: Branch) -> Table:
    """Return the lists that lose their last planned person with somebody."""
    people = {one.person_id: one.full_name for one in branch.register.people}
    return Table(
        key="dependence",
        title=Sentence(
            "Chức danh chỉ còn một người kế cận", "Posts that hang on one person"
        ),
        columns=(
            column("person_id", "Mã cán bộ", "Person id"),
            column("person", "Nếu người này ra khỏi quy hoạch", "If this person goes"),
            column("post", "Chức danh không còn ai", "Post left with nobody"),
            column("term", "Nhiệm kỳ", "Term"),
        ),
        rows=tuple(
            (one.person_id, people[one.person_id], planned.post.title, planned.term.vi)
            for one in found
            for planned in one.lists
        ),
    )


def _chain_rows(one: Vacated) -> Iterator[tuple[Cell, ...]]:
    if not one.followers:
        nobody = Sentence("Không có ai trong quy hoạch.", "Nobody is planned.")
        yield (one.step, one.post.title, None, None, nobody)
    for follower in one.followers:
        yield (
            one.step,
            one.post.title,
            follower.person.full_name,
            OUTCOMES[follower.verdict.outcome],
            _joined([finding.sentence for finding in follower.verdict.deciding]),
        )
        for vacated in follower.vacates:
            yield from _chain_rows(vacated)


def _joined(sentences: Sequence[Sentence]) -> Sentence:
    return Sentence(
        " ".join(one.vi for one in sentences), " ".join(one.en for one in sentences)
    )
