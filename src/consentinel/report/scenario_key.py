"""Makes a scenario's key, which is the same in every run: its id without the number of the repetition.

`ScenarioData.id` is stable from run to run, one per scenario, example and browser. A further repetition (`--repeat N`)
may carry its number behind the id as `-rN`, so that its files do not overwrite the first one's.
"""

from __future__ import annotations

from consentinel.report.schema import ScenarioData


def coordinates(scenario: ScenarioData) -> str:
    """Return the id that all repetitions of this scenario share, today and tomorrow."""
    return scenario["id"].removesuffix(f"-r{scenario['repetition']}")
