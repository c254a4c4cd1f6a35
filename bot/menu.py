"""The one visible table of commands and letters: it makes the router, the help and the platforms' lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot import grammar
from bot.actors import Permission
from bot.cards import general
from bot.errors import Refusal
from bot.governance.clocks import Kind
from bot.handlers import (
    admission,
    first_steps,
    installing,
    issue,
    issue_change,
    issue_climb,
    issue_form,
    issue_log,
    link,
    room,
    setup,
    setup_away,
)
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.views import Card, View

Built = tuple[View, int] | None
AWAY = "setup away from 1 Dec to 12 Dec, @name"
EXAMPLE = "issue TMF backlog at site 104, major, owner @name, due next Friday"


class TooLong(Refusal):
    """A message has at most 4,000 characters and this one has {count}; shorten it and send it again."""


class UnknownWord(Refusal):
    """Parley does not know “{said}”; did you mean: {example}"""


class JustTheList(Refusal):
    """“issue list” takes no further words; to log an issue with that title, say “issue log {said}”."""


class NotAllowed(Refusal):
    """Your role does not include that, so nothing changed; ask your administrator."""


class ThatOrAnIssue(Refusal):
    """Is that a new issue, or one to {meant}? Say “issue log {said}”, or “issue {verb}” and its number."""


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the menu. `takes_number` verbs count only before a record’s number; no `permission`
    is needed for what everybody in the directory may do; `strangers` is for those who are not in it too."""

    verb: str
    says: str
    example: str
    permission: Permission | None
    serve: Callable[[Request, str], Letter]
    reads: bool = False
    takes_number: bool = False
    typed: tuple[str, ...] = ()
    strangers: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What one can do with a message of somebody's: its words and address arrive as `words` and `link`."""

    verb: str
    says: str


def _help(request: Request, words: str) -> Letter:
    return Letter("help")


COMMANDS = (
    Command("issue.log", "Log an issue", EXAMPLE, Permission.LOG, issue_log.log, typed=("log",)),
    Command(
        "issue.list",
        "See what is open",
        "issue list",
        Permission.READ,
        issue.listed,
        reads=True,
        typed=("list",),
    ),
    Command(
        "issue.show",
        "See one issue",
        "issue show NOR-ISS-008",
        Permission.READ,
        issue.show,
        reads=True,
        takes_number=True,
        typed=("show",),
    ),
    Command(
        "issue.ack",
        "Acknowledge an issue the other side raised",
        "issue ack NOR-ISS-008",
        Permission.ACKNOWLEDGE,
        issue.acknowledge,
        takes_number=True,
        typed=("ack", "acknowledge"),
    ),
    Command("issue.answer", "", "", Permission.LOG, issue_log.answer),
    Command("issue.form", "", "", Permission.LOG, issue_log.open_form),
    Command("issue.submit", "", "", Permission.LOG, issue_log.submit),
    Command("issue.from_message", "", "", Permission.LOG, issue_log.from_message),
    Command("issue.change", "", "", Permission.LOG, issue_change.change),
    Command("admission.decide", "", "", Permission.ADMINISTER, admission.decide),
    Command("room.decide", "", "", Permission.ADMINISTER, room.decide),
    Command("setup", "Set up your company and its partners", "setup", None, setup.begin, strangers=True),
    Command("setup.away", "Say that you are away", AWAY, None, setup_away.say, typed=("away",)),
    Command("link", "Link this channel to a partnership", "link", None, link.begin),
    *(
        Command(one.verb, "", "", one.permission, one.serve, typed=one.typed, strangers=one.strangers)
        for one in first_steps.STEPS
    ),
    Command("help", "See this list", "help", None, _help, reads=True, typed=("help",)),
)
SHORTCUTS = (Shortcut("issue.from_message", "Log as issue"),)
BY_VERB: Mapping[str, Command] = {command.verb: command for command in COMMANDS}
NOUNS: Mapping[str, str] = {
    **{"issue": "issue", "issues": "issue", "help": "help"},
    **{"setup": "setup", "link": "link"},
}
SLASHES = ("/parley", "/issue")  # the first is the whole menu, the others begin with their noun
ALARMS: Mapping[str, Callable[[Request, str], None]] = {f"issue.{kind}": issue_climb.ran_out for kind in Kind}


