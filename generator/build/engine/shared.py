"""Several agencies that differ for the site engine in what they say of themselves alone → what it makes of
each, from one run.

A run is remembered as long as the process lives. Agencies that the engine would see otherwise than in their
words (``identity.alike``) have it to themselves.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.build.engine.engine import EngineOutput, page_words, run_engine
from generator.build.engine.errors import EngineError
from generator.build.order import Order, Sources
from generator.data.catalogue import Catalogue
from generator.site.base_templates import BaseTemplate, Sort
from generator.site.handwritten.counts import marked
from generator.site.pages import card_address
from generator.site.stage import Own, own_files, read_own

if TYPE_CHECKING:
    from generator.site.handwritten.identity import Words

_MOST = 4
"""Runs that are remembered: agencies with pages of their own may be many."""
_MADE: dict[str, EngineOutput] = {}
_ID = re.compile(r'\bid="([^"]*)"')


def read_marked(catalogue: Catalogue, sources: Sources, order: Order) -> Own:
    """What is written by hand of a catalogue's site, with marks in the place of numbers."""
    card = card_address(catalogue, "") if order.papers else ""
    return marked(read_own(catalogue, sources.docs, sources.config, card, order.day), catalogue)


More = Callable[[], Iterable[Sort]]
"""Gives sorts that are needed too; not asked where a run is remembered, as what that lacks is told later."""


def run_shared(
    own: Own,
    catalogue: Catalogue,
    work: Path,
    sorts: Iterable[Sort],
    more: More,
    read: Callable[[Catalogue], Own] | None,
    *,
    docs: Path,
    data: Path,
    day: date | None = None,
) -> EngineOutput:
    """As ``run_engine``; ``read`` gives what is written by hand for a catalogue, None: nothing is shared."""
    if read is None:
        asked = sorted({*sorts, *more()})
        return run_engine(own, catalogue, work, asked, docs=docs, data=data, day=day)
    from generator.site.handwritten.identity import alike, unnamed  # loaded where the engine runs

    other, words = unnamed(catalogue)
    unsaid = read(other) if words else own
    if words and alike(own, unsaid, words):
        files = dict(own_files(own, catalogue, docs, data))
        key = _key(unsaid, other, files, docs, day)
        known = _MADE.get(key)
        sorts, more = {*sorts, *(known.templates if known else more())}, tuple
        if known is None or not known.templates.keys() >= sorts:
            asked = sorted(sorts)
            beside = work.with_name(f"{work.name}-bersama")
            known = None
            with suppress(EngineError):  # what it refuses is told better without marks
                known = _MADE[key] = run_engine(unsaid, other, beside, asked, docs=docs, data=data, day=day)
            for old in list(_MADE)[:-_MOST]:
                del _MADE[old]
        if known and files.keys() <= known.files.keys() and (told := _named(known, sorts, words)):
            return replace(told, files={**known.files, **files})
    return run_engine(own, catalogue, work, sorted({*sorts, *more()}), docs=docs, data=data, day=day)


def _key(own: Own, catalogue: Catalogue, files: dict[str, bytes], docs: Path, day: date | None) -> str:
    """Digest of what the engine sees; of the files beside the pages it knows no more than their names."""
    told = [own.settings, own.listed, own.named, sorted(files), docs.absolute().as_posix()]
    found = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode())
    found.update("\0".join(page_words(own, catalogue, docs, day)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _named(made: EngineOutput, sorts: Iterable[Sort], words: Words) -> EngineOutput | None:
    """What was made, in the words of an agency; None if that cannot be surely told."""
    from generator.site.handwritten.identity import named  # as above

    def each(texts: Iterator[str]) -> Iterator[str]:
        for text in texts:
            told = named(text, words)
            if told is None or (told != text and _twice(told)):
                raise _Unsure
            yield told

    try:
        pages = dict(zip(made.pages, each(iter(made.pages.values())), strict=True))
        counting = dict(zip(made.counting, each(iter(made.counting.values())), strict=True))
        templates = {sort: BaseTemplate(tuple(each(iter(made.templates[sort].pieces)))) for sort in sorts}
    except _Unsure:
        return None
    return EngineOutput(templates, pages, counting, made.files)


class _Unsure(Exception):
    """A text in which more was made of a mark than a word."""


def _twice(html: str) -> bool:
    """Whether two anchors of a page have one name: then the engine would have named one otherwise."""
    return any(count > 1 for count in Counter(_ID.findall(html)).values())
