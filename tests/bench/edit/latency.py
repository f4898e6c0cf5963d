"""From a key to the table as it is drawn again, in a real Chromium: the median and the 95th percentile."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.data.writing.draft import file_text
from generator.data.writing.tidy import tidy
from tests.bench.edit.clerk import browser, enter, open_sop, server
from tests.bench.edit.naskah import SEED

TIMES = 60
_KEY = """async ([tombol, kunci]) => {
  const skrip = document.querySelector("script[src]").src;
  const { kosong } = await import(skrip.replace("sunting.js", "kirim.js"));
  const jeda = (lama) => new Promise((lanjut) => setTimeout(lanjut, lama));
  const satu = document.getElementById(tombol);
  satu.focus();
  await jeda(120);
  while (!kosong()) await jeda(5);
  const tergambar = new Promise((lanjut) => new MutationObserver((_, pengamat) => {
    pengamat.disconnect();
    requestAnimationFrame(() => {
      const saluran = new MessageChannel();
      saluran.port1.onmessage = () => lanjut(performance.now());
      saluran.port2.postMessage(0);
    });
  }).observe(document.querySelector(".alur tbody"), { subtree: true, childList: true, attributes: true }));
  const mulai = performance.now();
  satu.dispatchEvent(new KeyboardEvent("keydown", { key: kunci, bubbles: true, cancelable: true }));
  return await tergambar - mulai;
}"""


def made_up(steps: int, actors: int) -> str:
    """An SOP of so many steps and actors, with a decision that leads back every sixth step."""
    ids = [f"pelaksana-{n}" for n in range(actors)]
    rows: list[dict[str, Any]] = []
    for n in range(steps):
        row: dict[str, Any] = {"id": f"langkah-{n}", "uraian": f"Melakukan kegiatan ke-{n} dengan teliti"}
        row |= {"pelaksana": ids[n * 5 % actors], "kelengkapan": "- satu\n- dua", "waktu": "5 Menit"}
        row |= {"output": "Dokumen yang sudah diperiksa"}
        if n % 6 == 5:
            row["keputusan"] = {"Ya": None, "Tidak": f"langkah-{n - 3}"}
        rows.append(row)
    form: dict[str, Any] = {
        "nama": "Contoh besar",
        "unit": "dinas-komunikasi-dan-informatika",
        "pelaksana": ids,
        "kegiatan": rows,
    }
    return tidy(file_text(form), "sop/x.yml")[0]


def latency(times: int = TIMES) -> Iterator[str]:
    """A line for each size."""
    for steps, actors, most in ((12, 4, (50, 120)), (60, 12, (250, 250))):
        folder = Path(tempfile.mkdtemp())
        try:
            found = sorted(measured(folder, steps, actors, times))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        middle, late = found[len(found) // 2], found[int(len(found) * 0.95)]
        yield (
            f"{steps} langkah × {actors} pelaksana: dari tombol sampai tabel tergambar lagi "
            f"median {middle:.0f} ms, persentil ke-95 {late:.0f} ms "
            f"(paling lama {most[0]} dan {most[1]} ms; {len(found)} kali)"
        )


def measured(folder: Path, steps: int, actors: int, times: int) -> list[float]:
    """Milliseconds from the key that sets another actor to the frame that shows it."""
    data = folder / "sop_data"
    shutil.copytree(SEED, data)
    names = "".join(f"\npelaksana-{n}:\n  nama: P{n}\n" for n in range(actors))
    (data / "pelaksana.yml").write_text((data / "pelaksana.yml").read_text() + names)
    (data / "sop" / "contoh.yml").write_text(made_up(steps, actors))
    rng, found = random.Random(1), []
    with server(folder) as address, browser() as page:
        open_sop(page, enter(page, address), "contoh")
        for _ in range(times):
            row = rng.randrange(steps)
            cells = page.query_selector_all(f"#baris-0-{row} .pilih")
            others = [n for n, one in enumerate(cells[:9]) if one.get_attribute("aria-pressed") == "false"]
            found.append(page.evaluate(_KEY, [f"p-0-{row}-0", str(rng.choice(others) + 1)]))
    return found[5:]
