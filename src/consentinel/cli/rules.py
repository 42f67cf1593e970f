"""Prints the rules beyond the policy as Markdown: `python -m consentinel.cli.rules > docs/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from consentinel.policy.packs import READ, Pack, packs
from consentinel.policy.promises import Promise, promises
from consentinel.pytest_plugin.internals import FeatureParser
from consentinel.reference_site.near_misses import NEAR_MISSES
from consentinel.reference_site.registry import ALL_DEFECTS
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
`source`, `paragraph`, `date`, `status` (`binding`, `recommendation` or `ours`), `read` (`text`, `quotation` or
`summary`), `number` and `number_of` (whose number it is, where it is not the source's own). Several packs may cite one
rule. A rule that is new needs a `title`, and a scenario that bears its id as a tag.

*Checked against* says what of a source was read: its text (of WCAG, in the W3C's own repository), a quotation of it, or
only what others say of it. Numbers of paragraphs were not checked where the text was not read. It is no legal advice.

axe-core (Deque Systems, MPL 2.0) is a part of the package. It runs in the page when the scenario has no other question,
on the banner and on the preferences. It fetches nothing and stores nothing. What it cannot tell stands as a note on the
scenario's page.

The report's page *The dialog* has what a lawyer wants to see side by side: each layer's picture and what its buttons
say, in the profile's own width and 320 px wide, in light and in dark colours. It comes from the scenarios of R-AXE and
R-REFLOW.

Clicks and presses of the Tab key that a withdrawal takes are counted on each page that the profile names, and noted on
the scenario's page. No source names a number of presses, so that R-WITHDRAW breaks only on what the keyboard does not
get at.

R-MOTION is played in a browser of its own, which asks sites for less motion. Motion is what changes place or size;
opacity and colours may change."""


SEEDED = """The reference sites are deployed with seeded defects, which break rules, and with decoys, which only look as
if they did. The table names up to three defects of each rule."""

MOST_DEFECTS = 3


def page() -> str:
    """Return the page `docs/rules.md`."""
    known = {one.id: one for one in promises() if one.is_rule}
    tested = _tested()
    parts = [HEAD, *(_pack(pack, known) for pack in packs().values()), _how(known.values(), tested)]
    return "\n\n".join(parts) + "\n"


def _pack(pack: Pack, known: Mapping[str, Promise]) -> str:
    head = ["| rule | what it asks | source | checked against | default |", "| --- | --- | --- | --- | --- |"]
    rows = [
        f"| {rule} | {known[rule].title} | {one.text} | {READ[one.read] if one.read else ''} | "
        f"{'yes' if one.by_default else ''} |"
        for rule, one in pack.rules.items()
    ]
    against = [f"\n{one.says} The pack `{one.pack}` says otherwise ({one.rule})." for one in pack.contradicts]
    return "\n".join([f"## `{pack.name}`: {pack.title}", "", *head, *rows, *against])


def _how(known: Iterable[Promise], tested: Mapping[str, list[str]]) -> str:
    head = ["| rule | tested by | what that cannot see | breaks on | leaves alone |", "| --- " * 5 + "|"]
    rows = [
        f"| {one.id} | {'; '.join(tested.get(one.id, []))} | {one.cannot_see} | {_seeded(one.id)} | "
        f"{', '.join(f'`{decoy}`' for decoy in NEAR_MISSES.get(one.id, ()))} |"
        for one in known
    ]
    return "\n".join(["## How each rule is tested", "", SEEDED, "", *head, *rows])


def _seeded(rule: str) -> str:
    """Defects of the reference sites that break the rule, those first that break it in the first place."""
    breaking = sorted((one for one in ALL_DEFECTS if rule in one.promises), key=lambda one: one.promise != rule)
    return ", ".join(f"`{one.name}`" for one in breaking[:MOST_DEFECTS])


def _tested() -> dict[str, list[str]]:
    """Return the scenarios of each tag that a whole run plays, as file and title, in the order of the files."""
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
