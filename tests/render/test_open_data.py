"""Open data: every record holds to the published schema, and no text of an SOP breaks out of its file."""

from __future__ import annotations

import copy
import csv
import functools
import io
import json
import operator
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from referencing import Registry, Resource

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.flow.process import build_process
from generator.flow.timeline import Timeline, build_timeline
from generator.formats.open_data.linked_data import iso_period, json_ld, sop_description
from generator.formats.open_data.lists import COLUMNS, list_csv, list_row
from generator.formats.open_data.records import all_text, record_line, record_text, sop_record
from generator.formats.open_data.schema import SCHEMAS, schema_files
from generator.model.durations import parse_duration, total_of
from generator.model.klasifikasi import Klasifikasi
from generator.model.registers import Instansi, Pelaksana, Unit
from generator.model.sop import SOP, Pengesahan, Tanggal
from tests.catalogue.facts import FILES
from tests.render.test_bpmn import SOPS

DATA = Path(__file__).parents[2] / "sop_data"
NASTY = (
    "=1+1",
    "@SUM(A1)",
    "+62",
    "- strip",
    "</script><script>",
    "{{ x }}",
    "]]>",
    "a\u2028b",
    "\ud800",
    "&lt;",
)


def real() -> Catalogue:
    found, _ = read_catalogue(DATA)
    assert found is not None
    return found.for_audience(Audience.PUBLIK)


def listed(records: list[Struct], catalogue: Catalogue) -> str:
    return "".join(map(str, all_text([record_line(one) for one in records], len(records), catalogue)))


def catalogue_of(*sops: SOP, situs: str | None = None) -> Catalogue:
    actors = {
        id: Pelaksana(id=id, nama=id.upper()) for sop in sops for alur in sop.alur for id in alur.pelaksana
    }
    agency = Instansi(nama="Dinas Contoh", singkatan="Contoh", pemerintah="Pemerintah Contoh", situs=situs)
    return Catalogue(
        instansi=agency,
        unit={"unit": Unit(id="unit", nama="Unit")},
        pelaksana=actors,
        hukum={},
        sop={sop.slug: sop for sop in sops},
    )


def timelines(sop: SOP, catalogue: Catalogue) -> list[Timeline]:
    return [
        build_timeline(
            build_process(chart, [step.uraian for step in alur.kegiatan], {}),
            [parse_duration(step.waktu) for step in alur.kegiatan],
        )
        for alur, chart in zip(sop.alur, catalogue.charts[sop.slug], strict=True)
    ]


def record(sop: SOP, catalogue: Catalogue) -> Struct:
    return sop_record(sop, catalogue, timelines(sop, catalogue))


def told(sop: SOP, catalogue: Catalogue) -> dict[str, Any]:
    """The file of a record, read again."""
    found = json.loads(record_text(record(sop, catalogue), catalogue))
    assert isinstance(found, dict)
    return found


def validator(path: str) -> jsonschema.Draft202012Validator:
    schemas = {name.rpartition("/")[2]: json.loads(text) for name, text in schema_files().items()}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    schema = schemas[path.rpartition("/")[2]]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, registry=registry, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


FLOWS = [sop for name, (sop, _) in SOPS.items() if name in {path.stem for path in FILES}]


def test_the_real_sops_hold_to_the_schema() -> None:
    catalogue = real()
    found = {slug: told(sop, catalogue) for slug, sop in catalogue.sop.items()}
    for one in found.values():
        validator(SCHEMAS[0]).validate(one)
    records = [record(sop, catalogue) for sop in catalogue.sop.values()]
    validator(SCHEMAS[1]).validate(json.loads(listed(records, catalogue)))
    first = found["pembentukan-kim"]
    assert first["tanggal"]["pembuatan"] == {"teks": "16 Januari 2019", "tanggal": "2019-01-16"}
    assert first["tanggal"]["revisi"] == {"teks": "-", "tanggal": None}
    assert first["dasar_hukum"][0]["kutipan"].startswith("UU Nomor 4 Tahun 2008")
    assert first["dasar_hukum"][0]["dimaksud"].startswith("Undang-Undang Nomor 14 Tahun 2008")
    assert first["waktu_total"]["rentang"] == [{"satuan": "hari", "dari": 13, "sampai": 13}]
    assert first["waktu_total"]["langkah_tanpa_waktu"] == 1
    assert len(first["alur"][0]["kegiatan"]) == 12
    assert first["dugaan"]


