"""Tree → steps, their symbols and the ways out of them, activity tables, + problems of form.

What a key is for (``Field.about``) is the sentence that the maintainer's guide says of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.data.load import Items, MappingNode, Tree
from generator.data.validate.read import (
    SHORT,
    Field,
    Problems,
    Reader,
    error,
    exclusive,
    filled,
    identifier,
    items,
    lines,
    one_of,
    reference,
    table,
    text,
    too_much,
    yes_no,
)
from generator.flow.steps import LEPAS, SELESAI
from generator.form.columns import CELLS, COLUMNS
from generator.form.symbols import Bentuk
from generator.model.sop import Arah, Garis, Hubungan, Kapsul, Kegiatan, Simbol

BERIKUTNYA = "berikutnya"
ENDS = (SELESAI, LEPAS)
RESERVED = frozenset({*ENDS, BERIKUTNYA, "mulai"})
"""Words that cannot be the id of a step."""
LANES, STEPS, SYMBOLS, _WAYS = 60, 150, 300, 20
"""So many columns a table may have, so many steps and symbols an SOP, so many ways may leave a symbol. At the
worst of these a drawing takes seconds; no form in use has half as many."""


def way_trees(tree: Tree, labelled: bool) -> Iterator[tuple[str, Tree]]:
    """The ways out that ``keputusan`` (labelled) or ``lanjut`` writes, as (label, target), in order."""
    if isinstance(tree, Items):
        yield from (("", item) for item in tree.items)
    elif isinstance(tree, MappingNode) and (labelled or not _is_target(tree)):
        for label, entry in tree.entries.items():
            if isinstance(entry.value, Items):
                yield from ((label, item) for item in entry.value.items)
            else:
                yield label, entry.value
    else:
        yield "", tree


def _is_target(tree: MappingNode) -> bool:
    """Whether a mapping is one target and not targets by their labels."""
    keys = tree.entries.keys()
    return bool(keys & {"sop", "ke"}) or (bool(keys) and keys <= TARGET_FIELDS.keys())


def ways(labelled: bool) -> Reader:
    """Reader of ``keputusan`` (labelled) or ``lanjut``."""

    def read(tree: Tree, out: Problems) -> tuple[Arah, ...] | None:
        if labelled and not isinstance(tree, MappingNode):
            hint = "misalnya keputusan: {Ya: , Tidak: id-langkah}"
            out.append(error(tree.position, "keputusan harus memuat cabang dan tujuannya", hint))
            return None
        trees = list(way_trees(tree, labelled))
        if len(trees) > _WAYS:
            message = f"terlalu banyak cabang ({len(trees)}, paling banyak {_WAYS})"
            out.append(error(tree.position, message, "bagi keputusan ini", "panjang"))
        for entry in tree.entries.values() if isinstance(tree, MappingNode) else ():
            out += too_much(entry.key, SHORT)
        found = (_way(label.strip(), target, out) for label, target in trees)
        return tuple(way for way in found if way is not None)

    return read


TARGET_FIELDS: dict[str, Field] = {
    "sop": Field(reference, "Nama berkas SOP lain yang meneruskan alur."),
    "ke": Field(text, "Langkah atau simbol tujuan; tanpa ini langkah berikutnya.", most=SHORT),
    "pelaksana": Field(reference, "Kotak siapa yang dituju panah, bila tujuannya dikerjakan bersama."),
    "dari": Field(reference, "Dari kotak siapa panah berangkat, bila langkah ini dikerjakan bersama."),
    "garis": Field(one_of(Garis), "putus-putus bila panah ini digambar begitu pada naskah."),
}


def _way(label: str, tree: Tree, out: Problems) -> Arah | None:
    if isinstance(tree, MappingNode):
        return _target(label, tree, out)
    value = text(tree, out)
    if value is None:
        return None
    return Arah(label=label, ke=None if value in ("", BERIKUTNYA) else value)


def _target(label: str, tree: MappingNode, out: Problems) -> Arah | None:
    values = table(TARGET_FIELDS, "tujuan")(tree, out)
    if values is None:
        return None
    exclusive(tree, tuple(("sop", key) for key in ("ke", "pelaksana", "dari")), out)
    if not values:
        hint = "tulis {sop: nama-berkas}, atau {ke: id-langkah, pelaksana: id}"
        out.append(error(tree.position, "tujuan ini kosong", hint))
        return None
    if (end := values.get("ke")) in ENDS and values.keys() & {"pelaksana", "dari"}:
        hint = f"tulis {end} saja; ujungnya digambar pada langkah itu sendiri"
        out.append(error(tree.position, f"{end} tidak punya kotak pelaksana", hint))
    if values.get("ke") == BERIKUTNYA:
        del values["ke"]
    return Arah(label=label, **values)


def _step_id(tree: Tree, out: Problems) -> str | None:
    value = identifier(tree, out)
    if value in RESERVED:
        out.append(
            error(
                tree.position,
                f"'{value}' tidak dapat menjadi id",
                "kata itu sudah punya arti; pilih yang lain",
            )
        )
        return None
    return value


def _merge_ways(values: dict[str, Any]) -> dict[str, Any]:
    """``keputusan`` or ``lanjut`` of the file → ``arah`` and ``keputusan`` of the model."""
    decision, onward = values.pop("keputusan", None), values.pop("lanjut", None)
    return {**values, "keputusan": decision is not None, "arah": decision if decision is not None else onward}


_SHAPES = f"{', '.join([*Bentuk][:-1])} atau {[*Bentuk][-1]}"
SYMBOL_FIELDS: dict[str, Field] = {
    "id": Field(_step_id, "Nama pendek simbol, supaya simbol lain dapat menunjuk kepadanya."),
    "bentuk": Field(one_of(Bentuk), f"Bentuk simbol: {_SHAPES}."),
    "pelaksana": Field(
        items(reference), "Kolom tempat simbol digambar; beberapa bila dikerjakan bersama.", True
    ),
    "hubungan": Field(one_of(Hubungan), "Penghubung simbol bersama: garis, panah atau tanpa."),
    "bersama": Field(yes_no, "ya bila simbol ini dihubungkan garis bersama dengan simbol di atasnya."),
    "teks": Field(text, "Tulisan di dalam simbol, misalnya Setuju?", most=SHORT),
    "keputusan": Field(ways(True), "Cabang belah ketupat: label dan tujuannya."),
    "lanjut": Field(ways(False), "Tujuan bila bukan simbol berikutnya."),
    "sop": Field(reference, "Nama berkas SOP lain yang dijalankan di simbol ini."),
}


def _symbol(tree: Tree, out: Problems) -> Simbol | None:
    values = table(SYMBOL_FIELDS, "simbol")(tree, out)
    if values is None:
        return None
    exclusive(tree, (("keputusan", "lanjut"),), out)
    values = _merge_ways(values)
    if values["keputusan"]:
        values.setdefault("bentuk", Bentuk.BELAH_KETUPAT)
    return Simbol(**values) if "pelaksana" in values else None


STEP_FIELDS: dict[str, Field] = {
    "id": Field(_step_id, "Nama pendek langkah, supaya langkah lain dapat menunjuk kepadanya."),
    "no": Field(text, COLUMNS[0].about, most=SHORT),
    "uraian": Field(filled, COLUMNS[1].about, True),
    "pelaksana": Field(items(reference), "Siapa yang mengerjakan; beberapa bila bersama-sama."),
    "hubungan": Field(one_of(Hubungan), "Penghubung kotak pelaksana bersama: garis, panah atau tanpa."),
    "mulai": Field(one_of(Kapsul), "Alur mulai di sini; kapsulnya sendiri, pengganti atau tidak."),
    "selesai": Field(one_of(Kapsul), "Alur selesai di sini; kapsulnya sendiri, pengganti atau tidak."),
    "pertanyaan": Field(text, "Tulisan di dalam belah ketupat, misalnya Setuju?", most=SHORT),
    "keputusan": Field(
        ways(True), "Cabang belah ketupat: label dan tujuannya; kosong berarti langkah berikutnya."
    ),
    "lanjut": Field(
        ways(False), "Tujuan bila bukan langkah berikutnya; boleh selesai, lepas atau {sop: nama-berkas}."
    ),
    "simbol": Field(items(_symbol, one=False), "Bentuk panjang: beberapa simbol dalam satu baris."),
    "sop": Field(reference, "Nama berkas SOP lain yang dijalankan di langkah ini."),
    **{column.field: Field(lines if column.lines else text, column.about) for column in CELLS},
    "gabung": Field(
        items(one_of([column.field for column in CELLS])),
        "Kolom yang selnya satu dengan sel langkah di atasnya, misalnya waktu.",
    ),
}

_SHORT_FORM = ("pelaksana", "hubungan", "pertanyaan", "keputusan", "lanjut", "sop")


def read_step(tree: Tree, out: Problems) -> Kegiatan | None:
    """One row of the activity table."""
    values = table(STEP_FIELDS, "langkah")(tree, out)
    if values is None:
        return None
    assert isinstance(tree, MappingNode)
    exclusive(tree, (("keputusan", "lanjut"), *(("simbol", key) for key in _SHORT_FORM)), out)
    if "simbol" not in tree.entries and "pelaksana" not in tree.entries:
        out.append(error(tree.position, "langkah tidak memuat 'pelaksana'", STEP_FIELDS["pelaksana"].about))
    if "pertanyaan" in values and "keputusan" not in tree.entries and "simbol" not in tree.entries:
        hint = "tambahkan keputusan: {Ya: , Tidak: id-langkah}"
        out.append(error(tree.entries["pertanyaan"].key.position, "'pertanyaan' tanpa 'keputusan'", hint))
    values.setdefault("uraian", "")
    return Kegiatan(**_merge_ways(values))


CHART_FIELDS: dict[str, Field] = {
    "judul": Field(text, "Judul di atas tabel, seperti tercetak.", most=SHORT),
    "pelaksana": Field(items(reference), "Kolom pelaksana, dari kiri ke kanan.", True, many=LANES),
    "kegiatan": Field(items(read_step, one=False), "Langkah-langkah, dari atas ke bawah.", True),
}


def read_chart(tree: Tree, out: Problems) -> dict[str, Any] | None:
    """The values of one activity table."""
    return table(CHART_FIELDS, "alur")(tree, out)
