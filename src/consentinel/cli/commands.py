"""The commands. Each is imported when it is called, so that `consentinel --help` answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from typing_extensions import override

from consentinel import __version__
from consentinel.evidence.route_words import CLIENT_CERTIFICATE_HELP, RESOLVE_HELP, UPSTREAM_HELP

if TYPE_CHECKING:
    from consentinel.cli.steps import Entry
    from consentinel.evidence.route import Route

INTERRUPTED, SETUP_FAILED = 2, 4
"""Exit codes, as in `consentinel.report.exit_codes`, which takes a while to import."""

ELSEWHERE = {
    "defects": ("consentinel.reference_site.defects.__main__", "List the seeded defects of the reference site."),
    "draft": ("consentinel.drafting.draft", "Draft the profile of a site."),
    "fleet": ("consentinel.fleet.__main__", "Run the features on every site of a folder."),
    "history": ("consentinel.report.history.__main__", "List, compare, accept and prune the runs of a history."),
    "install": ("consentinel.browser.install", "Install the browsers and drivers that are missing."),
    "prove": ("consentinel.proof.__main__", "Run the features against each seeded defect."),
    "report": ("consentinel.report.__main__", "Write the report of a run that was killed."),
    "site": ("consentinel.reference_site.__main__", "Serve the reference site, to click through it."),
    "smoke-choice": ("consentinel.proof.smoke", "Choose the scenarios of a smoke run."),
    "summary": ("consentinel.report.one_line", "Print a run in a few lines."),
    "verify": ("consentinel.report.manifest", "Say whether a report is still as its run wrote it."),
}
"""The module whose `main` is the command, and the line that lists it, by the command's name."""


SUMMARY = 120
"""Letters of the line that lists a command, at most."""


class _PassedOn(click.Command):
    """A command that hands on its arguments as they stand, `--` included, which click would take out."""

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep all arguments for the command's own reader."""
        ctx.params["arguments"] = tuple(args)
        return []


class _Commands(click.Group):
    """The commands. One that Ctrl-C interrupts ends with the code of a run that was cut short."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*self.commands, *ELSEWHERE])

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, which is imported only now."""
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(ELSEWHERE[cmd_name][0]).main
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        here = {name: command.get_short_help_str(SUMMARY) for name, command in self.commands.items()}
        there = {name: summary for name, (_, summary) in ELSEWHERE.items()}
        with formatter.section("Commands"):
            formatter.write_dl(sorted({**here, **there}.items()))

    @override
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that the arguments name."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="consentinel")
def main() -> None:
    """Check a published cookie policy against a deployed site, in real browsers."""


