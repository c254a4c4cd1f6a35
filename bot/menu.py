"""The one visible table of commands and letters: it makes the router, the help and the platforms' lists."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot import grammar
from bot.actors import Actor, Permission
from bot.cards import general
from bot.errors import Refusal
from bot.governance import digest as digest_rules
from bot.governance import parting, review
from bot.governance.clocks import Kind
from bot.governance.terms import ENDS
from bot.handlers import (
    admission,
    audit,
    capture_menu,
    commit_menu,
    decision_menu,
    digest,
    digest_set,
    export,
    first_steps,
    home_menu,
    installing,
    issue_climb,
    issue_menu,
    issue_thread,
    link,
    room,
    search,
    session_menu,
    setup,
    setup_away,
    setup_calendar,
    setup_end,
    setup_review,
)
from bot.handlers.letters import CARD
from bot.handlers.rows import Command
from bot.intents import Intent
from bot.outbox import Letter
from bot.ports import Archive, Opening, Request
from bot.views import Card, View

Built = tuple[View, int] | None
AWAY = "setup away from 1 Dec to 12 Dec, @name"


class TooLong(Refusal):
    """A message has at most 4,000 characters and this one has {count}; shorten it and send it again."""


class UnknownWord(Refusal):
    """Parley does not know “{said}”; did you mean: {example}"""


class NotAllowed(Refusal):
    """Your role does not include that, so nothing changed; ask your administrator."""


class ThatOrAnIssue(Refusal):
    """Is that a new {kind}, or about one there is? Say “{new} {said}”, or “{noun} {verb}” and its number."""


class BareNumber(Refusal):
    """Is that a new {kind}, or about one there is? Say “{new} {said}”, or “{noun} {verb} #{number} …”."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What one can do with a message of somebody's: `words`, `link` and its id, `message`, arrive as fields.

    Who wrote it is the intent's one account; there is none where an app did.
    """

    verb: str
    says: str


def _help(request: Request, words: str) -> Letter:
    return Letter("help", NOUNS.get(words.lower().partition(" ")[0], ""))


COMMANDS = (
    *home_menu.ROWS,
    *issue_menu.ROWS,
    *commit_menu.ROWS,
    *decision_menu.ROWS,
    *capture_menu.ROWS,
    *session_menu.ROWS,
    *search.ROWS,
    *export.ROWS,
    *audit.ROWS,
    *digest.ROWS,
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
SHORTCUTS = (
    Shortcut("issue.from_message", "Log as issue"),
    Shortcut("commit.capture", "Capture commitment"),
    Shortcut("decision.capture", "Record decision"),
    Shortcut("issue.take_update", "Take as update"),
)
BENEATH: Mapping[str, str] = {issue_thread.POSTED: CARD}  # letters that go under another, live letter
BY_VERB: Mapping[str, Command] = {command.verb: command for command in COMMANDS}
NOUNS: Mapping[str, str] = {
    **{"issue": "issue", "issues": "issue", "help": "help"},
    **{"decision": "decision", "decisions": "decision"},
    **dict.fromkeys(commit_menu.NOUNS, "commit"),
    **{noun: noun for noun in home_menu.NOUNS},
    **session_menu.NOUNS,
    **{"setup": "setup", "link": "link", "digest": "digest", "digests": "digest"},
    **{"search": "search", "find": "search", "export": "export", "audit": "audit"},
}
MAKES = {"issue": "issue.log", "commit": "commit.make"}  # what words without a verb of the noun are
KINDS = {"issue": "issue", "commit": "commitment"}
STAFF = ("setup", "link", "admission.", "room.")
REASONED = ("setup.terms", "setup.policy", "setup.calendar", "setup.end", "setup.hold")
# What is named where only a few commands can be.
LISTED = (
    *("home", "mine", "overdue", "issue.log", "commit.make", "decision.record", "session", "digest.now"),
    *("search", "help"),
)
# The first is the whole menu, the others begin with their noun.
SLASHES = ("/parley", "/issue", "/commit", "/session", "/digest")
ALARMS: Mapping[str, Callable[[Request, str], None]] = {
    **{f"issue.{kind}": issue_climb.ran_out for kind in Kind},
    **commit_menu.ALARMS,
    **decision_menu.DUES,
    ENDS: setup_calendar.ran_out,
    parting.ENDS: setup_end.ran_out,
    review.DUE: setup_review.came,
    review.REMINDER: setup_review.late,
    digest_rules.DUE: digest_set.came,
}


def _help_card(opening: Opening) -> Built:
    """Every noun with its first command, or all the commands of one."""
    wanted, nouns = opening.letter.subject, dict[str, list[Command]]()
    for command in COMMANDS:
        if command.says:
            nouns.setdefault(command.verb.partition(".")[0], []).append(command)
    listed = nouns.get(wanted) or [commands[0] for commands in nouns.values()]
    rows = tuple((command.example, command.says) for command in listed)
    further = () if wanted in nouns else tuple(noun for noun, found in nouns.items() if len(found) > 1)
    return general.help_card(rows, further), 0


def _refusal(opening: Opening) -> Built:
    facts = dict(opening.letter.facts)
    kind, subject = facts.pop("beside kind", ""), facts.pop("beside subject", "")
    beside = open_letter(Opening(opening.archive, opening.reader, Letter(kind, subject), opening.now))
    sentence = Refusal.again(opening.letter.subject, facts).sentence
    card = beside[0] if beside and isinstance(beside[0], Card) else None
    return general.refusal(sentence, card), 0


LETTERS: Mapping[str, Callable[[Opening], Built]] = {
    **home_menu.LETTERS,
    **issue_menu.LETTERS,
    **commit_menu.LETTERS,
    **decision_menu.LETTERS,
    **session_menu.LETTERS,
    **search.LETTERS,
    **audit.LETTERS,
    **export.LETTERS,
    **digest.LETTERS,
    **capture_menu.LETTERS,
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


def in_its_thread(archive: Archive, actor: Actor, intent: Intent) -> Intent:
    """The same intent with what goes without saying under a card: the noun, and the record's number."""
    if intent.verb or not intent.place.thread:
        return intent
    return issue_thread.completed(archive, actor, intent, COMMANDS)


