"""`consentinel policy`: drafts a policy file from a published text, compares the two, imports a register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import requests

from consentinel.evidence.guarded import ascii_address, host_of, parts_of
from consentinel.evidence.route import DIRECT, Route
from consentinel.evidence.trust import flaw, trust_file
from consentinel.policy.categories import announced_and_listed
from consentinel.policy.changes import changes, lines_of, stale_promises
from consentinel.policy.compose import compose, rows_as_toml
from consentinel.policy.declared_rows import rows_declared
from consentinel.policy.fingerprints import digest, fingerprint
from consentinel.policy.importers import NotImported, import_rows, text_of
from consentinel.policy.load import load_policy
from consentinel.policy.page_text import NotInPage, PolicyText, read_page
from consentinel.policy.policy_file import PolicyFile, RegisterRow
from consentinel.report.exit_codes import DRIFT, SETUP_FAILED
from consentinel.report.history import (
    LOOKED_THROUGH,
    HistoryError,
    Snapshot,
    Store,
    register_changes,
    sentence,
    unseen_rows,
)
from consentinel.report.history.words import printable
from consentinel.report.text import count
from consentinel.site.errors import ProfileError
from consentinel.site.load import read_toml
from consentinel.visitor.http_session import session, why_no_answer
from consentinel.visitor.page_answer import NoPage, html_of
from consentinel.visitor.plain_visitor import ANSWER_LIMIT, HEADERS


class PolicyUnreadable(click.ClickException):
    """A policy file or a published text cannot be read. The message is one line per problem."""

    exit_code = SETUP_FAILED


def draft(url: str, output: Path, selector: str, authority: Path | None, force: bool, way: Route = DIRECT) -> None:
    """Write a policy file for the text at an address. Raises PolicyUnreadable."""
    if output.exists() and not force:
        raise PolicyUnreadable(f"{output} exists already; give another name, or --force to replace it")
    text = published(url, selector, authority, way)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(compose(ascii_address(url), selector, text, datetime.now(UTC).date()), encoding="utf-8")
        found = load_policy(output)
    except OSError as error:
        raise PolicyUnreadable(f"{output} cannot be written: {error.strerror or error}") from error
    promising = sum(1 for one in found.sentence if one.promises)
    click.echo(
        f"wrote {output}: {count(len(found.sentence), 'sentence')}, {promising} of which may promise something, and "
        f"{count(len(found.rows), 'row')} of the register"
    )
    click.echo("nothing of it counts before somebody sets confirmed = true: read it beside the text")


def check(
    policy_file: Path | None,
    site: Path | None,
    authority: Path | None,
    way: Route = DIRECT,
    history: Path | None = None,
) -> int:
    """Compare a policy file with the published text, and its register with a history; the exit code.

    Raises PolicyUnreadable.
    """
    try:
        policy = load_policy(policy_file or _of_profile(site))
    except ProfileError as error:
        raise PolicyUnreadable(str(error)) from error
    runs = _runs(history, site) if history else ()
    text = published(str(policy.source.url), policy.source.selector, authority, way)
    for one in announced_and_listed(text).contradictions:
        found = f"it announces {one.announced.count} categories, lists {len(one.listed)}"
        click.echo(printable(f"the policy contradicts itself: {found} (“{one.announced.sentence}”)"))
    changed = _tell_changes(policy, text, site)
    unseen = _tell_unseen(policy, runs) if history else False
    return DRIFT if changed or unseen else 0


def _tell_changes(policy: PolicyFile, text: PolicyText, site: Path | None) -> bool:
    """Print what has changed in the text; whether anything has."""
    found = changes(policy, text.sentences)
    if not found:
        click.echo(f"unchanged: {len(policy.sentence)} sentences of {policy.source.url}")
        return False
    for change in found:
        for line in lines_of(change, len(policy.sentence)):
            click.echo(printable(line))
        if change.after:
            click.echo(f'  fingerprint = "{fingerprint(change.after)}"')
    stale = stale_promises(found)
    if stale:
        of_site = f" --site {site}" if site else ""
        named = " or ".join(stale)
        click.echo(f'may be stale: {", ".join(stale)}; their scenarios: consentinel run{of_site} -m "{named}"')
    count = "1 change" if len(found) == 1 else f"{len(found)} changes"
    click.echo(f"{count} since {policy.source.date}; the text's digest is now {digest(text.sentences)}")
    click.echo(
        "once you have read it, mend the entries: the sentence in the comment, its fingerprint, what it promises"
    )
    return True


def _tell_unseen(policy: PolicyFile, runs: Sequence[Snapshot]) -> bool:
    """Print the rows of the register that no run has seen; whether one of them should have been."""
    unseen = unseen_rows(policy, runs)
    for one in unseen:
        if one.doubt:
            click.echo(f'could not tell whether "{one.row.item}" of the register is still set: {one.doubt}')
    ghosts = register_changes(policy, runs)
    for ghost in ghosts:
        click.echo(printable(sentence(ghost)))
    if not unseen:
        click.echo(f"seen: each of the {len(policy.rows)} rows of the register")
    return bool(ghosts)


def _runs(history: Path, site: Path | None) -> Sequence[Snapshot]:
    """Return the newest whole runs of a profile's site. Raises PolicyUnreadable."""
    table = read_toml(site).get("site", {}) if site else None
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        raise PolicyUnreadable("--history needs --site with a profile that names its site")
    if not history.exists():
        raise PolicyUnreadable(f"{history}: there is no history yet; a run with `--history` makes one")
    try:
        with Store(history) as store:
            return store.whole(table["name"], LOOKED_THROUGH)
    except HistoryError as error:
        raise PolicyUnreadable(str(error)) from error


