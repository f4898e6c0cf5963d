"""The rows below a heading → steps, headings between them, and what is neither.

Every filled cell comes to a step, to a heading, or is given back as left over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.reading.cells.heads import Head
from generator.reading.cells.matrix import Field, Matrix
from generator.reading.words import is_number, label

FIELDS = ("kegiatan", "kelengkapan", "waktu", "output", "keterangan")
_SUM = re.compile(r"(?:sub ?|grand )?(?:jumlah|total)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:langkah|tahap|no\.?)?\s*[#(\[]?\s*\d{1,3}[a-z]?(?:\s*(?:[-–.,&/]|dan|s/?d|sampai)\s*\d{1,3}[a-z]?)*\s*[)\].]*"
    r"|[#(\[]?\s*(?:[a-z]{1,2}|[ivxlc]{1,6})(?:[.\-]\d{1,3})*\s*[)\].]*|[-•▪●·]",
    re.IGNORECASE,
)
_STAGE = re.compile(r"[(\[]?\s*(?:[IVXLC]{1,6}|[A-Z])\s*[)\].]*")
_GOES_ON = re.compile(r"\W*(?:ber)?sambung|\W*lanjut", re.IGNORECASE)
_OPENING = re.compile(r"standar operasional prosedur", re.IGNORECASE)
_END = re.compile(
    r"(?:mengetahui|menyetujui|disahkan|ditetapkan|catatan|keterangan|note|nb|disusun|dibuat oleh)\b|nip\b",
    re.IGNORECASE,
)


class Step(Struct):
    """A step: its rows, number, and the cells of each column (by its place among them)."""

    top: int
    bottom: int
    no: str
    heading: str = ""
    no_field: Field | None = None
    cells: dict[int, list[Field]] = {}


class Body(Struct):
    """What stands below a heading: steps, cells that belong to none, and the rows that were read."""

    steps: list[Step]
    left: list[tuple[Field, str]]
    notes: list[Field]
    end: int
    last: int = 0
    """The last row of the table."""


def is_step_number(text: str) -> bool:
    """Whether a text can be the number of a step, or of several."""
    flat = text.strip()
    return bool(flat) and (is_number(flat) or _NUMBER.fullmatch(flat) is not None)


def body(sheet: Matrix, head: Head, end: int) -> Body:
    """The rows of a table up to ``end`` (not included), or to where another block begins."""
    found = Body([], [], [], end)
    by = {
        kind: [n for n, c in enumerate(head.columns) if c.kind == kind]
        for kind in ("no", "kegiatan", "stage")
    }
    stage = ""
    gap = False
    above: list[str] = []
    plain = _counts_on(sheet, head, end)
    for row in range(head.bottom + 1, end):
        own = sheet.row(row)
        if not own:
            gap = gap or all(sheet.at(row, c.first) is None for c in head.columns)
            continue
        if _is_block(sheet, row, head):
            found.end = row
            break
        parts = _by_column(own, head)
        kind = _kind(sheet, row, parts, head, by, plain, gap, found.steps, end)
        if kind == "heading":
            above.append(" ".join(f.flat for f in own))
        elif kind == "skip":
            found.last = row
        elif kind == "sum":
            found.left += [(f, "baris jumlah, bukan langkah") for f in own]
        elif kind == "end":
            found.notes += own
        elif kind == "more":
            _join(found.steps[-1], parts, row)
        elif kind == "left":
            found.left += [(f, "bukan isi langkah mana pun") for f in own]
        else:
            said = " ".join(f.flat for n in by["stage"] for f in parts.get(n, ()))
            stage = said or stage
            step = Step(row, row, "", " ".join([*above, *([said] if said else [])]))
            _join(step, parts, row)
            step.no_field = next((f for n in by["no"] for f in parts.get(n, ())), None)
            step.no = step.no_field.flat if step.no_field is not None else ""
            step.cells = {n: fields for n, fields in step.cells.items() if n not in (*by["no"], *by["stage"])}
            found.steps.append(step)
            found.last = row
            above = []
        gap = False
    _trim(found, sheet, head)
    _shared(found.steps, sheet, head)
    return found


def _by_column(own: Sequence[Field], head: Head) -> dict[int, list[Field]]:
    """Cells by the column that each stands in, -1 beside the table."""
    found: dict[int, list[Field]] = {}
    for field in own:
        at = next((n for n, c in enumerate(head.columns) if c.first <= field.column <= c.last), -1)
        found.setdefault(at, []).append(field)
    return found


def _counts_on(sheet: Matrix, head: Head, end: int) -> bool:
    """Whether most steps bear Arabic numbers, so that other signs number stages or parts of them."""
    no = next((c for c in head.columns if c.kind == "no"), None)
    if no is None:
        return False
    said = [
        f.text.strip(" ().#")
        for r in range(head.bottom + 1, end)
        for f in sheet.row(r)
        if no.first <= f.column <= no.last
    ]
    return any(re.match(r"\d", text) for text in said)


def _is_block(sheet: Matrix, row: int, head: Head) -> bool:
    """Whether an identity block begins in a row."""
    own = sheet.row(row)
    first = own[0]
    if any(_OPENING.search(f.text) and len(f.text) < 200 for f in own):
        return True
    said = label(first.flat.partition(":")[0])
    sop = re.search(r"\b(?:sop|tanggal|tgl)\b", first.text, re.IGNORECASE)
    return bool(said) and bool(sop) and len(own) <= 3 and len(first.text.partition(":")[0]) < 40


def _kind(
    sheet: Matrix,
    row: int,
    parts: dict[int, list[Field]],
    head: Head,
    by: dict[str, list[int]],
    plain: bool,
    gap: bool,
    steps: Sequence[Step],
    end: int,
) -> str:
    """What a row is: "step", "heading", "more", "sum", "end", "skip" or "left"."""
    number = " ".join(f.flat for n in by["no"] for f in parts.get(n, ()))
    words = " ".join(f.flat for n in by["kegiatan"] for f in parts.get(n, ()))
    others = [f for n, fields in parts.items() if n not in (*by["no"], *by["kegiatan"]) for f in fields]
    table = [f for n, fields in parts.items() if n >= 0 for f in fields]
    if _SUM.match(number or words or (others[0].flat if others else "")) and not is_step_number(number):
        return "sum"
    if not table:
        return "left"
    wide = max(f.last_column - f.column for f in table) >= 2 and len(table) == 1
    spans = wide and table[0].column <= head.columns[by["kegiatan"][0]].last < table[0].last_column
    if _GOES_ON.match(number or words) and len(table) == 1:
        return "skip"
    if spans or (number and not is_step_number(number) and not words and not others):
        if _steps_below(sheet, row, head, end):
            return "heading"
        return "end"
    if is_step_number(number):
        stage = plain and _STAGE.fullmatch(number.strip()) and not number.strip().islower()
        if stage and not others and words and _steps_below(sheet, row, head, end):
            return "heading"
        if words or others:
            return "step"
        return "left" if gap else "step"
    if number and (words or others):
        return "step"
    if words:
        return _unnumbered(sheet, row, words, others, head, gap, steps, end)
    if steps and not gap and any(n in parts for n in range(len(head.columns))):
        return "more"
    return "end" if steps else "left"


def _unnumbered(
    sheet: Matrix,
    row: int,
    words: str,
    others: Sequence[Field],
    head: Head,
    gap: bool,
    steps: Sequence[Step],
    end: int,
) -> str:
    """What a row with words and no number is."""
    if others:
        return "end" if gap and _END.match(words) else "step"
    if _END.match(words) and not _steps_below(sheet, row, head, end):
        return "end"
    if steps and not gap and words[:1].islower():
        return "more"
    if _steps_below(sheet, row, head, end):
        return "step" if _skips(sheet, row, head, steps, end) else "heading"
    return "end" if gap else "step"


def _steps_below(sheet: Matrix, row: int, head: Head, end: int) -> bool:
    """Whether a numbered step, or one with other cells, stands below a row."""
    no = next((c for c in head.columns if c.kind == "no"), None)
    for r in range(row + 1, end):
        own = sheet.row(r)
        if own and _is_block(sheet, r, head):
            return False
        if no is not None and any(no.first <= f.column <= no.last and is_step_number(f.text) for f in own):
            return True
        if no is None and len(own) >= 3:
            return True
    return False


def _skips(sheet: Matrix, row: int, head: Head, steps: Sequence[Step], end: int) -> bool:
    """Whether numbers below leave one out, so that a row without a number is the step in its place."""
    no = next((c for c in head.columns if c.kind == "no"), None)
    last = next((n for s in reversed(steps) if (n := s.no.strip("(). #")).isdigit()), "")
    if no is None or not last:
        return False
    for r in range(row + 1, end):
        for f in sheet.row(r):
            said = f.text.strip("(). #")
            if no.first <= f.column <= no.last and said.isdigit():
                return int(said) > int(last) + 1
    return False


def _join(step: Step, parts: dict[int, list[Field]], row: int) -> None:
    for n, fields in parts.items():
        step.cells = {**step.cells, n: [*step.cells.get(n, []), *fields]}
    step.bottom = max(step.bottom, row)


def _trim(found: Body, sheet: Matrix, head: Head) -> None:
    """A heading below all steps, and cells beside the table, belong to no step."""
    for step in found.steps:
        found.left += [(f, "di luar kolom tabel") for f in step.cells.pop(-1, [])]


def _shared(steps: Sequence[Step], sheet: Matrix, head: Head) -> None:
    """Give cells that run down over several steps to each of them."""
    tops = [step.top for step in steps]
    for n, step in enumerate(steps):
        for k, fields in list(step.cells.items()):
            for field in fields:
                for m in range(n + 1, len(steps)):
                    if tops[m] > field.last_row:
                        break
                    if field not in steps[m].cells.get(k, ()):
                        steps[m].cells = {**steps[m].cells, k: [field, *steps[m].cells.get(k, [])]}
