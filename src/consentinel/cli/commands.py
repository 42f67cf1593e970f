"""The commands. Each imports what it needs when it is called: `consentinel --help` answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from typing_extensions import override

from consentinel import __version__
from consentinel.evidence.route_words import CLIENT_CERTIFICATE_HELP, RESOLVE_HELP, UPSTREAM_HELP

if TYPE_CHECKING:
    from consentinel.evidence.route import Route

INTERRUPTED, SETUP_FAILED = 2, 4
"""Exit codes, as in `consentinel.report.exit_codes`, which takes a while to import."""

PASSED_ON: dict[str, object] = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
"""Settings of a command that reads its own arguments, `--help` included."""


class _PassedOn(click.Command):
    """A command that reads its own arguments as they stand, `--` included, which click would take out."""

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep all arguments for the command's own reader."""
        ctx.params["arguments"] = tuple(args)
        return []


class _Commands(click.Group):
    """The commands. One that Ctrl-C interrupts ends with the code of a run that was cut short."""

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


def _command(name: str, summary: str) -> Callable[[Callable[[Sequence[str]], int]], click.Command]:
    """Return a command that hands its arguments on, and ends with the exit code that comes back."""

    def made(action: Callable[[Sequence[str]], int]) -> click.Command:
        def call(arguments: tuple[str, ...]) -> None:
            sys.exit(action(arguments))

        call.__doc__ = summary
        unprocessed = click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
        return main.command(name, cls=_PassedOn, context_settings=PASSED_ON)(unprocessed(call))

    return made


@_command("run", "Run the features: the shipped ones, or those of FILES. Passes what it does not know on to pytest.")
def _run(arguments: Sequence[str]) -> int:
    from consentinel.cli.run import run  # noqa: PLC0415 - pytest takes a while to import

    return run(arguments)


@_command("draft", "Draft the profile of a site.")
def _draft(arguments: Sequence[str]) -> int:
    from consentinel.drafting.draft import main as draft  # noqa: PLC0415

    return draft(list(arguments))


@_command("fleet", "Run the features on every site of a folder.")
def _fleet(arguments: Sequence[str]) -> int:
    from consentinel.fleet.__main__ import main as fleet  # noqa: PLC0415

    return fleet(arguments)


@_command("history", "List, compare, accept and prune the runs of a history. Writes them as metrics.")
def _history(arguments: Sequence[str]) -> int:
    from consentinel.report.history.__main__ import main as history  # noqa: PLC0415

    return history(arguments)


@_command("report", "Write the report of a run that was killed.")
def _report(arguments: Sequence[str]) -> int:
    from consentinel.report.__main__ import main as report  # noqa: PLC0415

    return report(arguments)


@_command("summary", "Print a run in a few lines.")
def _summary(arguments: Sequence[str]) -> int:
    from consentinel.report.one_line import main as summary  # noqa: PLC0415

    return summary(arguments)


@_command("verify", "Say whether a report is still as its run wrote it.")
def _verify(arguments: Sequence[str]) -> int:
    from consentinel.report.manifest import main as verify  # noqa: PLC0415

    return verify(arguments)


@_command("prove", "Run the features against each seeded defect.")
def _prove(arguments: Sequence[str]) -> int:
    from consentinel.proof.__main__ import main as prove  # noqa: PLC0415

    return prove(arguments)


@_command("smoke-choice", "Choose the scenarios of a smoke run.")
def _smoke_choice(arguments: Sequence[str]) -> int:
    from consentinel.proof.smoke import main as choose  # noqa: PLC0415

    return choose(arguments)


@_command("site", "Serve the reference site, to click through it.")
def _site(arguments: Sequence[str]) -> int:
    from consentinel.reference_site.__main__ import main as site  # noqa: PLC0415

    return site(arguments)


@_command("defects", "List the seeded defects of the reference site.")
def _defects(arguments: Sequence[str]) -> int:
    from consentinel.reference_site.defects.__main__ import main as defects  # noqa: PLC0415

    return defects(arguments)


@_command("install", "Install the browsers and drivers that are missing.")
def _install(arguments: Sequence[str]) -> int:
    from consentinel.browser.install import main as install  # noqa: PLC0415

    return install(arguments)


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
@click.argument("features", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(site: str, base_url: str | None, policy: Path | None, features: tuple[Path, ...]) -> None:
    """Say which scenarios would run on a profile: the shipped ones, or those of FEATURES (files or folders).

    The others are listed with what they lack. No browser is started.
    """
    from consentinel.cli.check import WrongFeatures, files_in, lines, planned  # noqa: PLC0415
    from consentinel.cli.policy_notes import policy_notes  # noqa: PLC0415
    from consentinel.policy.load import load_policy  # noqa: PLC0415
    from consentinel.pytest_plugin.deployment import EMBEDDED, REFERENCE_ACCOUNT  # noqa: PLC0415
    from consentinel.site.errors import ProfileError  # noqa: PLC0415
    from consentinel.site.load import load_profile  # noqa: PLC0415

    try:
        profile = load_profile(site, base_url, {**os.environ, **(REFERENCE_ACCOUNT if site in EMBEDDED else {})})
        file = policy or (Path(profile.policy) if profile.policy else None)
        promised = load_policy(file) if file else None
        plan = planned(profile, files_in(features), promised)
    except (ProfileError, WrongFeatures) as error:
        click.echo(str(error), err=True)
        sys.exit(SETUP_FAILED)
    for line in lines(plan):
        click.echo(line)
    for note in policy_notes(profile, promised) if promised else ():
        click.echo(f"\n{note}")


@main.command()
@click.option("--json", "form", flag_value="json", help="as JSON, for tools")
@click.option("--markdown", "form", flag_value="markdown", help="as the page docs/steps.md")
def steps(form: str | None) -> None:
    """List the sentences that a scenario can use.

    Each has an example, what it needs of the profile, and where features use it.
    """
    from consentinel.cli.steps import as_json, as_markdown, as_text, catalogue  # noqa: PLC0415

    entries = catalogue()
    match form:
        case "json":
            click.echo(as_json(entries))
        case "markdown":
            click.echo(as_markdown(entries), nl=False)
        case _:
            click.echo("\n".join(as_text(entries)))


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
