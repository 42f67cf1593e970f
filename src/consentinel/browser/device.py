"""The device of a visitor: a desktop computer or a phone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Device:
    """A device: window size in CSS pixels, pixel ratio, user agent, language and time zone (IANA)."""

    viewport: tuple[int, int] = (1280, 800)
    pixel_ratio: float = 1.0
    user_agent: str | None = None
    locale: str | None = None
    timezone: str | None = None

    def turned(self) -> Self:
        """Return the device on its side."""
        width, height = self.viewport
        return replace(self, viewport=(height, width))


DESKTOP = Device()
PHONE = Device(
    viewport=(390, 844),
    pixel_ratio=2.0,
    user_agent="Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Mobile Safari/537.36",
)
