"""One ``[[basis]]`` of a rule file: a document that papers cite as their ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.rule_fields import read_text, require_fields
from kecan.regulations.rule_values import read_citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.regulations.rule_values import Source
    from kecan.vocabulary import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A document a paper rests on; ``number`` as the document itself carries it.

    ``subject`` is blank where the document's name was not seen.
    """

    type_name: str
    number: str
    issuer: str
    subject: str
    citation: Citation

    @property
    def vi(self) -> str:
        """Return "Quy định số 50-QĐ/TW, ngày 27/12/2021 của Bộ Chính trị về …"."""
        written = (
            f"{self.type_name} số {self.number}, ngày {self.citation.dated:%d/%m/%Y} "
            f"của {self.issuer} {self.subject}"
        )
        return written.rstrip()


def read_basis(entry: object, *, sources: Mapping[str, Source]) -> LegalBasis:
    """Read one basis.

    Raises:
        RuleFaultError: If a field is missing, unknown or blank, or its source is
            not one of the file.
    """
    require_fields(
        entry,
        mandatory=("type_name", "issuer", "source"),
        optional=("number", "subject", "place"),
    )
    written: Mapping[str, object] = entry  # type: ignore[assignment]  # checked above
    citation = read_citation(written, sources)
    return LegalBasis(
        type_name=read_text(written, "type_name"),
        number=read_text(written, "number")
        if "number" in written
        else citation.document,
        issuer=read_text(written, "issuer"),
        subject=read_text(written, "subject") if "subject" in written else "",
        citation=citation,
    )
