"""A decision in words: its live card, the whole of it with its reasons first, what was just done to it."""

from collections.abc import Iterator

from bot.cards import decision_story, when
from bot.cards.issue_facts import who_sees
from bot.cards.setting import Setting, short, version_of
from bot.errors import Refusal
from bot.governance import deciding
from bot.governance.commitment import Evidence
from bot.governance.deciding import Matter
from bot.governance.decision import Quorum, Status
from bot.governance.visibility import Side
from bot.records import Entry
from bot.views import Block, Button, Buttons, Card, Facts, Link, Notice, Text, Tone

HEADLINE = 120  # characters of a title that are read at a glance
SHOWN = 5  # pieces of evidence, options and voices on the live card
WHOLE = 10_000  # characters: more than any text has
SHORT = 280  # characters of a text on the live card
OPTION, VOICE, LINE = 200, 600, 400  # characters of an option, a dissent, a line of its story
LAST = 8  # lines of its story that stand on the whole of it
WORDS = {
    Quorum.QUORATE: "enough of both sides came",
    Quorum.NOT_QUORATE: "not enough of both sides came, so the chairs approve it",
}
CHECKS = (
    ("ratify", "Approve", deciding.check_ratify),
    ("dissent", "I think otherwise", deciding.check_dissent),
    ("withdraw", "Withdraw", deciding.check_withdraw),
)


def headline(about: Matter) -> str:
    """ "NOR-DEC-003: Approve enrolment recovery plan v2?"."""
    return f"{about.number}: {short(about.decision.title, HEADLINE)}"


def status(about: Matter) -> str:
    """In one word or two."""
    return "superseded" if about.decision.superseded_by else about.decision.status.value


def card(about: Matter, here: Setting) -> Card:
    """The live card: how it stands, what was decided and why, by whom, and what one can do."""
    body = parts(about, here, SHORT)
    return Card(headline(about), (*body, *buttons(about, here)), summary(about))


def parts(about: Matter, here: Setting, longest: int) -> tuple[Block, ...]:
    """How it stands, what it is, and its evidence."""
    return (*standing(about, here), Facts(tuple(facts(about, here, longest))), *evidence(about, longest))


def summary(about: Matter) -> str:
    """The one line a notification shows."""
    return f"{headline(about)} ({status(about)})"


def recorded(about: Matter, here: Setting) -> Card:
    """What was saved, for the one who said it."""
    title = f"Recorded {about.number}"
    return Card(title, (*parts(about, here, SHORT), *buttons(about, here)), f"Recorded {headline(about)}")


def whole(about: Matter, here: Setting) -> Card:
    """Why it was decided comes first; then everything else, and its story."""
    why = about.decision.rationale or "No reason was recorded."
    story = decision_story.told(here.history)[-LAST:]
    told = tuple(Text(short(decision_story.line(one, here), LINE), quiet=True) for one in story)
    link = (Link("The message it began with", here.link),) if here.link else ()
    body: tuple[Block, ...] = (*standing(about, here), Facts(tuple(facts(about, here, WHOLE, reason=False))))
    rest = (*evidence(about, WHOLE), *link, *told, *buttons(about, here, details=False))
    return Card(headline(about), (Facts((("Why", why),)), *body, *rest), summary(about))


def news(about: Matter, here: Setting, entry: Entry) -> Card:
    """What somebody just did, and the card; once it has gone on, only what was done."""
    told = Notice(short(decision_story.line(entry, here), LINE))
    line = f"{about.number}: {short(decision_story.sentence(entry, here), LINE)}"
    if version_of(entry) == str(about.version):
        body = parts(about, here, SHORT)
        return Card(headline(about), (told, *body, *buttons(about, here)), line)
    details = Button("Details", "decision.show", {"decision": about.id})
    return Card(headline(about), (told, Buttons((details,))), line)


def follow_up(about: Matter, here: Setting) -> Card:
    """The day has come on which people wanted to look at it again."""
    day = about.decision.follow_up
    asked = (
        f"The follow-up of this decision was set for {when.day(day)}: is it as you expected?" if day else ""
    )
    line = f"Follow up on {headline(about)}"
    return Card(line, (Notice(asked), *parts(about, here, SHORT), *buttons(about, here)), line)


def standing(about: Matter, here: Setting) -> tuple[Notice, ...]:
    """Whether it counts, and if not yet, for whom it waits."""
    decision = about.decision
    if decision.superseded_by:
        words = f"Superseded by {decision.superseded_by}: that one counts."
        return (Notice(words, Tone.WARNING),)
    match decision.status:
        case Status.WITHDRAWN:
            return (Notice(f"Withdrawn: {short(decision.reason)}", Tone.WARNING),)
        case Status.FINAL if about.waits_for:
            return (Notice(_awaited(about, here), Tone.WARNING),)
        case Status.FINAL:
            by = "both sides approved it" if len(about.sides) > 1 else "it is approved"
            return (Notice(f"Final: {by}." if decision.approvals else "Final.", Tone.GOOD),)
        case Status.PROVISIONAL:
            return (Notice(_awaited(about, here), Tone.WARNING),)


