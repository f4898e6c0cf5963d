"""A desk → the application that answers the pages of this machine's browser."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from generator.data.files.plain import why
from generator.data.files.refused import NotWritten
from generator.data.writing.revise import Revision
from generator.edit.acts import AnyAct
from generator.edit.doubts import settled
from generator.edit.fields import Refused
from generator.edit.page.desk import Desk
from generator.edit.page.guard import POLICY
from generator.edit.page.history import history
from generator.edit.page.prints import KINDS, comparison, sheet_to_sign
from generator.edit.page.programs import accept, publish, read_in
from generator.edit.page.render import ASSETS, fill
from generator.edit.page.view import Views
from generator.edit.session import Stale
from generator.model.dates import date_text, parse_date
from generator.site.settings import THEME

_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks: an act, or one of the plain verbs; the revision and the row that it shows."""

    dasar: int
    laku: AnyAct | None = None
    kelompok: str = ""
    lama: str | None = None
    baris: tuple[int, int] | None = None
    ke: int = 0
    kata: str = ""
    luar: bool = False
    revisi: dict[str, str] = {}


_asked = msgspec.json.Decoder(Asked).decode


def application(desk: Desk) -> Starlette:
    """The application of one desk."""
    return Starlette(
        routes=[
            Route("/", lambda request: _home(desk)),
            Route("/baru", _new(desk), methods=["POST"]),
            Route("/impor", _read_in(desk), methods=["POST"]),
            Route("/terbitkan", _publish(desk), methods=["POST"]),
            Route("/aset/{name}", _asset),
            Route("/{room}/{slug}", _page(desk)),
            Route("/{room}/{slug}/keadaan", _state(desk)),
            Route("/{room}/{slug}/banding", _compare(desk)),
            Route("/{room}/{slug}/riwayat", _history(desk)),
            Route("/{room}/{slug}/cetak.{kind}", _print(desk)),
            Route("/{room}/{slug}/periksa", _check_page(desk)),
            Route("/{room}/{slug}/terima", _accept(desk), methods=["POST"]),
            Route("/{room}/{slug}/{verb}", _act(desk), methods=["POST"]),
        ],
        exception_handlers={Refused: _refusal, NotWritten: _refusal, OSError: _trouble},
    )


def _home(desk: Desk) -> Response:
    units = sorted(unit.nama for unit in desk.known.register.unit.values())
    known, register = desk.known, desk.known.register
    usual = register.unit[known.usual_unit].nama if known.usual_unit else ""
    shown = {"daftar": desk.listed(), "unit": units, "biasa": usual, "instansi": register.instansi.nama}
    return HTMLResponse(fill("awal.html", shown))


