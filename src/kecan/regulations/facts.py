"""The dated facts the rules judge: people, the posts they hold and the current plan.

Every fact says when it held and which paper proves it, so a verdict can be
recomputed for any past day: :meth:`PersonFacts.known_on` drops what was not yet so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.vocabulary import (
    Level,
    Line,
    PartialDate,
    PersonId,
    PostId,
    Sex,
    UnitId,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kecan.vocabulary import Term


class UnitKind(StrEnum):
    """What a unit is; decides the category its head is seated under."""

    COMMITTEE = "committee"  # cấp uỷ: Huyện uỷ, Đảng uỷ xã
    PARTY_BODY = "party_body"  # cơ quan tham mưu của cấp uỷ
    ADMINISTRATIVE = "administrative"  # phòng, cơ quan hành chính thuộc UBND
    PUBLIC_SERVICE = "public_service"  # đơn vị sự nghiệp thuộc UBND
    PEOPLES_COUNCIL = "peoples_council"  # HĐND
    PEOPLES_COMMITTEE = "peoples_committee"  # UBND
    FRONT = "front"  # MTTQ
    UNION = "union"  # đoàn thể chính trị - xã hội
    ARMED_FORCES = "armed_forces"  # quân sự, công an
    PARTY_BASE = "party_base"  # đảng bộ, chi bộ trực thuộc
    COMMUNE = "commune"  # xã, phường, thị trấn
    OTHER = "other"


class PostKind(StrEnum):
    """What a post is in its unit; conference categories and rules name these."""

    COMMITTEE_MEMBER = "committee_member"  # uỷ viên BCH
    STANDING_MEMBER = "standing_member"  # uỷ viên BTV
    SECRETARY = "secretary"  # bí thư
    DEPUTY_SECRETARY = "deputy_secretary"  # phó bí thư
    COUNCIL_CHAIR = "council_chair"  # chủ tịch HĐND
    COUNCIL_VICE_CHAIR = "council_vice_chair"
    PEOPLES_COMMITTEE_CHAIR = "peoples_committee_chair"  # chủ tịch UBND
    PEOPLES_COMMITTEE_VICE_CHAIR = "peoples_committee_vice_chair"
    HEAD = "head"  # trưởng cơ quan, đơn vị, đoàn thể, chủ tịch MTTQ
    DEPUTY = "deputy"  # cấp phó của các chức danh trên
    SPECIALIST = "specialist"  # không giữ chức vụ lãnh đạo
    OTHER = "other"


class ProfessionLevel(StrEnum):
    """Level of trained profession (trình độ chuyên môn), lowest first."""

    VOCATIONAL = "vocational"  # trung cấp
    COLLEGE = "college"  # cao đẳng
    BACHELOR = "bachelor"  # đại học
    MASTER = "master"  # thạc sĩ, chuyên khoa I
    DOCTOR = "doctor"  # tiến sĩ, chuyên khoa II

    @property
    def rank(self) -> int:
        """Place in the order of levels, 0 = lowest."""
        return _PROFESSION_RANKS[self]


_PROFESSION_RANKS = {one: place for place, one in enumerate(ProfessionLevel)}


class TheoryLevel(StrEnum):
    """Level of political theory (lý luận chính trị), lowest first."""

    ELEMENTARY = "elementary"  # sơ cấp
    INTERMEDIATE = "intermediate"  # trung cấp
    ADVANCED = "advanced"  # cao cấp
    BACHELOR = "bachelor"  # cử nhân

    @property
    def rank(self) -> int:
        """Place in the order of levels, 0 = lowest."""
        return _THEORY_RANKS[self]


_THEORY_RANKS = {one: place for place, one in enumerate(TheoryLevel)}


class RatingGrade(StrEnum):
    """Annual rating (xếp loại hằng năm), best first."""

    EXCELLENT = "excellent"  # hoàn thành xuất sắc nhiệm vụ
    GOOD = "good"  # hoàn thành tốt nhiệm vụ
    COMPLETED = "completed"  # hoàn thành nhiệm vụ
    COMPLETED_LIMITED = "completed_limited"  # trước 2020: còn hạn chế về năng lực
    NOT_COMPLETED = "not_completed"  # không hoàn thành nhiệm vụ

    @property
    def rank(self) -> int:
        """Place in the order of grades, 0 = best."""
        return _GRADE_RANKS[self]


_GRADE_RANKS = {one: place for place, one in enumerate(RatingGrade)}


class DisciplineForm(StrEnum):
    """Outcome of a disciplinary matter, from none to expulsion."""

    REVIEWED_ONLY = "reviewed_only"  # kiểm điểm, không thuộc trường hợp kỷ luật
    NOT_DISCIPLINED = "not_disciplined"  # đến mức kỷ luật nhưng không kỷ luật
    LIMITATION_EXPIRED = "limitation_expired"  # hết thời hiệu kỷ luật
    UNDER_CONSIDERATION = "under_consideration"  # đang xem xét, điều tra
    REPRIMAND = "reprimand"  # khiển trách
    WARNING = "warning"  # cảnh cáo
    DISMISSAL = "dismissal"  # cách chức
    EXPULSION = "expulsion"  # khai trừ, buộc thôi việc


class DepartureKind(StrEnum):
    """Why a person left the committee's personnel."""

    RETIRED = "retired"
    TRANSFERRED = "transferred"
    RESIGNED = "resigned"
    DIED = "died"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An organisation with posts; ``predecessors`` are the units merged into it."""

    unit_id: UnitId
    name: str
    kind: UnitKind
    level: Level
    parent_id: UnitId | None = None
    predecessors: tuple[UnitId, ...] = ()
    exists_from: date | None = None
    exists_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post (chức danh) people hold or are planned for.

    ``rank`` orders posts: a larger number is a higher post, None is unknown.
    ``managed_by`` is the level whose standing committee manages the post (diện
    quản lý). ``required_*`` are the post's own standards where it has them.
    ``subject_group`` is the group (đối tượng) whose members may be planned for
    it; None when the post names none.
    """

    post_id: PostId
    title: str
    unit_id: UnitId
    kind: PostKind
    level: Level
    line: Line
    seats: int
    rank: int | None = None
    managed_by: Level | None = None
    is_planned: bool = True
    requires_party_membership: bool = True
    required_profession: ProfessionLevel | None = None
    required_theory: TheoryLevel | None = None
    fitting_fields: tuple[str, ...] = ()
    subject_group: str | None = None

    def __post_init__(self) -> None:
        if self.seats < 1:
            msg = f"post {self.post_id} has {self.seats} seats, at least 1 is needed"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHeld:
    """A post held from one day until another (exclusive), or still held."""

    post_id: PostId | None
    title: str
    since: PartialDate
    until: PartialDate | None = None
    unit_name: str = ""
    source: str = ""

    def is_held_on(self, day: date) -> bool:
        """Tell whether the post was held on ``day``."""
        ended = self.until is not None and self.until.earliest <= day
        return self.since.earliest <= day and not ended