@pytest.mark.parametrize("sop", FLOWS, ids=lambda sop: sop.nama)
def test_the_real_flows_hold_to_the_schema_and_keep_their_graph(sop: SOP) -> None:
    catalogue = catalogue_of(sop)
    found = told(sop, catalogue)
    validator(SCHEMAS[0]).validate(found)
    (flow,), (chart,) = found["alur"], catalogue.charts[sop.slug]
    assert [(e["dari"], e["ke"], e["label"]) for e in flow["panah"]] == [
        (edge.source, edge.target, edge.label) for edge in chart.edges
    ]
    assert {symbol["id"] for symbol in flow["simbol"]} == {node.id for node in chart.nodes}
    assert [step["uraian"] for step in flow["kegiatan"]] == [step.uraian for step in sop.alur[0].kegiatan]


def test_the_schema_refuses_what_is_not_a_record() -> None:
    catalogue = real()
    found = told(next(iter(catalogue.sop.values())), catalogue)
    for change in ({"nama": 5}, {"klasifikasi": "rahasia"}, {"sidik": "x"}, {"lain": 1}):
        assert list(validator(SCHEMAS[0]).iter_errors({**found, **change}))


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to everything in a record, of lists to the first entry."""
    yield way
    inside = (
        value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    )
    for key, one in inside:
        yield from places(one, (*way, key))


@pytest.mark.parametrize("change", ["gone", "more", "mistyped"])
def test_the_schema_refuses_a_record_with_any_key_gone_added_or_mistyped(change: str) -> None:
    catalogue = real()
    found = told(catalogue.sop["pembentukan-kim"], catalogue)
    judge, refused = validator(SCHEMAS[0]), 0
    for way in list(places(found)):
        spoilt: Any = copy.deepcopy(found)
        parent, at = functools.reduce(operator.getitem, way[:-1], spoilt), way[-1] if way else ""
        if change == "more" and isinstance(inside := functools.reduce(operator.getitem, way, spoilt), dict):
            inside["lain"] = None
        elif change == "gone" and isinstance(parent, dict) and at not in ("", "$schema"):
            del parent[at]
        elif change == "mistyped" and way:
            parent[at] = {"lain": None}
        else:
            continue
        refused += 1
        assert not judge.is_valid(spoilt), way
    assert refused > 15


def test_the_hash_follows_the_content_and_not_the_address() -> None:
    sop = FLOWS[0]
    plain, placed = catalogue_of(sop), catalogue_of(sop, situs="https://sop.example.go.id/")
    assert told(sop, plain)["sidik"] == told(sop, placed)["sidik"]
    assert told(sop, placed)["alamat"]["bpmn"] == f"https://sop.example.go.id/sop/{sop.slug}/{sop.slug}.bpmn"
    other = replace(sop, tujuan="lain")
    assert told(other, catalogue_of(other))["sidik"] != told(sop, plain)["sidik"]


def table(catalogue: Catalogue) -> bytes:
    """The list of SOPs."""
    return "".join(map(str, list_csv(list_row(sop, catalogue) for sop in catalogue.sop.values()))).encode()


def test_the_number_of_a_civil_servant_is_left_out() -> None:
    sop = replace(
        FLOWS[0], disahkan_oleh=Pengesahan(jabatan="Kepala", nama="Contoh", nip="197001011990011001")
    )
    catalogue = catalogue_of(sop)
    text = (
        record_text(record(sop, catalogue), catalogue).decode()
        + table(catalogue).decode()
        + json_ld(sop, catalogue)
    )
    assert "197001011990011001" not in text
    assert "Kepala" in text


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(NASTY), st.text(max_size=20))
def test_no_text_breaks_out_of_its_file(nasty: str, more: str) -> None:
    text = nasty + more
    sop = replace(FLOWS[1], nama=text, tanggal=Tanggal(pembuatan=text))
    catalogue = catalogue_of(sop)
    shown = text.encode("utf-8", "replace").decode()
    found = told(sop, catalogue)
    assert found["nama"] == shown
    validator(SCHEMAS[0]).validate(found)
    ld = json_ld(sop, catalogue)
    assert not {"<", ">", "&", "\u2028"} & set(ld)
    assert json.loads(ld)["name"] == shown
    page = BeautifulSoup(f'<script type="application/ld+json">{ld}</script><p>x</p>', "html.parser")
    assert [tag.name for tag in page.find_all()] == ["script", "p"]
    raw = table(catalogue)
    head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    assert row[1].removeprefix("'") == shown.removeprefix("'")
    assert all(cell == "-" or not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_the_list_opens_in_a_spreadsheet() -> None:
    catalogue = real()
    raw = table(catalogue)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == list(catalogue.sop)
    surat = next(row for row in rows if row["id"] == "surat-dan-jadwal")
    assert surat["waktu"] == "75 menit (1 jam 15 menit)"
    assert surat["pelaksana"] == "Kasi; JFU; Kabid; Kadis"
    assert surat["jumlah_langkah"] == "7"


def test_only_what_is_public_is_told() -> None:
    everything, _ = read_catalogue(DATA)
    assert everything is not None
    hidden = replace(everything.sop["surat-dan-jadwal"], klasifikasi=Klasifikasi.INTERNAL)
    sops = {**everything.sop, hidden.slug: hidden}
    part = Catalogue(
        everything.instansi, everything.unit, everything.pelaksana, everything.hukum, sops
    ).for_audience(Audience.PUBLIK)
    text = table(part).decode() + listed([record(sop, part) for sop in part.sop.values()], part)
    assert "surat-dan-jadwal" not in text
    assert "Surat dan Jadwal" not in text


def test_structured_data_says_the_steps_and_the_time() -> None:
    catalogue = real()
    sop = catalogue.sop["surat-dan-jadwal"]
    found = json.loads(json_ld(sop, catalogue))
    assert (found["@type"], found["totalTime"]) == ("HowTo", "PT75M")
    assert [step["url"] for step in found["step"]] == [f"#langkah-{n}" for n in range(1, 8)]
    assert "url" not in found
    placed = catalogue_of(FLOWS[0], situs="https://sop.example.go.id")
    ld = json.loads(json_ld(FLOWS[0], placed))
    assert ld["url"] == f"https://sop.example.go.id/sop/{FLOWS[0].slug}/"
    assert all(file["contentUrl"].startswith("https://sop.example.go.id/") for file in ld["encoding"])
    assert sop_description(sop, catalogue) == (
        "SOP Surat dan Jadwal: 7 langkah; oleh Kasi, JFU, Kabid, Kadis; waktu 75 menit (1 jam 15 menit). "
        "Seksi Pemberdayaan Kelompok Komunikasi Masyarakat."
    )


@pytest.mark.parametrize(
    ("times", "period"),
    [
        (["5 menit", "1 jam"], "PT65M"),
        (["13 hari"], "P13D"),
        (["2 minggu"], "P2W"),
        (["3 hari kerja"], None),
        (["1-2 hari"], None),
        (["1 hari", "5 menit"], None),
        (["1 hari", ""], None),
        (["15 menit/berkas"], None),
    ],
)
def test_only_an_exact_length_is_a_period(times: list[str], period: str | None) -> None:
    assert iso_period(total_of(times)) == period
