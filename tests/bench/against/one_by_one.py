"""``python one_by_one.py PROGRAM DATA KIND``: documents made by a program in one process → the processor time
of each (median, ms) and the most memory held (MB), as JSON.

KIND: pdf, docx, card; book: one of every 20 SOPs, the time for each SOP. Run by its path, as the program may
be an earlier commit: where its modules lay elsewhere, both places are named.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

BOOK = 20


def _first(name: str, *modules: str) -> Any:
    """A name from the first of these modules that is there."""
    for module in modules:
        try:
            return getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            continue
    raise ImportError(name)


def _card(catalogue: Any, slug: str) -> None:
    drawn = _first("lay_out", "generator.flow.layout", "generator.layout")
    state = _first("state_of", "generator.data.revisions.words", "generator.render.share")
    card = _first("sop_card", "generator.formats.card.card", "generator.render.card")
    drawings = [drawn(chart) for chart in catalogue.charts[slug][:1]]
    card(catalogue.sop[slug], catalogue, drawings, state(catalogue.versions(slug), None), None)


def _seconds(make: Callable[[], object], many: int = 1) -> float:
    start = process_time()
    make()
    return (process_time() - start) / many


def times(data: Path, kind: str) -> Iterator[float]:
    """The processor seconds of each document, the first left out: with it the fonts are loaded."""
    setting = importlib.import_module("generator.documents.setting")
    catalogue, _ = _first("read_catalogue", "generator.data.sources", "generator.reading")(data)
    slugs = list(catalogue.sop)
    if kind == "book":
        make_book = _first("make_book", "generator.documents.book")
        for at in range(0, len(slugs), BOOK):
            some = slugs[at : at + BOOK]
            yield _seconds(partial(make_book, catalogue, some, "Bidang", data), len(some))
        return
    write = {"pdf": setting.make_pdf, "docx": setting.make_docx}.get(kind)

    def one(slug: str) -> None:
        if write:
            write(setting.set_document(catalogue, slug, data)[0])
        else:
            _card(catalogue, slug)

    one(slugs[0])
    for slug in slugs:
        yield _seconds(partial(one, slug))


if __name__ == "__main__":
    sys.path[0] = sys.argv[1]
    took = median(times(Path(sys.argv[2]), sys.argv[3]))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"ms": 1000 * took, "mb": held}))
