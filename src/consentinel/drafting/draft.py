"""`consentinel draft URL -o FILE`: visits a site and drafts its profile."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import requests
from pydantic import ValidationError

from consentinel.browser.errors import BrowserError
from consentinel.browser.spec import Engine
from consentinel.drafting.check_options import Asked, WrongOption, check_options
from consentinel.drafting.compose import compose
from consentinel.drafting.equipment import equipped
from consentinel.drafting.explore import explore
from consentinel.drafting.survey import Survey
from consentinel.drafting.toml import listed, text
from consentinel.drafting.trackers import DATABASE, load_trackers
from consentinel.evidence.access import Access
from consentinel.evidence.guarded import ascii_address, host_of
from consentinel.evidence.proxy import ProxyFailure
from consentinel.evidence.route import Route, RouteError, route
from consentinel.evidence.route_words import CLIENT_CERTIFICATE_HELP, RESOLVE_HELP, UPSTREAM_HELP
from consentinel.report.exit_codes import SETUP_FAILED
from consentinel.site.access import access_of
from consentinel.site.explain import explain
from consentinel.site.hosts import pattern_of, registrable
from consentinel.site.profile import Access as AccessTable
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.http_session import OtherProtocol, UpstreamFailure, why_no_answer
from consentinel.visitor.plain_visitor import ANSWER_LIMIT, HEADERS

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("url")
@click.option("-o", "--output", type=_FILE, required=True, metavar="FILE", help="the profile to write")
@click.option("--force", is_flag=True, help="replace a file that exists")
@click.option(
    "--browser",
    type=click.Choice(["chromium", "firefox"]),
    default="chromium",
    show_default=True,
    help="the browser to visit with",
)
@click.option(
    "--ca", type=_FILE, metavar="FILE", help="a certificate authority to trust, as PEM, besides the public ones"
)
@click.option("--upstream", metavar="URL", help=UPSTREAM_HELP)
@click.option("--resolve", multiple=True, metavar="HOST:PORT:ADDRESS", help=RESOLVE_HELP)
@click.option("--client-cert", metavar="FILE", help=CLIENT_CERTIFICATE_HELP)
@click.option(
    "--basic-user-env", metavar="NAME", help="the environment variable with the user for basic authentication"
)
@click.option("--basic-password-env", metavar="NAME", help="the environment variable with its password")
@click.option(
    "--ahead",
    multiple=True,
    metavar="SELECTOR",
    help="what to click on a page that first asks something else, such as the visitor's age; may be repeated",
)
@click.option("--headed", is_flag=True, help="show the browser's window")
@click.option(
    "--trackers",
    type=_FILE,
    default=DATABASE,
    metavar="FILE",
    help="Ghostery's trackerdb.json (default: the npm package, if installed)",
)
def main(url: str, **options: Any) -> None:
    """Draft the profile of a site. URL is the address of its home page.

    The exit code is 0 where the draft was written, and 4 where it could not be.
    """
    asked = Asked(ascii_address(url), **options)
    logging.getLogger().addHandler(logging.NullHandler())  # what is logged explains a doubt, and is no line for people
    try:
        check_options(asked)
        way = route(asked.upstream, asked.resolve, asked.client_cert)
        trackers = load_trackers(asked.trackers)
        survey = _survey(asked, replace(way, access=_access(asked, os.environ)))
        profile = compose(survey, trackers) + _access_table(asked, survey.ahead)
        _write(asked.output, profile)
    except Exception as error:  # noqa: BLE001 - whatever it was, people read one line
        click.echo(_trouble(asked, error), err=True)
        sys.exit(SETUP_FAILED)
    trusting = f" --ca {asked.ca}" if asked.ca else ""
    _say(f"wrote {asked.output}: run `consentinel run --site {asked.output}{trusting}`, then read its")
    _say("question marks and put what is in no category yet where it belongs")


def _write(file: Path, profile: str) -> None:
    """Write a profile whole, or leave nothing behind where there was none. Raises OSError."""
    is_new = not file.exists()
    try:
        file.write_text(profile, encoding="utf-8")
    except OSError:
        if is_new:
            file.unlink(missing_ok=True)
        raise


def _trouble(options: Asked, error: Exception) -> str:
    """Return why there is no draft, in one line."""
    match error:
        case WrongOption() | SiteUnavailable() | BrowserError() | ProxyFailure() | RouteError():
            return str(error)
        case OSError():
            return f"{options.output} cannot be written: {error.strerror or error}"
        case ValidationError():
            return f"{options.url} does not make a profile: {explain('the draft', error)[0]}"
        case _:
            said = str(error).strip().partition("\n")[0]
            return f"the draft of {options.url} failed: {type(error).__name__}: {said}"


def _access(options: Asked, environ: Mapping[str, str]) -> Access:
    """Return what the site asks for before it answers. Raises RouteError where a variable is not set."""
    asked = AccessTable(basic_user_env=options.basic_user_env, basic_password_env=options.basic_password_env)
    for name in filter(None, (asked.basic_user_env, asked.basic_password_env)):
        if asked.basic_user_env and not environ.get(name):
            raise RouteError(f"the environment variable {name} is not set; set it, as in: export {name}=...")
    return access_of(asked, [pattern_of(registrable(host_of(options.url)))], environ)


def _access_table(options: Asked, ahead: Sequence[str]) -> str:
    """Return the table [access] of the profile, empty for a site that is open to everybody."""
    asked = {
        "basic_user_env": options.basic_user_env and text(options.basic_user_env),
        "basic_password_env": options.basic_user_env
        and options.basic_password_env
        and text(options.basic_password_env),
        "ahead": ahead and listed(ahead),
    }
    lines = [f"{key} = {value}\n" for key, value in asked.items() if value]
    return "".join(["\n[access]\n", *lines]) if lines else ""


def _survey(options: Asked, way: Route) -> Survey:
    with equipped(Engine(options.browser), options.ca, way, headed=options.headed) as (resources, http):
        _check_speaks(options.url, http)
        return explore(options.url, resources, http, _say, options.ahead)


def _check_speaks(url: str, http: requests.Session) -> None:
    """Check before a browser starts that a site can be spoken to. Raises SiteUnavailable, which says what helps."""
    try:
        http.get(url, headers=HEADERS, timeout=ANSWER_LIMIT, stream=True).close()
    except (requests.exceptions.InvalidURL, requests.exceptions.SSLError, OtherProtocol, UpstreamFailure) as error:
        raise SiteUnavailable(why_no_answer(url, error)) from error
    except requests.RequestException:
        return  # the browser will say more


def _say(line: str) -> None:
    sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
