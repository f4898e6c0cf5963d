"""A real nginx with an example of the publishing guide as it stands, but for folders and ports."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

Answer = tuple[int, dict[str, str], bytes]
Ask = Callable[..., Answer]


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        pytest.skip(f"no {name} on this machine")
    return found


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def get(
    plain: int, secure: int, host: str, path: str, headers: dict[str, str] | None = None, method: str = "GET"
) -> Answer:
    line: http.client.HTTPConnection
    if host.startswith("plain "):
        line, host = http.client.HTTPConnection("127.0.0.1", plain, timeout=10), host[6:]
    else:
        unsafe = ssl._create_unverified_context()
        line = http.client.HTTPSConnection("127.0.0.1", secure, timeout=10, context=unsafe)
    with closing(line):
        line.request(method, path, headers={"Host": host, **(headers or {})})
        with line.getresponse() as answer:
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()


@contextmanager
def served(example: Path, top: Path, hosts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Serve ``top/site``; ``hosts`` of the example. Gives its ports, the one without encryption first."""
    server_program, openssl = program("nginx"), program("openssl")
    top.chmod(0o755)
    for name in hosts:
        _certificate(openssl, top / name, name)
    plain, secure = free_port(), free_port()
    text = example.read_text(encoding="utf-8")
    for old, new in (
        ("/srv/sop/site", str(top / "site")),
        ("/etc/ssl/sop", str(top)),
        ("/etc/nginx/sop.htpasswd", str(top / "sop.htpasswd")),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{secure} "),
    ):
        assert old in text or "htpasswd" in old
        text = text.replace(old, new)
    types = "/etc/nginx/mime.types"
    user = "user root;" if os.geteuid() == 0 else ""
    whole = (
        f"{user} daemon off; worker_processes 1; pid {top}/nginx.pid; error_log {top}/galat.log;"
        f"events {{ }} http {{ include {types}; default_type application/octet-stream; access_log off;"
        + "".join(
            f"{kind}_temp_path {top}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + text
        + "}"
    )
    (top / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [server_program, "-c", str(top / "nginx.conf"), "-p", str(top), "-e", str(top / "galat.log")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=60)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    server = subprocess.Popen(command)

    try:
        for _ in range(100):
            try:
                get(plain, secure, hosts[0], "/")
                break
            except OSError:
                time.sleep(0.1)
        yield plain, secure
    finally:
        server.terminate()
        server.wait(10)


def _certificate(openssl: str, stem: Path, name: str) -> None:
    words = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    words += ["-days", "2", "-subj", f"/CN={name}", "-keyout", f"{stem}.key", "-out", f"{stem}.pem"]
    subprocess.run(words, check=True, capture_output=True, timeout=60)
