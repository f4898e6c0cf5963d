"""Catalogue of one audience → its site as a tree; only what has changed is made, the rest taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile

import msgspec
from msgspec.structs import replace

from generator.build import jobs
from generator.build.engine.engine import engine_key, read_templates, templates_text
from generator.build.engine.errors import EngineError
from generator.build.engine.said import whence
from generator.build.engine.shared import More, read_marked, run_shared
from generator.build.finish import dressing, finish, place_of
from generator.build.jobs import Job, JobResult, PageKind, Templates
from generator.build.known.bundles import put_data
from generator.build.known.records import ROW, TOLD, Records
from generator.build.known.together import together
from generator.build.links import DeadLink, dead_links
from generator.build.manifest import HASH, LEXICON
from generator.build.memory import search_of, surroundings
from generator.build.order import BuildError, Order, Sources, refuse_clashes
from generator.build.papers import set_all
from generator.build.policy import PolicyError
from generator.build.tree import Tree
from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.data.registers import files_with_shared
from generator.data.revisions import NewsItem
from generator.documents import sheet_place, signed_copies
from generator.formats.html.offer import Offer
from generator.formats.open_data.schema import schema_files
from generator.model.problems import Problem, from_folder
from generator.search.index import BUNDLE, DICTIONARY, make_bundle
from generator.site.base_templates import BaseTemplateError, Sort
from generator.site.changes import history_files
from generator.site.handwritten.counts import counted
from generator.site.health_pages import health_files
from generator.site.listing import Listing
from generator.site.lists.history import all_news
from generator.site.pages import health_listings, listings, seal_of
from generator.site.sitemap import sitemap
from generator.site.stage import PageError, refuse
from generator.site.staged import root_of

_LENGTH = "length "
"""How the notes of a tree on how long SOPs take begin."""
_COUNTING = "counting "
"""How those begin that hold what the engine made of pages that say how many SOPs, steps … there are."""
_ORIGIN = "origin of templates"
"""Name of the note on the templates that the pages stand in."""


def make_site(
    catalogue: Catalogue, tree: Tree, sources: Sources, order: Order, work: Path
) -> tuple[Problem, ...]:
    """Make the site of a catalogue's audience into a tree; ``work`` is a folder for what comes between.
    Gives the problems of documents that cannot be made; the site does without them, and says so.
    Raises BuildError, StageError, DotError, OSError; then the tree is of no use."""
    try:
        with TemporaryFile(dir=work) as lines:
            return _Site(catalogue, tree, sources, order, work, Records(tree, lines)).make()
    except (EngineError, BaseTemplateError, PageError, PolicyError) as error:
        raise BuildError(str(error)) from error


class _Site:
    def __init__(
        self,
        catalogue: Catalogue,
        tree: Tree,
        sources: Sources,
        order: Order,
        work: Path,
        records: Records,
    ) -> None:
        self.catalogue, self.tree, self.sources, self.order, self.work = catalogue, tree, sources, order, work
        self.records = records
        self.excerpts = Excerpts(catalogue)
        self.read = partial(read_marked, sources=sources, order=order)
        self.own = self.read(catalogue)
        self.place = place_of(catalogue)
        self.folders = {"docs": sources.docs, "data": sources.data}
        self.engine_key = f"engine-{engine_key(self.own, catalogue, **self.folders, day=order.day)}"
        self.unset: Collection[str] = ()
        self.lengths: dict[str, str] = {}
        self._still: set[str] = set()  # SOPs whose pages are taken over
        self.signed, wrong = signed_copies(catalogue, sources.data)
        refuse(wrong)

    def make(self) -> tuple[Problem, ...]:
        order = self.order
        self.unset, wrong = set_all(self.excerpts, self.tree, self.sources, order)
        if wrong and self.catalogue.sees.problems:
            told = (from_folder(one, self.sources.data) for one in wrong)
            self.catalogue = replace(self.catalogue, problems=(*self.catalogue.problems, *told))
        self.templates, origin = self._base_templates()
        self.base = self._base(origin)
        self._pages()
        self.order.workers.rest()
        self._lists()
        self._search()
        self._check()
        notes = (("templates", templates_text(self.templates.by_sort)), (_ORIGIN, origin))
        self.tree.add(self.engine_key, notes=notes)
        return wrong

    def _base(self, origin: str) -> hashlib._Hash:
        """What all pages depend on: beside their templates the program, what was asked for, the agency."""
        menu = sorted(self.own.menu)
        told = (surroundings(), origin, menu, self.order.day, self.order.papers, self.place)
        agency = msgspec.json.encode(self.catalogue.instansi)
        return hashlib.sha256(repr(told).encode() + agency)

    def key(self, name: str, *parts: bytes) -> str:
        """The key of what depends on these parts beside what all pages depend on."""
        found = self.base.copy()
        found.update(name.encode("utf-8", "surrogatepass"))
        for part in parts:
            found.update(hashlib.sha256(part).digest())
        return f"{name}-{found.hexdigest()}"

    # the base templates

    def _base_templates(self) -> tuple[Templates, str]:
        """Those from the last build if they still hold, else from the engine; and a sign of them, which
        stays the same while the engine makes those that are known as before: a hand-written page that says
        something else, as how many steps there are, makes no other page anew."""
        told = self.tree.memory.note("templates")
        old = read_templates(told) if told else {}
        templates = Templates(old, self.own.menu, self.place)
        origin = self.tree.memory.note(_ORIGIN) or ""
        if origin and self.tree.take(self.engine_key):
            return templates, origin
        self.base = self._base("")
        templates = self._run_engine(templates, old, self._sorts)
        if not (origin and old) or any(templates.by_sort[sort] != template for sort, template in old.items()):
            origin = hashlib.sha256(templates_text(templates.by_sort).encode()).hexdigest()
        return templates, origin

    def _run_engine(self, templates: Templates, sorts: Iterable[Sort], more: More = tuple) -> Templates:
        """Let the engine make the hand-written pages and a base template for each sort."""
        folder = self.work / f"mesin-{len(list(self.work.glob('mesin-*')))}"
        read = self.read if self.order.place else None
        made = run_shared(
            self.own, self.catalogue, folder, sorts, more, read, **self.folders, day=self.order.day
        )
        pages = [finish(name, html, self.place) for name, html in made.pages.items()]
        notes = [(f"{_COUNTING}{name}", html) for name, html in made.counting.items()]
        self.tree.add(self.engine_key, pages, made.files.items(), notes, common=bool(self.order.place))
        ready = {sort: dressing(template, self.place) for sort, template in made.templates.items()}
        return replace(templates, by_sort=ready)

    def _put_counts(self, made: Iterable[tuple[str, str]]) -> Iterator[str]:
        """The pages that say which and how many SOPs, steps … there are: what the engine made, with that."""
        for name, html in made:
            text = counted(html, self.catalogue, self.order.day, root_of(name))
            key = self.key(f"{_COUNTING}{name}", text.encode())
            if not self.tree.take(key):
                self.tree.add(key, [finish(name, text, self.place)])
            yield key

    def _sorts(self) -> frozenset[Sort]:
        """The sorts of a page of each kind, to begin with."""
        every = list(self._jobs())
        firsts = {job.kind: job for job in reversed(every)}
        pages = (page for job in firsts.values() for page in jobs.pages_of(self._whole(job)))
        parts = (job.share.page for job in every if job.share)
        lists = (listing.page for listing in (*self.listings, *self.health))
        return jobs.missing(chain(pages, parts, lists), Templates({}, self.own.menu, self.place))

    # pages of SOPs, units, actors, laws

    def _pages(self) -> None:
        every = list(self._jobs())
        total, taken = len(every), 0

        def fresh() -> Iterator[Job]:
            nonlocal taken
            for job in every:
                if job.kind is PageKind.SOP:
                    self.records.keys[job.id] = job.key
                if self.tree.take(job.key):
                    taken += 1
                    self._still.add(job.id if job.kind is PageKind.SOP else "")
                else:
                    yield self._whole(job)

        lacking = self._work(fresh(), lambda done: self.order.tell("halaman", taken + done, total))
        if lacking:
            sorts = {sort for made in lacking.values() for sort in made.lacking}
            self.templates = self._run_engine(self.templates, {*self.templates.by_sort, *sorts})
            again = (self._whole(job) for job in every if job.key in lacking)
            if self._work(again, lambda done: self.order.tell("halaman", total - len(lacking) + done, total)):
                raise BuildError("kerangka halaman tidak lengkap")

    def _work(self, some: Iterator[Job], tell: Callable[[int], None]) -> dict[str, JobResult]:
        """Do the jobs and put what they make into the tree; gives those that lacked a template."""
        lacking = {}
        for done, made in enumerate(
            self.order.workers.each(partial(jobs.make, templates=self.templates), some), 1
        ):
            if made.lacking:
                lacking[made.key] = made
            else:
                told: list[tuple[str, str]] = []
                if made.line:
                    notes = [(ROW, made.row), (TOLD, made.told), (HASH, made.hash), (_LENGTH, made.length)]
                    told = [(f"{name}{made.id}", text) for name, text in notes]
                    self.lengths[made.id] = made.length
                    self.records.add(made.id, made.line)
                self.tree.add(made.key, made.pages, made.files, told)
            tell(done)
        return lacking

    def _jobs(self) -> Iterator[Job]:
        """The jobs of all pages, without their excerpts."""
        for kind, ids in (
            (PageKind.SOP, self.catalogue.sop),
            (PageKind.UNIT, self.catalogue.unit),
            (PageKind.PELAKSANA, self.catalogue.pelaksana),
            (PageKind.HUKUM, self.catalogue.hukum),
        ):
            for id in ids:
                seal = seal_of(self.signed.get(id)) if kind is PageKind.SOP else None
                offer = self._offer(f"{kind}/{id}")
                sheet = self._offer(sheet_place(self.catalogue, id, self.order.day))
                whole = Job("", kind, id, None, self.order.day, seal, offer, sheet)
                for job in jobs.by_part(whole, self.catalogue):
                    key = self.key(f"{kind}-{id}", *jobs.depends_on(job, self.excerpts))
                    yield replace(job, key=key)

    def _whole(self, job: Job) -> Job:
        part = jobs.excerpt_of(job, self.excerpts)
        lengths = dict(self._lengths(part.sop)) if job.kind in (PageKind.UNIT, PageKind.HUKUM) else {}
        return replace(job, excerpt=part, lengths=lengths)

    def _lengths(self, slugs: Iterable[str]) -> Iterator[tuple[str, str]]:
        """How long these SOPs take, as far as their own pages have told it already."""
        for slug in slugs:
            if slug in self.lengths:
                yield slug, self.lengths[slug]
            elif slug in self._still and (told := self.tree.memory.note(f"{_LENGTH}{slug}")) is not None:
                yield slug, told

    # lists: pages and files of everything

    def _lists(self) -> None:
        """Where all that they show is as it was, they are not looked at."""
        of_lists, of_all = self.excerpts.key_of_lists(), self.excerpts.key_of_all()
        together(self.tree, "daftar", self.key("daftar", of_lists), self._put_lists)
        together(self.tree, "kesehatan", self.key("kesehatan", of_all), self._put_health)
        for held in ("news", "listings", "health"):
            vars(self).pop(held, None)  # they hold much, and nothing asks for them again
        if not self.tree.take(key := self.key("skema")):
            self.tree.add(key, files=schema_files().items())
        put_data(self.records, self.own.titles, self.catalogue, of_all, self.key)
        list(self._put_files((f"naskah/{copy.name}", copy.bytes) for copy in self.signed.values()))
        counting = list(self.tree.notes(_COUNTING))
        of_counts = self.key("hitungan", of_lists, repr(counting).encode("utf-8", "surrogatepass"))
        together(self.tree, "hitungan", of_counts, lambda: self._put_counts(counting))

    def _put_lists(self) -> Iterator[str]:
        """Put what shows something of every SOP into the tree; gives the keys."""
        self.lengths.update(self.tree.notes(_LENGTH))
        yield from self._put_pages(self.listings)
        yield from self._put_files(history_files(self.news, self.catalogue, self.order.day))

    def _put_health(self) -> Iterator[str]:
        """The same of what tells what is wrong or missing."""
        yield from self._put_pages(self.health)
        yield from self._put_files(health_files(self.catalogue, self.order.day))

    def _put_pages(self, found: Sequence[Listing]) -> Iterator[str]:
        if lacking := jobs.missing((listing.page for listing in found), self.templates):
            self.templates = self._run_engine(self.templates, {*self.templates.by_sort, *lacking})
        for listing in found:
            view = listing.view()
            key = self.key(f"daftar {listing.page.path}", repr(listing.page).encode(), view.digest())
            if not self.tree.take(key):
                self.tree.add(key, [jobs.finished(listing.filled(view), self.templates)])
            yield key

    def _put_files(self, files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
        for name, content in dict(files).items():
            if not self.tree.take(key := self.key(name, content)):
                self.tree.add(key, files=[(name, content)])
            yield key

    @cached_property
    def news(self) -> list[NewsItem]:
        """What happened to all SOPs."""
        return all_news(self.catalogue, self.order.day)

    @cached_property
    def listings(self) -> list[Listing]:
        """The pages that show something of every SOP."""
        return list(listings(self.news, self.catalogue, self.order.day, self.lengths))

    @cached_property
    def health(self) -> list[Listing]:
        """The pages that tell what is wrong or missing."""
        return list(health_listings(self.catalogue, self.order.day))

    def _offer(self, folder: str) -> Offer:
        """Whether the documents of a folder are there."""
        if not self.order.papers:
            return Offer.NONE
        return Offer.FAILED if folder in self.unset else Offer.THERE

    # the whole

    def _search(self) -> None:
        """The search bundle; it knows nothing but the pages and the lexicon."""
        files = files_with_shared(self.sources.data, "leksikon")
        self.order.tell("pencarian", 0, 1)
        cache, audience = self.sources.cache, self.catalogue.audience
        memory = search_of(audience, cache) if cache and audience else None
        workers = self.order.workers
        each = partial(workers.each, batch=1)  # runs of pages hold much
        made = make_bundle(self.tree.entries(), self._put, files, memory, each, workers.rest)
        self.tree.add(LEXICON, notes=[(LEXICON, made.lexicon)])

    def _put(self, name: str, digest: str, files: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        """Files of the search bundle, taken over where they follow from the same."""
        key = self.key(f"{BUNDLE}/{name}", digest.encode())
        if not self.tree.take(key):
            own = ((f"{BUNDLE}/{file}", content) for file, content in files())
            self.tree.add(key, files=own, common=name == DICTIONARY)

    def _check(self) -> None:
        """The map of the site; a dead link stops the build, and all of them are told, as do clashes."""
        if self.place.home:
            list(self._put_files([sitemap(self.place.home, self.tree.listed(), self.catalogue)]))
        refuse_clashes(self.tree.clashes, self.catalogue, self.sources)
        if dead := dead_links(self.tree.links, self.tree.names, self.tree.anchors):
            raise BuildError("\n".join(map(self._with_place, dead)))

    def _with_place(self, dead: DeadLink) -> str:
        at = whence(self.own.pages, self.sources.docs, dead.page, dead.address)
        return f"{dead}\n  saran: betulkan tautan itu di {at}" if at else str(dead)
