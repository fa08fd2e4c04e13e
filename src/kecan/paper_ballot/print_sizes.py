"""Sizes of type and columns of each style: points for letters, millimetres for paper."""

from __future__ import annotations

from dataclasses import dataclass

from kecan.paper_ballot.form import Style

SMALLEST_POINTS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSizes:
    """How big each part is printed.

    ``columns`` are number, name, year of birth, post and unit, agree, disagree.
    """

    letterhead: float
    motto: float
    type_name: float
    subject: float
    occasion: float
    instruction: float
    heading: float
    limit: float
    column_title: float
    cell: float
    office: float
    foot: float
    columns: tuple[float, float, float, float, float, float]
    least_row: float
    write_in_row: float


PRINT_SIZES = {
    Style.NORMAL: PrintSizes(
        letterhead=12,
        motto=13,
        type_name=16,
        subject=14,
        occasion=13,
        instruction=12,
        heading=12,
        limit=12,
        column_title=12,
        cell=12,
        office=11,
        foot=11,
        columns=(11, 42, 13, 63, 20, 20),
        least_row=13.2,
        write_in_row=14,
    ),
    Style.LARGE: PrintSizes(
        letterhead=13,
        motto=13,
        type_name=20,
        subject=17,
        occasion=16,
        instruction=16,
        heading=17,
        limit=16,
        column_title=14,
        cell=17,
        office=17,
        foot=12,
        columns=(13, 50, 18, 44, 22, 22),
        least_row=17,
        write_in_row=18,
    ),
}
