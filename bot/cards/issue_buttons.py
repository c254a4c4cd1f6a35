"""What a reader can do about an issue now: the verbs that its rules allow them, the most useful first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.actors import Permission, Role
from bot.cards.setting import Setting
from bot.errors import Refusal
from bot.governance import grading, judge, ladder, legal, opening, pause, work
from bot.governance.clocks import Kind
from bot.governance.issue import Issue, State
from bot.governance.life import check_acknowledge, may_change
from bot.governance.party import Party
from bot.views import Button, Buttons, Card, Facts, Text

AT_ONCE = 3  # verbs that stand on the card itself; the others are behind one more press
RARE = "issue.breach"  # never among the first ones: pressed by mistake, it wakes two companies
ROW = 5


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing to do: its button, what it does in words, and the rule that allows it.

    `opens` a form, because something must be said with it. `asked` is what somebody waits for.
    """

    verb: str
    label: str
    says: str
    check: Callable[[Issue, Party], None]
    opens: bool = True
    asked: bool = False

    def allowed(self, issue: Issue, party: Party) -> bool:
        """Whether that party may do it to the issue as it stands."""
        try:
            self.check(issue, party)
        except Refusal:
            return False
        return True

    def button(self, issue: Issue, *, primary: bool = False) -> Button:
        """Its press carries the version it was drawn from: what has changed since is looked at again."""
        fields = {"issue": issue.id, "version": str(issue.version)}
        return Button(self.label, self.verb, fields, primary, self.opens)


def _acknowledge(issue: Issue, party: Party) -> None:
    """Not asked for any more where it is claimed to be resolved, or disputed."""
    check_acknowledge(issue, party)
    if issue.state.claimed or issue.dispute:
        raise Refusal


def _change(issue: Issue, party: Party) -> None:
    if issue.state is not State.NEW or not may_change(issue, party.person):
        raise Refusal


def _share(issue: Issue, party: Party) -> None:
    """Further than both companies it is opened by its number: seldom, and only where a third one is there."""
    opening.check_share(issue, party)
    if issue.visibility.both_sides:
        raise Refusal


_same_grade = grading.check_severity_agree
VERBS = (
    Verb("issue.ack", "Acknowledge", "Your side has seen it.", _acknowledge, opens=False, asked=True),
    Verb("issue.assess", "Assess", "Say what the possible breach is.", legal.check_assess, asked=True),
    Verb("issue.plan_agree", "Agree to the plan", "It counts from then on.", work.check_offer, False, True),
    Verb("issue.hold_agree", "Agree to the hold", "Its clocks stand still.", pause.check_answer, False, True),
    Verb("issue.severity_agree", "Agree to the severity", "It is as they say.", _same_grade, False, True),
    Verb("issue.verify", "Verify", "It is as its owner says.", judge.check_verify, False, True),
    Verb("issue.close", "Close", "It has ended.", judge.check_close, asked=True),
    Verb("issue.plan_decline", "Decline the plan", "Say why not.", work.check_offer),
    Verb("issue.hold_decline", "Decline the hold", "Say why not.", pause.check_answer),
    Verb("issue.dispute", "Dispute", "It is not as the other side says.", judge.check_dispute),
    Verb("issue.plan", "Plan", "Propose steps and a date to the other side.", work.check_plan),
    Verb("issue.resolve", "Resolve", "Say that it is resolved, and how.", work.check_resolve),
    Verb("issue.update", "Update", "Tell everybody who sees it what is new.", work.check_update),
    Verb("issue.resume", "Resume", "Its clocks run again.", pause.check_resume, opens=False),
    Verb("issue.escalate", "Escalate", "Take it up a level, with the reason.", ladder.check_escalate),
    Verb("issue.contain", "Contain", "Say what was done so that it does no more harm.", work.check_contain),
    Verb("issue.severity", "Severity", "State another severity, with the reason.", grading.check_severity),
    Verb("issue.hold", "Hold", "Ask to stop its clocks for something outside.", pause.check_hold),
    Verb("issue.reopen", "Reopen", "It is not over: it goes on.", judge.check_reopen),
    Verb("issue.breach", "Possible serious breach", "Both sides hear at once.", legal.check_breach, False),
    Verb("issue.aware", "Aware earlier", "Somebody knew of it before.", legal.check_aware),
    Verb("issue.deescalate", "Bring down", "Take it down a level, with the reason.", ladder.check_deescalate),
    Verb("issue.reject", "Reject", "It is no issue, or a duplicate.", judge.check_reject),
    Verb("issue.withdraw", "Withdraw", "Your side takes it back.", judge.check_withdraw),
    Verb("issue.change", "Change", "Put right what you logged.", _change),
    Verb("issue.share", "Share", "Both companies read it; you see first what and who.", _share),
    Verb("issue.readers", "Readers", "Name one more who reads it, or one fewer.", opening.check_readers),
    Verb("issue.unshare", "Take back", "It ends here and goes on as your own.", opening.check_unshare),
    Verb("issue.note", "Note", "Keep words that only your own company reads.", work.check_note),
)
THIRDS = ("issue.update",)  # all that a third company does with what it reads
BY_STATE: Mapping[State, tuple[str, ...]] = {
    State.IN_PROGRESS: ("issue.resolve", "issue.update", "issue.plan"),
    State.ON_HOLD: ("issue.resume", "issue.update"),
    State.DISPUTED: ("issue.reopen", "issue.resolve", "issue.update"),
}


