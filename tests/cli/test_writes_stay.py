"""Whatever name, slug, path or table a command is given: nothing outside the folder that it writes into is
created or changed, nothing there of another kind is, and it ends in words."""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from generator.cli import main
from generator.data.registers import REGISTERS
from generator.data.sources import read_catalogue
from generator.data.validate.read import is_slug
from generator.formats.xlsx.workbook import DATA_SHEET, to_workbook
from tests.bench.fuzz.odd import ODD

ROOT = Path(__file__).parents[2]
SLUG = "surat-dan-jadwal"
UNIT = "seksi-pemberdayaan-kelompok-komunikasi-masyarakat"
BOUNDS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)

NAMES = st.one_of(
    st.sampled_from(
        [
            *(
                "../unit",
                "../../luar/a",
                "/a/../x",
                "..",
                ".",
                "",
                " ",
                "a/b",
                "a\\b",
                "~",
                "-x",
                "--",
                "con",
                "nul.x",
            ),
            *(
                "unit",
                "hukum",
                "instansi",
                "x" * 400,
                "é",
                "\udcff",
                "A",
                "Surat-dan-Jadwal",
                SLUG,
                "baru",
                "a\nb",
                "a b",
            ),
            *(
                "luar/kanari.yml",
                "data/unit.yml",
                "tautan",
                "menggantung",
                "folder",
                "terkunci/x",
                "berkas/x",
                "putar/x",
            ),
        ]
    ),
    st.text(st.characters(exclude_characters="\0"), max_size=8),
)
"""What may be given where a slug, a name or a path is asked for."""


