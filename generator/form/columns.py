"""The activity table (*bagian flowchart*): its columns from left to right, those of the actors among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, takewhile
from typing import Any

from msgspec import Struct

from generator.form.boxes import either


class Heading(Struct, frozen=True, kw_only=True):
    """A heading of the table: its key, the official words, and as patterns the others met in signed SOPs."""

    key: str
    label: str
    variants: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """What the heading may say, in small letters."""
        return either(self.label, *self.variants)


class ColumnGroup(Heading, frozen=True, kw_only=True):
    """A heading over several columns."""


class FormColumn(Heading, frozen=True, kw_only=True):
    """A column of text.

    ``at`` names its value in a step and its file (the key where it is not said); ``lines``: it holds lines as
    printed and not one text; ``group``: it stands under the heading of ``MUTU_BAKU``; ``middle``: its text
    stands in the middle. Widths in em: ``usual`` in a picture, ``comfortable`` and ``bare`` the least on
    paper (0: what its longest word needs). ``counted``: an SOP counts as complete only where every step fills
    it.
    """

    about: str
    at: str = ""
    lines: bool = False
    group: bool = False
    middle: bool = False
    usual: float
    comfortable: float
    bare: float
    counted: bool = True

    @property
    def field(self) -> str:
        """Name of its value in a step."""
        return self.at or self.key

    def of(self, step: Any) -> tuple[str, ...]:
        """What a step says in it, a text for each line as the data has it; none where it is silent."""
        value = getattr(step, self.field)
        return value if self.lines else () if value is None else (value,)


PELAKSANA = ColumnGroup(key="pelaksana", label="Pelaksana")
"""Over the actors, who have a column each, behind the first ``BEFORE`` columns of text."""
MUTU_BAKU = ColumnGroup(key="mutu_baku", label="Mutu Baku", variants=("mutu ba?[uk]k?[ua]",))

COLUMNS: tuple[FormColumn, ...] = (
    FormColumn(
        key="no",
        label="No",
        about='Nomor seperti tercetak bila bukan urutan biasa; "" berarti tanpa nomor.',
        variants=(r"no\.?", "nomor"),
        middle=True,
        usual=2.6,
        comfortable=0.0,
        bare=0.0,
        counted=False,
    ),
    FormColumn(
        key="kegiatan",
        label="Kegiatan",
        about="Apa yang dikerjakan, seperti pada naskah.",
        at="uraian",
        variants=(
            "akti[vf]itas",
            "uraian( (prosedur|kegiatan|aktivitas))?",
            "prosedur",
            "langkah(-langkah)?",
        ),
        usual=17.0,
        comfortable=15.0,
        bare=8.0,
        counted=False,
    ),
    FormColumn(
        key="kelengkapan",
        label="Kelengkapan",
        about="Bahan yang diperlukan, baris demi baris seperti tercetak.",
        variants=("(kelengkapan|persyaratan)(/(perlengkapan|persyaratan|kelengkapan))?", "sumber data"),
        lines=True,
        group=True,
        usual=11.0,
        comfortable=10.0,
        bare=6.5,
    ),
    FormColumn(
        key="waktu",
        label="Waktu",
        about="Lama pengerjaan, kata-kata bebas seperti pada naskah.",
        group=True,
        middle=True,
        usual=5.5,
        comfortable=5.5,
        bare=4.0,
    ),
    FormColumn(
        key="output",
        label="Output",
        about="Hasil langkah.",
        variants=("keluaran", "hasil"),
        group=True,
        usual=11.0,
        comfortable=10.0,
        bare=6.5,
    ),
    FormColumn(
        key="keterangan",
        label="Keterangan",
        about="Isi kolom Keterangan.",
        variants=(r"ket\.?",),
        usual=7.5,
        comfortable=7.0,
        bare=4.5,
        counted=False,
    ),
)
"""The columns of text from left to right."""

BEFORE = 2
"""How many of them stand left of the actors."""
CELLS = COLUMNS[BEFORE:]
"""Those right of the actors: what a step needs, takes and makes."""


class TableColumns(Struct, frozen=True):
    """The columns of text of one table, from left to right: not every form has all of them."""

    columns: tuple[FormColumn, ...]

    @property
    def cells(self) -> tuple[FormColumn, ...]:
        """Those right of the actors."""
        return self.columns[BEFORE:]

    @property
    def over(self) -> tuple[tuple[ColumnGroup | FormColumn, tuple[FormColumn, ...]], ...]:
        """The upper row of headings right of the actors: a group with its columns, or a column by itself."""
        return tuple(
            (MUTU_BAKU if grouped else under[0], under)
            for grouped, found in groupby(self.cells, key=lambda column: column.group)
            for under in ([tuple(found)] if grouped else [(column,) for column in found])
        )


def headed(label: Mapping[str, str]) -> TableColumns:
    """The columns of a table with these headings, right of the actors in the order of the headings."""
    own = {column.key: column for column in CELLS}
    return TableColumns((*COLUMNS[:BEFORE], *(own[key] for key in label if key in own)))


def depth(steps: Sequence[Any], row: int, column: FormColumn) -> int:
    """Over how many rows the cell of a step goes; 0 where it is one with that of the step above."""
    if column.field in steps[row].gabung:
        return 0
    below = takewhile(lambda step: column.field in step.gabung, steps[row + 1 :])
    return 1 + sum(1 for _ in below)


NUMBERED = "nomor_kolom"
"""The heading that says how the columns are numbered: what stands under the first one, as "(1)"."""


def numbers(label: Mapping[str, str], lanes: int) -> tuple[str, ...]:
    """The row of column numbers under the headings, those of the actors counted; empty without one."""
    first = label.get(NUMBERED)
    if not first:
        return ()
    return tuple(first.replace("1", str(n), 1) for n in range(1, len(headed(label).columns) + lanes + 1))


def chosen(label: Mapping[str, str], keys: Sequence[str]) -> dict[str, str]:
    """The headings of a table that has only these columns right of the actors, in this order."""
    own = {column.key for column in CELLS}
    return {key: text for key, text in label.items() if key not in own} | {key: label[key] for key in keys}
