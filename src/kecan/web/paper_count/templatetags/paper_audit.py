"""``{% audit_notice conference %}``: how the audit stands, before a conference is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kecan.paper_ballot.audit_report import Conclusion
from kecan.web.paper_count.auditing import audit_standing, begun_audit

if TYPE_CHECKING:
    from kecan.web.conferences.models import Conference

register = template.Library()


@register.inclusion_tag("paper_count/_audit_notice.html")
def audit_notice(conference: Conference) -> dict[str, object]:
    """Say that the result is not confirmed on paper while that can still be done."""
    begun = begun_audit(conference)
    if begun is None:
        return {"conference": conference, "is_not_begun": True}
    standing = audit_standing(conference, begun)
    if standing.report.conclusion is Conclusion.CONFIRMED:
        return {}
    return {"conference": conference, "conclusion": standing.conclusion}
