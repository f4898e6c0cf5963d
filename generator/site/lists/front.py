"""Catalogue → what stands on the home page: the search field, the SOPs, who a reader may be, what is new."""

from __future__ import annotations

from datetime import date

from generator.data.catalogue import Catalogue
from generator.formats.html.html import Links
from generator.formats.html.view import View
from generator.site.lists.history import newest, news_row
from generator.site.lists.sops import by_name, in_short, told_apart

_FEW = 20
"""So many SOPs stand there themselves; of more, the units that they are found in."""
_ACTORS = 12
_NEWS = 5


def front(catalogue: Catalogue, links: Links, day: date | None) -> View:
    """The front door of a site."""
    sops = by_name(catalogue.sop.values())
    few = sops if len(sops) <= _FEW else []
    busy = sorted(catalogue.pelaksana.values(), key=lambda actor: -sum(catalogue.duties[actor.id].values()))
    shown = {actor.id for actor in busy[:_ACTORS] if catalogue.duties[actor.id]}
    actors = [actor for actor in catalogue.pelaksana.values() if actor.id in shown]
    apart = told_apart(actors, catalogue)
    return View(
        "beranda.html",
        {
            "cari": links.page("cari/"),
            "semua": links.page("sop/"),
            "jumlah": len(sops),
            "sop": [in_short(sop, catalogue, links, day) for sop in few],
            "unit": []
            if few
            else [
                {"nama": unit.nama, "url": links.unit(unit.id), "jumlah": len(catalogue.of_unit[unit.id])}
                for unit in catalogue.unit.values()
                if catalogue.of_unit[unit.id]
            ],
            "pelaksana": [
                {
                    "nama": actor.nama,
                    "lengkap": actor.lengkap,
                    "beda": apart[actor.id],
                    "url": links.actor(actor.id),
                }
                for actor in actors
            ],
            "semua_pelaksana": links.page("pelaksana/"),
            "lebih": len(catalogue.pelaksana) > len(shown),
            "baru": [news_row(one, links) for one in newest(catalogue, day, _NEWS)],
            "perubahan": links.page("perubahan/"),
        },
    )
