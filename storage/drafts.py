"""What is waiting for somebody: half-said drafts, and people who asked to be let in."""

import secrets

from sqlalchemy import Row, bindparam, select, update

from bot.actors import Actor, Permission, Role
from bot.errors import Conflict
from bot.intents import Handle
from bot.records import Admission, Draft
from storage import mapper
from storage.bound import Bound, table
from storage.memory import Remembering
from storage.tables import AdmissionRow, DraftRow, IdentityRow, PersonRow, RoleRow

DRAFT = table(DraftRow)
ADMISSION = table(AdmissionRow)
IDENTITY = table(IdentityRow)
PERSON = table(PersonRow)
ROLE = table(RoleRow)


class Drafts(Bound):
    """Drafts are read by their writer alone."""

    def keep_draft(self, draft: Draft) -> None:
        """Keep it; the same draft said again replaces what was kept."""
        kept = mapper.columns(draft)
        kept |= {name: draft.fields.get(name, "") for name in ("partnership", "visibility")}
        self.passes(_alone(draft.person))
        if not self.run(KEEP_ON, **{f"of_{key}": kept.pop(key) for key in ("id", "person")}, **kept).rowcount:
            self.put_new(DRAFT, {**mapper.columns(draft), **kept, "version": 1})

    def draft(self, actor: Actor, draft: str) -> Draft | None:
        """The actor's own draft of that id."""
        self.passes(actor)
        mine = select(DRAFT).where(DRAFT.c.id == draft, DRAFT.c.person == actor.person)
        row = self.run(mine).mappings().first()
        return mapper.built(Draft, row) if row else None


KEEP_ON = update(DRAFT).where(DRAFT.c.id == bindparam("of_id"), DRAFT.c.person == bindparam("of_person"))


def _alone(person: str) -> Actor:
    """The writer with nothing but what is theirs alone."""
    return Actor(person, "", "", None, frozenset(), frozenset(), frozenset())


class Admissions(Remembering):
    """Requests for admission are read and decided by an administrator of the same company."""

    def admission(self, actor: Actor, admission: str) -> Admission | None:
        """One request, for an administrator of the company it was made to."""
        if not actor.may(Permission.ADMINISTER):
            return None
        found = ADMISSION.c.id == admission, ADMISSION.c.organisation == actor.organisation
        row = self.run(select(ADMISSION).where(*found)).first()
        return _admission(row) if row else None

    def admission_of(self, handle: Handle) -> Admission | None:
        """What this identity asked before, whatever came of it."""
        same = (
            ADMISSION.c.platform == handle.platform,
            ADMISSION.c.tenant == handle.tenant,
            ADMISSION.c.user == handle.user,
        )
        row = self.run(select(ADMISSION).where(*same)).first()
        return _admission(row) if row else None

    def ask_admission(self, admission: Admission) -> None:
        """Keep the request. Raises Conflict where this identity has asked already."""
        values = mapper.columns(admission, "handle") | mapper.columns(admission.handle)
        if not self.put_new(ADMISSION, values):
            raise Conflict(admission.id)

    def ask_again(self, before: Admission, again: Admission) -> None:
        """A new request in the place of one that was decided. Raises Conflict where that moved meanwhile."""
        unchanged = (ADMISSION.c.id == before.id, ADMISSION.c.version == before.version)
        values = mapper.columns(again, "handle")
        if self.run(update(ADMISSION).where(*unchanged).values(**values)).rowcount != 1:
            raise Conflict(again.id)

    def name_admission(self, admission: Admission) -> None:
        """Save the asker's name. Raises Conflict where the request was decided meanwhile."""
        unchanged = (ADMISSION.c.id == admission.id, ADMISSION.c.version == admission.version - 1)
        named = {"name": admission.handle.name, "version": admission.version}
        if self.run(update(ADMISSION).where(*unchanged).values(**named)).rowcount != 1:
            raise Conflict(admission.id)

    def decide_admission(self, actor: Actor, admission: Admission) -> None:
        """Save the decision of the actor's own company. Raises Conflict where it was decided meanwhile."""
        unchanged = (
            ADMISSION.c.id == admission.id,
            ADMISSION.c.organisation == _administered(actor),
            ADMISSION.c.version == admission.version - 1,
        )
        decided = mapper.columns(admission, "id", "organisation", "handle", "at")
        if self.run(update(ADMISSION).where(*unchanged).values(**decided)).rowcount != 1:
            raise Conflict(admission.id)

    def add_member(self, actor: Actor, admission: Admission) -> None:
        """Make the asker a member of the actor's own company. Raises Conflict where they already are one."""
        organisation = _administered(actor)
        if admission.organisation != organisation:
            raise PermissionError("another company's admission")
        handle, person = admission.handle, f"PER-{secrets.token_hex(5)}"
        name = handle.name or handle.user
        named = {"name": name, "handle": ".".join(name.lower().split())}
        self.put(PERSON, {"id": person, "organisation": organisation, "active": True, **EMPTY, **named})
        self.put(ROLE, {"person": person, "role": Role.MEMBER.value, "organisation": organisation})
        known = mapper.columns(handle, "name") | {"person": person, "organisation": organisation}
        if not self.put_new(IDENTITY, known):
            raise Conflict(admission.id)
        self.forget()


EMPTY = {"title": "", "zone": ""}


def _administered(actor: Actor) -> str:
    """The company the actor administers; nobody else gets this far."""
    if not actor.may(Permission.ADMINISTER):
        raise PermissionError("not an administrator")
    return actor.organisation


def _admission(row: Row[tuple[object, ...]]) -> Admission:
    return mapper.built(Admission, row._mapping, handle=mapper.built(Handle, row._mapping))
