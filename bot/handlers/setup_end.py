"""The end of a partnership: either side's administrator names its last day; both companies hear it."""

import hashlib
from collections.abc import Mapping
from datetime import date

from bot.actors import CLOCK, Permission
from bot.cards import parting as cards
from bot.due import Due
from bot.governance import parting as rules
from bot.governance.change import difference
from bot.governance.parting import ENDS, End
from bot.governance.partnership import Partnership
from bot.governance.retention import OVERSIGHT
from bot.governance.terms import ENDS as CALENDAR_ENDS
from bot.governance.visibility import Scope, Side, Visibility
from bot.handlers import room
from bot.handlers import setup_fields as fields
from bot.handlers.issue_log import LostDraft
from bot.handlers.setup_pairs import NotYourPartner, chosen
from bot.handlers.setup_proposal import REASON, administrators
from bot.outbox import Audience, Letter
from bot.ports import Opening, Request
from bot.records import Draft, Entry, IssueFilter
from bot.views import Button, Card, DateField, Form, TextField

CARD, WHICH, FORM, SURE = "setup.end", "setup.end.which", "setup.end.form", "setup.end.sure"
NEWS = "setup.end.news"
NAMED, TAKEN_BACK, OVER = "partnership.end", "partnership.end_withdraw", "partnership.over"


def begin(request: Request, words: str) -> Letter:
    """How it stands with one partner; with several, which is asked first."""
    home = chosen(request)
    return Letter(CARD, home.id) if home else Letter(WHICH)


def which(opening: Opening) -> tuple[Card, int]:
    """Which partner is meant."""
    reader = opening.reader
    mine = opening.archive.partnerships(reader)
    return cards.which(tuple((one.id, _other(one, reader.side)) for one in mine)), 0


def _other(home: Partnership, side: Side | None) -> str:
    return home.company((side or Side.SPONSOR).other)


def _home(request: Request) -> Partnership:
    home = chosen(request)
    if home is None:
        raise NotYourPartner
    return home


def card(opening: Opening) -> tuple[Card, int] | None:
    """Which last day each side has named, and what its reader can do about it."""
    told = _told(opening, opening.letter.subject)
    return (cards.standing(told), 0) if told else None


def _told(opening: Opening, partnership: str) -> cards.Parting | None:
    archive, reader = opening.archive, opening.reader
    home = archive.partnership(reader, partnership)
    if home is None or reader.side is None or not reader.may(Permission.ADMINISTER):
        return None
    names = {one.id: one.name for one in archive.people(reader, home.id)}
    return cards.Parting(home, reader.side, archive.ends(reader, home.id), names, reader.zone)


def open_form(request: Request, words: str) -> Letter:
    """The last day, and why."""
    return Letter(FORM, _home(request).id)


def form(opening: Opening) -> tuple[Form, int] | None:
    """Nothing is named before its preview was confirmed."""
    home = opening.archive.partnership(opening.reader, opening.letter.subject)
    if home is None:
        return None
    facts, hidden = opening.letter.facts, {"partnership": home.id}
    errors = fields.wrong(facts, _checks(opening.now.date()))
    other = _other(home, opening.reader.side)
    inputs = (
        DateField("day", "Last day", _day(facts.get("day", "")), "Access ends at midnight UTC after it"),
        TextField("why", "Why does it end?", facts.get("why", ""), f"{other} reads it", long=True),
    )
    opens = Button("Fill in the form", FORM, hidden, primary=True, opens=True)
    instead = fields.opener(f"End the partnership with {other}", "Choose its last day.", opens)
    noted = fields.noted(errors, inputs)
    return Form("End of a partnership", SURE, noted, hidden, send="Next", instead=instead), 0


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


def _checks(today: date) -> Mapping[str, fields.Check]:
    return {"day": lambda words: rules.wrong(_day(words), today), "why": REASON}


def preview(request: Request, words: str) -> Letter:
    """What would happen, kept as a draft until it is confirmed."""
    home, told = _home(request), fields.filled(request)
    if fields.wrong({**told, fields.SENT: ""}, _checks(request.now.date())):
        return fields.sent(request, FORM, home.id)
    kept = {"end of": home.id, "day": told["day"].strip(), "why": " ".join(told["why"].split())}
    drafted = Draft(_draft(request), request.actor.person, kept, request.now)
    request.archive.keep_draft(drafted)
    return Letter(SURE, drafted.id)


def _draft(request: Request) -> str:
    return hashlib.sha256(f"end:{request.actor.person}:{request.intent.key}".encode()).hexdigest()[:20]


