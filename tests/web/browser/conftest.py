"""Journeys in a real browser: ``make browser`` names the Chromium, nothing else runs them.

A page that writes an error to the console, or asks for anything beyond the server of the
test, fails its journey. The trace of a journey that fails lies in its temporary folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

CHROMIUM = os.environ.get("KECAN_CHROMIUM", "")
collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]

PHONE, DESK = {"width": 400, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield the browser; Django takes playwright's loop for an asynchronous caller."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass(kw_only=True)  # no slots: playwright hangs its wrappers on the listener
class Desk:
    """Where people sit down at browsers of their own."""

    chromium: Browser
    address: str
    traces: Path
    faults: list[str] = field(default_factory=list)

    def sits(
        self,
        login: str,
        *,
        viewport: dict[str, int] = DESK,
        javascript: bool = True,
    ) -> Page:
        """Return the first page somebody sees who has signed in."""
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": viewport["width"], "height": viewport["height"]},
            java_script_enabled=javascript,
            locale="vi-VN",
        )
        context.tracing.start(screenshots=True, snapshots=True)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._request)
        page.goto("/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_role("heading", level=1).wait_for()
        return page

    def leave(self) -> None:
        """Close every browser and keep what they saw."""
        for number, context in enumerate(self.chromium.contexts, start=1):
            for page in context.pages:
                page.wait_for_load_state("networkidle")
            context.tracing.stop(path=self.traces / f"trace-{number}.zip")
            context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.faults.append(f"asked for {request.url}")


@pytest.fixture
def live_server(
    socket_enabled: None,  # noqa: ARG001
    transactional_db: None,  # noqa: ARG001
    _light_settings: None,
) -> Iterator[LiveServer]:
    """Yield a server that starts after the settings of the test are in force."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def desk(live_server: LiveServer, chromium: Browser, tmp_path: Path) -> Iterator[Desk]:
    """Yield where people sit; what any page complained of fails the journey."""
    one = Desk(chromium=chromium, address=live_server.url, traces=tmp_path)
    yield one
    one.leave()
    assert one.faults == []
