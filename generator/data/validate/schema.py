"""Tree → SOP, unit, actor, law or agency, + problems of form. Every key of ``sop_data/`` stands here, except
those of an activity table (``steps.py``).

What a key is for (``Field.about``) is the sentence that the maintainer's guide says of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.data.data_format import FORMAT, too_new
from generator.data.load import MappingNode, ScalarNode, Tree
from generator.data.validate.headings import columns, labels
from generator.data.validate.read import (
    SHORT,
    Field,
    Problems,
    Reader,
    count,
    error,
    exclusive,
    filled,
    identifier,
    is_blank,
    items,
    kind,
    lines,
    link,
    one_of,
    reference,
    table,
    text,
    yes_no,
)
from generator.data.validate.steps import LANES, STEPS, SYMBOLS, read_chart, read_step
from generator.data.validate.values import colour, data_hash, day, marks, moment, signed_copy
from generator.flow.steps import symbols_of
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.papers import PAPERS
from generator.model.klasifikasi import Klasifikasi
from generator.model.records import Keutuhan, Peninjauan, Sertifikat, TandaTangan
from generator.model.registers import Instansi, Kepastian, Pelaksana, Peraturan, Status, Unit
from generator.model.sop import (
    SOP,
    Alur,
    Dugaan,
    Kapsul,
    Keyakinan,
    Pencabutan,
    Pengesahan,
    Rujukan,
    Tanggal,
    Versi,
)

DATE_FIELDS = {
    box.path[-1]: Field(text, box.about, most=SHORT) for box in FIELDS if box.kind is ValueKind.DATE
}
VERSION_FIELDS: dict[str, Field] = {
    "nomor": Field(count, "Nomor urut versi, mulai dari 1.", True),
    "perubahan": Field(text, "Apa yang berubah pada versi ini."),
    "alasan": Field(text, "Mengapa diubah."),
}


REVOCATION_FIELDS: dict[str, Field] = {
    "tanggal": Field(day, "Hari pertama SOP ini tidak berlaku lagi.", True),
    "dasar": Field(text, "Keputusan atau surat yang mencabutnya."),
    "pengganti": Field(reference, "Nama berkas SOP yang menggantikannya, bila ada."),
}
SIGNER_FIELDS: dict[str, Field] = {
    "jabatan": Field(text, "Jabatan yang mengesahkan.", most=SHORT),
    "nama": Field(text, "Nama yang mengesahkan.", most=SHORT),
    "nip": Field(text, "NIP yang mengesahkan, 18 angka.", most=SHORT),
}
RELATION_FIELDS: dict[str, Field] = {
    "teks": Field(text, "SOP terkait seperti tertulis pada naskah."),
    "sop": Field(reference, "Nama berkas SOP itu bila ada di sini."),
}
READING_FIELDS: dict[str, Field] = {
    "hal": Field(filled, "Apa yang diduga: pelaksana, alur, …", True),
    "alasan": Field(filled, "Dari mana dugaan itu.", True),
    "keyakinan": Field(one_of(Keyakinan), "kuat bila dapat disimpulkan dari teks, lemah bila terkaan."),
}


def _relation(tree: Tree, out: Problems) -> Rujukan | None:
    if isinstance(tree, ScalarNode):
        value = filled(tree, out)
        return None if value is None else Rujukan(teks=value)
    values = table(RELATION_FIELDS, "keterkaitan")(tree, out)
    if values == {}:
        out.append(error(tree.position, "keterkaitan ini kosong", "isi teks, sop, atau keduanya"))
    return Rujukan(**values) if values else None


def _built(fields: dict[str, Field], what: str, build: Callable[..., Any]) -> Reader:
    def read(tree: Tree, out: Problems) -> Any:
        values = table(fields, what)(tree, out)
        if values is None or any(field.required and key not in values for key, field in fields.items()):
            return None
        return build(**values)

    return read


SIGNATURE_FIELDS: dict[str, Field] = {
    "nama": Field(filled, "Nama pada sertifikatnya.", True, most=SHORT),
    "jabatan": Field(text, "Jabatan atau instansi pada sertifikatnya.", most=SHORT),
    "waktu": Field(moment, "Kapan ditandatangani, misalnya 2026-11-20T09:15:00+07:00.", most=SHORT),
    "cap_waktu": Field(yes_no, "ya bila waktunya dari cap waktu, bukan dari jam penandatangan."),
    "keadaan": Field(one_of(Keutuhan), f"{', '.join(Keutuhan)}."),
    "sertifikat": Field(one_of(Sertifikat), f"{', '.join(Sertifikat)}."),
}
REVIEW_FIELDS: dict[str, Field] = {
    "tanggal": Field(day, "Hari SOP ini ditinjau dan tetap berlaku.", True),
    "oleh": Field(filled, "Siapa yang menetapkannya: nama atau jabatan.", True, most=SHORT),
    "catatan": Field(text, "Keterangan, bila ada."),
    "dilihat": Field(marks, "Sidik peraturan, pelaksana dan SOP yang disebutnya pada hari itu."),
}


ABOUT = {box.key: box.about for box in FIELDS}
_BOX_READERS: dict[ValueKind, Reader] = {
    ValueKind.TEXT: text,
    ValueKind.LINES: lines,
    ValueKind.LAWS: items(reference),
    ValueKind.RELATED: items(_relation),
}

SOP_FIELDS: dict[str, Field] = {
    "nama": Field(filled, ABOUT["nama"], True, most=SHORT),
    "nomor": Field(text, ABOUT["nomor"], most=SHORT),
    "unit": Field(reference, "Unit pemilik SOP, id dari unit.yml.", True),
    "kop": Field(lines, "Baris kop bila berbeda dari kop unit.", most=SHORT),
    "klasifikasi": Field(
        one_of(Klasifikasi), "publik, internal atau dikecualikan; tanpa kunci ini SOP masih draf."
    ),
    "judul_terbuka": Field(yes_no, "ya bila judul SOP internal boleh disebut di situs publik."),
    "dokumen_resmi": Field(
        signed_copy, "Naskah yang ditandatangani: tautannya, atau naskah/….pdf di folder data."
    ),
    "sidik_data": Field(data_hash, "Sidik data pada kaki halaman salinan yang ditandatangani."),
    "tanda_tangan": Field(
        items(_built(SIGNATURE_FIELDS, "tanda_tangan", TandaTangan), one=False),
        "Tanda tangan elektronik pada naskah itu; ditulis oleh sop sahkan.",
    ),
    "tinjau_ulang_bulan": Field(count, "SOP ini ditinjau ulang setelah sekian bulan, bila berbeda."),
    "kertas": Field(one_of(PAPERS), "Ukuran kertas SOP ini bila berbeda dari setelan instansi."),
    "versi": Field(
        _built(VERSION_FIELDS, "versi", Versi), "Versi keberapa berkas ini; ditulis oleh sop revise."
    ),
    "tanggal": Field(_built(DATE_FIELDS, "tanggal", Tanggal), "Tanggal pembuatan, revisi dan efektif."),
    "pencabutan": Field(
        _built(REVOCATION_FIELDS, "pencabutan", Pencabutan),
        "Bila SOP ini sudah dicabut: sejak kapan, dengan apa, dan apa penggantinya.",
    ),
    "disahkan_oleh": Field(_built(SIGNER_FIELDS, "disahkan_oleh", Pengesahan), ABOUT["disahkan_oleh"]),
    "tujuan": Field(text, "Untuk apa SOP ini, bila naskah menyebutnya."),
    **{box.key: Field(_BOX_READERS[box.kind], box.about) for box in BOXES},
    "label": Field(labels, "Judul kolom atau kotak yang pada naskah ini berbeda dari biasanya."),
    "kolom": Field(
        columns,
        "Kolom di kanan pelaksana, dari kiri; yang tidak disebut tidak ada pada tabel.",
    ),
    "judul_tabel": Field(text, "Judul di atas tabel kegiatan, seperti tercetak.", most=SHORT),
    "pelaksana": Field(items(reference), "Kolom pelaksana, dari kiri ke kanan.", many=LANES),
    "kegiatan": Field(items(read_step, one=False), "Langkah-langkah, dari atas ke bawah."),
    "alur": Field(
        items(read_chart, one=False), "Pengganti pelaksana dan kegiatan bila SOP punya beberapa tabel."
    ),
    "dugaan": Field(
        items(_built(READING_FIELDS, "dugaan", Dugaan), one=False),
        "Dugaan atas hal yang tidak tertulis dalam naskah.",
    ),
    "catatan": Field(lines, "Catatan penyunting, hanya tampil di situs internal."),
    "tinjauan": Field(
        items(_built(REVIEW_FIELDS, "tinjauan", Peninjauan), one=False),
        "Kapan dan oleh siapa versi ini ditinjau dan tetap berlaku; ditulis oleh sop review --tetap.",
    ),
}


def read_sop(tree: Tree, slug: str, out: Problems) -> SOP | None:
    """The SOP of one file; None where its form leaves too much open."""
    values = table(SOP_FIELDS, "SOP")(tree, out)
    if values is None:
        return None
    assert isinstance(tree, MappingNode)
    exclusive(tree, (("alur", "pelaksana"), ("alur", "kegiatan"), ("alur", "judul_tabel")), out)
    title, lanes, steps = (values.pop(key, None) for key in ("judul_tabel", "pelaksana", "kegiatan"))
    charts = values.pop("alur", None)
    if charts is None:
        charts = [{"judul": title, "pelaksana": lanes, "kegiatan": steps}]
        for key in ("pelaksana", "kegiatan"):
            if "alur" not in tree.entries and (key not in tree.entries or is_blank(tree.entries[key].value)):
                out.append(error(tree.position, f"SOP tidak memuat '{key}'", SOP_FIELDS[key].about))
    steps = [step for chart in charts for step in chart.get("kegiatan") or ()]
    symbols = sum(len(symbol.pelaksana) for step in steps for symbol in symbols_of(step))
    for many, most, what in ((len(steps), STEPS, "langkah"), (symbols, SYMBOLS, "simbol")):
        if many > most:
            message = f"SOP ini terlalu panjang ({many} {what}, paling banyak {most})"
            out.append(error(tree.position, message, "bagi menjadi beberapa SOP", "panjang"))
    flows = [Alur(id=_chart_id(n), **_chart_values(chart)) for n, chart in enumerate(charts)]
    if "nama" not in values or "unit" not in values:
        return None
    return SOP(slug=slug, alur=tuple(flows), **values)


def meant_as_sop(tree: Tree | None) -> bool:
    """Whether a file is meant as an SOP, right or wrong: it has a name, and what no register has."""
    if not isinstance(tree, MappingNode) or not isinstance(tree.get("nama"), ScalarNode):
        return False
    return any(key in tree.entries for key in ("unit", "kegiatan", "alur"))


def _chart_id(index: int) -> str:
    return "alur" if index == 0 else f"alur-{index + 1}"


def _chart_values(chart: dict[str, Any]) -> dict[str, Any]:
    return {
        "judul": chart.get("judul"),
        "pelaksana": chart.get("pelaksana") or (),
        "kegiatan": chart.get("kegiatan") or (),
    }


UNIT_FIELDS: dict[str, Field] = {
    "nama": Field(filled, "Nama unit.", True, most=SHORT),
    "singkatan": Field(text, "Singkatan unit.", most=SHORT),
    "induk": Field(reference, "Unit di atasnya, id dari unit.yml."),
    "kop": Field(lines, "Baris kop SOP unit ini, seperti tercetak.", most=SHORT),
    "tinjau_ulang_bulan": Field(count, "SOP unit ini ditinjau ulang setelah sekian bulan, bila berbeda."),
}
ACTOR_FIELDS: dict[str, Field] = {
    "nama": Field(filled, "Judul kolom seperti tercetak, misalnya Kasi.", True, most=SHORT),
    "lengkap": Field(text, "Nama lengkap jabatan.", most=SHORT),
    "unit": Field(reference, "Unit tempat jabatan itu, id dari unit.yml."),
}
LAW_FIELDS: dict[str, Field] = {
    "kutipan": Field(filled, "Teks seperti dikutip pada naskah, salah ketik termasuk.", True),
    "jenis": Field(
        filled, "Jenis peraturan yang dimaksud: Undang-Undang, Peraturan Bupati, …", True, most=SHORT
    ),
    "nomor": Field(filled, "Nomor peraturan yang dimaksud.", True, most=SHORT),
    "tahun": Field(filled, "Tahun peraturan yang dimaksud.", True, most=SHORT),
    "judul": Field(filled, "Judul resmi peraturan yang dimaksud, sejauh diketahui.", True),
    "dimaksud": Field(text, "Peraturan yang dimaksud bila bukan yang tertulis."),
    "status": Field(one_of(Status), "berlaku, dicabut, diragukan atau belum-diperiksa."),
    "keyakinan": Field(one_of(Kepastian), "Seberapa yakin: pasti, hampir-pasti atau belum-diperiksa."),
    "catatan": Field(text, "Penjelasan untuk pembaca."),
    "tautan": Field(link, "Alamat naskah peraturan; kosongkan bila belum pasti."),
}


def _format(tree: Tree, out: Problems) -> int | None:
    """A version of the form of the data that this program reads."""
    number = count(tree, out)
    if number is None or number <= FORMAT:
        return number
    out.append(too_new(tree.position, number))
    return None


AGENCY_FIELDS: dict[str, Field] = {
    "format": Field(_format, "Format data ini; ditulis oleh program (sop init, sop upgrade)."),
    "nama": Field(filled, "Nama instansi.", True, most=SHORT),
    "singkatan": Field(filled, "Nama pendek instansi.", True, most=SHORT),
    "pemerintah": Field(filled, "Pemerintah daerahnya.", True, most=SHORT),
    "alamat": Field(lines, "Alamat, baris demi baris seperti tercetak.", most=SHORT),
    "web": Field(link, "Situs resmi instansi."),
    "email": Field(text, "Alamat surel.", most=SHORT),
    "lisensi_data": Field(text, "Syarat memakai datanya, misalnya CC BY 4.0.", most=SHORT),
    "situs": Field(link, "Alamat situs SOP ini bila sudah terbit."),
    "situs_internal": Field(link, "Alamat situs internal, bila sudah terbit."),
    "logo": Field(text, "Nama berkas lambang di dalam sop_data/."),
    "logo_situs": Field(text, "Nama berkas gambar di kepala situs; tanpa ini dipakai lambang."),
    "warna": Field(colour, "Warna utama situs, misalnya '#12395b' (dalam tanda kutip)."),
    "kertas": Field(text, f"Ukuran kertas cetak: {', '.join(PAPERS)}."),
    "kapsul": Field(one_of(Kapsul), "Cara menggambar kapsul awal dan akhir bila SOP tidak menyebutnya."),
    "tinjau_ulang_bulan": Field(count, "SOP ditinjau ulang setelah sekian bulan."),
    "label": Field(labels, "Judul kolom atau kotak yang dipakai instansi ini."),
    "kolom": Field(columns, "Kolom di kanan pelaksana, dari kiri, bila bukan kolom formulir resmi."),
}


def _agency(format: int = FORMAT, **values: Any) -> Instansi:
    """The agency; in which form its data are written is nothing of its own."""
    return Instansi(**values)


read_instansi: Reader = _built(AGENCY_FIELDS, "instansi", _agency)


def _register(fields: dict[str, Field], what: str, build: type[Any]) -> Reader:
    """Reader of a file of values by id."""

    def read(tree: Tree, out: Problems) -> dict[str, Any] | None:
        if not isinstance(tree, MappingNode):
            hint = f"tulis satu {what} tiap id, misalnya id-{what}: {{nama: …}}"
            out.append(error(tree.position, f"berkas ini harus memuat id {what}, bukan {kind(tree)}", hint))
            return None
        values: dict[str, Any] = {}
        for name, entry in tree.entries.items():
            if identifier(entry.key, out) is None:
                continue
            value = table(fields, what)(entry.value, out)
            if value is not None and all(key in value for key, field in fields.items() if field.required):
                values[name] = build(id=name, **value)
        return values

    return read


read_units: Reader = _register(UNIT_FIELDS, "unit", Unit)
read_actors: Reader = _register(ACTOR_FIELDS, "pelaksana", Pelaksana)
read_laws: Reader = _register(LAW_FIELDS, "peraturan", Peraturan)
