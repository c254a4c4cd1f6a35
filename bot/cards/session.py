"""A session in words: who is asked, who came, whether that is a quorum, what was decided, what is to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.cards import action, when
from bot.cards.setting import Setting, short
from bot.governance.action import Action
from bot.governance.decision import Decision, Status
from bot.governance.quorum import Count
from bot.governance.session import Session, State
from bot.governance.sitting import Sitting
from bot.governance.visibility import Side
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Table, Text, Tone

ROWS = 15  # sessions of a list
DECIDED, ITEMS = 5, 10  # decisions and open action items on a card
SEATS = 20  # names in one place
QUESTION = 100  # characters of a question
HEAD = ("Session", "Committee", "Day", "State")


@dataclass(frozen=True, slots=True)
class Held:
    """What is told of one session: what was decided there and what is to do, as its reader may see it."""

    sitting: Sitting
    decisions: tuple[Decision, ...] = ()
    items: tuple[Action, ...] = ()

    @property
    def version(self) -> int:
        """It grows with anything on its card."""
        parts = (*(one.version for one in self.decisions), *(one.version for one in self.items))
        return self.sitting.version + sum(parts)


def headline(sitting: Sitting) -> str:
    """ "NOR-MTG-09: HAL-301 Study Operations Meeting, Tue 10 Nov 2026"."""
    return f"{sitting.number}: {sitting.committee.name}, {when.day(sitting.session.day)}"


def card(held: Held, here: Setting, today: date) -> Card:
    """The live card, with a line for each action item."""
    body: tuple[Block, ...] = (*standing(held.sitting, here), Facts(tuple(_facts(held.sitting, here))))
    decided = tuple(_decided(held))
    items = tuple(action.lines(held.items, here, today, ITEMS))
    head: tuple[Block, ...] = (Text("Action items:"),) if items else ()
    return Card(headline(held.sitting), (*body, *decided, *head, *items, *_buttons(held.sitting, today)))


def news(held: Held, here: Setting, today: date) -> Card:
    """For the chairs: it was closed, and what waits for them."""
    drawn = card(held, here, today)
    by = here.name(held.sitting.session.closed_by)
    told = Notice(f"{by} closed this session.")
    return Card(drawn.title, (told, *drawn.blocks), f"{held.sitting.number} was closed by {by}")


def standing(sitting: Sitting, here: Setting) -> tuple[Notice, ...]:
    """Whether enough of both sides came, and what that means."""
    count = sitting.count
    match sitting.session.state:
        case State.CANCELLED:
            return (Notice("Cancelled.", Tone.WARNING),)
        case State.HELD if count and count.quorate:
            return (
                Notice("Held, with a quorum: what was decided stands once both sides approve it.", Tone.GOOD),
            )
        case State.HELD if count:
            why = " and ".join(_missing(count, here))
            told = (
                f"Held without a quorum: {why}. What was decided is provisional until both chairs approve it."
            )
            return (Notice(told, Tone.WARNING),)
        case _:
            return ()


def _missing(count: Count, here: Setting) -> Iterator[str]:
    for one in count.short:
        came = "nobody" if not one.heads else f"only {one.heads}"
        yield f"{came} of {here.company(one.side)} came, of the {count.per_side} it needs"
    for one in count.unchaired:
        yield f"the chair of {here.company(one.side)} was not there, nor a delegate whom the charter names"


def _facts(sitting: Sitting, here: Setting) -> Iterator[tuple[str, str]]:
    session, committee = sitting.session, sitting.committee
    yield "Chairs", _people(tuple(committee.chair(side) for side in Side), here)
    if session.state is State.HELD:
        yield "Came", _people(session.attended, here)
        absent = tuple(one for one in committee.members if one not in session.attended)
        yield "Not there", _people(absent, here) if absent else "nobody of the committee was missing"
    else:
        yield "Asked", _people(committee.members, here)
    yield "Quorum", _quorum(sitting)
    if session.note:
        yield "Note", session.note


def _people(people: tuple[str, ...], here: Setting) -> str:
    named = [here.listed(one) for one in people if one]
    more = f", and {len(named) - SEATS} more" if len(named) > SEATS else ""
    return f"{', '.join(named[:SEATS])}{more}" or "nobody named"


def _quorum(sitting: Sitting) -> str:
    committee = sitting.committee
    chairs = ", with each side’s chair" if committee.needs_chairs else ""
    return f"{committee.per_side} of each side{chairs}"


def _decided(held: Held) -> Iterator[Block]:
    """Each decision in a line; those that wait are approved on their own card."""
    for one in held.decisions[:DECIDED]:
        status = "superseded" if one.superseded_by else one.status.value
        yield Text(f"{one.number} ({status}): {short(one.question or one.outcome, QUESTION)}")
        waits = one.status is Status.PROVISIONAL and not one.superseded_by
        if waits:
            yield Buttons((Button("Look at it", "decision.show", {"decision": one.id}),))
    if len(held.decisions) > DECIDED:
        yield Text(f"And {len(held.decisions) - DECIDED} more: say “decision list”.", quiet=True)


def _buttons(sitting: Sitting, today: date) -> tuple[Block, ...]:
    """Closing it, from its day on."""
    if sitting.session.state is not State.PLANNED or today < sitting.session.day:
        return ()
    carried = {"session": sitting.id, "version": str(sitting.version)}
    return (Buttons((Button("Close the session", "session.close", carried, primary=True, opens=True),)),)


def listing(sittings: tuple[Sitting, ...], is_all: bool) -> Card:
    """What is to come first, then what was held last."""
    if not sittings:
        words = "They come with the file that sets the partnership up; planning them here comes later."
        return Card("No sessions", (Text(words),))
    rows = tuple(_row(one) for one in sittings[:ROWS])
    more = () if is_all else (Button("All of them", "session.list", {"which": "all"}),)
    show = tuple(Button(one.number, "session.show", {"session": one.id}) for one in sittings[:3])
    return Card(f"Sessions, {len(sittings)}", (Table(HEAD, rows), Buttons((*show, *more))))


def _row(sitting: Sitting) -> tuple[str, str, str, str]:
    session: Session = sitting.session
    return (session.number, sitting.committee.name, when.day(session.day), _state(sitting))


def _state(sitting: Sitting) -> str:
    count = sitting.count
    return "held without a quorum" if count and not count.quorate else sitting.session.state.value
