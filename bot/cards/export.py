"""Taking away in words: what is in it, the link, and whether a browser is somebody's own."""

from collections import Counter
from dataclasses import dataclass

from bot.cards import export_facts
from bot.cards.setting import short
from bot.dossier import Dossier
from bot.governance.export import ExportLink, Format, State
from bot.governance.partnership import Partnership
from bot.views import Block, Button, Buttons, Card, Facts, Link, Notice, Text, Tone

MAKE, YES, NO, ASK = "export.make", "export.yes", "export.no", "export"
ROW = 5  # buttons
TITLE = 100  # characters of what it is about
NO_ADDRESS = Notice(
    "Files cannot be fetched yet: Parley has no public address. Ask whoever runs it to set PARLEY_URL.",
    Tone.WARNING,
)
TERMS = (
    "Each button makes a link for you alone. It works once, for 15 minutes. That you took it away is"
    " recorded, and whoever may read what was found can see it."
)
SAID = {
    State.GRANTED: "You said that it is yours. The file goes to the browser that shows {code}.",
    State.TAKEN: "The file was fetched by the browser that showed {code}, which you said is yours.",
    State.REFUSED: "You said that it is not yours, so nobody gets the file. Ask for a new one with “export”.",
}


@dataclass(frozen=True, slots=True)
class Way:
    """What the buttons of an export carry, whether files can be fetched, and who took it away before."""

    fields: dict[str, str]
    open: bool
    before: tuple[str, ...] = ()


def summary(dossier: Dossier, way: Way) -> Card:
    """What one would take away, and as what."""
    blocks: list[Block] = [Facts(_facts(dossier))]
    if dossier.broken:
        warning = "The record does not hold, and the file says so. Show this to whoever runs Parley."
        blocks.insert(0, Notice(f"{dossier.broken} {warning}", Tone.ALARM))
    if way.before:
        blocks.append(Facts((("Taken away before", "\n".join(way.before)),)))
    formats = (Button(one.words, MAKE, {**way.fields, "format": one.value}) for one in Format)
    blocks += (Buttons(tuple(formats)), Text(TERMS, quiet=True)) if way.open else (NO_ADDRESS,)
    return Card(f"To take away: {short(dossier.about, TITLE)}", tuple(blocks))


def _facts(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    lines = sum(link.payload is not None for link in dossier.links)
    kinds = Counter(export_facts.kind_words(item.record) for item in dossier.items)
    held = ", ".join(_count(many, kind) for kind, many in kinds.items())
    within = f"{held}, {_count(lines, 'line')} of the record"
    chains = len({link.chain for link in dossier.links})
    proof = f"Every line of {_count(chains, 'chain')} follows from the one before it"
    return (
        ("In it", within),
        ("Seen as", f"{dossier.reader.name} ({dossier.company}) may see it"),
        ("The record", "Does not hold" if dossier.broken else proof),
    )


def _count(many: int, what: str) -> str:
    return f"{many:,} {what}{'' if many == 1 else 's'}"


def which(partners: tuple[tuple[Partnership, str], ...]) -> Card:
    """Several partnerships: the name of each partner asks for that one."""
    buttons = tuple(Button(name[:75], ASK, {"partnership": home.id}) for home, name in partners)
    rows = (Buttons(buttons[start : start + ROW]) for start in range(0, len(buttons), ROW))
    example = Text("Or say what: export HAL-301 enrolment", quiet=True)
    return Card("Which partnership do you want to take away?", (*rows, example))


def made(link: ExportLink, about: str, url: str) -> Card:
    """Where to fetch it."""
    fetch = f"Fetch the {link.format.words}"
    blocks = (
        # Where Parley is only tried out its address is no https, and is shown to be copied.
        Link(fetch, url) if url.startswith("https:") else Text(f"{fetch}: {url}"),
        Text("Open it in your browser. It shows a code, and Parley asks you in chat whether it is yours."),
        Text("It works once, for 15 minutes, and for nobody but you.", quiet=True),
    )
    return Card(_title(link, about), blocks if url else (NO_ADDRESS,))


def _title(link: ExportLink, about: str) -> str:
    return f"{link.format.words} of {short(about, TITLE)}"


def asked(link: ExportLink, about: str) -> Card:
    """Whether the browser that opened it is theirs, and what became of that."""
    title = _title(link, about)
    if link.state is not State.ASKED:
        words = SAID.get(link.state, "").format(code=link.code)
        return Card(title, (Text(words),), words)
    words = f"A browser asks for this file and shows the code {link.code}. Is that your browser?"
    fields = {"link": link.id, "code": link.code}
    answers = Buttons((Button("Yes, that is mine", YES, fields, primary=True), Button("No", NO, fields)))
    other = Text("Say no if your browser shows no code, or another one.", quiet=True)
    return Card(title, (Text(words), answers, other), words)
