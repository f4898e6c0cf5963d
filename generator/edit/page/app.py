"""A desk → the application that answers the pages of this machine's browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from generator.data.files.plain import why
from generator.data.files.refused import NotWritten
from generator.edit.beside.emblem import emblem_file
from generator.edit.doubts import doubts
from generator.edit.fields import Refused
from generator.edit.page.desk import Desk
from generator.edit.page.guard import FRAMES, POLICY, user_of
from generator.edit.page.history import history
from generator.edit.page.prints import KINDS, comparison, sheet_to_sign
from generator.edit.page.programs import READ, publish, read_in
from generator.edit.page.read_in_page import policy, read_in_page
from generator.edit.page.render import ASSETS, fill
from generator.edit.page.verbs import VERBS, Asked, new_emblem, read_asked, take_draft, task
from generator.edit.page.view import Views
from generator.edit.session import Stale
from generator.site.settings import THEME

_PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_ASSETS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", **_PICTURES}


def application(desk: Desk) -> Starlette:
    """The application of one desk."""
    return Starlette(
        routes=[
            Route("/", lambda request: _home(desk, user_of(request.scope))),
            Route("/baru", _new(desk), methods=["POST"]),
            Route("/impor", _read_in(desk), methods=["POST"]),
            Route("/terbitkan", _publish(desk), methods=["POST"]),
            Route("/lambang", _emblem(desk)),
            Route("/lambang", _set_emblem(desk), methods=["POST"]),
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


def _home(desk: Desk, user: str) -> Response:
    units = sorted(unit.nama for unit in desk.known.register.unit.values())
    known, register = desk.known, desk.known.register
    usual = register.unit[known.usual_unit].nama if known.usual_unit else ""
    shown = {
        "akar": "",
        "pengguna": user,
        "daftar": desk.listed(),
        "unit": units,
        "biasa": usual,
        "instansi": register.instansi.nama,
        "jenis": ",".join(READ),
    }
    return HTMLResponse(fill("awal.html", shown))


def _new(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        asked = _json(await request.body())
        given = str(asked.get("nama", "")), str(asked.get("unit", ""))
        slug = await run_in_threadpool(desk.new, *given, user_of(request.scope))
        return JSONResponse({"alamat": f"sop/{slug}"})

    return answer


def _page(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        views = _found(desk, request)
        views.session.look()
        shown = {
            "akar": "../",
            "sesi": views.session,
            "nama": _name(views),
            "jumlah": len(views.sheets()),
            "naskah": read_in_page(views.session) is not None,
            "pengguna": user_of(request.scope),
            "empat": desk.four_eyes,
        }
        return HTMLResponse(fill("sunting.html", shown))

    return answer


def _state(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        views = _found(desk, request)
        row = _row(request.query_params.get("baris", ""))
        views.session.look()
        told = views.told(request.query_params.get("tampilan", ""), row)
        return JSONResponse({**told, "tugas": task(desk, views.session, user_of(request.scope))})

    return answer


def _act(desk: Desk) -> Callable[[Request], Any]:
    def done(views: Views, verb: str, asked: Asked, by: str) -> Response:
        focus, said, status = "", "", 200
        try:
            if verb == "laku" and asked.laku is not None:
                focus = views.session.act(asked.laku, asked.dasar, asked.kelompok, asked.lama, by).focus
            elif verb in VERBS:
                said = VERBS[verb](desk, views.session, asked, by) or ""
            else:
                raise HTTPException(404)
        except Stale:
            status = 409
        told = {
            **views.told(asked.tampilan, asked.baris, focus),
            "tugas": task(desk, views.session, by),
            "kabar": said,
        }
        return JSONResponse(told, status)

    async def answer(request: Request) -> Response:
        views = _found(desk, request)
        try:
            asked = read_asked(await request.body())
        except msgspec.MsgspecError as error:
            raise Refused("permintaan ini tidak dimengerti; muat ulang halaman ini") from error
        return await run_in_threadpool(
            done, views, request.path_params["verb"], asked, user_of(request.scope)
        )

    return answer


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
        path = read_in_page(_found(desk, request).session)
        if path is None:
            raise HTTPException(404, "halaman periksa draf ini tidak ada")
        html = path.read_bytes()
        return HTMLResponse(html, headers={POLICY: policy(html), FRAMES: "SAMEORIGIN"})

    return answer


def _read_in(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        content = await request.body()
        name = request.query_params.get("nama", "")
        before = desk.draft_times()
        done, said = await run_in_threadpool(read_in, desk.data, name, content)
        made = [slug for slug, time in desk.draft_times().items() if before.get(slug) != time]
        return JSONResponse({"beres": done, "kata": said, "draf": [_draft(desk, slug) for slug in made]})

    return answer


def _draft(desk: Desk, slug: str) -> dict[str, Any]:
    views = desk.views("draf", slug)
    assert views is not None
    open_doubts = len(doubts(views.session.look().text))
    return {"alamat": f"draf/{slug}", "nama": _name(views), "ragu": open_doubts}


def _publish(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        done, said = await run_in_threadpool(publish, desk.data)
        return JSONResponse({"beres": done, "kata": said})

    return answer


def _emblem(desk: Desk) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        path = emblem_file(desk.data, desk.known.register.instansi.logo)
        if path is None:
            raise HTTPException(404)
        return Response(path.read_bytes(), media_type=_PICTURES[path.suffix])

    return answer


def _set_emblem(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        name, by = request.query_params.get("nama", ""), user_of(request.scope)
        said = await run_in_threadpool(new_emblem, desk, name, await request.body(), by)
        return JSONResponse({"beres": True, "kata": said})

    return answer


def _accept(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        session = _found(desk, request).session
        if session.room != "draf":
            raise HTTPException(404)
        done, said = await run_in_threadpool(take_draft, desk, session, user_of(request.scope))
        return JSONResponse({"beres": done, "kata": said, "alamat": f"sop/{session.slug}"})

    return answer


def _asset(request: Request) -> Response:
    """A sheet or script of ours; nothing else has an address here."""
    name = request.path_params["name"]
    for folder in (ASSETS, THEME / "assets"):
        path: Path = folder / name
        if path.suffix in _ASSETS and path.name == name and path.is_file():
            return Response(path.read_bytes(), media_type=_ASSETS[path.suffix])
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
