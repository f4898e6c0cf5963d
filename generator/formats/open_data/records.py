"""Catalogue + timelines → open data: one JSON record per SOP, all of them in one file, and a CSV of the list.

A record has the words of the source as they stand and, beside them under keys of their own, what was read
from them (dates, lengths of time, the flow). ``skema/sop.schema.json`` describes it. The number of civil
servants (NIP) is left out: it tells a birthday, and nobody needs it in a table of thousands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from typing import Any

from generator.data.catalogue import Catalogue
from generator.data.revisions import drafts, periods
from generator.flow.chart import Chart
from generator.flow.timeline import Timeline
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import CELLS
from generator.form.symbols import BY_WORD, Bentuk
from generator.formats.beside import BESIDE, Format
from generator.formats.html.html import safe_url
from generator.model.dates import parse_date
from generator.model.durations import Duration, Span, Total, parse_duration, total_of, total_text
from generator.model.registers import Peraturan
from generator.model.sop import SOP, Alur, Kegiatan
from generator.model.values import DataStruct

DATA = "data"
"""Folder of the data files on the site."""
ALL = f"{DATA}/sop.json"
SCHEMAS = (f"{DATA}/skema/sop.schema.json", f"{DATA}/skema/daftar.schema.json")
BY_KEY = sorted(BESIDE, key=lambda form: form.key)
"""The formats beside a page as records name them."""
Record = dict[str, Any]


def record_path(slug: str) -> str:
    """Address of an SOP's record from the top of the site."""
    return f"{DATA}/sop/{slug}.json"


def version_path(slug: str, number: int) -> str:
    """Lasting address of the page of a version from the top of the site."""
    return f"sop/{slug}/versi/{number}/"


def version_record_path(slug: str, number: int) -> str:
    """Lasting address of the record of a version from the top of the site."""
    return f"{DATA}/sop/{slug}/{number}.json"


def schema_files() -> dict[str, str]:
    """The published JSON Schemas by address from the top of the site."""
    folder = files("generator.formats.open_data") / "skema"
    found = {path: (folder / path.rpartition("/")[2]).read_text(encoding="utf-8") for path in SCHEMAS}
    whole, drawn = json.loads(found[SCHEMAS[0]]), [BY_WORD[word] for word in Bentuk]
    whole["$defs"]["simbol"]["properties"]["bentuk"] = {
        "description": ", ".join(form.name.lower() for form in drawn) + ".",
        "enum": [form.shape for form in drawn],
    }
    addresses = whole["properties"]["alamat"]
    addresses["properties"] |= {form.key: _schema_of(form) for form in BY_KEY}
    addresses["required"] = list(addresses["properties"])
    return {**found, SCHEMAS[0]: _json(whole, indent=1) + "\n"}


def _schema_of(form: Format) -> Record:
    """What the addresses of a format look like."""
    if form.each:
        told = "Satu untuk tiap alur; kosong pada data tetap sebuah versi."
        return {"description": told, "type": "array", "items": {"type": "string", "format": "uri-reference"}}
    told = "null: SOP ini belum beralur, atau data ini data tetap sebuah versi."
    return {"description": told, "type": ["string", "null"], "format": "uri-reference"}


