"""SOPs that the typesetter cannot set, and what it said → problems, at the texts at fault."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.data.catalogue import Catalogue
from generator.data.load import load_file, locate
from generator.documents.signed import position
from generator.figure.paper.typesetter import Unsettable
from generator.formats.pdf.write import settable
from generator.model.problems import Position, Problem, Severity
from generator.model.values import stated

_Place = tuple[str | int, ...]
_HINT = "ketik ulang teks itu tanpa tanda atau huruf yang tidak biasa, dan laporkan kepada pembuat program"


def blamed(catalogue: Catalogue, slugs: Sequence[str], data_dir: Path, error: Unsettable) -> list[Problem]:
    """The problems of SOPs that cannot be set: where in each the first text stands that cannot be set alone;
    where there is none in all of them, the first SOP as a whole."""
    found = [one for slug in slugs if (one := _text_at_fault(catalogue, slug, data_dir))]
    found = found or [(slugs[0], position(data_dir, catalogue.sop[slugs[0]]), "")]
    problems = []
    for slug, where, text in found:
        shown = f"teks '{_short(text)}'" if text else "SOP ini"
        message = f"PDF dan Word SOP '{slug}' tidak dapat dibuat: {shown} ditolak penata huruf ({error})"
        problems.append(Problem(where, Severity.ERROR, message, _HINT, "naskah"))
    return problems


def _text_at_fault(catalogue: Catalogue, slug: str, data_dir: Path) -> tuple[str, Position, str] | None:
    sop = catalogue.sop[slug]
    texts = list(_texts(stated(sop), ()))
    actors = {id: catalogue.pelaksana[id].nama for alur in sop.alur for id in alur.pelaksana}
    with _hushed():
        at = _first_unsettable([text for _, text in texts])
        actor = None if at is not None else _first_unsettable(list(actors.values()))
    if at is not None:
        path, text = texts[at]
        # an SOP of one table has the keys of that table at the top of its file
        return slug, max(position(data_dir, sop, *path), position(data_dir, sop, *path[2:])), text
    if actor is None:
        return None
    file = data_dir / "pelaksana.yml"
    id, text = list(actors.items())[actor]
    return slug, locate(load_file(file)[0], id, "nama") or Position(file.as_posix(), 1, 1), text


def _texts(value: object, path: _Place) -> Iterator[tuple[_Place, str]]:
    """All texts in what a value states, with the keys and numbers that lead to them."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, own in value.items():
            yield from _texts(own, (*path, key))
    elif isinstance(value, list):
        for number, own in enumerate(value):
            yield from _texts(own, (*path, number))


def _first_unsettable(texts: Sequence[str]) -> int | None:
    """The number of the first text that cannot be set; None where all can."""
    if settable(texts):
        return None
    low, high = 0, len(texts)  # texts[:low] can be set, texts[:high] cannot
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if settable(texts[:middle]) else (low, middle)
    return low


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


@contextmanager
def _hushed() -> Iterator[None]:
    """The typesetter writes each of its panics on the terminal, and here it is made to panic."""
    kept = os.dup(2)
    away = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(away, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(away)
        os.close(kept)
