"""A site with a certificate of its own, or without HTTP/1.1: each command names in one line what helps."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from consentinel.cli import main
from consentinel.drafting import draft
from tests.calls import call
from tests.commands import code_of
from tests.serving import QuietHandler, Server, listening
from tests.serving_h2 import Answered, Asked, serving_h2

HOST = "shop.localhost"
LIMIT = 120
PAGE = b"<html lang=en><title>Shop</title><main><p>You can change your choice at any time, on each page.</p></main>"
HELP = "is of no trusted authority (--ca FILE trusts one of your own)"

PROFILE = """\
policy = "policy.toml"

[site]
name = "Shop"
base_url = "{url}"
hosts = ["shop.localhost"]

[consent.stored]
name = "choice"

[categories.functionality]
label = "Needed"
refusable = false
"""


class Shop(QuietHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)


@dataclass(frozen=True)
class Served:
    """A site, and the file of whom to trust for it."""

    url: str
    authority: Path


@contextmanager
def served(context: ssl.SSLContext, authority: Path) -> Iterator[Served]:
    server = Server(Shop)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with listening(server):
        yield Served(f"https://{HOST}:{server.server_port}/", authority)


def by_an_authority(folder: Path, name: str = HOST) -> tuple[ssl.SSLContext, Path]:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    authority.issue_cert(name).configure_cert(context)
    return context, folder / "authority.pem"


def by_itself(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate that signs itself, as `openssl req -x509` makes it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(9))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    file, private = folder / "own.pem", folder / "own.key"
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, private)
    return context, file


@pytest.fixture(params=[by_an_authority, by_itself], ids=["by an authority", "by itself"])
def home_made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    with served(*request.param(tmp_path)) as site:
        yield site


def line_of(output: str, code: int) -> str:
    (line,) = [one for one in output.splitlines() if one.strip()]
    assert (code, "Traceback" in output) == (4, False)
    return line


def test_the_commands_about_a_policy_name_the_option_that_helps(home_made: Served, tmp_path: Path) -> None:
    policy, profile = tmp_path / "policy.toml", tmp_path / "shop.toml"
    profile.write_text(PROFILE.format(url=home_made.url.rstrip("/")), encoding="ascii")
    drafts = ["policy", "draft", home_made.url, "-o", str(policy)]
    refused = CliRunner().invoke(main, drafts)
    assert HELP in line_of(refused.output, refused.exit_code)
    assert CliRunner().invoke(main, [*drafts, "--ca", str(home_made.authority)]).exit_code == 0
    for named in (["--policy", str(policy)], ["--site", str(profile)]):
        refused = CliRunner().invoke(main, ["policy", "check", *named])
        assert HELP in line_of(refused.output, refused.exit_code)
        done = CliRunner().invoke(main, ["policy", "check", *named, "--ca", str(home_made.authority)])
        assert (done.exit_code, "unchanged" in done.output) == (0, True), done.output


def test_a_run_names_the_option_that_helps(home_made: Served, tmp_path: Path) -> None:
    profile = tmp_path / "shop.toml"
    profile.write_text(PROFILE.partition("\n\n")[2].format(url=home_made.url.rstrip("/")), encoding="ascii")
    refused = call("consentinel", "run", "first_visit.feature", "--site", str(profile), limit=LIMIT)
    line = line_of(refused.stderr, refused.returncode)
    assert HELP in line
    assert line.count("--ca") == 1


def test_a_draft_names_the_option_that_helps(
    home_made: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = code_of(draft.main, [home_made.url, "-o", str(tmp_path / "drafted.toml")])
    assert HELP in line_of(capsys.readouterr().err, code)


def test_a_certificate_for_another_name_is_no_matter_of_trust(tmp_path: Path) -> None:
    with served(*by_an_authority(tmp_path, "other.localhost")) as site:
        drafts = ["policy", "draft", site.url, "-o", str(tmp_path / "policy.toml"), "--ca", str(site.authority)]
        refused = CliRunner().invoke(main, drafts)
    line = line_of(refused.output, refused.exit_code)
    assert line.endswith("did not answer: its certificate is for another name")
    assert "--ca" not in line


def test_a_site_that_speaks_no_tls_is_named_as_that(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with listening(Server(Shop)) as server:
        code = code_of(draft.main, [f"https://{HOST}:{server.server_port}/", "-o", str(tmp_path / "drafted.toml")])
    assert line_of(capsys.readouterr().err, code).endswith("so the address may begin with http://")


def test_a_site_that_speaks_http2_alone_ends_with_a_line_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def shop(_asked: Asked) -> Answered:
        return Answered(PAGE, {"content-type": "text/html"})

    context, authority = by_an_authority(tmp_path)
    with serving_h2(shop, context) as port:
        url, profile = f"https://{HOST}:{port}", tmp_path / "shop.toml"
        profile.write_text(PROFILE.partition("\n\n")[2].format(url=url), encoding="ascii")
        trusting = ["--ca", str(authority)]
        run = call("consentinel", "run", "first_visit.feature", "--site", str(profile), *trusting, limit=LIMIT)
        policy = CliRunner().invoke(main, ["policy", "draft", url, "-o", str(tmp_path / "policy.toml"), *trusting])
        drafted = code_of(draft.main, [url, "-o", str(tmp_path / "drafted.toml"), *trusting])
    for output, code in (
        (run.stderr, run.returncode),
        (policy.output, policy.exit_code),
        (capsys.readouterr().err, drafted),
    ):
        line = line_of(output, code)
        assert line.endswith("did not answer: it speaks HTTP/2 and no HTTP/1.1, by which requests without a browser go")
