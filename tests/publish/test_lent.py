"""What one machine has made another begins with: the same bytes, whatever the store that they share holds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.shared_store import SharedStore
from tests.bench.scale.data import add_step
from tests.publish.test_damaged_caches import Place

SECRET = "rahasia"


class Machine:
    """A folder of its own with the same data, that shares what it makes."""

    def __init__(self, folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        self.folder, self.store, self.patch = folder, store, monkeypatch
        self.enter()
        self.place = Place(folder)

    def enter(self) -> None:
        self.patch.chdir(self.folder)
        self.patch.setenv("SOP_CACHE_RAHASIA", SECRET)

    def build(self) -> tuple[int, int, int]:
        """How many entries were taken, given and refused."""
        self.enter()
        told = CliRunner().invoke(main, ["build", "--cache", str(self.store)])
        assert told.exit_code == 0, told.output
        found = re.search(r"(\d+) berkas diambil, (\d+) ditaruh(?:, (\d+) ditolak)?", told.output)
        assert found, told.output
        taken, given, refused = (int(one or 0) for one in found.groups())
        return taken, given, refused

    def hashes(self) -> dict[str, str]:
        self.enter()
        return self.place.hashes(Path("site"))

    def clean(self) -> dict[str, str]:
        self.enter()
        return self.place.clean()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("mesin")
    with pytest.MonkeyPatch.context() as patch:
        first = Machine(folder / "satu", folder / "bersama", patch)
        first.build()
        yield first


@pytest.fixture
def machine(made: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """One that has built, with a copy of the store that it shares."""
    found = copy(made)
    found.store, found.patch = tmp_path / "bersama", monkeypatch
    shutil.copytree(made.store, found.store)
    return found


def test_another_machine_takes_the_whole_and_makes_nothing(machine: Machine, tmp_path: Path) -> None:
    second = Machine(tmp_path / "dua", machine.store, machine.patch)
    taken, given, refused = second.build()
    assert (given, refused) == (0, 0)
    assert taken < 10  # a few packs, not every document
    assert second.hashes() == machine.hashes()
    assert second.build() == (0, 0, 0)  # from here on it stands by itself


def test_what_has_changed_since_is_made_as_if_from_nothing(machine: Machine, tmp_path: Path) -> None:
    """And a third machine takes what the second gave."""
    second, third = (Machine(tmp_path / name, machine.store, machine.patch) for name in ("dua", "tiga"))
    for one in (second, third):
        add_step(one.place.data, 1)
    assert second.build()[1] > 0
    assert third.build()[1] == 0
    assert second.hashes() == third.hashes() == second.clean()
    assert second.hashes() != machine.hashes()


@pytest.mark.parametrize("harm", ["cut", "flipped", "exchanged", "forged", "gone"])
def test_a_harmed_entry_is_noticed_and_made_again(machine: Machine, tmp_path: Path, harm: str) -> None:
    """Every entry in turn by chance; only what is forged bears the seal of another secret."""
    rng = Random(harm)
    entries = sorted(path for path in machine.store.rglob("*") if path.is_file())
    chosen = rng.sample(entries, len(entries) // 2)
    for path in chosen:
        whole = path.read_bytes()
        match harm:
            case "cut":
                path.write_bytes(whole[: rng.randrange(len(whole))])
            case "flipped":
                at = rng.randrange(len(whole))
                path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            case "exchanged":
                path.write_bytes(rng.choice([one for one in entries if one != path]).read_bytes())
            case "forged":
                other = SharedStore(str(tmp_path / "palsu"), "tebakan")
                other.put("situs", "x", whole[32:])
                path.write_bytes(next(p for p in (tmp_path / "palsu").rglob("*") if p.is_file()).read_bytes())
                shutil.rmtree(tmp_path / "palsu")
            case _:
                path.unlink()
    second = Machine(tmp_path / "dua", machine.store, machine.patch)
    _, _, refused = second.build()
    assert (refused > 0) == (harm != "gone")
    assert second.hashes() == machine.hashes()
    third = Machine(tmp_path / "tiga", machine.store, machine.patch)
    assert third.build()[1:] == (0, 0)  # what was harmed has been put anew
    assert third.hashes() == machine.hashes()
