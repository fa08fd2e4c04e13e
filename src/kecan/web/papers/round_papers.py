"""Tờ trình with annexes, list of sources and result report of one round."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from kecan.documents.paper import Nominee, Share, Signatory
from kecan.documents.result_report import (
    FinalPerson,
    FinalPost,
    ResultReportContent,
    StepSummary,
    Votes,
)
from kecan.documents.source_list import (
    EligiblePerson,
    SourceBlock,
    SourceGroup,
    SourceListContent,
)
from kecan.documents.submission import (
    AddedBlock,
    AddedGroup,
    AddedPerson,
    BodyProposal,
    ReasonCount,
    ReviewBlock,
    ReviewedPerson,
    ReviewGroup,
    ReviewSummary,
    SubmissionContent,
)
from kecan.regulations.pack import OperatorValueMissingError
from kecan.regulations.review import RemovalReason
from kecan.vocabulary import PartialDate, Sex
from kecan.web.conferences.models import ContestLine
from kecan.web.conferences.rules import mark_in_words, step_from_json
from kecan.web.organisation.queries import partial_date
from kecan.web.papers.parts import (
    current_office,
    held_on,
    paper_frame,
    profession_of,
    ratings_of,
    standing_signatory,
    theory_of,
)
from kecan.web.plans.models import Proposal
from kecan.web.plans.queries import (
    BODY_MEMBERS,
    current_terms,
    next_terms,
    pack_of,
    proposed_lists,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.web.conferences.models import Conference
    from kecan.web.organisation.models import Person, Post, Term
    from kecan.web.plans.models import PlanningRound, ReviewItem

RowT = TypeVar("RowT", "ReviewItem", "Proposal")

LEGAL_BASES = (
    "Quy định số 50-QĐ/TW, ngày 27/12/2021 của Bộ Chính trị về công tác quy hoạch cán bộ",
    "Hướng dẫn số 16-HD/BTCTW, ngày 15/02/2022 của Ban Tổ chức Trung ương",
)
_HEAD_KINDS = frozenset(
    {"secretary", "head", "council_chair", "peoples_committee_chair"}
)
_APPROVING_BODY = "Ban Thường vụ Thành uỷ"


def submission_content(planning_round: PlanningRound) -> SubmissionContent:
    """Return the Tờ trình of the Standing Committee with annexes 1 and 2."""
    items = list(planning_round.review_items.select_related("person", "post", "term"))
    proposals = list(
        planning_round.proposals.exclude(state=Proposal.State.WITHDRAWN).select_related(
            "person", "post", "term"
        )
    )
    dated = planning_round.submission_date or planning_round.as_of
    number = planning_round.submission_number.partition("-")[0]
    return SubmissionContent(
        frame=paper_frame(
            planning_round.unit,
            dated=dated,
            number=int(number) if number.isdecimal() else None,
            recipients=(_APPROVING_BODY, "Lưu Văn phòng Huyện uỷ"),
        ),
        signatory=standing_signatory("Trần Đình Sơn"),
        addressees=("Hội nghị cán bộ chủ chốt", "Ban Chấp hành Đảng bộ huyện"),
        current=current_terms(planning_round),
        following=next_terms(planning_round),
        legal_bases=LEGAL_BASES,
        reviews=tuple(_review_summaries(items)),
        shortcomings=(
            "Nguồn cán bộ có chuyên môn kinh tế, kỹ thuật còn thiếu so với yêu cầu vị trí việc làm",
            "Tỷ lệ cán bộ nữ ở một số danh sách chưa đạt mức phấn đấu",
        ),
        proposals=tuple(_body_proposals(proposals)),
        shares=_shares(planning_round),
        most_people_a_post=_cap(planning_round, "planning.max_people_per_post"),
        most_posts_a_person=_cap(planning_round, "planning.max_posts_per_person"),
        coefficient_range=None,
        approving_body=_APPROVING_BODY,
        conferences=tuple(
            planning_round.conferences.order_by("order").values_list("title", flat=True)
        )
        or (
            "Hội nghị cán bộ chủ chốt",
            "Hội nghị Ban Chấp hành",
            "Hội nghị Ban Thường vụ",
        ),
        review_annex=tuple(_review_annex(items, planning_round)),
        added_annex=tuple(_added_annex(proposals, planning_round)),
    )


def _cap(planning_round: PlanningRound, key: str) -> int | None:
    try:
        return pack_of(planning_round).parameter(key, on=planning_round.as_of).whole
    except OperatorValueMissingError:
        return None


def _by_term(rows: Iterable[RowT]) -> dict[Term, list[RowT]]:
    found: dict[Term, list[RowT]] = {}
    for row in sorted(rows, key=lambda one: (one.term.first_year, one.term.line)):
        found.setdefault(row.term, []).append(row)
    return found


def _by_term_and_post(
    rows: Iterable[Proposal],
) -> dict[tuple[Term, Post], list[Proposal]]:
    found: dict[tuple[Term, Post], list[Proposal]] = {}
    for term, of_term in _by_term(rows).items():
        for row in of_term:
            found.setdefault((term, row.post), []).append(row)
    return found


def _review_summaries(items: list[ReviewItem]) -> Iterable[ReviewSummary]:
    for term, rows in _by_term(items).items():
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


def _body_proposals(proposals: list[Proposal]) -> Iterable[BodyProposal]:
    for (term, post), rows in _by_term_and_post(proposals).items():
        carried = sum(row.source == Proposal.Source.CARRIED_OVER for row in rows)
        yield BodyProposal(
            body=post.title,
            term=str(term),
            seats=post.seats if post.kind in BODY_MEMBERS else None,
            carried_over=carried,
            added=len(rows) - carried,
        )


def _shares(planning_round: PlanningRound) -> tuple[Share, ...]:
    """Return the composition of the committee's list for the next term."""
    for found in proposed_lists(planning_round):
        is_next = found.term == planning_round.next_party_term
        if is_next and found.post.kind == "committee_member":
            return tuple(
                Share(
                    title=meter.title.vi,
                    have=meter.have,
                    of=meter.of,
                    need=meter.need,
                )
                for meter in found.meters
                if meter.of and meter.have <= meter.of
            )
    return ()


