"""What a reader can do about a promise now: the verbs that its rules allow them, the most useful first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.actors import Permission
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance import promise as rules
from bot.governance.commitment import Commitment, State
from bot.governance.party import Party
from bot.views import Button, Buttons, Card, Facts, Text

ROW = 5  # buttons in a row
AT_ONCE: Mapping[State, tuple[str, ...]] = {  # on the card itself; the others are behind one more press
    State.PROPOSED: ("accept", "decline", "another_date"),
    State.ACCEPTED: ("done", "move"),
    State.DONE: ("confirm", "dispute"),
    State.DISPUTED: ("confirm", "done", "move"),
}


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing to do: its button, what it does in words, the rule that allows it; it may `open` a form."""

    verb: str
    label: str
    says: str
    check: Callable[[Commitment, Party], None]
    opens: bool = True
    asked: bool = False

    def allowed(self, promise: Commitment, party: Party) -> bool:
        """Whether that party may do it to the promise as it stands."""
        try:
            self.check(promise, party)
        except Refusal:
            return False
        return True

    def button(self, promise: Commitment, *, primary: bool = False) -> Button:
        """Its press carries the version it was drawn from: what has changed since is looked at again."""
        fields = {"commit": promise.id, "version": str(promise.version)}
        return Button(self.label, f"commit.{self.verb}", fields, primary, self.opens)


VERBS = (
    Verb("accept", "Accept", "It counts as a promise from then on.", rules.check_accept, False, True),
    Verb("confirm", "Confirm", "It was done as promised.", rules.check_confirm, False, True),
    Verb("decline", "Decline", "Say why not, and by when it could be done.", rules.check_accept),
    Verb("another_date", "Another date", "Accept it for a day of your own.", rules.check_accept),
    Verb("done", "Done", "Say that it is done; the receiver confirms it.", rules.check_done, opens=False),
    Verb("move", "Move", "Another day, with the reason; the first one stays.", rules.check_move),
    Verb("dispute", "Dispute", "It is not as its owner says.", rules.check_dispute),
    Verb("evidence", "Evidence", "A link to what shows it.", rules.check_evidence),
    Verb("withdraw", "Withdraw", "Nobody needs to keep it any more.", rules.check_withdraw),
    Verb("remind", "Remind me", "Choose the mornings before its day.", rules.check_remind),
    Verb("snooze", "Snooze", "No reminder to you until a day.", rules.check_remind),
    Verb("change", "Change", "Put right what was just made.", rules.check_put_right),
)


def offered(promise: Commitment, here: Setting) -> tuple[Verb, ...]:
    """Every verb this reader may use now, in the order in which they are likely to be wanted."""
    party, reader = here.party, here.reader
    if party is None or not (reader.room or reader.may(Permission.LOG)):
        return ()
    if promise.partnership in reader.ended:
        return ()
    return tuple(one for one in VERBS if one.allowed(promise, party))


def row(promise: Commitment, here: Setting, *, details: bool = True) -> tuple[Buttons, ...]:
    """The buttons of the card: the likeliest verbs, the whole picture, and the other verbs."""
    verbs = offered(promise, here)
    leading = AT_ONCE.get(promise.state, ())
    ahead = tuple(one for one in verbs if one.verb in leading)
    first = tuple(one.button(promise, primary=at == 0 and one.asked) for at, one in enumerate(ahead))
    record = {"commit": promise.id}
    shown = (Button("Details", "commit.show", record, opens=True),) if details else ()
    further = (Button("More", "commit.more", record, opens=True),) if len(verbs) > len(ahead) else ()
    buttons = (*first, *shown, *further)
    return (Buttons(buttons),) if buttons else ()


def more(promise: Commitment, here: Setting) -> Card:
    """All a reader can do, each with what it does."""
    verbs = offered(promise, here)
    title = f"What you can do with {promise.number}"
    if not verbs:
        return Card(title, (Text("Nothing at the moment: you can read it."),))
    told = Facts(tuple((one.label, one.says) for one in verbs))
    buttons = tuple(one.button(promise) for one in verbs)
    rows = tuple(Buttons(buttons[start : start + ROW]) for start in range(0, len(buttons), ROW))
    return Card(title, (Text(promise.text), told, *rows))
