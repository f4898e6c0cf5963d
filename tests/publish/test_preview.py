"""The preview answers this machine alone, whatever it is asked, and says why it cannot begin."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build.preview import PreviewState, make_server
from generator.cli import main
from generator.cli.publish.serve import rebuild
from tests.publish.sites import ROOT

Ask = Callable[[bytes], bytes]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Sends bytes to a preview and gives what comes back."""
    (tmp_path / "index.html").write_text("<body>rahasia</body>", encoding="utf-8")
    (tmp_path / "data.csv").write_text("rahasia", encoding="utf-8")
    server = make_server(tmp_path, PreviewState(), "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def sent(request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as line:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: line.recv(65536), b""))

    yield sent
    server.shutdown()
    server.server_close()


PATHS = [b"/", b"/data.csv", b"/index.html", b"/__pratinjau.js", b"/__pratinjau.json?sesudah=x"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", [b"localhost", b"localhost:8000", b"127.0.0.1:1", b"[::1]:8000", b"LOCALHOST"]
)
def test_a_name_of_this_machine_is_answered(ask: Ask, path: bytes, host: bytes) -> None:
    assert ask(b"GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" % (path, host)).startswith(b"HTTP/1.0 200")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "told",
    [
        b"Host: jahat.example\r\n",
        b"Host: jahat.example:8000\r\n",
        b"Host: localhost.jahat.example\r\n",
        b"Host: 127.0.0.1.jahat.example\r\n",
        b"Host: 192.0.2.7:8000\r\n",
        b"Host: localhost@jahat.example\r\n",
        b"Host: localhost\r\nHost: jahat.example\r\n",
        b"Host: \r\n",
        b"",
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_no_other_name_is_answered(ask: Ask, path: bytes, told: bytes, method: bytes) -> None:
    said = ask(b"%s %s HTTP/1.0\r\n%s\r\n" % (method, path, told))
    assert said.startswith(b"HTTP/1.0 421")
    assert b"rahasia" not in said
    assert b"versi" not in said


@pytest.mark.parametrize(
    "path",
    [
        *(b"/%00", b"/a%00.html", b"/%00/", b"/" + b"x" * 5000, b"/" + b"x" * 300 + b".html"),
        *(b"/" + b"x/" * 3000, b"/%ff.html", b"/tidak-ada.html", b"/tidak-ada"),
        *(b"//jahat.example/%2e%2e/%2e%2e/etc/passwd", b"http://[", b"http://[::1/", b"//[/x/", b"x://]/y"),
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_an_odd_address_is_not_there(
    ask: Ask, path: bytes, method: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(b"%s %s HTTP/1.0\r\nHost: localhost\r\n\r\n" % (method, path)).startswith(b"HTTP/1.0 404")
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("path", [*PATHS, b"/tidak-ada", b"http://["])
def test_no_other_site_can_show_what_is_answered_nor_learn_whether_it_is_there(ask: Ask, path: bytes) -> None:
    head = ask(b"GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" % path).partition(b"\r\n\r\n")[0]
    assert b"Cross-Origin-Resource-Policy: same-origin" in head
    assert b"X-Frame-Options: SAMEORIGIN" in head


def test_many_questions_at_once_wait_in_line(tmp_path: Path) -> None:
    server = make_server(tmp_path, PreviewState(), "127.0.0.1", 0)  # nobody takes them up yet
    with server, ExitStack() as lines:
        for _ in range(40):
            lines.enter_context(socket.create_connection(("127.0.0.1", server.server_port), timeout=1))


def test_who_leaves_before_the_answer_is_no_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "besar.html").write_bytes(b"x" * 20_000_000)
    server = make_server(tmp_path, PreviewState(), "127.0.0.1", 0)
    server.daemon_threads, server.block_on_close = False, True  # so that closing waits for the answers
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as line:
            line.sendall(b"GET /besar.html HTTP/1.0\r\nHost: localhost\r\n\r\n")
            line.recv(10)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # as a crash
    server.shutdown()
    server.server_close()
    assert "Traceback" not in capfd.readouterr().err


def test_a_second_preview_on_one_port_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sop_data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").touch()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert f"port {port} sedang dipakai" in done.output
    assert "--port 0" in done.output


def test_previews_side_by_side_show_their_own_data_and_take_turns(tmp_path: Path) -> None:
    """All begin at once; each builds its own data and is told of no fault."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").touch()
    for name in ("satu", "dua"):
        shutil.copytree(ROOT / "sop_data", tmp_path / name)
        agency = tmp_path / name / "instansi.yml"
        text = agency.read_text(encoding="utf-8")
        agency.write_text(re.sub(r"(?m)^nama: .*", f"nama: Dinas {name.title()}", text), encoding="utf-8")
    with ExitStack() as held:
        previews = {
            (name, audience): held.enter_context(_preview(tmp_path, name, audience))
            for name, audience in (("satu", "internal"), ("dua", "internal"), ("satu", "public"))
        }
        for (name, _), root in previews.items():
            state = _asked(root, "/__pratinjau.json?sesudah=0")
            assert '"versi": 1, "galat": ""' in state, state
            page = _asked(root, "/")
            other = "Dinas Dua" if name == "satu" else "Dinas Satu"
            assert f"Dinas {name.title()}" in page
            assert other not in page


def test_pages_and_settings_need_not_be_there_and_may_come_and_go(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sop_data", tmp_path / "data")
    with _preview(tmp_path, "data", "public") as root:
        assert '"versi": 1, "galat": ""' in _asked(root, "/__pratinjau.json?sesudah=0")
        (tmp_path / "baru").mkdir()
        (tmp_path / "baru" / "kami.md").write_text("---\npembaca: publik\n---\n# Kami", encoding="utf-8")
        (tmp_path / "baru").rename(tmp_path / "docs")
        assert '"versi": 2, "galat": ""' in _asked(root, "/__pratinjau.json?sesudah=1")
        assert "Kami" in _asked(root, "/kami/")
        (tmp_path / "docs").rename(tmp_path / "lama")
        assert '"versi": 3, "galat": ""' in _asked(root, "/__pratinjau.json?sesudah=2")


@contextmanager
def _preview(folder: Path, data: str, audience: str) -> Iterator[str]:
    """The address of a running preview."""
    words = ["--data", data, "--audience", audience, "--port", "0"]
    command = [sys.executable, "-u", "-m", "generator", "serve", *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, env=env, text=True) as running:
        assert running.stdout
        found = re.search(r"http://[\d.:]+", running.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            running.send_signal(signal.SIGINT)


def _asked(root: str, path: str) -> str:
    with urllib.request.urlopen(root + path, timeout=60) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("words", [["--port", "70000"], ["--host", "tidak ada", "--port", "0"]])
def test_an_address_that_cannot_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("sop_data", "docs"):
        (tmp_path / name).mkdir()
    (tmp_path / "mkdocs.yml").touch()
    done = CliRunner().invoke(main, ["serve", *words])
    assert done.exit_code in (1, 2)
    assert isinstance(done.exception, SystemExit)
    assert words[1] in done.output


@pytest.mark.parametrize(("status", "stands"), [(0, True), (3, True), (1, False)])
def test_a_site_without_some_documents_is_shown_and_said(status: int, stands: bool) -> None:
    state = PreviewState()
    command = [sys.executable, "-c", f"import sys; print('kata'); sys.exit({status})"]
    assert rebuild(command, state) is stands
    assert state.after("")["versi"] == int(stands)
    assert state.after("")["galat"] == ("" if status == 0 else "kata")
