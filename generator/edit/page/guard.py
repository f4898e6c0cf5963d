"""A request → whether it comes from our own page, and not from another site or another user of the machine.

Only those are answered who name this machine, who have shown the word that stood in the address, and whose
writing requests come from our own pages. Behind the login of an agency (``Login``) it is the public address
that they name, and the login says who they are. Bodies are held to what a page can have to say.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.local import names_this_machine

ENTRY = "/masuk"
COOKIE = "sop-sunting"
MOST, MOST_FILE, MOST_NAME = 1_000_000, 20_000_000, 100
"""Bytes of a body, and of a file that is read in; letters of a name."""
_USER = "sop.pengguna"
FILES = ("/impor", "/lambang")
POLICY, FRAMES = "content-security-policy", "x-frame-options"
_HEADERS = {
    POLICY: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    FRAMES: "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_ENTERED = (
    '<!doctype html><html lang="id"><meta charset="utf-8"><title>Masuk</title>'
    '<meta http-equiv="refresh" content="0;url={}"><p><a href="{}">Buka halaman penyunting</a></p></html>'
)
_TOO_LARGE = "Yang dikirim terlalu besar.\n"
_NOBODY = "Pintu masuk instansi tidak menyebut siapa yang masuk; hubungi pengelola server.\n"
_LOST = (
    "Halaman ini hanya dapat dibuka dari alamat yang dicetak oleh 'sop edit'. "
    "Tutup jendela ini, lalu jalankan lagi: sop edit\n"
)


class Login(Struct, frozen=True):
    """The agency's own login before the page: the header in which it names who asks, and the origin that
    browsers see (``https://intranet.contoh.go.id``). Only it can speak to us, through a socket of its own."""

    header: str
    origin: str


def user_of(scope: Scope) -> str:
    """Who asks, as the login says; "" where there is none."""
    return str(scope.get(_USER, ""))


class Guard:
    """Stands before an application. ``key`` is the word that opens it, once; ``port`` that of the server;
    behind a ``login`` there is neither."""

    def __init__(self, app: ASGIApp, port: int, start: str = "/", login: Login | None = None) -> None:
        self._login = login
        self.key = secrets.token_urlsafe(32)
        self._app, self._port, self._start = app, port, start
        self._cookie = secrets.token_urlsafe(32)
        self._name = f"{COOKIE}-{port}"  # cookies know no ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self._refused(scope, headers)
        if answer is None and self._login is not None:
            user = _named(headers, self._login.header)
            answer = None if user else PlainTextResponse(_NOBODY, 403)
            scope[_USER] = user
        elif answer is None and scope["path"] == ENTRY:
            answer = self._enter(scope)
        elif answer is None and not self._known(headers):
            answer = PlainTextResponse(_LOST, 403)
        most = MOST_FILE if scope["path"].startswith(FILES) else MOST
        length = headers.get("content-length", "0")
        if answer is None and (not length.isdecimal() or int(length) > most):
            answer = PlainTextResponse(_TOO_LARGE, 413)
        if answer is not None:
            await answer(scope, receive, _safely(send))
            return
        await self._within(most, scope, receive, send)

    async def _within(self, most: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, while a body that does not say how long it is holds no more than it may."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413, _TOO_LARGE)
            return message

        await self._app(scope, counted, _safely(send))

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """What is said to a request of another host or another site."""
        hosts, origins, login = headers.getlist("host"), headers.getlist("origin"), self._login
        if login is None:
            if len(hosts) != 1 or not names_this_machine(hosts[0], self._port):
                return PlainTextResponse("Penyunting hanya menjawab localhost dan 127.0.0.1.\n", 421)
            own = [f"http://{hosts[0].lower()}"]
        elif [host.lower() for host in hosts] != [login.origin.partition("://")[2]]:
            return PlainTextResponse(f"Penyunting ini hanya menjawab {login.origin}.\n", 421)
        else:
            own = [login.origin]
        writing = scope["method"] not in ("GET", "HEAD")
        if (origins and origins != own) or (writing and not origins):
            return PlainTextResponse("Permintaan dari situs lain ditolak.\n", 403)
        opened = scope["path"] == ENTRY if login is None else _opens_a_page(scope, headers)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not opened:
            return PlainTextResponse("Permintaan dari situs lain ditolak.\n", 403)
        return None

    def _enter(self, scope: Scope) -> Response:
        """The word of the address for a cookie; it opens once."""
        shown = parse_qs(scope["query_string"].decode("latin-1")).get("kunci", [""])[0]
        if not self.key or not secrets.compare_digest(shown.encode(), self.key.encode()):
            return PlainTextResponse(_LOST, 403)
        self.key = ""
        answer = HTMLResponse(_ENTERED.format(self._start, self._start))
        answer.set_cookie(self._name, self._cookie, httponly=True, samesite="strict")
        return answer

    def _known(self, headers: Headers) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._name)
        except CookieError:
            return False
        return found is not None and secrets.compare_digest(found.value.encode(), self._cookie.encode())


def _named(headers: Headers, name: str) -> str:
    """Whom the login names; "" where it names nobody, or several."""
    found = headers.getlist(name)
    try:
        user = found[0].encode("latin-1").decode("utf-8").strip() if len(found) == 1 else ""
    except UnicodeDecodeError:
        return ""
    return user if user.isprintable() and len(user) <= MOST_NAME and not set("<>") & set(user) else ""


def _opens_a_page(scope: Scope, headers: Headers) -> bool:
    """Whether a link of another page (the intranet, the login itself) opens one of ours in its own window."""
    asked = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    return scope["method"] == "GET" and asked == ("navigate", "document")


def _safely(send: Send) -> Send:
    """Every answer under the same headers."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
            mine = (POLICY.encode(), FRAMES.encode())
            own = [pair for pair in message.get("headers", []) if pair[0].lower() in mine]
            names = {name for name, _ in extra}
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
            message = {**message, "headers": [*kept, *(dict(extra) | dict(own)).items()]}
        await send(message)

    return sent
