"""Document → findings on the boxes and cells of the form. All of them are warnings: the source is shown as
it is, and what is odd about it is said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.data.validate.document import CheckedFile, Finding, Rule
from generator.data.validate.spelling import misprints
from generator.model.dates import is_blank_date, parse_date, parse_month
from generator.model.durations import DurationKind, parse_duration
from generator.model.sop import Kegiatan

_DATES = ("pembuatan", "revisi", "efektif")
_DASHES = ("", "-", "–", "—")
_GENERIC_TITLE = re.compile(r"(?:uraian|tabel|prosedur|alur|bagan|flowchart|diagram)\b", re.IGNORECASE)
_GOAL = re.compile(r"(?:meningkat|terwujud|tercapai|terlaksana|terciptanya|untuk\b|agar\b)", re.IGNORECASE)


def draf(doc: CheckedFile) -> Iterator[Finding]:
    """SOP tanpa klasifikasi adalah draf dan hanya tampil di situs internal."""
    if doc.sop.klasifikasi is None:
        yield (
            doc.at(),
            "SOP ini draf: belum ada klasifikasi",
            "tulis klasifikasi: publik, internal atau dikecualikan",
        )


def dugaan(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap dugaan perlu dipastikan oleh pemilik SOP."""
    for n, reading in enumerate(doc.sop.dugaan):
        yield (
            doc.at("dugaan", n),
            f"dugaan tentang {reading.hal} belum dipastikan (keyakinan {reading.keyakinan})",
            "tanyakan kepada pemilik SOP, lalu hapus dugaan ini",
        )


def nomor_kosong(doc: CheckedFile) -> Iterator[Finding]:
    """SOP punya nomor."""
    if (doc.sop.nomor or "").strip() in _DASHES:
        yield doc.at("nomor"), "SOP ini belum bernomor", "isi nomor setelah ditetapkan"


def tanggal_kosong(doc: CheckedFile) -> Iterator[Finding]:
    """SOP punya tanggal pembuatan, revisi dan efektif."""
    missing = [key for key in _DATES if is_blank_date(getattr(doc.sop.tanggal, key))]
    if missing:
        yield (
            doc.at("tanggal", missing[0]),
            f"tanggal {', '.join(missing)} belum ada",
            "isi setelah ditetapkan",
        )


def tanggal_terbaca(doc: CheckedFile) -> Iterator[Finding]:
    """Tanggal yang diisi dapat dibaca sebagai tanggal."""
    for key in _DATES:
        said = getattr(doc.sop.tanggal, key)
        if is_blank_date(said) or parse_date(said) is not None:
            continue
        if parse_month(said) is not None:
            if key == "efektif":  # without a day nobody knows from when it holds
                yield (
                    doc.at("tanggal", key),
                    f"tanggal efektif '{said}' hanya menyebut bulan; hari mulai berlakunya tidak diketahui",
                    "tulis tanggal lengkapnya bila diketahui, misalnya 16 Januari 2019",
                )
        else:
            yield (
                doc.at("tanggal", key),
                f"tanggal '{said}' tidak dapat dibaca",
                "tulis misalnya 16 Januari 2019",
            )


def urutan_tanggal(doc: CheckedFile) -> Iterator[Finding]:
    """Tanggal revisi dan efektif tidak mendahului tanggal pembuatan."""
    made = parse_date(doc.sop.tanggal.pembuatan)
    for key in ("revisi", "efektif"):
        day = parse_date(getattr(doc.sop.tanggal, key))
        if made and day and day < made:
            yield (
                doc.at("tanggal", key),
                f"tanggal {key} mendahului tanggal pembuatan",
                "periksa kedua tanggal",
            )


def pencabutan_janggal(doc: CheckedFile) -> Iterator[Finding]:
    """Pencabutan tidak mendahului tanggal efektif, dan pengganti SOP bukan SOP itu sendiri."""
    revoked = doc.sop.pencabutan
    if revoked is None:
        return
    begun, ended = parse_date(doc.sop.tanggal.efektif), parse_date(revoked.tanggal)
    if begun and ended and ended < begun:
        yield (
            doc.at("pencabutan", "tanggal"),
            "tanggal pencabutan mendahului tanggal efektif",
            "periksa kedua tanggal",
        )
    if revoked.pengganti == doc.sop.slug:
        yield (
            doc.at("pencabutan", "pengganti"),
            "SOP ini disebut sebagai pengganti dirinya sendiri",
            "sebut SOP lain, atau hapus kuncinya",
        )


