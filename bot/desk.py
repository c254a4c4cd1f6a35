"""The front desk: one request is one transaction; once only, who, may they, serve, record, promise."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import detour, menu
from bot.actors import CLOCK, Actor
from bot.cards import general
from bot.clock import Clock
from bot.counter import Counter
from bot.detour import Detour
from bot.due import ClaimedDue
from bot.errors import Busy, Conflict, Permanent, Refusal, Withheld
from bot.handlers import admission, installing, pointing, room
from bot.intents import Handle, Intent, Place, Reply
from bot.outbox import Address, Audience, Claimed, Letter, OutboxMessage, Parcel
from bot.porter import Porter
from bot.ports import Archive, Opening, Request, Store
from bot.records import Entry, Installation
from bot.views import ANSWERED, Card, Form, View

RACES = 5  # how often a request that lost a race is tried again
# A press shows in the card itself.
LIVE = (
    *("issue.card", "decision.card", "admission.asked", "room.asked", "setup.terms", "export.asked"),
    *("redaction.card", "session.card", "action.list", "commit.card"),
)
NOBODY = Actor("", "", "", None, frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Answer:
    """What to show in the request's own response. `repeated`: this request had been served before.

    `refused`: nothing was saved, so what somebody filled in must stay in front of them. `unnamed`: an
    administrator was asked about this speaker, whose name nobody has told us. `unserved`: we could not, so
    what was pressed must stay there to be pressed again.
    """

    view: View | None
    repeated: bool = False
    refused: bool = False
    unnamed: bool = False
    unserved: bool = False


class Desk:
    """Synchronous; every call opens its own transaction and is run on a worker thread.

    `url` is where a browser reaches us, "" where nobody has said.
    """

    def __init__(self, store: Store, clock: Clock, url: str = "") -> None:
        self.store = store
        self.clock = clock
        self.url = url
        self.porter = Porter(store, clock)
        self.counter = Counter(store, clock)
        self.detour = Detour(store, clock, menu.open_letter)

    def only_reads(self, intent: Intent) -> bool:
        """Whether serving it changes nothing: it asks, and its answer rides on the response."""
        try:
            reads = intent.reply is Reply.HERE and menu.route(intent.verb, intent.text)[0].reads
        except Refusal:
            return False
        return reads and pointing.seen(intent).nothing  # what must be stopped or pointed on is recorded

    def serve(self, intent: Intent) -> Answer:
        """Do what is asked, or refuse in one sentence; either is recorded and answered once."""
        for _ in range(RACES):
            try:
                return self._serve(intent)
            except Refusal as refusal:
                return self._refused(intent, refusal)
            except Conflict:
                continue
        raise Busy

    def _serve(self, intent: Intent) -> Answer:
        if self.only_reads(intent):
            with self.store.reading() as archive:
                request = self._request(archive, intent)
                if request.actor is not NOBODY:
                    return Answer(self._view(request, self._act(request)))
        with self.store.writing() as archive:
            return self._once(self._request(archive, intent), self._act)

    def _refused(self, intent: Intent, refusal: Refusal) -> Answer:
        """What was begun is rolled back; the attempt itself is recorded, without its words."""
        kind, subject = refusal.beside
        facts = {**refusal.facts, "beside kind": kind, "beside subject": subject}
        letter = Letter("refusal", type(refusal).__name__, facts)

        def note(request: Request) -> Letter:
            actor, why, kept = request.actor, type(refusal).__name__, refusal.kept or None
            what = ("refused", actor.person, request.now, None, actor.organisation, subject, why, None, kept)
            request.archive.record(Entry(*what))
            self._point(request, letter)
            return letter

        with self.store.writing() as archive:
            request = self._request(archive, intent)
            if intent.reply in (Reply.HERE, Reply.FORM):  # on the spot, and judged anew each time it is asked
                return Answer(self._view(request, note(request)), refused=True)
            return replace(self._once(request, note), refused=True)

    def meet(self, handle: Handle | None, place: Place) -> None:
        """Remember where somebody, or a channel, can be reached."""
        with self.store.writing() as archive:
            archive.meet(handle, place, self.clock.wall())

    def channels(self, place: Place) -> tuple[Place, ...]:
        """A few channels of the same tenant: whoever is in one can be asked about there."""
        with self.store.reading() as archive:
            return archive.channels(place.platform, place.tenant)

    def introduce(self, handle: Handle) -> None:
        """The name of a speaker who was `unnamed`."""
        intent = Intent(handle, Place("", "", ""), "")
        with self.store.writing() as archive:
            admission.introduce(self._request(archive, intent))

    def locked_out(self, home: Installation, url: str) -> None:
        """We are not let in there until somebody installs us again at `url`."""
        with self.store.writing() as archive:
            installing.locked_out(self._own(archive), home, url)

    def let_in(self, home: Installation) -> None:
        """We are let in there: what waited goes."""
        with self.store.writing() as archive:
            installing.let_in(self._own(archive), home)

    def compose(self, message: OutboxMessage, repeat: bool = False) -> Parcel | None:
        """The message as its reader may see it at this moment; None where there is nothing (more) to say.

        Raises Permanent where nobody can be reached under its audience, Withheld where a room may not show it
        because of who is in it.
        """
        with self.store.reading() as archive:
            reader = _reader(archive, message.audience)
            if reader and reader.room and not reader.sees:  # it is silent: whatever its builder would show
                _withhold(archive, message)
            built = (
                menu.open_letter(Opening(archive, reader, message.letter, self.clock.now(), self.url))
                if reader
                else None
            )
            if built is None:
                _withhold(archive, message)
                return None
            card, version = built
            sent = archive.sent(message) if message.live else None
            if sent and sent[1] >= version:
                return None
            address = _beneath(archive, message, archive.address(message.audience))
            card = detour.marked(archive, message, card)
        if address is None:
            raise Permanent("no address is known")
        existing = sent[0] if sent else None
        shown = card if message.live else card.standing_still
        repeat = repeat or detour.AGAIN in message.letter.facts
        return Parcel(message.key, address, shown, existing, repeat, version, message.due)

    def missed(self, claimed: Claimed, state: str, reason: str, doubt: bool) -> bool:
        """What did not reach its person is closed, and goes another way; False where there is none."""
        return self.detour.missed(claimed, state, reason, doubt)

    def ring(self, claimed: ClaimedDue) -> None:
        """An alarm is served like a request; the clock is its actor."""
        due = claimed.due
        intent = Intent(Handle("", "", ""), Place("", "", ""), f"due:{claimed.row}", verb=due.kind)
        with self.store.writing() as archive:
            if archive.once(intent.key, None, self.clock.wall()):
                now, wall = self.clock.now(), self.clock.wall()
                menu.ALARMS[due.kind](Request(archive, CLOCK, intent, now, wall), due.subject)

    def nothing_saved(self) -> Card:
        """For a record that is out of reach."""
        return general.NOTHING_SAVED

    def fault(self, reference: str) -> Card:
        """For a fault of our own, which the log tells of under that reference."""
        return general.fault(reference)

    def not_confirmed(self) -> Card:
        """For a commit whose outcome nobody knows."""
        return general.NOT_CONFIRMED

    def _request(self, archive: Archive, intent: Intent) -> Request:
        actor = archive.actor(intent.speaker) or NOBODY
        intent = menu.in_its_thread(archive, actor, intent)
        return Request(archive, actor, intent, self.clock.now(), self.clock.wall())

    def _own(self, archive: Archive) -> Request:
        """Nobody's: what a platform itself tells us is served as the clock's."""
        intent = Intent(Handle("", "", ""), Place("", "", ""), "")
        return Request(archive, CLOCK, intent, self.clock.now(), self.clock.wall())

    def _act(self, request: Request) -> Letter:
        """Route, permit and do."""
        intent = request.intent
        if request.actor is NOBODY and not menu.for_strangers(intent.verb, intent.text):
            return admission.turn_away(request)
        if not menu.about_staff(intent.verb):
            pointing.stop(request)  # before anything is read, kept or quoted in a refusal
        command, words = menu.route(intent.verb, intent.text)
        if command.permission and not request.actor.may(command.permission):
            raise menu.NotAllowed
        return command.serve(request, words)

    def _point(self, request: Request, letter: Letter) -> None:
        """Whoever is in the directory is told whom to call, whatever becomes of the request."""
        staff = menu.about_staff(request.intent.verb)
        if request.actor is not NOBODY and not staff:
            pointing.point(request, letter)

    def _once(self, request: Request, act: Callable[[Request], Letter]) -> Answer:
        """The same request arriving again changes nothing and shows what it showed."""
        archive, intent = request.archive, request.intent
        archive.meet(intent.speaker, intent.place, request.wall)
        earlier = archive.served(intent.key)
        if earlier:
            return Answer(self._shown(request, earlier), repeated=True)
        letter = act(request)
        self._point(request, letter)
        if not archive.once(intent.key, letter, request.wall):
            raise Conflict  # its twin was served at the same moment: look again
        unnamed = letter.kind == "admission.unknown" and not intent.speaker.name
        if intent.reply is Reply.HERE:
            return Answer(self._view(request, letter), unnamed=unnamed)
        if form := self._shown(request, letter):
            return Answer(form)
        if not _shows_itself(request, letter):
            audience = Audience(person=request.actor.person, user=intent.speaker.user, place=intent.place)
            request.promise(audience, letter, f"answer:{intent.key}")
        return Answer(None, unnamed=unnamed)

    def _shown(self, request: Request, letter: Letter) -> View | None:
        """What rides on the response: anything at all, a form only, or nothing."""
        if request.intent.reply is Reply.LATER:
            return None
        view = self._view(request, letter)
        return view if request.intent.reply is Reply.HERE or isinstance(view, Form) else None

    def _view(self, request: Request, letter: Letter) -> View | None:
        opening = Opening(request.archive, request.actor, letter, request.now, self.url)
        built = menu.open_letter(opening)
        return built[0].standing_still if built else None


def _shows_itself(request: Request, letter: Letter) -> bool:
    """A pressed live card is edited, which is the answer; but not in a room that holds everything back."""
    live = request.intent.verb and letter.kind in LIVE and ANSWERED not in request.intent.fields
    return bool(live) and not room.is_silent(request)


def _withhold(archive: Archive, message: OutboxMessage) -> None:
    """Raises Withheld where nothing is shown only because of who is in the room."""
    is_news = message.audience.room and not message.letter.kind.startswith("room.")
    if is_news and archive.holds_back(message.audience.room):
        raise Withheld("because of who is in the room")


def _beneath(archive: Archive, message: OutboxMessage, address: Address | None) -> Address | None:
    """Under the live letter that it belongs to, where that stands in this very conversation by now."""
    root = menu.BENEATH.get(message.letter.kind)
    if address is None or root is None:
        return address
    letter = Letter(root, message.letter.subject.partition("/")[0])
    found = archive.sent(replace(message, letter=letter))
    stands = found is not None and found[0].conversation == address.conversation
    return replace(address, thread=found[0].message) if found and stands else address


def _reader(archive: Archive, audience: Audience) -> Actor | None:
    """Who will read it: their entitlement is taken afresh. Somebody unknown is entitled to nothing."""
    if audience.room:
        return archive.room_actor(audience.room)
    return archive.person_actor(audience.person) if audience.person else NOBODY
