"""Catalogue + timelines → open data: one JSON record per SOP, all of them in one file, and a CSV of the list.

A record has the words of the source as they stand and, beside them under keys of their own, what was read
from them (dates, lengths of time, the flow): ``structs`` says what it consists of. The number of civil
servants (NIP) is left out: it tells a birthday, and nobody needs it in a table of thousands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.revisions import drafts, periods
from generator.flow.chart import Chart
from generator.flow.timeline import Timeline
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import CELLS
from generator.formats.beside import Format
from generator.formats.html.html import safe_url
from generator.formats.open_data import flow_structs, structs
from generator.formats.open_data.pieces import Piece
from generator.formats.open_data.schema import SCHEMAS, indented
from generator.formats.open_data.structs import BY_KEY
from generator.model.dates import parse_date
from generator.model.durations import Duration, Span, Total, parse_duration, times_of, total_of, total_text
from generator.model.sop import SOP, Alur, Kegiatan
from generator.model.values import DataStruct

DATA = "data"
"""Folder of the data files on the site."""
ALL = f"{DATA}/sop.json"
BETWEEN = ",\n"
"""Stands between the lines of the file of all records."""
Kind = TypeVar("Kind", bound=Struct)


def record_path(slug: str) -> str:
    """Address of an SOP's record from the top of the site."""
    return f"{DATA}/sop/{slug}.json"


def version_path(slug: str, number: int) -> str:
    """Lasting address of the page of a version from the top of the site."""
    return f"sop/{slug}/versi/{number}/"


def version_record_path(slug: str, number: int) -> str:
    """Lasting address of the record of a version from the top of the site."""
    return f"{DATA}/sop/{slug}/{number}.json"


def version_place(slug: str, number: int, versions: int) -> tuple[str, str]:
    """Where the page and the record of a version lie, one of so many: the only version of an SOP is not
    written twice, so that it is read where the SOP is, until there is another."""
    if versions == 1:
        return f"sop/{slug}/", record_path(slug)
    return version_path(slug, number), version_record_path(slug, number)


def sop_record(
    sop: SOP, catalogue: Catalogue, timelines: Sequence[Timeline], versions: Sequence[SOP] = ()
) -> Struct:
    """The record of one SOP; ``timelines`` stand in the order of its flows. With ``versions`` (all of them,
    oldest first) it is the lasting record of the version that the SOP is.

    ``sidik`` is the SHA-256 of the record without itself, signatures, reviews, history and addresses, as JSON
    with sorted keys and no spaces: it changes when the SOP does.
    """
    content = _content(sop, catalogue, timelines)
    return structs.SopRecord(
        **content,
        sidik=hashlib.sha256(_json(content, order="sorted")).hexdigest(),
        tanda_tangan=tuple(_like(structs.SignatureRecord, one) for one in sop.tanda_tangan),
        tinjauan=tuple(_like(structs.ReviewRecord, one, tanggal=_date(one.tanggal)) for one in sop.tinjauan),
        riwayat=_history(versions or catalogue.versions(sop.slug), catalogue),
        alamat=lasting_addresses(sop, catalogue) if versions else _addresses(sop, catalogue),
    )


