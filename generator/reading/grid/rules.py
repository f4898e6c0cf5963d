"""Lines that could be rules → those that are: each ends on other rules, or where other rules end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

LEAST = 3.0
"""Columns and rows narrower than this are two edges of one double rule."""

MOST = 800
"""So many lines of a page are looked at as rules, the longest first."""

GAP = 40.0
"""How long a forgotten piece of a rule may be."""


class RuleLine(Struct, frozen=True, order=True):
    """A level or upright line: ``at`` is its y or x, and it runs from ``start`` to ``end``."""

    upright: bool
    at: float
    start: float
    end: float
    thick: float = 1.0


def merged(lines: Iterable[RuleLine], slack: float) -> list[RuleLine]:
    """Pieces that follow one another on one line as one."""
    found: list[RuleLine] = []
    for upright in (False, True):
        rows: list[list[RuleLine]] = []
        for line in sorted(line for line in lines if line.upright is upright):
            if rows and line.at - rows[-1][-1].at <= 0.75 * slack and line.at - rows[-1][0].at <= 2 * slack:
                rows[-1].append(line)
            else:
                rows.append([line])
        for row in rows:
            row.sort(key=lambda line: line.start)
            now = row[0]
            for line in row[1:]:
                if line.start <= now.end + slack + 0.5:
                    long = max(now, line, key=lambda one: one.end - one.start)
                    now = RuleLine(
                        upright, long.at, now.start, max(now.end, line.end), max(now.thick, line.thick)
                    )
                else:
                    found.append(now)
                    now = line
            found.append(now)
    return found


def pruned(lines: Sequence[RuleLine], slack: float) -> list[RuleLine]:
    """Lines without those that end on no other line and not where others end."""
    kept = list(dict.fromkeys(line for line in lines if line.end - line.start > LEAST))
    if len(kept) > MOST:
        kept = sorted(kept, key=lambda line: line.start - line.end)[:MOST]
    for _ in range(30):
        better = [line for line in kept if all(_held(line, at, kept, slack) for at in (line.start, line.end))]
        if len(better) == len(kept):
            break
        kept = better
    return kept


def _held(line: RuleLine, end: float, lines: Sequence[RuleLine], slack: float) -> bool:
    """Whether a line ends on another. Where several rules end in the open on one level, they hold one
    another, if they cross others: so end the rules of a table that goes on over the page."""
    level_ends = crossed = 0
    for other in lines:
        if other is line:
            continue
        near = slack + 0.5 + other.thick / 2
        if other.upright is not line.upright:
            if not other.start - near <= line.at <= other.end + near:
                continue
            if abs(other.at - end) <= near:
                return True
            crossed += line.start - near <= other.at <= line.end + near
        elif min(abs(other.start - end), abs(other.end - end)) <= slack and abs(other.at - line.at) > LEAST:
            level_ends += 1
        elif abs(other.at - line.at) <= slack and _faces(line, end, other):
            return True
    return level_ends >= 2 and crossed >= 3


def _faces(line: RuleLine, end: float, other: RuleLine) -> bool:
    """Whether a rule goes on behind a gap (a piece of a border that was forgotten)."""
    gap = other.start - end if end == line.end else end - other.end
    return 0 < gap <= GAP


def by_place(rules: Iterable[RuleLine]) -> dict[tuple[bool, int], list[RuleLine]]:
    """Rules by direction and place, to be asked for with a slack of less than 4 points."""
    found: dict[tuple[bool, int], list[RuleLine]] = {}
    for rule in rules:
        for near in (-1, 0, 1):
            found.setdefault((rule.upright, int(rule.at // 4) + near), []).append(rule)
    return found


def part_of(line: RuleLine, rules: dict[tuple[bool, int], list[RuleLine]], slack: float) -> bool:
    """Whether a line is a piece of a rule."""
    return any(
        abs(rule.at - line.at) <= 2 * slack
        and rule.start - slack - 0.5 <= line.start
        and line.end <= rule.end + slack + 0.5
        for rule in rules.get((line.upright, int(line.at // 4)), ())
    )