def about_staff(verb: str) -> bool:
    """Whether its form names the companies' own people and rooms; typed words may be about anybody."""
    return verb.startswith(STAFF) and not verb.startswith(REASONED)


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
        return BY_VERB["help"], rest.strip()
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
        return BY_VERB[MAKES.get(noun, noun)], rest
    if words and command.takes_number:
        _numbered(command, words, rest)
    return command, words


def _numbered(command: Command, words: str, rest: str) -> None:
    """Refuses what may as well be a title; a bare number counts only where no words follow it."""
    number, *more = words.split(maxsplit=1)
    number, noun = number.rstrip(",:;"), command.verb.partition(".")[0]
    kind, new = KINDS.get(noun, noun), MAKES.get(noun, noun).replace(".", " ")
    facts = {"noun": noun, "kind": kind, "new": new, "verb": command.typed[0], "said": rest[:200]}
    if not grammar.is_number(number) or (more and not command.further):
        raise ThatOrAnIssue(**facts)
    if more and number.isdecimal():
        raise BareNumber(number=number, **facts)


def _looks_like_a_command(rest: str) -> bool:
    """One word alone, or a word before a record's number, is a command gone wrong and no title.

    Where further words follow the number, only a word that is nearly one of the verbs.
    """
    word, _, after = rest.partition(" ")
    number, *more = after.split(maxsplit=1) or [""]
    numbered = grammar.is_number(number.rstrip(",:;")) and "-" in number
    if more:
        return numbered and _nearly(word)
    return bool(word) and (not after or numbered) and "," not in rest


def _nearly(word: str) -> bool:
    """Whether a slip of the hand may have made it of a verb."""
    verbs = [typed for command in COMMANDS if command.further for typed in command.typed]
    return bool(difflib.get_close_matches(word.lower(), verbs, n=1, cutoff=0.8))


def _unknown(text: str) -> UnknownWord:
    """With the nearest command, else the first one of the nearest noun."""
    said = [" ".join(text.lower().split()[:size]) for size in (2, 1)]
    shown = [command for command in COMMANDS if command.says]
    rest = [command.example for command in shown if command.verb not in MAKES.values()]
    phrases = {" ".join(example.split()[:2]): example for example in rest} | {"issue": issue_menu.EXAMPLE}
    firsts = {one.verb.partition(".")[0]: one.example for one in reversed(shown)}
    nouns = {word: firsts[noun] for word, noun in NOUNS.items()} if said[1] not in NOUNS else {}
    for words, known, least in ((said[0], phrases, 0.75), (said[1], nouns, 0.6), (said[0], phrases, 0.5)):
        if near := difflib.get_close_matches(words, known, n=1, cutoff=least):
            return UnknownWord(said=text[:60], example=known[near[0]])
    return UnknownWord(said=text[:60], example="help")
