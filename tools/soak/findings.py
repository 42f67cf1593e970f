"""Computes a soak's findings: growth from repetition to repetition, and leftovers after the run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, linear_regression
from typing import Literal

from consentinel.report.scenario_key import coordinates
from consentinel.report.schema import ScenarioData
from tools.soak.probe import Sample, processes

Held = Literal["handles", "ports", "processes"]
PROCESS = "process "
WARM_UP = 0.25
"""The share of a run in which browsers are started for the first time."""
MEMORY_WARM_UP = 0.5
"""The share of a run in which caches fill: certificates, compiled code, the allocator's own."""


def leaks(samples: Sequence[Sample], behind: Sequence[str]) -> dict[str, int]:
    """Return how much was leaked of each kind: what grew during the run, and what was left `behind` after it."""
    left = sum(one.startswith(PROCESS) for one in behind)
    return {
        "processes": growth(samples, "processes") + left,
        "profiles": len(behind) - left,
        "ports": growth(samples, "ports"),
        "file_handles": growth(samples, "handles"),
    }


def growth(samples: Sequence[Sample], held: Held) -> int:
    """Return how much more of it is held in the last third of the run than in the first, warm-up aside.

    Connections that are kept alive come and go, and some scenarios leave a browser for the next one: what is leaked is
    what no lull takes away. So the least that is held has to grow, and what is held on average as well, which a single
    early lull leaves nearly as it is. A pool that has found its size (the wire's ports) has grown once; a leak grows
    on, from the first third to the second and from there to the last. The last sample is taken when all has been ended.
    """
    settled = [sample[held] for sample in samples[int(len(samples) * WARM_UP) : -1]]
    third = len(settled) // 3
    if not third:
        return 0
    thirds = settled[:third], settled[third : 2 * third], settled[2 * third :]
    return min(_growth(map(min, thirds)), _growth(map(fmean, thirds)))


def _growth(thirds: Iterable[float]) -> int:
    first, second, last = thirds
    return int(last - first) if first < second < last else 0


def memory_slope(samples: Sequence[Sample]) -> float:
    """By how many kB of resident memory a scenario run makes the harness grow, after the warm-up; least squares.

    The record of each scenario is kept for the report: some 20 kB.
    """
    settled = samples[int(len(samples) * MEMORY_WARM_UP) : -1]
    if len(settled) < 3:
        return 0.0
    line = linear_regression(range(len(settled)), [float(sample["memory"]) for sample in settled])
    return round(line.slope, 2)


def time_slope(scenarios: Iterable[ScenarioData]) -> float:
    """By how many milliseconds each scenario run makes the next ones take longer, after the warm-up; least squares.

    Each is compared with the other runs of the same scenario in the same browser alone, since scenarios differ.
    """
    ran = sorted(scenarios, key=lambda scenario: scenario["started"])
    runs: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, one in enumerate(ran[int(len(ran) * WARM_UP) :]):
        runs[coordinates(one)].append((number, one["seconds"] * 1000))
    before, longer = [], []
    for same in runs.values():
        numbers, times = zip(*same, strict=True)
        before += [number - fmean(numbers) for number in numbers]
        longer += [time - fmean(times) for time in times]
    return round(linear_regression(before, longer).slope, 2) if any(before) else 0.0


def survivors(mark: str) -> list[str]:
    """Return the processes that the run started and did not end: those with `mark` in their environment."""
    found = []
    for process in processes():
        try:
            environment = Path(f"/proc/{process}/environ").read_bytes()
            command = Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:  # it has ended, or is somebody else's
            continue
        if mark.encode() in environment and command:
            words = command.replace(bytes(1), b" ").decode(errors="replace").strip()
            found.append(f"{PROCESS}{process}: {words[:120]}")
    return found


def left_in(folder: Path) -> list[str]:
    """Return the files left in the run's folder for temporary files."""
    return sorted(f"folder {entry.name}" if entry.is_dir() else f"file {entry.name}" for entry in folder.iterdir())
