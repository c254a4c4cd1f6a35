"""The archive: one open transaction on the record, put together from its parts."""

from storage.audit import Audit
from storage.directory import Directory
from storage.drafts import Admissions, Drafts
from storage.due import Dues
from storage.issues import Issues
from storage.numbers import Numbers
from storage.once import Once
from storage.outbox import Promises
from storage.partnerships import Partnerships
from storage.reach import Reach


class SqlArchive(
    Directory, Partnerships, Issues, Numbers, Drafts, Admissions, Once, Audit, Promises, Dues, Reach
):
    """Everything bot.ports.Archive asks for, inside one transaction."""
