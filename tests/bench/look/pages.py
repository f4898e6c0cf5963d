"""A PDF, or the page of an SOP in a browser → what can be counted of how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pdfplumber
from msgspec import Struct
from playwright.sync_api import Browser

from generator.figure.paper.sheet import MM
from tests.render.check_flow_page import GATHER, judge

WIDTHS = (390, 768, 1280, 1920)
_LONG = 5
"""Words of fewer letters are not looked for: they are found by chance in others."""
_OF_A_WORD = re.compile(r"[^\W\d_]+")


class PaperLook(Struct, frozen=True):
    """Of a PDF: pages, how full the last one is (0–1), and the words that are torn without a hyphen."""

    pages: int
    last: float
    cut: tuple[str, ...]


class ScreenLook(Struct, frozen=True):
    """Of a page at one width: faults of the flow, torn words, and by how many pixels it runs over."""

    faults: int
    cut: tuple[str, ...]
    over: int


def on_paper(file: Path, said: Iterable[str]) -> PaperLook:
    """What is seen of a PDF; ``said`` are the texts that stand in it."""
    with pdfplumber.open(file) as pdf:
        pages = [page.extract_text() or "" for page in pdf.pages]
        last = pdf.pages[-1]
        foot = last.height - 48.0 - 2 * MM
        ink = [
            float(one["bottom"]) for one in (*last.chars, *last.lines, *last.rects) if one["bottom"] < foot
        ]
        full = max(ink, default=0.0) / foot
    text = " ".join("\n".join(pages).split())
    words = {word for one in said for word in _OF_A_WORD.findall(one) if len(word) >= _LONG}
    cut = [word for word in sorted(words) if word not in text and not _hyphenated(word, text)]
    return PaperLook(len(pages), full, tuple(cut))


def _hyphenated(word: str, text: str) -> bool:
    """Whether a word stands in a text in two parts, the first with a hyphen."""
    return any(f"{word[:n]}-" in text and word[n:] in text for n in range(2, len(word) - 1))


def on_screen(browser: Browser, address: str, width: int, picture: Path | None) -> ScreenLook:
    """What is seen of the page of an SOP in a window of this width."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    try:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        flows: list[dict[str, Any]] = page.evaluate(GATHER)
        faults = sum(sum(map(len, judge(flow)["faults"].values())) for flow in flows)
        cut, over = page.evaluate(_SEEN)
        if picture:
            page.screenshot(path=picture, full_page=True)
        return ScreenLook(faults, tuple(cut), over)
    finally:
        page.context.close()


_SEEN = r"""
() => {
  const cut = new Set();
  const main = document.querySelector('main') || document.body;
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walk.nextNode()) {
    const text = walk.currentNode, box = text.parentElement.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    for (const hit of text.data.matchAll(/[\p{L}]{3,}/gu)) {
      range.setStart(text, hit.index); range.setEnd(text, hit.index + hit[0].length);
      const tops = new Set([...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.top)));
      if (tops.size > 1) cut.add(hit[0]);
    }
  }
  const fits = t => innerWidth >= 1280 && t.querySelectorAll('th[data-lane]').length <= 7;
  const tables = [...document.querySelectorAll('table[data-flow]')].filter(fits).map(t => t.parentElement);
  const over = Math.max(
    document.documentElement.scrollWidth - innerWidth,
    ...tables.map(e => e.scrollWidth - e.clientWidth), 0);
  return [[...cut], over];
}
"""