def _content(sop: SOP, catalogue: Catalogue, timelines: Sequence[Timeline]) -> dict[str, Any]:
    """The keys of a record whose words are of the SOP and of what it names."""
    flows = zip(sop.alur, catalogue.charts[sop.slug], timelines, strict=True)
    dates = {box.path[-1]: _date(box.of(sop)) for box in FIELDS if box.kind is ValueKind.DATE}
    return {
        "id": sop.slug,
        "nama": sop.nama,
        "nomor": sop.nomor,
        "versi": _like(structs.VersionRecord, sop.versi),
        "klasifikasi": sop.klasifikasi,
        "unit": tuple(_like(structs.UnitRecord, unit) for unit in catalogue.unit_chain(sop.unit)),
        "kop": catalogue.kop(sop),
        "tanggal": structs.DatesRecord(**dates),
        "pencabutan": _revocation(sop),
        "disahkan_oleh": _like(structs.SignerRecord, sop.disahkan_oleh) if sop.disahkan_oleh else None,
        "tujuan": sop.tujuan,
        "dasar_hukum": tuple(
            _like(structs.LawRecord, catalogue.hukum[id]) for id in sop.dasar_hukum if id in catalogue.hukum
        ),
        "keterkaitan": tuple(_like(structs.RelatedRecord, related) for related in sop.keterkaitan),
        **{box.key: box.of(sop) for box in BOXES if box.kind in (ValueKind.TEXT, ValueKind.LINES)},
        "alur": tuple(_flow(alur, chart, timeline, catalogue) for alur, chart, timeline in flows),
        "waktu_total": _total(whole_time(sop)),
        "dugaan": tuple(_like(structs.ReadingRecord, reading) for reading in sop.dugaan),
        "dokumen_resmi": _signed(sop, catalogue),
    }


def record_text(record: Struct, catalogue: Catalogue, lasting: bool = False) -> bytes:
    """The file of one record; ``lasting``: that of a version, which lies a folder deeper."""
    schema = absolute(catalogue, SCHEMAS[0]) or ("../" if lasting else "") + "../skema/sop.schema.json"
    return indented(_json(replace(record, schema=schema)))


def record_line(record: Struct) -> str:
    """A record as it stands in the file of all records."""
    return msgspec.json.format(_json(record), indent=0).decode()


def all_text(lines: Iterable[Piece], count: int, catalogue: Catalogue) -> Iterator[Piece]:
    """The file of all records, piece by piece; ``lines`` are those of ``record_line``, ``count`` in all: each
    by itself, or several joined by ``BETWEEN``."""
    schema = absolute(catalogue, SCHEMAS[1]) or "skema/daftar.schema.json"
    agency = _like(structs.AgencyRecord, catalogue.instansi)
    head = msgspec.json.format(_json({"$schema": schema, "instansi": agency, "jumlah": count}), indent=0)
    yield f'{head.decode()[:-1]}, "sop": [\n'
    for number, line in enumerate(lines):
        if number:
            yield BETWEEN
        yield line
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
    return total_of(times_of(step for alur in sop.alur for step in alur.kegiatan))


def _addresses(sop: SOP, catalogue: Catalogue) -> Struct:
    page = f"sop/{sop.slug}/"

    def full(path: str) -> str:
        return absolute(catalogue, path) or path

    return structs.AddressRecord(
        halaman=full(page),
        data=full(record_path(sop.slug)),
        **{form.key: _had(form, [full(page + name) for name in form.names(sop)]) for form in BY_KEY},
    )


def _had(form: Format, addresses: list[str]) -> list[str] | str | None:
    return addresses if form.each else next(iter(addresses), None)


def lasting_addresses(sop: SOP, catalogue: Catalogue) -> Struct:
    """Where the version that an SOP is can always be had."""
    page = version_path(sop.slug, sop.versi.nomor)
    data = version_record_path(sop.slug, sop.versi.nomor)
    return structs.AddressRecord(
        halaman=absolute(catalogue, page) or page,
        data=absolute(catalogue, data) or data,
        **{form.key: _had(form, []) for form in BY_KEY},
    )


def _history(versions: Sequence[SOP], catalogue: Catalogue) -> tuple[structs.PastRecord, ...]:
    never = drafts(versions)
    rows = []
    for period in periods(versions):
        sop, number = period.sop, period.sop.versi.nomor
        page, data = version_place(sop.slug, number, len(versions))
        row = _like(
            structs.PastRecord,
            sop.versi,
            dari=period.since,
            sampai=period.until,
            sampai_pasti=period.certain,
            rancangan=number in never,
            halaman=absolute(catalogue, page) or page,
            data=absolute(catalogue, data) or data,
        )
        rows.append(row)
    return tuple(rows)


