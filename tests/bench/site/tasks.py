"""A site → the taps and the screens scrolled for six tasks of its readers, on a phone in real Chromium.

Every task begins at the front page and ends where the answer is seen. Ways are lists of what is tapped or, in
``Seen``, looked for; a scroll is counted in screens, from where the reader is to where that begins to show.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from playwright.sync_api import Browser, Locator, Page

WIDTH, HEIGHT = 390, 844
SOP = "sop/surat-dan-jadwal/"


class Seen(Struct, frozen=True):
    """The answer: what holds it, as a selector of Playwright."""

    where: str


Way = tuple["str | Seen", ...]
MENU = "details.menu > summary"
WAYS: Mapping[str, Way] = {
    "Warga: berapa lama": (f"main a[href$='{SOP}']", Seen(".ringkasan dt:text('Berapa lama')")),
    "Warga: siapa yang menandatangani": (
        f"main a[href$='{SOP}']",
        Seen(".ringkasan dt:text('Siapa yang menandatangani')"),
    ),
    "Kasi: apa yang terjadi sesudah JFU mengetik": (
        f"main a[href$='{SOP}']",
        "#langkah-2 summary",
        Seen("#langkah-2 a[href$='langkah-3']"),
    ),
    "Pemeriksa: siapa mengutip UU 25/2009 dan belum bernomor": (
        MENU,
        "details.menu a[href$='hukum/']",
        "main a[href$='hukum/uu-25-2009/']",
        Seen("main :text('Belum bernomor') >> nth=0"),
    ),
    "Pemeriksa: versi mana yang berlaku pada suatu hari": (
        MENU,
        "details.menu a[href$='perubahan/']",
        "main a[href$='berlaku/']",
        Seen("main input[type=date]"),
    ),
    "Wartawan: semua data": (".kaki a[href$='data-terbuka/']", Seen("main a[href$='.zip'] >> nth=0")),
    "Pembaca layar: alurnya": (f"main a[href$='{SOP}']", Seen("table.alur a.alur-ke >> nth=0")),
}


BEFORE: Mapping[str, tuple[int, float]] = {
    "Warga: berapa lama": (2, 0.0),
    "Warga: siapa yang menandatangani": (2, 4.0),
    "Kasi: apa yang terjadi sesudah JFU mengetik": (2, 2.4),
    "Pemeriksa: siapa mengutip UU 25/2009 dan belum bernomor": (2, 0.0),
    "Pemeriksa: versi mana yang berlaku pada suatu hari": (2, 0.1),
    "Pembaca layar: alurnya": (2, 1.3),
}
"""The same at 8a088e3, walked once. It had no file of all data, and said but the name of a symbol."""


def walked(browser: Browser, top: str, way: Way) -> tuple[int, float]:
    """Taps and screens scrolled on this way."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(top, wait_until="networkidle")
    taps, scrolled = 0, 0.0
    for step in way:
        if isinstance(step, Seen):
            scrolled += _to(page, page.locator(step.where).first)
            continue
        one = page.locator(step).first
        scrolled += _to(page, one)
        one.tap()
        page.wait_for_load_state("networkidle")
        taps += 1
    context.close()
    return taps, scrolled


def _to(page: Page, one: Locator) -> float:
    """Screens to scroll until this shows; scrolls there."""
    box = one.bounding_box()
    if box is None:
        raise LookupError(f"tidak tampak: {one}")
    below = max(0.0, box["y"] + min(box["height"], HEIGHT / 2) - HEIGHT)
    if below:
        page.evaluate("down => scrollBy(0, down)", below + 40)
    return below / HEIGHT


def table(browser: Browser, top: str) -> list[str]:
    """The tasks, line by line."""
    rows = ["| Siapa, dan apa yang dicari | Ketukan | Gulir, layar | 8a088e3: ketukan | gulir |"]
    rows.append("|---|---|---|---|---|")
    for task, way in WAYS.items():
        taps, scrolled = walked(browser, top, way)
        then = "{} | {:.1f}".format(*BEFORE[task]) if task in BEFORE else "tidak bisa | –"
        rows.append(f"| {task} | {taps} | {scrolled:.1f} | {then} |".replace(".", ","))
    return rows
