"""Setting a company up, in words: how far it is, what comes next, and who is in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.governance.company import Company, Member
from bot.views import Block, Button, Buttons, Card, Notice, Table, Text, Tone

BACK = Button("Back to setting up", "setup")
ADD = Button("Add somebody", "setup.person.pick", primary=True, opens=True)
PAGE = 20  # people on one card


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is there, what is missing, the button that does it and the one that shows it.

    `waits` says why it cannot be done yet, though something is missing.
    """

    title: str
    done: str
    missing: str
    does: Button
    shows: Button
    waits: str = ""


def card(company: str, steps: tuple[Step, ...]) -> Card:
    """How far a company is, and one clear next step."""
    rows = tuple(
        (step.title, step.done or "nothing yet", step.waits or step.missing or "–") for step in steps
    )
    following = next((step for step in steps if step.missing and not step.waits), None)
    title = f"Setting up {company}"
    blocks: list[Block] = [_where(steps, following), Table(("Step", "There is", "Missing"), rows)]
    others = tuple(step.shows for step in steps if step is not following)
    if following:
        blocks.append(Buttons((following.does,)))
    blocks += rows_of(others)
    return Card(title, tuple(blocks), f"{title}: {_line(steps, following)}")


def _where(steps: tuple[Step, ...], following: Step | None) -> Notice:
    done = following is None and not any(step.missing for step in steps)
    return Notice(_line(steps, following), Tone.GOOD if done else Tone.PLAIN)


def _line(steps: tuple[Step, ...], following: Step | None) -> str:
    if following:
        return f"Next: {following.title[0].lower()}{following.title[1:]}. Missing: {following.missing}."
    waits = next((step.waits for step in steps if step.waits and step.missing), "")
    return f"Nothing to do now: {waits}." if waits else "Everything is set up."


def rows_of(buttons: tuple[Button, ...]) -> Iterable[Buttons]:
    """As many rows as it takes."""
    return (Buttons(buttons[start : start + 5]) for start in range(0, len(buttons), 5))


def role_words(role: str) -> str:
    """ "Alliance manager"."""
    words = role.replace("_", " ").replace("joc co chair", "JOC co-chair")
    return words[:1].upper() + words[1:]


def roles_of(member: Member) -> str:
    """All of somebody's, the administrator's last."""
    ordered = sorted(member.roles, key=lambda role: (role == "administrator", role))
    return ", ".join(role_words(role) for role in ordered)


def people(company: Company, staff: tuple[Member, ...], away: dict[str, str], page: int = 0) -> Card:
    """Everybody in a company; `away` by person, in words."""
    names = {one.id: one.name for one in staff}
    shown = staff[page * PAGE : (page + 1) * PAGE]
    rows = tuple(
        (
            one.name + "".join(f" ({said})" for said in (one.blinding.value, away.get(one.id)) if said),
            one.title or "–",
            roles_of(one),
            names.get(one.backup, "nobody"),
            one.zone or company.zone,
        )
        for one in shown
    )
    title = f"{company.name}: {'1 person' if len(staff) == 1 else f'{len(staff)} people'}"
    blocks: list[Block] = [Table(("Name", "Title", "Roles", "Back-up", "Zone"), rows)]
    change = Button("Change somebody", "setup.role", opens=True)
    leave = Button("Somebody leaves", "setup.leave", opens=True)
    buttons = [ADD, change, leave, BACK]
    if len(staff) > (page + 1) * PAGE:
        buttons.append(Button("Next page", "setup.people", {"page": str(page + 1)}))
    blocks.append(Buttons(tuple(buttons)))
    return Card(title, tuple(blocks))


def told(title: str, words: str, *buttons: Button) -> Card:
    """What was saved, in one line."""
    return Card(title, (Notice(words, Tone.GOOD), Buttons(buttons)), words)


def begun(company: str) -> Card:
    """For the first administrator: who they are now."""
    words = f"You administer {company} in Parley. What comes next is in your direct messages; or say “setup”."
    return Card(f"{company} is in Parley", (Notice(words, Tone.GOOD),), words)


def welcome(company: str, by: str) -> Card:
    """For somebody who was added by their administrator."""
    words = f"{by} has added you to Parley for {company}. Say “help” to see what it can do."
    return Card("You are in", (Text(words),), words)
