"""Prints the rules beyond the policy as Markdown: `python -m consentinel.cli.rules > docs/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from consentinel.policy.packs import Pack, packs
from consentinel.policy.promises import Promise, promises
from consentinel.pytest_plugin.internals import FeatureParser
from consentinel.shipped import feature_files, name_of
from consentinel.smoke import WHOLE_VISIT

HEAD = """# Rules beyond the policy

What law, regulators and standards ask of every site, whatever its own policy promises. The rules come in packs. A
policy file chooses them: `rules = ["eu", "cnil", "wcag"]`; an id, such as `"R-EASY"`, chooses one rule. A scenario of a
rule that is not chosen is skipped and names the packs that have it. Where no policy file chooses, the rules marked as
default hold.

The report gives each pack a block of its own, with the source of each rule. There is no score, and a broken rule breaks
no promise. Where two packs contradict each other, the report says so.

A pack is a TOML file in `src/consentinel/policy/packs/`: `[pack]` with a `title`, and one table for each rule with
`source`, `paragraph`, `date`, `status` (`binding`, `recommendation` or `ours`), `number` and `number_of` (whose number
it is, where it is not the source's own). Several packs may cite one rule. A rule that is new needs a `title`, and a
scenario that bears its id as a tag.

axe-core (Deque Systems, MPL 2.0) is a part of the package. It runs in the page when the scenario has no other question,
on the banner and on the preferences. It fetches nothing and stores nothing. What it cannot tell stands as a note on the
scenario's page.

What a lawyer wants to see stands on two pages of the report: “On a narrow screen no button is lost” notes what the
buttons of each layer say and has their pictures 320 px wide; “Each layer is put to axe-core's rules” has them in the
profile's own width."""


def page() -> str:
    """The page `docs/rules.md`."""
    known = {one.id: one for one in promises() if one.is_rule}
    tested = _tested()
    parts = [HEAD, *(_pack(pack, known) for pack in packs().values()), _how(known.values(), tested)]
    return "\n\n".join(parts) + "\n"


def _pack(pack: Pack, known: Mapping[str, Promise]) -> str:
    head = ["| rule | what it asks | source | default |", "| --- | --- | --- | --- |"]
    rows = [
        f"| {rule} | {known[rule].title} | {one.text} | {'yes' if one.by_default else ''} |"
        for rule, one in pack.rules.items()
    ]
    against = [f"\n{one.says} The pack `{one.pack}` says otherwise ({one.rule})." for one in pack.contradicts]
    return "\n".join([f"## `{pack.name}`: {pack.title}", "", *head, *rows, *against])


def _how(known: Iterable[Promise], tested: Mapping[str, list[str]]) -> str:
    head = ["| rule | tested by | what that cannot see |", "| --- | --- | --- |"]
    rows = [f"| {one.id} | {'; '.join(tested.get(one.id, []))} | {one.cannot_see} |" for one in known]
    return "\n".join(["## How each rule is tested", "", *head, *rows])


def _tested() -> dict[str, list[str]]:
    """The scenarios of each tag that a whole run plays, as file and title, in the order of the files."""
    found: dict[str, list[str]] = {}
    for file in feature_files():
        feature = FeatureParser(str(file.parent), file.name).parse()
        for scenario in feature.scenarios.values():
            tags = scenario.tags | feature.tags | (scenario.rule.tags if scenario.rule else set())
            for tag in tags if WHOLE_VISIT not in tags else ():
                found.setdefault(tag, []).append(f"“{scenario.name}” ({name_of(file)})")
    return found


if __name__ == "__main__":
    sys.stdout.write(page())
