"""Imports go one way: no package of the engine depends on another that depends on it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import consentinel

ENGINE = Path(consentinel.__file__).parent


def imported_by(package: Path) -> Iterator[str]:
    """Yield the full names of the modules that those of a package import."""
    for file in [package] if package.suffix else package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
            elif isinstance(node, ast.Import):
                yield from (name.name for name in node.names)


def test_imports_go_one_way() -> None:
    uses: defaultdict[str, set[str]] = defaultdict(set)
    for package in ENGINE.iterdir():
        if package.name not in ("suite", "__pycache__") and (package.is_dir() or package.suffix == ".py"):
            names = (name.split(".") for name in imported_by(package))
            used = {name[1] for name in names if name[0] == "consentinel" and len(name) > 1}
            uses[package.stem] = used - {package.stem}
    order = [*TopologicalSorter(uses).static_order()]  # raises CycleError, which names the packages
    assert order.index("browser") < order.index("evidence") < order.index("site") < order.index("consent")
    assert order.index("consent") < order.index("visitor") < order.index("drafting") < order.index("cli")


def test_a_verdict_knows_no_browser_and_no_pytest() -> None:
    for package in ("evidence", "verdicts"):
        known = {name.split(".")[0] for name in imported_by(ENGINE / package)}
        assert not known & {"pytest", "pytest_bdd", "_pytest"}, package
    assert not [name for name in imported_by(ENGINE / "verdicts") if name.startswith(("selenium", "mitmproxy"))]
