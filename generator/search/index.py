"""Built site + lexicon → the search bundle in ``<site>/pagefind/``, by Pagefind.

Pagefind is given one plain record a page: the words of the page, and beside each section the tokens of its
words, marked by ``TOKEN`` so that no word can be taken for one. The browser asks for tokens. Beside the
files of Pagefind stand ``kata.json`` (what words stand for) and ``saring.json`` (facets and addresses by
record); its own filters are not used, as their order is not stable. The same site gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from generator.search.lexicon import Lexicon
from generator.search.pages import Page, read_page
from generator.search.vocabulary import Vocabulary, vocabulary
from generator.search.words import root, split

BUNDLE = "pagefind"
TOKEN = "xq"
"""Ends a token in the index."""
DERIVED = "xd"
"""Ends the token once more where a derived word gave it: who asks for "pengumuman" wants it before "umum"."""
Marks = Mapping[str, Sequence[tuple[str, bool]]]
"""Tokens of each text, and whether a derived word gave them."""
INITIALS = "xi"
"""Ends the initials of words that begin with capitals side by side."""
FACETS = ("unit", "pelaksana", "hukum", "status", "lama", "klasifikasi")
_KEPT = re.compile(r"pagefind(-entry\.json|\.js|\.[^/]*pf_meta)|wasm\.unknown\.pagefind|(index|fragment)/.*")
_LINKS = frozenset(
    ["dan", "di", "ke", "yang", "untuk", "serta", "atau", "dengan", "pada", "oleh", "dari", "dalam"]
)


class SearchFailed(Exception):
    """Pagefind could not be run, or refused the pages; the text says why, in Indonesian."""


def write_index(site: Path, lexicon: Lexicon) -> int:
    """Index a built site tree and write its bundle; gives the number of pages that can be found.

    Raises ``SearchFailed`` where Pagefind does not run.
    """
    pages = read_pages(site)
    texts = list(dict.fromkeys(text for page in pages for text in texts_of(page)))
    words = vocabulary(texts, lexicon)
    marks = {text: words.index_tokens(split(text)) for text in texts}
    target = site / BUNDLE
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".cari-", dir=site.parent) as folder:
        source, made = Path(folder, "halaman"), Path(folder, "hasil")
        for page in pages:
            file = source / page.url / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(record(page, marks), encoding="utf-8")
        if pages:
            _run(source, made)
            for file in sorted(made.rglob("*")):
                name = file.relative_to(made).as_posix()
                if file.is_file() and _KEPT.fullmatch(name):
                    (target / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, target / name)
    target.mkdir(exist_ok=True)
    _write(target / "kata.json", table(marks, words))
    _write(target / "saring.json", facets(pages, _records(target)))
    return len(pages)


def read_pages(site: Path) -> list[Page]:
    """All pages of a built tree, by address; ``404.html`` and pages that ask not to be found left out."""
    pages: list[Page] = []
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if name == "404.html" or name.startswith(f"{BUNDLE}/"):
            continue
        page = read_page(file.read_text(encoding="utf-8"), name.removesuffix("index.html"))
        if page is not None:
            pages.append(page)
    return sorted(pages, key=lambda page: page.url)


def texts_of(page: Page) -> list[str]:
    """All texts of a page that words are taken from."""
    return [
        page.title,
        *(text for section in page.sections for text in (section.heading, section.text) if text),
    ]


def record(page: Page, marks: Marks) -> str:
    """The page as Pagefind sees it."""
    parts = [f"<h1>{escape(page.title)}</h1>", _tokens(page.title, marks, 8)]
    for section in page.sections:
        if section.anchor:
            parts.append(f'<h2 id="{escape(section.anchor)}">{escape(section.heading)}</h2>')
            parts.append(_tokens(section.heading, marks, 1.5))
        parts.append(f"<p>{escape(section.text)}</p>{_tokens(section.text, marks, 1)}")
    body = "\n".join(parts)
    return f'<!doctype html><html lang="und"><body data-pagefind-body>{body}</body></html>'


def _tokens(text: str, marks: Marks, weight: float) -> str:
    found: list[str] = []
    for token, derived in marks.get(text, ()):
        found += [token + TOKEN, token + DERIVED] if derived else [token + TOKEN]
    found += [short + INITIALS for short in initials(text)]
    return f'<p data-pagefind-weight="{weight}">{" ".join(found)}</p>' if found else ""


def initials(text: str) -> list[str]:
    """Initials of 3 to 7 words with capitals side by side, links passed over: the abbreviations that a reader
    may make of them."""
    found: dict[str, None] = {}
    for run in re.findall(
        r"(?:[A-Z][\w'-]*(?:\s+(?:dan|di|ke|yang|untuk|atau|dengan|dari)(?=\s+[A-Z]))?\s*)+", text
    ):
        letters = [word[0].lower() for word in re.findall(r"\w[\w'-]*", run) if word.lower() not in _LINKS]
        for start in range(len(letters)):
            for size in range(3, 8):
                if start + size <= len(letters):
                    found["".join(letters[start : start + size])] = None
    return [short for short in found if short.isascii() and short.isalpha()]


def table(marks: Marks, words: Vocabulary) -> dict[str, object]:
    """What turns words into the tokens of this site: known roots, other meanings, expressions."""
    seen = sorted({word for text in marks for word in split(text)})
    marked = {found for tokens in marks.values() for found in tokens}
    held = {token for token, _ in marked}
    meanings = {word: tokens for word, tokens in words.meanings.items() if held.intersection(tokens)}
    roots = {words.root(word) or word for word in seen if held.intersection(words.tokens(word))}
    roots |= meanings.keys() & words.roots
    for word in seen:
        tokens = words.tokens(word)
        exact = next((w for w in (word, word.removesuffix("nya")) if w in meanings), None)
        base = exact or root(word, roots) or word
        if held.intersection(tokens) and meanings.get(base, (base,)) != tokens:
            meanings[word] = tokens
    phrases = [
        [" ".join(phrase), *tokens]
        for found in words.phrases.values()
        for phrase, tokens in found
        if held.intersection(tokens)
    ]
    return {
        "akar": front_coded(roots),
        "turun": front_coded(token for token, derived in marked if derived),
        "arti": {word: [t for t in tokens if t in held] for word, tokens in sorted(meanings.items())},
        "frasa": sorted(phrases),
        "abaikan": " ".join(sorted(words.ignored)),
    }


def front_coded(words: Iterable[str]) -> str:
    """Sorted words, each as the number of letters shared with the one before (base 36) and the rest."""
    coded: list[str] = []
    before = ""
    for word in sorted(words):
        shared = 0
        while shared < min(len(word), len(before), 35) and word[shared] == before[shared]:
            shared += 1
        coded.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + word[shared:])
        before = word
    return " ".join(coded)


def facets(pages: Sequence[Page], records: dict[str, str]) -> dict[str, object]:
    """Facets with their values, and each record's title, address and values (indexes into them)."""
    values = {name: sorted({v for page in pages for n, v in page.facets if n == name}) for name in FACETS}
    used = {name: found for name, found in values.items() if found}
    rows = {
        records[page.url]: [
            page.url,
            page.title,
            [[found.index(v) for n, v in page.facets if n == name] for name, found in used.items()],
        ]
        for page in pages
        if page.url in records
    }
    return {"faset": used, "halaman": dict(sorted(rows.items()))}


def _records(target: Path) -> dict[str, str]:
    """Address → record id, read back from Pagefind's fragments."""
    found: dict[str, str] = {}
    for file in sorted((target / "fragment").glob("*.pf_fragment")):
        data = gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")
        found[str(json.loads(data)["url"]).lstrip("/")] = file.stem
    return found


def _run(source: Path, made: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(source), "--output-path", str(made), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (made / "pagefind-entry.json").is_file():
        raise SearchFailed(
            f"Pagefind gagal membuat indeks pencarian: {(done.stderr or done.stdout).strip()[-400:]}"
        )


def _write(path: Path, data: dict[str, object]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