def _help_card(opening: Opening) -> Built:
    rows = tuple((command.example, command.says) for command in COMMANDS if command.says)
    return general.help_card(rows), 0


def _refusal(opening: Opening) -> Built:
    facts = dict(opening.letter.facts)
    kind, subject = facts.pop("beside kind", ""), facts.pop("beside subject", "")
    beside = open_letter(Opening(opening.archive, opening.reader, Letter(kind, subject), opening.now))
    sentence = Refusal.again(opening.letter.subject, facts).sentence
    card = beside[0] if beside and isinstance(beside[0], Card) else None
    return general.refusal(sentence, card), 0


LETTERS: Mapping[str, Callable[[Opening], Built]] = {
    "issue.card": issue.card,
    "issue.logged": issue.logged,
    "issue.alarm": issue.alarm,
    "issue.list": issue.listing,
    "issue.form": issue_form.form,
    "admission.unknown": admission.unknown,
    "admission.asked": admission.asked,
    "admission.welcome": admission.welcome,
    "room.asked": room.asked,
    "room.closed": room.closed,
    "room.left": room.left,
    "install.locked_out": installing.told,
    "check.hello": installing.hello,
    **first_steps.LETTERS,
    "help": _help_card,
    "refusal": _refusal,
}


def open_letter(opening: Opening) -> Built:
    """The card of a letter and the record's version; None where its reader may not see it."""
    build = LETTERS.get(opening.letter.kind)
    return build(opening) if build else None


def for_strangers(verb: str, text: str) -> bool:
    """Whether somebody who is not in the directory may ask for it."""
    try:
        return route(verb, text)[0].strangers
    except Refusal:
        return False


def route(verb: str, text: str) -> tuple[Command, str]:
    """The command that is meant and the words that are left for it; a Refusal where none is."""
    if verb:
        if verb not in BY_VERB:
            raise UnknownWord(said=verb[:40], example="help")
        return BY_VERB[verb], ""
    text = text.strip()
    if len(text) > grammar.LONGEST:
        raise TooLong(count=f"{len(text):,}")
    word, _, rest = text.partition(" ")
    noun = NOUNS.get(word.lower())
    if not text or noun == "help":
        return BY_VERB["help"], ""
    if noun is None:
        raise _unknown(text)
    return _verb(noun, rest.strip())


def _verb(noun: str, rest: str) -> tuple[Command, str]:
    """A state verb counts only before a record's number; whatever is no verb is an issue to log."""
    word, _, words = rest.partition(" ")
    words = words.strip()
    command = next((one for one in COMMANDS if word.lower() in one.typed and one.verb.startswith(noun)), None)
    if command is None and noun in BY_VERB:
        return BY_VERB[noun], rest
    if command is None:
        if _looks_like_a_command(rest):
            raise _unknown(f"{noun} {rest}")
        return BY_VERB[f"{noun}.log"], rest
    if words and command.verb == "issue.list":
        raise JustTheList(said=rest[:200])
    if words and command.takes_number and not grammar.is_number(words):
        raise ThatOrAnIssue(meant=command.typed[-1], verb=command.typed[0], said=rest[:200])
    return command, words


def _looks_like_a_command(rest: str) -> bool:
    """One word alone, or a word before a record's number, is a command gone wrong and no title."""
    word, _, after = rest.partition(" ")
    return bool(word) and (not after or (grammar.is_number(after) and "-" in after)) and "," not in rest


def _unknown(text: str) -> UnknownWord:
    choices = [command.example for command in COMMANDS if command.says and command.verb != "issue.log"]
    phrases = {" ".join(example.split()[:2]): example for example in choices} | {"issue": EXAMPLE}
    nearest = grammar.nearest(" ".join(text.split()[:2]), phrases)
    return UnknownWord(said=text[:60], example=phrases[nearest])
