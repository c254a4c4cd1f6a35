"""An issue as a record that people act on."""

from datetime import datetime

from bot.actors import Actor
from bot.governance.issue import Issue
from bot.governance.partnership import Person
from bot.governance.visibility import Side, Visibility
from bot.handlers import scene as scenes
from bot.handlers.issue import find, save, setting
from bot.handlers.issue_third import keep_out
from bot.handlers.letters import CARD, everyone, refresh_cards, tell
from bot.ports import Archive

Scene = scenes.Scene[Issue]


def _people(scene: Scene) -> tuple[Person, ...]:
    """Of a restricted one, its readers; of any other the two companies' own, for a third one only reads."""
    issue, home, everybody = scene.record, scene.here.partnership, tuple(scene.here.people.values())
    if issue.visibility is Visibility.RESTRICTED:
        return tuple(one for one in everybody if one.id in issue.readers)
    side = issue.visibility.side
    own = {home.organisation(one) for one in ((side,) if side else Side)}
    return tuple(one for one in everybody if one.organisation in own)


ISSUES: scenes.Noun[Issue] = scenes.Noun(
    "issue",
    CARD,
    title=lambda issue: issue.title,
    find=find,
    get=lambda archive, actor, issue: archive.issue(actor, issue),
    setting=setting,
    save=save,
    follow=refresh_cards,
    tell=tell,
    concerned=everyone,
    people=_people,
    keep_out=keep_out,
)


def scene(archive: Archive, actor: Actor, issue: Issue, now: datetime) -> Scene:
    """The beginning of an act on an issue."""
    return scenes.begin(ISSUES, archive, actor, issue, now)
