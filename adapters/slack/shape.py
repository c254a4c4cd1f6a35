"""The form of what Slack sends, as far as bolt and we read it: what has another form is a bad request.

Bolt itself falls over a list where a name should be, and its 500 would make Slack send the same thing again.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

Word = str | int | float | bool | None


class Who(BaseModel):
    """A person, workspace, company or channel, told with more than its id."""

    id: Word = None
    team_id: Word = None
    name: Word = None
    domain: Word = None


class Option(BaseModel):
    """One of a list to choose from."""

    value: Word = None


class Options(BaseModel):
    """A group of them."""

    options: list[Option] | None = None


class Element(BaseModel):
    """What is filled in or pressed."""

    type: Word = None
    options: list[Option] | None = None
    option_groups: list[Options] | None = None


class Block(BaseModel):
    """A part of a form or a message."""

    type: Word = None
    block_id: Word = None
    element: Element | None = None


class Input(Block):
    """A part of a form: whatever is filled in has a place."""

    block_id: str


class State(BaseModel):
    """What was filled in, by block and action."""

    values: dict[str, dict[str, dict[str, Any]]] | None = None


class View(BaseModel):
    """A form that was sent, or the view in which something was pressed."""

    id: Word = None
    type: Word = None
    callback_id: Word = None
    private_metadata: Word = None
    blocks: list[Input] = []
    state: State | None = None


class Action(BaseModel):
    """What was pressed."""

    action_id: str
    block_id: Word = None
    type: Word = None


class Container(BaseModel):
    """Where it was pressed."""

    channel_id: Word = None
    message_ts: Word = None
    thread_ts: Word = None
    view_id: Word = None


class Message(BaseModel):
    """The message that a shortcut was used on."""

    ts: Word = None
    thread_ts: Word = None
    text: Word = None
    user: Word | Who = None


class Grant(BaseModel):
    """On whose behalf we hear an event."""

    user_id: Word = None


class Event(BaseModel):
    """What happened."""

    type: str
    subtype: Word = None
    user: Word | Who = None
    text: Word = None
    tab: Word = None
    channel: Word | Who = None
    message: Mapping[str, Any] | None = None
    previous_message: Mapping[str, Any] | None = None


class Envelope(BaseModel):
    """Anything at all that Slack sends; a view, an event and actions may be missing, but not be empty."""

    type: Word = None
    command: Word = None
    callback_id: Word = None
    action_id: Word = None
    team: Word | Who = None
    enterprise: Word | Who = None
    user: Word | Who = None
    channel: Word | Who = None
    view: View = View()
    event: Event = Event(type="")
    message: Message | None = None
    container: Container | None = None
    actions: list[Action] = []
    authorizations: list[Grant] | None = None


def fits(body: object) -> bool:
    """Whether it is of that form."""
    try:
        Envelope.model_validate(body)
    except (ValidationError, RecursionError):
        return False
    return isinstance(body, Mapping) and (body.get("type") != "block_actions" or bool(body.get("actions")))