def _born(person: Person) -> PartialDate:
    return partial_date(person.born) or PartialDate(1900)


def _sex(person: Person) -> Sex:
    return Sex(person.sex) if person.sex else Sex.MALE


def _review_annex(
    items: list[ReviewItem], planning_round: PlanningRound
) -> Iterable[ReviewBlock]:
    captions = (
        "Chuyển tiếp quy hoạch cấp trưởng và tương đương",
        "Chuyển tiếp quy hoạch cấp phó và tương đương",
        "Đưa ra khỏi quy hoạch",
    )
    for term, rows in _by_term(items).items():
        groups: tuple[list[ReviewItem], ...] = ([], [], [])
        for row in rows:
            is_head = row.post.kind in _HEAD_KINDS
            groups[2 if row.decision == "remove" else 0 if is_head else 1].append(row)
        yield ReviewBlock(
            term=str(term),
            groups=tuple(
                ReviewGroup(
                    caption=caption,
                    people=tuple(_reviewed(row, planning_round) for row in group),
                )
                for caption, group in zip(captions, groups, strict=True)
            ),
        )


def _reviewed(row: ReviewItem, planning_round: PlanningRound) -> ReviewedPerson:
    is_removed = row.decision == "remove"
    reasons = ", ".join(RemovalReason(reason).label.vi for reason in row.reasons)
    added = row.person.plan_movements.filter(
        post=row.post, term=row.term, kind="added"
    ).first()
    return ReviewedPerson(
        name=row.person.full_name,
        sex=_sex(row.person),
        born=_born(row.person),
        office=current_office(row.person),
        planned_post=row.post.title,
        carried_over_post="" if is_removed else row.post.title,
        profession=profession_of(row.person),
        theory=theory_of(row.person),
        decision="" if added is None else f"{added.decision.number}",
        ratings=ratings_of(row.person, before=planning_round.as_of.year),
        proposal=f"Đưa ra khỏi quy hoạch: {reasons}"
        if is_removed
        else "Tiếp tục quy hoạch",
    )


def _added_annex(
    proposals: list[Proposal], planning_round: PlanningRound
) -> Iterable[AddedBlock]:
    captions = ("Cấp trưởng và tương đương", "Cấp phó và tương đương, uỷ viên")
    for term, rows in _by_term(proposals).items():
        groups: tuple[list[Proposal], ...] = ([], [])
        for row in rows:
            groups[0 if row.post.kind in _HEAD_KINDS else 1].append(row)
        yield AddedBlock(
            term=str(term),
            groups=tuple(
                AddedGroup(
                    caption=caption,
                    asked_for=len(group),
                    people=tuple(
                        AddedPerson(
                            name=row.person.full_name,
                            sex=_sex(row.person),
                            born=_born(row.person),
                            office=current_office(row.person),
                            proposed_post=row.post.title,
                            profession=profession_of(row.person),
                            theory=theory_of(row.person),
                            ratings=ratings_of(
                                row.person, before=planning_round.as_of.year
                            ),
                            proposal="Bổ sung quy hoạch",
                        )
                        for row in group
                    ),
                )
                for caption, group in zip(captions, groups, strict=True)
            ),
        )


