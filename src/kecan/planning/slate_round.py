"""The rules, the day and the terms a slate is made for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.meters import Rules

if TYPE_CHECKING:
    from datetime import date

    from kecan.regulations.facts import Post
    from kecan.regulations.pack import RulePack
    from kecan.vocabulary import Level, TermPair


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The rules, the day and the terms a slate is made for.

    A trial (``is_trial``) may ask what rules not in force that day would give; whoever
    shows it says so.
    """

    pack: RulePack
    as_of: date
    terms: TermPair
    is_trial: bool = False

    def rules_of(self, post: Post) -> Rules:
        """Return where the values of a post's own list are looked up."""
        return Rules(
            pack=self.pack,
            on=self.as_of,
            level=post.level,
            line=post.line,
            term=self.terms.on(post.line).label,
        )

    def rules_at(self, level: Level) -> Rules:
        """Return where the values of everybody planned at a level are looked up."""
        party = self.terms.party
        return Rules(
            pack=self.pack,
            on=self.as_of,
            level=level,
            line=party.line,
            term=party.label,
        )
