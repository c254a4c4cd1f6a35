"""The whole other end of the wire: both emulators, their clock, faults and log in one object."""

from collections.abc import Callable

from playground import state
from playground.cast import Cast, Json
from playground.changes import Changes
from playground.clock import BusinessClock, wall_time
from playground.faults import Faults
from playground.mischief import Mischief
from playground.slack import SlackSide
from playground.teams import TeamsSide
from playground.wire import Answer, BotLine, WireLog
from playground.wiring import Wiring


class Stage:
    """Everything at the other end of the wire; use it on one event loop and `close` it at the end."""

    def __init__(
        self,
        cast: Cast,
        bot_url: str,
        own_url: str,
        signing_secret: str,
        app_id: str,
        wall: Callable[[], float] = wall_time,
    ) -> None:
        self.cast = cast
        self.own_url = own_url.rstrip("/")
        self.changes = Changes()
        self.faults = Faults()
        self.mischief = Mischief()
        self.wire = WireLog(wall)
        self.line = BotLine(bot_url, self.wire)
        self.line.around = self.mischief.around
        self.clock = BusinessClock(self.line, wall)
        wiring = Wiring(self.line, self.own_url, wall, self.clock, self.faults, self.changes)
        self.slack = SlackSide(cast.slack, wiring, signing_secret)
        self.teams = TeamsSide(cast.teams, wiring, app_id)

    async def state(self) -> Json:
        """Both windows and the business time, as GET /control/state shows them."""
        await self.clock.refresh()
        both = {"slack": state.slack(self.slack), "teams": state.teams(self.teams)}
        return {"now": self.clock.now, "shortcuts": state.SHORTCUTS} | both

    async def push(self, unit: str) -> Answer:
        """Push the bot's clock by "hour", "business_day" or "week"; its own answer."""
        answer = await self.clock.push(unit)
        self.changes.bump()
        return answer

    async def install_everywhere(self) -> tuple[Answer, ...]:
        """Install the bot in every Teams conversation; on Slack it is there from the start."""
        return await self.teams.install_everywhere()

    def release(self) -> None:
        """Let go of every open stream and every call that hangs, so that a server can stop."""
        self.changes.close()
        self.faults.clear()

    async def close(self) -> None:
        self.release()
        await self.slack.close()
        await self.line.close()
