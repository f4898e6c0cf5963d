"""Groups of symbols, rows without symbols → the rows with each symbol written out (``simbol``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.data.validate.read import like_id
from generator.data.validate.steps import RESERVED
from generator.flow.chart import nearest
from generator.flow.steps import SELESAI
from generator.form.symbols import Bentuk
from generator.model.sop import Arah, Kapsul, Kegiatan, Simbol
from generator.reading.draft.groups import CAPSULES, Group


def written(
    found: Sequence[Group], rows: Sequence[Kegiatan], actors: Sequence[str], silent: bool
) -> list[Kegiatan]:
    """Each row with its symbols in the long form."""
    ids = _ids(found, rows)
    by_row: dict[int, list[int]] = {}
    for n, group in enumerate(found):
        by_row.setdefault(group.row, []).append(n)
    last = max(by_row, default=-1)
    made = []
    for r, row in enumerate(rows):
        own = by_row.get(r, [])
        gap = r + 1 <= last and r + 1 not in by_row
        symbols = tuple(_symbol(found, n, ids, actors, own, silent, gap) for n in own)
        dead = any(found[n].dead and found[n].kind not in CAPSULES for n in own) and not silent
        made.append(
            replace(
                row,
                id=ids[own[0]] if own else None,
                simbol=symbols,
                selesai=Kapsul.TIDAK if dead else None,
            )
        )
    return made


def _symbol(
    found: Sequence[Group],
    n: int,
    ids: Sequence[str],
    actors: Sequence[str],
    own: Sequence[int],
    silent: bool,
    gap: bool,
) -> Simbol:
    group, begin, end = found[n], n, n
    while found[begin].joined:
        begin -= 1
    while end != own[-1] and found[end + 1].joined:
        end += 1
    alone = not any(found[m].outs or found[m].kind == "decision" for m in range(begin, end))
    decision = group.kind == "decision"
    last = end == own[-1]
    after = None if last and gap else end + 1
    ways: tuple[Arah, ...] | None = tuple(
        _between(
            Arah(label=label, ke=None if target == after else ids[target]),
            (group, found[target]),
            arrow,
            actors,
        )
        for label, target, arrow in _parted(group.outs, decision)
    )
    if not group.outs and not decision:
        stops = group.dead and n == end and not (last and group.kind not in CAPSULES)
        ways = (Arah(ke=SELESAI),) if stops and not silent else None
    elif not decision and ways == (Arah(),) and n == end and alone:
        ways = None
    shape = {"decision": Bentuk.BELAH_KETUPAT, "process": Bentuk.KOTAK}.get(group.kind, Bentuk.KAPSUL)
    return Simbol(
        id=None if n == own[0] else ids[n],
        bentuk=shape,
        pelaksana=tuple(actors[a] for a in group.actors),
        bersama=group.joined,
        teks=group.text,
        arah=ways,
        keputusan=decision,
    )


def _between(way: Arah, ends: tuple[Group, Group], arrow: tuple[str, str], actors: Sequence[str]) -> Arah:
    """A way with the boxes of joint actors between which it is drawn named, where these are not those that it
    would be drawn between anyway."""
    group, target = ends
    (out,) = (member.actor for member in group.members if member.id == arrow[0])
    (into,) = (member.actor for member in target.members if member.id == arrow[1])
    for outs, ins in (
        (group.actors, target.actors),
        (group.actors, (into,)),
        ((out,), target.actors),
        ((out,), (into,)),
    ):
        if nearest(outs, ins) == (out, into):
            break
    return replace(
        way,
        dari=actors[out] if len(outs) < len(group.actors) else None,
        pelaksana=actors[into] if len(ins) < len(target.actors) else None,
    )


def _parted(
    outs: Sequence[tuple[str, int, tuple[str, str]]], decision: bool
) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """Two branches to one place are drawn as one arrow with both their labels."""
    for label, target, arrow in outs:
        for part in label.split(" / ") if decision else (label,):
            yield part, target, arrow


def _ids(found: Sequence[Group], rows: Sequence[Kegiatan]) -> list[str]:
    """An id for each group: for the first of a row that is no capsule the words that its step begins with."""
    taken = set(RESERVED)
    base: dict[int, str] = {}
    ids = {}
    for n in sorted(range(len(found)), key=lambda n: (found[n].row, found[n].kind in CAPSULES, n)):
        row = found[n].row
        if row not in base:
            base[row] = _name(rows[row].uraian, row, taken)
        id, count = base[row], 2
        while id in taken:
            id, count = f"{base[row]}-{count}", count + 1
        taken.add(id)
        ids[n] = id
    return [ids[n] for n in range(len(found))]


def _name(text: str, row: int, taken: set[str]) -> str:
    words = [word for word in like_id(text).split("-") if len(word) > 2 and word.isalpha()]
    tries = ["-".join(words[:count]) for count in (1, 2, 3) if len(words) >= count]
    return next((name for name in tries if name not in taken), tries[-1] if tries else f"langkah-{row + 1}")
