"""Document → findings on names: what a file refers to must exist. All of them are errors."""

from __future__ import annotations

from collections.abc import Iterator

from generator.data.validate.cures import lost_entry, meant_by, names_of
from generator.data.validate.document import CheckedFile, Finding, Register, Rule
from generator.data.validate.read import is_slug, like_id, like_slug, nearest, suggest
from generator.flow.steps import LEPAS, SELESAI, symbols_of
from generator.form.columns import CELLS
from generator.model.problems import Position


def bentuk_nama_berkas(doc: CheckedFile) -> Iterator[Finding]:
    """Nama berkas SOP terdiri dari huruf kecil, angka dan tanda hubung, paling panjang 80 huruf."""
    slug = doc.sop.slug
    if not is_slug(slug):
        yield (
            doc.at(),
            f"nama berkas '{slug}.yml' tidak dapat menjadi alamat halaman",
            f"ganti namanya, misalnya {_other_name(slug)}.yml",
        )


def _other_name(slug: str) -> str:
    like = like_slug(slug, "nama")
    return f"sop-{like}" if like == slug else like


def unit_dikenal(doc: CheckedFile) -> Iterator[Finding]:
    """Unit pemilik SOP ada di unit.yml."""
    if doc.sop.unit not in doc.register.unit and "unit" not in doc.register.unsure:
        yield (
            doc.at("unit"),
            f"unit '{doc.sop.unit}' tidak ada di {doc.register.place('unit')}",
            lost_entry(doc.sop.unit, "unit", doc.register),
        )


