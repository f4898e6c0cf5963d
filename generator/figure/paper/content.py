"""Catalogue + SOP → Content: everything that is printed, as plain text, and the hash of the data.

Names are resolved here, so that the renderers know nothing of registers. Nothing is added to what the
source says but the copy's own foot.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.revisions import revoked_since
from generator.flow.chart import Chart
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import TableColumns, headed, numbers
from generator.model.dates import date_text
from generator.model.registers import label_untuk
from generator.model.sop import ABOUT_THE_FILE, SOP, Alur, Pengesahan
from generator.model.values import stated

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)

NOTICE = "salinan — bukan dokumen yang ditandatangani"
"""What every page of a generated document says."""
TO_SIGN = "naskah untuk ditandatangani"
"""What the pages say of the sheet that is signed, in its place."""
_NO_NUMBER = re.compile("[-–—]?")


class FormField(Struct, frozen=True):
    """A heading of the form and what stands beside or below it."""

    label: str
    lines: tuple[str, ...]


class FlowContent(Struct, frozen=True, dict=True):
    """One activity table: title, headings (``registers.label_untuk``), actors, and per row the lines of
    each of its columns. ``words``: what each symbol says, by node."""

    id: str
    title: str
    label: Mapping[str, str]
    lanes: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    words: Mapping[str, str]
    merged: frozenset[tuple[int, int]] = frozenset()
    """Cells (row, column of text) that are one with the cell above."""

    @cached_property
    def table(self) -> TableColumns:
        """Its columns of text."""
        return headed(self.label)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The row of column numbers under its headings."""
        return numbers(self.label, len(self.lanes))


class Content(Struct, frozen=True):
    """One SOP as it is printed. ``boxes`` are those of the identity block, row by row; ``url`` the
    address of its page, "" when unknown; ``mark`` the hash of the data (see ``fingerprint``); ``notice`` what
    every page says of itself in its foot."""

    slug: str
    name: str
    number: str
    kop: tuple[str, ...]
    address: tuple[str, ...]
    fields: tuple[FormField, ...]
    approval_label: str
    approval: Pengesahan
    name_label: str
    boxes: tuple[FormField, ...]
    flows: tuple[FlowContent, ...]
    paper: str
    url: str
    mark: str
    logo: str | None
    notice: str = NOTICE
    revoked: str = ""
    """What is stamped on every page of an SOP that is no longer in force."""
    to_sign: bool = False
    """Whether it is the sheet that is signed, with room for signature, seal and electronic signature."""

    @property
    def room(self) -> float:
        """Between office and name of the approving official, em: 27 mm where it is signed."""
        return 8.0 if self.to_sign else 4.2


def _revoked(sop: SOP) -> str:
    since = revoked_since(sop)
    return f"Dicabut mulai {date_text(since)}" if since else ""


def _notice(sop: SOP, to_sign: bool) -> str:
    """A generated page is not the signed one; and what is only our reading of a lost original is told."""
    guesses = ", ".join(guess.hal for guess in sop.dugaan)
    stamp = f"{_revoked(sop).upper()} · " if sop.pencabutan else ""
    said = f"{TO_SIGN}, versi {sop.versi.nomor}" if to_sign else NOTICE
    return stamp + said + (f" · dugaan, belum dipastikan pemilik SOP: {guesses}" if guesses else "")


