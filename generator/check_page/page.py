"""A draft, its text and the pictures of its file → the check page: one HTML file that loads nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.check_page.overlay import about_page, crop, overlaid
from generator.check_page.pictures import Picture
from generator.data.catalogue import Catalogue
from generator.data.load import load_text
from generator.data.validate.schema import read_sop
from generator.data.writing.draft import file_text
from generator.flow.chart import build_chart
from generator.flow.layout import drawn
from generator.form import LABEL_RESMI
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.formats.html.flow import Cells
from generator.formats.html.table import flow_table
from generator.model.problems import Problem
from generator.model.registers import Pelaksana, label_untuk
from generator.model.sop import SOP, Kapsul
from generator.reading.draft.draft import Draft
from generator.reading.identity import NAMES
from generator.reading.understood import Words

_STYLES = (
    Path(__file__).parent / "templates" / "periksa.css",
    Path(__file__).parents[1] / "site" / "theme" / "assets" / "flow.css",
)


def check_page(
    draft: Draft,
    text: str,
    places: Sequence[int],
    source: str,
    file: str,
    shown: Sequence[Picture],
    errors: Sequence[Problem],
    registers: Catalogue | None,
) -> str:
    """The page of one draft. ``text`` is what its file says and ``places`` the lines of its notes there;
    ``source`` names the file that was read, ``file`` that of the draft."""
    by_page = {picture.page: picture for picture in shown}
    style = _style()
    page: str = _template().render(
        nama=draft.form["nama"],
        slug=draft.slug,
        sumber=source,
        berkas=file,
        gaya=Markup(style),
        sidik=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        ringkas=_counts(draft),
        hal=_items(draft, text.split("\n"), places, by_page),
        galat=errors,
        sisa=[
            (
                words.text,
                _place(words, by_page),
            )
            for words in draft.left_over
        ],
        kosong=draft.empty,
        ejaan=draft.spelled,
        bagian=_parts(draft, shown, registers),
    )
    return page


def _place(words: Words, by_page: Mapping[int, Picture]) -> str:
    """Where a text stands that found no place in the draft."""
    if words.place is None:
        return ""
    page = by_page.get(words.place.page)
    return words.place.named or (page.name if page else "")


def _parts(draft: Draft, shown: Sequence[Picture], registers: Catalogue | None) -> list[dict[str, Any]]:
    """The pages with what was made of each: the identity block, the tables one by one, and what is left."""
    front = [draft.identity.page] if draft.identity else []
    parts: list[tuple[list[int], Any, Any]] = [(front, _identity(draft, registers), "")]
    tables = _tables(draft, registers)
    for n, chart in enumerate(draft.charts):
        pages = list(dict.fromkeys(row.place.page for row in chart.rows))
        parts.append((pages, [], tables[n] if n < len(tables) else ""))
    done: set[int] = set()
    found: list[dict[str, Any]] = []
    for pages, identity, table in [*parts, ([picture.page for picture in shown], [], "")]:
        new = [p for p in shown if p.page in pages and p.page not in done]
        done |= {p.page for p in new}
        if table and not new and found:  # on a page that is there already
            found[-1]["tabel"].append(table)
        elif new or identity or table:
            pictures = [
                {"nomor": p.page, "nama": p.name, "gambar": overlaid(p, draft.charts, draft.notes)}
                for p in new
            ]
            found.append({"halaman": pictures, "identitas": identity, "tabel": [table] if table else []})
    return found


def _counts(draft: Draft) -> str:
    rows = sum(len(chart.rows) for chart in draft.charts)
    symbols = sum(len(chart.symbols) for chart in draft.charts)
    arrows = sum(len(chart.edges) for chart in draft.charts)
    tables = f" dalam {len(draft.charts)} tabel" if len(draft.charts) > 1 else ""
    return f"Terbaca {rows} langkah, {symbols} simbol dan {arrows} panah{tables}."


def _items(
    draft: Draft, lines: Sequence[str], places: Sequence[int], by_page: dict[int, Picture]
) -> list[dict[str, Any]]:
    """The notes with their crops."""
    found = []
    for n, (note, line) in enumerate(zip(draft.notes, places, strict=True), 1):
        picture = about_page(by_page, note)
        below = next((at for at in lines[line:] if not at.lstrip().startswith("#")), "")
        found.append(
            {
                "kata": note.said,
                "lain": note.other,
                "potongan": crop(picture, note, note.place, draft.charts, n)
                if picture and note.place
                else "",
                "halaman": picture.name if picture else "",
                "sasaran": f"halaman-{picture.page}" if picture else "",
                "baris": line,
                "kutipan": below.strip()[:90],
            }
        )
    return found


def _identity(draft: Draft, registers: Catalogue | None) -> list[tuple[str, str]]:
    """What the draft says in its identity block."""
    found = []
    if draft.form.get("tujuan"):
        found.append((NAMES["tujuan"], str(draft.form["tujuan"])))
    for box in (*FIELDS, *BOXES):
        value: Any = draft.form
        for key in box.path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, dict):
            value = ", ".join(str(part) for part in value.values())
        elif isinstance(value, list):
            cited = draft.new.get("hukum", {}) if box.kind is ValueKind.LAWS else {}
            known = registers.hukum if registers and box.kind is ValueKind.LAWS else {}
            value = "; ".join(
                str(one.get("teks", ""))
                if isinstance(one, dict)
                else known[one].kutipan
                if one in known
                else str(cited.get(one, {}).get("kutipan", one))
                for one in value
            )
        if value:
            found.append((box.label, str(value)))
    return found


def _tables(draft: Draft, registers: Catalogue | None) -> list[Markup]:
    """The activity tables as the site would draw them."""
    sop = _sop(draft)
    if sop is None:
        return []
    new = {
        id: Pelaksana(id=id, nama=str(form["nama"])) for id, form in draft.new.get("pelaksana", {}).items()
    }
    actors = {**(registers.pelaksana if registers else {}), **new}
    label = label_untuk(registers.instansi, sop) if registers else {**LABEL_RESMI, **sop.label}
    capsule = registers.instansi.kapsul if registers else Kapsul.SENDIRI
    found = []
    for n, alur in enumerate(sop.alur, 1):
        chart = build_chart(alur, f"tabel-{n}", actors, capsule)
        found.append(flow_table(alur, chart, Cells(drawn(chart)), label, alur.judul or sop.nama))
    return found


def _sop(draft: Draft) -> SOP | None:
    """The SOP of a draft, whatever of its unit is known."""
    form = {**draft.form, "unit": draft.form.get("unit") or "belum-diisi"}
    tree, _ = load_text(file_text(form), "draf.yml")
    sop = read_sop(tree, draft.slug, []) if tree is not None else None
    return sop if sop and any(alur.kegiatan and alur.pelaksana for alur in sop.alur) else None


@cache
def _style() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in _STYLES)


@cache
def _template() -> Any:
    loader = PackageLoader("generator.check_page")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("periksa.html")
