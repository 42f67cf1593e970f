from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.report.exit_codes import DRIFT, KEPT, SETUP_FAILED
from consentinel.report.history import Store
from consentinel.report.history.__main__ import main
from tests.commands import code_of
from tests.history.builders import STARTED, item, run_with


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "history.sqlite"
    with Store(path) as store:
        store.save(run_with(item()))
        store.save(run_with(item(), item("_f\x1b[31mbp"), started=STARTED + 86_400))
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = code_of(main, arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_accept_then_diff_finds_the_new_item(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = f"--history={file}"
    code, out, _ = said(capsys, "accept", "1", history, "--reason", "first release")
    assert (code, out) == (KEPT, "Run 1 of shop (chromium) is now the baseline.\n")
    code, out, _ = said(capsys, "diff", history)
    assert code == DRIFT
    assert 'New since the baseline: cookie "_f\ufffd[31mbp" of www.shop.example (analytics).' in out
    assert "\x1b[31mbp" not in out
    code, out, _ = said(capsys, "diff", "1", history)
    assert code == KEPT
    assert "Nothing changed." in out


def test_diff_with_an_exception_is_no_drift(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    allowed = tmp_path / "accepted.toml"
    allowed.write_text('[[accepted]]\nname = "*"\nreason = "sale"\nexpires = 9999-12-31\n')
    code, out, _ = said(capsys, "diff", f"--history={file}", "--base=1", f"--exceptions={allowed}")
    assert code == KEPT
    assert "Accepted: sale (until 9999-12-31)." in out


def test_show_lists_runs_one_run_and_a_trend(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = f"--history={file}"
    assert "shop" in said(capsys, "show", history)[1]
    assert "not provable" in said(capsys, "show", "1", history)[1]
    assert said(capsys, "show", "--promise=P24", history)[1].count("kept") == 2


def test_prune_says_how_many_went(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "prune", "--keep=1", f"--history={file}")[1].startswith("1 run deleted;")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diff"], "shop has no accepted run with chromium; `accept` makes one"),
        (["accept", "9"], "the history holds no run 9; `show` lists the runs"),
        (["accept", "--site", "no"], "the history holds no run of no; `show` lists the runs"),
        (
            ["diff", "--base", "1", "--exceptions", "no.toml"],
            "--exceptions no.toml: cannot be read: No such file or directory\n",
        ),
    ],
)
def test_errors_are_one_line(
    file: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, _, err = said(capsys, *arguments, f"--history={file}")
    assert code == SETUP_FAILED
    assert message in err
    assert err.count("\n") == 1


def test_no_history_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "show", f"--history={tmp_path / 'no.sqlite'}")
    assert code == SETUP_FAILED
    assert err.endswith("there is no history yet; a run with `--history` makes one\n")
    assert not (tmp_path / "no.sqlite").exists()


def test_a_list_of_runs_fits_a_log(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = said(capsys, "show", f"--history={file}")
    assert max(map(len, out.splitlines())) <= 80
    assert "…" not in out
    assert out.count("2026-") == 2, "no date is cut"