def sure(opening: Opening) -> tuple[Card, int] | None:
    """The preview: what ends when, what stays with whom, and for how long."""
    draft = opening.archive.draft(opening.reader, opening.letter.subject)
    told = _told(opening, draft.fields.get("end of", "")) if draft else None
    day = _day(draft.fields.get("day", "")) if draft else None
    if draft is None or told is None or day is None:
        return None
    archive, reader, home = opening.archive, opening.reader, told.home
    happens = cards.Happening(
        day=day,
        why=draft.fields["why"],
        issues=archive.count_issues(reader, IssueFilter(partnership=home.id)),
        rooms=sum(one.partnership == home.id for one in archive.own_rooms(reader)),
        kept_until=OVERSIGHT.until(day),
    )
    return cards.sure(told, happens, draft.id), 0


def name(request: Request, words: str) -> Letter:
    """It is named: both companies' administrators hear it at once."""
    draft = request.archive.draft(request.actor, request.intent.fields.get("draft", ""))
    if draft is None or "end of" not in draft.fields:
        raise LostDraft
    archive, actor, side = request.archive, request.actor, request.actor.side or Side.SPONSOR
    home = next((one for one in archive.partnerships(actor) if one.id == draft.fields["end of"]), None)
    if home is None:
        raise NotYourPartner
    day, why = date.fromisoformat(draft.fields["day"]), draft.fields["why"]
    if rules.wrong(day, request.now.date()):
        return Letter(FORM, home.id, {"day": draft.fields["day"], "why": why, fields.SENT: "yes"})
    before = rules.of(archive.ends(actor, home.id), side)
    if before and before.day == day:
        raise rules.NamedAlready().showing(CARD, home.id)
    named = End(home.id, side, day, actor.person, request.now, why)
    archive.name_end(actor, named)
    _record(request, NAMED, before, named)
    _set(request, home.id)
    _tell(request, home, {"day": day.isoformat(), "why": why, "by": actor.name, "side": side.value})
    return Letter(CARD, home.id)


def withdraw(request: Request, words: str) -> Letter:
    """One's own side takes its day back; the other side's stands, where it has named one."""
    archive, actor, home = request.archive, request.actor, _home(request)
    before = rules.of(archive.ends(actor, home.id), actor.side or Side.SPONSOR)
    if before is None:
        raise rules.NotNamed(company=_other(home, actor.side)).showing(CARD, home.id)
    archive.take_back_end(actor, home.id)
    _record(request, TAKEN_BACK, before, None)
    _set(request, home.id)
    _tell(request, home, {"by": actor.name, "side": before.side.value})
    return Letter(CARD, home.id)


def _record(request: Request, what: str, before: End | None, after: End | None) -> None:
    """A line that both sides can read."""
    one = after or before
    assert one is not None  # noqa: S101 there is always one of the two
    scope, actor = Scope(one.partnership, Visibility.SHARED), request.actor
    was, became = difference(before, after) if after else (difference(None, one)[1], None)
    why = after.why if after else ""
    request.archive.record(
        Entry(what, actor.person, request.now, scope, "", one.partnership, why, was, became)
    )


def _set(request: Request, partnership: str) -> None:
    """The due at the end of the earlier day; none where nobody names one."""
    first, key = rules.holding(request.archive.ends(CLOCK, partnership)), f"{ENDS}:{partnership}"
    if first:
        request.archive.schedule(Due(key, first.over, ENDS, partnership))
    else:
        request.archive.cancel(key)


def _tell(request: Request, home: Partnership, facts: Mapping[str, str]) -> None:
    """Everybody who administers either company, but the one who did it."""
    for person in administrators(request.archive, home):
        if person != request.actor.person:
            key = f"{NEWS}:{home.id}:{person}:{request.now.isoformat()}"
            request.promise(Audience(person=person), Letter(NEWS, home.id, facts), key)


def ran_out(request: Request, subject: str) -> None:
    """The last day is over: everything of it stops at once, and both companies hear that once."""
    archive, home = request.archive, request.archive.partnership(CLOCK, subject)
    first = rules.holding(archive.ends(CLOCK, subject))
    if home is None or home.ended_on or first is None:
        return
    if request.now < first.over:
        _set(request, subject)
        return
    for place in archive.end_partnership(home.id, first.day, request.wall):
        key = f"{room.LEFT}:{home.id}:{place.platform}:{place.tenant}:{place.conversation}"
        request.promise(Audience(place=place), Letter(room.LEFT, home.id), key)
    archive.cancel(f"{CALENDAR_ENDS}:{home.id}")
    scope, after = Scope(home.id, Visibility.SHARED), {"ended_on": first.day.isoformat()}
    archive.record(Entry(OVER, "", request.now, scope, "", home.id, first.why, None, after))
    _tell(request, home, {"over": first.day.isoformat()})


def news(opening: Opening) -> tuple[Card, int] | None:
    """For the administrators of both companies."""
    told = _told(opening, opening.letter.subject)
    return (cards.news(told, opening.letter.facts), 0) if told else None
