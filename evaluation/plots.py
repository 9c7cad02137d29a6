"""The pictures of `docs/evaluation.md`: SVG, the same bytes from the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_GREY = "grey"


def plot_lines(path: Path, lines: Mapping[str, Mapping[int, float]], axes: tuple[str, str], goal: float) -> None:
    """One line a name over the same points; `axes` are the labels of x and y, `goal` a dotted line."""
    pyplot = _pyplot()
    figure, drawn = pyplot.subplots(figsize=(6, 3))
    for label, points in lines.items():
        drawn.plot([str(point) for point in points], list(points.values()), marker="o", label=label)
    drawn.axhline(goal, linestyle=":", color=_GREY)
    drawn.set(xlabel=axes[0], ylabel=axes[1], ylim=(0, 1.05))
    drawn.legend(loc="lower right")
    _save(pyplot, figure, path)


def plot_bars(path: Path, systems: Mapping[str, Mapping[str, float]], label: str, goal: float) -> None:
    """Bars side by side: for each group a bar a system (name to {group: share from 0 to 1})."""
    pyplot = _pyplot()
    figure, drawn = pyplot.subplots(figsize=(8, 3.4))
    groups = list(next(iter(systems.values())))
    width = 0.8 / len(systems)
    for number, (name, values) in enumerate(systems.items()):
        drawn.bar([at + number * width for at in range(len(groups))], [values[g] for g in groups], width, label=name)
    drawn.axhline(goal, linestyle=":", color=_GREY)
    middle = 0.4 - width / 2
    drawn.set_xticks([at + middle for at in range(len(groups))], [group.replace(", ", ",\n") for group in groups])
    drawn.tick_params(axis="x", labelsize=7)
    drawn.set(ylabel=label, ylim=(0, 1.05))
    drawn.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(systems), frameon=False, fontsize=8)
    _save(pyplot, figure, path)


def _pyplot() -> Any:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "danvan"  # the same picture from the same figures
    from matplotlib import pyplot

    return pyplot


def _save(pyplot: Any, figure: Any, path: Path) -> None:
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