@main.command(cls=_PassedOn)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def run(arguments: tuple[str, ...]) -> None:
    """Run the features: the shipped ones, or those of FILES. Passes what it does not know on to pytest."""
    from consentinel.cli.run import run as played  # noqa: PLC0415 - pytest takes a while to import

    sys.exit(played(arguments))


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Write a small suite of your own into FOLDER.

    It has features, steps, pages, fixtures and a profile, and runs by plain pytest.
    """
    from consentinel.cli.init import InitError, write_suite  # noqa: PLC0415

    try:
        written = write_suite(folder)
    except InitError as error:
        click.echo(str(error), err=True)
        sys.exit(SETUP_FAILED)
    for file in written:
        click.echo(f"  {file}")
    click.echo(f"Run it: cd {folder} && pytest")


@main.command()
@click.option("--site", default="reference", metavar="NAME_OR_FILE", help="the profile (default: the reference site)")
@click.option("--base-url", metavar="URL", help="another deployment of that site")
@click.option("--policy", type=click.Path(path_type=Path), help="the policy file (default: the profile's)")
@click.option("--all", "whole", is_flag=True, help="list every skipped scenario")
@click.argument("features", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(site: str, base_url: str | None, policy: Path | None, whole: bool, features: tuple[Path, ...]) -> None:
    """Say which scenarios would run on a profile: the shipped ones, or those of FEATURES (files or folders).

    The others are listed with what they lack. No browser is started.
    """
    from consentinel.cli.check import WrongFeatures, files_in, lines, planned  # noqa: PLC0415
    from consentinel.cli.policy_notes import policy_notes  # noqa: PLC0415
    from consentinel.consent.base import NoManager  # noqa: PLC0415
    from consentinel.consent.registry import check_manager  # noqa: PLC0415
    from consentinel.policy.load import load_policy  # noqa: PLC0415
    from consentinel.pytest_plugin.deployment import EMBEDDED, REFERENCE_ACCOUNT  # noqa: PLC0415
    from consentinel.site.errors import ProfileError  # noqa: PLC0415
    from consentinel.site.load import load_profile  # noqa: PLC0415

    try:
        profile = load_profile(site, base_url, {**os.environ, **(REFERENCE_ACCOUNT if site in EMBEDDED else {})})
        file = policy or (Path(profile.policy) if profile.policy else None)
        promised = load_policy(file) if file else None
        check_manager(profile)
        plan = planned(profile, files_in(features), promised)
    except (ProfileError, NoManager, WrongFeatures) as error:
        click.echo(str(error), err=True)
        sys.exit(SETUP_FAILED)
    for line in lines(plan, whole=whole):
        click.echo(line)
    for note in policy_notes(profile, promised) if promised else ():
        click.echo(f"\n{note}")


@main.command()
@click.option("--json", "form", flag_value="json", help="as JSON, for tools")
@click.option("--markdown", "form", flag_value="markdown", help="as the page docs/steps.md")
@click.option("--editor", "form", flag_value="editor", help="write .vscode, for the Cucumber extension")
def steps(form: str | None) -> None:
    """List the sentences that a scenario can use.

    Each has an example, what it needs of the profile, and where features use it.
    """
    from consentinel.cli.steps import as_json, as_markdown, as_text, catalogue  # noqa: PLC0415

    entries = catalogue()
    match form:
        case "json":
            click.echo(as_json(entries))
        case "editor":
            _write_for_editor(entries)
        case "markdown":
            click.echo(as_markdown(entries), nl=False)
        case _:
            click.echo("\n".join(as_text(entries)))


def _write_for_editor(entries: list[Entry]) -> None:
    from consentinel.cli import editor  # noqa: PLC0415

    try:
        written = editor.write(entries, Path.cwd())
    except (editor.SettingsUnreadable, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(SETUP_FAILED)
    for file in written:
        click.echo(f"Written: {file}")


@main.group()
def policy() -> None:
    """Draft a policy file, or compare it with its text.

    A register can be imported. docs/policy.md explains the file.
    """


AUTHORITY = click.option("--ca", type=click.Path(path_type=Path), help="a certificate authority to trust, as PEM")


def _routed(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the options of the route, which it takes as `way`."""

    @click.option("--upstream", metavar="URL", help=UPSTREAM_HELP)
    @click.option("--resolve", multiple=True, metavar="HOST:PORT:ADDRESS", help=RESOLVE_HELP)
    @click.option("--client-cert", metavar="FILE", help=CLIENT_CERTIFICATE_HELP)
    @wraps(command)
    def called(upstream: str | None, resolve: tuple[str, ...], client_cert: str | None, **rest: object) -> None:
        from consentinel.evidence.route import RouteError, route  # noqa: PLC0415

        try:
            way = route(upstream, resolve, client_cert)
        except RouteError as error:
            click.echo(str(error), err=True)
            sys.exit(SETUP_FAILED)
        command(way=way, **rest)

    return called


@policy.command("draft")
@click.argument("url")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="the policy file to write")
@click.option("--selector", default="", help="where in the page the policy stands (CSS)")
@click.option("--force", is_flag=True, help="replace a file that exists")
@AUTHORITY
@_routed
def _policy_draft(url: str, output: Path, selector: str, force: bool, ca: Path | None, way: Route) -> None:
    """Write a policy file for the text at URL; nothing of it is confirmed."""
    from consentinel.cli.policy import draft  # noqa: PLC0415

    draft(url, output, selector, ca, force, way)


@policy.command("check")
@click.option("--policy", "file", type=click.Path(path_type=Path), help="the policy file")
@click.option("--site", type=click.Path(path_type=Path), help="a profile that names its policy file")
@click.option("--history", type=click.Path(path_type=Path), help="hold the register against the runs in this file")
@AUTHORITY
@_routed
def _policy_check(file: Path | None, site: Path | None, history: Path | None, ca: Path | None, way: Route) -> None:
    """Compare the policy file with the published text. 0: unchanged; 11: changed; 4: one of them cannot be read."""
    from consentinel.cli.policy import check  # noqa: PLC0415

    sys.exit(check(file, site, ca, way, history))


@policy.command("import")
@click.argument("source")
@AUTHORITY
@_routed
def _policy_import(source: str, ca: Path | None, way: Route) -> None:
    """Print register rows from SOURCE: an export of a consent manager, or the address of a page that has one.

    Exports are CSV (OneTrust, Cookiebot) and device storage disclosures of the IAB (JSON). At an address, a browser
    reads what Klaro, Orejime, tarteaucitron or vanilla-cookieconsent declares.
    """
    from consentinel.cli.policy import import_register  # noqa: PLC0415

    click.echo(import_register(source, ca, way), nl=False)
