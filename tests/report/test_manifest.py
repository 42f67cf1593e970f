"""The manifest of a report: what was changed, lost or added afterwards is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from consentinel.report.manifest import NAME, main
from consentinel.report.signature import ENVIRONMENT
from consentinel.report.writer import ReportError, write_report
from tests.commands import code_of
from tests.report.builders import run, scenario


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "hars").mkdir()
    (tmp_path / "hars/one.har").write_text("{}")
    write_report(run(scenario("passed", "P24")), tmp_path)
    return tmp_path


def verified(folder: Path, *more: str) -> int:
    return code_of(main, [str(folder), *more])


def test_a_report_as_it_was_written_is_unchanged(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(report) == 0
    digest = json.loads((report / NAME).read_bytes())["digest"]
    assert capsys.readouterr().out.endswith(f"digest: {digest}\n")
    assert verified(report, "--digest", digest.upper()) == 0
    assert verified(report, "--digest", "0" * 64) == 11


def test_one_octet_is_enough(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report / "hars/one.har").write_text("{ }")
    assert verified(report) == 11
    assert "changed: hars/one.har\n" in capsys.readouterr().out


def test_a_file_that_is_gone_is_named(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report / "run.json").unlink()
    assert verified(report) == 11
    assert "gone: run.json\n" in capsys.readouterr().out


def test_a_file_that_came_later_is_named_and_changes_no_evidence(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (report / "notes.txt").write_text("seen by Mia")
    assert verified(report) == 0
    assert "not of the run: notes.txt\n" in capsys.readouterr().out


def test_a_manifest_that_was_mended_by_hand_does_not_hold(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = json.loads((report / NAME).read_bytes())
    manifest["files"] = [one for one in manifest["files"] if one["path"] != "hars/one.har"]
    (report / "hars/one.har").unlink()
    (report / NAME).write_text(json.dumps(manifest))
    assert verified(report) == 11
    assert "its chain does not hold" in capsys.readouterr().out


def test_a_manifest_reads_nothing_outside_the_report(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = json.loads((report / NAME).read_bytes())
    manifest["files"][0]["path"] = "../../etc/passwd"
    (report / NAME).write_text(json.dumps(manifest))
    assert verified(report) == 11
    assert "gone: ../../etc/passwd\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        None,
        "no json",
        "[]",
        '{"version": 1, "files": [], "digest": ""}',
        '{"version": 9, "files": [{"path": "a", "size": 1, "sha256": "", "chain": ""}], "digest": ""}',
    ],
)
def test_what_is_no_manifest_is_one_line(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / NAME).write_text(content)
    assert verified(tmp_path) == 4
    assert capsys.readouterr().err.count("\n") == 1


def private(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public(key: Ed25519PrivateKey, file: Path) -> str:
    file.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return str(file)


@pytest.fixture
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


def test_a_signed_report_is_known_by_its_key_alone(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    monkeypatch.setenv(ENVIRONMENT, private(ours))
    write_report(run(scenario("passed", "P24")), tmp_path)
    assert verified(tmp_path, "--key", public(ours, keys / "ours.pem")) == 0
    assert "signed by this key\n" in capsys.readouterr().out
    assert verified(tmp_path) == 0
    assert "signed, which was not checked: name the public key with --key\n" in capsys.readouterr().out
    assert verified(tmp_path, "--key", public(other, keys / "other.pem")) == 11
    assert "the signature is not of this key\n" in capsys.readouterr().out


@pytest.mark.parametrize("forged", [None, "no base64", ""])
def test_a_manifest_that_somebody_wrote_anew_is_not_signed(
    report: Path, keys: Path, forged: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if forged is not None:
        manifest = json.loads((report / NAME).read_bytes())
        (report / NAME).write_text(json.dumps({**manifest, "signature": forged}))
    assert verified(report, "--key", public(Ed25519PrivateKey.generate(), keys / "ours.pem")) == 11
    expected = "the signature is not of this key" if forged else "the manifest is not signed"
    assert f"{expected}\n" in capsys.readouterr().out


def test_a_signature_of_another_report_does_not_count(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Ed25519PrivateKey.generate()
    monkeypatch.setenv(ENVIRONMENT, private(ours))
    for name, promise in (("one", "P24"), ("two", "P10")):
        write_report(run(scenario("passed", promise)), tmp_path / name)
    one, two = (json.loads((tmp_path / name / NAME).read_bytes()) for name in ("one", "two"))
    (tmp_path / "two" / NAME).write_text(json.dumps({**two, "signature": one["signature"]}))
    assert verified(tmp_path / "two", "--key", public(ours, keys / "ours.pem")) == 11


@pytest.mark.parametrize("key", ["no key", private(ec.generate_private_key(ec.SECP256R1()))])
def test_a_key_that_cannot_sign_is_told_and_not_shown(
    tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, key)
    with pytest.raises(ReportError, match=ENVIRONMENT) as told:
        write_report(run(scenario("passed", "P24")), tmp_path)
    assert key not in str(told.value)
    assert not (tmp_path / NAME).exists()


def test_what_is_no_public_key_is_one_line(report: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (keys / "none.pem").write_text("no key")
    for name in ("none.pem", "missing.pem"):
        assert verified(report, "--key", str(keys / name)) == 4
        assert capsys.readouterr().err.count("\n") == 1