def _awaited(about: Matter, here: Setting) -> str:
    """Provisional, and whose approval is missing."""
    waits = " and of ".join(_who(about, here, side) for side in about.waits_for)
    why = " its session had no quorum, so" if about.by_chairs else ""
    state = "Recorded as final, but" if about.decision.status is Status.FINAL else "Provisional:"
    said = f"{state}{why} it waits for the approval of {waits}."
    replaces = about.decision.supersedes
    return f"{said} Until then {replaces} counts." if replaces else said


def _who(about: Matter, here: Setting, side: Side) -> str:
    people = " or ".join(here.called(one) for one in about.approvers(side))
    return f"{here.company(side)} ({people or 'nobody who could give it is there any more'})"


def facts(about: Matter, here: Setting, longest: int, *, reason: bool = True) -> Iterator[tuple[str, str]]:
    """Pairs of a label and its value; only what there is."""
    decision = about.decision
    pairs = (
        ("Question", decision.question if len(decision.question) > HEADLINE else ""),
        ("Decided", short(decision.outcome, longest)),
        ("Why", short(decision.rationale, longest) if reason else ""),
        ("Options", "\n".join(_listed(decision.options, longest))),
        ("Deciders", ", ".join(here.name(one) for one in decision.deciders)),
        ("Session", decision.session),
        ("Quorum", WORDS.get(about.table.quorum, "")),
        ("Approved", "\n".join(_approvals(about, here))),
        ("Dissent", "\n".join(_dissent(about, here, longest))),
        ("Follow-up", _looked_back(about, here)),
        ("Supersedes", decision.supersedes),
        ("Study", decision.study),
        ("Note", short(decision.note, min(longest, VOICE))),
        ("Decided on", when.day(decision.decided_on)),
        ("Recorded", _recorded(about, here)),
        ("Seen by", who_sees(about.visibility, here.partnership)),
    )
    return ((label, value) for label, value in pairs if value)


def _looked_back(about: Matter, here: Setting) -> str:
    """The day, and where that is a day off, the one on which people are reminded."""
    day = about.decision.follow_up
    if day is None:
        return ""
    if here.calendar is None or here.calendar.is_business_day(day):
        return when.day(day)
    reminded = deciding.first_business_day(day, here.calendar)
    return f"{when.day(day)}, a day off: reminded on {when.day(reminded)}"


def _recorded(about: Matter, here: Setting) -> str:
    by = about.decision.recorded_by
    return f"{here.name(by)}, {here.time(about.decision.recorded_at)}" if by else "taken from a file"


def _listed(options: tuple[str, ...], longest: int) -> Iterator[str]:
    most = len(options) if longest == WHOLE else SHOWN
    yield from (f"{at}. {short(one, min(longest, OPTION))}" for at, one in enumerate(options[:most], 1))
    if len(options) > most:
        yield f"… and {len(options) - most} more"


def _approvals(about: Matter, here: Setting) -> Iterator[str]:
    """A line for each side: who approved it and when, or that nobody has yet."""
    decision = about.decision
    for side in about.sides:
        if given := deciding.approval(decision, side):
            yield f"{here.company(side)}: {here.called(given.person)}, {here.time(given.at)}"
        elif side in about.waits_for:
            yield f"{here.company(side)}: not yet"


def _dissent(about: Matter, here: Setting, longest: int) -> Iterator[str]:
    voices = about.decision.dissent
    most = len(voices) if longest == WHOLE else SHOWN
    yield from (f"{here.name(one.person)}: {short(one.words, min(longest, VOICE))}" for one in voices[:most])
    if len(voices) > most:
        yield f"… and {len(voices) - most} more"


def evidence(about: Matter, longest: int) -> tuple[Block, ...]:
    """Addresses to open, and where else it lies."""
    found = about.decision.evidence
    most = len(found) if longest == WHOLE else SHOWN
    more = (
        (Text(f"… and {len(found) - most} more pieces of evidence", quiet=True),) if len(found) > most else ()
    )
    return (*(_piece(one) for one in found[:most]), *more)


def _piece(one: Evidence) -> Block:
    said = f"Evidence: {short(one.words)}"
    plain = one.words.startswith("https://") and " " not in one.words
    return Link(said, one.words) if plain else Text(said, quiet=True)


def buttons(about: Matter, here: Setting, *, details: bool = True) -> tuple[Buttons, ...]:
    """What this reader may do now."""
    fields = {"decision": about.id, "version": str(about.version)}
    row = [
        Button(label, f"decision.{verb}", fields, primary=verb == "ratify", opens=verb != "ratify")
        for verb, label, _ in allowed(about, here)
    ]
    if details:
        row.append(Button("Details", "decision.show", {"decision": about.id}))
    return (Buttons(tuple(row)),) if row else ()


def allowed(about: Matter, here: Setting) -> Iterator[tuple[str, str, object]]:
    """The verbs that the rules allow this reader."""
    if here.party is None or here.partnership.ended_on:
        return
    for verb, label, check in CHECKS:
        try:
            check(about, here.party)
        except Refusal:
            continue
        yield verb, label, check
