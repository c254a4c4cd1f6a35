"""Closing a session: who came, what that means for its decisions, and what becomes of its action items."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot import grammar
from bot.errors import Refusal
from bot.governance import sitting as rules
from bot.governance.partnership import Person
from bot.governance.sitting import Sitting
from bot.governance.visibility import Side
from bot.handlers import action, decision, decision_told, session
from bot.handlers.acting import Act, Unsaid
from bot.handlers.asking import Verbs
from bot.handlers.issue_said import named
from bot.handlers.scene import Noun, Scene
from bot.joint import ActionFilter, DecisionFilter
from bot.ports import Request
from bot.views import Choice, Field

EVERY = 1_000  # decisions or action items of one session
LABEL = 75  # characters of an option


class NobodyCame(Unsaid):
    """Choose who came; a session that nobody came to was not held."""


class NoSuchAttendee(Refusal):
    """“{words}” is nobody of the two companies; write a full name, or choose from the form."""


def _fields(scene: Scene[Sitting]) -> tuple[Field, ...]:
    """Everybody of both companies, those of the committee first."""
    options = tuple(
        (person, label[:LABEL]) for person, label in named((scene.here.partnership,), _people(scene))
    )
    return (Choice("attended", "Who came", options, many=True, hint="Delegates too"),)


def _people(scene: Scene[Sitting]) -> tuple[Person, ...]:
    known, seats = scene.here.people, scene.record.seats
    first = (known[one] for one in seats if one in known)
    rest = sorted((one for one in known.values() if one.id not in seats), key=lambda one: one.name)
    return (*first, *rest)


def _read(scene: Scene[Sitting], words: str) -> Mapping[str, str]:
    """ "annika, tomasz and rafael"."""
    return {"attended": "\n".join(_called(scene, words))} if words.strip() else {}


def _called(scene: Scene[Sitting], words: str) -> Iterator[str]:
    for name in words.replace(" and ", ",").replace("\n", ",").split(","):
        if not name.strip():
            continue
        found = grammar.people_called(name, scene.here.people.values())
        if len(found) != 1:
            raise NoSuchAttendee(words=name.strip()[:60])
        yield found[0].id


def _came(scene: Scene[Sitting]) -> Mapping[str, str]:
    if not scene.said("attended").strip():
        raise NobodyCame
    return {"attended": "\n".join(dict.fromkeys(scene.said("attended").split("\n")))}


def _closed(scene: Scene[Sitting]) -> Sitting:
    home, people = scene.here.partnership, scene.here.people
    chosen = scene.said("attended").split("\n")
    came: dict[str, Side] = {one: home.side_of(people[one].organisation) for one in chosen if one in people}
    return rules.close(scene.record, came, scene.actor.person, scene.now, scene.today)


def _keeps(request: Request, scene: Scene[Sitting], saved: Sitting) -> None:
    """Its decisions stand as its quorum leaves them; its open action items are offered to their owners."""
    archive, actor = request.archive, request.actor
    for one in archive.decisions(actor, DecisionFilter(session=saved.id, limit=EVERY)):
        changed = rules.constituted(one, saved)
        if changed != one:
            about = decision.matter(archive, actor, one)
            kept = decision.save(
                request, about, replace(about, decision=changed), "decision.quorum", saved.id
            )
            decision_told.follow(request, kept)
    for item in archive.actions(actor, ActionFilter(session=saved.id, limit=EVERY)):
        action.offer(request, item)


CLOSE: Act[Sitting] = Act(
    verb="close",
    typed="close",
    title="Close the session",
    check=rules.check_close,
    done=_closed,
    fields=_fields,
    read=_read,
    settle=(("attended", _came),),
    keeps=_keeps,
    send="Close it",
)
SESSIONS: Noun[Sitting] = Noun(
    "session",
    session.CARD,
    title=lambda sitting: sitting.committee.name,
    find=session.find,
    get=session.get,
    setting=session.setting,
    save=session.save,
    follow=session.follow,
    tell=session.tell,
    concerned=session.concerned,
)
VERBS = Verbs(SESSIONS, {CLOSE.verb: CLOSE})
