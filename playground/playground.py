"""Puts the emulators, the control routes and the page together as one Starlette app."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware

from playground import page_files
from playground.cast import Cast
from playground.clock import wall_time
from playground.control import Control, Guard
from playground.stage import Stage
from playground.trouble import Trouble
from playground.wire import Recording


class Playground(Stage):
    """A stage with its ASGI app; `own_url` is where that app will be reached."""

    def __init__(
        self,
        cast: Cast,
        bot_url: str,
        own_url: str,
        signing_secret: str,
        app_id: str,
        wall: Callable[[], float] = wall_time,
    ) -> None:
        super().__init__(cast, bot_url, own_url, signing_secret, app_id, wall)
        emulators = [*self.slack.routes(), *self.teams.routes()]
        self.trouble = Trouble(self)
        routes = [*emulators, *Control(self, self.trouble).routes(), *page_files.routes()]
        wrapped = [Middleware(Recording, log=self.wire), Middleware(Guard)]
        self.app = Starlette(routes=routes, middleware=wrapped)