@contextmanager
def house() -> Iterator[Path]:
    """A folder with data of ours, files of others, and links from here to there; the command runs in it."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as away:
        home = Path(away) / "rumah"
        shutil.copytree(ROOT / "sop_data", home / "data")
        (home / "luar").mkdir()
        (home / "folder").mkdir()
        (home / "luar" / "kanari.yml").write_text("milik: orang lain\n", encoding="utf-8")
        (home / "berkas").write_text("bukan folder\n", encoding="utf-8")
        (home / "tautan").symlink_to(home / "luar" / "kanari.yml")
        (home / "menggantung").symlink_to(home / "luar" / "tidak-ada")
        (home / "putar").symlink_to("putar")
        os.chdir(home)
        try:
            yield home
        finally:
            os.chdir(before)


def found(home: Path) -> dict[str, bytes]:
    """What stands in the whole folder around, links not followed."""
    all_ = sorted(home.parent.rglob("*"))
    return {
        str(path.relative_to(home)) if path.is_relative_to(home) else f"../{path.name}": (
            os.readlink(path).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b"/"
        )
        for path in all_
    }


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input="")


def changed(home: Path, *args: object) -> set[str]:
    """What a command created, changed or removed, folders aside; it must have ended in words."""
    before = found(home)
    result = run(*args)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code == 0 or result.output.strip(), args
    after = found(home)
    assert set(before) <= set(after)
    return {name for name, data in after.items() if before.get(name) != data and data != b"/"}


def slugs(names: set[str], folder: str, ending: str) -> bool:
    """Whether all these are files of an SOP in a folder."""
    paths = [Path(name) for name in names]
    return all(str(p.parent) == folder and p.suffix == ending and is_slug(p.stem) for p in paths)


@BOUNDS
@given(slug=NAMES, nama=NAMES)
def test_new_writes_one_file_below_sop(slug: str, nama: str) -> None:
    with house() as home:
        names = changed(
            home,
            "new",
            "--data",
            "data",
            f"--slug={slug}",
            f"--nama={nama}",
            f"--unit={UNIT}",
            "--pelaksana=staf",
        )
        assert slugs(names - {"data/skema-sop.json"}, "data/sop", ".yml")
        assert f"data/sop/{SLUG}.yml" not in names


@BOUNDS
@given(slug=NAMES)
def test_revise_writes_the_sop_and_its_version(slug: str) -> None:
    with house() as home:
        (home / "data" / "versi").mkdir()
        (home / "data" / "versi" / SLUG).symlink_to(home / "luar")
        names = changed(home, "revise", "--data=data", "--perubahan=a", "--alasan=b", "--", slug)
        assert names == set(), "its folder of versions leads out"
        (home / "data" / "versi" / SLUG).unlink()
        names = changed(home, "revise", "--data=data", "--perubahan=a", "--alasan=b", "--", slug)
        assert names <= {f"data/sop/{slug}.yml", f"data/versi/{slug}/1.yml"}


@BOUNDS
@given(names=st.lists(NAMES, max_size=2))
def test_fmt_and_schema_leave_what_is_not_ours(names: list[str]) -> None:
    with house() as home:
        (home / "data" / "sop" / "a.yml").symlink_to(home / "luar" / "kanari.yml")
        assert changed(home, "fmt", "--data=data", "--", *names) == set()
        (home / "data" / "skema-sop.json").unlink()
        (home / "data" / "skema-sop.json").symlink_to(home / "luar" / "kanari.yml")
        for name in names or ["data"]:
            assert changed(home, "schema", f"--data={name}") == set()


RESULTS = (
    (("export", SLUG, "--data=data"), "--xlsx", ".xlsx"),
    (("review", "--data=data"), "--ics", ".ics"),
    (("book", SLUG, "--data=data"), "--out", ".pdf"),
)


@BOUNDS
@given(
    name=NAMES,
    ending=st.sampled_from(["", ".xlsx", ".ics", ".pdf", ".yml"]),
    which=st.sampled_from(RESULTS[:2]),
)
def test_a_result_is_the_file_that_was_named(
    name: str, ending: str, which: tuple[Sequence[str], str, str]
) -> None:
    args, option, kind = which
    with house() as home:
        (home / "ada.xlsx").write_bytes(b"lama")
        names = changed(home, *args, f"{option}={name}{ending}")
        assert names or name != "baru" or ending != kind
        assert all(path.endswith(kind) for path in names)
        assert not any(path.startswith("data") for path in names)
        assert len(names) <= 1


@settings(BOUNDS, max_examples=12)
@given(name=NAMES, kind=st.sampled_from(["pdf", "docx", "flow", "book"]))
def test_documents_are_written_where_they_belong(name: str, kind: str) -> None:
    with house() as home:
        if kind == "book":
            names = changed(home, "book", SLUG, "--data=data", f"--out={name}.pdf")
            assert len(names) <= 1
            assert all(path.endswith(".pdf") for path in names)
        else:
            first = (f"data/sop/{SLUG}.yml",) if kind == "flow" else (SLUG, "--data=data", "--jobs=1")
            names = changed(home, kind, *first, f"--out={name}")
            names = {path for path in names if not path.startswith(".sop-cache")}
            assert all(Path(path).name == f"{SLUG}.{'svg' if kind == 'flow' else kind}" for path in names)
        assert not any(path.startswith(("data/", "luar/")) for path in names if not name.startswith("luar"))


def returned(changes: list[tuple[int, str]]) -> bytes:
    """A workbook of ours in whose hidden sheet some values are others'."""
    catalogue, problems = read_catalogue(ROOT / "sop_data")
    assert catalogue is not None, problems
    book = load_workbook(io.BytesIO(to_workbook(catalogue, [catalogue.sop[SLUG]])))
    sheet: Any = book[DATA_SHEET]
    for row, text in changes:
        sheet.cell(2 + row % (sheet.max_row - 1), 3).value = text
        sheet.cell(2 + row % (sheet.max_row - 1), 3).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


VALUES = st.one_of(NAMES.map(json.dumps), st.sampled_from([odd for odd in ODD if "\x00" not in odd]))


