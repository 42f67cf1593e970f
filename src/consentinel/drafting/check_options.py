"""Checks the command line of a draft before a browser starts: a draft that cannot be written costs minutes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from consentinel.drafting.trackers import DATABASE, load_trackers
from consentinel.evidence.guarded import host_of, parts_of
from consentinel.evidence.trust import flaw
from consentinel.site.selectors import checked


class WrongOption(Exception):
    """An option cannot be used as it is given. The message is one line: which, why, what to give."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line of a draft says; `main` in draft.py explains each of its options."""

    url: str
    output: Path
    force: bool = False
    browser: str = "chromium"
    ca: Path | None = None
    upstream: str | None = None
    resolve: tuple[str, ...] = ()
    client_cert: str | None = None
    basic_user_env: str | None = None
    basic_password_env: str | None = None
    ahead: tuple[str, ...] = ()
    headed: bool = False
    trackers: Path = DATABASE


def check_options(options: Asked) -> None:
    """Check what `consentinel draft` was asked for, and make the folder of its profile. Raises WrongOption."""
    if parts_of(options.url).scheme not in ("http", "https") or not host_of(options.url):
        raise WrongOption(f"{options.url or repr('')} is no address; write it in full, as in https://www.example.com")
    if options.ca and (problem := flaw(options.ca)):
        raise WrongOption(problem)
    if options.basic_password_env and not options.basic_user_env:
        raise WrongOption("--basic-password-env: give --basic-user-env as well, which names the variable with the user")
    for selector in options.ahead:
        _check_selector(selector)
    _check_trackers(options.trackers)
    _check_output(options.output, is_replaced=options.force)


def _check_selector(selector: str) -> None:
    try:
        checked(selector)
    except ValueError as error:
        raise WrongOption(f"--ahead {selector!r}: {error}; see docs/profile.md") from error


def _check_trackers(file: Path) -> None:
    if file != DATABASE and not file.is_file():
        raise WrongOption(f"--trackers {file}: no such file; give Ghostery's trackerdb.json")
    try:
        load_trackers(file)
    except OSError as error:
        raise WrongOption(f"--trackers {file}: cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise WrongOption(f"--trackers {file}: is no tracker database; give Ghostery's trackerdb.json") from error


def _check_output(file: Path, *, is_replaced: bool) -> None:
    """Check that a profile can be written there, by opening the file; one that was not there is not left behind."""
    try:
        if file.is_dir():
            raise WrongOption(f"{file} is a folder; give the name of a file, as in {file / 'site.toml'}")
        is_there = file.exists() or file.is_symlink()
        if is_there and not is_replaced:
            raise WrongOption(f"{file} exists already; give another name, or --force to replace it")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("a", encoding="utf-8").close()
        if not is_there:
            file.unlink()
    except OSError as error:
        raise WrongOption(f"{file} cannot be written: {error.strerror or error}") from error
