"""``make bench-province``: many agencies under one portal beside as many SOPs in one agency, on this machine.

``python -m tests.bench.province [--agencies 500] [--sops 20] [--write docs/pengukuran-provinsi.md]``
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import sys
import tempfile
from pathlib import Path

from tests.bench.scale.__main__ import MARK, Run, run
from tests.bench.site.kabupaten import write_alone, write_kabupaten

_CHANGED = "Memeriksa berkas"


def build(folder: Path, data: str, out: str, status: int = 0) -> Run:
    """One whole build of public and internal sites, without documents; told at once, as more follow."""
    command = [sys.executable, "-m", "generator", "build", "--data", data, "--out", out]
    found = run([*command, "--no-documents", "--no-fsync"], folder, folder / out, status=status)
    assert found is not None
    print(data, found, file=sys.stderr)
    return found


def standing(site: Path) -> dict[str, tuple[int, int]]:
    """Every file of a site with what tells it from another one of its name."""
    found = {}
    for path in site.rglob("*"):
        if path.is_file():
            state = path.stat()
            found[path.relative_to(site).as_posix()] = (state.st_ino, state.st_mtime_ns)
    return found


def written(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> int:
    """How many files are not those that stood there before, hard links of the same bytes apart."""
    old = set(before.values())
    return sum(state not in old for state in after.values())


def digest(folder: Path) -> str:
    """Of all pages of a site; what says on them that they are of earlier stands in a style sheet."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.html")):
        found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def change(home: Path) -> None:
    [sop] = (home / "sop").glob("*-0.yml")
    sop.write_text(sop.read_text().replace(_CHANGED, f"{_CHANGED} lagi", 1))


def measure(folder: Path, agencies: int, sops: int) -> list[tuple[str, Run, str]]:
    """The builds by name, each with what else is to be said of it."""
    write_kabupaten(folder / "banyak", agencies, sops)
    write_alone(folder / "satu", agencies * sops)
    found = [("satu instansi, dari nol", build(folder, "satu", "situs-satu"), "")]
    change(folder / "satu")
    before = standing(folder / "situs-satu")
    one = build(folder, "satu", "situs-satu")
    found.append(("satu instansi, satu SOP berubah", one, _files(before, folder / "situs-satu")))
    whole = build(folder, "banyak", "situs")
    ratio = whole.processor / found[0][1].processor
    found.append((f"{agencies} instansi, dari nol", whole, f"{ratio:.2f} × satu instansi (prosesor)"))
    found.append(("tidak ada yang berubah", build(folder, "banyak", "situs"), ""))
    homes = sorted((folder / "banyak" / "instansi").iterdir())
    before = standing(folder / "situs")
    change(homes[0])
    again = build(folder, "banyak", "situs")
    found.append(("satu SOP berubah", again, _files(before, folder / "situs")))
    good = {home.name: digest(folder / "situs" / "public" / home.name) for home in homes[1:3]}
    for home in homes[1:3]:
        (home / "unit.yml").write_text("dinas: [\n")
    for home in homes[3:]:
        change(home)
    broken = build(folder, "banyak", "situs", status=1)
    kept = sum(digest(folder / "situs" / "public" / id) == seen for id, seen in good.items())
    new = sum(
        any(
            f"{_CHANGED} lagi" in page.read_text()
            for page in (folder / "situs" / "public" / home.name / "sop").glob("*-0/index.html")
        )
        for home in homes[3:]
    )
    said = f"{kept} tetap tayang, {new} dari {len(homes) - 3} lainnya baru"
    found.append(("dua instansi rusak, semua lainnya berubah", broken, said))
    return found


def _files(before: dict[str, tuple[int, int]], site: Path) -> str:
    return f"{written(before, standing(site))} berkas ditulis"


def table(found: list[tuple[str, Run, str]], agencies: int, sops: int) -> str:
    rows = [
        f"| {name} | {one.seconds:.1f} | {one.processor:.1f} | {one.memory:.0f} | {more} |"
        for name, one, more in found
    ]
    head = f"{agencies} instansi × {sops} SOP; Python {platform.python_version()}, {os.cpu_count()} inti."
    return "\n".join(
        [
            head,
            "",
            "| Pembangunan | Detik | Detik prosesor | Memori (MB) | |",
            "|---|---:|---:|---:|---|",
            *rows,
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=500)
    parser.add_argument("--sops", type=int, default=20)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        said = table(measure(Path(place), asked.agencies, asked.sops), asked.agencies, asked.sops)
    print(said)
    if asked.write:
        head, _, _ = asked.write.read_text(encoding="utf-8").partition(MARK)
        asked.write.write_text(f"{head}{MARK}\n\n{said}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
