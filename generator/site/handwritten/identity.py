"""What an agency says of itself, in its settings and on hand-written pages → the same with marks in its
place; what the engine makes of them → with it.

Agencies of one portal mostly differ in nothing else that the engine sees, and so need it once. Only where a
word is surely to the engine what any other is: of plain letters and signs, and on a page named as it is
(``{{ nama_instansi }}``) or asked for whether it is there. Whoever says it otherwise has the engine alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from markupsafe import escape
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.site.handwritten.counts import read_by_known
from generator.site.macros import inline
from generator.site.stage import Own

Words = Mapping[str, str]
"""What stands for each mark."""
_MARK = re.compile(r"zq[a-z]{1,12}.{0,16}zq", re.IGNORECASE | re.DOTALL)
"""Whatever has become of a mark."""
_PLAIN = re.compile(r"[A-Za-z0-9](?:(?:[,.():;+/@-]{0,2} ?\(?)[A-Za-z0-9])*[.)]?")
_HOME = re.compile(r"(https?://)([A-Za-z0-9.-]+(?::\d+)?)((?:/[A-Za-z0-9][A-Za-z0-9_-]*)*)(/?)")
_WEB = re.compile(r"(https?://)([A-Za-z0-9./-]+)")
_ANCHOR = re.compile(r'(?<=\bid=")[^"]*|(?<=\bfor=")[^"]*|(?<=\bhref=")[^"#]*#[^"]*')
_RAW = re.compile(r"\{% ?raw ?%\}.*?\{% ?endraw ?%\}", re.DOTALL)
_NAMED = re.compile(r"\{\{ ?\w+ ?\}\}|\{% ?(?:if \w+|else|endif) ?%\}")
_ASKED = re.compile(r"\{[{%][^}]*\b(?:\w+_instansi|lisensi_data)\b")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE)


def unnamed(catalogue: Catalogue) -> tuple[Catalogue, Words]:
    """The catalogue with marks in the place of what its agency says of itself, and what they stand for."""
    agency, words = catalogue.instansi, dict[str, str]()

    def mark(name: str, value: str) -> str:
        if not _PLAIN.fullmatch(value):
            return value
        words[made := f"ZQ{name}-ZQ"] = value
        return made

    web = _WEB.fullmatch(agency.web or "")
    told = replace(
        agency,
        nama=mark("nama", agency.nama),
        singkatan=mark("singkatan", agency.singkatan),
        alamat=tuple(mark(f"alamat{chr(97 + at % 26)}", line) for at, line in enumerate(agency.alamat[:26])),
        email=mark("surel", agency.email or "") or None,
        lisensi_data=mark("lisensi", agency.lisensi_data or "") or None,
        web=f"{web[1]}{mark('web', web[2])}" if web else agency.web,
    )
    if home := _HOME.fullmatch(catalogue.home):
        path = f"/{mark('jalan', home[3][1:])}" if home[3] else ""
        address = f"{home[1]}{mark('host', home[2])}{path}{home[4]}"
        told = replace(told, situs=address, situs_internal=address)
    return replace(catalogue, instansi=told), words


def alike(own: Own, marked: Own, words: Words) -> bool:
    """Whether what is written by hand, ``own``, reads to the engine as it does with marks, ``marked``."""

    def told(one: Own) -> str:
        return json.dumps([one.settings, [(page.path, page.meta) for page in one.pages]], default=str)

    text = told(marked)
    for mark, value in words.items():
        text = text.replace(mark, value)
    bodies = [page.body for page in own.pages]
    return (
        text == told(own)
        and read_by_known(own.settings)
        and not any(_MARK.search(one) for one in (text, *bodies))
        and not any(map(_read_otherwise, bodies))
    )


def _read_otherwise(body: str) -> bool:
    """Whether a page may do more with the words of the agency than show them."""
    rest = _NAMED.sub("", _RAW.sub("", body))
    return bool(_ASKED.search(rest) or (_ASKED.search(body) and _REFERENCE.search(body)))


def named(html: str, words: Words) -> str | None:
    """What the engine made, with what the marks stand for; None where more was made of one than that."""
    from markdown.extensions.toc import slugify  # not loaded where no engine has run

    for mark, value in words.items():
        if (sign := mark.lower()) in html:
            anchor = slugify(value, "-")
            html = _ANCHOR.sub(lambda found, sign=sign, to=anchor: found[0].replace(sign, to), html)  # type: ignore[misc]
        html = html.replace(inline(mark), inline(str(escape(value)))).replace(mark, value)
    return None if "zq" in html.lower() and _MARK.search(html) else html
