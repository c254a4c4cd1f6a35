"""Worlds that leak, on purpose: each in one of the ways in which such records usually do."""

from dataclasses import replace

from bot.actors import CLOCK
from bot.governance.visibility import Visibility
from storage.archive import SqlArchive
from tests.world import World


class Numbering(SqlArchive):
    """What one company logs for itself counts in the numbers of what both see."""

    def next_number(self, actor, scope, *more):
        if scope.visibility is Visibility.SPONSOR_INTERNAL:
            super().next_number(actor, replace(scope, visibility=Visibility.SHARED), *more)
        return super().next_number(actor, scope, *more)


class Counting(SqlArchive):
    """The count above a list is of everything there is."""

    def count_issues(self, actor, which):
        return super().count_issues(CLOCK, which)


class Finding(SqlArchive):
    """A number is looked up before anybody asks whose it is, and “no access” is not “not found”."""

    def issues_numbered(self, actor, number):
        found = super().issues_numbered(actor, number)
        hidden = super().issues_numbered(CLOCK, number)
        return found or (hidden and super().issues_numbered(actor, "NOR-ISS-001"))


class Touching(SqlArchive):
    """An internal note counts as a change of the shared issue that it is about."""

    def add_note(self, actor, note):
        super().add_note(actor, note)
        issue = self.issue(actor, note.issue)
        self.save_issue(actor, replace(issue, version=issue.version + 1, moved_at=note.at))


class Offering(SqlArchive):
    """The choices of a form are everybody of all companies."""

    def people(self, actor, partnership):
        return tuple(
            replace(one, organisation=actor.organisation) if one.organisation == "ORG-QUI" else one
            for one in self.everyone()
        )


class Leaky(World):
    """A world whose bot speaks to its record through `kind`."""

    def __init__(self, database, kind, **more):
        super().__init__(database, **more)
        self.bot.store.kind = kind
