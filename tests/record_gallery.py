"""The cards of redactions and of “audit”, in every state, with everyday words and with the worst ones."""

from dataclasses import replace

from bot.cards import audit, redaction
from bot.governance.redaction import Redaction, State
from bot.governance.visibility import Scope, Visibility
from bot.handlers import setup_fields as fields
from bot.records import Entry
from bot.views import Button
from tests.gallery_words import ASTRAL, DESCRIPTION, LONG_TITLE, MARKUP, NORTHMERE, PEOPLE, RTL, Named
from tests.governance.issues import LIMIT, RAISED
from tests.issue_gallery import FULL, HERE

ASKED = Redaction(
    *("red-1", FULL.id, FULL.partnership, Visibility.SHARED, "P-NOR:shared", (3, 4)),
    *("PER-04", "ORG-HAL", RAISED, "names a nurse"),
)
WORST = {"long": DESCRIPTION[:3000], "wide": ASTRAL, "markup": MARKUP, "from the right": RTL}
SHARED = Scope("P-NOR", Visibility.SHARED)
CODES = (*audit.SAYS, "redact.asked", "redact.declined", "issue.redact", "terms.unheard_of")


def redactions() -> list[Named]:
    """Open, to who asked, who answers and who only reads; and ended."""
    shown: list[Named] = []
    for reader, here in HERE.items():
        for name, words in {"plain": "nurse N. left it open", **WORST}.items():
            lines = (("Tue 10 Nov 2026, 10:00 CET, Ada", words),) * 20
            for part in ("answers", "asked", "neither"):
                about = redaction.Asked(
                    replace(ASKED, why=words[:3000]),
                    replace(FULL, title=LONG_TITLE) if name != "plain" else FULL,
                    here,
                    lines if name != "plain" else lines[:1],
                    *(2, ("David Okonkwo", "Elena Duarte"), part == "answers", part == "asked"),
                )
                shown.append((f"redaction.card, {name}, {part}, to {reader}", redaction.card(about)))
                shown.append((f"redaction.asked, {name}, {part}, to {reader}", redaction.asked(about)))
        for state in (State.AGREED, State.DECLINED, State.WITHDRAWN):
            reason = DESCRIPTION[:500] if state is State.DECLINED else ""
            ended = redaction.Asked(ASKED.settled(state, "PER-09", LIMIT, reason), FULL, here)
            shown.append((f"redaction.card, {state}, to {reader}", redaction.card(ended)))
    return shown


def audits() -> list[Named]:
    """Nothing yet, every kind of line, the worst reasons, and pages."""
    shown: list[Named] = []
    for reader, here in HERE.items():
        page = audit.Page(here.reader, PEOPLE)
        shown.append((f"audit.list, empty, to {reader}", audit.listing((), page)))
        lines = [_line(code, "because") for code in CODES]
        lines += [_line("operator.findings", words[:500]) for words in WORST.values()]
        for start in range(0, len(lines), 10):
            told = replace(page, number=start // 10, more=True)
            shown.append(
                (f"audit.list, from {start}, to {reader}", audit.listing(lines[start : start + 10], told))
            )
    return shown


def _line(code: str, why: str) -> audit.Line:
    after = {"lines": [1, 2], "read_as": "PER-09"}
    return audit.Line(Entry(code, "PER-04", RAISED, SHARED, record=FULL.id, why=why, after=after), NORTHMERE)


def everything() -> list[Named]:
    opens = Button("Fill in the form", "redact.decline_form", {"redaction": "red-1"}, True, True)
    form = fields.opener(f"Decline {FULL.number}", "Why not", opens)
    return [*redactions(), *audits(), ("redact.decline_form", form)]
