"""The Tờ trình and the list of eligible sources of one round."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from kecan.documents.paper import Signatory
from kecan.documents.source_list import (
    EligiblePerson,
    SourceBlock,
    SourceGroup,
    SourceListContent,
)
from kecan.documents.submission import (
    BodyProposal,
    ReasonCount,
    ReviewSummary,
    SubmissionContent,
)
from kecan.planning.lists import BODY_MEMBERS
from kecan.regulations.chains import load_chain
from kecan.regulations.pack import OperatorValueMissingError, UnknownParameterError
from kecan.regulations.review import RemovalReason
from kecan.web.organisation.models import Post
from kecan.web.organisation.queries import offices_in_words, partial_date
from kecan.web.papers.annex_rows import added_annex, review_annex
from kecan.web.papers.grouping import (
    HEAD_KINDS,
    by_term,
    by_term_and_post,
    main_shares,
    submitted,
)
from kecan.web.papers.letterheads import details_of, frame_of, standing_signatory
from kecan.web.plans.models import Proposal
from kecan.web.plans.queries import (
    current_terms,
    next_terms,
    pack_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from kecan.documents.paper import PaperFrame
    from kecan.regulations.parameters import Parameter
    from kecan.web.organisation.models import Term
    from kecan.web.plans.models import PlanningRound, ReviewItem

    _Place = tuple[Term, Post, int]

_HEADS = "Chức danh cấp trưởng và tương đương"
_DEPUTIES = "Chức danh cấp phó và tương đương"


def submission_content(planning_round: PlanningRound) -> SubmissionContent:
    """Return the Tờ trình of the Standing Committee with annexes 1 and 2."""
    items = list(planning_round.review_items.select_related("person", "post", "term"))
    proposals = submitted(planning_round)
    shares_of, shares = main_shares(planning_round, proposals)
    details = details_of(planning_round)
    steps = _voting_steps(planning_round)
    return SubmissionContent(
        frame=_submission_frame(planning_round),
        signatory=standing_signatory(details),
        addressees=steps,
        current=current_terms(planning_round),
        following=next_terms(planning_round),
        legal_bases=tuple(basis.vi for basis in pack_of(planning_round).bases),
        reviews=tuple(_review_summaries(items)),
        shortcomings=tuple(
            line.strip() for line in details.shortcomings.splitlines() if line.strip()
        ),
        proposals=tuple(_body_proposals(proposals, items)),
        shares=shares,
        shares_of=shares_of,
        most_people_a_post=_cap(planning_round, "planning.max_people_per_post"),
        most_posts_a_person=_cap(planning_round, "planning.max_posts_per_person"),
        coefficient_range=_coefficients(planning_round),
        approving_body=details.approving_body,
        conferences=steps,
        review_annex=tuple(review_annex(items, planning_round)),
        added_annex=tuple(added_annex(proposals, planning_round)),
    )


def _submission_frame(planning_round: PlanningRound) -> PaperFrame:
    frame = frame_of(
        planning_round,
        dated=planning_round.submission_date,
        number=_running_number(planning_round.submission_number),
    )
    filed = f"Lưu Văn phòng {frame.letterhead.short_name}"
    return replace(frame, recipients=("Như trên", filed))


def _running_number(written: str) -> int | None:
    """Return 127 of "127-TTr/HU"; None leaves room for the clerk."""
    number = written.partition("-")[0].strip()
    return int(number) if number.isdecimal() else None


def _voting_steps(planning_round: PlanningRound) -> tuple[str, ...]:
    """Return the conferences that vote: those planned, else those of the template."""
    planned = planning_round.conferences.filter(has_ballot=True).order_by("order")
    titles = tuple(planned.values_list("title", flat=True))
    steps = load_chain(planning_round.chain_template).steps
    return titles or tuple(step.title.vi for step in steps if step.has_ballot)


def _coefficients(planning_round: PlanningRound) -> tuple[Fraction, Fraction] | None:
    """Return the least and greatest coefficient of a body, if the rules give both."""
    least = _value(planning_round, "planning.body_coefficient_min")
    most = _value(planning_round, "planning.body_coefficient_max")
    if least is None or most is None:
        return None
    return least.share, most.share


def _cap(planning_round: PlanningRound, key: str) -> int | None:
    found = _value(planning_round, key)
    return None if found is None else found.whole


def _value(planning_round: PlanningRound, key: str) -> Parameter | None:
    try:
        return pack_of(planning_round).parameter(key, on=planning_round.as_of)
    except (OperatorValueMissingError, UnknownParameterError):
        return None


def _review_summaries(items: list[ReviewItem]) -> Iterable[ReviewSummary]:
    for term, rows in by_term(items).items():
        decided = Counter(row.decision for row in rows)
        reasons = Counter(
            reason
            for row in rows
            if row.decision == "remove"
            for reason in row.reasons[:1]
        )
        yield ReviewSummary(
            term=str(term),
            reviewed=len(rows),
            kept=decided["keep"],
            removed=decided["remove"],
            undecided=decided[""],
            reasons=tuple(
                ReasonCount(reason=RemovalReason(reason).label.vi, people=number)
                for reason, number in sorted(reasons.items())
            ),
        )


def _body_proposals(
    proposals: list[Proposal], items: list[ReviewItem]
) -> Iterable[BodyProposal]:
    """Yield how many stay and how many are new: bodies by name, posts by rank.

    Whom the review keeps stays in the list without being put forward again.
    """
    kept = {_place(one) for one in items if one.decision == "keep"}
    new: set[_Place] = set()
    for row in proposals:
        (new if row.source == Proposal.Source.NEWCOMER else kept).add(_place(row))
    places = sorted({*kept, *new}, key=_list_order)
    for (term, post), of_list in groupby(places, key=lambda one: _list_of(*one[:2])):
        group = set(of_list)
        yield BodyProposal(
            body=post.title if isinstance(post, Post) else post,
            term=str(term),
            seats=post.seats if isinstance(post, Post) else None,
            carried_over=len(group & kept),
            added=len(group & new - kept),
        )


def _place(row: ReviewItem | Proposal) -> _Place:
    return row.term, row.post, row.person_id


def _list_of(term: Term, post: Post) -> tuple[Term, Post | str]:
    """Return the list a post is counted in: a body's own, heads or deputies."""
    if post.kind in BODY_MEMBERS:
        return term, post
    return term, _HEADS if post.kind in HEAD_KINDS else _DEPUTIES


