"""Results of sites, made from small recorded runs."""

from __future__ import annotations

from typing import Any

from consentinel.fleet.result import Ended, Result, result_of, with_run
from tests.report.builders import finding, run, scenario


def kept(name: str, **changed: Any) -> Result:
    """The result of a site that kept P10 and P24."""
    return made(name, run(scenario("passed", "P24"), scenario("passed", "P10", id="two")), "kept", 0, **changed)


def broken(name: str, host: str = "social.localhost", **changed: Any) -> Result:
    """The result of a site on which a service set a cookie against P24."""
    found = finding(
        item={"kind": "cookie", "name": "nb_uid", "host": host}, written_by=f"https://{host}/widget.js:14", at=1001.5
    )
    return made(name, run(scenario("failed", "P24", findings=[found])), "broken", 1, **changed)


def undecided(name: str, reason: str, **changed: Any) -> Result:
    """The result of a site of whose two scenarios one was decided."""
    played = run(scenario("passed", "P24"), scenario("inconclusive", "P10", id="two", reason=reason))
    return made(name, played, "kept", 0, **changed)


def made(name: str, played: Any, ended: Ended, code: int, **changed: Any) -> Result:
    played = {**played, "site": name, "base_url": f"https://www.{name}.example/", **changed}
    return with_run(
        result_of(name, code=code, ended=ended, started=played["started"], seconds=played["seconds"]),
        played,
        f"sites/{name}",
    )
