"""Prints the policy file's schema key by key, as Markdown: `python -m consentinel.policy.document > docs/policy.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from consentinel.policy.policy_file import PolicyFile
from consentinel.site.document import rows_of, section_of
from consentinel.site.schema import keys_of, tables

HEAD = Path(__file__).with_name("document_head.md")


def document() -> str:
    """Return the guide, and the whole schema, as Markdown."""
    top = "## At the top of the file\n\n" + rows_of(PolicyFile)
    sections = (section_of(table) for table in tables(PolicyFile) if keys_of(table.model))
    parts = [HEAD.read_text(encoding="utf-8").strip(), top, *sections]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
