"""Print the table of defects: ``python -m reference_site.defects``."""

from reference_site.defects import DEFECTS, Defect


def main() -> None:
    """Print every defect with the promises that it breaks and what a right finding may name."""
    print(*map(_describe, DEFECTS), f"{len(DEFECTS)} seeded defects", sep="\n\n")


def _describe(defect: Defect) -> str:
    lines = [f"{defect.name}  breaks {', '.join(defect.promises)}", f"    {defect.sentence}"]
    lines += [f"    {truth.kind} {truth.name} at {truth.host}, by {truth.writer}" for truth in defect.expected]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