def hukum_dikenal(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap dasar hukum ada di hukum.yml dan disebut satu kali."""
    for n, id in enumerate(doc.sop.dasar_hukum):
        if id not in doc.register.hukum and "hukum" not in doc.register.unsure:
            yield (
                doc.at("dasar_hukum", n),
                f"peraturan '{id}' tidak ada di {doc.register.place('hukum')}",
                lost_entry(id, "hukum", doc.register),
            )
        elif id in doc.sop.dasar_hukum[:n]:
            yield doc.at("dasar_hukum", n), f"peraturan '{id}' disebut dua kali", "hapus salah satu"


def sop_dikenal(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap SOP yang dirujuk dengan kunci sop ada di folder sop/."""

    def lost(slug: str) -> bool:
        return "/" not in slug and slug not in doc.register.slugs

    def said(slug: str) -> tuple[str, str]:
        meant = nearest(slug, sorted(doc.register.slugs - {doc.sop.slug}))
        write = "tulis namanya saja, sebagai teks, atau buat SOP itu: sop new"
        cure = f"maksud Anda '{meant}'? Bila belum ada, {write}" if meant else f"bila belum ada, {write}"
        return f"SOP '{slug}' tidak ada di folder sop/", cure

    for slug, where in _sops(doc):
        if lost(slug):
            yield where, *said(slug)


def sop_instansi_lain(doc: CheckedFile) -> Iterator[Finding]:
    """SOP instansi lain (`instansi/id`) diterbitkan instansinya untuk umum."""
    for slug, where in _sops(doc):
        known = _ALONE if all(map(is_slug, slug.split("/", 1))) else _NO_NAME
        if "/" in slug and (wrong := doc.register.elsewhere.get(slug, known)):
            yield where, wrong[0].format(slug), wrong[1]


_NO_NAME = "'{}' bukan nama SOP", "SOP instansi lain ditulis instansi/id, misalnya dinsos/penyaluran-bantuan"
_ALONE = (
    "SOP '{}' milik instansi lain, yang tidak ada di sini",
    "bila folder ini bagian portal, periksa dari folder portal itu; bila bukan, tulis 'teks' saja",
)


def _sops(doc: CheckedFile) -> Iterator[tuple[str, Position]]:
    """The SOPs that a file names, each with its place."""
    for n, related in enumerate(doc.sop.keterkaitan):
        if related.sop is not None:
            yield related.sop, doc.at("keterkaitan", n, "sop")
    if doc.sop.pencabutan and doc.sop.pencabutan.pengganti is not None:
        yield doc.sop.pencabutan.pengganti, doc.at("pencabutan", "pengganti")
    for alur, row, part, symbol in doc.written:
        if symbol.sop is not None:
            yield symbol.sop, doc.symbol(alur, (row, part), "sop")
        for number, way in enumerate(symbol.arah or ()):
            if way.sop is not None:
                yield way.sop, doc.way(alur, row, part, number)


def kotak_bersama(doc: CheckedFile) -> Iterator[Finding]:
    """Panah yang menyebut kotak seorang pelaksana menyebut pelaksana simbol itu."""
    for number, row, part, symbol in doc.written:
        for n, way in enumerate(symbol.arah or ()):
            if way.dari is not None and way.dari not in symbol.pelaksana:
                where = doc.way(number, row, part, n)
                yield where, f"'{way.dari}' bukan pelaksana langkah ini", suggest(way.dari, symbol.pelaksana)
    for number, flow in enumerate(doc.flows):
        columns = doc.sop.alur[number].pelaksana
        for drawn in flow.ways:
            source, target = flow.symbols[drawn.source], flow.symbols[drawn.target]
            if source.added or drawn.number is None:
                continue
            ways = symbols_of(doc.sop.alur[number].kegiatan[source.row])[source.part].arah or ()
            named, there = ways[drawn.number].pelaksana, [columns[lane] for lane in target.lanes]
            if named is not None and named not in there:
                where = doc.way(number, source.row, source.part, drawn.number)
                yield where, f"'{named}' bukan pelaksana langkah yang dituju", suggest(named, there)


def simbol_bersama(doc: CheckedFile) -> Iterator[Finding]:
    """Simbol bersama berdiri di bawah simbol lain pada langkah yang sama, dan di kolom lain."""
    for number, row, part, symbol in doc.written:
        if not symbol.bersama:
            continue
        where = doc.symbol(number, (row, part), "bersama")
        if part == 0:
            hint = "hapus 'bersama', atau tulis simbol ini di bawah simbol yang dihubungkan dengannya"
            yield where, "simbol pertama langkah tidak dapat bersama simbol sebelumnya", hint
            continue
        before = part
        above = list[str]()
        symbols = symbols_of(doc.sop.alur[number].kegiatan[row])
        while before and symbols[before].bersama:
            before -= 1
            above += symbols[before].pelaksana
        for actor in symbol.pelaksana:
            if actor in above:
                said = f"'{actor}' sudah punya simbol yang dihubungkan garis bersama ini"
                yield where, said, "sebut kolom lain; garis bersama mendatar dari kolom ke kolom"


def kolom_dikenal(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap kolom pelaksana ada di pelaksana.yml dan hanya satu kali dalam tabel."""
    for number, alur in enumerate(doc.sop.alur):
        for n, actor in enumerate(alur.pelaksana):
            where = doc.chart(number, "pelaksana", n)
            if actor not in doc.register.pelaksana and "pelaksana" not in doc.register.unsure:
                yield (
                    where,
                    f"pelaksana '{actor}' tidak ada di {doc.register.place('pelaksana')}",
                    lost_entry(actor, "pelaksana", doc.register),
                )
            elif actor in alur.pelaksana[:n]:
                yield where, f"kolom '{actor}' ditulis dua kali", "hapus salah satu"


def pelaksana_punya_kolom(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap pelaksana langkah punya kolom di tabelnya dan disebut satu kali pada satu simbol."""
    for number, row, part, symbol in doc.written:
        columns = doc.sop.alur[number].pelaksana
        for n, actor in enumerate(symbol.pelaksana):
            if actor not in columns:
                message = f"pelaksana '{actor}' tidak punya kolom di tabel ini"
                cure = _column(actor, columns, doc.register)
                yield doc.symbol(number, (row, part), "pelaksana", n), message, cure
            elif actor in symbol.pelaksana[:n]:
                message = f"pelaksana '{actor}' disebut dua kali pada langkah ini"
                yield doc.symbol(number, (row, part), "pelaksana", n), message, "hapus salah satu"


def _column(actor: str, columns: tuple[str, ...], register: Register) -> str:
    """The column that is meant, or the columns with this actor too."""
    called = {id: names for id, names in names_of(register, "pelaksana").items() if id in columns}
    known = actor in register.pelaksana
    meant = None if known else meant_by(actor, {**dict.fromkeys(columns, ()), **called})
    if meant:
        return f"maksud Anda '{meant}'?"
    with_it = ", ".join((*columns, actor if known else like_id(actor)))
    return f"tambahkan ke kolom tabel ini: pelaksana: [{with_it}]"


def tabel_terisi(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap tabel punya kolom pelaksana dan langkah, dan tiap simbol punya pelaksana."""
    for number, alur in enumerate(doc.sop.alur):
        for key, values in (("pelaksana", alur.pelaksana), ("kegiatan", alur.kegiatan)):
            if not values:
                yield doc.chart(number, key), f"tabel ini tidak memuat {key}", f"isi '{key}'"
    for number, row, part, symbol in doc.written:
        if not symbol.pelaksana:
            yield doc.symbol(number, (row, part)), "langkah ini tidak punya pelaksana", "isi 'pelaksana'"
    if not doc.sop.alur:
        yield doc.at("alur"), "SOP ini tidak memuat tabel", "isi 'alur', atau 'pelaksana' dan 'kegiatan'"


def id_tunggal(doc: CheckedFile) -> Iterator[Finding]:
    """Id langkah dan simbol tidak berulang dalam satu tabel."""
    for number, alur in enumerate(doc.sop.alur):
        seen: dict[str, tuple[str | int, ...]] = {}
        for row, step in enumerate(alur.kegiatan):
            ids: list[tuple[str | None, tuple[str | int, ...]]] = [(step.id, (row, "id"))]
            ids += [(symbol.id, (row, "simbol", n, "id")) for n, symbol in enumerate(step.simbol)]
            for id, path in ids:
                if id is not None and (first := seen.setdefault(id, path)) is not path:
                    line = doc.chart(number, "kegiatan", *first).line
                    where = doc.chart(number, "kegiatan", *path)
                    yield where, f"id '{id}' sudah dipakai di baris {line}", "pilih id lain"


def tujuan_dikenal(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap tujuan adalah id langkah atau simbol di tabel yang sama, selesai, atau berikutnya."""
    for number, flow in enumerate(doc.flows):
        if not flow.lost:
            continue
        kegiatan = doc.sop.alur[number].kegiatan
        known = {id for step in kegiatan for id in (step.id, *(s.id for s in symbols_of(step))) if id}
        known |= {SELESAI, LEPAS}
        for lost in flow.lost:
            name = kegiatan[lost.row].id
            step = f"langkah '{name}'" if name else f"langkah baris ke-{lost.row + 1}"
            near = suggest(lost.target, known)
            also = f"beri langkah yang dituju: id: {like_id(lost.target)}"
            hint = f"{near} Atau {also}" if near.endswith("?") else f"{near}; atau {also}"
            if lost.target.isdecimal():
                hint = "beri langkah itu 'id' dan tulis id itu di sini, bukan nomornya"
            yield (
                doc.way(number, lost.row, lost.part, lost.number),
                f"{step} menunjuk ke '{lost.target}', yang tidak ada",
                hint,
            )


def kolom_ada(doc: CheckedFile) -> Iterator[Finding]:
    """Kolom yang tidak ada pada tabel (kunci kolom) tidak diisi pada langkahnya."""
    for number, row, _, step in doc.steps():
        for column in CELLS:
            if column.key not in doc.columns and any(text.strip("-–— ") for text in column.of(step)):
                keys = [one.key for one in CELLS if one is column or one.key in doc.columns]
                yield (
                    doc.step(number, row, column.field),
                    f"langkah baris ke-{row + 1} mengisi {column.label}, padahal tabelnya tanpa kolom itu",
                    f"hapus isinya, atau tulis kolom: [{', '.join(keys)}] pada SOP ini",
                )


def sel_gabungan(doc: CheckedFile) -> Iterator[Finding]:
    """Sel yang digabung ke atas (kunci gabung) tidak diisi lagi, dan ada langkah di atasnya."""
    for number, row, _, step in doc.steps():
        for n, key in enumerate(step.gabung):
            column = next(one for one in CELLS if one.field == key)
            if row == 0:
                yield (
                    doc.step(number, row, "gabung", n),
                    "langkah pertama tidak punya sel di atasnya",
                    "tulis gabung pada langkah di bawahnya",
                )
            elif any(column.of(step)):
                yield (
                    doc.step(number, row, key),
                    f"langkah baris ke-{row + 1} mengisi {column.label}, padahal selnya digabung ke atas",
                    "pindahkan isinya ke langkah di atas, atau hapus 'gabung'",
                )


NAMES: tuple[Rule, ...] = (bentuk_nama_berkas,)
"""What does not wait for a sound form."""

CONTENT: tuple[Rule, ...] = (tabel_terisi,)
"""What only a sound form can tell."""

ELSEWHERE: tuple[Rule, ...] = (sop_instansi_lain,)
"""What another agency decides: it is told, and does not keep this one from publishing."""

REFERENCES: tuple[Rule, ...] = (
    unit_dikenal,
    hukum_dikenal,
    sop_dikenal,
    kolom_dikenal,
    pelaksana_punya_kolom,
    id_tunggal,
    tujuan_dikenal,
    kotak_bersama,
    simbol_bersama,
    kolom_ada,
    sel_gabungan,
)
