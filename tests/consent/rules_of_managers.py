"""Plays the rules beyond the policy on the real consent managers, each as its package ships it, and writes a table.

    python -m tests.consent.rules_of_managers klaro osano --results rules.jsonl
    python -m tests.consent.rules_of_managers --results rules.jsonl --page docs/managers-rules.md

The first command plays every scenario of a rule on the clean sites of these managers and appends a row for each
scenario to the file. The second one writes the page from the rows, and plays nothing. `--options "-k trouble"` plays
a part.
"""

from __future__ import annotations

import json
import shlex
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from consentinel.policy.packs import packs
from consentinel.policy.promises import promises
from consentinel.report.schema import RunData
from tests.calls import ROOT, call
from tests.consent.rule_table import Row, page
from tests.consent.test_drafts import KNOWN, draft
from tests.site.deployment.hosts import NEWER, SERVED
from tests.site.deployment.packages import CACHE, PYTHON
from tests.site.deployment.serve import Sites, serving

MANAGERS = (*KNOWN, *NEWER, *SERVED)
PACKAGES = {
    "c15t": "@c15t/react",
    "dsfr": "@gouvfr/dsfr",
    "govuk": "govuk-frontend",
    "osano": "cookieconsent",
    "pie": "@justeattakeaway/pie-cookie-banner",
    "porsche": "@porscheofficial/cookie-consent-banner",
    "stormid": "@stormid/cookie-banner",
    "tarteaucitron": "tarteaucitronjs",
}
"""The package of a manager, where it has another name."""

FILE = click.Path(path_type=Path)

LIMIT = 3000.0
"""Seconds that a run may take on a busy machine."""


@click.command(context_settings={"show_default": True})
@click.argument("managers", nargs=-1, metavar="[MANAGER]...")
@click.option("--results", type=FILE, required=True, help="the rows, as JSON lines")
@click.option("--page", "table", type=FILE, help="write the page from the rows, and play nothing")
@click.option("--browser", default="chromium", help="the browser to play in")
@click.option("--drafts", type=FILE, help="keep drafts in this folder, and take those that are there")
@click.option("--options", default="", help="what pytest gets besides, in quotes")
def main(
    managers: Sequence[str], results: Path, table: Path | None, browser: str, drafts: Path | None, options: str
) -> None:
    """Play the rules beyond the policy on these consent managers, or on all, and write a table."""
    if table:
        rows = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
        table.write_text(page(rows, [PACKAGES.get(one, one) for one in MANAGERS]), encoding="utf-8")
        return
    with serving() as sites, tempfile.TemporaryDirectory(prefix="rules-") as folder:
        for manager in managers or MANAGERS:
            profile = _profile(sites, manager, drafts or Path(folder), browser)
            with results.open("a", encoding="utf-8") as file:
                for row in _rows(sites, manager, profile, browser, shlex.split(options), Path(folder)):
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _profile(sites: Sites, manager: str, drafts: Path, browser: str) -> Path:
    """The written profile of a manager, or a draft as it is; one that was drafted before is taken again."""
    written = ROOT / "tests" / "site" / "profiles" / f"{manager}.toml"
    drafted = drafts / f"{manager}.toml"
    if written.exists():
        return written
    return drafted if drafted.exists() else draft(sites, manager, drafts, "--browser", browser)


def _rows(
    sites: Sites, manager: str, profile: Path, browser: str, options: Sequence[str], folder: Path
) -> Iterator[Row]:
    """Every scenario of a rule, as it ended on the manager's clean site."""
    policy, report = folder / "policy.toml", folder / manager
    chosen = ", ".join(f'"{name}"' for name in packs())
    source = f'url = "{sites.url(manager, "/cookies")}"\ndate = 2026-01-01\nsha256 = "{"0" * 64}"\n'
    policy.write_text(f"rules = [{chosen}]\n[source]\n{source}", encoding="utf-8")
    rules = [one.id for one in promises() if one.is_rule]
    done = call(
        *("pytest", "features", "-q", "-p", "no:cacheprovider", "-m", " or ".join(rules), "--policy", str(policy)),
        *("--site", str(profile), "--base-url", sites.url(manager).rstrip("/"), "--ca", str(sites.authority)),
        *("--browser", browser, "--report", str(report), "--no-pictures", "--no-evidence", *options),
        limit=LIMIT,
    )
    if not (report / "run.json").is_file():
        raise SystemExit(f"{manager}: the run left no record\n{done.stdout}{done.stderr}")
    told: RunData = json.loads((report / "run.json").read_text(encoding="utf-8"))
    package, version = _package(manager)
    day = f"{datetime.fromtimestamp(told['started'], UTC):%Y-%m-%d}"
    for one in told["scenarios"]:
        yield Row(
            manager=manager,
            package=package,
            version=version,
            browser=browser,
            day=day,
            rules=[each for each in one["promises"] if each in rules],
            scenario=one["scenario"],
            outcome=one["outcome"],
            sentences=[each["sentence"] for each in one["findings"]] or [one["reason"]],
        )


def _package(manager: str) -> tuple[str, str]:
    """Name and version of a manager's package, as it is installed."""
    name = PACKAGES.get(manager, manager)
    if manager in SERVED:
        (found,) = (CACHE / PYTHON).glob(f"{name.replace('-', '_')}-*.dist-info")
        return name, found.name.removesuffix(".dist-info").rpartition("-")[2]
    described = json.loads((CACHE / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
    return name, str(described["version"])


if __name__ == "__main__":
    main(prog_name="python -m tests.consent.rules_of_managers")
