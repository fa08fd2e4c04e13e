"""Addresses of the scanned count."""

from __future__ import annotations

from django.urls import path

from kecan.web.paper_count import (
    views_adjudicate,
    views_after,
    views_keyed,
    views_restart,
    views_scans,
    views_sheets,
)

app_name = "paper_count"
_AT = "hoi-nghi/<int:conference_id>/quet"
urlpatterns = [
    path(f"{_AT}/", views_scans.desk, name="desk"),
    path(f"{_AT}/gui/", views_scans.upload, name="upload"),
    path(f"{_AT}/thu-muc/", views_scans.read_folder, name="read_folder"),
    path(f"{_AT}/doc-tiep/", views_scans.read_on, name="read_on"),
    path(f"{_AT}/bo-lan-gui/", views_restart.batch_drop, name="batch_drop"),
    path(f"{_AT}/lam-lai/", views_restart.restart, name="restart"),
    path(f"{_AT}/tien-do/", views_scans.progress, name="progress"),
    path(f"{_AT}/bi-loai/", views_sheets.pages_aside, name="pages_aside"),
    path(f"{_AT}/anh/<slug:image_id>/", views_sheets.picture, name="picture"),
    path(f"{_AT}/anh/<slug:image_id>/<int:box>/", views_sheets.snippet, name="snippet"),
    path(f"{_AT}/anh/<slug:image_id>/xu-ly/", views_sheets.page_aside, name="page_aside"),
    path(f"{_AT}/anh/<slug:image_id>/hoi-lai/", views_sheets.box_ask, name="box_ask"),
    path(f"{_AT}/to/<slug:token>/", views_sheets.sheet, name="sheet"),
    path(f"{_AT}/nhap-to/", views_keyed.sheet_set_to_key, name="sheet_set_to_key"),
    path(f"{_AT}/nhap-to/<slug:token>/", views_keyed.sheet_by_hand, name="sheet_by_hand"),
    path(f"{_AT}/o/", views_adjudicate.boxes, name="boxes"),
    path(f"{_AT}/ghi-them/", views_adjudicate.names, name="names"),
    path(f"{_AT}/ghi-them/tim/", views_adjudicate.name_matches, name="name_matches"),
    path(f"{_AT}/doi-chieu/", views_scans.compared, name="compared"),
    path(f"{_AT}/khoa/", views_scans.close, name="close"),
    path("hoi-nghi/<int:conference_id>/giay/", views_after.audit, name="audit"),
    path("hoi-nghi/<int:conference_id>/giay/<int:number>/", views_after.audit_sheet, name="audit_sheet"),
    path(f"{_AT}/huy/", views_after.images, name="images"),
]  # fmt: skip