def gather(
    catalogue: Catalogue, sop: SOP, words: Mapping[str, Mapping[str, str]], to_sign: bool = False
) -> Content:
    """What is printed of an SOP; ``words`` gives, by id of the chart, what each symbol says. On the sheet
    that is ``to_sign`` a number or date that is still open is left blank, to be filled in by hand."""
    label = label_untuk(catalogue.instansi, sop)
    site = (catalogue.instansi.situs or "").rstrip("/")
    fields = [box for box in FIELDS if box.kind is not ValueKind.SIGNER and box.key != "nama"]
    laws = [catalogue.hukum[id].kutipan if id in catalogue.hukum else id for id in sop.dasar_hukum]
    names = catalogue.names(sop)
    related = [r.teks or (names.get(r.sop, "") if r.sop else "") for r in sop.keterkaitan]
    told = {
        ValueKind.LAWS: tuple(f"{n}. {law}" for n, law in enumerate(laws, 1)),
        ValueKind.RELATED: tuple(f"- {text}" for text in related),
    }
    charts = catalogue.charts[sop.slug]

    def value(text: str) -> str:
        return "" if to_sign and _NO_NUMBER.fullmatch(text) else plain(text)

    ended = [FormField("Pencabutan", _revocation(sop, names))] if sop.pencabutan else []
    return Content(
        slug=sop.slug,
        name=plain(sop.nama),
        number=plain(sop.nomor or "-"),
        kop=_lines(catalogue.kop(sop)),
        address=_lines(catalogue.instansi.alamat),
        fields=(*(FormField(plain(label[box.key]), (value(box.of(sop) or ""),)) for box in fields), *ended),
        approval_label=plain(label["disahkan_oleh"]),
        approval=sop.disahkan_oleh or Pengesahan(),
        name_label=plain(label["nama"]),
        boxes=tuple(
            FormField(plain(label[box.key]), _lines(told[box.kind] if box.kind in told else box.of(sop)))
            for box in BOXES
        ),
        flows=tuple(
            _flow(alur, chart, label, words.get(chart.id, {}), sop.nama)
            for alur, chart in zip(sop.alur, charts, strict=True)
        ),
        paper=sop.kertas or catalogue.instansi.kertas,
        url=f"{site}/sop/{sop.slug}/" if site else "",
        mark=fingerprint(catalogue, sop),
        notice=plain(_notice(sop, to_sign)),
        logo=catalogue.instansi.logo,
        revoked=_revoked(sop),
        to_sign=to_sign,
    )


def foot(content: Content) -> tuple[str, str, str, str]:
    """What stands at the foot of every page: name and number of the SOP ("" without one), what the page says
    of itself, and its trace: the hash of the data, the address of the SOP or why there is none."""
    where = content.url or "tanpa kode QR, sebab alamat halamannya belum ditetapkan"
    number = "" if _NO_NUMBER.fullmatch(content.number) else content.number
    return content.name, number, content.notice, f"sidik data {content.mark[:12]} · {where}"


def _revocation(sop: SOP, names: Mapping[str, str]) -> tuple[str, ...]:
    """Since when an SOP is not in force, by what, and what is in its place."""
    said = sop.pencabutan
    assert said is not None
    instead = names.get(said.pengganti or "", "") or said.teks
    rows = (
        _revoked(sop),
        said.dasar or "",
        f"diganti: SOP {instead.removeprefix('SOP ')}" if instead else "",
    )
    return _lines(rows)


def _flow(
    alur: Alur, chart: Chart, label: Mapping[str, str], words: Mapping[str, str], name: str
) -> FlowContent:
    rows = tuple(
        (
            _lines((row.number,)),
            *(_lines(column.of(step)) for column in headed(label).columns[1:]),
        )
        for step, row in zip(alur.kegiatan, chart.rows, strict=True)
    )
    return FlowContent(
        id=chart.id,
        title=plain(alur.judul or name),
        label={key: plain(text) for key, text in label.items()},
        lanes=tuple(plain(lane.heading) for lane in chart.lanes),
        rows=rows,
        words=words,
        merged=frozenset(
            (row, n)
            for row, step in enumerate(alur.kegiatan)
            for n, column in enumerate(headed(label).columns)
            if column.field in step.gabung
        ),
    )


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of several texts; a text that is only blank gives none."""
    return tuple(plain(line) for text in texts if text.strip() for line in text.rstrip().split("\n"))


def plain(text: str) -> str:
    """The text without characters that have no look of their own (controls, marks of direction)."""
    return _UNSEEN.sub("", text.replace("\t", " "))


def fingerprint(catalogue: Catalogue, sop: SOP) -> str:
    """SHA-256 over what an SOP says: its data and the texts of the registers it takes part of.

    What is about the file and not in the form (classification, notes, readings, the signed copy, a
    revocation) is left out, and so is what has its default, so that a new field of the model changes no
    hash. It is reckoned from what those may know of it who see the least of all its readers: so every
    audience prints the same, and nobody can try names of hidden SOPs against the hash.
    """
    data = stated(catalogue.as_widely_read(sop), leave={*ABOUT_THE_FILE, "tujuan", "pencabutan"})
    actors = {actor for alur in sop.alur for actor in alur.pelaksana}
    said = {
        "sop": data,
        "hukum": [catalogue.hukum[id].kutipan for id in sop.dasar_hukum if id in catalogue.hukum],
        "pelaksana": {id: catalogue.pelaksana[id].nama for id in sorted(actors) if id in catalogue.pelaksana},
        "kop": catalogue.kop(sop),
        "label": label_untuk(catalogue.instansi, sop),
    }
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