def sop_record(
    sop: SOP, catalogue: Catalogue, timelines: Sequence[Timeline], versions: Sequence[SOP] = ()
) -> Record:
    """The record of one SOP; ``timelines`` stand in the order of its flows. With ``versions`` (all of them,
    oldest first) it is the lasting record of the version that the SOP is.

    ``sidik`` is the SHA-256 of the record without itself, signatures, reviews, history and addresses, as JSON
    with sorted keys and no spaces: it changes when the SOP does.
    """
    charts = catalogue.charts[sop.slug]
    record: Record = {
        "id": sop.slug,
        "nama": sop.nama,
        "nomor": sop.nomor,
        "versi": {"nomor": sop.versi.nomor, "perubahan": sop.versi.perubahan, "alasan": sop.versi.alasan},
        "klasifikasi": sop.klasifikasi.value if sop.klasifikasi else None,
        "unit": [{"id": unit.id, "nama": unit.nama} for unit in catalogue.unit_chain(sop.unit)],
        "kop": list(catalogue.kop(sop)),
        "tanggal": {box.path[-1]: _date(box.of(sop)) for box in FIELDS if box.kind is ValueKind.DATE},
        "pencabutan": _revocation(sop),
        "disahkan_oleh": _of(sop.disahkan_oleh, "jabatan", "nama") if sop.disahkan_oleh else None,
        "tujuan": sop.tujuan,
        "dasar_hukum": [_law(catalogue.hukum[id]) for id in sop.dasar_hukum if id in catalogue.hukum],
        "keterkaitan": [{"teks": related.teks, "sop": related.sop} for related in sop.keterkaitan],
        **{box.key: _plain(box.of(sop)) for box in BOXES if box.kind in (ValueKind.TEXT, ValueKind.LINES)},
        "alur": [
            _flow(alur, chart, timeline, catalogue)
            for alur, chart, timeline in zip(sop.alur, charts, timelines, strict=True)
        ],
        "waktu_total": _total(whole_time(sop)),
        "dugaan": [_of(reading, "hal", "alasan", "keyakinan") for reading in sop.dugaan],
        "dokumen_resmi": _signed(sop, catalogue),
    }
    sealed = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    record["sidik"] = hashlib.sha256(sealed.encode("utf-8", "surrogatepass")).hexdigest()
    return {
        **record,
        "tanda_tangan": [
            _of(one, "nama", "jabatan", "waktu", "cap_waktu", "keadaan", "sertifikat")
            for one in sop.tanda_tangan
        ],
        "tinjauan": [
            {"tanggal": _date(one.tanggal), "oleh": one.oleh, "catatan": one.catatan} for one in sop.tinjauan
        ],
        "riwayat": _history(versions or catalogue.versions(sop.slug), catalogue),
        "alamat": lasting_addresses(sop, catalogue) if versions else _addresses(sop, catalogue),
    }


def record_text(record: Mapping[str, Any], catalogue: Catalogue, lasting: bool = False) -> str:
    """The file of one record; ``lasting``: that of a version, which lies a folder deeper."""
    schema = absolute(catalogue, SCHEMAS[0]) or ("../" if lasting else "") + "../skema/sop.schema.json"
    return _json({"$schema": schema, **record}, indent=1) + "\n"


def record_line(record: Mapping[str, Any]) -> str:
    """A record as it stands in the file of all records."""
    return _json(record)


def all_text(lines: Iterable[str], count: int, catalogue: Catalogue) -> Iterator[str]:
    """The file of all records, piece by piece; ``lines`` are those of ``record_line``, ``count`` of them."""
    agency = catalogue.instansi
    head = {
        "$schema": absolute(catalogue, SCHEMAS[1]) or "skema/daftar.schema.json",
        "instansi": {"nama": agency.nama, "singkatan": agency.singkatan, "pemerintah": agency.pemerintah},
        "jumlah": count,
    }
    yield f'{_json(head)[:-1]}, "sop": [\n'
    for number, line in enumerate(lines):
        yield f",\n{line}" if number else line
    yield "\n]}\n"


def absolute(catalogue: Catalogue, path: str) -> str | None:
    """A file's address with the site's own before it; None where the agency has not said where that is."""
    site = catalogue.home or catalogue.instansi.situs
    return f"{site.rstrip('/')}/{path}" if site else None


def on_site(catalogue: Catalogue, path: str) -> str | None:
    """The same on the site of the catalogue's own readers, which may lie elsewhere."""
    return absolute(catalogue, path) if catalogue.home else None


def whole_time(sop: SOP) -> Total:
    """The times of all steps together."""
    return total_of(step.waktu for alur in sop.alur for step in alur.kegiatan)


def _addresses(sop: SOP, catalogue: Catalogue) -> Record:
    page = f"sop/{sop.slug}/"

    def full(path: str) -> str:
        return absolute(catalogue, path) or path

    return {
        "halaman": full(page),
        "data": full(record_path(sop.slug)),
        **{form.key: _had(form, [full(page + name) for name in form.names(sop)]) for form in BY_KEY},
    }


def _had(form: Format, addresses: list[str]) -> list[str] | str | None:
    return addresses if form.each else next(iter(addresses), None)


def lasting_addresses(sop: SOP, catalogue: Catalogue) -> Record:
    """Where the version that an SOP is can always be had."""
    page = version_path(sop.slug, sop.versi.nomor)
    data = version_record_path(sop.slug, sop.versi.nomor)
    return {
        "halaman": absolute(catalogue, page) or page,
        "data": absolute(catalogue, data) or data,
        **{form.key: _had(form, []) for form in BY_KEY},
    }


