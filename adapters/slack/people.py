"""What Slack tells of people unasked: accounts that change, and who comes to a channel or goes."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from adapters.platform import Office
from adapters.slack import read
from adapters.slack.roster import Roster
from bot.intents import Place

ACCOUNTS = ("user_change", "team_join")
MOVES = ("member_joined_channel", "member_left_channel", "channel_left", "group_left")


class People:
    """Acknowledged only once it is saved, so that Slack says again what was lost."""

    def __init__(self, office: Office, roster: Roster) -> None:
        self._office = office
        self._roster = roster

    def listen(self, bolt: AsyncApp) -> None:
        """From now on."""
        for name in ACCOUNTS:
            bolt.event(name)(self.changed)
        for name in MOVES:
            bolt.event(name)(self.moved)

    async def changed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """An account is a guest now, was deactivated, or is a member again."""
        told = body["event"].get("user")
        if isinstance(told, dict):
            await self._office.account(self._roster.learn(read.workspace(body), told))
        await ack()

    async def moved(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Somebody, or we ourselves, came to a channel or left it: whoever posts there looks again."""
        channel = str(body["event"].get("channel") or "")
        if channel:
            place = Place("slack", read.workspace(body), channel)
            await self._office.gathered(place, f"slack:{body.get('event_id', '')}")
        await ack()
