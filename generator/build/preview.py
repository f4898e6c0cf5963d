"""A built site → a local web server whose pages load again when the site is built anew.

Pages get a small script that asks the server what it shows. What is wrong with the data stands over the
last good page until it is mended. What is served may be internal, so only those are answered who name this
machine: a page of another site can let its own name lead here, and would be answered as if it were ours.
Nor may such a page show what is answered, as it could tell from that which pages there are.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.local import LOOPBACK, names_this_machine

_SCRIPT = b'<script src="/__pratinjau.js"></script></body>'
_CLIENT = """
let seen = null;
function show(words) {
  let box = document.getElementById("__pratinjau");
  if (!words) { if (box) box.remove(); return; }
  if (!box) {
    box = document.body.appendChild(document.createElement("pre"));
    box.id = "__pratinjau";
    box.setAttribute("role", "alert");
    Object.assign(box.style, {position: "fixed", inset: "auto 0 0 0", margin: 0, padding: "1em",
      maxHeight: "50vh", overflow: "auto", zIndex: 999, background: "#5c1a1a", color: "#fff",
      font: "14px/1.5 monospace", whiteSpace: "pre-wrap"});
  }
  box.textContent = words;
}
async function ask() {
  for (;;) {
    try {
      const state = await (await fetch("/__pratinjau.json?sesudah=" + (seen?.kali ?? ""))).json();
      if (seen !== null && state.versi !== seen.versi) { location.reload(); return; }
      seen = state;
      show(state.galat);
    } catch (error) {
      await new Promise(done => setTimeout(done, 1000));
    }
  }
}
ask();
"""
_OURS_ALONE = {"Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "SAMEORIGIN"}
_PATIENCE = 25.0
"""Seconds after which an unanswered question is answered all the same."""


class PreviewState:
    """What the server shows: ``versi`` counts the good builds, ``galat`` is what is wrong now, ``kali``
    counts every change of the two."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._times = self._version = 0
        self._wrong = ""

    def built(self, lacking: str = "") -> None:
        """A new site stands; ``lacking`` says what it does without."""
        self._set(self._version + 1, lacking)

    def failed(self, words: str) -> None:
        """The site could not be built; ``words`` say why."""
        self._set(self._version, words)

    def _set(self, version: int, wrong: str) -> None:
        with self._changed:
            self._version, self._wrong = version, wrong
            self._times += 1
            self._changed.notify_all()

    def after(self, seen: str) -> dict[str, int | str]:
        """The state once it differs from the one that the asker has seen, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: str(self._times) != seen, _PATIENCE)
            return {"kali": self._times, "versi": self._version, "galat": self._wrong}


def make_server(folder: Path, state: PreviewState, host: str, port: int) -> ThreadingHTTPServer:
    """A server of ``folder`` (which may be replaced while it runs); port 0 takes any free one. Raises OSError
    where there can be none."""
    names = LOOPBACK | {host.lower(), f"[{host.lower()}]"}
    return _Server((host, port), partial(_Handler, state, names, directory=str(folder)))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a page asks for more than five files at once

    def __init__(self, address: tuple[str, int], handler: Any) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers that leave before they are answered are no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, state: PreviewState, names: frozenset[str], *args: object, **kwargs: object) -> None:
        self.state, self.names = state, names
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """Whatever is asked for, only under a name of this machine, and only what is an address."""
        if not super().parse_request():
            return False
        told = self.headers.get_all("Host", [])
        if len(told) != 1 or not names_this_machine(told[0], names=self.names):
            said = "Pratinjau hanya menjawab localhost dan 127.0.0.1"
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, said)
            return False
        try:
            self.address = urlsplit(self.path)
        except ValueError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return False
        return True

    def end_headers(self) -> None:
        for name, value in _OURS_ALONE.items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> Any:
        """A file or a list of files; an address that no file can have is not there."""
        try:
            return super().send_head()
        except (ValueError, OSError):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def do_GET(self) -> None:
        address = self.address
        if address.path == "/__pratinjau.js":
            self._send(_CLIENT.encode(), "text/javascript; charset=utf-8")
        elif address.path == "/__pratinjau.json":
            seen = parse_qs(address.query).get("sesudah", [""])[0]
            self._send(json.dumps(self.state.after(seen)).encode(), "application/json")
        elif (page := self._page(address.path)) is not None:
            self._send(page.replace(b"</body>", _SCRIPT, 1), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _page(self, path: str) -> bytes | None:
        """The HTML file that an address means, if it is one."""
        found = Path(self.translate_path(path))
        if path.endswith("/"):
            found /= "index.html"
        if found.suffix == ".html":
            with suppress(ValueError, OSError):  # gone, or no name that a file can have
                return found.read_bytes()
        return None

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Short work says nothing."""