def _history(versions: Sequence[SOP], catalogue: Catalogue) -> list[Record]:
    never = drafts(versions)
    rows = []
    for period in periods(versions):
        sop, number = period.sop, period.sop.versi.nomor
        page, data = version_path(sop.slug, number), version_record_path(sop.slug, number)
        rows.append(
            {
                "nomor": number,
                "dari": period.since.isoformat() if period.since else None,
                "sampai": period.until.isoformat() if period.until else None,
                "sampai_pasti": period.certain,
                "rancangan": number in never,
                "perubahan": sop.versi.perubahan,
                "alasan": sop.versi.alasan,
                "halaman": absolute(catalogue, page) or page,
                "data": absolute(catalogue, data) or data,
            }
        )
    return rows


def _revocation(sop: SOP) -> Record | None:
    revoked = sop.pencabutan
    if revoked is None:
        return None
    return {
        "tanggal": _date(revoked.tanggal),
        "dasar": revoked.dasar,
        "pengganti": revoked.pengganti,
        "teks": revoked.teks or None,
    }


def _signed(sop: SOP, catalogue: Catalogue) -> str | None:
    """Address of the signed document, where it is one that may be followed."""
    said = sop.dokumen_resmi or ""
    return (absolute(catalogue, said) or said) if said.startswith("naskah/") else safe_url(said)


def _date(text: str | None) -> Record:
    day = parse_date(text)
    return {"teks": text, "tanggal": day.isoformat() if day else None}


def _of(value: DataStruct, *keys: str) -> Record:
    """These fields of a value."""
    return {key: getattr(value, key) for key in keys}


def _law(law: Peraturan) -> Record:
    shown = (
        "id",
        "kutipan",
        "jenis",
        "nomor",
        "tahun",
        "judul",
        "dimaksud",
        "keyakinan",
        "catatan",
        "tautan",
    )
    return {**_of(law, *shown), "nama": law.nama, "status": law.status.value}


def _flow(alur: Alur, chart: Chart, timeline: Timeline, catalogue: Catalogue) -> Record:
    actors = [(lane, catalogue.pelaksana.get(lane.id)) for lane in chart.lanes]
    return {
        "id": alur.id,
        "judul": alur.judul,
        "pelaksana": [
            {"id": lane.id, "nama": lane.heading, "lengkap": actor.lengkap if actor else None}
            for lane, actor in actors
        ],
        "kegiatan": [_step(step, row, chart) for row, step in enumerate(alur.kegiatan)],
        "simbol": [
            {
                "id": node.id,
                "bentuk": node.shape.value,
                "baris": node.row,
                "pelaksana": chart.lanes[node.lane].id,
                "teks": node.text,
                "sop": node.sop,
            }
            for node in chart.nodes
        ],
        "panah": [
            {"dari": edge.source, "ke": edge.target, "label": edge.label, "utama": edge.main}
            for edge in chart.edges
        ],
        "bersama": [[pair.left, pair.right] for pair in chart.pairs],
        "waktu": [
            {
                "satuan": family.family.value,
                "tercepat": _number(family.best),
                "terlama": _number(family.forward),
                "pengembalian": _number(family.returns),
            }
            for family in timeline.families
        ],
    }


def _step(step: Kegiatan, row: int, chart: Chart) -> Record:
    lanes = sorted({node.lane for node in chart.nodes if node.row == row})
    return {
        "baris": row,
        "id": chart.rows[row].id,
        "no": chart.rows[row].number,
        "uraian": step.uraian,
        "pelaksana": [chart.lanes[lane].id for lane in lanes],
        **{column.key: _plain(getattr(step, column.field)) for column in CELLS},
        "waktu": _time(parse_duration(step.waktu)) if step.waktu is not None else None,
        "sop": step.sop,
    }


def _plain(value: str | tuple[str, ...] | None) -> str | list[str] | None:
    return list(value) if isinstance(value, tuple) else value


def _time(duration: Duration) -> Record:
    return {
        "teks": duration.text,
        "terbaca": duration.kind.value,
        "rentang": [_span(span) for span in duration.spans],
        "per": duration.per or None,
    }


def _total(total: Total) -> Record:
    return {
        "teks": total_text(total),
        "rentang": [_span(span) for span in total.spans],
        "langkah_tanpa_waktu": total.blank,
        "langkah_tak_terukur": total.unmeasured,
    }


def _span(span: Span) -> Record:
    return {"satuan": span.family.value, "dari": _number(span.low), "sampai": _number(span.high)}


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 6)


def _json(value: Mapping[str, Any], indent: int | None = None) -> str:
    """JSON that is UTF-8 whatever the text holds."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return text.encode("utf-8", "replace").decode()
