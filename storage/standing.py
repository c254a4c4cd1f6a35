"""Where messages about a record stand: what closing it down cannot unsend."""

from sqlalchemy import bindparam, distinct, func, or_, select

from storage.bound import Bound
from storage.queues import outbox
from storage.told import Worker

_ABOUT = or_(outbox.c.subject == bindparam("record"), outbox.c.subject.startswith(bindparam("beneath")))
STANDING = (
    select(
        outbox.c.room,
        outbox.c.person,
        func.count(distinct(outbox.c.kind + outbox.c.subject)).label("messages"),
    )
    .where(_ABOUT, outbox.c.state == "delivered", outbox.c.kind.startswith("issue."))
    .where(or_(outbox.c.queue == "room:" + outbox.c.room, outbox.c.queue == "person:" + outbox.c.person))
    .group_by(outbox.c.room, outbox.c.person)
)


class Standing(Bound):
    """The part of an archive that counts what was sent."""

    def standing(self, record: str) -> dict[str, int]:
        """How many messages about a record stand where, by room or person; for who was let to that record.

        Answers to what somebody asked are not among them: whoever asks is nobody else's business.
        """
        self.works(Worker.DESK)
        shown = self.run(STANDING, record=record, beneath=f"{record}/")
        return {row.room or row.person: row.messages for row in shown}
