"""The plot of a turn's cost over a long conversation."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from assistant.settings import ROOT

PLOT = ROOT / "docs" / "pictures" / "turn_cost.png"
WINDOW = 9
"""So many turns make one point: their middle."""


def plot_turns(times: Mapping[str, list[list[float]]], names: Mapping[str, str]) -> None:
    """Draw the milliseconds of each turn of a long conversation, one line for each bot, into docs/pictures."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.6))
    for name, people in times.items():
        turns = [median(column) for column in zip(*people, strict=True)]
        smooth = [median(turns[max(0, at - WINDOW // 2) : at + WINDOW // 2 + 1]) for at in range(len(turns))]
        axes.plot(range(1, len(smooth) + 1), smooth, label=names[name])
    axes.set(xlabel="turn of one conversation", ylabel="milliseconds", ylim=(0, None), title="What a turn costs")
    axes.legend()
    figure.tight_layout()
    figure.savefig(PLOT, dpi=110)
    pyplot.close(figure)
