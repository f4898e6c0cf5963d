"""SOP → plain values as its file writes them: the inverse of ``validate.schema.read_sop``.

Short forms where the file has them (one actor as text, a decision as a mapping of labels, one table at the
top of the file); what the SOP does not say has no key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import asdict

from generator.data.validate.steps import BERIKUTNYA
from generator.data.writing.yaml_style import Plain
from generator.form.boxes import BOXES, ValueKind
from generator.form.columns import CELLS
from generator.form.symbols import Bentuk
from generator.model.records import Peninjauan, TandaTangan
from generator.model.sop import SOP, Alur, Arah, Hubungan, Kegiatan, Pencabutan, Rujukan, Simbol
from generator.model.values import DataStruct

_LINES = ("kop", *(box.key for box in BOXES if box.kind is ValueKind.LINES))
_SIMPLE = ("nama", "nomor", "unit", "klasifikasi", "dokumen_resmi", "sidik_data", "kertas", "tujuan")


def sop_form(sop: SOP) -> dict[str, Plain]:
    """The SOP as its file writes it, without its slug, in the order of the file."""
    form: dict[str, Any] = {key: _text(getattr(sop, key)) for key in _SIMPLE}
    form |= {key: _lines(getattr(sop, key)) for key in _LINES}
    form["judul_terbuka"] = "ya" if sop.judul_terbuka else None
    form["versi"] = _given(sop.versi) if sop.versi != type(sop.versi)() else None
    form["tanggal"] = _given(sop.tanggal) or None
    form["pencabutan"] = None if sop.pencabutan is None else _revocation(sop.pencabutan)
    form["disahkan_oleh"] = None if sop.disahkan_oleh is None else _given(sop.disahkan_oleh)
    form["tanda_tangan"] = [signature_form(one) for one in sop.tanda_tangan] or None
    form["tinjau_ulang_bulan"] = sop.tinjau_ulang_bulan
    form["tinjauan"] = [review_form(one) for one in sop.tinjauan] or None
    form["dasar_hukum"] = list(sop.dasar_hukum) or None
    form["keterkaitan"] = [_relation(related) for related in sop.keterkaitan] or None
    form["label"] = dict(sop.label) or None
    form["kolom"] = None if sop.kolom is None else list(sop.kolom)
    form["dugaan"] = [_given(reading) for reading in sop.dugaan] or None
    form["catatan"] = list(sop.catatan) or None
    if len(sop.alur) == 1:
        (alur,) = sop.alur
        form["judul_tabel"] = alur.judul
        form |= _table(alur)
    else:
        form["alur"] = [_kept({"judul": alur.judul} | _table(alur)) for alur in sop.alur]
    return _kept(form)


def signature_form(one: TandaTangan) -> dict[str, Plain]:
    """A signature as its file writes it."""
    return _given(one) | ({"cap_waktu": "ya"} if one.cap_waktu else {"cap_waktu": "tidak"})


def review_form(one: Peninjauan) -> dict[str, Plain]:
    """A review as its file writes it."""
    form: dict[str, Any] = {"tanggal": one.tanggal, "oleh": one.oleh, "catatan": one.catatan}
    return _kept(form | {"dilihat": dict(one.dilihat) or None})


def step_form(step: Kegiatan) -> dict[str, Plain]:
    """One step as its file writes it."""
    form: dict[str, Any] = {"id": step.id, "no": step.no, "uraian": step.uraian}
    form["pelaksana"] = None if step.simbol else _one(step.pelaksana)
    form["hubungan"] = None if step.hubungan is Hubungan.GARIS else step.hubungan.value
    form["mulai"] = _text(step.mulai)
    form["selesai"] = _text(step.selesai)
    form["pertanyaan"] = step.pertanyaan or None
    form |= ways_form(step.arah, step.keputusan)
    form["simbol"] = [_symbol(symbol) for symbol in step.simbol] or None
    form["sop"] = step.sop
    for column in CELLS:
        value = getattr(step, column.field)
        form[column.field] = _lines(value) if column.lines else value
    form["gabung"] = _one(step.gabung)
    return _kept(form)


def ways_form(ways: tuple[Arah, ...] | None, decision: bool) -> dict[str, Plain]:
    """``keputusan`` or ``lanjut`` as the file writes it; nothing where the flow just goes on."""
    if ways is None:
        return {}
    if not decision and not any(way.label for way in ways):
        targets = [_target(way) or BERIKUTNYA for way in ways]
        return {"lanjut": targets[0] if len(targets) == 1 else targets}
    branches: dict[str, list[Plain]] = {}
    for way in ways:
        branches.setdefault(way.label, []).append(_target(way))
    named: dict[str, Plain] = {
        label: found[0] if len(found) == 1 else [target or BERIKUTNYA for target in found]
        for label, found in branches.items()
    }
    return {"keputusan" if decision else "lanjut": named}


def _target(way: Arah) -> Plain:
    if way.sop is not None and way.garis is None:
        return {"sop": way.sop}
    if way.pelaksana is None and way.dari is None and way.garis is None:
        return way.ke
    target = {"sop": way.sop} if way.sop is not None else {"ke": way.ke or BERIKUTNYA}
    return _kept({**target, "pelaksana": way.pelaksana, "dari": way.dari, "garis": _text(way.garis)})


def _table(alur: Alur) -> dict[str, Any]:
    return {"pelaksana": list(alur.pelaksana), "kegiatan": [step_form(step) for step in alur.kegiatan]}


def _symbol(symbol: Simbol) -> dict[str, Plain]:
    shape = Bentuk.BELAH_KETUPAT if symbol.keputusan else Bentuk.KOTAK
    form: dict[str, Any] = {"id": symbol.id}
    form["bentuk"] = None if symbol.bentuk is shape else symbol.bentuk.value
    form["pelaksana"] = _one(symbol.pelaksana) or []
    form["hubungan"] = None if symbol.hubungan is Hubungan.GARIS else symbol.hubungan.value
    form["bersama"] = "ya" if symbol.bersama else None
    form["teks"] = symbol.teks or None
    form |= ways_form(symbol.arah, symbol.keputusan)
    form["sop"] = symbol.sop
    return _kept(form)


def _relation(related: Rujukan) -> Plain:
    return related.teks if related.teks and related.sop is None else _given(related)


def _revocation(revoked: Pencabutan) -> dict[str, Plain]:
    return _kept({key: getattr(revoked, key) for key in ("tanggal", "dasar", "pengganti")})


def _given(value: DataStruct) -> dict[str, Plain]:
    return _kept(
        {
            key: item if item is None or isinstance(item, int) else str(item)
            for key, item in asdict(value).items()
        }
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _one(values: tuple[str, ...]) -> Plain:
    return None if not values else values[0] if len(values) == 1 else list(values)


def _lines(lines: Iterable[str]) -> str | None:
    return "\n".join(lines) or None


def _kept(form: dict[str, Any]) -> dict[str, Plain]:
    """Without the keys that hold nothing, in the order of the file."""
    return {key: value for key, value in form.items() if value is not None}
