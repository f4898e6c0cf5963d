"""What machines share: taken only with its seal, and done without where it does not answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.shared_store import AddressError, Counts, SharedStore
from generator.store import SHARED, stored

NAME, KEY = "sop/x/x.pdf", "naskah-1"


@pytest.fixture(params=["folder", "memory"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "bersama") if request.param == "folder" else f"memory://{tmp_path.name}"


def files(address: str) -> Any:
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    return url_to_fs(address)


def test_what_one_machine_gave_another_takes(address: str, tmp_path: Path) -> None:
    """Under whatever folder each has its data; what is not costly stays at home."""
    one, other = SharedStore(address, "rahasia"), SharedStore(address, "rahasia")
    token = SHARED.set(one)
    with stored(tmp_path / "a.sqlite", costly=True) as store:
        assert store.get(f"sop_data publik {NAME}", KEY) is None
        store.put(f"sop_data publik {NAME}", KEY, b"naskah")
    with stored(tmp_path / "b.sqlite") as store:
        store.put("rahasia kecil", KEY, b"x")
    SHARED.set(other)
    for _ in range(2):  # the second time from the own file
        with stored(tmp_path / "c.sqlite", costly=True) as store:
            assert store.get(f"instansi/dinkes publik {NAME}", KEY) == b"naskah"
            assert store.get(f"instansi/dinkes publik {NAME}", "naskah-2") is None
            assert store.get("instansi/dinkes publik sop/y/y.pdf", KEY) is None
    SHARED.reset(token)
    assert (one.counts, other.counts) == (Counts(given=1), Counts(taken=1))


@pytest.mark.parametrize("harm", ["cut", "flipped", "other entry", "forged", "emptied", "plain digest"])
def test_what_is_damaged_or_poisoned_is_noticed_and_made_again(address: str, harm: str) -> None:
    store = SharedStore(address, "rahasia")
    store.put(NAME, KEY, b"naskah")
    fs, root = files(address)
    [place] = fs.find(root)
    whole = fs.cat_file(place)
    forger = SharedStore(f"{address}-lain", "" if harm == "plain digest" else "tebakan")
    forger.put(NAME, KEY, b"naskah palsu")
    lain, lain_root = files(f"{address}-lain")
    forged = lain.cat_file(lain.find(lain_root)[0])
    store.put("sop/y/y.pdf", KEY, b"naskah lain")
    [beside] = [path for path in fs.find(root) if path != place]
    harmed = {
        "cut": whole[:-1],
        "flipped": whole[:-1] + bytes([whole[-1] ^ 1]),
        "other entry": fs.cat_file(beside),
        "emptied": b"",
    }.get(harm, forged)
    fs.pipe_file(place, harmed)
    again = SharedStore(address, "rahasia")
    assert again.get(NAME, KEY) is None
    assert again.counts.refused == 1
    again.put(NAME, KEY, b"naskah")
    assert SharedStore(address, "rahasia").get(NAME, KEY) == b"naskah"


def test_what_does_not_answer_is_asked_once(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    store = SharedStore(str(tmp_path / "berkas" / "x"))
    store.put(NAME, KEY, b"naskah")
    assert store.trouble
    assert store.get(NAME, KEY) is None
    assert store.counts == Counts()


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="bukan alamat simpanan"):
        SharedStore("apa-ini://x")
    told = CliRunner().invoke(main, ["build", "--data", str(tmp_path), "--cache", "apa-ini://x"])
    assert told.exit_code == 1
    assert "'apa-ini://x' bukan alamat simpanan" in told.output


def test_no_store_is_shared_without_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may write there could give a document of his own."""
    monkeypatch.delenv("SOP_CACHE_RAHASIA", raising=False)
    command = ["build", "--data", str(tmp_path), "--cache", str(tmp_path / "bersama")]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 1
    assert "SOP_CACHE_RAHASIA belum diisi" in told.output
    assert not (tmp_path / "bersama").exists()
