"""A site behind basic authentication and a header of its own: a staging site, as most are."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consentinel.evidence.access import OPEN, basic
from consentinel.report.exit_codes import KEPT, SETUP_FAILED
from tests.calls import call
from tests.serving import QuietHandler, Server, listening
from tests.strangers.odd_sites import PAGE, PARTNER, PROFILE

ACCESS = """
[access]
basic_user_env = "STAGING_USER"
basic_password_env = "STAGING_PASSWORD"
headers_env = { X-Preview = "STAGING_PREVIEW" }
"""
MEDIA = "media.localhost"
"""Another host of the site's own, which asks for the same password."""

PICTURE = f"new Image().src = 'http://{MEDIA}:%d/picture';"
USER, PASSWORD = "staging", "p\u00e4ss:word"


class Staging:
    """The site on two hosts and its partner, on one port. `leaked` holds the headers that the partner was sent and must
    not see; `admitted` are the hosts that let somebody in, `refused` those that did not."""

    def __init__(self, port: int, profile: Path) -> None:
        self.port = port
        self.profile = profile
        self.leaked: list[str] = []
        self.admitted: set[str] = set()
        self.refused: set[str] = set()


@contextmanager
def staging(folder: Path, access: str = ACCESS, preview: str = "yes") -> Iterator[Staging]:
    class Answers(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sent, host = [self.headers["Authorization"], self.headers["X-Preview"]], self.headers["Host"]
            if self.headers["Host"].startswith(PARTNER):
                site.leaked += filter(None, sent)
                self.answer(200, b"x")
            elif sent == [basic(USER, PASSWORD)[1], preview or None]:
                site.admitted.add(host.partition(":")[0])
                self.answer(200, (PAGE % {"odd": ["/pixel"], "port": site.port, "more": PICTURE % site.port}).encode())
            else:
                site.refused.add(host.partition(":")[0])
                self.answer(401, b"Who are you?")

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if status == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="staging"')
            self.end_headers()
            self.wfile.write(body)

    with listening(Server(Answers)) as server:
        site = Staging(server.server_port, folder / "staging.toml")
        hosts = f'hosts = ["bücher.localhost", "{MEDIA}"]'
        text = PROFILE.replace('hosts = ["bücher.localhost"]', hosts) % {"port": site.port}
        site.profile.write_text(text + access, encoding="utf-8")
        yield site


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGING_USER", USER)
    monkeypatch.setenv("STAGING_PASSWORD", PASSWORD)
    monkeypatch.setenv("STAGING_PREVIEW", "yes")


def command(site: Staging, folder: Path, browser: str, *more: str) -> tuple[str, ...]:
    return (
        *("pytest", "features/first_visit.feature", "-k", "asks_before", "-q", "-p", "no:cacheprovider"),
        *("--site", str(site.profile), "--browser", browser, "--report", str(folder / "report"), *more),
    )


@pytest.mark.browser
@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_the_site_is_visited_and_nobody_else_learns_the_password(tmp_path: Path, browser: str) -> None:
    with staging(tmp_path) as site:
        done = call(*command(site, tmp_path, browser), limit=180.0)
    assert done.returncode == KEPT, done.stdout + done.stderr
    run = json.loads((tmp_path / "report" / "run.json").read_text("ascii"))
    assert [one["outcome"] for one in run["scenarios"] if one["outcome"] != "skipped"] == ["passed"]
    assert (site.leaked, site.refused) == ([], set())
    assert site.admitted == {"xn--bcher-kva.localhost", MEDIA}
    written = b"".join(file.read_bytes() for file in (tmp_path / "report").rglob("*") if file.is_file())
    assert PASSWORD.encode() not in written
    assert basic(USER, PASSWORD)[1].encode() not in written


@pytest.mark.browser
def test_a_draft_signs_in_as_the_profile_will(tmp_path: Path) -> None:
    profile = tmp_path / "draft.toml"
    account = ("--basic-user-env", "STAGING_USER", "--basic-password-env", "STAGING_PASSWORD")
    with staging(tmp_path, preview="") as site:
        url = f"http://xn--bcher-kva.localhost:{site.port}/"
        done = call("consentinel", "draft", url, "-o", str(profile), *account, limit=180.0)
    assert done.returncode == 0, done.stdout + done.stderr
    drafted = tomllib.loads(profile.read_text(encoding="utf-8"))
    assert drafted["access"] == {"basic_user_env": "STAGING_USER", "basic_password_env": "STAGING_PASSWORD"}
    assert drafted["consent"]["dialog"]["accept"] == ["#all"]
    assert site.leaked == []


@pytest.mark.process
def test_a_draft_names_the_variable_that_is_not_set(tmp_path: Path) -> None:
    output = ("-o", str(tmp_path / "draft.toml"), "--basic-user-env", "NOBODY_HAS_SET_THIS")
    done = call("consentinel", "draft", "http://shop.localhost:9/", *output, limit=60.0)
    assert done.returncode == 4
    assert "the environment variable NOBODY_HAS_SET_THIS is not set" in done.stderr


@pytest.mark.process
def test_a_site_that_asks_who_one_is_ends_with_one_line(tmp_path: Path) -> None:
    with staging(tmp_path, access="") as site:
        done = call(*command(site, tmp_path, "chromium"), limit=120.0)
    assert done.returncode == SETUP_FAILED
    assert "answered 401: it asks for a user and a password; check access.basic_user_env" in done.stdout + done.stderr


@pytest.mark.process
def test_without_the_recording_proxy_there_is_no_way_in(tmp_path: Path) -> None:
    with staging(tmp_path) as site:
        done = call(*command(site, tmp_path, "chromium", "--no-wire"), limit=120.0)
    assert done.returncode == SETUP_FAILED
    assert "by the recording proxy alone; run with it" in done.stdout + done.stderr


def test_only_the_sites_own_hosts_are_sent_anything() -> None:
    assert OPEN.headers_for("shop.example") == {}
    assert basic("Aladdin", "open sesame") == ("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
