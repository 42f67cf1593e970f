"""The shape of `run.json`, a run's record for machines. `VERSION` counts up when a field changes or goes.

The same shape feeds the HTML report. `python -m consentinel.report.schema` makes `run.schema.json` from these types.
Times are seconds; moments (`at`) are seconds since the Unix epoch. Values of stored items are never here.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import TypedDict

from consentinel.report.layer_schema import LayerData
from consentinel.report.pack_schema import PackData, PromiseData
from consentinel.report.part_schema import PartData
from consentinel.report.policy_schema import PolicyData
from consentinel.report.signal_schema import SignalData

VERSION = 2

Outcome = Literal["passed", "failed", "error", "inconclusive", "skipped"]
StepOutcome = Literal["passed", "failed", "error", "inconclusive", "skipped", "not run"]
Fault = Literal["", "assertion", "exception"]

_DOCUMENTED = with_config(ConfigDict(use_attribute_docstrings=True))
"""Takes the line under each field into the JSON Schema."""


@_DOCUMENTED
class Item(TypedDict):
    """The item that a finding is about. `kind` as in `consentinel.evidence.records.Kind`."""

    kind: str
    """cookie, local_storage, session_storage, indexed_db, cache, service_worker, file, request or page."""
    name: str
    """The item's name; for a request its path."""
    host: str
    """The host that owns it, or to which it was sent."""


@_DOCUMENTED
class FindingData(TypedDict):
    """One broken promise. `moment` names the visitor's last action before it; `written_by` is who wrote or sent it."""

    promise: str
    """The id of the broken promise, or of the broken rule (R-…); may be empty for drift."""
    rule: str
    """The rule that found it; `drift` compares with an earlier run."""
    category: str
    """functionality, analytics, social, advertising or one of the site's own; empty where none declares it."""
    item: Item
    """What was found."""
    moment: str
    """The visitor's last action before it, in the scenario's words."""
    at: float
    """When, in seconds since the Unix epoch."""
    written_by: str
    """The address, or the script and line, that wrote or sent it; empty where that could not be seen."""
    sentence: str
    """The finding as a person reads it."""
    pattern: str
    """The item's name, as a pattern where it differs from visit to visit: the profile's own, else with * for tokens."""
    cause: str
    """The id of its cause: the same in every scenario, browser and run that shows it."""
    origin: NotRequired[str]
    """The service, or the script, whose being at work is the fault; empty where the finding is a fault by itself."""
    by_hand: NotRequired[list[str]]
    """How a person sees it in a browser window of their own, in five lines at most."""


@_DOCUMENTED
class CauseData(TypedDict):
    """One cause of broken promises: one fault, however many scenarios it breaks. Drift from an earlier run is none."""

    id: str
    """Its id, the same in the next run: a digest of rule, kind and pattern of the item, host, and writer; of a service
    that is at work, of rule, category and host."""
    also: list[str]
    """The ids of its findings, as far as they are others: of its parts, and of what nobody was seen to write."""
    number: int
    """Its number in this run, from 1."""
    undeclared: bool
    """Whether the fault is that the item, or the host, is in no category of the profile."""
    rule: str
    """The rule that it breaks."""
    category: str
    """As in a finding."""
    item: Item
    """The item; its name is a pattern, and empty for a service or where there are several items."""
    written_by: list[str]
    """Everyone who was seen writing or sending it, each once."""
    sentence: str
    """The finding that most of its scenarios have, as a person reads it."""
    advice: str
    """What to do about it, in one or two sentences; empty where nothing general can be said."""
    promises: list[str]
    """The ids of the promises that it breaks."""
    browsers: list[str]
    """The browsers that showed it."""
    scenarios: list[str]
    """The ids of the scenarios that showed it."""
    by_hand: NotRequired[list[str]]
    """How a person sees it in a browser window of their own, by the shortest way that a scenario took."""
    origin: NotRequired[str]
    """As in a finding."""
    parts: NotRequired[list[PartData]]
    """Each item, or contact, that it consists of; at least one."""


@_DOCUMENTED
class ItemData(TypedDict):
    """A stored item or request target, seen during a step. `change` against the step before."""

    kind: str
    """As in a finding's item."""
    name: str
    """As in a finding's item."""
    host: str
    """As in a finding's item."""
    path: str
    """The path of a cookie or of a request."""
    category: str
    """As in a finding; empty where none declares it."""
    party: Literal["first", "third"]
    """Whether the site itself or another site owns it."""
    change: Literal["added", "changed", "gone", "sent"]
    """What happened to it since the step before."""
    lifetime_s: float | None
    """For how long it is kept, in seconds; null for what has no term of its own."""
    size: int
    """Octets of name and value."""
    written_by: str
    """As in a finding."""
    http_only: bool
    """Whether scripts are kept from it (cookies)."""
    secure: bool
    """Whether it travels over HTTPS alone (cookies)."""
    same_site: str
    """strict, lax, none or unknown (cookies)."""
    partition: str | None
    """The top-level site under which it is kept; null where it is not partitioned."""


