"""Has a visitor's tabs look like those of a device.

Source: WebDriver BiDi, sections 7.3 (browsingContext) and 7.4 (emulation).
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from consentinel.browser.bidi import Connection
from consentinel.browser.device import Device


def emulate(bidi: Connection, user_context: str, device: Device) -> list[Future[dict[str, Any]]]:
    """Ask that every tab of a user context's emulate the device from its beginning. Return the answers to come."""
    mine: dict[str, Any] = {"userContexts": [user_context]}
    sent = [bidi.send("browsingContext.setViewport", mine | viewport(device))]
    if device.user_agent:
        sent.append(bidi.send("emulation.setUserAgentOverride", mine | {"userAgent": device.user_agent}))
    if device.locale:
        sent.append(bidi.send("emulation.setLocaleOverride", mine | {"locale": device.locale}))
    if device.timezone:
        sent.append(bidi.send("emulation.setTimezoneOverride", mine | {"timezone": device.timezone}))
    return sent


def viewport(device: Device) -> dict[str, Any]:
    """Return the device's window size and pixel ratio, as BiDi's parameters."""
    width, height = device.viewport
    looks: dict[str, Any] = {"viewport": {"width": width, "height": height}}
    return looks if device.pixel_ratio == 1.0 else looks | {"devicePixelRatio": device.pixel_ratio}
