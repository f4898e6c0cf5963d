"""``Reading`` → its identity blocks, each with the charts that belong to it."""

from __future__ import annotations

from generator.reading.draft.registers import flat
from generator.reading.understood import Chart, Identity, Reading


def pairs(reading: Reading) -> list[tuple[Identity | None, list[Chart]]]:
    """Identity blocks with the charts below them, up to the next; what stands above the first is the first's.
    A block that is repeated on another page is the same."""
    found: list[tuple[Identity | None, list[Chart]]] = []
    for identity in sorted(reading.identities, key=_begins):
        if not found or _title(found[-1][0]) != _title(identity):
            found.append((identity, []))
    for chart in reading.charts:
        first = chart.rows[0].place if chart.rows else None
        at = (first.page, first.box.top) if first else (0, 0.0)
        before = [pair for pair in found if pair[0] is not None and _begins(pair[0]) <= at]
        if before or found:
            (before[-1] if before else found[0])[1].append(chart)
        else:
            found.append((None, [chart]))
    return found


def _begins(identity: Identity) -> tuple[int, float]:
    return identity.page, identity.top


def _title(identity: Identity | None) -> tuple[str, str]:
    values = identity.values if identity else {}
    return tuple(flat(values[key].text) if key in values else "" for key in ("nomor", "nama"))  # type: ignore[return-value]
