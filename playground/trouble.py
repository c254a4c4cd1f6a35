"""The troubles of the drawer, which tests order by the same functions: repeats, uninstalled teams, guests."""

import json
from dataclasses import asdict, replace

from playground import slack, slack_connect, slack_team, teams
from playground.cast import Json
from playground.faults import Fault
from playground.mischief import Order
from playground.slack_connect import ELSEWHERE, STRANGER
from playground.stage import Stage
from playground.wire import Answer, Sent

EVENT = "application/json"


class Trouble:
    """Everything that can go wrong on order, on one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._stage.mischief.again |= {slack.PATH: self._slack_again, teams.PATH: self._teams_again}

    def fail(self, fault: Fault) -> None:
        """The next calls of the bot fail like this; ValueError for an unknown kind."""
        self._stage.faults.add(fault)
        self._stage.changes.bump()

    def order(self, order: Order) -> None:
        """One trouble for the next request to the bot; ValueError for an unknown one."""
        self._stage.mischief.order(order)
        self._stage.changes.bump()

    def clear(self) -> None:
        """Forget all faults and orders that have not happened yet."""
        self._stage.mischief.clear()
        self._stage.faults.clear()
        self._stage.changes.bump()

    async def again(self, number: int) -> Answer:
        """The platform delivers the request with this number in the log once more; LookupError if gone."""
        sent = self._stage.line.kept(number)
        return await self._stage.mischief.repeat(sent, self._stage.line.deliver)

    async def uninstall(self, home: str) -> tuple[Answer, ...]:
        """Take the bot out of a Slack workspace or a Teams tenant, by its id; LookupError if unknown."""
        if home in self._stage.slack.record.workspaces:
            return await slack_team.uninstall(self._stage.slack, home)
        return tuple([await self._stage.teams.uninstall(one) for one in self._conversations(home)])

    async def install(self, home: str) -> tuple[Answer, ...]:
        """Put it there again; LookupError if unknown."""
        if home in self._stage.slack.record.workspaces:
            return slack_team.install(self._stage.slack, home)
        return tuple([await self._stage.teams.install(one) for one in self._conversations(home)])

    def connect(self, user: str, channel: str) -> None:
        """Let somebody of another workspace into a channel through Slack Connect; LookupError if unknown."""
        slack_connect.let_in(self._stage.slack.record, user, channel)

    def disconnect(self, user: str, channel: str) -> None:
        """And out again."""
        slack_connect.let_out(self._stage.slack.record, user, channel)

    def to_json(self) -> Json:
        """What is ordered, and where the bot is not installed."""
        mischief, there = self._stage.mischief, self._stage.teams.record.conversations()
        gone = {one.tenant.id for one in there if not one.installed and one.kind == "channel"}
        return {
            "faults": [asdict(fault) for fault in self._stage.faults.waiting],
            "orders": [*mischief.waiting],
            "held": mischief.held,
            "uninstalled": sorted(gone | self._stage.slack.record.uninstalled),
            "stranger": {"id": STRANGER.id, "name": STRANGER.name, "company": ELSEWHERE.name},
        }

    def _conversations(self, tenant: str) -> list[str]:
        found = [one.id for one in self._stage.teams.record.conversations(tenant)]
        if not found:
            raise LookupError(f"There is no workspace or tenant {tenant}.")
        return found

    def _slack_again(self, sent: Sent) -> Sent:
        """Slack signs anew; only events say that they are a retry."""
        kind = sent.headers["Content-Type"]
        retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"} if kind == EVENT else {}
        return replace(sent, headers=self._stage.slack.signed(sent.content, kind) | retry)

    def _teams_again(self, sent: Sent) -> Sent:
        """Teams repeats a message as it was, and an invoke under a new id."""
        activity = json.loads(sent.content)
        if activity.get("type") == "invoke":
            activity["id"] = self._stage.teams.record.new_id()
        return replace(sent, content=json.dumps(activity).encode(), headers=self._stage.teams.signed())
