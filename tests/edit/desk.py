"""A desk on a copy of the seed, and a client that speaks to its page as a browser would."""

from __future__ import annotations

import asyncio
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.edit.beside.commits import Log
from generator.edit.page.app import application
from generator.edit.page.desk import Desk
from generator.edit.page.guard import ENTRY, Guard, Login

SEED = Path(__file__).parents[2] / "sop_data"
PORT = 8010
SLUG = "surat-dan-jadwal"


def desk(folder: Path, log: Log | None = None, four_eyes: bool = False) -> Desk:
    """A desk on a copy of the seed."""
    data = folder / "sop_data"
    if not data.exists():
        shutil.copytree(SEED, data)
    return Desk(data, folder / ".sop-sunting", log, four_eyes)


class Answer(Struct):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks the application itself, without a network."""

    def __init__(self, desk: Desk, login: Login | None = None, user: str = "") -> None:
        self.guard = Guard(application(desk), PORT, login=login)
        self.login, self.user = login, user
        self.key = self.guard.key
        self.cookie = ""
        self.revision = -1

    def enter(self) -> Client:
        answer = self.ask("GET", f"{ENTRY}?kunci={self.key}")
        assert answer.status == 200
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return self

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | list[bytes] = b"",
        headers: dict[str, str | None] | None = None,
    ) -> Answer:
        """One request; a header that is None is left out. A body in pieces does not say how long it is."""
        pieces = [body] if isinstance(body, bytes) else body
        origin = self.login.origin if self.login else f"http://127.0.0.1:{PORT}"
        told: dict[str, str | None] = {"host": origin.partition("://")[2], "cookie": self.cookie or None}
        if self.login:
            told[self.login.header] = self.user or None
        if method != "GET":
            told["origin"] = origin
        if isinstance(body, bytes):
            told["content-length"] = str(len(body))
        told |= headers or {}
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in told.items() if value is not None],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", PORT),
        }
        with ThreadPoolExecutor(1) as thread:  # in this one a loop may run, of a browser
            return thread.submit(asyncio.run, self._run(scope, pieces)).result()

    async def _run(self, scope: dict[str, Any], pieces: list[bytes]) -> Answer:
        waiting = list(pieces)
        answer = Answer(0, {}, b"")

        async def receive() -> dict[str, Any]:
            if not waiting:
                return {"type": "http.disconnect"}
            piece = waiting.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                answer.body += message.get("body", b"")

        await self.guard(scope, receive, send)
        return answer

    def post(self, address: str, value: dict[str, Any]) -> Answer:
        return self.ask("POST", address, json.dumps(value).encode())

    def act(self, act: dict[str, Any], slug: str = SLUG, **more: Any) -> Answer:
        """Do something on the page of an SOP, which shows what there is."""
        base = more.pop("dasar", None)
        if base is None:
            base = self.ask("GET", f"/sop/{slug}/keadaan").told["revisi"]
        return self.post(f"/sop/{slug}/laku", {"laku": act, "dasar": base, **more})

    def verb(self, verb: str, slug: str = SLUG, **more: Any) -> Answer:
        return self.post(f"/sop/{slug}/{verb}", {"dasar": 0, **more})