def pengesahan_kosong(doc: CheckedFile) -> Iterator[Finding]:
    """SOP menyebut siapa yang mengesahkan."""
    signer = doc.sop.disahkan_oleh
    if signer is None or not (signer.jabatan or signer.nama):
        yield doc.at("disahkan_oleh"), "Disahkan oleh belum diisi", "isi jabatan, nama dan NIP"


def nip(doc: CheckedFile) -> Iterator[Finding]:
    """NIP terdiri dari 18 angka: tanggal lahir, bulan pengangkatan, jenis kelamin, nomor urut."""
    said = doc.sop.disahkan_oleh.nip if doc.sop.disahkan_oleh else None
    if said is None or said in _DASHES:
        return
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(\d{4})(\d\d)([12])\d{3}", re.sub(r"[\s.]", "", said))
    sound = found and parse_date(f"{found[1]}-{found[2]}-{found[3]}") and 1 <= int(found[5]) <= 12
    if not sound or not found or not int(found[1]) < int(found[4]):
        yield doc.at("disahkan_oleh", "nip"), f"NIP '{said}' tidak berbentuk NIP", "periksa 18 angkanya"


def peringatan_kosong(doc: CheckedFile) -> Iterator[Finding]:
    """Kotak Peringatan diisi."""
    if not doc.sop.peringatan:
        yield doc.at("peringatan"), "Peringatan belum diisi", "tulis misalnya: Jika … maka …"


def kualifikasi_tujuan(doc: CheckedFile) -> Iterator[Finding]:
    """Kotak Kualifikasi Pelaksana memuat kemampuan pelaksana, bukan tujuan SOP."""
    for line in doc.sop.kualifikasi_pelaksana:
        if _GOAL.match(re.sub(r"^\W*(?:\d+[.)])?\s*", "", line)):
            yield (
                doc.at("kualifikasi_pelaksana"),
                "Kualifikasi Pelaksana tampaknya berisi tujuan",
                "isi dengan pendidikan atau kemampuan yang diperlukan",
            )
            return


def terkait_diri(doc: CheckedFile) -> Iterator[Finding]:
    """SOP tidak berkaitan dengan dirinya sendiri."""
    for n, related in enumerate(doc.sop.keterkaitan):
        if related.sop == doc.sop.slug:
            yield (
                doc.at("keterkaitan", n),
                "Keterkaitan menyebut SOP ini sendiri",
                "periksa SOP mana yang dimaksud",
            )


def judul_tabel(doc: CheckedFile) -> Iterator[Finding]:
    """Judul tabel sama dengan Nama SOP."""
    if len(doc.sop.alur) != 1 or not (title := doc.sop.alur[0].judul) or _GENERIC_TITLE.match(title):
        return
    if " ".join(title.casefold().split()) != " ".join(doc.sop.nama.casefold().split()):
        yield (
            doc.at("judul_tabel"),
            f"judul tabel berbeda dari Nama SOP '{doc.sop.nama}'",
            "samakan bila tidak disengaja",
        )


def nomor_langkah(doc: CheckedFile) -> Iterator[Finding]:
    """Nomor langkah berurut tanpa lompatan."""
    last: dict[int, int] = {}
    for alur, row, _, step in doc.steps():
        if step.no is None:
            last[alur] = last.get(alur, 0) + 1
        elif step.no.isdecimal():
            if int(step.no) != last.get(alur, 0) + 1:
                yield doc.step(alur, row, "no"), f"nomor langkah melompat ke {step.no}", "periksa penomoran"
            last[alur] = int(step.no)


