"""What a site asks of documents: the jobs and what they made, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.revisions.words import StandingWords
from generator.model.problems import Problem

if TYPE_CHECKING:
    from generator.documents.setting import Document


class PaperFormat(Struct, frozen=True):
    """``words`` and ``use`` say to a reader what it is and what for; ``saved``: browsers keep it instead of
    showing it; ``make`` writes an SOP that is set on paper."""

    ending: str
    words: str
    use: str
    make: Callable[[Document], bytes]
    saved: bool = False


def _pdf(document: Document) -> bytes:
    from generator.documents.setting import make_pdf  # the typesetter, for those who make documents

    return make_pdf(document)


def _docx(document: Document) -> bytes:
    from generator.documents.setting import make_docx

    return make_docx(document)


KINDS = {
    form.ending: form
    for form in (
        PaperFormat("pdf", "PDF bentuk resmi", "salinan untuk dicetak dan dibagikan", _pdf),
        PaperFormat("docx", "Berkas Word", "tabel dan gambarnya dapat disunting", _docx, saved=True),
    )
}
"""What is made of each SOP, by its ending."""
CARD = "kartu.png"
"""Name of the picture for those who share its address, in the folder of its page."""


class PaperJob(Struct, frozen=True):
    """Documents to make, of these ``kinds``: those of one SOP (``book`` is None), a unit's book of its SOPs,
    which has that title, or a card ("png") of an SOP or of the site (no ``slugs``). A job holds all that its
    files depend on: ``excerpt`` and ``logo`` (bytes of the emblem) among it; ``data_dir`` is where problems
    say that the data stands; ``state``: how the card of an SOP says that it stands; ``place``: how the names
    of its files begin in the store. ``key`` is the same whatever the kinds are."""

    key: str
    folder: str
    slugs: tuple[str, ...]
    kinds: tuple[str, ...]
    book: str | None
    excerpt: Catalogue | None
    undated: date
    data_dir: Path
    logo: bytes | None
    state: StandingWords | None = None
    place: str = ""
    to_sign: int | None = None
    """Number of the version whose sheet to be signed is made, in place of copies."""


def sheet_name(slug: str, number: int) -> str:
    """Name of the files of the sheet that is signed; the dot keeps it apart from every slug."""
    return f"{slug}.naskah-versi-{number}"


class DocumentFiles(Struct, frozen=True):
    """The files that a job made, by their path under the root of the site, and what is wrong; ``place`` as of
    its job."""

    key: str
    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]
    place: str = ""


def named(job: PaperJob, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files of a job, given by their kinds, by their path under the root of the site."""
    name = "buku-sop" if job.book is not None else "".join(job.slugs)
    if job.to_sign is not None:
        name = sheet_name(name, job.to_sign)
    for kind, content in files.items():
        file = CARD if kind == "png" else f"{name}.{kind}"
        yield f"{job.folder}/{file}".lstrip("/"), content