class TrainingKind(StrEnum):
    """What a training or qualification is about."""

    PROFESSION = "profession"
    THEORY = "theory"
    STATE_MANAGEMENT = "state_management"
    DEFENCE = "defence"
    LANGUAGE = "language"
    INFORMATICS = "informatics"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A completed training. ``level`` is set for professions, ``theory`` for theory."""

    kind: TrainingKind
    completed: PartialDate | None = None
    level: ProfessionLevel | None = None
    theory: TheoryLevel | None = None
    field: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualRating:
    """The rating of one year; known from ``decided`` on (31/12 when not said)."""

    year: int
    grade: RatingGrade
    decided: PartialDate | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discipline:
    """A disciplinary matter and its outcome.

    ``expires`` is the first day the decision no longer has effect (hết hiệu
    lực), as stated by the competent authority; None when nobody has stated it.
    ``is_remedied`` says whether the consequences were remedied (đã khắc phục).
    """

    form: DisciplineForm
    decided: PartialDate
    expires: PartialDate | None = None
    is_remedied: bool | None = None
    would_have_been: DisciplineForm | None = None
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commendation:
    """A commendation (khen thưởng)."""

    title: str
    awarded: PartialDate
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliticalConclusion:
    """The conclusion on the political standard (tiêu chuẩn chính trị)."""

    concluded: PartialDate
    meets_standard: bool
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """The day a person left the committee's personnel."""

    left: PartialDate
    kind: DepartureKind
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """All dated facts about one person that a rule may ask for.

    ``retires_at`` overrides the statutory retirement age, in whole months of
    age. ``subject_groups`` are the groups (đối tượng) the person belongs to.
    """

    person_id: PersonId
    full_name: str
    sex: Sex | None = None
    born: PartialDate | None = None
    ethnicity: str = ""
    home_place: str = ""
    academic_title: str = ""
    unit_id: UnitId | None = None
    party_joined: PartialDate | None = None
    party_official: PartialDate | None = None
    retires_at: int | None = None
    subject_groups: tuple[str, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()
    trainings: tuple[Training, ...] = ()
    ratings: tuple[AnnualRating, ...] = ()
    disciplines: tuple[Discipline, ...] = ()
    commendations: tuple[Commendation, ...] = ()
    political_conclusions: tuple[PoliticalConclusion, ...] = ()
    departures: tuple[Departure, ...] = ()

    def known_on(self, day: date) -> PersonFacts:
        """Return the record as it stood on ``day``: later facts are dropped.

        An office that ended later is kept as still held; a training without a
        date is kept. Party dates after ``day`` are dropped too.
        """
        return replace(
            self,
            party_joined=_past(self.party_joined, day),
            party_official=_past(self.party_official, day),
            offices=tuple(
                replace(office, until=_past(office.until, day))
                for office in self.offices
                if office.since.earliest <= day
            ),
            trainings=tuple(
                training
                for training in self.trainings
                if training.completed is None or training.completed.earliest <= day
            ),
            ratings=tuple(
                rating
                for rating in self.ratings
                if (rating.decided or PartialDate(rating.year, 12, 31)).earliest <= day
            ),
            disciplines=tuple(d for d in self.disciplines if d.decided.earliest <= day),
            commendations=tuple(
                c for c in self.commendations if c.awarded.earliest <= day
            ),
            political_conclusions=tuple(
                p for p in self.political_conclusions if p.concluded.earliest <= day
            ),
            departures=tuple(d for d in self.departures if d.left.earliest <= day),
        )

    def offices_on(self, day: date) -> tuple[OfficeHeld, ...]:
        """Return the posts held on ``day``, in the order of the record."""
        return tuple(office for office in self.offices if office.is_held_on(day))


def _past(when: PartialDate | None, day: date) -> PartialDate | None:
    return when if when is not None and when.earliest <= day else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One person planned for one post in one term (quy hoạch hiện có).

    ``removed`` is the day the entry was taken out of the plan, None while it stands.
    """

    person_id: PersonId
    post_id: PostId
    first_year: int
    last_year: int
    decision: str = ""
    decided: PartialDate | None = None
    issuer: str = ""
    removed: PartialDate | None = None

    def is_of(self, term: Term) -> bool:
        """Tell whether the entry is for ``term``."""
        return (self.first_year, self.last_year) == (term.first_year, term.last_year)

    def stands_on(self, day: date) -> bool:
        """Tell whether the entry is in the plan on ``day``, decided or as a draft."""
        is_decided = self.decided is None or self.decided.earliest <= day
        is_removed = self.removed is not None and self.removed.earliest <= day
        return is_decided and not is_removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Units, posts, people and the current plan of one committee, by id.

    References are consistent: every post's unit, every office's post and every
    plan entry's person and post exist.
    """

    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    plan: tuple[PlanEntry, ...] = ()

    def __post_init__(self) -> None:
        units = _unique((unit.unit_id for unit in self.units), "unit")
        posts = _unique((post.post_id for post in self.posts), "post")
        people = _unique((person.person_id for person in self.people), "person")
        _require_known((post.unit_id for post in self.posts), units, "unit")
        _require_known(
            (
                office.post_id
                for person in self.people
                for office in person.offices
                if office.post_id is not None
            ),
            posts,
            "post",
        )
        _require_known((entry.post_id for entry in self.plan), posts, "post")
        _require_known((entry.person_id for entry in self.plan), people, "person")


def _unique(ids: Iterable[str], noun: str) -> set[str]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            msg = f"{noun} {one} appears twice"
            raise ValueError(msg)
        seen.add(one)
    return seen


def _require_known(ids: Iterable[str], known: set[str], noun: str) -> None:
    for one in ids:
        if one not in known:
            msg = f"unknown {noun} {one}"
            raise ValueError(msg)
