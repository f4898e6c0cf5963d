"""Catalogue → the map of SOPs that name one another: groups that hang together as pictures, the same in
words, and those that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.formats.graphviz.diagram import MapNode, map_graph
from generator.formats.html.html import Links
from generator.formats.html.page import Target
from generator.formats.html.pagination import Paginator
from generator.formats.html.view import Diagram, View
from generator.model.named import named_sops
from generator.site.lists.sops import unit_target

MAX_MAP = 120
"""SOPs that one picture of the map can show legibly; larger groups are told in words only."""


class Group(Struct, frozen=True):
    """SOPs that stand on one page, so that a picture stands with its words; ``title`` is that of the picture,
    "" where there is none. Of a group too large to be drawn each SOP stands by itself."""

    title: str
    slugs: tuple[str, ...]


def map_list(path: str, catalogue: Catalogue) -> Paginator[Group]:
    """The groups in the order of their first SOPs, then the SOPs that neither name another nor are named."""
    named = {
        sop.slug: others
        for sop in catalogue.sop.values()
        if (others := [slug for slug in named_sops(sop) if slug != sop.slug and slug in catalogue.sop])
    }
    joined = {slug for source, others in named.items() for slug in (source, *others)}

    def view(some: Sequence[Group], links: Links) -> View:
        def target(slug: str) -> Target:
            return Target(catalogue.sop[slug].nama, links.sop(slug))

        shown = sorted(slug for group in some for slug in group.slugs)
        return View(
            "peta.html",
            {
                "bagan": [
                    {"judul": group.title, "svg": _picture(group, named, catalogue, links)}
                    for group in some
                    if group.title
                ],
                "hubungan": [
                    {"dari": target(slug), "ke": [target(other) for other in named[slug]]}
                    for slug in shown
                    if slug in named
                ],
                "sendiri": [target(slug) for slug in shown if slug not in joined],
            },
        )

    groups = [*_groups(named), *(Group("", (slug,)) for slug in catalogue.sop if slug not in joined)]
    return Paginator(path, groups, view, lambda group: catalogue.sop[group.slugs[0]].nama, _rows)


def _rows(group: Group) -> int:
    return len(group.slugs)


def _picture(group: Group, named: Mapping[str, Sequence[str]], catalogue: Catalogue, links: Links) -> Diagram:
    nodes = [
        MapNode(slug, sop.nama, unit_target(sop.unit, catalogue, links).teks, links.sop(slug) or "")
        for slug in group.slugs
        if (sop := catalogue.sop[slug])
    ]
    pairs = [(slug, other) for slug in group.slugs for other in named.get(slug, ())]
    return Diagram(map_graph(nodes, pairs), group.title)


def _groups(named: Mapping[str, Sequence[str]]) -> Iterator[Group]:
    """``named`` tells of each SOP which it names."""
    found = _hanging_together((slug, other) for slug, others in named.items() for other in others)
    for number, slugs in enumerate(found, 1):
        if len(slugs) > MAX_MAP:
            yield from (Group("", (slug,)) for slug in slugs if slug in named)
        else:
            yield Group("Peta SOP" if len(found) == 1 else f"Peta SOP, kelompok {number}", tuple(slugs))


def _hanging_together(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Connected groups, each sorted, in the order of their first members."""
    group: dict[str, set[str]] = {}
    for a, b in pairs:
        one, other = group.get(a, {a}), group.get(b, {b})
        if one is not other:
            if len(one) < len(other):
                one, other = other, one
            one |= other
            group.update(dict.fromkeys(other, one))
        group.setdefault(a, one)
    return sorted(sorted(found) for found in {id(found): found for found in group.values()}.values())
