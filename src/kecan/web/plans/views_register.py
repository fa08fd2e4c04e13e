"""Pages of the register that also show the plan, and the import of a workbook."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kecan.web.organisation.actions import (
    BatchNotNewestError,
    ImportInUseError,
    TwoRatingsAYearError,
    record_dossier_read,
)
from kecan.web.organisation.models import ImportBatch, Person
from kecan.web.organisation.queries import holders_on, newest_batch
from kecan.web.permissions import (
    WHOLE_INSTANCE,
    Permission,
    may,
    permitted_units,
    require,
)
from kecan.web.plans import actions
from kecan.web.plans.access import actor, person_for, post_for, rounds_for
from kecan.web.plans.forms import WorkbookForm
from kecan.web.plans.queries import (
    proposed_lists,
    standing_plan,
)
from kecan.web.plans.queries_verdicts import verdicts_of
from kecan.web.responses import refused
from kecan.workbook.findings import WorkbookUnreadableError
from kecan.workbook.reading import read_workbook
from kecan.workbook.writing import write_template

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from kecan.regulations.facts import Register

_HEX_DIGITS = 64
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@require(Permission.OWN_DOSSIER)
def own_dossier(request: HttpRequest) -> HttpResponse:
    """Lead an official to the one dossier that is theirs."""
    person = Person.objects.filter(key=actor(request).person_key or None).first()
    if person is None:
        messages.warning(
            request,
            "Tài khoản này chưa gắn với hồ sơ cán bộ nào trong sổ. Đồng chí báo"
            " quản trị hệ thống gắn giúp.",
        )
        return redirect("home")
    return redirect("person_dossier", person.pk)


@require_safe
@require(Permission.VIEW_DOSSIER, Permission.OWN_DOSSIER)
def person_dossier(request: HttpRequest, person_id: int) -> HttpResponse:
    person = person_for(request, person_id)
    record_dossier_read(person=person, by=actor(request), at=timezone.now())
    page: dict[str, object] = {"person": person}
    is_own = person.key == actor(request).person_key
    planning_round = None if is_own else rounds_for(request).first()
    if not is_own:
        page["plan"] = standing_plan(person=person)
    if planning_round is not None:
        verdicts = verdicts_of(person, planning_round=planning_round)
        asked = request.GET.get("chuc-danh", "")
        page |= {
            "round": planning_round,
            "verdicts": verdicts,
            "asked": next((v for v in verdicts if str(v.post.pk) == asked), None),
        }
    return render(request, "plans/person_dossier.html", page)


@require_safe
@require(Permission.VIEW_REGISTER)
def post_plan(request: HttpRequest, post_id: int) -> HttpResponse:
    post = post_for(request, post_id)
    today = timezone.localdate()
    page: dict[str, object] = {
        "post": post,
        "holders": holders_on(today).get(post.pk, []),
        "plan": standing_plan(post=post),
    }
    planning_round = rounds_for(request).first()
    if planning_round is not None:
        lists = proposed_lists(planning_round)
        page["round"] = planning_round
        page["lists"] = [one for one in lists if one.post.pk == post.pk]
    return render(request, "plans/post_plan.html", page)


@require_http_methods(["GET", "POST"])
@require(Permission.IMPORT_REGISTER)
def batch_list(request: HttpRequest) -> HttpResponse:
    """List imports; a POST checks a workbook and shows what was found."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    page: dict[str, object] = {
        "form": form,
        "batches": ImportBatch.objects.defer("before"),
        "newest": newest_batch(),
    }
    if request.method == "POST" and form.is_valid():
        page |= _checked(form.cleaned_data["workbook"])
    return render(request, "plans/batch_list.html", page)


@require_safe
@require(Permission.IMPORT_REGISTER)
def workbook_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  the decorators read it
    """Send the empty exchange workbook."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "mau-ho-so.xlsx"
        write_template(empty)
        return HttpResponse(
            empty.read_bytes(),
            content_type=_XLSX,
            headers={"Content-Disposition": f'attachment; filename="{empty.name}"'},
        )


@require_POST
@require(Permission.IMPORT_REGISTER)
def batch_accept(request: HttpRequest) -> HttpResponse:
    sha256 = request.POST.get("sha256", "")
    path = _kept(sha256)
    if path is None:
        return refused(request, "Không còn tệp đã kiểm tra; hãy tải bảng tính lên lại.")
    result = read_workbook(path)
    if result.register is None:
        return refused(request, "Bảng tính còn lỗi; hãy sửa rồi tải lên lại.")
    _require_units(request, result.register)
    try:
        actions.import_workbook(
            register=result.register,
            file_name=request.POST.get("file_name", "")[:255],
            file_sha256=sha256,
            by=actor(request),
            at=timezone.now(),
        )
    except TwoRatingsAYearError as refusal:
        return refused(request, refusal)
    path.unlink()
    return redirect("batch_list")


@require_POST
@require(Permission.IMPORT_REGISTER)
def batch_undo(request: HttpRequest, number: int) -> HttpResponse:
    batch = ImportBatch.objects.filter(number=number).first()
    is_whole = may(request.user, Permission.IMPORT_REGISTER, unit_key=WHOLE_INSTANCE)
    if batch and not is_whole and batch.imported_by != actor(request).login:
        raise PermissionDenied
    try:
        actions.undo_workbook(batch_number=number, by=actor(request), at=timezone.now())
    except (BatchNotNewestError, ImportInUseError) as refusal:
        return refused(request, refusal)
    return redirect("batch_list")


def _checked(upload: UploadedFile[bytes]) -> dict[str, object]:
    """Keep an uploaded workbook until it is accepted, and read it."""
    content = upload.read()
    sha256 = hashlib.sha256(content).hexdigest()
    folder = Path(settings.MEDIA_ROOT) / "workbooks"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _drop_forgotten(folder)
    path = folder / f"{sha256}.xlsx"
    path.write_bytes(content)
    try:
        result = read_workbook(path)
    except WorkbookUnreadableError as unreadable:
        path.unlink()
        said = str(unreadable).replace(path.name, upload.name or "đã tải lên")
        return {"unreadable": said}
    if result.register is None:
        path.unlink()
    return {"result": result, "sha256": sha256, "file_name": upload.name}


def _drop_forgotten(folder: Path) -> None:
    """Delete workbooks that were checked and not accepted within a day."""
    yesterday = (timezone.now() - timedelta(days=1)).timestamp()
    for path in folder.glob("*.xlsx"):
        if path.stat().st_mtime < yesterday:
            path.unlink(missing_ok=True)


def _kept(sha256: str) -> Path | None:
    is_hash = len(sha256) == _HEX_DIGITS and sha256.isalnum() and sha256.isascii()
    path = Path(settings.MEDIA_ROOT) / "workbooks" / f"{sha256}.xlsx"
    return path if is_hash and path.is_file() else None


def _require_units(request: HttpRequest, register: Register) -> None:
    keys = permitted_units(request.user, Permission.IMPORT_REGISTER)
    inside = set(keys)
    for _ in register.units:
        inside |= {unit.unit_id for unit in register.units if unit.parent_id in inside}
        if WHOLE_INSTANCE in keys or all(u.unit_id in inside for u in register.units):
            return
    if register.units:
        raise PermissionDenied