def _list_order(place: _Place) -> tuple[int, str, int, str, int]:
    term, post, person_id = place
    _, group = _list_of(term, post)
    rank = (_HEADS, _DEPUTIES).index(group) if isinstance(group, str) else -post.seats
    return term.first_year, term.line, rank, post.key * (rank < 0), person_id


def source_list_content(planning_round: PlanningRound) -> SourceListContent:
    """Return the list of eligible sources by term and post."""
    details = details_of(planning_round)
    blocks: dict[str, list[SourceGroup]] = {}
    for (term, post), rows in by_term_and_post(submitted(planning_round)).items():
        blocks.setdefault(str(term), []).append(
            SourceGroup(
                caption=post.title,
                people=tuple(
                    EligiblePerson(
                        name=row.person.full_name,
                        born=partial_date(row.person.born),
                        unit=row.person.unit.name if row.person.unit else "",
                        office=offices_in_words(row.person, on=planning_round.as_of),
                        planned_post=post.title,
                    )
                    for row in rows
                ),
            )
        )
    return SourceListContent(
        frame=frame_of(planning_round, dated=None),
        terms=(current_terms(planning_round), next_terms(planning_round)),
        judged_under=(
            f"xét tại ngày {planning_round.as_of:%d/%m/%Y} theo "
            f"{pack_of(planning_round).title.vi}"
        ),
        blocks=tuple(
            SourceBlock(term=term, groups=tuple(groups))
            for term, groups in blocks.items()
        ),
        maker=Signatory(title="NGƯỜI LẬP DANH SÁCH", name=details.list_maker),
        signatory=Signatory(title="TRƯỞNG BAN TỔ CHỨC", name=details.organising_head),
    )
