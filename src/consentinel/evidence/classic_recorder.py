"""Collects what there is to collect without BiDi: the wire's account, and the looks at the visitor's documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from consentinel.browser.classic import ClassicContext
from consentinel.evidence.classic_jar import JarReading
from consentinel.evidence.recorder import Recorder

BAD_GATEWAY = 502
"""What the wire answers in the place of a site that does not (RFC 9110, section 15.6.3)."""


@dataclass
class ClassicRecorder(Recorder[ClassicContext]):
    """One visitor's evidence as it grows. `looks` are what documents showed of the jar."""

    looks: list[JarReading] = field(default_factory=list)

    def status_of_page(self) -> int | None:
        """Return the HTTP status of the document that was opened last, None when it is unknown."""
        flows = list(self.tap.flows) if self.tap is not None else []
        for flow in reversed(flows):
            if flow.request.headers.get("sec-fetch-dest") == "document":
                if flow.error is not None:
                    return BAD_GATEWAY
                return flow.response.status_code if flow.response else None
        return None