def waktu_kosong(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap langkah punya waktu."""
    if "waktu" not in doc.columns:
        return
    for alur, row, _, step in doc.steps():
        if "waktu" not in step.gabung and parse_duration(step.waktu).kind is DurationKind.BLANK:
            yield (
                doc.step(alur, row, "waktu"),
                f"waktu langkah {_row(row)} belum diisi",
                "isi, misalnya 1 hari",
            )


def waktu_terbaca(doc: CheckedFile) -> Iterator[Finding]:
    """Waktu yang memuat angka dapat dibaca sebagai lama pengerjaan."""
    for alur, row, _, step in doc.steps():
        if parse_duration(step.waktu).kind is DurationKind.UNKNOWN:
            yield (
                doc.step(alur, row, "waktu"),
                f"waktu '{step.waktu}' tidak dapat dihitung",
                "tulis angka dan satuannya, misalnya 15 menit",
            )


def waktu_seragam(doc: CheckedFile) -> Iterator[Finding]:
    """Satuan waktu ditulis dengan huruf besar atau kecil yang sama di seluruh SOP."""
    seen: dict[str, str] = {}
    for alur, row, _, step in doc.steps():
        for word in re.findall(r"[^\W\d_]+", step.waktu or ""):
            first = seen.setdefault(word.casefold(), word)
            if first != word:
                yield (
                    doc.step(alur, row, "waktu"),
                    f"satuan waktu ditulis '{first}' dan '{word}'",
                    "samakan penulisannya",
                )
                return


def rantai_output(doc: CheckedFile) -> Iterator[Finding]:
    """Output tiap langkah menjadi Kelengkapan langkah berikutnya."""
    for number, flow in enumerate(doc.flows):
        kegiatan = doc.sop.alur[number].kegiatan
        listed = any(step.kelengkapan for step in kegiatan)
        if not listed and len(kegiatan) > 1 and "kelengkapan" in doc.columns:
            yield (
                doc.chart(number, "kegiatan"),
                "tidak satu langkah pun menyebut kelengkapan",
                "isi bahan yang diperlukan; bila naskah tidak punya kolom itu, sebut kolomnya: "
                "kolom: [waktu, output, keterangan]",
            )
        for row, step in enumerate(kegiatan):
            if "output" in doc.columns and "output" not in step.gabung and _blank(step.output):
                yield (
                    doc.step(number, row, "output"),
                    f"output langkah {_row(row)} belum diisi",
                    "isi hasil langkah ini",
                )
            blank = not step.kelengkapan and "kelengkapan" not in step.gabung
            if "kelengkapan" in doc.columns and blank and (listed or len(kegiatan) == 1):
                yield (
                    doc.step(number, row, "kelengkapan"),
                    f"kelengkapan langkah {_row(row)} belum diisi",
                    "isi bahan yang diperlukan",
                )
        written = [way for way in flow.ways if flow.symbols[way.target].row > flow.symbols[way.source].row]
        for source, target in dict.fromkeys(
            (flow.symbols[w.source].row, flow.symbols[w.target].row) for w in written
        ):
            if _breaks(kegiatan[source], kegiatan[target]):
                yield (
                    doc.step(number, target, "kelengkapan"),
                    f"kelengkapan langkah {_row(target)} tidak menyebut output langkah {_row(source)}",
                    "samakan kata-katanya bila bahannya sama",
                )


def diawali_pelaksana(doc: CheckedFile) -> Iterator[Finding]:
    """Uraian kegiatan mulai dengan kata kerja, bukan dengan nama pelaksana."""
    for number, alur in enumerate(doc.sop.alur):
        actors = [actor for id in alur.pelaksana if (actor := doc.register.pelaksana.get(id))]
        names = [name for actor in actors for name in (actor.nama, actor.lengkap) if name]
        begun = tuple(name.casefold() for name in names)
        for row, step in enumerate(alur.kegiatan):
            if step.uraian.casefold().startswith(begun) and any(
                re.match(rf"{re.escape(name)}\b", step.uraian, re.IGNORECASE) for name in names
            ):
                yield (
                    doc.step(number, row, "uraian"),
                    f"uraian langkah {_row(row)} mulai dengan nama pelaksana",
                    "mulai dengan kata kerja; pelaksana sudah terlihat dari kolomnya",
                )


def salah_ketik(doc: CheckedFile) -> Iterator[Finding]:
    """Kata yang sering salah ketik ditandai, tidak dibetulkan."""
    for where, word, right in misprints(doc.tree):
        yield where, f"tertulis '{word}', mungkin maksudnya '{right}'", "biarkan bila naskahnya demikian"


def _row(row: int) -> str:
    return f"baris ke-{row + 1}"


def _blank(text: str | None) -> bool:
    return (text or "").strip() in _DASHES


def _breaks(source: Kegiatan, target: Kegiatan) -> bool:
    """Whether an output and the kelengkapan after it, both given, have no word in common."""
    needed = " ".join(target.kelengkapan)
    if _blank(source.output) or _blank(needed):
        return False
    words = set(re.findall(r"\w{3,}", (source.output or "").casefold()))
    others = set(re.findall(r"\w{3,}", needed.casefold()))
    if words & others:
        return False
    from rapidfuzz import fuzz  # not loaded where the same word stands in both

    return not any(fuzz.ratio(word, other) > 80 for word in words for other in others)


FORM: tuple[Rule, ...] = (
    draf,
    dugaan,
    nomor_kosong,
    tanggal_kosong,
    tanggal_terbaca,
    urutan_tanggal,
    pencabutan_janggal,
    pengesahan_kosong,
    nip,
    peringatan_kosong,
    kualifikasi_tujuan,
    terkait_diri,
    judul_tabel,
    nomor_langkah,
    waktu_kosong,
    waktu_terbaca,
    waktu_seragam,
    diawali_pelaksana,
    salah_ketik,
)
"""Rules that need no flow; ``rantai_output`` follows the flow and runs with its rules."""
