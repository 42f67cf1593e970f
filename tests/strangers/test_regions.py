"""Visitors from regions of the profile: by a proxy there, each of which also is the site that the region sees."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from consentinel.cli.check import planned
from consentinel.evidence.access import basic
from consentinel.evidence.proxy import RecordingProxy
from consentinel.evidence.route import Route, RouteError
from consentinel.report.exit_codes import BROKEN
from consentinel.shipped import FEATURES
from consentinel.site.errors import ProfileError
from consentinel.site.load import load_profile
from consentinel.site.profile import Profile
from consentinel.site.regions import from_region
from consentinel.site.ways import Region
from consentinel.verdicts import regions
from tests.calls import call
from tests.serving import QuietHandler, Server, listening
from tests.strangers.odd_sites import PAGE, PROFILE

ACCOUNT = basic("mia", "right")[1]
SHOWS = 'if (!document.cookie.includes("choice=")) ask.hidden = false;'
COUNTS = 'document.cookie = "_ga=GA1.1.123456789.1700000000; path=/";'
COUNTS_UNTIL_REFUSED = f'if (!document.cookie.includes("choice=none")) {COUNTS}'


@contextmanager
def proxy(more: str = "", *, asks: bool = True) -> Iterator[int]:
    """A proxy with a password, which answers for the site as it looks from there; `more` is a script of its pages."""

    class Answers(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = PAGE % {"odd": [], "port": 0, "more": more}
            body = (page if asks else page.replace(SHOWS, "")).encode()
            self.send_response(200 if self.headers["Proxy-Authorization"] == ACCOUNT else 407)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with listening(Server(Answers)) as server:
        yield server.server_port


def region(name: str, port: int, expects: str, password: str = "RIGHT") -> str:
    return (
        f'[[regions]]\nname = "{name}"\nupstream = "http://127.0.0.1:{port}"\nexpects = "{expects}"\n'
        f'user_env = "MIA"\npassword_env = "{password}"\n'
    )


def profile_of(folder: Path, text: str) -> Path:
    site = PROFILE.replace("bücher.localhost:%(port)d", "books.test").replace("bücher.localhost", "books.test")
    site = site.replace('label = "Analytics"', 'label = "Analytics"\ncookies = ["_ga"]')
    file = folder / "books.toml"
    file.write_text(site + text, encoding="utf-8")
    return file


def loaded(folder: Path, text: str) -> Profile:
    return load_profile(str(profile_of(folder, text)), environ={})


@pytest.mark.strangers
@pytest.mark.browser
def test_each_region_is_judged_by_what_its_visitors_are_to_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIA", "mia")
    monkeypatch.setenv("RIGHT", "right")
    monkeypatch.setenv("WRONG", "wrong")
    monkeypatch.setenv("CONSENTINEL_UPSTREAM_USER", "mia")
    monkeypatch.setenv("CONSENTINEL_UPSTREAM_PASSWORD", "right")
    with ExitStack() as stack, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        fair, hasty = stack.enter_context(proxy()), stack.enter_context(proxy(COUNTS))
        silent = stack.enter_context(proxy(asks=False))
        opting = stack.enter_context(proxy(COUNTS_UNTIL_REFUSED, asks=False))
        stubborn = stack.enter_context(proxy(COUNTS, asks=False))
        text = "".join(
            (
                region("France", fair, "asks"),
                region("Germany", hasty, "asks"),
                region("Spain", silent, "asks"),
                region("Italy", fair, "asks", "WRONG"),
                region("Malta", nobody.getsockname()[1], "asks"),
                region("California", opting, "opt-out"),
                region("Texas", stubborn, "opt-out"),
            )
        )
        done = call(
            *("pytest", "features/regions.feature", "-q", "-p", "no:cacheprovider", "--no-pictures", "--no-evidence"),
            *("--site", str(profile_of(tmp_path, text)), "--upstream", f"http://127.0.0.1:{fair}"),
            *("--report", str(tmp_path / "report")),
            limit=180.0,
        )
    assert done.returncode == BROKEN, done.stdout + done.stderr
    run = json.loads((tmp_path / "report" / "run.json").read_text("ascii"))
    said = {one["scenario"].split()[2]: (one["outcome"], one["reason"]) for one in run["scenarios"]}
    assert {name: outcome for name, (outcome, _) in said.items()} == {
        "France": "passed",
        "Germany": "failed",
        "Spain": "inconclusive",
        "Italy": "inconclusive",
        "Malta": "inconclusive",
        "California": "passed",
        "Texas": "failed",
    }, done.stdout
    assert "no dialog came to a visitor from Spain" in said["Spain"][1]
    assert "does not accept the user and password" in said["Italy"][1]
    assert "does not answer" in said["Malta"][1]
    assert "right" not in (tmp_path / "report" / "run.json").read_text("ascii").replace("rightly", "")


def test_no_dialog_proves_nothing_about_visitors_from_elsewhere() -> None:
    assert regions.asked("France", shows=True).doubts == ()
    (doubt,) = regions.asked("France", shows=False).doubts
    assert "may take the proxy's address for one from elsewhere" in doubt
    assert regions.asked("France", shows=False).findings == ()
    assert regions.asked("France", shows=False, doubt="the page is in a frame").doubts == ("the page is in a frame",)


def test_each_region_is_a_case_of_its_own(tmp_path: Path) -> None:
    text = region("Germany", 9, "asks") + region("France", 9, "asks")
    names = [case.name for case in planned(loaded(tmp_path, text), [FEATURES / "regions.feature"]).runs]
    assert names[:2] == ["Visitors from Germany are asked", "Visitors from France are asked"]


def test_without_regions_nothing_runs(tmp_path: Path) -> None:
    plan = planned(loaded(tmp_path, ""), [FEATURES / "regions.feature"])
    assert (plan.runs, [*plan.skipped]) == ([], ["regions"])


def test_a_regions_way_is_the_runs_own_but_for_its_proxy() -> None:
    way = Route(no_proxy="cdn.example", resolved=((("img.example", 443), "192.0.2.7"),))
    france = Region(name="France", upstream="http://fr.example:3128", expects="asks", user_env="MIA", password_env="PW")
    made = from_region(way, france, {"MIA": "mia", "PW": "right"})
    upstream = made.upstream("https://shop.example/")
    assert upstream is not None
    assert (upstream.host, upstream.user, upstream.password) == ("fr.example", "mia", "right")
    assert made.upstream("https://cdn.example/") is None
    assert made.address("img.example", 443) == "192.0.2.7"
    for address, why in (("socks5://fr.example", "only http and https"), ("http://a:b@fr.example", "a profile is no")):
        with pytest.raises(RouteError, match=rf"\Aregions \(France\): upstream \S+: {why}"):
            from_region(way, france.model_copy(update={"upstream": address}), {})


def test_two_regions_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="two regions have the same name"):
        loaded(tmp_path, region("France", 9, "asks") * 2)


def test_browsers_trust_the_proxies_of_all_regions_as_one() -> None:
    own = RecordingProxy()
    beside, other = RecordingProxy(beside=own), RecordingProxy()
    try:
        assert beside.key == own.key != other.key
    finally:
        for one in (own, beside, other):
            one.close()
