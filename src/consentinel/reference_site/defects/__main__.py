"""Print the table of defects: ``consentinel defects``."""

import argparse
import sys
from collections.abc import Sequence

from consentinel.reference_site.defects import DEFECTS, GARDEN_DEFECTS, Defect


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every defect with the promises that it breaks and what a right finding may name."""
    argparse.ArgumentParser(prog="consentinel defects", description=main.__doc__).parse_args(arguments)
    listed = (*DEFECTS, *GARDEN_DEFECTS)
    print(*map(_describe, listed), f"{len(listed)} seeded defects", sep="\n\n")
    return 0


def _describe(defect: Defect) -> str:
    lines = [f"{defect.name}  breaks {', '.join(defect.promises)}", f"    {defect.sentence}"]
    lines += [f"    {truth.kind} {truth.name} at {truth.host}, by {truth.writer}" for truth in defect.expected]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
