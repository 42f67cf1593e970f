"""Collects what there is to collect without BiDi: the wire's account, and the looks at the visitor's documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urldefrag

from browsers.classic import ClassicContext
from evidence.classic_jar import Look
from evidence.recorder import Recorder


@dataclass
class ClassicRecorder(Recorder[ClassicContext]):
    """One visitor's evidence as it grows. `looks` are what documents showed of the jar."""

    looks: list[Look] = field(default_factory=list)

    def status_of_page(self) -> int | None:
        """The HTTP status of the document that the current tab shows, None when it cannot be told."""
        if self.tap is None:
            return None
        shown = urldefrag(self.context.url()).url
        answers = [flow.response for flow in list(self.tap.flows) if flow.request.pretty_url == shown]
        last = next((answer for answer in reversed(answers) if answer is not None), None)
        return last.status_code if last else None
