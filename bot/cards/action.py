"""Action items in words: a line each with its button, and the private messages about one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.cards import when
from bot.cards.issue_facts import who_sees
from bot.cards.setting import Setting
from bot.governance.action import Action, State
from bot.governance.visibility import Visibility, internal
from bot.views import Block, Button, Buttons, Card, Notice, Text, Tone

OPEN_SHOWN, OVER_SHOWN = 15, 5  # lines of a list that are read at a glance
ANSWER, CLOSE = "action.answer", "action.close"
EXAMPLE = "To note one: action call the site, @name, due Friday"


def line(item: Action, here: Setting, today: date) -> str:
    """ "NOR-ACT-001: call the site. Annika Lindqvist (Northmere), due Fri 20 Nov"."""
    return f"{item.number}: {item.text} ({_who(item, here, today)})"


def _who(item: Action, here: Setting, today: date) -> str:
    name = here.called(item.owner)
    match item.state:
        case State.OPEN if item.due:
            was = "was due" if item.due < today else "due"
            return f"{name}, {was} {when.short_day(item.due)}"
        case State.DONE:
            by = "" if item.done_by in ("", item.owner) else f", said {here.called(item.done_by)}"
            return f"{name}: done{by}"
        case State.PROMISED:
            return f"{name}: became {item.became}"
        case State.DROPPED:
            return f"{name}: not needed any more"
    return name


def fields(item: Action) -> dict[str, str]:
    """What a button about it carries."""
    return {"action": item.id, "version": str(item.version)}


def lines(items: Iterable[Action], here: Setting, today: date, most: int = OPEN_SHOWN) -> Iterator[Block]:
    """What is open first, each with its button; then the last few that are over."""
    listed = tuple(items)
    waits = [one for one in listed if one.state is State.OPEN]
    over = [one for one in listed if one.state is not State.OPEN]
    for item in waits[:most]:
        yield Text(line(item, here, today))
        yield Buttons((Button(f"Done: {item.number}", "action.done", fields(item)),))
    if len(waits) > most:
        yield Text(f"And {len(waits) - most} more: say “action list”.", quiet=True)
    for item in over[-OVER_SHOWN:]:
        yield Text(line(item, here, today), quiet=True)


def listing(items: tuple[Action, ...], here: Setting, today: date) -> Card:
    """The live list of a thread."""
    waits = [one for one in items if one.state is State.OPEN]
    title = f"Action items: {len(waits)} open" if waits else "Action items: all done"
    head = () if waits else (Notice("Nothing is open here.", Tone.GOOD),)
    thread = {"thread": items[0].thread} if items else {}
    close = Buttons((Button("Close the list", CLOSE, thread),)) if waits and thread else None
    return Card(title, (*head, *lines(items, here, today), *((close,) if close else ())))


def page(items: tuple[Action, ...], here: Mapping[str, Setting], today: date, whose: str) -> Card:
    """Open items from anywhere, for the one who asked; `here` by partnership."""
    if not items:
        return Card(f"{whose}: none", (Text(EXAMPLE),))
    blocks: list[Block] = []
    for item in items[:OPEN_SHOWN]:
        blocks += lines((item,), here[item.partnership], today)
    more = len(items) - OPEN_SHOWN
    rest = (Text(f"And {more} more; narrow it: action list mine, or a session’s number.", quiet=True),)
    return Card(f"{whose}, {len(items)}", (*blocks, *(rest if more > 0 else ())))


def added(item: Action, here: Setting, today: date) -> Card:
    """For the one who said it."""
    wrong = Buttons((Button("Not needed", "action.drop", fields(item)),))
    still = (wrong,) if item.state is State.OPEN else ()
    return Card(f"Noted {item.number}", (Text(line(item, here, today)), *_seen(item, here), *still))


def _seen(item: Action, here: Setting) -> tuple[Block, ...]:
    """Who sees it, where that is no matter of course."""
    own = item.visibility is not Visibility.SHARED
    return (Text(who_sees(item.visibility, here.partnership), quiet=True),) if own else ()


def news(item: Action, here: Setting, today: date) -> Card:
    """For its owner, who did not say it themselves."""
    said = Notice(f"{here.name(item.made_by)} asks you to do this; it is noted, and not a commitment.")
    what = line(item, here, today)
    return Card(f"{item.number}: {item.text}", (said, Text(what), *_buttons(item, here)), f"For you: {what}")


def offer(item: Action, here: Setting, today: date) -> Card:
    """For its owner, once its session or thread was closed: one press makes a commitment of it."""
    where = f"when {item.session} was closed" if item.session else "when its list was closed"
    asked = Notice(f"This was not done {where}. Make it a commitment, and it is followed to its end.")
    what = line(item, here, today)
    told = asked if item.state is State.OPEN else Notice("That is settled.", Tone.GOOD)
    line_ = f"Not done yet: {what}" if item.state is State.OPEN else what
    return Card(f"{item.number}: {item.text}", (told, Text(what), *_buttons(item, here, True)), line_)


def _buttons(item: Action, here: Setting, is_offer: bool = False) -> tuple[Block, ...]:
    """What its reader may do about it."""
    party = here.party
    if item.state is not State.OPEN or party is None:
        return ()
    mine = party.may_be(item.owner, item.owner_side)
    carried = fields(item)
    promise = Button("Make it a commitment", "action.promise", carried, primary=is_offer, opens=not item.due)
    done = Button("Done", "action.done", carried, primary=not is_offer)
    drop = Button("Not needed", "action.drop", carried)
    order = (promise, done, drop) if is_offer else (done, promise)
    offered = order if mine else tuple(one for one in order if one is not promise)
    return (Buttons(offered),) if _may(item, here) else ()


def _may(item: Action, here: Setting) -> bool:
    party = here.party
    return party is not None and (
        party.may_be(item.owner, item.owner_side) or party.person in ("", item.made_by)
    )


def offered(items: tuple[Action, ...], here: Setting, today: date) -> Card:
    """For the one who closed the list of a thread."""
    told = Notice("Each owner was asked privately whether they make a commitment of theirs.", Tone.GOOD)
    return Card("The list is closed", (told, *(Text(line(one, here, today)) for one in items[:OPEN_SHOWN])))


def asked(text: str, draft: str, here: Setting) -> Card:
    """Who is to see it: each answer says so."""
    side = here.reader.side
    classes = (internal(side), Visibility.SHARED) if side else (Visibility.SHARED,)
    words = {Visibility.SHARED: "shared"}
    buttons = tuple(
        Button(
            who_sees(one, here.partnership),
            ANSWER,
            {"draft": draft, "visibility": words.get(one, "internal")},
        )
        for one in classes
    )
    hint = Text("Or say it in one line: …, shared (or internal)", quiet=True)
    return Card("Who may see it?", (Text(text), Buttons(buttons), hint), f"Who may see “{text}”?")
