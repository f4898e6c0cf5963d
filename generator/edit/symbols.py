"""What the page says of the symbols of a row → the operations that make them so.

What it leaves as it was keeps its place in the file, whatever more stands there than the page can show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.data.validate.steps import BERIKUTNYA, ENDS, RESERVED, SYMBOL_FIELDS
from generator.data.writing.operations import Operation, Put
from generator.edit.acts import SymbolForm, Target
from generator.edit.fields import Refused
from generator.edit.steps import (
    Branch,
    Step,
    Table,
    branches,
    exchanged,
    grouped,
    ids,
    named,
    symbols,
    without,
)
from generator.form.symbols import Bentuk
from generator.model.sop import Garis

SHORT = {
    "pelaksana": "pelaksana",
    "hubungan": "hubungan",
    "pertanyaan": "teks",
    "keputusan": "keputusan",
    "lanjut": "lanjut",
    "sop": "sop",
}
"""Keys of a step with one symbol, and what they are called in the long form."""
Found = Callable[[Target], tuple[Any, list[Operation]]]
"""A target on the page → as the file writes it, and what must be written for it first."""


def symbols_of(step: Step) -> list[Step]:
    """The symbols of a step in whichever form."""
    return symbols(step) or [{long: step[short] for short, long in SHORT.items() if short in step}]


def forms_of(step: Step) -> list[SymbolForm]:
    """The symbols of a step as the page would leave them."""
    return [_form(symbol, n) for n, symbol in enumerate(symbols_of(step))]


def _form(symbol: Step, number: int) -> SymbolForm:
    kept = Target(keep=True)
    return SymbolForm(
        shape=shape_of(symbol),
        actors=_actors(symbol.get("pelaksana")),
        text=str(symbol.get("teks") or ""),
        ways=[(branch.label, kept) for branch in branches(symbol)],
        onward=kept,
        was=number,
        joined=symbol.get("bersama") == "ya",
    )


def shape_of(symbol: Step) -> str:
    """The shape of a symbol."""
    usual = Bentuk.BELAH_KETUPAT if "keputusan" in symbol else Bentuk.KOTAK
    return str(symbol.get("bentuk") or usual)


def led(was: Any, target: Any, dashed: bool | None) -> Any:
    """A way as the file writes it, that leads to a target now; ``dashed``: how its line is drawn (None: as it
    was). From which of joint actors it comes stays."""
    before = was if isinstance(was, Mapping) else {}
    if target is was and isinstance(was, list):
        return was
    fields = dict(target) if isinstance(target, Mapping) else {"ke": target}
    if isinstance(target, str) and target not in ENDS and "dari" in before:
        fields["dari"] = before["dari"]
    line = before.get("garis") if dashed is None else Garis.PUTUS.value if dashed else None
    fields |= {"garis": line}
    fields = {key: value for key, value in fields.items() if value not in (None, "", BERIKUTNYA)}
    return fields if fields.keys() - {"ke"} else fields.get("ke")


def set_symbols(
    values: Mapping[str, Any], table: Table, row: int, forms: Sequence[SymbolForm], found: Found
) -> list[Operation]:
    """The operations that give a row these symbols. Raises ``Refused``."""
    if not forms:
        raise Refused("sebuah langkah punya paling sedikit satu simbol")
    step = table.steps[row]
    old = symbols_of(step)
    own = _ids(values, old, forms)
    before: list[Operation] = []

    def target(form: SymbolForm, to: Target, was: Any) -> Any:
        if to.keep:
            return was
        if to.symbol is not None:
            if not 0 <= to.symbol < len(forms) or forms[to.symbol] is form:
                raise Refused("simbol yang dituju tidak ada")
            return own[to.symbol]
        if to.id is not None:
            if to.id not in set(ids(values)):
                raise Refused("yang dituju tidak ada lagi")
            return to.id
        made, first = found(to)
        before.extend(first)
        return made

    new = [_symbol(form, old, own.get(n), table, target) for n, form in enumerate(forms)]
    if forms[0].was != 0:
        new[0].pop("bersama", None)  # nothing stands before it any more
    gone = {one.get("id") for one in old} - {one.get("id") for one in new} - {None}
    new = [{k: without(v, gone, BERIKUTNYA) if k in _WAYS else v for k, v in one.items()} for one in new]
    only = {key: value for key, value in new[0].items() if key != "bentuk"}
    if len(new) == 1 < len(old) and shape_of(only) == shape_of(new[0]):
        inside = only.pop("id", None)
        gone |= {inside} - {None}
        after = [Put(table.at(row, short), only.get(long)) for short, long in SHORT.items()]
        after.insert(0, Put(table.at(row, "simbol"), None))
    else:
        after = [Put(table.at(row, key), None) for key in SHORT if key in step]
        after.append(Put(table.at(row, "simbol"), new))
    if gone:
        other, first = named(values, table, row)
        moved = [op for n in range(len(table.steps)) if n != row for op in exchanged(table, n, gone, other)]
        before += [*first, *moved] if moved else []
    return [*before, *after]


_WAYS = ("keputusan", "lanjut")


def _symbol(
    form: SymbolForm,
    old: Sequence[Step],
    id: str | None,
    table: Table,
    target: Callable[[SymbolForm, Target, Any], Any],
) -> dict[str, Any]:
    """One symbol as the file writes it."""
    was = old[form.was] if form.was is not None and 0 <= form.was < len(old) else {}
    before = _form(was, form.was or 0)
    if form.shape not in set(Bentuk):
        raise Refused("bentuk itu tidak dikenal")
    made: dict[str, Any] = {**was, "id": id or was.get("id")}
    if form.actors != before.actors or not was:
        if any(actor not in table.columns for actor in form.actors):
            raise Refused("kolom pelaksana itu tidak ada lagi")
        who = sorted(form.actors, key=table.columns.index)
        made["pelaksana"] = who[0] if len(who) == 1 else who or None
    if form.text != before.text:
        made["teks"] = " ".join(form.text.split()) or None
    if form.joined is not None and form.joined != before.joined:
        made["bersama"] = "ya" if form.joined else None
    reshaped = form.shape != before.shape or not was
    if reshaped:
        made["bentuk"] = form.shape if form.shape == Bentuk.KAPSUL else None
    if not reshaped and form.ways == before.ways and form.onward.keep:
        pass  # all ways lead where they led
    elif form.shape == Bentuk.BELAH_KETUPAT and (form.ways or reshaped):
        targets = [branch.target for branch in branches(was)]
        ways = [
            Branch(" ".join(label.split()), target(form, to, targets[n] if n < len(targets) else None))
            for n, (label, to) in enumerate(form.ways)
        ]
        made["keputusan"] = grouped(ways or [Branch("Ya"), Branch("Tidak")])
        made["lanjut"] = None
    else:
        made["keputusan"] = None
        made["lanjut"] = target(form, form.onward, was.get("lanjut"))
    return {key: made[key] for key in SYMBOL_FIELDS if made.get(key) is not None}


def _ids(values: Mapping[str, Any], old: Sequence[Step], forms: Sequence[SymbolForm]) -> dict[int, str]:
    """Ids of the symbols that others of the row lead to, new ones where they have none."""
    aimed = {to.symbol for form in forms for to in (form.onward, *(way for _, way in form.ways))}
    taken, found = {*ids(values), *RESERVED}, dict[int, str]()
    for n, form in enumerate(forms):
        own = old[form.was].get("id") if form.was is not None and 0 <= form.was < len(old) else None
        if own is None and n in aimed:
            number = n + 1
            while f"simbol-{number}" in taken:
                number += 1
            own = f"simbol-{number}"
            taken.add(own)
        if own is not None:
            found[n] = str(own)
    return found


def _actors(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]
