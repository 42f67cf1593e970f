"""Reads a profile: a built-in one by name, any other by path."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlunsplit

from pydantic import ValidationError

from consentinel.evidence.guarded import ascii_address, parts_of
from consentinel.site.errors import Problem, ProfileError
from consentinel.site.explain import explain, nearest
from consentinel.site.hosts import covered, host_of, normal
from consentinel.site.profile import Profile
from consentinel.site.schema_version import migrated

PROFILES = Path(__file__).parent / "profiles"


def load_profile(name_or_path: str, base_url: str | None = None, environ: Mapping[str, str] = os.environ) -> Profile:
    """Return the profile of that name (`src/consentinel/site/profiles/<name>.toml`) or at that path, checked.

    `base_url` points it at another deployment: that deployment's host becomes the site's own, and a sub-domain of
    the profile's host moves along. `environ` must hold each variable that the profile needs.
    Raises ProfileError, one line per problem.
    """
    file = _find(name_or_path)
    data = migrated(read_toml(file), file.name)
    if base_url is not None:
        _point_at(data, base_url)
    _locate_files(data, file)
    try:
        profile = Profile.model_validate(data)
    except ValidationError as error:
        raise ProfileError(explain(file.name, error)) from error
    problems = (*_contradictions(file.name, profile), *_missing_variables(file.name, profile, environ))
    if problems:
        raise ProfileError(problems)
    return profile


def built_in() -> list[str]:
    """Return the names of the built-in profiles."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def _find(name_or_path: str) -> Path:
    if name_or_path in built_in():
        return PROFILES / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if path.is_file():
        return path
    if path.exists() or path.is_symlink():
        raise ProfileError((Problem(name_or_path, "", "", _why_no_file(path), "give the path of a TOML file"),))
    is_name = path.suffix != ".toml" and len(path.parts) == 1
    remedy = nearest(name_or_path, built_in()) if is_name else "give the path of a TOML file"
    fault = "no such built-in profile" if is_name else "no such file"
    raise ProfileError((Problem(name_or_path, "", "", fault, remedy),))


def _why_no_file(path: Path) -> str:
    if path.is_dir():
        return "is a folder"
    return "is a link that leads to no file" if path.is_symlink() else "is no plain file"


def read_toml(file: Path) -> dict[str, Any]:
    """Return a file as TOML. Raises ProfileError with the line and column of what is none."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = Problem(file.name, "", "", f"cannot be read ({error.strerror})", "check its permissions")
    except UnicodeDecodeError:
        problem = Problem(file.name, "", "", "is not UTF-8", "save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        problem = _not_toml(file, str(error))
    raise ProfileError((problem,))


def _not_toml(file: Path, message: str) -> Problem:
    where = re.search(r" \(at line (\d+), column (\d+)\)", message)
    line = f"{file.name}, line {where[1]}, column {where[2]}" if where else f"{file.name}, at its end"
    fault = re.sub(r" \(at [^)]*\)$", "", message)
    return Problem(line, "", "", f"is not TOML ({fault})", 'texts stand in "quotes", lists in [brackets]')


def _locate_files(data: dict[str, Any], file: Path) -> None:
    """Take `policy` and `consent.module` as relative to the profile."""
    if isinstance(data.get("policy"), str):
        data["policy"] = str(file.parent.absolute() / data["policy"])
    consent = data.get("consent")
    if isinstance(consent, dict) and isinstance(consent.get("module"), str):
        consent["module"] = str(file.parent.absolute() / consent["module"])


def _point_at(data: dict[str, Any], base_url: str) -> None:
    """Moves the profile to another deployment, as far as its own shape allows; the schema judges the rest."""
    site, pages = data.get("site"), data.get("pages")
    if not isinstance(site, dict):
        return
    old = _host(site.get("base_url"))
    new = _host(base_url)
    site["base_url"] = ascii_address(base_url)
    hosts = site.get("hosts")
    if new and isinstance(hosts, list) and not covered(map(str, hosts), new):
        site["hosts"] = [*hosts, f"*.{new}"]
    if isinstance(pages, dict) and isinstance(pages.get("subdomain"), str) and old and new:
        pages["subdomain"] = _moved(pages["subdomain"], old, new)


def _moved(address: str, old: str, new: str) -> str:
    parts = parts_of(address)
    host = parts.hostname or ""
    if not host.endswith(f".{old}"):
        return address
    return urlunsplit(parts._replace(netloc=host.removesuffix(old) + new))


def _host(address: object) -> str:
    return host_of(address) if isinstance(address, str) else ""


def _contradictions(file: str, profile: Profile) -> Iterator[Problem]:
    """Yield what the schema cannot see: entries that are each well-formed and do not go together."""
    address = profile.site.base_url
    host = normal(address.host or "")
    if address.username or address.password:
        remedy = "take it out and name variables in access.basic_user_env and access.basic_password_env"
        yield Problem(file, "site.base_url", "withheld", "holds a user or a password", remedy)
    if not covered(profile.site.hosts, host):
        remedy = f'add "{host}" or a pattern that covers it'
        yield Problem(file, "site.hosts", "", f"does not cover {host}, the host of site.base_url", remedy)
    places: dict[str, str] = {}
    for key, pattern in _third_party_patterns(profile):
        if pattern in places:
            fault = f"stands in {places[pattern]} too"
            yield Problem(file, key, f'"{pattern}"', fault, "keep it where it belongs")
        places.setdefault(pattern, key)


def _third_party_patterns(profile: Profile) -> Iterator[tuple[str, str]]:
    for pattern in profile.site.hosts:
        yield "site.hosts", pattern
    for pattern in profile.partners:
        yield "partners", pattern
    for category, table in profile.categories.items():
        for pattern in table.hosts:
            yield f"categories.{category}.hosts", pattern


def _missing_variables(file: str, profile: Profile, environ: Mapping[str, str]) -> Iterator[Problem]:
    for key, variable in _variables(profile):
        if not environ.get(variable):
            fault = "that environment variable is not set"
            yield Problem(file, key, f'"{variable}"', fault, f"set it, as in: export {variable}=...")


def _variables(profile: Profile) -> Iterator[tuple[str, str]]:
    access = profile.access
    if profile.account and profile.allow.sign_in:
        yield "account.user_env", profile.account.user_env
        yield "account.password_env", profile.account.password_env
    if access.basic_user_env:
        yield "access.basic_user_env", access.basic_user_env
    if access.basic_password_env:
        yield "access.basic_password_env", access.basic_password_env
    for header, variable in access.headers_env.items():
        yield f"access.headers_env.{header}", variable
