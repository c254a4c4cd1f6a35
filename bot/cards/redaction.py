"""A redaction as its askers and those who answer it see it: which lines, why, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.issue_facts import headline
from bot.cards.setting import Setting, short
from bot.governance.issue import Issue
from bot.governance.redaction import REDACTED, Redaction, State
from bot.views import Block, Button, Buttons, Card, Facts, Notice, Text, Tone

SHOWN, SIGNS = 12, 400  # lines that are shown in full, and characters of each
EFFECT = (
    "If it is agreed to, these words are erased from the record, the issue and Parley’s messages. That they"
    " were there, when and by whom, stays; the record still proves that nothing else was changed."
)
BEYOND = (
    "What was exported, copied or seen before, in notifications for example, and answers that Parley gave to"
    " one person alone cannot be taken back: ask whoever has them to delete them."
)
STATES = {
    State.AGREED: ("Redacted", Tone.GOOD),
    State.DECLINED: ("Declined: nothing was redacted", Tone.WARNING),
    State.WITHDRAWN: ("Taken back: nothing was redacted", Tone.PLAIN),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A redaction with what its reader may do and see: `lines` are (when and by whom, the words).

    `further` lines say some of the words again and go with them; `waits_for` are names.
    """

    redaction: Redaction
    issue: Issue
    here: Setting
    lines: Sequence[tuple[str, str]] = ()
    further: int = 0
    waits_for: tuple[str, ...] = ()
    answers: bool = False
    asked: bool = False


def card(about: Asked) -> Card:
    """As it stands: once it has ended it holds none of the words any more."""
    found, here = about.redaction, about.here
    title = f"Redaction of {about.issue.number}"
    asker = f"{here.name(found.by)} asks to take words out of the record of {headline(about.issue)}"
    if found.state is not State.OPEN:
        return _ended(about, title)
    count = len(about.lines)
    named = f"{count} line{'s' if count != 1 else ''}"
    more = f", and {about.further} more that say the same words again" if about.further else ""
    blocks: list[Block] = [Notice(f"{asker}.", Tone.WARNING), Text(f"Why: {found.why}")]
    blocks.append(Facts(tuple((when, short(words, SIGNS)) for when, words in about.lines[:SHOWN])))
    if count > SHOWN:
        blocks.append(
            Text(f"{count - SHOWN} more lines stand in “issue show {about.issue.number}”.", quiet=True)
        )
    blocks.append(Text(f"It is about {named}{more}. It waits for {' or '.join(about.waits_for)}."))
    blocks.append(Text(EFFECT, quiet=True))
    return Card(title, (*blocks, *_buttons(about)), f"{asker}: {found.why}")


def asked(about: Asked) -> Card:
    """What was just asked for, without the words it is about."""
    title = f"Redaction of {about.issue.number} asked for"
    waits = f"It waits for {' or '.join(about.waits_for)}; you have its card, too."
    return Card(title, (Text(f"Why: {about.redaction.why}"), Text(waits, quiet=True)), title)


def _buttons(about: Asked) -> tuple[Buttons, ...]:
    fields = {"redaction": about.redaction.id}
    rows: list[Button] = []
    if about.answers:
        rows.append(Button("Agree", "redact.agree", fields, primary=True))
        rows.append(Button("Decline", "redact.decline_form", fields, opens=True))
    if about.asked:
        rows.append(Button("Take back", "redact.withdraw", fields))
    return (Buttons(tuple(rows)),) if rows else ()


def _ended(about: Asked, title: str) -> Card:
    found, here = about.redaction, about.here
    words, tone = STATES[found.state]
    when = here.time(found.answered_at) if found.answered_at else ""
    said = Notice(f"{words}: {here.name(found.answered_by)}, {when}.", tone)
    asked = Text(f"{here.name(found.by)} had asked: {found.why}")
    reason = (Text(f"Why not: {found.reason}"),) if found.reason else ()
    beyond = (Text(BEYOND),) if found.state is State.AGREED else ()
    return Card(title, (said, asked, *reason, *beyond), f"{about.issue.number}: {words.lower()}")


def excerpt(words: Sequence[str], longest: int) -> str:
    """The words of one line, the longest first, cut where a list has no room for more."""
    told = " · ".join(sorted((one for one in words if one != REDACTED), key=len, reverse=True))
    return short(told, longest)
