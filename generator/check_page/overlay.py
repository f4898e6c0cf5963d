"""Charts as read + notes → what is drawn over the picture of a page, and the piece that a note is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from generator.check_page.pictures import Picture
from generator.reading.draft.notes import Note
from generator.reading.seen import Box, Point
from generator.reading.understood import Chart, Place

_ROUND = 7.0
_WIDE = 20_000
"""An area larger than this is not tinted: what stands in it is to be seen."""


def overlaid(picture: Picture, charts: Sequence[Chart], notes: Sequence[Note]) -> Markup:
    """The picture of a page with the reading over it."""
    inside = "".join(_over(picture.page, charts, notes))
    view = f"0 0 {picture.width:.1f} {picture.height:.1f}"
    name = Markup('role="group" aria-label="{}"').format(f"{picture.name} dengan bacaannya")
    return Markup(
        f'<svg viewBox="{view}" {name}><g id="gambar-{picture.page}">{picture.inside}</g>{inside}</svg>'
    )


def crop(picture: Picture, note: Note, place: Place, charts: Sequence[Chart], number: int) -> Markup:
    """The piece of a page that a note is about."""
    way = _way(note, charts)
    box = place.box if way is None else around(way)
    wide, high = max(box.width + 60, 170.0), max(box.height + 40, 80.0)
    x = max(0.0, min(box.centre[0] - wide / 2, picture.width - wide))
    y = max(0.0, min(box.centre[1] - high / 2, picture.height - high))
    label = Markup('aria-label="{}"').format(f"Potongan {picture.name} untuk hal {number}")
    return Markup(
        f'<svg viewBox="{x:.1f} {y:.1f} {min(wide, picture.width):.1f} {min(high, picture.height):.1f}"'
        f' role="img" {label}><use href="#gambar-{picture.page}"/>'
        f"{_rect(box, 'b-ragu b-luas', 3) if way is None else _arrow(way, False, True)}</svg>"
    )


def _way(note: Note, charts: Sequence[Chart]) -> tuple[Point, ...] | None:
    """The points of the arrow that a note is about."""
    if ">" not in note.about or note.place is None:
        return None
    source, _, target = note.about.partition(">")
    for edge in charts[note.chart].edges:
        here = (edge.source, edge.target, edge.page) == (source, target, note.place.page)
        if here and len(edge.points) > 1:
            return edge.points
    return None


def around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _over(page: int, charts: Sequence[Chart], notes: Sequence[Note]) -> Iterator[str]:
    numbers = {(note.chart, note.about): n for n, note in enumerate(notes, 1) if note.about}
    for k, chart in enumerate(charts):
        for row in chart.rows:
            if row.place.page == page:
                yield _rect(row.place.box, "b-baris")
        for edge in chart.edges:
            if edge.page == page and len(edge.points) > 1:
                unsure = (k, f"{edge.source}>{edge.target}") in numbers
                yield _arrow(edge.points, edge.headless, unsure)
                if edge.label:
                    yield _label(edge.points, edge.label)
        for symbol in chart.symbols:
            if symbol.place.page == page:
                yield _symbol(symbol.kind, symbol.place.box, (k, symbol.id) in numbers)
    yield from _numbers(page, notes)


def _numbers(page: int, notes: Sequence[Note]) -> Iterator[str]:
    """Where each note is, and its number; several at one place side by side."""
    used: dict[tuple[int, int], int] = {}
    for n, note in enumerate(notes, 1):
        if note.place is None or note.place.page != page:
            continue
        box = note.place.box
        if not note.about.startswith("s"):
            wide = box.width * box.height > _WIDE
            yield _rect(box, "b-ragu b-luas" if wide else "b-ragu", 2)
        at = (round(box.left), round(box.top))
        shift = used.get(at, 0)
        used[at] = shift + 1
        x, y = max(_ROUND, box.left - 2) + shift * 2.2 * _ROUND, max(_ROUND, box.top - 2)
        yield (
            f'<a href="#hal-{n}" class="b-nomor"><title>Hal {n}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_ROUND}"/>'
            f'<text x="{x:.1f}" y="{y + 3.2:.1f}" font-size="9">{n}</text></a>'
        )


def _rect(box: Box, name: str, more: float = 0.0) -> str:
    return (
        f'<rect class="{name}" x="{box.left - more:.1f}" y="{box.top - more:.1f}"'
        f' width="{box.width + 2 * more:.1f}" height="{box.height + 2 * more:.1f}"/>'
    )


def _symbol(kind: str, box: Box, unsure: bool) -> str:
    name = "b-simbol b-ragu" if unsure else "b-simbol"
    (x, y), half = box.centre, box.height / 2
    if kind == "decision":
        way = (
            f"M{x:.1f} {box.top:.1f}L{box.right:.1f} {y:.1f}L{x:.1f} {box.bottom:.1f}L{box.left:.1f} {y:.1f}Z"
        )
        return f'<path class="{name}" d="{way}"/>'
    rounded = f' rx="{half:.1f}"' if kind in ("start", "end") else ""
    return _rect(box, name).replace("/>", f"{rounded}/>")


def _arrow(points: Sequence[Point], headless: bool, unsure: bool) -> str:
    way = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    name = "b-panah b-ragu" if unsure else "b-panah"
    (ax, ay), (bx, by) = points[-2], points[-1]
    long = max(1e-6, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
    ux, uy = (bx - ax) / long * 5, (by - ay) / long * 5
    head = (
        f'<path class="b-ujung" d="M{bx:.1f} {by:.1f}L{bx - ux + uy / 2:.1f} {by - uy - ux / 2:.1f}'
        f'L{bx - ux - uy / 2:.1f} {by - uy + ux / 2:.1f}Z"/>'
    )
    return f'<path class="{name}" d="{way}"/>{"" if headless else head}'


def _label(points: Sequence[Point], label: str) -> str:
    (ax, ay), (bx, by) = points[0], points[1]
    x, y = (ax * 2 + bx) / 3, (ay * 2 + by) / 3
    return f'<text class="b-label" x="{x + 2:.1f}" y="{y - 2:.1f}" font-size="7">{escape(label)}</text>'


def about_page(places: Mapping[int, Picture], note: Note) -> Picture | None:
    """The picture on which a note's place is."""
    return places.get(note.place.page) if note.place else None