@_DOCUMENTED
class StepData(TypedDict):
    """One line of the scenario. `picture` is a path relative to the run's folder, empty where none was taken."""

    keyword: str
    """Given, When, Then, And or But."""
    text: str
    """The rest of the line."""
    outcome: StepOutcome
    """`not run` after a step that did not pass."""
    at: float
    """When it began, in seconds since the Unix epoch."""
    seconds: float
    """How long it took."""
    picture: str
    """The screenshot at its end, relative to the run's folder; empty where none was taken."""
    granted: list[str] | None
    """The categories allowed at its end; null while no choice was made."""
    items: list[ItemData]
    """What was stored and sent during it."""


@_DOCUMENTED
class ScenarioData(TypedDict):
    """One scenario in one browser. `bound_s`: for how much page time "nothing happened" was watched."""

    id: str
    """Names its files; one per scenario, example, browser and repetition."""
    feature: str
    """The feature's title."""
    rule: str
    """The rule's title, empty without one."""
    scenario: str
    """The scenario's title."""
    file: str
    """The feature file."""
    line: int
    """The line in it."""
    tags: list[str]
    """All tags, without @."""
    promises: list[str]
    """The ids of the promises that it proves."""
    browser: str
    """The browser that played it."""
    outcome: Outcome
    """`inconclusive` is what could not be seen, `error` what went wrong in a step or in the harness; neither passes."""
    reason: str
    """Why it is inconclusive, skipped or an error."""
    fault: NotRequired[Fault]
    """Of an error: `assertion` where a step's own assertion failed, `exception` for any other; else empty."""
    started: float
    """When it began, in seconds since the Unix epoch."""
    seconds: float
    """How long it took."""
    bound_s: float
    """For how much page time, in seconds, "nothing happened" was watched."""
    notes: NotRequired[list[str]]
    """What a tool could not tell, for a person to look at; it counts for nothing."""
    stood: NotRequired[list[str]]
    """What went on meanwhile on the pages without an end, and for how long it was waited for."""
    altered: NotRequired[list[str]]
    """The requests that the harness answered, held back or ended on purpose, each with what it did."""
    worker: str
    """The parallel worker that played it, empty without workers."""
    steps: list[StepData]
    """Its lines in order."""
    findings: list[FindingData]
    """What was found in it."""
    layers: NotRequired[list[LayerData]]
    """The layers of the consent dialog that were looked at."""
    signals: NotRequired[list[SignalData]]
    """The signals of the choice that services received."""
    timelines: list[str]
    """Its visitors' timelines, relative to the run's folder."""
    hars: list[str]
    """Its visitors' traffic, relative to the run's folder."""
    attempts: int
    """How often it was tried."""
    repetition: int
    """Which of several wanted repetitions this is, from 1."""


@_DOCUMENTED
class BlindnessData(TypedDict):
    """What a browser cannot show, from the positive control."""

    browser: str
    """The browser."""
    kind: str
    """The kind of item that it did not show."""
    reason: str
    """How that is known."""


@_DOCUMENTED
class RunData(TypedDict):
    """A whole run. `complete` is false when it was interrupted; `problems` are one-line messages about the run."""

    version: int
    """The version of this shape."""
    tool: str
    """The name and version of what made it."""
    site: str
    """The site's name."""
    base_url: str
    """The deployment's address."""
    started: float
    """When it began, in seconds since the Unix epoch."""
    seconds: float
    """How long it took."""
    complete: bool
    """False when it was interrupted."""
    browsers: dict[str, str]
    """The version of each browser."""
    wire: bool
    """Whether the recording proxy read the traffic."""
    horizon_s: float
    """The page time, in seconds, that settling waits for."""
    promises: list[PromiseData]
    """Every promise of the policy."""
    blindness: list[BlindnessData]
    """What each browser cannot show."""
    scenarios: list[ScenarioData]
    """Every scenario in every browser."""
    causes: list[CauseData]
    """What is behind the broken promises, each fault once: first what is known and not allowed, then the undeclared."""
    problems: list[str]
    """One-line messages about the run itself."""
    categories: NotRequired[dict[str, str]]
    """What the policy, or else the site's dialog, calls each category, by the category's key."""
    packs: NotRequired[list[PackData]]
    """The packs of rules beyond the policy that the site is held to."""
    policy: NotRequired[PolicyData | None]
    """The published policy, sentence by sentence; null without a policy file that has sentences."""


def json_schema() -> dict[str, Any]:
    """Return the shape as a JSON Schema, draft 2020-12. It allows further fields, which a later version may add."""
    schema = TypeAdapter(RunData).json_schema()
    schema["properties"]["version"]["const"] = VERSION
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "run.json"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=2) + "\n")
