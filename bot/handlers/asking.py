"""How the acts on a kind of record are typed, pressed, asked about and sent: the one road they all take."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic

from bot import dates
from bot.cards import act as cards
from bot.errors import Conflict, Refusal
from bot.handlers.acting import Act, TooMuch, Unsaid, do, permitted, settled
from bot.handlers.issue_marks import unmarked
from bot.handlers.scene import Noun, R, Scene, begin
from bot.outbox import Letter
from bot.ports import Opening, Request
from bot.records import Draft
from bot.views import ANSWERED, Button, DateField, Field, Form, Notice

TURN = re.compile(r"(\w+)\s*(?:$|[,:;]\s*(.*)|\s(because\b.*))", re.DOTALL | re.IGNORECASE)
CONDITION = re.compile(r"(?:but|if|only|unless|except|provided|when|once|until|no|not)\b", re.IGNORECASE)
TITLE = 24  # characters of a form's title

# What a draft knows besides the fields of its form; no field begins with a colon.
ACT, RECORD, VERSION, SAID, SENT, DONE, PRIVATE = (
    *(":act", ":record", ":version", ":said", ":sent", ":done"),
    ":private",
)


class AlreadySaid(Refusal):
    """You sent that before and it was saved; here is {number} as it stands now."""


class LostForm(Refusal):
    """That form is no longer open and nothing was saved; begin again from the record’s card."""


class WithCondition(Refusal):
    """One agrees to it as it is, so nothing changed; decline it for {number} and say what you want."""


class OldForm(Refusal):
    """{number} has changed since this form was opened, so nothing was saved; open it again from its card."""


@dataclass(frozen=True, slots=True)
class Verbs(Generic[R]):
    """The acts on one kind of record, by verb."""

    noun: Noun[R]
    acts: Mapping[str, Act[R]]

    @property
    def form_kind(self) -> str:
        """The letter that is a form of one of them, and the verb that opens it again."""
        return f"{self.noun.name}.act"

    @property
    def submit_verb(self) -> str:
        """The verb of a form that was sent."""
        return f"{self.noun.name}.act_submit"

    def begin(self, request: Request, words: str, verb: str) -> Letter:
        """Typed with a number and words, or pressed on a card: done at once, or asked what is open."""
        act = self.acts[verb]
        number, rest = _split(words)
        record = self.noun.find(request, number, act.typed)
        turn, after = _turned(act, rest)
        if turn.endswith("_agree") and CONDITION.match(after):
            raise WithCondition(number=record.number).showing(self.noun.card, record.id)
        becomes = self.acts[turn].becomes
        return self.start(request, self.acts[becomes(record) if becomes and words else turn], record, after)

    def start(self, request: Request, act: Act[R], record: R, words: str) -> Letter:
        """The act with these words, as if they had been typed after the record's number."""
        begun = begin(self.noun, request.archive, request.actor, record, request.now)
        pressed = request.intent.fields
        permitted(act, begun, pressed.get("version", ""))
        names = {one.name for one in act.fields(begun)}
        chosen = {name: words for name, words in pressed.items() if name in names}
        words = unmarked(request, {SAID: words})[SAID].strip(" ,;:")
        begun = begun.saying({**act.read(begun, words), **chosen})
        understood, wrong = settled(act, begun)
        if not wrong:
            return do(request, act, understood)
        if too_much := next((one for one in wrong.values() if isinstance(one, TooMuch)), None):
            raise too_much  # no form could show the whole of it
        return self._ask(request, act, begun, words)

    def submit(self, request: Request, words: str) -> Letter:
        """A form that was sent: done where it is whole, else shown again with what is wrong."""
        sent = request.intent.fields
        draft, act, begun = self._kept(request, sent.get("draft", ""))
        permitted(act, begun)
        record = begun.record
        if draft.fields[VERSION] != str(record.version) and not act.only_adds:
            raise OldForm(number=record.number).showing(self.noun.card, record.id)
        names = [one.name for one in act.fields(begun) if one.name in sent]
        fields = {**draft.fields, **{name: sent[name].strip() for name in names}, SENT: "yes"}
        understood, wrong = settled(act, begun.saying(_said(fields)))
        if wrong:
            request.archive.keep_draft(replace(draft, fields=fields, at=request.now))
            return Letter(self.form_kind, draft.id)
        if not request.archive.once(f"draft:{draft.id}", None, request.wall):
            raise Conflict  # the same form is being saved at this moment: look again
        request.archive.keep_draft(replace(draft, fields={ACT: act.verb, DONE: record.id}, at=request.now))
        return do(request, act, understood)

    def open_form(self, request: Request, words: str) -> Letter:
        """The form of a draft once more."""
        draft, act, begun = self._kept(request, request.intent.fields.get("draft", ""))
        permitted(act, begun)
        return Letter(self.form_kind, draft.id)

    def form(self, opening: Opening) -> tuple[Form, int] | None:
        """A draft as the form of its act, for its writer only; None once it is saved."""
        draft = opening.archive.draft(opening.reader, opening.letter.subject)
        if draft is None or ACT not in draft.fields or DONE in draft.fields:
            return None
        record = self.noun.get(opening.archive, opening.reader, draft.fields.get(RECORD, ""))
        if record is None:
            return None
        begun = begin(self.noun, opening.archive, opening.reader, record, opening.now)
        return self.drawn(self.acts[draft.fields[ACT]], begun.saying(_said(draft.fields)), draft), 0

    def drawn(self, act: Act[R], begun: Scene[R], draft: Draft) -> Form:
        """The form, filled with what was said, what is wrong beside its field."""
        number, subject = begun.record.number, self.noun.title(begun.record)
        _, wrong = settled(act, begun)
        sent = SENT in draft.fields
        shown = {name: one.sentence for name, one in wrong.items() if sent or not isinstance(one, Unsaid)}
        title = f"{act.title} {number}"
        opener = Button("Fill in the form", self.form_kind, {"draft": draft.id}, primary=True, opens=True)
        open_now = next(iter(shown.values()), "") or next((one.sentence for one in wrong.values()), subject)
        return Form(
            title if len(title) <= TITLE else act.title[:TITLE],
            self.submit_verb,
            tuple(_filled(one, begun, shown.get(one.name, "")) for one in act.fields(begun)),
            {"draft": draft.id} | ({ANSWERED: "yes"} if PRIVATE in draft.fields else {}),
            Notice(f"{number}: {subject}"),
            act.send,
            cards.instead(title, open_now, draft.fields.get(SAID, ""), opener),
        )

    def _ask(self, request: Request, act: Act[R], begun: Scene[R], words: str) -> Letter:
        """Keeps what is known and shows the act's form."""
        pressed = request.intent.verb and ANSWERED not in request.intent.fields
        record, person = begun.record, request.actor.person
        seed = f"{person}:{request.intent.key}:{act.verb}:{record.id}"
        draft = f"act-{hashlib.sha256(seed.encode()).hexdigest()[:20]}"
        kept = {ACT: act.verb, RECORD: record.id, VERSION: str(record.version), SAID: words, **begun.known}
        kept |= {} if pressed else {PRIVATE: "yes"}
        request.archive.keep_draft(Draft(draft, person, kept, request.now))
        return Letter(self.form_kind, draft)

    def _kept(self, request: Request, wanted: str) -> tuple[Draft, Act[R], Scene[R]]:
        """A draft of the asker's own that is still open, its act, and the record as it stands now."""
        archive, actor = request.archive, request.actor
        draft = archive.draft(actor, wanted)
        if draft is None or draft.fields.get(ACT) not in self.acts:
            raise LostForm
        done = self.noun.get(archive, actor, draft.fields.get(DONE, ""))
        if done:
            raise AlreadySaid(number=done.number).showing(self.noun.card, done.id)
        record = self.noun.get(archive, actor, draft.fields.get(RECORD, ""))
        if record is None:
            raise LostForm
        begun = begin(self.noun, archive, actor, record, request.now)
        return draft, self.acts[draft.fields[ACT]], begun.saying(_said(draft.fields))


def _filled(one: Field, begun: Scene[R], error: str) -> Field:
    said = begun.known.get(one.name)
    if said is None:
        return replace(one, error=error)
    if isinstance(one, DateField):
        day = dates.read(said, begun.today) if said else None
        return replace(one, value=None if isinstance(day, dates.Unclear) else day, error=error)
    return replace(one, value=said, error=error)


def _said(fields: Mapping[str, str]) -> Mapping[str, str]:
    return {name: words for name, words in fields.items() if not name.startswith(":")}


def _split(words: str) -> tuple[str, str]:
    """The record's number and what follows it."""
    number, *rest = words.split(maxsplit=1) or [""]
    return number.rstrip(",:;"), rest[0] if rest else ""


def _turned(act: Act[R], words: str) -> tuple[str, str]:
    """The act that is meant: a word that turns it into another stands alone, or before a reason."""
    found = TURN.fullmatch(words)
    turn = act.turns.get(found[1].lower()) if found else None
    return (turn, found[2] or found[3] or "") if found and turn else (act.verb, words)
