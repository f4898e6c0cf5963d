"""Several clerks behind the login of their agency: who is let in, whose commit it is, who takes proposals."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.edit.beside.commits import Log, log_of
from generator.edit.page.desk import Desk
from generator.edit.page.guard import Login
from generator.program import DEFAULT
from tests.edit.desk import SEED, SLUG, Client, desk

LOGIN = Login("x-remote-user", "https://intranet.contoh.go.id")
PAGE = f"/sop/{SLUG}"
EXAMPLE = DEFAULT / "docs" / "penerbitan" / "nginx-sunting.conf"
git_here = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


def _git(folder: Path, *words: str) -> str:
    config = ("-c", "user.name=uji", "-c", "user.email=uji@contoh")
    done = subprocess.run(["git", "-C", folder, *config, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Log:
    shutil.copytree(SEED, tmp_path / "sop_data")
    (tmp_path / ".gitignore").write_text(".sop-sunting/\n")
    for words in (("init", "-q", "-b", "utama"), ("add", "."), ("commit", "-qm", "Awal")):
        _git(tmp_path, *words)
    log = log_of(tmp_path / "sop_data")
    assert log is not None
    return log


def _clerks(desk: Desk) -> Callable[[str], Client]:
    return lambda user: Client(desk, LOGIN, user)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"x-remote-user": None}, 403),
        ({"x-remote-user": ""}, 403),
        ({"x-remote-user": "  "}, 403),
        ({"x-remote-user": "a\x07b"}, 403),
        ({"x-remote-user": "Budi <b@c>"}, 403),
        ({"x-remote-user": "b" * 101}, 403),
        ({"X_Remote_User": "Budi", "x-remote-user": None}, 403),
        ({"host": "127.0.0.1:8010"}, 421),
        ({"host": "jahat.example"}, 421),
        ({"origin": "https://jahat.example"}, 403),
        ({"origin": "http://intranet.contoh.go.id"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 200),
    ],
)
def test_only_whom_the_login_names_at_its_own_address_is_let_in(
    tmp_path: Path, headers: dict[str, str | None], status: int
) -> None:
    client = Client(desk(tmp_path), LOGIN, "Budi")
    assert client.ask("GET", PAGE, headers=headers).status == status
    writing = client.ask("POST", f"{PAGE}/urung", b'{"dasar":0}', headers).status
    assert writing == (422 if headers == {} else 403 if status == 200 else status)


def test_a_name_of_two_lines_is_none(tmp_path: Path) -> None:
    client = Client(desk(tmp_path), LOGIN, "Budi")
    client.user = "Budi\r\nx-remote-user: Siti"
    assert client.ask("GET", PAGE).status == 403


def test_a_name_is_nothing_to_the_page_of_one_machine(tmp_path: Path) -> None:
    """Without a login in front a header says nothing; only the word of the address opens."""
    client = Client(desk(tmp_path))
    assert client.ask("GET", PAGE, headers={"x-remote-user": "Budi"}).status == 403


@git_here
def test_each_save_is_a_commit_of_the_clerk_and_of_nothing_else(tmp_path: Path, repository: Log) -> None:
    clerk = _clerks(desk(tmp_path, repository))
    (tmp_path / "sop_data" / "catatan.txt").write_text("milik orang lain")
    _git(tmp_path, "add", "sop_data/catatan.txt")
    clerk("Siti Aminah").act({"laku": "isi", "path": ["nama"], "value": "Surat, Jadwal & Undangan"})
    clerk("Siti Aminah").act({"laku": "kolom-baru", "table": 0, "name": "Sekretaris Dinas"})
    answer = clerk("Siti Aminah").verb("simpan")
    assert answer.told["keadaan"]["tersimpan"]
    assert answer.told["kabar"] == ""
    said = _git(tmp_path, "log", "-1", "--format=%an|%ae|%s")
    assert said == "Siti Aminah||SOP Surat, Jadwal & Undangan"
    changed = set(_git(tmp_path, "show", "--name-only", "--format=", "HEAD").split())
    assert changed == {"sop_data/pelaksana.yml", f"sop_data/sop/{SLUG}.yml"}
    assert "catatan.txt" in _git(tmp_path, "diff", "--cached", "--name-only")
    clerk("budi@contoh.go.id").verb("urung")
    clerk("budi@contoh.go.id").verb("simpan")
    assert _git(tmp_path, "log", "-1", "--format=%an|%ae") == "budi@contoh.go.id|budi@contoh.go.id"
    told = clerk("Budi").ask("GET", f"{PAGE}/riwayat").body.decode()
    assert "Siti Aminah" in told


@git_here
def test_what_git_refuses_is_saved_all_the_same_and_told(tmp_path: Path, repository: Log) -> None:
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho ditolak oleh aturan kantor >&2\nexit 1\n")
    hook.chmod(0o755)
    clerk = Client(desk(tmp_path, repository), LOGIN, "Siti")
    clerk.act({"laku": "isi", "path": ["nomor"], "value": "7"})
    answer = clerk.verb("simpan")
    assert answer.told["keadaan"]["tersimpan"]
    assert "ditolak oleh aturan kantor" in answer.told["kabar"]
    assert 'nomor: "7"' in (tmp_path / "sop_data" / "sop" / f"{SLUG}.yml").read_text()


@git_here
def test_a_proposal_is_a_branch_and_somebody_else_takes_it(tmp_path: Path, repository: Log) -> None:
    clerk = _clerks(desk(tmp_path, repository, four_eyes=True))
    file, start = tmp_path / "sop_data" / "sop" / f"{SLUG}.yml", _git(tmp_path, "rev-parse", "HEAD")
    before = file.read_bytes()
    assert clerk("Siti").verb("usul").status == 422, "nothing to propose"
    clerk("Siti").act({"laku": "isi", "path": ["nomor"], "value": "7"})
    for verb in ("simpan", "setujui", "kembalikan"):
        assert clerk("Siti").verb(verb, kata="x").status == 422, verb
    answer = clerk("Siti").verb("usul")
    assert answer.told["tugas"] == {"apa": "tunggu", "oleh": "Siti", "kata": ""}
    assert file.read_bytes() == before, "nothing is written yet"
    assert _git(tmp_path, "rev-parse", "HEAD") == start
    assert _git(tmp_path, "status", "--porcelain") == ""
    branch = f"usulan/sop-{SLUG}"
    assert _git(tmp_path, "log", "-1", "--format=%an|%P", branch) == f"Siti|{start}"
    assert "nomor" in _git(tmp_path, "diff", f"{start}..{branch}")
    assert "diusulkan Siti" in clerk("Budi").ask("GET", "/").body.decode()
    assert clerk("Budi").ask("GET", f"{PAGE}/keadaan").told["tugas"]["apa"] == "periksa"
    assert b"Nomor" in clerk("Budi").ask("GET", f"{PAGE}/banding").body
    assert clerk("SITI").verb("setujui").status == 422, "the same person"
    refused = clerk("Siti").verb("setujui")
    assert refused.status == 422
    assert "minta rekan" in refused.told["pesan"]
    assert clerk("Budi").verb("setujui").told["keadaan"]["tersimpan"]
    assert 'nomor: "7"' in file.read_text()
    said = _git(tmp_path, "log", "-1", "--format=%an|%cn|%b")
    assert said.startswith("Siti|Budi|Diusulkan-oleh: Siti\nDiperiksa-oleh: Budi")
    assert branch not in _git(tmp_path, "branch", "--list", branch)


def test_what_is_changed_after_proposing_has_to_be_proposed_again(tmp_path: Path) -> None:
    clerk = _clerks(desk(tmp_path, four_eyes=True))
    clerk("Siti").act({"laku": "isi", "path": ["nomor"], "value": "7"})
    clerk("Siti").verb("usul")
    clerk("Budi").act({"laku": "isi", "path": ["nomor"], "value": "8"})
    assert clerk("Dewi").verb("setujui").status == 422
    clerk("Siti").verb("usul")
    assert clerk("Budi").verb("setujui").status == 422, "he has a hand in it"
    assert clerk("Dewi").verb("kembalikan", kata="  ").status == 422
    answer = clerk("Dewi").verb("kembalikan", kata="nomornya salah")
    assert answer.told["tugas"] == {"apa": "perbaiki", "oleh": "Dewi", "kata": "nomornya salah"}
    clerk("Siti").act({"laku": "isi", "path": ["nomor"], "value": "9"})
    clerk("Siti").verb("usul")
    assert clerk("Dewi").verb("setujui").told["tugas"]["apa"] == "tulis"


def test_no_other_door_leads_past_the_four_eyes(tmp_path: Path) -> None:
    clerk = Client(desk(tmp_path, four_eyes=True), LOGIN, "Siti")
    before = {path: path.read_bytes() for path in (tmp_path / "sop_data").rglob("*") if path.is_file()}
    made = clerk.post("/baru", {"nama": "Coba", "unit": "Puskesmas Baru"})
    assert made.status == 200, "it stands in the journal only"
    assert clerk.ask("POST", "/lambang?nama=a.png", b"x").status == 422
    assert clerk.verb("simpan", "coba").status == 422
    after = {path: path.read_bytes() for path in (tmp_path / "sop_data").rglob("*") if path.is_file()}
    assert after == before
    assert Client(desk(tmp_path), LOGIN, "Siti").verb("usul").status == 404, "no rule, no proposals"


@pytest.mark.parametrize(
    "words",
    [
        ["--soket", "s"],
        ["--empat-mata"],
        ["--soket", "s", "--pengguna-dari", "X-Remote-User"],
        ["--soket", "s", "--pengguna-dari", "X Remote", "--alamat", "https://a.b/"],
        ["--soket", "s", "--pengguna-dari", "X-Remote-User", "--alamat", "ftp://a.b/"],
        ["--soket", "s", "--pengguna-dari", "X-Remote-User", "--alamat", "https://a.b/?x"],
    ],
)
def test_half_a_login_is_none(words: list[str]) -> None:
    answer = CliRunner().invoke(main, ["edit", "--data", str(SEED), *words])
    assert answer.exit_code == 2
    assert "Traceback" not in answer.output


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx on this machine")
def test_the_example_for_nginx_lets_in_whom_it_knows_and_tells_who(tmp_path: Path) -> None:
    """The documented example before the real program: passwords, a forged name, an address below a prefix."""
    shutil.copytree(SEED, tmp_path / "sop_data")
    port, socket = _free_port(), tmp_path / "s.sock"
    address = f"http://127.0.0.1:{port}/sunting/"
    command = [sys.executable, "-m", "generator", "edit", "--soket", str(socket)]
    command += ["--pengguna-dari", "X-Remote-User", "--alamat", address]
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    before = ["nginx", "-p", str(tmp_path), "-c", str(_nginx(tmp_path, port, socket))]
    with (
        subprocess.Popen(command, cwd=tmp_path, env=environment) as program,
        subprocess.Popen(before) as nginx,
    ):
        try:
            _wait(lambda: socket.exists() and _status(address, None) != 0)
            assert socket.stat().st_mode & 0o777 == 0o660
            assert _status(address, None) == 401
            assert _status(address, "siti:salah") == 401
            assert _status(address, "siti:rahasia") == 200
            page = _get(address, "siti:rahasia", {"X-Remote-User": "kadis", "X_Remote_User": "kadis"})
            assert "· siti<" in page
            for link in re.findall(r'(?:href|src)="([^"#]+)"', page):
                assert _status(urljoin(address, link), "siti:rahasia") == 200, link
        finally:
            nginx.terminate()
            program.terminate()


def _nginx(folder: Path, port: int, socket: Path) -> Path:
    example = EXAMPLE.read_text()
    words = subprocess.run(["openssl", "passwd", "-6", "rahasia"], capture_output=True, text=True, check=True)
    (folder / "sandi").write_text(f"siti:{words.stdout.strip()}\n")
    example = example.replace("/run/sop/sunting.sock", str(socket))
    example = example.replace("/etc/nginx/sunting.htpasswd", str(folder / "sandi"))
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy"))
    others = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; {user} pid {folder}/pid; error_log {folder}/salah; events {{ }}\n"
        f"http {{ access_log off; {temporary} {others}\n"
        f"server {{ listen 127.0.0.1:{port};\n{example}\n}} }}\n"
    )
    return path


def _get(address: str, user: str | None, headers: dict[str, str] | None = None) -> str:
    asked = urllib.request.Request(address, headers=headers or {})
    if user:
        asked.add_header("Authorization", f"Basic {b64encode(user.encode()).decode()}")
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return str(answer.read().decode())


def _status(address: str, user: str | None) -> int:
    try:
        _get(address, user)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
    return 200


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(ready: Callable[[], bool]) -> None:
    for _ in range(200):
        if ready():
            return
        time.sleep(0.05)
    raise AssertionError("not ready")
