"""A message that could not reach its person: closed together with the promise of another one."""

from datetime import datetime

from sqlalchemy import bindparam, select

from bot.outbox import Claimed, OutboxMessage
from storage.bound import Bound
from storage.outbox import DONE, settle
from storage.queues import outbox
from storage.told import Worker

INSTEAD = "instead:"  # how the key begins of what goes to whoever stands in
FIRST = (
    select(outbox.c.facts)
    .where(outbox.c.kind == bindparam("kind"), outbox.c.subject == bindparam("subject"))
    .where(outbox.c.queue == bindparam("queue"), outbox.c.key.contains(INSTEAD, autoescape=True))
    .order_by(outbox.c.id)
    .limit(1)
)


class Passing(Bound):
    """The part of an archive that closes what the post has claimed."""

    def close_message(self, claimed: Claimed, state: str, reason: str, wall: datetime) -> bool:
        """Close it for good; False where the lease was lost, so that nothing may follow from it."""
        self.works(Worker.DESK)
        return settle(self, claimed, state=state, reason=reason, at=wall, **DONE)

    def instead_of(self, message: OutboxMessage) -> str:
        """For whom the first message of that kind, subject and queue was meant; "" for its reader."""
        self.works(Worker.DESK)
        letter, queue = message.letter, message.audience.queue
        facts = self.run(FIRST, kind=letter.kind, subject=letter.subject, queue=queue).scalar()
        return str((facts or {}).get("for", ""))
