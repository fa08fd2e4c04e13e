"""The structure of a plan as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.planning.structure import ListWarning
from kecan.planning.tables import Table, column
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kecan.planning.meters import Meter
    from kecan.planning.structure import ListStructure, Structure
    from kecan.planning.tables import Cell
    from kecan.regulations.facts import PersonFacts
    from kecan.vocabulary import PersonId

WARNINGS: Mapping[ListWarning, Sentence] = {
    ListWarning.NOBODY_BEHIND: Sentence("Chưa có ai kế cận", "Nobody behind the post"),
    ListWarning.NO_WOMAN: Sentence("Không có cán bộ nữ", "No woman"),
    ListWarning.NOBODY_YOUNG: Sentence(
        "Không có cán bộ trẻ", "Nobody under the age limit for young people"
    ),
    ListWarning.TOO_MANY_PEOPLE: Sentence(
        "Quá số người cho phép", "More people than allowed"
    ),
}
"""How the warnings of a list read."""

_MEASURED = (
    column("measure", "Chỉ tiêu", "Measure"),
    column("have", "Hiện có", "Have"),
    column("of", "Trên", "Of"),
    column("need", "Cần", "Need"),
    column("most", "Tối đa", "Most"),
    column("more", "Còn thiếu", "More needed"),
)


def structure_tables(
    found: Structure, *, people: Mapping[PersonId, PersonFacts]
) -> tuple[Table, ...]:
    """Return whole plans, lists, warnings and people planned for too many posts."""
    return (
        plan_table(found),
        list_table(found),
        warning_table(found),
        overload_table(found, people=people),
    )


def plan_table(found: Structure) -> Table:
    """Return the shares of everybody planned at one level, each person once."""
    return Table(
        key="plans",
        title=Sentence("Cơ cấu chung của quy hoạch", "Structure of the whole plan"),
        columns=(
            column("term", "Nhiệm kỳ của Đảng", "Party term"),
            column("level", "Cấp", "Level"),
            *_MEASURED,
            column("sentence", "Nhận xét", "Remark", is_long=True),
        ),
        rows=tuple(
            (
                one.terms.party.vi,
                LEVELS[one.level],
                *_measured(meter),
                meter.sentence,
            )
            for one in found.plans
            for meter in one.meters
        ),
    )


def list_table(found: Structure) -> Table:
    """Return every meter of every list, by rule and beside the last approved list."""
    return Table(
        key="lists",
        title=Sentence("Cơ cấu từng danh sách", "Structure of each list"),
        columns=(
            column("post_id", "Mã", "Id"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            *_MEASURED,
            column("before", "Đã phê duyệt gần nhất", "Last approved"),
            column("change", "Tăng, giảm", "Change"),
            column("sentence", "Nhận xét", "Remark", is_long=True),
        ),
        rows=tuple(row for one in found.lists for row in _list_rows(one)),
    )


def warning_table(found: Structure) -> Table:
    """Return the lists that deserve a look, and why."""
    return Table(
        key="warnings",
        title=Sentence("Danh sách cần lưu ý", "Lists that need attention"),
        columns=(
            column("post_id", "Mã", "Id"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            column("people", "Số người", "People"),
            column("warning", "Lưu ý", "Warning"),
        ),
        rows=tuple(
            (
                one.planned.post.post_id,
                one.planned.post.title,
                one.planned.term.vi,
                len(one.planned.people),
                Sentence(
                    "; ".join(WARNINGS[warning].vi for warning in one.warnings),
                    "; ".join(WARNINGS[warning].en for warning in one.warnings),
                ),
            )
            for one in found.lists
            if one.warnings
        ),
    )


def overload_table(
    found: Structure, *, people: Mapping[PersonId, PersonFacts]
) -> Table:
    """Return who is planned for more posts of one level than allowed."""
    return Table(
        key="overloads",
        title=Sentence(
            "Người được quy hoạch quá số chức danh", "People planned for too many posts"
        ),
        columns=(
            column("person_id", "Mã cán bộ", "Person id"),
            column("person", "Họ và tên", "Name"),
            column("posts", "Các chức danh", "Posts", is_long=True),
            column("over", "Thừa", "Too many"),
            column("sentence", "Nhận xét", "Remark", is_long=True),
        ),
        rows=tuple(
            (
                one.person_id,
                people[one.person_id].full_name,
                "; ".join(post.title for post in one.posts),
                one.meter.over,
                one.meter.sentence,
            )
            for one in found.overloads
        ),
    )


def _list_rows(one: ListStructure) -> Iterator[tuple[Cell, ...]]:
    before = {meter.key: meter for meter in one.approved_meters}
    for meter in one.meters:
        earlier = before.get(meter.key)
        yield (
            one.planned.post.post_id,
            one.planned.post.title,
            one.planned.term.vi,
            *_measured(meter),
            None if earlier is None else f"{earlier.have}/{earlier.of}",
            None if earlier is None else meter.have - earlier.have,
            meter.sentence,
        )


def _measured(meter: Meter) -> tuple[Cell, ...]:
    return (meter.title, meter.have, meter.of, meter.need, meter.most, meter.more)
