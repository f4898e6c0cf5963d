"""What is known of a new SOP → text of its file: schema line, comments, a table that passes the check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.data.writing.json_schema import SCHEMA_LINE
from generator.data.writing.order import SOP_ORDER, ordered
from generator.data.writing.yaml_style import Plain, scalar, to_yaml
from generator.form.boxes import BOXES, FIELDS, FormBox, ValueKind
from generator.form.columns import CELLS


def file_text(form: dict[str, Plain], remarks: Iterable[str] = ()) -> str:
    """An SOP file of plain values: schema line, remarks as comments, a blank line between steps."""
    head = [SCHEMA_LINE, *(f"# {_one_line(remark)}".rstrip() for remark in remarks)]
    return "\n".join(head) + "\n" + _apart(to_yaml(ordered(form, SOP_ORDER)))


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


_TABLE = ("label:", "judul_tabel:", "pelaksana:", "kegiatan:", "alur:")


def _apart(text: str) -> str:
    """A blank line before the table and between its steps, for the eye."""
    lines: list[str] = []
    in_table = in_text = False
    for line in text.split("\n"):
        opens = line.startswith(_TABLE) and not in_table
        in_text = ": |" in line if line[:1].strip() else in_text  # a blank line would be part of it
        if opens or (in_table and not in_text and line.startswith("  - ") and not lines[-1].endswith(":")):
            lines.append("")
        in_table = in_table or opens
        lines.append(line)
    return "\n".join(lines)


def _open_key(box: FormBox) -> str:
    """The line of a key that is still to be filled, with what the form says of it."""
    blank = " []" if box.kind in (ValueKind.LAWS, ValueKind.RELATED) else ""
    return f"{box.path[-1]}:{blank}" + (f" # {box.remark}" if box.remark else "")


def new_sop(nama: str, unit: str, actors: Sequence[str], steps: Sequence[tuple[str, str]]) -> str:
    """A new SOP file with comments that say how to go on; ``steps`` are (what, by whom). Without
    ``klasifikasi`` it is a draft, which is never published."""
    lines = [
        SCHEMA_LINE,
        "# Isi seperti pada naskah. Kunci yang tidak ada isinya boleh dikosongkan.",
        "# Periksa dengan: sop check     Rapikan dengan: sop fmt",
        f"nama: {scalar(nama)}",
        *(_open_key(box) for box in FIELDS if box.kind is ValueKind.TEXT and box.key != "nama"),
        f"unit: {scalar(unit)}",
        "klasifikasi: # publik, internal atau dikecualikan; selama kosong, SOP ini draf dan tidak terbit",
        "tanggal:",
        *(f"  {_open_key(box)}" for box in FIELDS if box.kind is ValueKind.DATE),
        "disahkan_oleh:",
        "  jabatan:",
        "  nama:",
        '  nip: # dalam tanda kutip, 18 angka: "19700131 199003 1 001"',
        *map(_open_key, BOXES),
        "",
        f"pelaksana: [{', '.join(map(scalar, actors))}] # kolom dari kiri ke kanan, id dari pelaksana.yml",
        "kegiatan:",
        "  # Langkah berjalan ke langkah berikutnya, kecuali bila ditulis lain:",
        "  #   keputusan: {Ya: , Tidak: periksa}  cabang; kosong berarti langkah berikutnya",
        "  #   lanjut: selesai                    tujuan lain; langkah yang dituju diberi id: periksa",
    ]
    for number, (what, who) in enumerate(steps):
        lines += [""] if number else []
        lines += [f"  - uraian: {scalar(what)}", f"    pelaksana: {scalar(who)}"]
        lines += [f"    {column.field}:" for column in CELLS]
    return "\n".join(lines) + "\n"
