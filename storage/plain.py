"""Which of storage's errors carry words for a person: the command line shows those as they are."""

from storage.checkup import Unfit
from storage.engines import WrongAddress
from storage.headfile import Unreadable
from storage.inspector import DoesNotHold, NoKey
from storage.keyring import NotRotated
from storage.load.file import NotTaken
from storage.migrate import NotMigrated

RECORD = (DoesNotHold, NoKey, Unreadable)
PLAIN: tuple[type[Exception], ...] = (WrongAddress, NotMigrated, Unfit, NotRotated, NotTaken, *RECORD)
