"""`consentinel policy`: draft, check, import, against a page that is served on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consentinel.cli import main
from consentinel.policy.fingerprints import fingerprint
from consentinel.site.load import PROFILES
from tests.serving import QuietHandler, Server, listening

TEXT = (
    "<html lang=en><main><h1>Cookies</h1>"
    "<p>You can change your choice at any time. Necessary cookies stay.</p>{}</main>"
)


SITE = PROFILES / "garden.toml"
POLICY = PROFILES.parent.parent / "reference_site" / "garden" / "policy.toml"


class PolicySite(Server):
    """Serves one page, with a stamp that changes at each call."""

    body = TEXT.format("")
    status = 200
    content_type = "text/html; charset=utf-8"
    encoding = "utf-8"
    calls = 0

    @property
    def url(self) -> str:
        return f"http://shop.localhost:{self.server_port}/cookies"


class Handler(QuietHandler):
    server: PolicySite

    def do_GET(self) -> None:
        self.server.calls += 1
        stamp = f"<p>Last changed: {self.server.calls:02}.11.2026</p><script>let a = {self.server.calls}</script>"
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.content_type)
        self.end_headers()
        self.wfile.write((self.server.body + stamp).encode(self.server.encoding))


@pytest.fixture
def policy_page() -> Iterator[PolicySite]:
    with listening(PolicySite(Handler)) as server:
        yield server


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["policy", *map(str, arguments)])


@pytest.fixture
def drafted(policy_page: PolicySite, tmp_path: Path) -> Path:
    file = tmp_path / "policies" / "shop.toml"
    done = run("draft", policy_page.url, "-o", file)
    assert done.exit_code == 0, done.output
    assert "1 of which may promise something" in done.output
    return file


def test_the_text_that_was_drafted_is_unchanged_although_its_date_is_another(drafted: Path) -> None:
    done = run("check", "--policy", drafted)
    assert (done.exit_code, done.output.startswith("unchanged: ")) == (0, True), done.output


def test_a_changed_sentence_is_told_and_ends_with_11(drafted: Path, policy_page: PolicySite) -> None:
    policy_page.body = TEXT.format("<p>We now advertise.</p>").replace("at any time", "once")
    done = run("check", "--policy", drafted)
    assert done.exit_code == 11
    assert (
        "promises P02)\n  before: You can change your choice at any time.\n  now:    You can change your choice once."
        in (done.output)
    )
    assert "added (sentence 4 of the page)\n  now:    We now advertise." in done.output
    assert 'may be stale: P02; their scenarios: consentinel run -m "P02"' in done.output


def test_a_changed_sentence_is_mended_by_what_the_check_prints(drafted: Path, policy_page: PolicySite) -> None:
    old, new = "You can change your choice at any time.", "You can change your choice once."
    policy_page.body = TEXT.format("").replace("at any time", "once")
    said = run("check", "--policy", drafted).output
    assert f'now:    {new}\n  fingerprint = "{fingerprint(new)}"' in said
    drafted.write_text(
        drafted.read_text("utf-8").replace(old, new).replace(fingerprint(old), fingerprint(new)), "utf-8"
    )
    assert run("check", "--policy", drafted).exit_code == 0


def test_the_scenarios_that_may_be_stale_are_those_of_the_site(
    drafted: Path, policy_page: PolicySite, tmp_path: Path
) -> None:
    profile = tmp_path / "shop-site.toml"
    profile.write_text('policy = "policies/shop.toml"\n', encoding="utf-8")
    policy_page.body = TEXT.format("").replace("at any time", "once")
    assert f'consentinel run --site {profile} -m "P02"' in run("check", "--site", profile).output


def test_the_profile_may_name_the_file(drafted: Path, tmp_path: Path) -> None:
    profile = tmp_path / "shop-site.toml"
    profile.write_text('policy = "policies/shop.toml"\n', encoding="utf-8")
    assert run("check", "--site", profile).exit_code == 0


def test_a_contradiction_of_the_text_is_told(drafted: Path, policy_page: PolicySite) -> None:
    policy_page.body = TEXT.format("<p>Three kinds:</p><ul><li>Necessary</li><li>Statistics</li></ul>")
    assert "it announces 3 categories, lists 2" in run("check", "--policy", drafted).output


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-8", "utf-16"])
def test_an_encoding_that_the_page_alone_names_is_read(policy_page: PolicySite, tmp_path: Path, encoding: str) -> None:
    policy_page.content_type, policy_page.encoding = "text/html", encoding
    policy_page.body = f'<meta charset="{encoding}"><main><p>Für Sie: „Zähler“ für Käufe.</p></main>'
    done = run("draft", policy_page.url, "-o", tmp_path / "shop.toml")
    assert done.exit_code == 0, done.output
    assert "# Für Sie: „Zähler“ für Käufe." in (tmp_path / "shop.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["application/pdf", "text/javascript"])
def test_what_is_no_page_is_no_policy(policy_page: PolicySite, tmp_path: Path, kind: str) -> None:
    policy_page.content_type = kind
    done = run("draft", policy_page.url, "-o", tmp_path / "shop.toml")
    assert (done.exit_code, f"cannot be read as a policy: is no page but {kind}" in done.output) == (4, True)
    assert not (tmp_path / "shop.toml").exists()


@pytest.mark.parametrize("status", [404, 503])
def test_a_page_that_cannot_be_read_ends_with_4(drafted: Path, policy_page: PolicySite, status: int) -> None:
    policy_page.status = status
    done = run("check", "--policy", drafted)
    assert (done.exit_code, f"answered {status}: no text was compared" in done.output) == (4, True)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("check",), "name the policy file"),
        (("check", "--policy", "none.toml"), "no such file"),
        (("check", "--policy", POLICY, "--history", "none.sqlite"), "--history needs --site"),
        (("check", "--site", SITE, "--policy", POLICY, "--history", "none.sqlite"), "there is no history yet"),
        (("import", "none.csv"), "none.csv"),
        (("draft", "shop", "-o", "none/shop.toml"), "shop is no address"),
        (("draft", "https://b\u00fccher..example/", "-o", "none/shop.toml"), "is no address; write it in full"),
        (("draft", "http://nobody.localhost:9/", "-o", "none/shop.toml"), "did not answer"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_4(arguments: tuple[object, ...], line: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, line in done.output) == (4, True), done.output


def test_a_page_without_text_is_no_policy(policy_page: PolicySite, tmp_path: Path) -> None:
    policy_page.body = "<main></main>"
    done = run("draft", policy_page.url, "-o", tmp_path / "shop.toml")
    assert (done.exit_code, "holds no sentence" in done.output) == (4, True), done.output


def test_an_export_is_printed_as_rows(tmp_path: Path) -> None:
    file = tmp_path / "cookies.csv"
    file.write_text("Name,Category,Expiry\n_ga,Statistics,13 months\n", encoding="utf-8")
    done = run("import", file)
    assert done.exit_code == 0
    assert done.output.startswith('[[register]]\nitem = "_ga"\ncategory = "analytics"\nlifetime = "13 months"\n')
