"""A small committee with a signed round, for the tests of the conferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kecan.regulations.chains import load_chain
from kecan.tally import LineState, Sheet
from kecan.web.audit.actions import Program
from kecan.web.conferences.actions import ballots, chain, closing, count
from kecan.web.conferences.models import Conference, Contest, Minutes
from kecan.web.organisation.models import OfficeHeld, Person, Post, Term, Unit
from kecan.web.plans.models import PlanningRound, Proposal

DAY = date(2022, 5, 10)
NOW = datetime(2022, 5, 10, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
AGREE, DISAGREE = LineState.AGREE, LineState.DISAGREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """An actor of a test."""

    login: str
    full_name: str


OFFICER = Program()
COUNTERS = tuple(
    Somebody(login=f"kiemphieu{n}", full_name=f"Kiểm Phiếu {n}") for n in (1, 2, 3)
)


def small_round(*, chain_key: str = "seed-2022") -> PlanningRound:
    """Return a submitted round: five members, two of them put forward as head."""
    unit = Unit.objects.create(
        key="HU-01", name="Huyện uỷ An Lạc", kind="committee", level="district"
    )
    terms = [
        Term.objects.create(line=line, first_year=year, last_year=year + 5)
        for line, year in (
            ("party", 2020),
            ("government", 2021),
            ("party", 2025),
            ("government", 2026),
        )
    ]
    standing = _post(unit, "BTV", "standing_member", rank=80, seats=5)
    head = _post(unit, "BT", "secretary", rank=100, seats=1)
    planning_round = PlanningRound.objects.create(
        key="r",
        title="Đợt thử",
        unit=unit,
        as_of=DAY,
        rule_pack="50-qd-tw",
        chain_template=chain_key,
        state="submitted",
        current_party_term=terms[0],
        current_government_term=terms[1],
        next_party_term=terms[2],
        next_government_term=terms[3],
    )
    for number, name in enumerate(("An", "Bình", "Cường", "Dũng", "Em"), start=1):
        person = Person.objects.create(
            key=f"{number:012d}",
            full_name=f"Nguyễn Văn {name}",
            search_key=f"nguyen van {number}",
            sort_key=str(number),
            born="1975-01-01",
            unit=unit,
        )
        OfficeHeld.objects.create(
            person=person, post=standing, title="Uỷ viên Ban Thường vụ", since="2020"
        )
        if number <= 2:
            Proposal.objects.create(
                round=planning_round,
                person=person,
                post=head,
                term=terms[2],
                source="newcomer",
                outcome="pass",
                proposed_by="canbo",
            )
    return planning_round


def _post(unit: Unit, key: str, kind: str, *, rank: int, seats: int) -> Post:
    return Post.objects.create(
        key=key,
        title=key,
        unit=unit,
        kind=kind,
        level="district",
        line="party",
        seats=seats,
        rank=rank,
    )


def first_conference(planning_round: PlanningRound) -> Conference:
    """Return the round's first conference, planned and with its roll."""
    conference = chain.plan_conferences(
        round_id=planning_round.pk,
        template=load_chain(planning_round.chain_template),
        by=OFFICER,
        at=NOW,
    )[0]
    chain.summon(conference_id=conference.pk, as_of=DAY, by=OFFICER, at=NOW)
    return conference


def opened(conference: Conference, *, present: int = 5) -> Conference:
    """Open a conference with so many present and, if it votes, its ballot drawn up."""
    chain.open_conference(
        conference_id=conference.pk,
        held_on=DAY,
        place="Hội trường",
        chair="Chủ trì",
        minute_taker="Thư ký",
        presenter="Trưởng Ban",
        agenda=["Bỏ phiếu"],
        by=OFFICER,
        at=NOW,
    )
    chain.check_in(
        conference_id=conference.pk,
        present_seats=range(1, present + 1),
        by=OFFICER,
        at=DAY,
    )
    if not conference.has_ballot:
        return conference
    ballots.prepare_ballot(
        conference_id=conference.pk, people_per_post=3, by=OFFICER, at=NOW
    )
    ballots.appoint_counting_committee(
        conference_id=conference.pk,
        members=[(one.login, one.full_name) for one in COUNTERS],
        by=OFFICER,
        at=NOW,
    )
    return conference


def counting(conference: Conference, *, returned: int = 5) -> Conference:
    """Hand out five ballots and take so many back."""
    ballots.issue_ballots(conference_id=conference.pk, issued=5, by=COUNTERS[0], at=DAY)
    ballots.close_voting(
        conference_id=conference.pk, returned=returned, by=COUNTERS[0], at=DAY
    )
    conference.refresh_from_db()
    return conference


def sheet(number: int, *states: LineState) -> Sheet:
    return Sheet(number=number, states=(states,), write_ins=((),))


def keyed(conference: Conference, *, slot: int, sheets: list[Sheet]) -> None:
    """Key a whole stack in one slot by that slot's counter and finish."""
    by = COUNTERS[slot]
    keying = count.start_keying(conference_id=conference.pk, slot=slot, by=by, at=DAY)
    count.key_sheets(keying_id=keying.pk, sheets=sheets, by=by)
    count.finish_keying(keying_id=keying.pk, by=by, at=DAY)


def stack(agreeing: tuple[int, int]) -> list[Sheet]:
    """Return five sheets with so many agreeing to each of the two nominees."""
    return [
        sheet(
            number,
            AGREE if number <= agreeing[0] else DISAGREE,
            AGREE if number <= agreeing[1] else DISAGREE,
        )
        for number in range(1, 6)
    ]


def sign_all(conference: Conference) -> None:
    """Sign both minutes of a counted conference."""
    for kind in Minutes.Kind:
        closing.sign_minutes(
            conference_id=conference.pk, kind=kind, signed_by=["A"], by=OFFICER, at=DAY
        )


def only_contest(conference: Conference) -> Contest:
    return Contest.objects.get(conference=conference)
