"""The numbers by which a box is decided: data, kept with every count."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The numbers of the decision, kept with every count.

    What lies between empty and marked is for people. Shares and darkness are those of
    :class:`~kecan.paper_ballot.marks.BoxInk`; ``loose`` is in mm2.

    Args:
        empty_faint: Most of an empty box that may be faintly darker than paper.
        trace: The same where another box is faint and none of the page is marked.
        marked_coverage: Least of the inside that a mark covers.
        marked_span: Least length of a mark, as share of the box.
        marked_width: Least width of a mark: an upright line of less may be a streak.
        ruled_width: The same of a mark as full as a ruled line.
        ruled: Share of its outline that a ruled line fills.
        marked_darkness: Darkness from which a mark needs no others beside it.
        pale_darkness: Least darkness of a mark that others of the page resemble.
        pale_marks: How many marks of a page make pale ones a voter's habit.
        clean_darkness: Least darkness of a pale mark that needs no others, if nothing
            around it is smeared. Of 107 marks rubbed out none had more than .20 unless
            it lay in a smear.
        smear: Most that may be faintly darker than paper in a box with such a mark, of
            what the mark covers: rubbed out ones as dark had 1.54 and more.
        frame: Least of the printed frame that must show.
        frame_to_page: The same, of the usual frame of the page: less is painted over.
        paler: Most that the inside of a box may be lighter than the paper around it, as
            darkness: more is correction fluid or tape. Of 18,000 boxes on clean and
            stained paper one that nothing else was asked of had more, at a shadow's end.
        shaded: Most that the inside of an empty box may be darker than the paper around
            it, as darkness: more is a highlighter's or a shadow's. Of 3,700 honest ones
            none had more than half of it.
        through: Most that a line across all the paper may darken it.
        struck: Most that a line sticking out on both sides may darken it.
        struck_to_mark: The same of a marked box, as share of the mark's darkness.
        struck_filled: The same of a box filled with gaps, whose rim may look like one.
        full: Coverage of a box so full that its rim may look like any line.
        loose_alone: Most ink beside an empty box.
        rim: Most that a side of an empty box's frame is thicker than is usual on its
            page: a pen may have drawn along it. Print and scanners differ by 1.3.
        rims: The same of its four sides on an average: of 15,000 empty boxes one
            had 1.20, all others less.
        at_frame: Most ink on and just beside the frame of an empty box, in mm2, beyond
            what the grain of the scan makes of other empty boxes of its page.
        at_frame_usual: Times what three quarters of those have at most that grain may
            make of it.
        at_frame_most: Most of it on any page: all marks of a voter may be so small. At
            150 dpi grain makes .25.
        paler_outside: Least darkness of the ink outside a marked box, of that inside: one
            pen makes one mark, and what is paler was added. Tails of strokes have more.
        darker_outside: Most of the same.
        loose_marked: Most ink beside a marked one, joined to no stroke of the mark.
        side_marked: Most of the farther paper that a mark's own strokes may cover.
        side_solid: The same of strokes so thick that they nearly fill the box.
        side_filled: The same of a filled box; more may be a stroke over it. And of any
            mark that has more ink just outside than the voter's others.
        around: Least of the directions in which a circle shows.
        solid: Coverage from which ink all around is a box filled beyond its frame.
        faint_to_habit: Least darkness, of the darkest of the voter's other marks.
        many_marks: How many others there must be for the second darkest to be that one.
        as_thin: How dark a thin stroke is, of what fills a box and is of the same pen:
            blur and gaps lighten it.
        around_strokes: Least of the ink on two straight strokes, for ink on many sides
            to be the ends of a cross: around a circle there is far less.
        two_strokes: The same for a line that sticks out to be a stroke of the mark.
        plain_strokes: The same for them to be a mark by themselves, however much ink a
            mark of this voter usually has.
        plain_bows: The same of two bows, to which more ink may happen to lie near.
        most_out: Most mm that a stroke of a mark sticks out on both sides.
        more_to_habit: Most coverage of such a mark, of the voter's other marks: a mark
            struck out has a stroke more.
        added_out: Most mm that a stroke of a mark with more ink sticks out so.
        added_line: Most that a line over it may darken it, of the mark's darkness.
        out_to_habit: Most ink just outside of such a mark, of the voter's other marks.
        fuller_to_habit: Most coverage of a mark that no stroke was added to, of the
            plainest of the voter's other marks.
        heavy_to_habit: Most coverage and ink outside, of the voter's other marks.
        heavy_beyond: Coverage and near ink by which any two marks may differ.
        heavy_alone: Most coverage of a mark that sticks out, others being too few.
        near_alone: Most ink just outside that a heavy mark may have without others, and
            any mark no fuller than the others of its page or that leaves one way.
        one_way: Most of the directions in which ink lies outside that are one way.
        thick: Coverage from which the plainest quarter of a page's marks shows that
            their pen is thick.
        thick_to_habit: Most ink just outside of such a mark, of the others.
        near_thick: Most of it, whatever they have.
        filled: Coverage of a box that is filled, whatever was in it before.
        near_filled: Most ink just outside that a filled box may have: more is a mark
            crossed out, unless all of many marks on the page are filled so.
        filled_to_habit: The same then, of the quarter of them that keeps within the
            frame best.
        filled_struck: Most that a line sticking out on both sides may darken any then.
        near_filled_most: Most ink just outside on any page.
        habit_marks: How many other marks make a habit.
        short: Length, as share of the box, below which a mark may be no mark.
        short_to_habit: The same, of the usual length of the voter's other marks.
        most_alike: Most that coverage of two marks on one line may differ, or how
            densely each fills its own outline.
        compact: Least share of its own outline that a blot of ink fills. It does so
            more densely than the voter's other marks by ``most_alike``.
        stout: Least width of a blot, of its length: strokes are slenderer.
        round: The same of a dot, whatever its size: a thick pen's may be 2 mm, and the
            frame may hide some of it. Hardly an honest mark has more than .35.
        round_to_habit: Most coverage of a dot, of the voter's other marks.
        write_in: Most ink on a write-in line that is blank, in mm2.
    """

    empty_faint: float = 0.06
    trace: float = 0.012
    marked_coverage: float = 0.035
    marked_span: float = 0.40
    marked_width: float = 0.16
    ruled_width: float = 0.30
    ruled: float = 0.75
    marked_darkness: float = 0.30
    pale_darkness: float = 0.17
    pale_marks: int = 3
    clean_darkness: float = 0.22
    smear: float = 1.45
    frame: float = 0.55
    frame_to_page: float = 0.75
    paler: float = 0.03
    shaded: float = 0.03
    through: float = 0.07
    struck: float = 0.12
    struck_to_mark: float = 0.30
    struck_filled: float = 0.40
    full: float = 0.85
    loose_alone: float = 0.15
    rim: float = 1.4
    rims: float = 1.22
    at_frame: float = 0.10
    at_frame_usual: float = 2.0
    at_frame_most: float = 0.30
    paler_outside: float = 0.68
    darker_outside: float = 1.35
    loose_marked: float = 0.30
    side_marked: float = 0.06
    side_solid: float = 0.14
    side_filled: float = 0.008
    around: float = 0.68
    solid: float = 0.60
    faint_to_habit: float = 0.60
    many_marks: int = 6
    as_thin: float = 0.67
    around_strokes: float = 0.75
    two_strokes: float = 0.90
    plain_strokes: float = 0.95
    plain_bows: float = 0.97
    most_out: float = 1.6
    more_to_habit: float = 1.3
    added_out: float = 0.25
    added_line: float = 0.12
    out_to_habit: float = 2.0
    fuller_to_habit: float = 1.15
    heavy_to_habit: float = 1.7
    heavy_beyond: float = 0.06
    heavy_alone: float = 0.40
    near_alone: float = 0.10
    one_way: float = 0.13
    thick: float = 0.45
    thick_to_habit: float = 3.0
    near_thick: float = 0.28
    filled: float = 0.95
    near_filled: float = 0.18
    filled_to_habit: float = 1.35
    filled_struck: float = 0.2
    near_filled_most: float = 0.30
    habit_marks: int = 2
    short: float = 0.52
    short_to_habit: float = 0.70
    most_alike: float = 1.6
    compact: float = 0.5
    stout: float = 0.36
    round: float = 0.42
    round_to_habit: float = 0.55
    write_in: float = 1.0


THRESHOLDS = Thresholds()
