"""Loose texts among the actors → labels of lines: each to the line that lies nearest, near its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from msgspec import Struct

from generator.reading.drawn.symbols import FoundSymbol
from generator.reading.drawn.wires import Connection
from generator.reading.geometry import length, to_line
from generator.reading.grid.cells import around, in_lines, line_text, words
from generator.reading.seen import Box, Text

USUAL = re.compile(r"\W*(?:ya|y|iya|tidak|tdk|t|yes|no|setuju|lengkap|sesuai|perlu|benar)\b.*", re.IGNORECASE)
LONGEST = 60
"""A label has no more letters than this."""


class ReadLabel(Struct, frozen=True):
    text: str
    box: Box


class Labelled(Struct, frozen=True):
    """Labels by number of link, links whose label is unsure, and texts that are no label."""

    of: dict[int, str]
    unsure: dict[int, str]
    rest: tuple[ReadLabel, ...]


def labels(texts: Sequence[Text], shapes: Sequence[FoundSymbol], links: Sequence[Connection]) -> Labelled:
    """Labels given to links."""
    found = _grouped([t for t in texts if not any(_in(t, shape) for shape in shapes)])
    cost = [[_cost(label, link, shapes, links) for link in links] for label in found]
    limit = 2.2 * max((s.outline.box.height for s in shapes), default=20.0)
    of: dict[int, int] = {}
    for t, n in sorted(
        ((t, n) for t in range(len(found)) for n in range(len(links)) if cost[t][n] < limit),
        key=lambda pair: cost[pair[0]][pair[1]],
    ):
        if t not in of.values() and n not in of:
            of[n] = t
    of = _exchanged(of, cost, links)
    unsure = _unsure(of, cost, found, links, shapes)
    rest = tuple(label for t, label in enumerate(found) if t not in of.values())
    return Labelled({n: found[t].text for n, t in of.items()}, unsure, rest)


def _in(text: Text, shape: FoundSymbol) -> bool:
    return shape.outline.box.holds(text.box.centre) and text.text.strip() in " ".join(shape.text.split())


def _grouped(texts: Sequence[Text]) -> list[ReadLabel]:
    """Pieces that stand together as one label ("Kotak" above "Pengaduan"); a text box, whose
    place the file knows, is whole."""
    groups: list[list[Text]] = []
    for line in in_lines([text for text in texts if not text.place]):
        for piece in line:
            for group in groups:
                box = around(group)
                high = piece.box.height
                beside = (
                    abs(piece.box.centre[1] - box.centre[1]) < 0.6 * high
                    and -1 < piece.box.left - box.right < high
                )
                usual = USUAL.fullmatch(piece.text) and USUAL.fullmatch(words(group))
                below = (
                    -0.5 * high < piece.box.top - box.bottom < 0.6 * high
                    and min(piece.box.right, box.right) - max(piece.box.left, box.left)
                    > 0.3 * min(piece.box.width, box.width)
                    and not usual
                    and group[0].text.strip() != piece.text.strip()
                )
                if beside or below:
                    group.append(piece)
                    break
            else:
                groups.append([piece])
    groups += [[text] for text in texts if text.place]
    return [
        ReadLabel(" ".join(" ".join(line_text(line) for line in in_lines(group)).split()), around(group))
        for group in groups
        if len(words(group)) <= LONGEST
    ]


def _cost(
    label: ReadLabel, link: Connection, shapes: Sequence[FoundSymbol], links: Sequence[Connection]
) -> float:
    """How unlikely it is that a label belongs to a link: far from its line, far from its source, or at a
    link that leaves no decision."""
    if len(link.points) < 2:
        return 1e9
    off, along = _near(label.box, link)
    decision = shapes[link.source].kind == "decision"
    ways = sum(other.source == link.source for other in links)
    strange = 0.0 if decision else 8.0 if ways > 1 else 22.0
    return off + 0.10 * along + strange


def _near(box: Box, link: Connection) -> tuple[float, float]:
    """How far a box is from a line, and how far along the line that is."""
    best, where = 1e9, 0.0
    x, y = box.centre
    for point in ((x, y), (box.left, y), (box.right, y), (x, box.top), (x, box.bottom)):
        off, along = to_line(point, link.points)
        if off < best:
            best, where = off, along
    centre, _ = to_line((x, y), link.points)
    return 0.5 * best + 0.5 * max(0.0, centre - 0.5 * min(box.width, box.height)), where


def _exchanged(
    of: dict[int, int], cost: Sequence[Sequence[float]], links: Sequence[Connection]
) -> dict[int, int]:
    """The same labels at the ways out of one decision, in the order that fits best as a whole."""
    found = dict(of)
    for source in sorted({links[n].source for n in of}):
        ways = [n for n in range(len(links)) if links[n].source == source]
        given = [found[n] for n in ways if n in found]
        if not 1 <= len(given) <= 4 or len(ways) > 5:
            continue
        best = min(
            permutations(ways, len(given)),
            key=lambda order: sum(cost[t][n] for t, n in zip(given, order, strict=True)),
        )
        for n in ways:
            found.pop(n, None)
        found.update(zip(best, given, strict=True))
    return found


def _unsure(
    of: dict[int, int],
    cost: Sequence[Sequence[float]],
    found: Sequence[ReadLabel],
    links: Sequence[Connection],
    shapes: Sequence[FoundSymbol],
) -> dict[int, str]:
    """Links whose label could as well be another's."""
    unsure: dict[int, str] = {}
    for n, t in of.items():
        others = [cost[t][m] for m in range(len(links)) if m != n and m not in of]
        same = [
            cost[t][m] + cost[of[m]][n] - cost[t][n] - cost[of[m]][m]
            for m in of
            if m != n and found[of[m]].text.casefold() != found[t].text.casefold()
        ]
        size = 0.5 * (found[t].box.height + 6)
        if any(value - cost[t][n] < 0.4 * size for value in others) or any(
            value < 0.5 * size for value in same
        ):
            unsure[n] = f"label '{found[t].text}' terletak di antara dua garis"
        elif shapes[links[n].source].kind != "decision" and length(links[n].points):
            on = _near(found[t].box, links[n])[0] <= size
            why = "ada pada panah yang tidak keluar dari belah ketupat" if on else "jauh dari garis mana pun"
            unsure[n] = f"label '{found[t].text}' {why}"
    return unsure
