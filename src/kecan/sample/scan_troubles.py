"""What happens to sheets of paper: each trouble darkens or bends a page."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    Page = NDArray[np.float32]


class Trouble(StrEnum):
    """A trouble of a hard scan."""

    FOLD = "fold"
    PUNCH = "punch"
    STAPLE = "staple"
    STAMP = "stamp"
    COFFEE = "coffee"
    STREAK = "streak"
    STRETCH = "stretch"
    BLEED = "bleed"
    CAST = "cast"


def _mask(page: Page) -> NDArray[np.uint8]:
    return np.zeros(page.shape, np.uint8)


def _darkened(page: Page, mask: NDArray[np.uint8], by: float) -> Page:
    return np.asarray(page * (1 - by * mask.astype(np.float32) / 255), np.float32)


def _fold(page: Page, generator: Generator, mm: float) -> Page:
    mask = _mask(page)
    height, width = page.shape
    y = generator.uniform(0.2, 0.8) * height
    ends = [(0, int(y)), (width, int(y + generator.normal(0, 2 * mm)))]
    cv2.line(mask, ends[0], ends[1], 255, max(1, round(0.4 * mm)), cv2.LINE_AA)
    return _darkened(page, mask, float(generator.uniform(0.1, 0.4)))


def _punch(page: Page, generator: Generator, mm: float) -> Page:
    mask = _mask(page)
    middle = page.shape[0] / 2 + generator.normal(0, 2 * mm)
    for y in (middle - 40 * mm, middle + 40 * mm):
        cv2.circle(mask, (round(12 * mm), round(y)), round(3 * mm), 255, -1)
    return _darkened(page, mask, 0.85)


def _staple(page: Page, generator: Generator, mm: float) -> Page:
    mask = _mask(page)
    x, y = generator.uniform(8, 20, 2) * mm
    ends = (int(x), int(y)), (int(x + 9 * mm), int(y + 7 * mm))
    cv2.line(mask, ends[0], ends[1], 255, round(0.6 * mm), cv2.LINE_AA)
    return _darkened(page, mask, 0.7)


def _stamp(page: Page, generator: Generator, mm: float) -> Page:
    mask = _mask(page)
    at = int(generator.uniform(30, 60) * mm), int(generator.uniform(30, 60) * mm)
    cv2.circle(mask, at, round(17 * mm), 255, round(0.8 * mm), cv2.LINE_AA)
    cv2.circle(mask, at, round(12 * mm), 255, round(0.4 * mm), cv2.LINE_AA)
    return _darkened(page, mask, 0.5)


def _coffee(page: Page, generator: Generator, mm: float) -> Page:
    mask = _mask(page)
    at = generator.uniform(0.2, 0.9, 2) * (page.shape[1], page.shape[0])
    place = (int(at[0]), int(at[1]))
    cv2.circle(mask, place, round(22 * mm), 90, -1, cv2.LINE_AA)
    cv2.circle(mask, place, round(22 * mm), 255, round(2 * mm), cv2.LINE_AA)
    soft = np.asarray(cv2.GaussianBlur(mask, (0, 0), mm / 2), np.uint8)
    return _darkened(page, soft, 0.3)


def _streak(page: Page, generator: Generator, mm: float) -> Page:
    mask = _mask(page)
    x = int(generator.uniform(0.05, 0.95) * page.shape[1])
    width = max(1, round(float(generator.uniform(0.1, 0.5)) * mm))
    cv2.line(mask, (x, 0), (x, page.shape[0]), 255, width)
    return _darkened(page, mask, float(generator.uniform(0.3, 0.9)))


def _stretch(page: Page, generator: Generator, mm: float) -> Page:
    rows = np.arange(page.shape[0], dtype=np.float32)
    wave = float(generator.uniform(0.3, 0.8)) * mm
    phase = float(generator.uniform(0, 6.28))
    moved = rows + wave * np.sin(rows / page.shape[0] * 6.28 + phase)
    columns = np.arange(page.shape[1], dtype=np.float32)
    result = cv2.remap(
        page,
        np.broadcast_to(columns, page.shape).copy(),
        np.broadcast_to(moved[:, None], page.shape).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(result, np.float32)


def _bleed(page: Page, generator: Generator, mm: float) -> Page:
    behind = cv2.GaussianBlur(page[:, ::-1], (0, 0), 0.3 * mm)
    result = page * (1 - float(generator.uniform(0.05, 0.15)) * (1 - behind / 255))
    return np.asarray(result, np.float32)


def _cast(page: Page, generator: Generator, mm: float) -> Page:
    del mm
    slope = np.linspace(1, float(generator.uniform(0.7, 0.9)), page.shape[1])
    result = page * slope.astype(np.float32)
    return np.asarray(result, np.float32)


TROUBLES: dict[Trouble, Callable[[Page, Generator, float], Page]] = {
    Trouble.FOLD: _fold,
    Trouble.PUNCH: _punch,
    Trouble.STAPLE: _staple,
    Trouble.STAMP: _stamp,
    Trouble.COFFEE: _coffee,
    Trouble.STREAK: _streak,
    Trouble.STRETCH: _stretch,
    Trouble.BLEED: _bleed,
    Trouble.CAST: _cast,
}
"""How each trouble changes a page of grey values, given pixels a millimetre."""
