"""SVG that somebody brought → what in it could act or ask another host, with its line.

A picture in a page does neither, but the same file opened by its own address is a page of the site. Nothing
is taken out: what is refused is told, and whoever drew the picture saves it without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SVG = "http://www.w3.org/2000/svg"
_ACTING = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}
_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,]|$)", re.IGNORECASE)
"""An address inside the file itself."""
_CSS = re.compile(
    r"\\|@import|(?:image|image-set|src)\(|url\(\s*[\"']?(?!\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,]))",
    re.IGNORECASE,
)
"""CSS that leads out of the file, or hides whether it does."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)


def active_parts(content: bytes) -> Iterator[tuple[int, str]]:
    """Line, and what is wrong there in Indonesian."""
    from lxml import etree  # not loaded where there is no picture

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except etree.XMLSyntaxError as error:
        if b"<" in content:  # browsers carry out what stands before a fault; without a tag nothing does
            yield error.lineno or 1, "gambar SVG tidak terbaca"
        return
    declared = tree.docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        yield 1, "gambar SVG memuat entitas buatan sendiri (<!ENTITY>)"
    for one in tree.iter():
        line = one.sourceline or 1
        if isinstance(one, etree._ProcessingInstruction):
            yield line, f"gambar SVG memuat perintah <?{one.target}"
        elif isinstance(one, etree._Element) and isinstance(one.tag, str):
            yield from ((line, what) for what in _wrong(one))
    first = tree.getroot().getprevious()
    while first is not None:
        if isinstance(first, etree._ProcessingInstruction):
            yield 1, f"gambar SVG memuat perintah <?{first.target}"
        first = first.getprevious()


def _wrong(element: Any) -> Iterator[str]:
    from lxml.etree import QName

    name = QName(element)
    kind = name.localname.lower()
    if kind in _ACTING or (name.namespace or _SVG).startswith("http://www.w3.org/1999/xhtml"):
        yield f"gambar SVG memuat <{kind}>"
    if kind == "style" and _leads_out("".join(element.itertext())):
        yield "gaya (<style>) gambar SVG menunjuk ke luar berkasnya"
    for key, told in element.attrib.items():
        attribute, value = QName(key).localname.lower(), str(told)
        if attribute.startswith("on"):
            yield f"gambar SVG memuat skrip ({attribute})"
        elif attribute in ("href", "src", "base") and not _OWN.match(value):
            yield f"gambar SVG menunjuk ke luar berkasnya ({attribute}: {value[:40]})"
        elif attribute == "attributename" and value.lower().rpartition(":")[2].startswith(("href", "on")):
            yield f"gambar SVG mengubah alamat atau skrip ({value[:40]})"
        elif attribute not in ("href", "src", "d") and "(" in value and _leads_out(value):
            yield f"gambar SVG menunjuk ke luar berkasnya ({attribute})"


def _leads_out(css: str) -> bool:
    return bool(_CSS.search(_COMMENT.sub("", css)))
