"""The way of visitors who come from a region: the run's own, by an upstream proxy there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from consentinel.evidence.route import Route, RouteError, route
from consentinel.evidence.route_words import PASSWORD, USER
from consentinel.site.ways import Region


def from_region(way: Route, region: Region, environ: Mapping[str, str]) -> Route:
    """Return the way of a region's visitors. Raises RouteError, which names the region and what cannot be used."""
    account = {
        USER: environ.get(region.user_env or USER, ""),
        PASSWORD: environ.get(region.password_env or PASSWORD, ""),
    }
    try:
        return replace(way, proxies=route(region.upstream, environ=account).proxies)
    except RouteError as error:
        what = str(error).removeprefix("--upstream ").replace("a command line", "a profile")
        raise RouteError(f"regions ({region.name}): upstream {what}") from error
