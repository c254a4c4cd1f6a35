"""The archive: one open transaction on the record, put together from its parts."""

from storage.access import Access
from storage.agreements import Agreements
from storage.audit import Audit
from storage.directory import Directory
from storage.drafts import Admissions, Drafts
from storage.due import Dues
from storage.invitations import Invitations
from storage.issues import Issues
from storage.linked import Linked
from storage.notes import Notes
from storage.numbers import Numbers
from storage.once import Once
from storage.outbox import Promises
from storage.partnerships import Partnerships
from storage.permalinks import Permalinks
from storage.proposals import Proposals
from storage.reach import Reach
from storage.rosters import Rosters
from storage.staff import Staff


class SqlArchive(
    Rosters,
    Directory,
    Partnerships,
    Issues,
    Permalinks,
    Notes,
    Numbers,
    Drafts,
    Admissions,
    Once,
    Audit,
    Promises,
    Dues,
    Reach,
    Access,
    Staff,
    Invitations,
    Agreements,
    Proposals,
    Linked,
):
    """Everything bot.ports.Archive asks for, inside one transaction."""
