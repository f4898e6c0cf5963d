"""A clerk at the page: real keys and clicks in a real Chromium, each counted by the keystroke-level model.

Operators and times (Card, Moran and Newell 1980; Kieras 1993): K one key 0.28 s (an average typist who does
not do it for a living; a capital is two keys), P pointing 1.1 s, B pressing or releasing a button 0.1 s,
H a hand from keys to mouse or back 0.4 s, M making up one's mind 1.35 s, one before each cell and command.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

K, P, B, H, M = 0.28, 1.1, 0.1, 0.4, 1.35
_ITEM = re.compile(r"^(?:\d+[.)]|[-•]) ")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


class Clerk:
    """Counts what a hand and a head do; ``page`` is Playwright's."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.counts = dict.fromkeys("KPBHM", 0)
        self._mouse = False

    @property
    def seconds(self) -> float:
        return sum(self.counts[name] * time for name, time in zip("KPBHM", (K, P, B, H, M), strict=True))

    def think(self) -> None:
        self.counts["M"] += 1

    def type(self, text: str) -> None:
        """Type a text; a line ends with Enter, and the page begins the next item of a list by itself."""
        self._hand(mouse=False)
        for n, line in enumerate(text.split("\n")):
            if n:
                self.counts["K"] += 1
                self.page.keyboard.press("Enter")
                line = _ITEM.sub("", line)
            self.counts["K"] += len(line) + sum(sign.isupper() or sign in '"?():#' for sign in line)
            self.page.keyboard.type(line)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._hand(mouse=False)
            self.counts["K"] += len(key.split("+"))
            self.page.keyboard.press(key)

    def click(self, where: str) -> None:
        self._hand(mouse=True)
        self.counts["P"] += 1
        self.counts["B"] += 2
        self.page.click(where)

    def choose(self, where: str, value: str) -> None:
        """Choose from a list: open it, point at the choice."""
        self.click_nothing()
        self.click_nothing()
        self.page.select_option(where, value)
        self.settle()

    def click_nothing(self) -> None:
        self._hand(mouse=True)
        self.counts["P"] += 1
        self.counts["B"] += 2

    def settle(self) -> None:
        """Wait for the page, as eyes do."""
        self.page.evaluate(SETTLED)

    def _hand(self, mouse: bool) -> None:
        if mouse != self._mouse:
            self.counts["H"] += 1
            self._mouse = mouse


SETTLED = """async () => {
  const skrip = document.querySelector("script[src]").src;
  const { kosong } = await import(skrip.replace("sunting.js", "kirim.js"));
  while (!kosong()) await new Promise((lanjut) => setTimeout(lanjut, 5));
  await new Promise((lanjut) => requestAnimationFrame(() => setTimeout(lanjut)));
}"""


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """``sop edit`` in a folder with ``sop_data``; gives the address that opens it."""
    command = [sys.executable, "-m", "generator", "edit", "--tanpa-peramban", "--port", "0"]
    root = str(Path(__file__).parents[3])
    running = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
    )
    try:
        assert running.stdout is not None
        found = re.search(r"http\S+", running.stdout.readline())
        assert found is not None
        yield found[0]
    finally:
        running.terminate()
        running.wait(10)
        if running.stdout is not None:
            running.stdout.close()


@contextmanager
def browser(width: int = 1280, height: int = 900, chromium: Any = None) -> Iterator[Any]:
    """A page of a real Chromium (``chromium``: one that was started); an error on it is an error here."""
    if chromium is None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as play:
            started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            with browser(width, height, started) as page:
                yield page
            started.close()
        return
    faults: list[str] = []
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if "127.0.0.1" not in asked.url[:24] else None)
    yield page
    context.close()
    assert faults == []


def enter(page: Any, address: str) -> str:
    """Open the page by its word; gives the address of its server."""
    page.goto(address)
    page.wait_for_selector("main.awal")
    return address.partition("/masuk")[0]


def open_sop(page: Any, top: str, slug: str, room: str = "sop") -> None:
    page.goto(f"{top}/{room}/{slug}")
    page.wait_for_selector("body[data-siap]")
