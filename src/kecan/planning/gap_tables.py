"""Gaps as tables: by field of training, by post, and person by person profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.planning.gaps import Place
from kecan.planning.tables import Table, column
from kecan.regulations.wording import THEORIES
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kecan.planning.gaps import FieldGap, Gaps, PostGap
    from kecan.planning.tables import Cell

PLACES: Mapping[Place, Sentence] = {
    Place.SAME_UNIT: Sentence("Cùng đơn vị", "Same unit"),
    Place.SAME_KIND: Sentence("Đơn vị cùng loại", "Same kind of unit"),
    Place.ELSEWHERE: Sentence("Nơi khác", "Elsewhere"),
}
"""How the places of work read."""


def field_table(found: Gaps) -> Table:
    """Return demand and supply of each field of training, the shortest first."""
    return Table(
        key="fields",
        title=Sentence("Thiếu hụt theo ngành đào tạo", "Gaps by field of training"),
        columns=(
            column("term", "Nhiệm kỳ của Đảng", "Party term"),
            column("field", "Ngành đào tạo", "Field"),
            column("posts", "Số chức danh cần", "Posts asking"),
            column("places", "Số lượt quy hoạch", "Places behind them"),
            column("needed", "Cần ít nhất (người)", "People needed"),
            column("in_service", "Có ngành này", "Trained in it"),
            column("eligible", "Đủ điều kiện", "Eligible"),
            column("planned", "Đang quy hoạch", "Planned"),
            column("short", "Còn thiếu (người)", "Short"),
        ),
        rows=tuple(
            (
                one.terms.party.vi,
                one.field,
                len(one.posts),
                one.places,
                one.needed,
                one.in_service,
                one.eligible,
                one.planned,
                one.short,
            )
            for one in sorted(found.fields, key=_field_order)
        ),
    )


def post_table(found: Gaps) -> Table:
    """Return demand and supply of each post at the moment its term is looked at."""
    return Table(
        key="posts",
        title=Sentence("Nguồn của từng chức danh", "Supply of each post"),
        columns=(
            column("post_id", "Mã", "Id"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            column("month", "Thời điểm", "At"),
            column("wanted", "Cần", "Wanted"),
            column("planned", "Đang quy hoạch", "Planned"),
            column("planned_fitting", "Trong đó đúng ngành", "Of them fitting"),
            column("eligible", "Đủ điều kiện", "Eligible"),
            column("fitting", "Đúng ngành", "Fitting field"),
            column("with_theory", "Đạt lý luận chính trị", "With theory"),
            column("same_unit", "Cùng đơn vị", "Same unit"),
            column("undecided", "Chưa kết luận", "Undecided"),
            column("short", "Còn thiếu", "Short"),
        ),
        rows=tuple(_post_row(one) for one in found.posts),
    )


def profile_table(found: Gaps) -> Table:
    """Return the eligible people of every post by all four profiles together."""
    return Table(
        key="profiles",
        title=Sentence("Nguồn theo hồ sơ", "Supply by profile"),
        columns=(
            column("post_id", "Mã", "Id"),
            column("post", "Chức danh", "Post"),
            column("term", "Nhiệm kỳ", "Term"),
            column("month", "Thời điểm", "At"),
            column("field", "Ngành đào tạo", "Field"),
            column("place", "Vị trí việc làm", "Job position"),
            column("theory", "Lý luận chính trị", "Political theory"),
            column("band", "Độ tuổi", "Age band"),
            column("people", "Số người", "People"),
        ),
        rows=tuple(row for one in found.posts for row in _profile_rows(one)),
    )


def _field_order(one: FieldGap) -> tuple[int, int, int, str]:
    return (one.terms.party.first_year, -one.short, -one.needed, one.field)


def _post_row(one: PostGap) -> tuple[Cell, ...]:
    has_fields = bool(one.post.fitting_fields)
    return (
        one.post.post_id,
        one.post.title,
        one.term.vi,
        one.month.vi,
        one.wanted,
        len(one.planned),
        one.planned_fitting if has_fields else None,
        one.eligible,
        one.fitting,
        one.with_theory,
        one.at(Place.SAME_UNIT),
        one.undecided,
        one.short,
    )


def _profile_rows(one: PostGap) -> Iterator[tuple[Cell, ...]]:
    unknown = Sentence("chưa rõ", "unknown")
    rows = [
        (
            one.post.post_id,
            one.post.title,
            one.term.vi,
            one.month.vi,
            ", ".join(sorted(profile.fields)) or unknown,
            PLACES[profile.place],
            unknown if profile.theory is None else THEORIES[profile.theory],
            unknown if profile.band is None else profile.band.title,
            people,
        )
        for profile, people in one.supply.items()
    ]
    yield from sorted(rows, key=lambda row: (-row[-1], str(row)))