def _revocation(sop: SOP) -> structs.RevocationRecord | None:
    revoked = sop.pencabutan
    if revoked is None:
        return None
    return _like(structs.RevocationRecord, revoked, tanggal=_date(revoked.tanggal), teks=revoked.teks or None)


def _signed(sop: SOP, catalogue: Catalogue) -> str | None:
    """Address of the signed document, where it is one that may be followed."""
    said = sop.dokumen_resmi or ""
    return (absolute(catalogue, said) or said) if said.startswith("naskah/") else safe_url(said)


def _date(text: str | None) -> flow_structs.DateRecord:
    return flow_structs.DateRecord(teks=text, tanggal=parse_date(text))


def _like(kind: type[Kind], value: DataStruct, **more: Any) -> Kind:
    """A record of what a value says under the same names, and of ``more``."""
    same = {name: getattr(value, name) for name in kind.__struct_fields__ if name not in more}
    return kind(**same, **more)


def _flow(alur: Alur, chart: Chart, timeline: Timeline, catalogue: Catalogue) -> flow_structs.FlowRecord:
    actors = [(lane, catalogue.pelaksana.get(lane.id)) for lane in chart.lanes]
    return flow_structs.FlowRecord(
        id=alur.id,
        judul=alur.judul,
        pelaksana=tuple(
            flow_structs.LaneRecord(lane.id, lane.heading, actor.lengkap if actor else None)
            for lane, actor in actors
        ),
        kegiatan=tuple(_step(step, row, chart) for row, step in enumerate(alur.kegiatan)),
        simbol=tuple(
            flow_structs.NodeRecord(
                node.id, node.shape, node.row, chart.lanes[node.lane].id, node.text, node.sop, node.loose
            )
            for node in chart.nodes
        ),
        panah=tuple(
            flow_structs.EdgeRecord(edge.source, edge.target, edge.label, edge.main, edge.dashed)
            for edge in chart.edges
        ),
        bersama=tuple((pair.left, pair.right) for pair in chart.pairs),
        waktu=tuple(
            flow_structs.FlowTimeRecord(
                family.family, _number(family.best), _number(family.forward), _number(family.returns)
            )
            for family in timeline.families
        ),
    )


def _step(step: Kegiatan, row: int, chart: Chart) -> Struct:
    lanes = sorted({node.lane for node in chart.nodes if node.row == row})
    cells = {column.key: getattr(step, column.field) for column in CELLS}
    cells["waktu"] = _time(parse_duration(step.waktu)) if step.waktu is not None else None
    return flow_structs.StepRecord(
        baris=row,
        id=chart.rows[row].id,
        no=chart.rows[row].number,
        uraian=step.uraian,
        pelaksana=tuple(chart.lanes[lane].id for lane in lanes),
        **cells,
        gabung=step.gabung,
        sop=step.sop,
    )


def _time(duration: Duration) -> flow_structs.TimeRecord:
    return flow_structs.TimeRecord(
        duration.text, duration.kind, tuple(map(_span, duration.spans)), duration.per or None
    )


def _total(total: Total) -> structs.TotalRecord:
    return structs.TotalRecord(
        total_text(total), tuple(map(_span, total.spans)), total.blank, total.unmeasured
    )


def _span(span: Span) -> flow_structs.SpanRecord:
    return flow_structs.SpanRecord(span.family, _number(span.low), _number(span.high))


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 6)


def _json(value: Any, order: Literal["sorted"] | None = None) -> bytes:
    """JSON without spaces, which is UTF-8 whatever the text holds."""
    try:
        return msgspec.json.encode(value, order=order)
    except UnicodeEncodeError:  # half of a pair of surrogates, as YAML can write it
        text = json.dumps(msgspec.to_builtins(value, order=order), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")
