"""Print the table of defects: ``consentinel defects``."""

import argparse
import sys
from collections.abc import Sequence

from consentinel.reference_site import decoys, garden_decoys
from consentinel.reference_site.defects import DEFECTS, GARDEN_DEFECTS, Defect
from consentinel.reference_site.defects.garden_drift import GARDEN_DRIFT


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every defect with the promises that it breaks and what a right finding may name."""
    parser = argparse.ArgumentParser(prog="consentinel defects", description=main.__doc__)
    parser.add_argument("--signals", action="store_true", help="those alone about what services are told of the choice")
    listed: Sequence[Defect] = (*DEFECTS, *GARDEN_DEFECTS, *GARDEN_DRIFT)
    count = ""
    if parser.parse_args(arguments).signals:
        listed = [defect for defect in listed if defect.deployment.signals]
        count = f" about signals, and {len(decoys.SIGNALS) + len(garden_decoys.SIGNALS)} decoys"
    print(*map(_describe, listed), f"{len(listed)} seeded defects{count}", sep="\n\n")
    return 0


def _describe(defect: Defect) -> str:
    lines = [f"{defect.name}  breaks {', '.join(defect.promises) or 'nothing yet'}", f"    {defect.sentence}"]
    lines += [f"    {truth.kind} {truth.name} at {truth.host}, by {truth.writer}" for truth in defect.expected]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
