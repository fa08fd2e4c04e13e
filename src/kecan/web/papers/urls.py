"""Addresses of papers."""

from __future__ import annotations

from django.urls import path, register_converter

from kecan.web.papers import views, views_ballot
from kecan.web.papers.catalogue import PaperFormat


class FormatConverter:
    """A file format in an address."""

    regex = "|".join(PaperFormat)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "paper_format")
app_name = "papers"
urlpatterns = [
    path("van-ban/", views.paper_list, name="paper_list"),
    path("dot/<int:round_id>/van-ban/", views.details, name="details"),
    path(
        "dot/<int:round_id>/van-ban/<slug:kind>.<paper_format:written_as>",
        views.round_paper,
        name="round_paper",
    ),
    path(
        "dot/<int:round_id>/dao-tao/<int:year>/bao-cao.<paper_format:written_as>",
        views.training_report,
        name="training_report",
    ),
    path(
        "hoi-nghi/<int:conference_id>/in-phieu/",
        views_ballot.ballot_print,
        name="ballot_print",
    ),
    path(
        "hoi-nghi/<int:conference_id>/van-ban/<slug:kind>.<paper_format:written_as>",
        views.conference_paper,
        name="conference_paper",
    ),
]
