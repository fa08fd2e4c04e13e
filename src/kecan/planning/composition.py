"""Composition of a list: women, young, ethnic minority, age bands, trained profession.

Shares warn and never veto a person. How many more are needed always means
*with the list as long as it is*: so many of those on it would have to be replaced.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kecan.planning.ages import bands_of, is_under
from kecan.planning.limits import coefficient
from kecan.planning.meters import Meter, least, not_entered, percent
from kecan.regulations.facts import TrainingKind
from kecan.regulations.parameters import Parameter
from kecan.vocabulary import Sentence, Sex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from kecan.planning.ages import AgeBand
    from kecan.planning.meters import Rules
    from kecan.regulations.facts import PersonFacts, Post

    _Trait = Callable[[PersonFacts], bool | None]

_MAJORITY = "kinh"


def body_meters(
    people: Sequence[PersonFacts],
    *,
    seats: int,
    age_day: date,
    rules: Rules,
    science_fields: frozenset[str] = frozenset(),
) -> tuple[Meter, ...]:
    """Return every meter of a list planned for a body.

    Args:
        people: The list; each person once.
        seats: Seats fixed for the body in the term, at least 1.
        age_day: The day ages are counted on: the day of the judgement or a
            reference day.
        rules: Where the values are looked up.
        science_fields: Trained fields counted as science and technology; used
            only where the pack has such a share.

    Raises:
        ValueError: If ``seats < 1``.
    """
    return (
        coefficient([one.person_id for one in people], seats=seats, rules=rules),
        *shares(people, age_day=age_day, rules=rules, science_fields=science_fields),
    )


def shares(
    people: Sequence[PersonFacts],
    *,
    age_day: date,
    rules: Rules,
    science_fields: frozenset[str] = frozenset(),
) -> tuple[Meter, ...]:
    """Return the composition of any list or of a whole plan; each person once."""
    meters = [
        women(people, rules=rules),
        women_present(people, rules=rules),
        young(people, day=age_day, rules=rules),
        minority(people, rules=rules),
        *age_bands(people, day=age_day, rules=rules),
    ]
    if rules.knows("composition.science_technology_share"):
        meters.append(science(people, fields=science_fields, rules=rules))
    return tuple(meters)


def women(people: Sequence[PersonFacts], *, rules: Rules) -> Meter:
    """Return the share of women."""
    return _share_meter(
        people,
        has=is_woman,
        parameter=rules.parameter("composition.women_share"),
        title=Sentence("Cán bộ nữ", "Women"),
        noun=Sentence("nữ", "women"),
    )


def women_present(people: Sequence[PersonFacts], *, rules: Rules) -> Meter:
    """Return whether the list has a woman where the level has to have one."""
    parameter = rules.parameter("composition.women_required")
    have, unknown = _counted(people, is_woman)
    need = 1 if parameter.is_true else 0
    if have < need:
        sentence = Sentence(
            "Phải có cán bộ nữ trong danh sách; hiện chưa có.",
            "The list has to have a woman and has none.",
        )
    else:
        sentence = Sentence(f"Có {have} nữ.", f"{have} women.")
    return Meter(
        key=parameter.key,
        title=Sentence("Có cán bộ nữ", "Women present"),
        have=have,
        of=len(people),
        need=need,
        unknown=unknown,
        parameter=parameter,
        sentence=sentence,
    )


def young(people: Sequence[PersonFacts], *, day: date, rules: Rules) -> Meter:
    """Return the share of young people, by the age limit of the level on ``day``."""
    limit = rules.parameter("composition.young_under_age")
    title = Sentence("Cán bộ trẻ", "Young people")
    if limit.value is None:
        return _unmeasured(title, of=len(people), parameter=limit)
    years = limit.whole
    return _share_meter(
        people,
        has=lambda one: is_under(one.born, years=years, day=day),
        parameter=rules.parameter("composition.young_share"),
        title=title,
        noun=Sentence(f"cán bộ trẻ (dưới {years} tuổi)", f"people under {years}"),
    )


def minority(people: Sequence[PersonFacts], *, rules: Rules) -> Meter:
    """Return the share of people of an ethnic minority."""
    return _share_meter(
        people,
        has=is_minority,
        parameter=rules.parameter("composition.minority_share"),
        title=Sentence("Cán bộ dân tộc thiểu số", "Ethnic minorities"),
        noun=Sentence("cán bộ dân tộc thiểu số", "people of an ethnic minority"),
    )


def science(
    people: Sequence[PersonFacts], *, fields: frozenset[str], rules: Rules
) -> Meter:
    """Return the share trained in one of ``fields`` (science and technology)."""
    return _share_meter(
        people,
        has=lambda one: fits(one, fields),
        parameter=rules.parameter("composition.science_technology_share"),
        title=Sentence(
            "Cán bộ có chuyên môn khoa học, công nghệ", "Science and technology"
        ),
        noun=Sentence(
            "cán bộ có chuyên môn khoa học, công nghệ",
            "people trained in science and technology",
        ),
    )


def age_bands(
    people: Sequence[PersonFacts], *, day: date, rules: Rules
) -> tuple[Meter, ...]:
    """Return how many people each age band has; every band needs somebody."""
    bands = bands_of(rules)
    if isinstance(bands, Parameter):
        title = Sentence("Cơ cấu độ tuổi", "Age bands")
        return (_unmeasured(title, of=len(people), parameter=bands),)
    count = rules.parameter("composition.age_band_count")
    return tuple(
        _band_meter(people, band=band, day=day, parameter=count) for band in bands
    )


def trained_profession(people: Sequence[PersonFacts], *, post: Post) -> Meter:
    """Return how many people planned for ``post`` are trained in a field that fits it.

    No rule gives a number; the meter only shows the gap.
    """
    fields = frozenset(post.fitting_fields)
    have, unknown = _counted(people, lambda one: fits(one, fields))
    if not fields:
        sentence = Sentence(
            f"{post.title}: chưa ghi ngành đào tạo phù hợp.",
            f"{post.title}: no fitting fields are stated.",
        )
    else:
        sentence = Sentence(
            f"{post.title}: {have}/{len(people)} người có chuyên môn phù hợp"
            f"{_unknown(unknown).vi}.",
            f"{post.title}: {have}/{len(people)} are trained in a fitting field"
            f"{_unknown(unknown).en}.",
        )
    return Meter(
        key="profession.fit",
        title=Sentence("Chuyên môn phù hợp chức danh", "Fitting profession"),
        have=have,
        of=len(people),
        unknown=unknown,
        sentence=sentence,
    )


def _share_meter(
    people: Sequence[PersonFacts],
    *,
    has: _Trait,
    parameter: Parameter,
    title: Sentence,
    noun: Sentence,
) -> Meter:
    have, unknown = _counted(people, has)
    need = None if parameter.value is None else least(parameter.share, of=len(people))
    return Meter(
        key=parameter.key,
        title=title,
        have=have,
        of=len(people),
        need=need,
        unknown=unknown,
        parameter=parameter,
        sentence=_share_sentence(
            (have, len(people), unknown), need=need, parameter=parameter, noun=noun
        ),
    )


def _share_sentence(
    counted: tuple[int, int, int],
    *,
    need: int | None,
    parameter: Parameter,
    noun: Sentence,
) -> Sentence:
    have, of, unknown = counted
    open_vi, open_en = _unknown(unknown).vi, _unknown(unknown).en
    share = percent(Fraction(have, of)) if of else Sentence("–", "–")
    vi = f"{have}/{of} {noun.vi} ({share.vi})"
    en = f"{have}/{of} {noun.en} ({share.en})"
    if need is None:
        what = not_entered(parameter)
        return Sentence(f"{vi}{open_vi}; {what.vi}.", f"{en}{open_en}; {what.en}.")
    mark = percent(parameter.share)
    vi = f"{vi}, cần từ {mark.vi} trở lên ({need} người)"
    en = f"{en}, {mark.en} or more is needed ({need})"
    if have >= need:
        return Sentence(f"{vi}: đủ{open_vi}.", f"{en}: enough{open_en}.")
    return Sentence(
        f"{vi}: thiếu {need - have} {noun.vi} nếu giữ nguyên số lượng{open_vi}.",
        f"{en}: {need - have} more needed with the list as long as it is{open_en}.",
    )


def _band_meter(
    people: Sequence[PersonFacts],
    *,
    band: AgeBand,
    day: date,
    parameter: Parameter,
) -> Meter:
    have, unknown = _counted(people, lambda one: band.holds(one, day=day))
    title = band.title
    open_words = _unknown(unknown)
    gap = Sentence("; chưa có ai", "; nobody") if not have else Sentence("", "")
    return Meter(
        key=f"composition.age_band.{band.since or 0}-{band.under or ''}",
        title=title,
        have=have,
        of=len(people),
        need=1,
        unknown=unknown,
        parameter=parameter,
        sentence=Sentence(
            f"{title.vi}: {have}/{len(people)} người{gap.vi}{open_words.vi}.",
            f"{title.en}: {have}/{len(people)} people{gap.en}{open_words.en}.",
        ),
    )


def _counted(people: Sequence[PersonFacts], has: _Trait) -> tuple[int, int]:
    answers = [has(one) for one in people]
    return answers.count(True), answers.count(None)


def is_woman(person: PersonFacts) -> bool | None:
    """Tell whether the person is a woman; None when the record does not say."""
    return None if person.sex is None else person.sex is Sex.FEMALE


def is_minority(person: PersonFacts) -> bool | None:
    """Tell whether the person is of an ethnic minority; None when it is not known."""
    if not person.ethnicity.strip():
        return None
    return person.ethnicity.strip().casefold() != _MAJORITY


def trained_fields(person: PersonFacts) -> frozenset[str]:
    """Return the fields a person is trained in, in one spelling."""
    return frozenset(
        field_name(one.field)
        for one in person.trainings
        if one.kind is TrainingKind.PROFESSION and one.field.strip()
    )


def field_name(field: str) -> str:
    """Return a field of training in the spelling it is compared by."""
    return field.strip().casefold()


def fits(person: PersonFacts, fields: frozenset[str]) -> bool | None:
    """Tell whether a profession was trained in one of ``fields``; None without any."""
    trained = trained_fields(person)
    if not trained:
        return None
    return not trained.isdisjoint(field_name(field) for field in fields)


def _unknown(count: int) -> Sentence:
    if not count:
        return Sentence("", "")
    return Sentence(f" (chưa rõ {count} người)", f" ({count} unknown)")


def _unmeasured(title: Sentence, *, of: int, parameter: Parameter) -> Meter:
    what = not_entered(parameter)
    return Meter(
        key=parameter.key,
        title=title,
        have=0,
        of=of,
        unknown=of,
        parameter=parameter,
        sentence=Sentence(f"{title.vi}: {what.vi}.", f"{title.en}: {what.en}."),
    )
