"""The archive: one open transaction on the record, put together from its parts."""

from storage.access import Access
from storage.actions import Actions
from storage.agreements import Agreements
from storage.audit import Audit
from storage.closing import Closing
from storage.commitments import Commitments
from storage.decisions import Decisions
from storage.digest_lines import DigestLines
from storage.digests import DigestSettings
from storage.directory import Directory
from storage.drafts import Admissions, Drafts
from storage.due import Dues
from storage.export_links import ExportLinks
from storage.heads import Heads
from storage.holds import Holds
from storage.invitations import Invitations
from storage.issues import Issues
from storage.linked import Linked
from storage.notes import Notes
from storage.numbers import Numbers
from storage.once import Once
from storage.outbox import Promises
from storage.partnerships import Partnerships
from storage.passing import Passing
from storage.permalinks import Permalinks
from storage.proposals import Proposals
from storage.reach import Reach
from storage.redactions import Redacting
from storage.reviews import Reviews
from storage.rosters import Rosters
from storage.search import Searching
from storage.sessions import Sessions
from storage.staff import Staff
from storage.standing import Standing
from storage.whole import Wholeness


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
    Heads,
    Redacting,
    Promises,
    Passing,
    Dues,
    Commitments,
    Decisions,
    Closing,
    Reach,
    Access,
    Staff,
    Standing,
    Invitations,
    Agreements,
    Proposals,
    Linked,
    Holds,
    Reviews,
    Searching,
    Wholeness,
    ExportLinks,
    Sessions,
    Actions,
    DigestSettings,
    DigestLines,
):
    """Everything bot.ports.Archive asks for, inside one transaction."""
