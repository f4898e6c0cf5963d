"""Acts + the file → operations, their words in the history, and entries for registers.

What does not fit the file, or cannot be understood, is refused with words for a clerk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from msgspec import Struct

from generator.data.writing.lines import Path
from generator.data.writing.operations import Insert, Move, Operation, Put, Remove
from generator.edit import cells, names
from generator.edit.acts import (
    AddColumn,
    AddItem,
    AddStep,
    AddSymbol,
    AnyAct,
    MoveColumn,
    MoveItem,
    MoveStep,
    RemoveBranch,
    RemoveColumn,
    RemoveItem,
    RemoveStep,
    SetActors,
    SetBranch,
    SetCells,
    SetDecision,
    SetMerged,
    SetOnward,
    SetSymbols,
    SetText,
    SetUnit,
    SplitStep,
    SymbolForm,
    Target,
)
from generator.edit.fields import NAMES, Refused, cleaned, words_of
from generator.edit.known import Known, NewEntry
from generator.edit.steps import Branch, Step, Table, branches, grouped, listed, named, redirected, tables
from generator.edit.symbols import forms_of, led, set_symbols
from generator.flow.steps import LEPAS, SELESAI
from generator.form.symbols import Bentuk


class Change(Struct, frozen=True):
    """What an act comes to: operations, its words in the history, new entries of registers, and the place
    that is looked at next."""

    operations: tuple[Operation, ...]
    words: str
    entries: tuple[NewEntry, ...] = ()
    focus: str = ""


_PASSED_ON = ("pertanyaan", "keputusan", "lanjut", "selesai", "output", "keterangan")
"""What the second half of a step takes from the whole."""


def change_of(act: AnyAct, values: Mapping[str, Any], known: Known) -> Change:
    """What an act does to a file. Raises ``Refused``."""
    if isinstance(act, SetText):
        return _text(act, values)
    if isinstance(act, AddItem | MoveItem | RemoveItem):
        return _items(act, values, known)
    if isinstance(act, SetUnit):
        found = _known(names.unit, act.name, known)
        return Change((Put(("unit",), found.id),), "Unit", _entries(found), "unit")
    if isinstance(act, SetCells):
        usual = known.register.instansi.kolom or cells.OFFICIAL
        return Change(tuple(cells.set_columns(values, tables(values), act.columns, usual)), "Kolom tabel")
    table = _table(values, act.table)
    if isinstance(act, AddColumn | MoveColumn | RemoveColumn):
        return _columns(act, table, known)
    if isinstance(act, AddStep):
        if not 0 <= act.at <= len(table.steps):
            raise Refused("tempat itu tidak ada lagi; muat ulang halaman ini")
        return _added(act, table)
    _step(table, act.row)
    if isinstance(act, SetSymbols | AddSymbol):
        return _symbols(act, values, table, known)
    if isinstance(act, RemoveStep | MoveStep | SplitStep):
        return _rows(act, values, table)
    if isinstance(act, SetMerged):
        said = f"Langkah {act.row + 1}: sel {NAMES.get(act.column, act.column)}"
        return Change(tuple(cells.set_merged(table, act.row, act.column, act.on)), said)
    return _flow(act, values, table, known)


def _text(act: SetText, values: Mapping[str, Any]) -> Change:
    path = tuple(act.path)
    return Change((Put(path, cleaned(path, act.value)),), words_of(path, values))


def _added(act: AddStep, table: Table) -> Change:
    focus = f"l-{act.table}-{act.at}-uraian"
    step: dict[str, Any] = {"uraian": None}
    above = table.steps[act.at - 1] if act.at else None
    if above and above.get("pelaksana"):
        step["pelaksana"] = above["pelaksana"]
    elif len(table.columns) == 1:
        step["pelaksana"] = table.columns[0]
    step |= cells.of_new(cells.joined(table, act.at))
    operation: Operation = Insert((*table.path, "kegiatan"), act.at, step)
    if not table.steps:
        operation = Put((*table.path, "kegiatan"), [step])
    return Change((operation,), f"Langkah {act.at + 1} ditambahkan", focus=focus)


def _rows(act: RemoveStep | MoveStep | SplitStep, values: Mapping[str, Any], table: Table) -> Change:
    steps, number = (*table.path, "kegiatan"), act.row + 1
    if isinstance(act, MoveStep):
        if not 0 <= act.to < len(table.steps):
            raise Refused("langkah ini sudah di ujung tabel")
        to = cells.clear_of(table, act.row, act.to)
        order = [row for row in range(len(table.steps)) if row != act.row]
        order.insert(to, act.row)
        kept, _ = cells.regrouped(table, order, act.row)
        said = f"Langkah {number} pindah ke {to + 1}"
        return Change((*kept, Move(steps, act.row, to)), said, focus=f"l-{act.table}-{to}-uraian")
    if isinstance(act, RemoveStep):
        if len(table.steps) == 1:
            raise Refused("tabel ini tinggal satu langkah; ubah isinya")
        kept, _ = cells.regrouped(table, [row for row in range(len(table.steps)) if row != act.row])
        operations = (*kept, *redirected(values, table, act.row), Remove(steps, act.row))
        focus = f"l-{act.table}-{min(act.row, len(table.steps) - 2)}-uraian"
        return Change(operations, f"Langkah {number} dihapus", focus=focus)
    second: dict[str, Any] = {"uraian": cleaned((*steps, 0, "uraian"), act.second)}
    step = table.steps[act.row]
    gone = [key for key in _PASSED_ON if key in step]
    second |= {key: step[key] for key in ("pelaksana", *gone) if key in step}
    shared = {*cells.joined(table, act.row + 1), *cells.merged(table, act.row)} - {*gone}
    second |= cells.of_new(shared)
    operations = (
        Put(table.at(act.row, "uraian"), cleaned((*steps, 0, "uraian"), act.first)),
        *(Put(table.at(act.row, key), None) for key in gone),
        Insert(steps, act.row + 1, second),
    )
    focus = f"l-{act.table}-{act.row + 1}-uraian"
    return Change(operations, f"Langkah {number} dibagi dua", focus=focus)


def _flow(
    act: SetActors | SetDecision | SetBranch | RemoveBranch | SetOnward,
    values: Mapping[str, Any],
    table: Table,
    known: Known,
) -> Change:
    step, number = table.steps[act.row], act.row + 1
    if step.get("simbol"):
        raise Refused("langkah ini punya beberapa simbol; atur di bawah tabel")
    if isinstance(act, SetActors):
        for actor in act.actors:
            if actor not in table.columns:
                raise Refused("kolom pelaksana itu tidak ada lagi")
        who = sorted(act.actors, key=table.columns.index)
        put = Put(table.at(act.row, "pelaksana"), who[0] if len(who) == 1 else who or None)
        return Change((put,), f"Langkah {number}: pelaksana")
    if isinstance(act, SetDecision):
        return _decision(act, table, step)
    if isinstance(act, SetOnward):
        target, found = _way(act, step.get("lanjut"), values, table, known)
        put = Put(table.at(act.row, "lanjut"), target)
        return Change((*found, put), f"Langkah {number}: lanjutannya")
    ways = branches(step)
    if isinstance(act, RemoveBranch):
        if not 0 <= act.number < len(ways):
            raise Refused("cabang itu tidak ada lagi")
        del ways[act.number]
        return Change((_put_ways(table, act.row, ways),), f"Langkah {number}: cabang dihapus")
    if isinstance(act, SetBranch):
        was = ways[act.number].target if 0 <= act.number < len(ways) else None
        target, found = _way(act, was, values, table, known)
        branch = Branch(" ".join(cleaned(("nama",), act.label or "").split()) if act.label else "", target)
        if 0 <= act.number < len(ways):
            ways[act.number] = branch
        else:
            ways.append(branch)
        what = f"Langkah {number}: cabang {branch.label}".rstrip()
        return Change((*found, _put_ways(table, act.row, ways)), what)
    assert_never(act)


def _symbols(act: SetSymbols | AddSymbol, values: Mapping[str, Any], table: Table, known: Known) -> Change:
    step, number = table.steps[act.row], act.row + 1
    if isinstance(act, AddSymbol):
        forms = forms_of(step)
        forms.append(SymbolForm(shape=Bentuk.KOTAK, actors=forms[-1].actors or list(table.columns[:1])))
    else:
        forms = act.symbols
    operations = set_symbols(
        values, table, act.row, forms, lambda target: _target(target, values, table, act.row, known)
    )
    return Change(tuple(operations), f"Langkah {number}: simbol")


def _put_ways(table: Table, row: int, ways: list[Branch]) -> Operation:
    return Put(table.at(row, "keputusan"), grouped(ways))


def _decision(act: SetDecision, table: Table, step: Step) -> Change:
    """A step becomes a decision with the two usual branches, or a plain step again."""
    number = act.row + 1
    if not act.on:
        gone = [key for key in ("keputusan", "pertanyaan") if key in step]
        return Change(
            tuple(Put(table.at(act.row, key), None) for key in gone), f"Langkah {number}: bukan keputusan"
        )
    if "keputusan" in step:
        raise Refused("langkah ini sudah keputusan")
    first = [Put(table.at(act.row, "lanjut"), None)] if "lanjut" in step else []
    ways = [Branch("Ya"), Branch("Tidak")]
    return Change((*first, _put_ways(table, act.row, ways)), f"Langkah {number}: keputusan")


def _way(
    act: SetBranch | SetOnward, was: Any, values: Mapping[str, Any], table: Table, known: Known
) -> tuple[Any, list[Operation]]:
    if act.target.keep:
        return led(was, was, act.dashed), []
    target, found = _target(act.target, values, table, act.row, known)
    return led(was, target, act.dashed), found


def _target(
    target: Target, values: Mapping[str, Any], table: Table, row: int, known: Known
) -> tuple[Any, list[Operation]]:
    """A target as the file writes it, and what must be written for it first."""
    if target.end:
        return SELESAI, []
    if target.loose:
        return LEPAS, []
    if target.sop is not None:
        slug = names.sop(target.sop, known)
        if slug is None:
            raise Refused(f"SOP '{target.sop}' tidak ada di sini")
        return {"sop": slug}, []
    if target.row is None:
        return None, []
    _step(table, target.row)
    if target.row == row:
        raise Refused("langkah tidak dapat menunjuk ke dirinya sendiri")
    if target.row == row + 1:
        return None, []
    return named(values, table, target.row)


def _columns(act: AddColumn | MoveColumn | RemoveColumn, table: Table, known: Known) -> Change:
    path, columns = (*table.path, "pelaksana"), list(table.columns)
    if isinstance(act, AddColumn):
        found = _known(names.actor, act.name, known)
        if found.id in columns:
            raise Refused("pelaksana itu sudah punya kolom")
        title = " ".join(act.name.split())
        operations: list[Operation] = [Put(path, [*columns, found.id])]
        if not columns:
            operations += [
                Put(table.at(n, "pelaksana"), found.id)
                for n, step in enumerate(table.steps)
                if not step.get("pelaksana") and not step.get("simbol")
            ]
        focus = f"kolom-baru-{act.table}"
        return Change(tuple(operations), f"Kolom {title} ditambahkan", _entries(found), focus)
    if not 0 <= act.at < len(columns):
        raise Refused("kolom itu tidak ada lagi")
    actor = known.register.pelaksana.get(columns[act.at])
    title = actor.nama if actor else columns[act.at]
    if isinstance(act, MoveColumn):
        if not 0 <= act.to < len(columns):
            raise Refused("kolom ini sudah di ujung")
        columns.insert(act.to, columns.pop(act.at))
        focus = f"kolom-{act.table}-{act.to}"
        return Change((Put(path, columns),), f"Kolom {title} dipindahkan", focus=focus)
    gone = columns.pop(act.at)
    if any(gone in listed(s.get("pelaksana")) for step in table.steps for s in step.get("simbol") or ()):
        raise Refused("kolom ini dipakai langkah yang punya beberapa simbol")
    kept = []
    for row, step in enumerate(table.steps):
        who = listed(step.get("pelaksana"))
        if gone in who:
            rest = [one for one in who if one != gone]
            kept.append(Put(table.at(row, "pelaksana"), rest[0] if len(rest) == 1 else rest or None))
    return Change((Put(path, columns), *kept), f"Kolom {title} dihapus", focus=f"kolom-baru-{act.table}")


def _items(act: AddItem | MoveItem | RemoveItem, values: Mapping[str, Any], known: Known) -> Change:
    if act.box not in ("dasar_hukum", "keterkaitan"):
        raise Refused("kotak itu tidak dikenal")
    path: Path = (act.box,)
    found, entries = listed(values.get(act.box)), tuple[NewEntry, ...]()
    title = words_of(path, values)
    if isinstance(act, AddItem):
        if act.box == "dasar_hukum":
            law = _known(names.law, act.name, known)
            if law.id in found:
                raise Refused("peraturan itu sudah ada di daftar ini")
            found, entries = [*found, law.id], _entries(law)
        else:
            text = cleaned(("nama",), act.name)
            slug = names.sop(str(text), known)
            found = [*found, {"teks": text, "sop": slug} if slug else text]
        said = f"{title}: ditambah"
    elif not 0 <= act.at < len(found):
        raise Refused("butir itu tidak ada lagi")
    elif isinstance(act, RemoveItem):
        del found[act.at]
        said = f"{title}: dikurangi"
    else:
        found.insert(max(0, min(act.to, len(found) - 1)), found.pop(act.at))
        said = f"{title}: urutan"
    return Change((Put(path, found or None),), said, entries, f"baru-{act.box}")


def _known(find: Callable[[str, Known], names.Named], name: str, known: Known) -> names.Named:
    text = cleaned(("nama",), name)
    try:
        return find(re.sub(r"\s+", " ", str(text or "")), known)
    except names.Unclear as error:
        raise Refused(str(error)) from error


def _entries(found: names.Named) -> tuple[NewEntry, ...]:
    return (found.entry,) if found.entry else ()


def _table(values: Mapping[str, Any], number: int) -> Table:
    found = tables(values)
    if not 0 <= number < len(found):
        raise Refused("tabel itu tidak ada lagi")
    return found[number]


def _step(table: Table, row: int) -> Step:
    if not 0 <= row < len(table.steps):
        raise Refused("langkah itu tidak ada lagi")
    return table.steps[row]
