"""A round goes through its steps in order, each recorded, nothing backwards alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.organisation.registers import (
    ANOTHER,
    AT,
    NEXT,
    decide_everything,
    district,
    import_district,
    open_a_round,
)

from kecan.regulations.verdict import Outcome
from kecan.vocabulary import PartialDate
from kecan.web.accounts.actions import create_user
from kecan.web.audit.actions import Program
from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation.actions import ImportInUseError
from kecan.web.organisation.models import Person, Post, Term
from kecan.web.plans import actions
from kecan.web.plans.models import (
    PlanDecision,
    PlanMovement,
    PlanningRound,
    Proposal,
    RoundState,
)
from kecan.web.plans.queries import (
    next_terms,
    plan_entries,
    proposed_lists,
    standing_plan,
    steps,
    terms_for,
)
from kecan.web.plans.queries_verdicts import (
    eligibility_summary,
    sources_of,
    verdicts_of,
)
from kecan.web.plans.refusals import (
    AlreadyProposedError,
    DecisionTakenError,
    NotEligibleError,
    NothingProposedError,
    PostNotPlannedError,
    ReasonMissingError,
    ReviewNotFinishedError,
    RoundKeyTakenError,
    RoundStateError,
    SecondPersonNeededError,
    TermNotOfRoundError,
    TooManyPeopleError,
    TooManyPostsError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
BY = Program()


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


@pytest.fixture
def reviewed(opened: PlanningRound) -> PlanningRound:
    decide_everything(opened)
    return opened


def able(planning_round: PlanningRound, post: Post, term: Term) -> list[Person]:
    judged = sources_of(
        planning_round, post=post, term=term, people=Person.objects.all()
    )
    return [one.person for one in judged if one.verdict.outcome is not Outcome.FAIL]


def put_forward(
    planning_round: PlanningRound, person: Person, post: Post, term: Term
) -> Proposal:
    return actions.propose(
        round_id=planning_round.pk,
        person_id=person.pk,
        post_id=post.pk,
        term_id=term.pk,
        by=BY,
        at=AT,
    )


def secretary_post(planning_round: PlanningRound) -> tuple[Post, Term]:
    post = Post.objects.get(key="BT")
    return post, terms_for(planning_round, line=post.line)[1]


def concluded(planning_round: PlanningRound) -> Proposal:
    post, term = secretary_post(planning_round)
    proposal = put_forward(
        planning_round, able(planning_round, post, term)[0], post, term
    )
    actions.sign_submission(
        round_id=planning_round.pk,
        number="12-TTr/BTV",
        dated=date(2022, 5, 9),
        by=BY,
        at=AT,
    )
    actions.begin_conferences(round_id=planning_round.pk, by=BY, at=AT)
    actions.conclude_conferences(
        round_id=planning_round.pk, passed=[proposal.pk], by=BY, at=AT
    )
    return proposal


def approve(planning_round: PlanningRound, *, by: Program) -> PlanDecision:
    return actions.approve_round(
        round_id=planning_round.pk,
        number="99-QĐ/TU",
        dated=date(2022, 6, 1),
        issuer="Tỉnh uỷ",
        by=by,
        at=AT,
    )


def test_the_plan_of_the_workbook_becomes_movements_that_read_back_the_same() -> None:
    import_district()

    assert sorted(plan_entries(), key=str) == sorted(district().register.plan, key=str)


def test_importing_the_same_workbook_again_adds_nothing_to_the_plan() -> None:
    import_district()
    before = PlanMovement.objects.count()

    import_district()

    assert PlanMovement.objects.count() == before


def test_undoing_an_import_takes_its_plan_entries_out_too() -> None:
    import_district()

    actions.undo_workbook(batch_number=1, by=BY, at=AT)

    assert not PlanMovement.objects.exists()
    assert not PlanDecision.objects.exists()
    assert not Person.objects.exists()


def test_an_import_that_a_round_refers_to_cannot_be_undone(
    opened: PlanningRound,
) -> None:
    actions.run_review(round_id=opened.pk, by=BY, at=AT)
    movements = PlanMovement.objects.count()

    with pytest.raises(ImportInUseError, match="Không huỷ được lần nhập số 1"):
        actions.undo_workbook(batch_number=1, by=BY, at=AT)

    assert PlanMovement.objects.count() == movements
    assert Person.objects.count() == len(district().register.people)


def test_a_round_holds_the_current_and_the_next_terms_on_both_lines(
    opened: PlanningRound,
) -> None:
    assert next_terms(opened) == NEXT
    assert [str(term) for term in terms_for(opened, line="government")] == [
        "2021 - 2026",
        "2026 - 2031",
    ]


@pytest.mark.usefixtures("opened")
def test_two_rounds_cannot_share_a_key() -> None:
    with pytest.raises(RoundKeyTakenError, match="dot-2022"):
        open_a_round()


def test_the_review_asks_about_every_entry_of_the_current_plan_once(
    opened: PlanningRound,
) -> None:
    count = actions.run_review(round_id=opened.pk, by=BY, at=AT)

    again = actions.run_review(round_id=opened.pk, by=BY, at=AT)

    assert count == again == len(standing_plan())


def test_reviewing_again_keeps_what_is_already_decided(opened: PlanningRound) -> None:
    actions.run_review(round_id=opened.pk, by=BY, at=AT)
    item = opened.review_items.filter(proposal="keep")[0]
    actions.confirm_review_item(item_id=item.pk, decision="keep", by=BY, at=AT)

    actions.run_review(round_id=opened.pk, by=BY, at=AT)

    item.refresh_from_db()
    assert (item.decision, item.decided_by) == ("keep", "kecan")


def test_somebody_over_age_is_proposed_for_removal_with_the_clause(
    opened: PlanningRound,
) -> None:
    actions.run_review(round_id=opened.pk, by=BY, at=AT)
    over_age = district().notable["over_age"]

    items = opened.review_items.filter(person__key=over_age)

    assert {item.proposal for item in items} == {"remove"}
    for item in items:
        assert "over_age" in item.reasons
        assert all(finding["clause"] for finding in item.findings)


def test_a_decision_against_the_proposal_needs_a_reason(opened: PlanningRound) -> None:
    actions.run_review(round_id=opened.pk, by=BY, at=AT)
    item = opened.review_items.filter(proposal="keep")[0]

    with pytest.raises(ReasonMissingError):
        actions.confirm_review_item(
            item_id=item.pk, decision="remove", note="  ", by=BY, at=AT
        )

    actions.confirm_review_item(
        item_id=item.pk, decision="remove", note="Xin rút.", by=BY, at=AT
    )
    item.refresh_from_db()
    assert (item.decision, item.note) == ("remove", "Xin rút.")


def test_a_decision_is_keep_or_remove_and_nothing_else(opened: PlanningRound) -> None:
    actions.run_review(round_id=opened.pk, by=BY, at=AT)

    with pytest.raises(ValueError, match="maybe"):
        actions.confirm_review_item(
            item_id=opened.review_items.all()[0].pk, decision="maybe", by=BY, at=AT
        )


def test_the_review_is_not_finished_while_an_entry_waits(opened: PlanningRound) -> None:
    actions.run_review(round_id=opened.pk, by=BY, at=AT)

    with pytest.raises(ReviewNotFinishedError, match="chưa quyết định"):
        actions.finish_review(round_id=opened.pk, by=BY, at=AT)


def test_nobody_is_proposed_before_the_review_is_finished(
    opened: PlanningRound,
) -> None:
    post, term = secretary_post(opened)

    with pytest.raises(RoundStateError, match="Đã mở đợt"):
        put_forward(opened, Person.objects.all()[0], post, term)


def test_a_proposal_keeps_the_verdict_of_the_day_with_every_finding(
    reviewed: PlanningRound,
) -> None:
    post, term = secretary_post(reviewed)
    person = able(reviewed, post, term)[0]

    proposal = put_forward(reviewed, person, post, term)

    reviewed.refresh_from_db()
    assert reviewed.state == RoundState.PROPOSED
    assert proposal.source == Proposal.Source.NEWCOMER
    assert len(proposal.findings) == 11
    assert all(finding["sentence"] for finding in proposal.findings)


def test_whoever_stands_in_the_current_plan_is_carried_over(
    reviewed: PlanningRound,
) -> None:
    leaving = set(
        reviewed.review_items.filter(decision="remove").values_list(
            "person_id", "post_id"
        )
    )
    standing = next(
        row
        for row in standing_plan(term=reviewed.current_party_term)
        if (row.person_id, row.post_id) not in leaving
    )

    proposal = put_forward(reviewed, standing.person, standing.post, standing.term)

    assert proposal.source == Proposal.Source.CARRIED_OVER


def test_nobody_the_rules_fail_is_put_forward(reviewed: PlanningRound) -> None:
    post, term = secretary_post(reviewed)
    over_age = Person.objects.get(key=district().notable["over_age"])

    with pytest.raises(NotEligibleError, match="không đủ điều kiện"):
        put_forward(reviewed, over_age, post, term)

    assert not reviewed.proposals.exists()


def test_a_person_is_put_forward_once_for_a_post_and_term(
    reviewed: PlanningRound,
) -> None:
    post, term = secretary_post(reviewed)
    person = able(reviewed, post, term)[0]
    put_forward(reviewed, person, post, term)

    with pytest.raises(AlreadyProposedError):
        put_forward(reviewed, person, post, term)


def test_a_fourth_person_for_a_post_is_refused_until_one_is_withdrawn(
    reviewed: PlanningRound,
) -> None:
    post, term = secretary_post(reviewed)
    first, *others, fourth = able(reviewed, post, term)[:4]
    taken_back = put_forward(reviewed, first, post, term)
    for person in others:
        put_forward(reviewed, person, post, term)

    with pytest.raises(TooManyPeopleError, match="đã có 3 người, tối đa 3"):
        put_forward(reviewed, fourth, post, term)

    actions.withdraw_proposal(proposal_id=taken_back.pk, by=BY, at=AT)
    put_forward(reviewed, fourth, post, term)
    assert reviewed.proposals.filter(state="proposed").count() == 3


def test_a_fourth_post_of_one_level_for_a_person_is_refused(
    reviewed: PlanningRound,
) -> None:
    post, term = secretary_post(reviewed)
    open_places = {
        person: [
            one
            for one in verdicts_of(person, planning_round=reviewed)
            if one.verdict.outcome is not Outcome.FAIL and one.post.level == "district"
        ]
        for person in able(reviewed, post, term)
    }
    person, places = max(open_places.items(), key=lambda one: len(one[1]))
    for place in places[:3]:
        put_forward(reviewed, person, place.post, place.term)

    with pytest.raises(TooManyPostsError, match="3 chức danh cấp huyện, tối đa 3"):
        put_forward(reviewed, person, places[3].post, places[3].term)


def test_a_body_takes_more_than_three_people(reviewed: PlanningRound) -> None:
    post = Post.objects.get(key="UVBCH")
    term = terms_for(reviewed, line=post.line)[1]
    people = able(reviewed, post, term)[:5]

    for person in people:
        put_forward(reviewed, person, post, term)

    (one,) = proposed_lists(reviewed)
    coefficient = next(m for m in one.meters if m.key == "planning.body_coefficient")
    assert len(people) == 5
    assert (coefficient.have, coefficient.of) == (5, post.seats)


def test_a_term_of_the_other_line_is_refused(reviewed: PlanningRound) -> None:
    post, _ = secretary_post(reviewed)

    with pytest.raises(TermNotOfRoundError):
        put_forward(
            reviewed, Person.objects.all()[0], post, reviewed.next_government_term
        )


def test_nobody_is_put_forward_for_a_post_that_is_not_planned(
    reviewed: PlanningRound,
) -> None:
    post, term = secretary_post(reviewed)
    Post.objects.filter(pk=post.pk).update(is_planned=False)

    with pytest.raises(PostNotPlannedError):
        put_forward(reviewed, Person.objects.all()[0], post, term)


def test_a_signed_list_is_frozen(reviewed: PlanningRound) -> None:
    proposal = concluded(reviewed)

    with pytest.raises(RoundStateError):
        actions.withdraw_proposal(proposal_id=proposal.pk, by=BY, at=AT)


def test_an_empty_list_is_not_signed(reviewed: PlanningRound) -> None:
    post, term = secretary_post(reviewed)
    proposal = put_forward(reviewed, able(reviewed, post, term)[0], post, term)
    actions.withdraw_proposal(proposal_id=proposal.pk, by=BY, at=AT)

    with pytest.raises(NothingProposedError):
        actions.sign_submission(
            round_id=reviewed.pk, number="1", dated=date(2022, 5, 9), by=BY, at=AT
        )


def test_who_did_not_pass_the_conferences_is_dropped(reviewed: PlanningRound) -> None:
    post, term = secretary_post(reviewed)
    passed, dropped = (
        put_forward(reviewed, person, post, term)
        for person in able(reviewed, post, term)[:2]
    )
    actions.sign_submission(
        round_id=reviewed.pk, number="1", dated=date(2022, 5, 9), by=BY, at=AT
    )
    actions.begin_conferences(round_id=reviewed.pk, by=BY, at=AT)

    actions.conclude_conferences(round_id=reviewed.pk, passed=[passed.pk], by=BY, at=AT)

    states = dict(reviewed.proposals.values_list("pk", "state"))
    assert states == {passed.pk: "passed", dropped.pk: "dropped"}


def test_an_appraisal_has_words(reviewed: PlanningRound) -> None:
    concluded(reviewed)

    with pytest.raises(ReasonMissingError):
        actions.appraise(round_id=reviewed.pk, opinion=" ", by=BY, at=AT)


def test_the_approval_needs_two_people(reviewed: PlanningRound) -> None:
    concluded(reviewed)
    actions.appraise(round_id=reviewed.pk, opinion="Nhất trí.", by=BY, at=AT)
    with pytest.raises(SecondPersonNeededError):
        approve(reviewed, by=ANOTHER)
    actions.request_approval(round_id=reviewed.pk, by=BY, at=AT)

    with pytest.raises(SecondPersonNeededError):
        approve(reviewed, by=BY)

    approve(reviewed, by=ANOTHER)
    reviewed.refresh_from_db()
    assert reviewed.state == RoundState.APPROVED


@pytest.mark.parametrize("what", ["approval", "reopening"])
def test_nobody_asks_in_the_place_of_another_who_could_then_approve_alone(
    reviewed: PlanningRound, what: str
) -> None:
    ask, agree = _asking(reviewed, what)
    ask(BY)

    with pytest.raises(SecondPersonNeededError, match="Đã có người đề nghị"):
        ask(ANOTHER)
    with pytest.raises(SecondPersonNeededError, match="không được tự phê duyệt"):
        agree(BY)

    agree(ANOTHER)


@pytest.mark.parametrize("what", ["approval", "reopening"])
@pytest.mark.parametrize("who", ["own", "another's"])
def test_a_request_is_withdrawn_by_either_person_and_then_waits_for_nobody(
    reviewed: PlanningRound, what: str, who: str
) -> None:
    ask, agree = _asking(reviewed, what)
    withdraw = {
        "approval": actions.withdraw_approval_request,
        "reopening": actions.withdraw_reopening_request,
    }[what]
    by = BY if who == "own" else ANOTHER
    with pytest.raises(SecondPersonNeededError, match="Không có đề nghị"):
        withdraw(round_id=reviewed.pk, by=by, at=AT)
    ask(BY)

    withdraw(round_id=reviewed.pk, by=by, at=AT)

    with pytest.raises(SecondPersonNeededError, match="Không có đề nghị"):
        agree(ANOTHER)
    entry = LedgerEntry.objects.get(action=f"round.{what}_withdrawn")
    assert json.loads(entry.details)["requested_by"] == BY.login
    assert entry.actor == by.login
    ask(ANOTHER)
    agree(BY)


def _asking(
    planning_round: PlanningRound, what: str
) -> tuple[Callable[[Program], object], Callable[[Program], object]]:
    """Return how somebody asks for it, and how somebody agrees."""
    given: dict[str, Any] = {"round_id": planning_round.pk, "at": AT}
    if what == "reopening":
        return (
            lambda by: actions.request_reopening(reason="Sót.", by=by, **given),
            lambda by: actions.reopen_round(by=by, **given),
        )
    concluded(planning_round)
    actions.appraise(opinion="Nhất trí.", by=BY, **given)
    return (
        lambda by: actions.request_approval(by=by, **given),
        lambda by: approve(planning_round, by=by),
    )


def test_two_accounts_of_one_dossier_are_one_person_who_approves_and_reopens_nothing(
    reviewed: PlanningRound,
) -> None:
    for one in (BY, ANOTHER):
        create_user(
            login=one.login,
            full_name=one.full_name,
            password=None,
            by=BY,
            at=AT,
            person_key="CB-007",
        )
    actions.request_reopening(
        round_id=reviewed.pk, reason="Sót một người.", by=BY, at=AT
    )
    with pytest.raises(SecondPersonNeededError):
        actions.reopen_round(round_id=reviewed.pk, by=ANOTHER, at=AT)
    concluded(reviewed)
    actions.appraise(round_id=reviewed.pk, opinion="Nhất trí.", by=BY, at=AT)
    actions.request_approval(round_id=reviewed.pk, by=BY, at=AT)

    with pytest.raises(SecondPersonNeededError):
        approve(reviewed, by=ANOTHER)


def test_the_decision_adds_who_passed_and_removes_who_was_reviewed_out(
    reviewed: PlanningRound,
) -> None:
    proposal = concluded(reviewed)
    actions.appraise(round_id=reviewed.pk, opinion="Nhất trí.", by=BY, at=AT)
    actions.request_approval(round_id=reviewed.pk, by=BY, at=AT)
    removed = reviewed.review_items.filter(decision="remove")
    before = len(standing_plan())

    decision = approve(reviewed, by=ANOTHER)

    assert len(standing_plan()) == before - removed.count() + 1
    assert decision.movements.filter(kind="added").get().person == proposal.person
    over_age = Person.objects.get(key=district().notable["over_age"])
    assert standing_plan(person=over_age) == []


def test_a_decision_number_is_used_once(reviewed: PlanningRound) -> None:
    concluded(reviewed)
    actions.appraise(round_id=reviewed.pk, opinion="Nhất trí.", by=BY, at=AT)
    actions.request_approval(round_id=reviewed.pk, by=BY, at=AT)
    PlanDecision.objects.create(number="99-QĐ/TU", dated="2022-06-01", issuer="Tỉnh uỷ")

    with pytest.raises(DecisionTakenError):
        approve(reviewed, by=ANOTHER)


def test_reopening_needs_a_reason_and_two_people(reviewed: PlanningRound) -> None:
    with pytest.raises(ReasonMissingError):
        actions.request_reopening(round_id=reviewed.pk, reason="", by=BY, at=AT)
    with pytest.raises(SecondPersonNeededError):
        actions.reopen_round(round_id=reviewed.pk, by=ANOTHER, at=AT)
    actions.request_reopening(
        round_id=reviewed.pk, reason="Sót một người.", by=BY, at=AT
    )
    with pytest.raises(SecondPersonNeededError):
        actions.reopen_round(round_id=reviewed.pk, by=BY, at=AT)

    actions.reopen_round(round_id=reviewed.pk, by=ANOTHER, at=AT)

    reviewed.refresh_from_db()
    assert reviewed.state == RoundState.OPENED
    assert reviewed.reopening_requested_by == ""


def test_a_round_that_went_to_the_conferences_is_not_reopened(
    reviewed: PlanningRound,
) -> None:
    concluded(reviewed)

    with pytest.raises(RoundStateError):
        actions.request_reopening(round_id=reviewed.pk, reason="Sửa.", by=BY, at=AT)


def test_every_step_of_a_round_is_one_ledger_entry(reviewed: PlanningRound) -> None:
    LedgerEntry.objects.all().delete()

    concluded(reviewed)

    actions_done = LedgerEntry.objects.order_by("sequence").values_list(
        "action", flat=True
    )
    assert list(actions_done) == [
        "proposal.made",
        "submission.signed",
        "round.conferences_begun",
        "round.conferences_concluded",
    ]


def test_a_refused_action_leaves_no_ledger_entry(opened: PlanningRound) -> None:
    before = LedgerEntry.objects.count()

    with pytest.raises(RoundStateError):
        actions.begin_conferences(round_id=opened.pk, by=BY, at=AT)

    assert LedgerEntry.objects.count() == before


def test_the_steps_show_where_the_round_is(reviewed: PlanningRound) -> None:
    shown = steps(reviewed)

    assert [step.is_done for step in shown] == [True, True] + [False] * 6
    assert [step.title for step in shown if step.is_current] == ["Đã rà soát"]


def test_the_summary_counts_every_person_for_every_planned_post(
    opened: PlanningRound,
) -> None:
    judged = eligibility_summary(opened)

    planned = Post.objects.filter(is_planned=True).count()
    people = Person.objects.count()
    assert len({(one.post.key, one.term) for one in judged}) == planned * 2
    assert {sum(one.counts) for one in judged} == {people}


def test_an_entry_taken_out_before_the_import_does_not_stand() -> None:
    entry = district().register.plan[0]
    register = replace(
        district().register, plan=(replace(entry, removed=PartialDate(2021, 12, 1)),)
    )

    actions.import_workbook(
        register=register, file_name="so.xlsx", file_sha256="c" * 64, by=BY, at=AT
    )

    assert list(plan_entries()) == list(register.plan)
    assert standing_plan() == []
