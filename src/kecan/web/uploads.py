"""Large uploads on their way in: plain files in memory, told when there is no room."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.shortcuts import render
from django.views.defaults import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse, HttpResponseBase


class NoRoomForUploadError(SuspiciousOperation):
    """What is sent does not fit; of this kind Django answers without calling it a fault."""


class UploadWithRoom(TemporaryFileUploadHandler):
    """Django's own, but that a full disk or memory is told from a fault of the program."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        with _room_named():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with _room_named():
            super().receive_data_chunk(raw_data, start)


@contextmanager
def _room_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NoRoomForUploadError(str(error)) from error


def not_received(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer what was sent and not taken: there was no room, or it was no request."""
    if isinstance(exception, NoRoomForUploadError):
        return _no_room(request)
    return bad_request(request, exception)


def _no_room(request: HttpRequest) -> HttpResponse:
    return render(request, "507.html", status=HTTPStatus.INSUFFICIENT_STORAGE)
