"""One row of the menu: what is typed or pressed, who may, and who serves it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.actors import Permission
from bot.outbox import Letter
from bot.ports import Request


@dataclass(frozen=True, slots=True)
class Command:
    """`takes_number` verbs count only before a record’s number; with `further` words may follow it. No
    `permission` is needed for what everybody in the directory may do; `strangers` is for those who are not
    in it too."""

    verb: str
    says: str
    example: str
    permission: Permission | None
    serve: Callable[[Request, str], Letter]
    reads: bool = False
    takes_number: bool = False
    typed: tuple[str, ...] = ()
    strangers: bool = False
    further: bool = False
