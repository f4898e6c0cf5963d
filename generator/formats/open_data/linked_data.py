"""SOP → what machines read in the head of its page: schema.org as JSON-LD, and the SOP in one sentence.

The type is ``HowTo``: an SOP says how a result is reached by steps in order, and that is what the type
means. ``GovernmentService`` would promise a citizen a service, which few SOPs are, and ``DigitalDocument``
would claim that the page is the signed document, which it is not.
"""

from __future__ import annotations

import json
from typing import Any

from generator.data.catalogue import Catalogue
from generator.data.revisions import revoked_since
from generator.formats.html.html import step_anchor
from generator.formats.open_data.records import absolute, record_path
from generator.formats.open_data.structs import BY_KEY
from generator.model.dates import parse_date
from generator.model.durations import Family, Total, times_of, total_of, total_text
from generator.model.lists import read_list
from generator.model.registers import Peraturan
from generator.model.sop import SOP

_PERIODS = {Family.TAHUN: "P{}Y", Family.BULAN: "P{}M", Family.MINGGU: "P{}W", Family.HARI: "P{}D"}
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)

Json = dict[str, Any]


def json_ld(sop: SOP, catalogue: Catalogue) -> str:
    """The JSON-LD of an SOP, safe to stand inside a script element. Addresses are absolute where the agency
    says where its site is, else relative to the page."""
    page = absolute(catalogue, f"sop/{sop.slug}/") or ""
    actors = _actors(sop, catalogue)
    value: Json = {
        "@context": "https://schema.org",
        "@type": "HowTo",
        "@id": f"{page}#sop",
        "name": sop.nama,
        "description": sop_description(sop, catalogue),
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "identifier": sop.slug,
        "version": sop.versi.nomor,
        "publisher": {"@type": "GovernmentOrganization", "name": catalogue.instansi.nama},
        "step": _steps(sop, page),
        "encoding": [_file(sop, catalogue, *file) for file in _files(sop)],
    }
    if page:
        value["url"] = page
    if actors:
        value["audience"] = [{"@type": "Audience", "audienceType": name} for name in actors]
    if tools := read_list(sop.peralatan_perlengkapan).items:
        value["tool"] = [{"@type": "HowToTool", "name": name} for name in tools]
    if laws := [catalogue.hukum[id] for id in sop.dasar_hukum if id in catalogue.hukum]:
        value["isBasedOn"] = [_law(law) for law in laws]
    if period := iso_period(_total(sop)):
        value["totalTime"] = period
    for key, text in (("dateCreated", sop.tanggal.pembuatan), ("dateModified", sop.tanggal.revisi)):
        if day := parse_date(text):
            value[key] = day.isoformat()
    if since := revoked_since(sop):
        value |= {"creativeWorkStatus": "Dicabut", "expires": since.isoformat()}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode().translate(_ESCAPES)


def sop_description(sop: SOP, catalogue: Catalogue) -> str:
    """The SOP in one sentence, for search engines and shared links."""
    count = sum(len(alur.kegiatan) for alur in sop.alur)
    actors = _actors(sop, catalogue)
    parts = [f"{count} langkah"]
    if actors:
        parts.append(f"oleh {', '.join(actors)}")
    total = _total(sop)
    if total.spans:
        parts.append(f"waktu {total_text(total)}")
    unit = catalogue.unit[sop.unit].nama if sop.unit in catalogue.unit else catalogue.instansi.nama
    return f"SOP {sop.nama}: {'; '.join(parts)}. {unit}."


def iso_period(total: Total) -> str | None:
    """A sum as an ISO 8601 duration; None where it is not one exact length in one unit that ISO 8601 has (a
    working day is none)."""
    if len(total.spans) != 1 or total.unknown or total.per:
        return None
    (span,) = total.spans
    if span.low != span.high or span.high.denominator != 1:
        return None
    if span.family is Family.MENIT:
        return f"PT{span.high}M"
    return _PERIODS[span.family].format(span.high) if span.family in _PERIODS else None


def _steps(sop: SOP, page: str) -> list[Json]:
    sections = []
    for number, alur in enumerate(sop.alur):
        steps: list[Json] = [
            {
                "@type": "HowToStep",
                "position": row + 1,
                "text": step.uraian,
                "url": f"{page}#{step_anchor(number, row)}",
            }
            for row, step in enumerate(alur.kegiatan)
        ]
        if len(sop.alur) == 1:
            return steps
        sections.append(
            {
                "@type": "HowToSection",
                "name": alur.judul or f"Alur {number + 1}",
                "position": number + 1,
                "itemListElement": steps,
            }
        )
    return sections


def _files(sop: SOP) -> list[tuple[str, str]]:
    """Path from the top of the site and media type of what an SOP can be had as."""
    page = f"sop/{sop.slug}/"
    return [
        (record_path(sop.slug), "application/json"),
        *((page + name, form.media) for form in BY_KEY for name in form.names(sop)),
    ]


def _file(sop: SOP, catalogue: Catalogue, path: str, kind: str) -> Json:
    return {
        "@type": "MediaObject",
        "encodingFormat": kind,
        "contentUrl": absolute(catalogue, path) or f"../../{path}",
    }


def _law(law: Peraturan) -> Json:
    return {
        "@type": "Legislation",
        "name": law.nama,
        "alternateName": law.kutipan,
        "legislationType": law.jenis,
    }


def _actors(sop: SOP, catalogue: Catalogue) -> list[str]:
    ids = dict.fromkeys(id for alur in sop.alur for id in alur.pelaksana)
    return [catalogue.pelaksana[id].nama for id in ids if id in catalogue.pelaksana]


def _total(sop: SOP) -> Total:
    return total_of(times_of(step for alur in sop.alur for step in alur.kegiatan))
