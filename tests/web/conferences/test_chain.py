"""The chain is data: edited before a step opens, and each list comes from the last."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.web.conferences import morning as m

from kecan.vocabulary import Base, Bound, Sentence
from kecan.web.accounts.models import User
from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.actions import ballots, chain, closing, count
from kecan.web.conferences.models import Conference, ContestLine, Minutes
from kecan.web.conferences.queries import earlier_results
from kecan.web.conferences.refusals import (
    BallotNumbersError,
    ConferenceStateError,
    MinutesMissingError,
    MinutesSignedError,
    NomineeCountsError,
    RoundNotSubmittedError,
    SeatUnknownError,
    StepNotFittingError,
)
from kecan.web.conferences.rules import step_from_json
from kecan.web.organisation.models import OfficeHeld, Person, Post, Unit
from kecan.web.plans.models import PlanningRound, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return m.first_conference(m.small_round())


def summon(conference: Conference) -> int:
    return chain.summon(
        conference_id=conference.pk, as_of=m.DAY, by=m.OFFICER, at=m.NOW
    )


def next_step(conference: Conference) -> Conference:
    return conference.round.conferences.get(order=conference.order + 1)


def hold(conference: Conference, agreeing: tuple[int, int]) -> None:
    """Hold a whole conference; so many of five agree to each nominee on the list."""
    if not conference.summoned:
        summon(conference)
    m.counting(m.opened(conference))
    nominees = ContestLine.objects.filter(contest__conference=conference).count()
    sheets = [
        m.sheet(
            number,
            *(
                m.AGREE if number <= votes else m.DISAGREE
                for votes in agreeing[:nominees]
            ),
        )
        for number in range(1, 6)
    ]
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=sheets)
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    for kind in Minutes.Kind:
        sign(conference, kind)
    closing.close_conference(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)


def sign(conference: Conference, kind: Minutes.Kind) -> Minutes:
    return closing.sign_minutes(
        conference_id=conference.pk,
        kind=kind,
        signed_by=["Chủ trì"],
        by=m.OFFICER,
        at=m.DAY,
    )


def states_of(planning_round: PlanningRound) -> list[str]:
    return list(
        planning_round.proposals.order_by("person__sort_key").values_list(
            "state", flat=True
        )
    )


def test_a_person_with_two_offices_sits_once_and_both_are_written(
    conference: Conference,
) -> None:
    an = Person.objects.get(full_name="Nguyễn Văn An")
    unit = conference.round.unit
    chair = Post.objects.create(
        key="CT",
        title="Chủ tịch HĐND",
        unit=unit,
        kind="council_chair",
        level="district",
        line="government",
        seats=1,
        rank=60,
    )
    OfficeHeld.objects.create(person=an, post=chair, title=chair.title, since="2021")

    assert summon(conference) == 5
    assert conference.seats.get(person=an).offices == (
        "Uỷ viên Ban Thường vụ; Chủ tịch HĐND"
    )


def test_a_seat_that_goes_with_a_higher_office_is_not_written(
    conference: Conference,
) -> None:
    an = Person.objects.get(full_name="Nguyễn Văn An")
    OfficeHeld.objects.create(
        person=an, post=Post.objects.get(key="BT"), title="Bí thư", since="2020"
    )

    assert summon(conference) == 5
    assert conference.seats.get(person=an).offices == "Bí thư"


def test_who_holds_office_in_another_committee_is_not_summoned(
    conference: Conference,
) -> None:
    elsewhere = Unit.objects.create(
        key="HU-02", name="Huyện uỷ khác", kind="committee", level="district"
    )
    post = Post.objects.create(
        key="BTV-2",
        title="Uỷ viên",
        unit=elsewhere,
        kind="standing_member",
        level="district",
        line="party",
        seats=9,
    )
    stranger = Person.objects.create(key="9", full_name="Người Huyện Khác")
    OfficeHeld.objects.create(person=stranger, post=post, title="Uỷ viên", since="2020")

    assert summon(conference) == 5


def test_members_of_a_committee_below_are_not_taken_for_members_of_this_one(
    conference: Conference,
) -> None:
    below = Unit.objects.create(
        key="DU-01",
        name="Đảng uỷ xã",
        kind="committee",
        level="commune",
        parent=conference.round.unit,
    )
    post = Post.objects.create(
        key="BTV-XA",
        title="Uỷ viên Ban Thường vụ Đảng uỷ",
        unit=below,
        kind="standing_member",
        level="commune",
        line="party",
        seats=9,
    )
    member = Person.objects.create(key="9", full_name="Người Ở Xã")
    OfficeHeld.objects.create(person=member, post=post, title="Uỷ viên", since="2020")

    assert summon(conference) == 5


def test_who_left_office_before_the_day_is_not_summoned(
    conference: Conference,
) -> None:
    OfficeHeld.objects.filter(person__full_name="Nguyễn Văn Em").update(
        until="2022-05-01"
    )

    assert summon(conference) == 4


def test_the_mark_of_a_step_is_edited_before_it_opens_and_the_ledger_says_so(
    conference: Conference,
) -> None:
    step = step_from_json(conference.rules)
    assert step.threshold is not None
    harder = replace(
        step,
        title=Sentence(vi="Hội nghị mở rộng", en="Enlarged"),
        threshold=replace(
            step.threshold, share=Fraction(2, 3), bound=Bound.OVER, base=Base.SUMMONED
        ),
    )

    chain.edit_step(conference_id=conference.pk, step=harder, by=m.OFFICER, at=m.NOW)

    conference.refresh_from_db()
    assert (conference.title, step_from_json(conference.rules)) == (
        "Hội nghị mở rộng",
        harder,
    )
    entry = LedgerEntry.objects.get(action="conference.step_edited")
    assert "từ 30\u00a0% số đại biểu có mặt trở lên" in entry.details
    assert "trên 2/3 số người được triệu tập" in entry.details


def test_editing_does_not_change_who_is_summoned_or_which_step_it_is(
    conference: Conference,
) -> None:
    step = step_from_json(conference.rules)
    for other in (
        replace(step, key="x"),
        replace(step, body="x"),
        replace(step, categories=(*step.categories, step.categories[0])),
    ):
        with pytest.raises(StepNotFittingError, match="chỉ sửa tên, mức đạt"):
            chain.edit_step(
                conference_id=conference.pk, step=other, by=m.OFFICER, at=m.NOW
            )


def test_the_rules_are_frozen_once_the_conference_is_open(
    conference: Conference,
) -> None:
    m.opened(conference)

    with pytest.raises(ConferenceStateError, match="“Đang họp”"):
        chain.edit_step(
            conference_id=conference.pk,
            step=step_from_json(conference.rules),
            by=m.OFFICER,
            at=m.NOW,
        )


def test_a_conference_does_not_open_while_the_submission_is_being_redone(
    conference: Conference,
) -> None:
    PlanningRound.objects.update(state="proposed")

    with pytest.raises(RoundNotSubmittedError, match="chưa khai mạc được"):
        m.opened(conference)


def test_who_is_absent_keeps_the_reason_and_who_came_after_all_loses_it(
    conference: Conference,
) -> None:
    m.opened(conference, present=3)
    for present in ([1, 2, 3], [1, 2, 3, 4]):
        chain.check_in(
            conference_id=conference.pk,
            present_seats=present,
            absence_reasons={4: "đi công tác", 5: "ốm"},
            by=m.OFFICER,
            at=m.DAY,
        )

    assert list(conference.seats.values_list("absence_reason", flat=True)) == [
        "",
        "",
        "",
        "",
        "ốm",
    ]


def test_a_seat_that_is_not_on_the_roll_is_refused(conference: Conference) -> None:
    m.opened(conference)

    with pytest.raises(SeatUnknownError, match="ghế số 6"):
        chain.check_in(
            conference_id=conference.pk, present_seats=[1, 6], by=m.OFFICER, at=m.DAY
        )


def test_the_next_list_holds_who_passed_with_the_reason_in_words(
    conference: Conference,
) -> None:
    hold(conference, (5, 1))
    later = next_step(conference)
    summon(later)
    m.opened(later)

    assert [
        line.full_name for line in ContestLine.objects.filter(contest__conference=later)
    ] == ["Nguyễn Văn An"]
    an, binh = Proposal.objects.order_by("person__sort_key")
    (first,) = earlier_results(later)[an.pk]
    assert (first.step, first.result) == ("Hội nghị cán bộ chủ chốt", "Đạt")
    assert first.sentence == (
        "5 đồng ý trên 5 (từ 30\u00a0% số đại biểu có mặt trở lên: cần ít nhất 2)"
    )
    assert earlier_results(later)[binh.pk][0].result == "Không đạt"


def test_an_open_conference_explains_nothing_to_the_later_ones(
    conference: Conference,
) -> None:
    m.counting(m.opened(conference))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    assert earlier_results(next_step(conference)) == {}


def test_the_last_step_concludes_the_round(conference: Conference) -> None:
    hold(conference, (5, 2))
    hold(next_step(conference), (5, 2))
    hold(next_step(next_step(conference)), (3, 5))

    conference.round.refresh_from_db()
    assert states_of(conference.round) == ["passed", "dropped"]
    assert conference.round.state == "concluded"


def test_in_the_yearly_review_only_newcomers_go_past_the_removal_ballot() -> None:
    planning_round = m.small_round(chain_key="yearly-review")
    planning_round.proposals.filter(person__full_name="Nguyễn Văn An").update(
        source="carried_over"
    )
    removal = m.first_conference(planning_round)
    hold(removal, (2, 0))
    newcomers = next_step(removal)
    summon(newcomers)
    m.opened(newcomers)

    assert states_of(planning_round) == ["passed", "proposed"]
    assert [
        line.full_name
        for line in ContestLine.objects.filter(contest__conference=newcomers)
    ] == ["Nguyễn Văn Bình"]


def test_a_removal_ballot_has_no_write_in_lines_and_no_cap() -> None:
    planning_round = m.small_round(chain_key="yearly-review")
    planning_round.proposals.update(source="carried_over")
    removal = m.opened(m.first_conference(planning_round))

    contest = m.only_contest(removal)
    assert (contest.write_in_lines, contest.cap, contest.max_choices) == (0, None, 2)


def test_names_are_written_in_on_the_lists_of_bodies_alone_where_the_step_says_so() -> (
    None
):
    planning_round = m.small_round()
    on_head = planning_round.proposals.first()
    assert on_head is not None
    body = Post.objects.get(key="BTV")
    on_head.pk, on_head.post = None, body
    on_head.save()
    conference = m.first_conference(planning_round)
    step = replace(step_from_json(conference.rules), write_ins_on_single_posts=False)
    chain.edit_step(conference_id=conference.pk, step=step, by=m.OFFICER, at=m.NOW)

    m.opened(conference)

    assert {
        contest.post.key: (contest.write_in_lines, contest.max_choices)
        for contest in conference.contests.select_related("post")
    } == {"BTV": (2, 3), "BT": (0, 2)}


def test_a_ballot_step_with_nobody_in_the_race_ends_without_a_vote(
    conference: Conference,
) -> None:
    conference.round.proposals.update(state="dropped")
    m.opened(conference)

    ballots.pass_without_ballot(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)

    with pytest.raises(MinutesMissingError, match="không kiểm phiếu"):
        sign(conference, Minutes.Kind.COUNTING)
    sign(conference, Minutes.Kind.CONFERENCE)
    closing.close_conference(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)
    conference.refresh_from_db()
    assert conference.state == "closed"


def test_a_discussion_has_no_ballot() -> None:
    discussion = m.opened(
        m.first_conference(m.small_round(chain_key="local-committee-build"))
    )

    with pytest.raises(BallotNumbersError, match="chỉ thảo luận"):
        ballots.prepare_ballot(
            conference_id=discussion.pk, people_per_post=3, by=m.OFFICER, at=m.NOW
        )


def test_minutes_are_signed_once(conference: Conference) -> None:
    m.counting(m.opened(conference))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    sign(conference, Minutes.Kind.COUNTING)

    with pytest.raises(MinutesSignedError, match="đã ký"):
        sign(conference, Minutes.Kind.COUNTING)
    with pytest.raises(MinutesMissingError, match="chưa ký đủ"):
        closing.close_conference(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)


def appoint(conference: Conference, login: str, full_name: str) -> None:
    ballots.appoint_counting_committee(
        conference_id=conference.pk,
        members=[(login, full_name), ("b", "B"), ("c", "C")],
        by=m.OFFICER,
        at=m.NOW,
    )


def test_an_account_with_a_dossier_is_told_from_a_namesake_on_the_ballot(
    conference: Conference,
) -> None:
    m.opened(conference)
    an = Person.objects.get(full_name="Nguyễn Văn An")
    User.objects.create(login="namesake", full_name=an.full_name, person_key="other")
    User.objects.create(login="an", full_name="Đồng chí An", person_key=an.key)

    appoint(conference, "namesake", an.full_name)

    with pytest.raises(NomineeCountsError, match="Đồng chí An"):
        appoint(conference, "an", "Đồng chí An")


def test_a_ballot_drawn_up_again_cannot_slip_a_counter_onto_it(
    conference: Conference,
) -> None:
    conference.round.proposals.filter(person__full_name="Nguyễn Văn An").update(
        state="withdrawn"
    )
    m.opened(conference)
    appoint(conference, "an", "Nguyễn Văn An")
    conference.round.proposals.update(state="proposed")
    ballots.prepare_ballot(
        conference_id=conference.pk, people_per_post=3, by=m.OFFICER, at=m.NOW
    )

    with pytest.raises(NomineeCountsError, match="Nguyễn Văn An"):
        ballots.issue_ballots(
            conference_id=conference.pk, issued=5, by=m.OFFICER, at=m.DAY
        )
