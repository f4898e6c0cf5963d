"""Two versions of an SOP → what changed between them as HTML, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from generator.data.catalogue import Catalogue
from generator.data.revisions import (
    Changes,
    FieldChange,
    HistoryEntry,
    Names,
    StepChange,
    TableChange,
    cells,
    changes,
)
from generator.data.revisions.words import told
from generator.formats.html.html import Links, fill, step_anchor
from generator.formats.open_data.records import version_path
from generator.model.named import actors_of
from generator.model.sop import SOP
from generator.site.lists.history import history_path

_OURS = frozenset({"judul_terbuka", "sidik_data", "kertas", "klasifikasi", "tinjau_ulang_bulan"})
"""What is about the file and not the SOP; told inside the agency only."""
_SAID = ("no", "uraian")
"""What stands above the cells of a step that is new or gone."""


def comparison(
    old: HistoryEntry, new: HistoryEntry, between: Sequence[SOP], catalogue: Catalogue, links: Links
) -> Markup:
    """What changed between two versions, word by word. ``between`` are the versions after the old one up to
    the new one, whose own words on what changed are told."""
    names = _names(catalogue, (old.sop, new.sop))
    found = changes(old.sop, new.sop, names)
    slug = new.sop.slug
    hidden = frozenset() if catalogue.sees.openness else _OURS
    return fill(
        "banding.html",
        {
            "lama": {"nomor": old.nomor, "kata": told(old), "url": links.page(version_path(slug, old.nomor))},
            "baru": {"nomor": new.nomor, "kata": told(new), "url": links.page(version_path(slug, new.nomor))},
            "catatan": [
                {"nomor": v.versi.nomor, "perubahan": v.versi.perubahan, "alasan": v.versi.alasan}
                for v in between
                if v.versi.perubahan or v.versi.alasan
            ],
            "isian": [field for field in found.isian if field.kunci not in hidden],
            "tabel": [_table(table, found, old.sop, new.sop, names, links) for table in found.tabel],
            "riwayat": links.page(history_path(slug)),
        },
    )


def _table(
    table: TableChange, found: Changes, old: SOP, new: SOP, names: Names, links: Links
) -> dict[str, Any]:
    slug = new.slug
    steps = [_step(step, table.nomor - 1, found, slug, links) for step in table.langkah]
    for row, step in zip(steps, table.langkah, strict=True):
        row["isian"] = step.isian or tuple(_whole(step, table.nomor - 1, old, new, names))
    kinds = [step["jenis"] for step in steps]
    counted = [
        f"{kinds.count(kind)} langkah {words}"
        for kind, words in (("baru", "baru"), ("hapus", "dihapus"), ("pindah", "pindah"), ("ubah", "berubah"))
        if kind in kinds
    ]
    return {
        "judul": table.judul,
        "isian": table.isian,
        "langkah": steps,
        "jumlah": ", ".join(counted),
    }


def _whole(step: StepChange, table: int, old: SOP, new: SOP, names: Names) -> Iterator[FieldChange]:
    """The cells of a step that was added or removed, all of them so."""
    if step.baris_lama is None and step.baris_baru is not None:
        for key, (name, text) in cells(new.alur[table].kegiatan[step.baris_baru - 1], names).items():
            if text not in ("", "-") and key not in _SAID:
                yield FieldChange(key, name, "", text)
    elif step.baris_baru is None and step.baris_lama is not None:
        for key, (name, text) in cells(old.alur[table].kegiatan[step.baris_lama - 1], names).items():
            if text not in ("", "-") and key not in _SAID:
                yield FieldChange(key, name, text, "")


def _step(step: StepChange, table: int, found: Changes, slug: str, links: Links) -> dict[str, Any]:
    def place(number: int, row: int | None) -> str | None:
        if row is None:
            return None
        return links.page(f"{version_path(slug, number)}#{step_anchor(table, row - 1)}")

    def named(number: str, row: int | None) -> str:
        return f"langkah {number.rstrip('.')}" if number else f"langkah tanpa nomor (baris ke-{row})"

    was, now = named(step.no_lama, step.baris_lama), named(step.no_baru, step.baris_baru)
    if step.baris_lama is None:
        kind, headline = "baru", now
    elif step.baris_baru is None:
        kind, headline = "hapus", was
    elif step.pindah:
        kind = "pindah"
        headline = f"{now} pindah urutan" if was == now else f"{was} pindah menjadi {now}"
    else:
        kind, headline = "ubah", now if was == now else f"{now} (dahulu {was})"
    return {
        "jenis": kind,
        "kepala": headline[0].upper() + headline[1:],
        "uraian": step.uraian,
        "lama": place(found.lama, step.baris_lama),
        "baru": place(found.baru, step.baris_baru),
    }


def _names(catalogue: Catalogue, sops: Sequence[SOP]) -> Names:
    """What people call what these versions name."""
    laws = {id for sop in sops for id in sop.dasar_hukum}
    actors = {id for sop in sops for id in actors_of(sop)}
    return Names(
        unit={sop.unit: catalogue.unit[sop.unit].nama for sop in sops if sop.unit in catalogue.unit},
        pelaksana={id: catalogue.pelaksana[id].nama for id in actors if id in catalogue.pelaksana},
        hukum={id: catalogue.hukum[id].kutipan for id in laws if id in catalogue.hukum},
        sop={slug: name for sop in sops for slug, name in catalogue.names(sop).items()},
    )
