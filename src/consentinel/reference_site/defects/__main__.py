"""Print the table of defects: ``consentinel defects``."""

from collections.abc import Sequence

import click

from consentinel.reference_site import decoys, garden_decoys
from consentinel.reference_site.defects import DEFECTS, GARDEN_DEFECTS, Defect
from consentinel.reference_site.defects.garden_drift import GARDEN_DRIFT


@click.command()
@click.option("--signals", is_flag=True, help="those alone about what services are told of the choice")
def main(signals: bool) -> None:
    """List the seeded defects of the reference site.

    Each has the promises that it breaks, and what a right finding may name.
    """
    listed: Sequence[Defect] = (*DEFECTS, *GARDEN_DEFECTS, *GARDEN_DRIFT)
    count = ""
    if signals:
        listed = [defect for defect in listed if defect.deployment.signals]
        count = f" about signals, and {len(decoys.SIGNALS) + len(garden_decoys.SIGNALS)} decoys"
    print(*map(_describe, listed), f"{len(listed)} seeded defects{count}", sep="\n\n")


def _describe(defect: Defect) -> str:
    lines = [f"{defect.name}  breaks {', '.join(defect.promises) or 'nothing yet'}", f"    {defect.sentence}"]
    lines += [f"    {truth.kind} {truth.name} at {truth.host}, by {truth.writer}" for truth in defect.expected]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