def source_list_content(planning_round: PlanningRound) -> SourceListContent:
    """Return the list of eligible sources by term and post."""
    blocks: dict[str, list[SourceGroup]] = {}
    for found in proposed_lists(planning_round):
        blocks.setdefault(str(found.term), []).append(
            SourceGroup(
                caption=found.post.title,
                people=tuple(
                    EligiblePerson(
                        name=row.person.full_name,
                        born=partial_date(row.person.born),
                        unit=row.person.unit.name if row.person.unit else "",
                        office=current_office(row.person),
                        planned_post=found.post.title,
                    )
                    for row in found.proposals
                ),
            )
        )
    return SourceListContent(
        frame=paper_frame(planning_round.unit, dated=planning_round.as_of),
        terms=(current_terms(planning_round), next_terms(planning_round)),
        judged_under=pack_of(planning_round).title.vi,
        blocks=tuple(
            SourceBlock(term=term, groups=tuple(groups))
            for term, groups in blocks.items()
        ),
        maker=Signatory(title="NGƯỜI LẬP DANH SÁCH", name="Nguyễn Thu Hà"),
        signatory=Signatory(title="TRƯỞNG BAN TỔ CHỨC", name="Lê Quang Thắng"),
    )


def result_report_content(planning_round: PlanningRound) -> ResultReportContent:
    """Return the report of results across the chain."""
    conferences = list(planning_round.conferences.order_by("order"))
    return ResultReportContent(
        frame=paper_frame(planning_round.unit, dated=planning_round.as_of),
        signatory=standing_signatory("Trần Đình Sơn"),
        addressees=(_APPROVING_BODY,),
        current=current_terms(planning_round),
        following=next_terms(planning_round),
        legal_bases=LEGAL_BASES,
        steps=tuple(_step_summary(conference) for conference in conferences),
        final=tuple(_final_posts(planning_round, conferences)),
        shares=_shares(planning_round),
        removed=planning_round.review_items.filter(decision="remove").count(),
        remarks=(),
        requests=("Xem xét, phê duyệt danh sách quy hoạch kèm theo",),
    )


def _step_summary(conference: Conference) -> StepSummary:
    count = getattr(conference, "count", None)
    threshold = step_from_json(conference.rules).threshold
    lines = ContestLine.objects.filter(contest__conference=conference)
    return StepSummary(
        title=conference.title,
        held_on=held_on(conference),
        summoned=conference.summoned or 0,
        present=conference.present or 0,
        issued=None if count is None else count.issued,
        returned=None if count is None else count.returned,
        valid=None if count is None else count.valid,
        invalid=None if count is None else count.invalid,
        mark=mark_in_words(threshold) if threshold else "",
        nominated=lines.count(),
        passed=lines.filter(result=ContestLine.Result.PASSED).count(),
    )


def _final_posts(
    planning_round: PlanningRound, conferences: list[Conference]
) -> Iterable[FinalPost]:
    votes = _votes(conferences)
    passed = planning_round.proposals.filter(
        state=Proposal.State.PASSED
    ).select_related("person", "post", "term")
    for (term, post), rows in _by_term_and_post(passed).items():
        yield FinalPost(
            post=post.title,
            term=str(term),
            people=tuple(
                FinalPerson(
                    nominee=Nominee(
                        name=row.person.full_name,
                        born=partial_date(row.person.born),
                        office=current_office(row.person),
                    ),
                    votes=tuple(votes[one.pk].get(row.pk) for one in conferences),
                )
                for row in rows
            ),
        )


def _votes(conferences: list[Conference]) -> dict[int, dict[int, Votes]]:
    """Return the votes of each proposal at each conference."""
    return {
        conference.pk: {
            line.proposal_id: Votes(
                agree=line.agree, base=conference.count.valid or line.agree
            )
            for line in ContestLine.objects.filter(contest__conference=conference)
            if line.agree is not None
        }
        for conference in conferences
    }
