"""A small practice round left in the middle of its count, for a visitor to try.

Everything is invented and marked as practice; a few marks wait for people, two
refused pages and a name written by hand among them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.regulations.chains import load_chain
from kecan.sample import scenario
from kecan.sample.district import DAY
from kecan.vocabulary import Base, UnitId
from kecan.web.conferences.actions import ballots, chain
from kecan.web.conferences.queries import ballot_shape
from kecan.web.conferences.rules import step_from_json
from kecan.web.demonstration import scanned_day
from kecan.web.demonstration.day import NOW, eligible_people, round_terms
from kecan.web.organisation.models import Post
from kecan.web.paper_count.actions import importing
from kecan.web.plans.actions import proposals, review, rounds
from kecan.web.plans.actions.rounds import RoundDraft
from kecan.web.plans.queries import people_per_post_limit, terms_for
from kecan.web.plans.refusals import RoundRefusalError

if TYPE_CHECKING:
    from kecan.web.accounts.models import User
    from kecan.web.conferences.models import Conference
    from kecan.web.demonstration.day import Day
    from kecan.web.plans.models import PlanningRound

TITLE = "Tập huấn kiểm phiếu (số liệu giả định)"
_CONTESTS, _NOMINEES, _ISSUED = 4, 3, 12
_ODD = 0.12  # share of marks that only a person may read
_NAMES = ("Nguyễn Hữu Trung", "Trần Thu Hằng")


def leave_a_count_to_practise(day: Day) -> Conference:
    """Hold a practice conference up to the reading of its scans; return it."""
    planning_round = _signed_round(day)
    conference = chain.plan_conferences(
        round_id=planning_round.pk,
        template=load_chain(planning_round.chain_template),
        by=day.users["canbo"],
        at=NOW,
    )[0]
    _vote(conference, day)
    return conference


def _signed_round(day: Day) -> PlanningRound:
    officer = day.users["canbo"]
    current, following = round_terms()
    planning_round = rounds.open_round(
        draft=RoundDraft(
            key="tap-huan-kiem-phieu",
            title=TITLE,
            unit_id=UnitId("HU"),
            as_of=DAY,
            rule_pack="50-qd-tw",
            chain_template="seed-2022",
            current_terms=current,
            next_terms=following,
        ),
        by=officer,
        at=NOW,
    )
    review.run_review(round_id=planning_round.pk, by=officer, at=NOW)
    for item in planning_round.review_items.all():
        review.confirm_review_item(
            item_id=item.pk, decision="keep", by=officer, at=NOW, note="Tập huấn."
        )
    review.finish_review(round_id=planning_round.pk, by=officer, at=NOW)
    _propose(planning_round, day)
    proposals.sign_submission(
        round_id=planning_round.pk,
        number="00-TTr/TH",
        dated=DAY,
        by=day.users["truongban"],
        at=NOW,
    )
    return planning_round


def _propose(planning_round: PlanningRound, day: Day) -> None:
    """Put people forward for a few posts, wherever the caps still leave room."""
    fit = eligible_people(planning_round)
    contests = 0
    for post in Post.objects.filter(is_planned=True, seats=1).order_by("-rank", "key"):
        term = terms_for(planning_round, line=post.line)[-1]
        made = 0
        for person in fit.get((post.key, term.first_year), []):
            if made == _NOMINEES:
                break
            try:
                proposals.propose(
                    round_id=planning_round.pk,
                    person_id=person.pk,
                    post_id=post.pk,
                    term_id=term.pk,
                    by=day.users["canbo"],
                    at=NOW,
                )
            except RoundRefusalError:
                continue
            made += 1
        contests += made > 0
        if contests == _CONTESTS:
            return


def _measure_by_ballots(conference: Conference, *, by: User) -> None:
    """Take the mark of the few ballots handed out, not of everybody present."""
    step = step_from_json(conference.rules)
    if step.threshold is not None:
        mark = replace(step.threshold, base=Base.ISSUED)
        chain.edit_step(
            conference_id=conference.pk,
            step=replace(step, threshold=mark),
            by=by,
            at=NOW,
        )


def _vote(conference: Conference, day: Day) -> None:
    officer, head = day.users["canbo"], day.users["truongban"]
    counters = [day.users[f"kiemphieu{n}"] for n in (1, 2, 3)]
    _measure_by_ballots(conference, by=officer)
    chain.summon(conference_id=conference.pk, as_of=DAY, by=officer, at=NOW)
    chain.open_conference(
        conference_id=conference.pk,
        held_on=DAY,
        place=scenario.PLACE,
        chair=head.full_name,
        minute_taker=officer.full_name,
        presenter=head.full_name,
        agenda=("Tập huấn kiểm phiếu",),
        by=head,
        at=NOW,
    )
    seats = list(conference.seats.values_list("number", flat=True))
    chain.check_in(conference_id=conference.pk, present_seats=seats, by=officer, at=DAY)
    ballots.prepare_ballot(
        conference_id=conference.pk,
        people_per_post=people_per_post_limit(conference.round),
        by=officer,
        at=NOW,
    )
    ballots.appoint_counting_committee(
        conference_id=conference.pk,
        members=[(user.login, user.full_name) for user in counters],
        by=head,
        at=NOW,
    )
    form = scanned_day.print_ballot(conference, by=officer)
    first = counters[0]
    ballots.issue_ballots(conference_id=conference.pk, issued=_ISSUED, by=first, at=DAY)
    contests = ballot_shape(conference)
    sheets = scanned_day.invent_sheets(day, contests, issued=_ISSUED)
    named = [
        replace(sheet, write_ins=((name,), *sheet.write_ins[1:]))
        for sheet, name in zip(sheets, _NAMES, strict=False)
    ]
    sheets = (*named, *sheets[len(named) :])
    ballots.close_voting(
        conference_id=conference.pk, returned=len(sheets), by=first, at=DAY
    )
    stack = scanned_day.scan_stack(
        form, sheets, executor=day.executor, seed=DAY.toordinal(), odd_share=_ODD
    )
    scanned_day.read_stack(conference, stack, by=first, executor=day.executor)
    _spoil_the_batch(conference, stack[0][1][0].jpeg, day)


def _spoil_the_batch(conference: Conference, jpeg: bytes, day: Day) -> None:
    """Feed what people feed: a page lying on its side, and a page twice."""
    by = day.users["kiemphieu1"]
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    sideways = cv2.imencode(".jpg", np.rot90(np.asarray(image)))[1].tobytes()
    importing.receive_scans(
        conference_id=conference.pk, files=[sideways, jpeg], by=by, at=DAY
    )
    importing.read_waiting(
        conference_id=conference.pk, by=by, at=DAY, executor=day.executor
    )
