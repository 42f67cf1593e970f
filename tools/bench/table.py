"""The figures as a small table, for the terminal and for docs/speed.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.bench.contenders import WAYS

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def markdown(result: dict[str, Any]) -> str:
    """Two tables: seconds per flow, and ratios beside their goals."""
    lines = [
        "| way | what | seconds per flow | until the browser is up | until the first flow has run |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for way in WAYS:
        if way.key in result:
            up, first = result["until_up"][way.key], result["to_first_flow"][way.key]
            lines.append(f"| {way.key} | {way.name} | {result[way.key]:.2f} | {up:.1f} s | {first:.1f} s |")
    lines += ["", "| ratio | goal | here | |", "| --- | ---: | ---: | --- |"]
    for name, goal in result["goals"].items():
        bound = f"{'at most' if goal['at_most'] else 'at least'} {goal['bound']:g}"
        lines.append(f"| {name} | {bound} | {result['ratios'][name]:.2f} | {'met' if goal['met'] else 'missed'} |")
    machine = result["machine"]
    rounds = "one round" if result["rounds"] == 1 else f"{result['rounds']} rounds"
    lines += ["", f"{rounds}, {machine['cores']} cores, load {machine['load']} at the end."]
    return "\n".join(lines)


def written_into(page: Path, result: dict[str, Any]) -> None:
    """Put the tables between the page's two marks."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{markdown(result)}\n{END}{after}", encoding="utf-8")
