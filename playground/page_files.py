"""Serves the browser page that was built into page/dist."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

DIST = Path(__file__).parent / "page" / "dist"
MISSING = "The page is not built yet. Run `npm ci` and then `npm run build` in playground/page.\n"


def routes(dist: Path = DIST) -> list[BaseRoute]:
    """GET / and everything under it; a plain sentence while the page is not built."""

    async def index(request: Request) -> Response:
        page = dist / "index.html"
        if not page.is_file():
            return PlainTextResponse(MISSING, 503)
        return FileResponse(page, headers={"Cache-Control": "no-cache"})

    return [Route("/", index), Mount("/", StaticFiles(directory=dist, check_dir=False))]
