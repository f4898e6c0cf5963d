"""Chart + steps in words → what each symbol says to a reader who does not see it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.flow.chart import Chart, entered
from generator.flow.words import StepWords, plain


def symbol_words(chart: Chart, steps: Sequence[StepWords] = ()) -> dict[str, str]:
    """The alternative text of every node: its kind, its own text, its actor, and the sentences of its step
    that tell where it leads (those that tell of no arrow are said by the first symbol of the step)."""
    targets = entered(chart)
    said: dict[str, list[str]] = {node.id: [] for node in chart.nodes}
    for step in steps:
        here = [node.id for node in chart.nodes if node.row == step.row]
        for sentence in step.sentences:
            sources = [phrase.edge[0] for phrase in sentence if phrase.edge and phrase.edge[0] in here]
            if here:
                said[sources[0] if sources else here[0]].append(plain(sentence))
    words = {}
    for node in chart.nodes:
        kind = node.says(node.id in targets)
        text = f" “{node.text}”" if node.text else ""
        words[node.id] = " ".join([f"{kind}{text}, {chart.lanes[node.lane].heading}.", *said[node.id]])
    return words