def _of_profile(site: Path | None) -> Path:
    """Return the policy file that a profile names.

    Its variables need not be set: nobody signs in. Raises ProfileError.
    """
    named = read_toml(site).get("policy") if site else None
    if site is None or not isinstance(named, str):
        raise PolicyUnreadable(
            "name the policy file: --policy FILE, or --site with a profile that has the key `policy`"
        )
    return site.parent / named


def import_register(source: str, authority: Path | None, way: Route = DIRECT) -> str:
    """Return the rows of an export, or of what a manager declares at an address, as TOML. Raises PolicyUnreadable."""
    is_address = parts_of(source).scheme in ("http", "https")
    rows = _declared_rows(source, authority, way) if is_address else _exported_rows(Path(source))
    return "\n\n".join(rows_as_toml(rows)) + "\n"


def _declared_rows(url: str, authority: Path | None, way: Route) -> Sequence[RegisterRow]:
    from consentinel.drafting.declared import NotRead, declared_at  # noqa: PLC0415 - browsers take a while to import

    if authority and (problem := flaw(authority)):
        raise PolicyUnreadable(problem)
    try:
        return rows_declared(declared_at(ascii_address(url), authority, way))
    except NotRead as error:
        raise PolicyUnreadable(str(error)) from error
    except NotImported as error:
        raise PolicyUnreadable(f"{url}: {error}") from error


def _exported_rows(file: Path) -> Sequence[RegisterRow]:
    try:
        return import_rows(text_of(file.read_bytes()))
    except OSError as error:
        raise PolicyUnreadable(f"{file} cannot be read: {error.strerror or error}") from error
    except NotImported as error:
        raise PolicyUnreadable(f"{file}: {error}") from error


def published(url: str, selector: str, authority: Path | None, way: Route = DIRECT) -> PolicyText:
    """Return the policy as it is published at an address. Raises PolicyUnreadable."""
    address = ascii_address(url)
    if parts_of(address).scheme not in ("http", "https") or not host_of(address):
        raise PolicyUnreadable(f"{url} is no address; write it in full, as in https://www.example.com/cookies")
    if authority and (problem := flaw(authority)):
        raise PolicyUnreadable(problem)
    trusted = trust_file(authority)
    try:
        with session(trusted, way) as http:
            answer = http.get(address, headers=HEADERS, timeout=ANSWER_LIMIT)
    except requests.RequestException as error:
        raise PolicyUnreadable(why_no_answer(url, error)) from error
    finally:
        trusted.unlink(missing_ok=True)
    if answer.status_code >= 400:
        raise PolicyUnreadable(f"{url} answered {answer.status_code}: no text was compared")
    try:
        text = read_page(html_of(answer), selector)
    except (NotInPage, NoPage) as error:
        raise PolicyUnreadable(f"{url} cannot be read as a policy: {error}") from error
    if not text.sentences:
        raise PolicyUnreadable(
            f"{url} holds no sentence; if a script writes the page, name another address of the text"
        )
    return text
