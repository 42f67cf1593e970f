"""Checks that a site answered as itself: without an error, with a page, and without a wall against robots."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from consentinel.browser.base import Context
from consentinel.evidence.manners import Manners
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.trust import about_certificate
from consentinel.visitor import bot_wall
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.page_answer import ONE_MOMENT


def check_manners(url: str, manners: Manners) -> None:
    """Check that the site has not asked to be spared this visit. Raises SiteUnavailable, which says how it asked."""
    if refusal := manners.refusal(url):
        raise SiteUnavailable(f"{url} was not visited: {refusal}")


_ERROR_NUMBER = re.compile(r"^\[Errno -?\d+\] ", re.ASCII)
"""The number that Python puts before what an operating system says of an error."""

LETS_IN = 15.0
"""Seconds of page time that a page may take that looks at the visitor's browser first, and then lets it in."""


def check_answer(url: str, recorder: Recorder[Any], context: Context, watch_on: Callable[[float], object]) -> None:
    """Check what answered at the address that the visitor opened last. Raises SiteUnavailable, which says what did.

    `watch_on` watches the page for some seconds of page time: a page that answers 503 may let the visitor in.
    """
    if recorder.status_of_page() == ONE_MOMENT:
        watch_on(LETS_IN)
    fault, status = recorder.traffic.fault_at(url), recorder.status_of_page()
    if fault:
        raise SiteUnavailable(f"nothing answers at {url}: {about_certificate(fault) or _ERROR_NUMBER.sub('', fault)}")
    if status is not None and status >= 400:
        raise SiteUnavailable(f"{url} answered {status}: this is not the site's page, so nothing was judged")
    other, sign = bot_wall.what_answered(context.ask)
    if other:
        raise SiteUnavailable(f"{url} is no page but {other}, so nothing was judged")
    if sign:
        raise SiteUnavailable(f"{url} shows a wall against robots, told by {sign}, so nothing was judged")
