"""Every test of the scanned count has folders of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.BALLOT_IMAGES = tmp_path / "images"
    settings.BALLOT_KEYS = tmp_path / "keys"
    settings.SCANNER_FOLDER = tmp_path / "scanner"
