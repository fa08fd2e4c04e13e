"""The tables of an analysis as a file; taking one is written to the ledger."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecan.planning.problem import ProblemError
from kecan.planning.table_book import write_tables
from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.pack import OperatorValueMissingError, UnknownParameterError
from kecan.vocabulary import Language, Sentence
from kecan.web.analysis.access import TITLES
from kecan.web.analysis.actions import record_tables_taken
from kecan.web.analysis.page_tables import tables_of
from kecan.web.permissions import Permission, require
from kecan.web.plans.access import actor, round_for
from kecan.web.plans.queries import pack_of
from kecan.web.responses import refused

if TYPE_CHECKING:
    from django.http import HttpRequest

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@require(Permission.VIEW_ROUND)
def tables_download(request: HttpRequest, round_id: int, page: str) -> HttpResponse:
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    if page not in TITLES:
        raise Http404
    try:
        tables, remarks = tables_of(found, page=page, given=request.GET)
    except (
        ProblemError,
        TermEndedError,
        OperatorValueMissingError,
        UnknownParameterError,
    ) as refusal:
        return refused(request, refusal.sentence.vi)
    day = f"{found.as_of:%d/%m/%Y}"
    stream, pack = BytesIO(), pack_of(found)
    basis = (
        pack.title,
        Sentence(f"Xét tại ngày {day}.", f"As of {day}."),
        *remarks,
    )
    write_tables(stream, tables, basis=basis, language=Language.VI)
    name = reverse(f"analysis:{page}", args=[found.pk]).strip("/").rpartition("/")[2]
    file_name, content = f"dot-{found.pk}-{name}.xlsx", stream.getvalue()
    record_tables_taken(
        planning_round=found,
        title=TITLES[page],
        file_name=file_name,
        content=content,
        by=actor(request),
        at=timezone.now(),
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=_MEDIA_TYPE, headers=headers)
