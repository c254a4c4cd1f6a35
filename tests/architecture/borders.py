"""Rules of borders: which room may import which library, and that queries know who asks."""

import ast
import sys
from collections.abc import Iterator

from tests.architecture.shape import Function
from tests.architecture.sources import Source, imported

OURS = {"bot", "adapters", "storage", "schedules", "playground", "benchmarks"}

# The last column of the table "Who may import whom". A room may use what stands beside it and its parents.
LIBRARIES = {
    "adapters": {"httpx", "fastapi", "starlette", "aiohttp"},
    "adapters.cli": {"typer", "uvicorn", "pydantic"},
    "adapters.documents": {"typst"},
    "adapters.metrics": {"prometheus_client"},
    "adapters.settings": {"pydantic", "pydantic_settings"},
    "adapters.slack": {"slack_bolt", "slack_sdk"},
    "adapters.slack.shape": {"pydantic"},
    "adapters.teams": {"botbuilder", "botframework", "msrest", "jwt", "cryptography"},
    "bot.governance.calendar": {"holidays"},
    "storage": {"sqlmodel", "sqlalchemy", "alembic"},
    "storage.load": {"yaml"},
    "storage.signing": {"cryptography"},
    "storage.vault": {"cryptography"},
    "schedules": {"apscheduler"},
    "playground": {"starlette", "cryptography", "jwt", "httpx", "uvicorn"},
}

# These hold, move, number or migrate rows for the rest of storage; no person asks them anything.
NOT_QUERIES = {
    "store",
    "tables",
    "engines",
    "mapper",
    "memory",
    "buckets",
    "troubles",
    "audit",
    "outbox",
    "due",
    "load",
    "migrations",
    "migrate",
    "proof",
    "proof_promises",
}
NOT_QUERIES |= {"access", "checkup", "installations", "keyring", "plain", "restored", "shortcomings", "vault"}
NOT_QUERIES |= {"daily", "passing", "retention", "unreached"}
NOT_QUERIES |= {"second_wall", "told"}
NOT_QUERIES |= {"alike"}
NOT_QUERIES |= {"headfile", "inspector", "nameless", "notary", "signing", "vouching"}
NOT_QUERIES |= {"fulltext", "said", "tokens"}
NOT_QUERIES |= {"archive", "opening", "bound", "columns", "compiled", "faults", "once", "patience", "queues"}

ASKERS = {"actor", "reader"}
CARRIERS = {"self", "cls", "session", "connection"}

# "module.function": why it needs nobody who asks.
FINDS = "finds who is asking, before anybody can be named"
PURE = "reads no row at all"
EXCUSED = {
    "agreements.uncovered": "finds what an operator must mend",
    "closing.end_partnership": "its last day is over",
    "closing.about": PURE,
    "closing.batches": PURE,
    "cast.everyone": "shows a playground its whole world",
    "digests.digest": "a setting holds no content",
    "digests.digests": "a setting holds no content",
    "digests.save_digest": "its reader was settled before",
    "digests.undigested": "the clock alone asks it",
    "digests.absence_of": "its reader was settled before",
    "directory.actor": FINDS,
    "directory.person_actor": "takes a reader's entitlement afresh",
    "directory.organisation_of": FINDS,
    "directory.administrators": "names whom to ask about strangers",
    "directory.everyone": "the operator says as whom they look",
    "directory.person_at": "reads a platform's own mark",
    "drafts.keep_draft": "a draft carries its own writer",
    "drafts.admission_of": "a stranger cannot be an actor",
    "drafts.ask_admission": "a stranger cannot be an actor",
    "drafts.name_admission": "a stranger cannot be an actor",
    "drafts.ask_again": "a stranger cannot be an actor",
    "endings.lines": "finds what an operator must mend",
    "export_links.export_link_of": "a token is its own proof",
    "holds.held": "whoever erases must know it",
    "issues.restricted_to": "the clock alone asks it",
    "issues.unread": "the clock alone asks it",
    "invitations.invite": "a code is given out by it",
    "invitations.invitation_of": "a code is its own proof",
    "invitations.show": "a stranger cannot be an actor",
    "invitations.shown": "a stranger cannot be an actor",
    "invitations.settle": "whoever showed its code may answer",
    "numbers.code": PURE,
    "numbers.short_names": PURE,
    "partnerships.linked_actor": "takes a room's entitlement afresh",
    "partnerships.channel": PURE,
    "redactions.forget_words": "both sides have agreed",
    "redactions.live_letters": "gives addresses, and no content",
    "staff.stands_for": "asks about the asker alone",
    "reviews.review_of": "its company was settled before",
    "reviews.begin_review": "its company was settled before",
    "reviews.save_review": "its company was settled before",
    "reviews.reviewed": "the clock alone asks it",
    "reviews.unscheduled": "the clock alone asks it",
    "reach.channels": "asks the platform itself there",
    "reach.meet": "remembers where somebody spoke",
    "reach.address": "its audience was settled before",
    "rosters.room_actor": "takes a room's entitlement afresh",
    "rosters.holds_back": "takes a room's entitlement afresh",
    "rosters.roster": "read by whoever posts there",
    "rosters.rooms_at": FINDS,
    "rosters.rooms_with": FINDS,
    "rosters.silent_rooms": "names where to look again",
    "rosters.save_roster": "a platform said who is there",
    "rosters.release": "each message is judged anew",
    "rosters.drop_withheld": "its room was given up before",
    "rosters.identity": FINDS,
    "rosters.bar": "a platform said what it is",
    "standing.standing": "counts messages, gives no content",
    "staff.found": "a company begins with a stranger",
    "staff.stand_in": "its audience was settled before",
    "staff.deputies": "its audience was settled before",
    "staff.add_account": "a code proved whose it is",
    "unattended.concerns": "finds what an operator must mend",
    "wall.inside": PURE,
}


def strange_libraries(source: Source) -> Iterator[str]:
    """Libraries that this room may not use; rooms that may use all (tests, benchmarks) are not asked."""
    allowed = {library for room, set_ in LIBRARIES.items() if within(source.room, room) for library in set_}
    for node, name in imported(source.tree):
        library = name.split(".")[0]
        if library and library not in OURS | allowed | sys.stdlib_module_names:
            yield source.at(node, f"{source.room} may not import {library}")


def within(room: str, parent: str) -> bool:
    return room == parent or room.startswith(f"{parent}.")


def questions_of_nobody(source: Source) -> Iterator[str]:
    """Public functions of a storage module whose first parameter is not who asks."""
    module = source.room.removeprefix("storage.")
    if module.split(".")[0] in NOT_QUERIES or source.path.endswith("__init__.py"):
        return
    for function in public_functions(source.tree):
        if not asks(function) and f"{module}.{function.name}" not in EXCUSED:
            yield source.at(function, f"{module}.{function.name} does not say who asks")


def public_functions(tree: ast.Module) -> Iterator[Function]:
    public = [node for node in tree.body if not getattr(node, "name", "_").startswith("_")]
    for node in public:
        if isinstance(node, Function):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (item for item in node.body if isinstance(item, Function) and item.name[0] != "_")


def asks(function: Function) -> bool:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    after = [name for name in names if name not in CARRIERS]
    return bool(after) and after[0] in ASKERS