def offered(issue: Issue, here: Setting) -> tuple[Verb, ...]:
    """Every verb this reader may use now, in the order in which they are likely to be wanted."""
    party, reader = here.party, here.reader
    if party is None or not (reader.room or reader.may(Permission.LOG)):
        return ()
    if issue.partnership in reader.ended:
        return ()
    verbs = tuple(one for one in VERBS if one.verb in THIRDS) if here.only_reads else VERBS
    allowed = [one for one in verbs if one.allowed(issue, party) and _theirs(one, issue, here)]
    urgent = ("issue.contain",) if here.clock(Kind.CONTAIN) else ()
    leading = (*urgent, *BY_STATE.get(issue.state, ()))
    ahead = len(leading)

    def rank(one: Verb) -> tuple[bool, int]:
        return not one.asked, leading.index(one.verb) if one.verb in leading else ahead

    return tuple(sorted(allowed, key=rank))


def _theirs(one: Verb, issue: Issue, here: Setting) -> bool:
    """Assessing is for who was named, who stands in for them, or a quality lead; a room may hold them."""
    if one.verb != "issue.assess" or here.reader.room or Role.QUALITY_LEAD in here.reader.roles:
        return True
    return bool(here.party and issue.legal and here.party.may_be(issue.legal.owner, here.party.side))


def row(issue: Issue, here: Setting, *, details: bool = True) -> tuple[Buttons, ...]:
    """The buttons of the card: the likeliest verbs, the whole picture, and the other verbs."""
    verbs = offered(issue, here)
    ahead = [one for one in verbs if one.verb != RARE][:AT_ONCE]
    first = tuple(one.button(issue, primary=at == 0 and one.asked) for at, one in enumerate(ahead))
    record = {"issue": issue.id}
    shown = (Button("Details", "issue.show", record, opens=True),) if details else ()
    further = (Button("More", "issue.more", record, opens=True),) if len(verbs) > len(ahead) else ()
    buttons = (*first, *shown, *further)
    return (Buttons(buttons),) if buttons else ()


def more(issue: Issue, here: Setting) -> Card:
    """All a reader can do, each with what it does."""
    verbs = offered(issue, here)
    title = f"What you can do with {issue.number}"
    if not verbs:
        return Card(title, (Text("Nothing at the moment: you can read it."),))
    told = Facts(tuple((one.label, one.says) for one in verbs))
    buttons = tuple(one.button(issue) for one in verbs)
    rows = tuple(Buttons(buttons[start : start + ROW]) for start in range(0, len(buttons), ROW))
    return Card(title, (Text(issue.title), told, *rows))
