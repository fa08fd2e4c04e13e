"""Reading the register: rows to dated facts, people by name, holders of a post."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q

from kecan.lettering.names import fold_for_search
from kecan.regulations import facts
from kecan.vocabulary import (
    Level,
    Line,
    PartialDate,
    PersonId,
    PostId,
    Sex,
    TermPair,
    UnitId,
)
from kecan.vocabulary import Term as TermOfOffice
from kecan.web.organisation.models import (
    AnnualRating,
    Body,
    Commendation,
    Departure,
    Discipline,
    ImportBatch,
    OfficeHeld,
    Person,
    PoliticalConclusion,
    Post,
    Term,
    Training,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

RowT = TypeVar("RowT", bound=Model)

_OFFICES_PRINTED = 2
_SECRETARIES = (facts.PostKind.SECRETARY, facts.PostKind.DEPUTY_SECRETARY)
_SEATS_ABOVE = {
    facts.PostKind.STANDING_MEMBER: _SECRETARIES,
    facts.PostKind.COMMITTEE_MEMBER: (facts.PostKind.STANDING_MEMBER, *_SECRETARIES),
}
FACTS_OF_A_PERSON = (
    "offices",
    "trainings",
    "ratings",
    "disciplines",
    "commendations",
    "political_conclusions",
    "departures",
)


def register_from_database(*, plan: Iterable[facts.PlanEntry] = ()) -> facts.Register:
    """Return the whole register; ``plan`` is read by the plans app."""
    return facts.Register(
        units=unit_facts(),
        posts=tuple(posts_by_id().values()),
        people=people_facts(Person.objects.all()),
        plan=tuple(plan),
    )


def unit_facts() -> tuple[facts.Unit, ...]:
    rows = Unit.objects.select_related("parent").prefetch_related("predecessors")
    return tuple(_unit(row) for row in rows)


def posts_by_id() -> dict[PostId, facts.Post]:
    rows = Post.objects.select_related("unit")
    return {PostId(row.key): post_facts(row) for row in rows}


def people_facts(rows: QuerySet[Person]) -> tuple[facts.PersonFacts, ...]:
    """Return the dated facts of people in eight queries, however many they are."""
    full = rows.select_related("unit").prefetch_related(
        "offices__post", *FACTS_OF_A_PERSON
    )
    return tuple(person_facts(row) for row in full)


def person_facts(row: Person) -> facts.PersonFacts:
    return facts.PersonFacts(
        person_id=PersonId(row.key),
        full_name=row.full_name,
        sex=Sex(row.sex) if row.sex else None,
        born=partial_date(row.born),
        ethnicity=row.ethnicity,
        home_place=row.home_place,
        academic_title=row.academic_title,
        unit_id=UnitId(row.unit.key) if row.unit else None,
        party_joined=partial_date(row.party_joined),
        party_official=partial_date(row.party_official),
        retires_at=row.retires_at,
        subject_groups=tuple(row.subject_groups),
        offices=tuple(_office(one) for one in _recorded(row.offices.all())),
        trainings=tuple(_training(one) for one in _recorded(row.trainings.all())),
        ratings=tuple(_rating(one) for one in _recorded(row.ratings.all())),
        disciplines=tuple(_discipline(one) for one in _recorded(row.disciplines.all())),
        commendations=tuple(
            _commendation(one) for one in _recorded(row.commendations.all())
        ),
        political_conclusions=tuple(
            _conclusion(one) for one in _recorded(row.political_conclusions.all())
        ),
        departures=tuple(_departure(one) for one in _recorded(row.departures.all())),
    )


def post_facts(row: Post) -> facts.Post:
    return facts.Post(
        post_id=PostId(row.key),
        title=row.title,
        unit_id=UnitId(row.unit.key),
        kind=facts.PostKind(row.kind),
        level=Level(row.level),
        line=Line(row.line),
        seats=row.seats,
        rank=row.rank,
        managed_by=Level(row.managed_by) if row.managed_by else None,
        is_planned=row.is_planned,
        requires_party_membership=row.requires_party_membership,
        required_profession=_profession(row.required_profession),
        required_theory=_theory(row.required_theory),
        fitting_fields=tuple(row.fitting_fields),
        subject_group=row.subject_group or None,
    )


def term_facts(row: Term) -> TermOfOffice:
    return TermOfOffice(
        line=Line(row.line), first_year=row.first_year, last_year=row.last_year
    )


def term_pair(*, party: Term, government: Term) -> TermPair:
    return TermPair(party=term_facts(party), government=term_facts(government))


@lru_cache(maxsize=8192)
def known_date(text: str) -> PartialDate:
    """Read a stored date that is never empty.

    Raises:
        ValueError: If ``text`` is not ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """
    return PartialDate(*(int(part) for part in text.split("-")))


def partial_date(text: str) -> PartialDate | None:
    return known_date(text) if text else None


def people_named(words: str, *, among: QuerySet[Person]) -> QuerySet[Person]:
    """Return those ``among`` people whose name holds every word, accents aside."""
    found = among
    for word in fold_for_search(words).split():
        found = found.filter(Q(search_key__contains=word) | Q(key__iexact=word))
    return found.order_by("sort_key", "key")


def holders_on(day: date) -> dict[int, list[OfficeHeld]]:
    """Return the offices held on ``day`` by post row, in order of the name."""
    held: dict[int, list[OfficeHeld]] = {}
    rows = (
        OfficeHeld.objects.filter(post__isnull=False)
        .select_related("person", "post", "post__unit")
        .order_by("person__sort_key", "person__key", "id")
    )
    for row in rows:
        if row.post_id is not None and _office(row).is_held_on(day):
            held.setdefault(row.post_id, []).append(row)
    return held


def offices_in_words(person: Person, *, on: date) -> str:
    """Return the posts a person holds on a day, at most two.

    This is what ballots, lists and minutes print beside a name.
    """
    held = [
        row
        for row in person.offices.select_related("post").order_by("id")
        if _office(row).is_held_on(on)
    ]
    said = offices_that_need_saying(held)
    return "; ".join(_title_in_words(row) for row in said[:_OFFICES_PRINTED])


def offices_that_need_saying(held: Sequence[OfficeHeld]) -> list[OfficeHeld]:
    """Return the offices an official paper names: the party's first, the highest first.

    A secretary or deputy secretary sits in the standing committee, and a standing
    member in the committee of the same unit: those seats go without saying.
    """
    kinds = {
        (row.post.unit_id, facts.PostKind(row.post.kind)) for row in held if row.post
    }
    said = [row for row in held if not _goes_without_saying(row, kinds)]
    return sorted(said, key=_place_beside_the_name)


def _goes_without_saying(
    row: OfficeHeld, kinds: Collection[tuple[int, facts.PostKind]]
) -> bool:
    if row.post is None:
        return False
    seats_above = _SEATS_ABOVE.get(facts.PostKind(row.post.kind), ())
    return any((row.post.unit_id, kind) in kinds for kind in seats_above)


def _place_beside_the_name(office: OfficeHeld) -> tuple[bool, int, str]:
    """Offices of the party come first, then those of government, each by rank."""
    if office.post is None:
        return (True, 0, office.title)
    is_government = office.post.line != Line.PARTY
    return (is_government, -(office.post.rank or 0), office.title)


def _title_in_words(row: OfficeHeld) -> str:
    """Return "Chuyên viên Phòng Kinh tế": such a title alone does not say where."""
    is_specialist = row.post is not None and row.post.kind == facts.PostKind.SPECIALIST
    if not is_specialist or row.unit_name in row.title:
        return row.title
    return f"{row.title} {row.unit_name}"


def body_members_on(body: Body, day: date) -> list[Person]:
    held = holders_on(day).get(body.member_post_id, [])
    return [office.person for office in held]


def units_with_posts() -> QuerySet[Unit]:
    return Unit.objects.prefetch_related("posts").order_by("name", "key")


def units_under(keys: Collection[str]) -> set[int]:
    """Return the units with one of ``keys`` and every unit below them."""
    children: dict[int | None, list[int]] = {}
    found = []
    for pk, key, parent in Unit.objects.values_list("pk", "key", "parent_id"):
        children.setdefault(parent, []).append(pk)
        if key in keys:
            found.append(pk)
    reached: set[int] = set()
    while found:
        unit = found.pop()
        if unit not in reached:
            reached.add(unit)
            found.extend(children.get(unit, []))
    return reached


def people_within(keys: Collection[str]) -> QuerySet[Person]:
    """Return the people of units an account may see; a blank key means everybody."""
    people = Person.objects.select_related("unit").order_by("sort_key", "key")
    if "" in keys:
        return people
    return people.filter(unit__in=units_under(keys))


def posts_within(keys: Collection[str]) -> QuerySet[Post]:
    """Return the posts of units an account may see; a blank key means all posts."""
    posts = Post.objects.select_related("unit").order_by("-rank", "title", "key")
    if "" in keys:
        return posts
    return posts.filter(unit__in=units_under(keys))


def newest_batch() -> ImportBatch | None:
    """Return the newest import that has not been undone."""
    return ImportBatch.objects.filter(undone_at__isnull=True).first()


def _recorded(rows: Iterable[RowT]) -> list[RowT]:
    """Return rows in the order the record gives them, not by date."""
    return sorted(rows, key=lambda row: row.pk)


def _unit(row: Unit) -> facts.Unit:
    before = sorted(one.key for one in row.predecessors.all())
    return facts.Unit(
        unit_id=UnitId(row.key),
        name=row.name,
        kind=facts.UnitKind(row.kind),
        level=Level(row.level),
        parent_id=UnitId(row.parent.key) if row.parent else None,
        predecessors=tuple(UnitId(key) for key in before),
        exists_from=row.exists_from,
        exists_until=row.exists_until,
    )


def _office(row: OfficeHeld) -> facts.OfficeHeld:
    return facts.OfficeHeld(
        post_id=PostId(row.post.key) if row.post else None,
        title=row.title,
        since=known_date(row.since),
        until=partial_date(row.until),
        unit_name=row.unit_name,
        source=row.source,
    )


def _training(row: Training) -> facts.Training:
    return facts.Training(
        kind=facts.TrainingKind(row.kind),
        completed=partial_date(row.completed),
        level=_profession(row.level),
        theory=_theory(row.theory),
        field=row.field,
        source=row.source,
    )


def _rating(row: AnnualRating) -> facts.AnnualRating:
    return facts.AnnualRating(
        year=row.year,
        grade=facts.RatingGrade(row.grade),
        decided=partial_date(row.decided),
        source=row.source,
    )


def _discipline(row: Discipline) -> facts.Discipline:
    form = row.would_have_been
    return facts.Discipline(
        form=facts.DisciplineForm(row.form),
        decided=known_date(row.decided),
        expires=partial_date(row.expires),
        is_remedied=row.is_remedied,
        would_have_been=facts.DisciplineForm(form) if form else None,
        reason=row.reason,
        source=row.source,
    )


def _commendation(row: Commendation) -> facts.Commendation:
    return facts.Commendation(
        title=row.title, awarded=known_date(row.awarded), source=row.source
    )


def _conclusion(row: PoliticalConclusion) -> facts.PoliticalConclusion:
    return facts.PoliticalConclusion(
        concluded=known_date(row.concluded),
        meets_standard=row.meets_standard,
        source=row.source,
    )


def _departure(row: Departure) -> facts.Departure:
    return facts.Departure(
        left=known_date(row.left),
        kind=facts.DepartureKind(row.kind),
        source=row.source,
    )


def _profession(text: str) -> facts.ProfessionLevel | None:
    return facts.ProfessionLevel(text) if text else None


def _theory(text: str) -> facts.TheoryLevel | None:
    return facts.TheoryLevel(text) if text else None
