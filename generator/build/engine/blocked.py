"""A hand-written page as the engine leaves it → what in it the site's policy would block, or would have to
allow for it.

A browser blocks in silence, and a script that stands in a page could only run by being named in the policy of
the whole site. So both are told, with the place in the page's file, before anything is published.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

from generator.build.links import refresh_of
from generator.build.policy import running_scripts

_FRAMES = {"iframe", "frame", "embed", "object", "applet", "audio", "video", "base"}
_LOADED = ("src", "srcset", "imagesrcset", "poster", "background", "data", "xlink:href")
_SHEETS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
}
_SCOPE = re.compile(r"new URL\(\"[^\"]*\",location\)")
"""Where a page lies, as the engine writes it into a script of its own."""


def plain_scripts(html: str) -> set[str]:
    """The scripts that stand in a page and run, without where the page lies."""
    return {_SCOPE.sub("", script) for script in running_scripts(html)}


def blocked(html: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """How each such thing begins in the page's file, and what is wrong. ``known`` are the scripts that the
    engine writes into every page (``plain_scripts``)."""
    if any(script not in known for script in plain_scripts(html)):
        yield "<script", "skrip di dalam halaman tidak diizinkan; pindahkan ke berkas JavaScript sendiri"
    import lxml.html  # not loaded where no engine has run

    tree = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from _of_element(element)


def _of_element(element: Any) -> Iterator[tuple[str, str]]:
    tag = element.tag.lower()
    if tag == "style":
        yield "<style", "gaya di dalam halaman (<style>) tidak diizinkan; pindahkan ke berkas CSS"
    if tag in _FRAMES:
        yield f"<{tag}", f"<{tag}> tidak diizinkan di situs ini; tulis tautan biasa"
    if tag == "meta" and _elsewhere(refresh_of(element.get("content") or "")):
        yield "<meta", "halaman yang diteruskan ke situs lain (<meta>) tidak diizinkan; tulis tautan biasa"
    for name, told in element.attrib.items():
        key, value = name.lower(), re.sub(r"[\x00-\x20]", "", told)
        if key == "style":
            yield "style", "gaya di dalam unsur (style=) tidak diizinkan; pakai kelas dan berkas CSS"
        elif re.fullmatch(r"on[a-z]+", key):
            yield key, f"skrip di dalam unsur ({key}=) tidak diizinkan; pindahkan ke berkas JavaScript"
        elif key.endswith(("href", "action")) and value.lower().startswith(
            ("javascript:", "vbscript:", "data:")
        ):
            yield told, f"alamat berisi skrip ({key}=) tidak diizinkan; tulis tautan biasa"
        elif key == "srcdoc":
            yield key, "halaman di dalam halaman (srcdoc=) tidak diizinkan"
        elif _asks(tag, key, element) and _elsewhere(told):
            yield (
                told,
                f"'{told}' diambil dari situs lain; simpan berkasnya di folder halaman",
            )


def _asks(tag: str, key: str, element: Any) -> bool:
    """Whether a browser fetches what an attribute names, or sends a form there."""
    if key == "href":
        return tag in ("use", "image", "feimage") or (
            tag == "link" and bool(_SHEETS & set((element.get("rel") or "").lower().split()))
        )
    return key in _LOADED or key in ("action", "formaction")


def _elsewhere(address: str) -> bool:
    """Whether an address, or one of several, is of another host."""
    for one in address.split(","):
        try:
            parts = urlsplit(one.strip())
        except ValueError:
            return True
        if parts.netloc or parts.scheme.lower() in ("http", "https", "ws", "wss", "ftp", "blob"):
            return True
    return False
