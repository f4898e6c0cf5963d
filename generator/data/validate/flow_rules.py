"""Document → findings on the flow: it begins, goes on and ends; errors first, then what is only odd."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.data.validate.document import CheckedFile, Finding, Rule
from generator.flow.steps import LEPAS, SELESAI, symbols_of
from generator.form.symbols import Bentuk, Shape
from generator.model.sop import Kapsul


def jalan_buntu(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap simbol punya jalan keluar, atau alur selesai di situ."""
    for number, row, part, symbol in doc.written:
        if symbol.arah == () and symbol.bentuk is not Bentuk.BELAH_KETUPAT:
            yield (
                doc.symbol(number, (row, part), "lanjut"),
                "langkah ini tidak punya jalan keluar",
                "isi tujuannya, atau hapus kuncinya",
            )


def tidak_terjangkau(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap simbol dapat dicapai dari awal alur."""
    for number, flow in enumerate(doc.flows):
        ahead = flow.ahead()
        begin = [*flow.starts, *(n for n, s in enumerate(flow.symbols) if s.added and s.part < 0)]
        seen = _reach(begin, ahead)
        for index, symbol in enumerate(flow.symbols):
            if index not in seen:
                yield (
                    doc.symbol(number, symbol),
                    f"{_name(doc, number, symbol.row)} tidak pernah dicapai dari awal alur",
                    "tunjuk langkah ini dari langkah lain, atau tulis 'mulai: sendiri' bila ini awal",
                )
                seen |= _reach([index], ahead)


def tidak_sampai_akhir(doc: CheckedFile) -> Iterator[Finding]:
    """Dari tiap simbol alur dapat sampai ke akhir."""
    for number, flow in enumerate(doc.flows):
        if not flow.symbols:
            continue
        if not flow.ends:
            yield (
                doc.chart(number, "kegiatan"),
                "alur ini tidak punya akhir",
                "tulis 'lanjut: selesai' pada langkah terakhir",
            )
            continue
        ahead = flow.ahead()
        behind: dict[int, list[int]] = {}
        for source, targets in ahead.items():
            for target in targets:
                behind.setdefault(target, []).append(source)
        good = _reach(flow.ends, behind)
        for index, symbol in enumerate(flow.symbols):
            if index not in good and not symbol.added:
                yield (
                    doc.symbol(number, symbol),
                    f"dari {_name(doc, number, symbol.row)} alur tidak pernah sampai ke akhir",
                    "beri jalan keluar dari putaran ini, misalnya 'lanjut: selesai'",
                )
                good |= _reach([index], ahead)


def dua_cabang(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap belah ketupat punya paling sedikit dua cabang."""
    for number, row, part, symbol in doc.written:
        if symbol.bentuk is Bentuk.BELAH_KETUPAT and len(symbol.arah or ()) < 2:
            found = len(symbol.arah or ())
            said = "hanya satu cabang" if found else "tidak punya cabang"
            yield (
                doc.symbol(number, (row, part), "keputusan"),
                f"keputusan ini {said}",
                "tulis misalnya keputusan: {Ya: , Tidak: id-langkah}",
            )


def kembali_ke_diri(doc: CheckedFile) -> Iterator[Finding]:
    """Simbol tidak menunjuk ke dirinya sendiri."""
    for number, flow in enumerate(doc.flows):
        for way in flow.ways:
            if way.source == way.target:
                symbol = flow.symbols[way.source]
                yield (
                    doc.way(number, symbol.row, symbol.part, way.number or 0),
                    "langkah ini menunjuk ke dirinya sendiri",
                    "tunjuk ke langkah yang diulang",
                )


def kapsul_keliru(doc: CheckedFile) -> Iterator[Finding]:
    """Kunci mulai dan selesai dipakai hanya di awal dan akhir alur, dan pengganti hanya untuk kotak."""
    for number, row, _, step in doc.steps():
        symbols = symbols_of(step)
        first, last = symbols[0], symbols[-1]
        if step.mulai is Kapsul.PENGGANTI and first.bentuk is Bentuk.BELAH_KETUPAT:
            yield (
                doc.step(number, row, "mulai"),
                "kapsul awal tidak dapat menggantikan belah ketupat",
                "tulis 'mulai: sendiri'",
            )
        if step.selesai is None:
            continue
        where = doc.step(number, row, "selesai")
        ends = [way for way in last.arah or () if way.ke == SELESAI or way.sop]
        if last.arah is not None and not ends and not _falls_off(doc, number, row, last.arah):
            yield (
                where,
                "'selesai' pada langkah yang masih berlanjut",
                "hapus 'selesai', atau arahkan cabangnya ke selesai",
            )
        elif last.arah is not None and len(ends) < len(last.arah) and step.selesai is not Kapsul.SENDIRI:
            yield (
                where,
                f"'selesai: {step.selesai}' pada langkah yang punya jalan lain",
                "tulis 'selesai: sendiri'",
            )
        elif last.bentuk is Bentuk.BELAH_KETUPAT and step.selesai is not Kapsul.SENDIRI:
            yield where, f"'selesai: {step.selesai}' pada keputusan", "tulis 'selesai: sendiri'"


def _falls_off(doc: CheckedFile, number: int, row: int, ways: Iterable[object]) -> bool:
    last = row == len(doc.sop.alur[number].kegiatan) - 1
    return last and any(getattr(way, "ke", None) is None for way in ways)


def kapsul_di_tengah(doc: CheckedFile) -> Iterator[Finding]:
    """Kapsul berada di awal atau di akhir alur, tidak di tengahnya."""
    for number, flow in enumerate(doc.flows):
        targets, sources = {way.target for way in flow.ways}, {way.source for way in flow.ways}
        for index, symbol in enumerate(flow.symbols):
            middle = index in targets and index in sources and index not in flow.starts
            if symbol.shape is Shape.TERMINATOR and middle:
                yield (
                    doc.symbol(number, symbol, "bentuk"),
                    "kapsul ini berada di tengah alur",
                    "pakai kotak, atau akhiri alur di sini dengan 'lanjut: selesai'",
                )


def ujung_lepas(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap panah menuju ke langkah atau ke akhir alur; ujung lepas (lepas) hanya bila naskahnya demikian."""
    for number, row, part, symbol in doc.written:
        for n, way in enumerate(symbol.arah or ()):
            if way.ke == LEPAS:
                yield (
                    doc.way(number, row, part, n),
                    "ujung ini lepas: naskah tidak menyebut lanjutannya",
                    "tanyakan kepada pemilik SOP; biarkan bila naskahnya memang begitu",
                )


def kapsul_lengkap(doc: CheckedFile) -> Iterator[Finding]:
    """Alur digambar dengan kapsul awal dan kapsul akhir."""
    for number, flow in enumerate(doc.flows):
        capsules = [n for n, symbol in enumerate(flow.symbols) if symbol.shape is Shape.TERMINATOR]
        targets, sources = {way.target for way in flow.ways}, {way.source for way in flow.ways}
        if flow.symbols and not any(n in flow.starts or n not in targets for n in capsules):
            yield (
                doc.step(number, 0),
                "alur ini digambar tanpa kapsul awal",
                "tulis 'mulai: sendiri' pada langkah pertama",
            )
        if (
            flow.ends
            and not _loose(doc, number)
            and not any(n in flow.ends or n not in sources for n in capsules)
        ):
            row = flow.symbols[flow.ends[-1]].row
            yield (
                doc.step(number, row),
                "alur ini digambar tanpa kapsul akhir",
                "tulis 'selesai: sendiri' pada langkah terakhir",
            )


def _loose(doc: CheckedFile, number: int) -> bool:
    """Whether an end of a table is left loose, as in its source."""
    symbols = (symbol for at, _, _, symbol in doc.written if at == number)
    return any(way.ke == LEPAS for symbol in symbols for way in symbol.arah or ())


def cabang_berlabel(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap cabang keputusan punya label."""
    for number, row, part, symbol in doc.written:
        if symbol.bentuk is Bentuk.BELAH_KETUPAT:
            for n, way in enumerate(symbol.arah or ()):
                if not way.label:
                    yield (
                        doc.way(number, row, part, n),
                        "cabang keputusan ini tanpa label",
                        "tulis Ya, Tidak atau kata lain",
                    )


def cabang_setujuan(doc: CheckedFile) -> Iterator[Finding]:
    """Cabang-cabang satu simbol menuju ke tempat yang berbeda."""
    for number, flow in enumerate(doc.flows):
        seen: set[tuple[int, int, int | None, int | None]] = set()
        for way in flow.ways:
            drawn = (way.source, way.target, way.out, way.into)
            if drawn in seen and way.number is not None:
                symbol = flow.symbols[way.source]
                yield (
                    doc.way(number, symbol.row, symbol.part, way.number),
                    "dua cabang menuju ke tempat yang sama; digambar sebagai satu panah",
                    "periksa tujuannya",
                )
            seen.add(drawn)


def banyak_jalan_keluar(doc: CheckedFile) -> Iterator[Finding]:
    """Hanya belah ketupat yang punya beberapa jalan keluar."""
    for number, row, part, symbol in doc.written:
        targets = {(way.ke, way.sop, way.teks) for way in symbol.arah or ()}
        if symbol.bentuk is not Bentuk.BELAH_KETUPAT and len(targets) > 1:
            yield (
                doc.symbol(number, (row, part), "lanjut"),
                "kotak ini punya beberapa jalan keluar tanpa keputusan",
                "pakai 'keputusan' bila jalannya dipilih; biarkan bila semuanya dijalankan",
            )


def urutan_kolom(doc: CheckedFile) -> Iterator[Finding]:
    """Kolom pelaksana berurut menurut kapan masing-masing mulai bekerja."""
    for number, alur in enumerate(doc.sop.alur):
        worked = doc.worked[number]
        order = [actor for actor in alur.pelaksana if actor in worked]
        rows = [worked[actor] for actor in order]  # those who begin together may stand in any order
        if rows != sorted(rows) and set(order) == set(worked):
            yield (
                doc.chart(number, "pelaksana"),
                f"urutan kolom ({', '.join(order)}) berbeda dari urutan kerja ({', '.join(worked)})",
                "susun kolom menurut urutan kerja supaya alur mulai di kiri",
            )


def kolom_terpakai(doc: CheckedFile) -> Iterator[Finding]:
    """Tiap kolom pelaksana dipakai oleh paling sedikit satu langkah."""
    for number, alur in enumerate(doc.sop.alur):
        for n, actor in enumerate(alur.pelaksana):
            if actor not in doc.worked[number]:
                yield (
                    doc.chart(number, "pelaksana", n),
                    f"kolom '{actor}' tidak dipakai",
                    "hapus kolom itu, kecuali memang ada pada naskah",
                )


def _name(doc: CheckedFile, number: int, row: int) -> str:
    id = doc.sop.alur[number].kegiatan[row].id
    return f"langkah '{id}'" if id else f"langkah baris ke-{row + 1}"


def _reach(begin: Iterable[int], ahead: dict[int, list[int]]) -> set[int]:
    seen, open_ = set(begin), list(begin)
    while open_:
        for target in ahead.get(open_.pop(), ()):
            if target not in seen:
                seen.add(target)
                open_.append(target)
    return seen


SYMBOL_ERRORS: tuple[Rule, ...] = (jalan_buntu, dua_cabang, kembali_ke_diri, kapsul_keliru)
PATH_ERRORS: tuple[Rule, ...] = (tidak_terjangkau, tidak_sampai_akhir)
"""Only for flows whose symbols are sound, so that one slip gives one problem."""
FLOW_WARNINGS: tuple[Rule, ...] = (
    ujung_lepas,
    kapsul_di_tengah,
    kapsul_lengkap,
    cabang_berlabel,
    cabang_setujuan,
    banyak_jalan_keluar,
    urutan_kolom,
    kolom_terpakai,
)