@BOUNDS
@given(
    slug=VALUES,
    changes=st.lists(st.tuples(st.integers(0, 30), VALUES), max_size=3),
    out=st.one_of(
        st.none(),
        NAMES,
        st.sampled_from(["data/sop", "data", "data/naskah", "hasil", "data/draf", "data/draf/x"]),
    ),
    force=st.booleans(),
)
def test_import_writes_drafts_of_slugs_and_nothing_else(
    slug: str, changes: list[tuple[int, str]], out: str | None, force: bool
) -> None:
    with house() as home:
        if trap := out in ("data/draf", "data/draf/x"):
            (home / "data" / "draf").symlink_to(home / "luar")
        (home / "tabel.xlsx").write_bytes(returned([*changes, (0, slug)]))
        given_ = [f"--out={out}"] if out is not None else []
        names = changed(home, "import", "tabel.xlsx", "--data=data", *given_, *(["--force"] if force else []))
        assert all(is_slug(Path(name).stem) and name.endswith(".yml") for name in names)
        assert not names & {
            "luar/kanari.yml",
            *(f"data/{name}.yml" for name in (*REGISTERS, "instansi", "leksikon")),
        }
        inside = {str(Path(name).parent) for name in names if name.startswith("data")}
        assert inside <= {"data/draf", "data/sop"}
        assert not (trap and names)
        for name in names:
            known = name == f"data/sop/{SLUG}.yml" or Path(name).stem == SLUG
            assert known or "\nklasifikasi: " not in (home / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("ours", [True, False])
def test_what_is_no_sop_is_not_written_over_even_by_force(ours: bool) -> None:
    with house() as home:
        (home / "x").mkdir()
        (home / "x" / "unit.yml").write_bytes(
            (home / "data" / ("sop/pembentukan-kim.yml" if ours else "unit.yml")).read_bytes()
        )
        (home / "tabel.xlsx").write_bytes(returned([(0, '"unit"')]))
        names = changed(home, "import", "tabel.xlsx", "--data=data", "--out=x", "--force")
        assert names == ({"x/unit.yml"} if ours else set())


def test_who_may_read_is_said_by_the_agency_and_not_by_the_file() -> None:
    with house() as home:
        (home / "tabel.xlsx").write_bytes(returned([(0, '"rapat-tertutup"')]))
        result = run("import", "tabel.xlsx", "--data=data")
        text = (home / "data" / "draf" / "rapat-tertutup.yml").read_text(encoding="utf-8")
        assert "\nklasifikasi" not in text
        assert "klasifikasi 'publik' dari buku kerja tidak dibawa" in result.output
        (home / "tabel.xlsx").write_bytes(returned([]))
        run("import", "tabel.xlsx", "--data=data")
        assert "\nklasifikasi: publik" in (home / "data" / "draf" / f"{SLUG}.yml").read_text(encoding="utf-8")


def test_a_refused_value_is_told_with_its_cell() -> None:
    with house() as home:
        (home / "tabel.xlsx").write_bytes(returned([(2, '"a\\u0000b"'), (5, "{rusak")]))
        output = run("import", "tabel.xlsx", "--data=data", "--out=hasil").output
        assert "tabel.xlsx:4:3: lembar '_data' sel C4: 'nama': teks memuat tanda kendali U+0000" in output
        assert "lembar '_data' sel C7: isi sel ini rusak" in output


@pytest.mark.parametrize(
    "args",
    [
        ("pdf", SLUG, "--out=data/naskah"),
        ("docx", SLUG, "--out=data"),
        ("book", SLUG, "--out=data/naskah/buku.pdf"),
        ("export", SLUG, "--xlsx=data/sop/a.xlsx"),
        ("review", "--ics=data/a.ics"),
    ],
)
def test_results_are_not_written_among_the_data(args: tuple[str, ...]) -> None:
    with house() as home:
        assert changed(home, *args, "--data=data") == set()
        assert "hasil tidak ditulis di dalam folder data" in run(*args, "--data=data").output


def test_a_slug_that_is_a_path_leaves_the_draft_under_the_name_of_its_sheet() -> None:
    with house() as home:
        (home / "tabel.xlsx").write_bytes(returned([(0, '"../../luar/x"')]))
        assert changed(home, "import", "tabel.xlsx", "--data=data") == {f"data/draf/{SLUG}.yml"}


def test_names_that_are_one_on_many_machines_are_refused() -> None:
    with house() as home:
        (home / "data" / "sop" / "Baru.yml").write_text("x: y\n", encoding="utf-8")
        args = ("new", "--data=data", "--slug=baru", "--nama=B", f"--unit={UNIT}", "--pelaksana=staf")
        assert changed(home, *args) == set()
