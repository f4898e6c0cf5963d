"""SOP + what it names + its flows in words → what is told of it, in the order in which it is read aloud.

What the source does not say is left out; what is our reading is told as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.flow.words import Phrase, Sentence, StepWords, listed
from generator.form.boxes import BOXES, ValueKind
from generator.form.columns import headed
from generator.model.klasifikasi import Klasifikasi
from generator.model.lists import read_list
from generator.model.sop import SOP, Alur

_BLANK = frozenset({"", "-", "–", "—"})


class About(Struct, frozen=True):
    """What an SOP names and what follows from it, in words. ``page`` is the address of its page, "" where the
    agency has not said where its site is."""

    agency: str
    unit: str
    page: str
    time: tuple[str, ...]
    signs: tuple[str, ...]
    begins: tuple[str, ...]
    results: tuple[str, ...]
    laws: tuple[str, ...]
    related: tuple[str, ...]


class FlowWords(Struct, frozen=True):
    """One flow in words; ``numbers`` are those of its steps as printed."""

    heading: str
    alur: Alur
    steps: tuple[StepWords, ...]
    numbers: tuple[str, ...]


class StepTold(Struct, frozen=True):
    """One step: what it is called, who does it, what is done, what else is said of it, where it leads."""

    name: str
    actors: str
    text: str
    cells: tuple[tuple[str, str], ...]
    ways: tuple[Sentence, ...]


class Told(Struct, frozen=True):
    """The whole: ``facts`` and ``guesses`` come first, ``flows`` are headings and steps, ``boxes`` (headings
    and lines of the identity block) last."""

    title: str
    page: str
    facts: tuple[tuple[str, str], ...]
    flows: tuple[tuple[str, tuple[StepTold, ...]], ...]
    boxes: tuple[tuple[str, tuple[str, ...]], ...]
    guesses: tuple[tuple[str, str], ...]


COPY = "Ini salinan. Yang berlaku adalah dokumen yang ditandatangani."


def told(sop: SOP, about: About, flows: Sequence[FlowWords], label: Mapping[str, str]) -> Told:
    """All that is told of an SOP."""
    return Told(
        title=f"SOP {one_line(sop.nama)}",
        page=about.page,
        facts=tuple(
            (name, one_line(text)) for name, text in _facts(sop, about) if text.strip() not in _BLANK
        ),
        flows=tuple(
            (one_line(flow.heading) if len(flows) > 1 else "", _steps(flow, label)) for flow in flows
        ),
        boxes=tuple((name, lines) for name, lines in _boxes(sop, about, label) if lines),
        guesses=tuple((one_line(guess.hal), one_line(guess.alasan)) for guess in sop.dugaan),
    )


def one_line(text: str) -> str:
    """A text of the source without its line breaks."""
    return " ".join(text.split())


def stopped(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?", ":", ";", "…")) else f"{text}."


def _facts(sop: SOP, about: About) -> list[tuple[str, str]]:
    signer = sop.disahkan_oleh
    by = [part for part in (signer.jabatan, signer.nama) if part] if signer else []
    return [
        ("Status", _state(sop)),
        ("Nomor", sop.nomor or ""),
        ("Instansi", about.agency),
        ("Unit", about.unit),
        ("Berlaku sejak", sop.tanggal.efektif or ""),
        ("Disahkan oleh", ", ".join(by)),
        ("Tujuan", sop.tujuan or ""),
        ("Berapa lama", "; ".join(about.time)),
        ("Siapa yang memulai", listed(about.begins)),
        ("Siapa yang menandatangani", listed(about.signs)),
        ("Apa hasilnya", "; ".join(about.results)),
    ]


def _state(sop: SOP) -> str:
    """How the SOP stands, as far as that can be said without a day."""
    if sop.pencabutan:
        return f"Dicabut, tidak berlaku lagi sejak {sop.pencabutan.tanggal}"
    if sop.klasifikasi is None:
        return "Rancangan"
    return "Hanya untuk kalangan sendiri" if sop.klasifikasi is Klasifikasi.INTERNAL else ""


def _boxes(sop: SOP, about: About, label: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The boxes of the identity block that the facts do not tell."""
    for box in BOXES:
        match box.kind:
            case ValueKind.LAWS:
                lines: Sequence[str] = about.laws
            case ValueKind.RELATED:
                lines = about.related
            case ValueKind.LINES:
                lines = read_list([line for line in box.of(sop) if line]).items
            case _:
                continue
        yield label[box.key], tuple(one_line(line) for line in lines if _says(line))


def _says(text: str) -> bool:
    return text.strip() not in _BLANK


def _steps(flow: FlowWords, label: Mapping[str, str]) -> tuple[StepTold, ...]:
    made = []
    for words, number in zip(flow.steps, flow.numbers, strict=True):
        step = flow.alur.kegiatan[words.row]
        cells = [("Pertanyaan", words.question)] if words.question else []
        for column in headed(label).cells:
            lines = read_list([line for line in column.of(step) if line]).items
            if _says(text := "; ".join(map(one_line, lines))):
                cells.append((label[column.key], text))
        name = words.name if number else ""
        actors = listed(words.actors) + (f" ({words.sharing})" if words.sharing else "")
        made.append(StepTold(name, actors, one_line(step.uraian), tuple(cells), words.sentences))
    return tuple(made)


def lines_of(sentence: Sentence) -> list[Phrase]:
    """The phrases of a sentence without line breaks."""
    return [phrase._replace(text=phrase.text.replace("\n", " ")) for phrase in sentence]