def _new(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        asked = _json(await request.body())
        slug = await run_in_threadpool(desk.new, str(asked.get("nama", "")), str(asked.get("unit", "")))
        return JSONResponse({"alamat": f"/sop/{slug}"})

    return answer


def _page(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        views = _found(desk, request)
        views.session.look()
        return HTMLResponse(
            fill("sunting.html", {"sesi": views.session, "nama": _name(views), "jumlah": len(views.sheets())})
        )

    return answer


def _state(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        views = _found(desk, request)
        since = request.query_params.get("revisi", "")
        row = _row(request.query_params.get("baris", ""))
        views.session.look()
        return JSONResponse(views.told(int(since) if since.isdecimal() else -1, row))

    return answer


def _act(desk: Desk) -> Callable[[Request], Any]:
    def done(views: Views, verb: str, asked: Asked) -> Response:
        session, focus, status = views.session, "", 200
        try:
            if verb == "laku" and asked.laku is not None:
                focus = session.act(asked.laku, asked.dasar, asked.kelompok, asked.lama).focus
            elif verb in _VERBS:
                _VERBS[verb](views, asked)
            else:
                raise HTTPException(404)
        except Stale:
            status = 409
        return JSONResponse(views.told(asked.dasar, asked.baris, focus), status)

    async def answer(request: Request) -> Response:
        views = _found(desk, request)
        try:
            asked = _asked(await request.body())
        except msgspec.MsgspecError as error:
            raise Refused("permintaan ini tidak dimengerti; muat ulang halaman ini") from error
        return await run_in_threadpool(done, views, request.path_params["verb"], asked)

    return answer


_ALONE = "sandbox; default-src 'none'; img-src data:; style-src 'sha256-{}'; frame-ancestors 'none'"
"""The policy of a check page: pictures and a sheet of its own, and nothing that acts."""
_VERBS: dict[str, Callable[[Views, Asked], None]] = {
    "urung": lambda views, asked: views.session.undo(),
    "ulang": lambda views, asked: views.session.redo(),
    "kembali": lambda views, asked: views.session.return_to(asked.ke),
    "simpan": lambda views, asked: views.session.save(),
    "pilih": lambda views, asked: views.session.choose(asked.luar),
    "beres": lambda views, asked: views.session.replace(
        lambda text: settled(text, asked.ke, asked.kata), "Satu hal sudah diperiksa", asked.dasar
    ),
    "lihat": lambda views, asked: None,
    "revisi": lambda views, asked: views.session.revise(_revision(asked)),
}
"""What a page can ask beside acts."""


def _compare(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        views = _found(desk, request)
        views.session.look()
        return HTMLResponse(comparison(views.session))

    return answer


def _history(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return HTMLResponse(history(_found(desk, request)))

    return answer


def _print(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        views, kind = _found(desk, request), request.path_params["kind"]
        if kind not in KINDS:
            raise HTTPException(404)
        views.session.look()
        name = f"{views.session.slug}-rancangan.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(sheet_to_sign(views.session, kind), media_type=KINDS[kind][0], headers=headers)

    return answer


def _check_page(desk: Desk) -> Callable[[Request], Response]:
    """The page that compares a draft with the pictures of what it was read from."""

    def answer(request: Request) -> Response:
        session = _found(desk, request).session
        path = session.path.with_name(f"{session.slug}.periksa.html")
        if not path.is_file() or path.is_symlink():
            raise HTTPException(404, "halaman periksa draf ini tidak ada")
        html = path.read_bytes()
        sheet = re.search(rb"<style>(.*?)</style>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(sheet[1] if sheet else b"").digest()).decode()
        return HTMLResponse(html, headers={POLICY: _ALONE.format(digest)})

    return answer


def _read_in(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        content = await request.body()
        name = request.query_params.get("nama", "")
        done, said = await run_in_threadpool(read_in, desk.data, name, content)
        return JSONResponse({"beres": done, "kata": said})

    return answer


def _publish(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        done, said = await run_in_threadpool(publish, desk.data)
        return JSONResponse({"beres": done, "kata": said})

    return answer


def _accept(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        views = _found(desk, request)
        if views.session.room != "draf":
            raise HTTPException(404)
        if views.session.look().unsaved:
            await run_in_threadpool(views.session.save)
        done, said = await run_in_threadpool(accept, desk.data, views.session.slug)
        return JSONResponse({"beres": done, "kata": said, "alamat": f"/sop/{views.session.slug}"})

    return answer


def _asset(request: Request) -> Response:
    """A sheet or script of ours; nothing else has an address here."""
    name = request.path_params["name"]
    for folder in (ASSETS, THEME / "assets"):
        path: Path = folder / name
        if path.suffix in _KINDS and path.name == name and path.is_file():
            return Response(path.read_bytes(), media_type=_KINDS[path.suffix])
    raise HTTPException(404)


def _found(desk: Desk, request: Request) -> Views:
    views = desk.views(request.path_params["room"], request.path_params["slug"])
    if views is None:
        raise HTTPException(404, "SOP ini tidak ada")
    return views


def _name(views: Views) -> str:
    return str(views.session.understood().values.get("nama") or views.session.slug)


def _row(text: str) -> tuple[int, int] | None:
    parts = text.split(",")
    return (int(parts[0]), int(parts[1])) if len(parts) == 2 and all(map(str.isdecimal, parts)) else None


def _revision(asked: Asked) -> Revision:
    said = {key: " ".join(text.split()) for key, text in asked.revisi.items()}
    if not said.get("perubahan") or not said.get("alasan"):
        raise Refused("tulis apa yang berubah dan mengapa")
    day = parse_date(said.get("revisi")) or date.today()
    begins = parse_date(said.get("efektif"))
    if said.get("efektif", "-") not in ("", "-") and begins is None:
        raise Refused(f"tanggal '{said['efektif']}' tidak dapat dibaca; tulis misalnya 1 Februari 2027")
    return Revision(
        perubahan=said["perubahan"],
        alasan=said["alasan"],
        revisi=date_text(day),
        efektif=date_text(begins) if begins else None,
        nomor=said.get("nomor") or None,
    )


def _json(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise Refused("permintaan ini tidak dimengerti; muat ulang halaman ini") from error


def _refusal(request: Request, error: Exception) -> Response:
    hint = f"; {error.hint}" if isinstance(error, NotWritten) and error.hint else ""
    return JSONResponse({"pesan": f"{error}{hint}"}, 422)


def _trouble(request: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    words = f"tidak dapat ditulis ke disk ({why(error)}); yang diketik masih ada di halaman ini"
    return JSONResponse({"pesan": words}, 507)
