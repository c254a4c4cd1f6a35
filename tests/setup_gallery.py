"""Cards of setting up and linking, in every state they can have, with everyday words and the worst ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.cards import link, setup, setup_partnership, terms
from bot.governance.calendar import WorkCalendar
from bot.governance.company import PAIRED, Company, Contact, Member, Study
from bot.governance.invitation import Invitation, Kind, State
from bot.governance.partnership import Counterparts, Partnership, Room
from bot.governance.terms import STANDARD_POLICY, Terms
from bot.governance.visibility import Side, Visibility
from bot.handlers import setup_company
from bot.outbox import Letter
from bot.ports import Opening
from bot.views import Button, Card, Form

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TODAY = NOW.date()
MARKUP = "<!channel> <@U09> <at>All</at> &amp; *bold* _it_ `code` [click](https://evil.example) {{DATE(x)}}"
NORTHMERE = Partnership(
    "P-NOR", "ORG-HAL", "ORG-NOR", "Halcyra Therapeutics AG", "Northmere Clinical Ltd", "CAL", "POL"
)
HOSTILE = replace(NORTHMERE, sponsor_name=MARKUP[:75], cro_name=MARKUP[:75])
COMPANY = Company("ORG-HAL", Side.SPONSOR, "Halcyra Therapeutics AG", "Europe/Zurich", "teams", "t")
DAYS = frozenset(date(2026, 11, 16) + timedelta(days=7 * week) for week in range(60))
TERMS = Terms(WorkCalendar("", frozenset({"mon", "fri"}), DAYS, time(17)), STANDARD_POLICY)
OFFER = Invitation(
    *("i" * 32, Kind.PARTNER, NOW, NOW + timedelta(days=7), "ORG-HAL", "PER-03"),
    name="Halcyra Therapeutics AG",
    side=Side.SPONSOR,
    label="Northmere",
    terms=TERMS,
)
CODE = "7K3M-Q0ZD-94TB"
PRIYA = Member(
    *("PER-03", "Priya Raghunathan", "Director, Outsourcing", "", "priya", "p@h.example", "", "PER-02"),
    roles=frozenset({"alliance_manager", "administrator", "joc_co_chair"}),
)
STAFF = (PRIYA, Member("PER-02", "Marcus Adeyemi", zone="Asia/Kathmandu", roles=frozenset({"member"})))
NAMES = {"PER-03": "Priya Raghunathan", "PER-08": "David Okonkwo", "PER-09": MARKUP[:60]}
DOES = Button("Invite a partner", "setup.partner.form", primary=True, opens=True)
SHOWS = Button("Partners", "setup.partner")
ROOM = Room("ROOM-1", "ORG-HAL", "P-NOR", Visibility.SHARED, "")

Named = tuple[str, Card]


def cards() -> list[Named]:
    """All of them."""
    return [*_main(), *_people(), *_partner(), *_partnership(), *_link(), *_forms()]


def _step(missing: str = "", waits: str = "", done: str = "Northmere Clinical Ltd") -> setup.Step:
    return setup.Step("Partners", done, missing, DOES, SHOWS, waits)


def _main() -> list[Named]:
    six = (
        _step(),
        _step("your first partner", done=""),
        *(_step("a line", "a partner has to accept first"),) * 4,
    )
    waiting = (_step("your partner", "Northmere has to accept by Tue 17 Nov 2026, 10:00 CET"), _step())
    return [
        ("setup.card, under way", setup.card(COMPANY.name, six)),
        ("setup.card, waiting", setup.card(COMPANY.name, waiting)),
        ("setup.card, done", setup.card(COMPANY.name, (_step(),) * 6)),
        ("setup.card, worst", setup.card(MARKUP[:100], (_step(MARKUP, done=MARKUP * 3), _step(MARKUP)))),
        ("setup.begun", setup.begun(COMPANY.name)),
        ("setup.begun, worst", setup.begun(MARKUP[:100])),
        ("setup.welcome", setup.welcome(COMPANY.name, "Priya Raghunathan")),
    ]


def _people() -> list[Named]:
    away = {"PER-02": "away until Sat 12 Dec 2026"}
    many = tuple(replace(PRIYA, id=f"PER-{one}", name=f"{one} {MARKUP}"[:100]) for one in range(45))
    return [
        ("setup.people", setup.people(COMPANY, STAFF, away)),
        ("setup.people, alone", setup.people(COMPANY, (PRIYA,), {})),
        ("setup.people, worst", setup.people(COMPANY, many, {}, 1)),
        ("setup.person.saved", setup.told("Priya Raghunathan", "Priya Raghunathan was added.", setup.BACK)),
        ("setup.away.saved", setup.told("Away", f"{MARKUP[:60]} is away.", setup.BACK)),
    ]


def _partner() -> list[Named]:
    zone = "Europe/Zurich"
    worst = replace(OFFER, label=MARKUP[:75], name=MARKUP[:100])
    states = [replace(OFFER, state=state) for state in State if state is not State.OPEN]
    shown = [(f"setup.partner.made, {one.state}", terms.invitation(one, "", TODAY, zone)) for one in states]
    shown += [(f"setup.invited, {one.state}", terms.invited(one, Side.CRO, False, TODAY)) for one in states]
    return [
        *shown,
        ("setup.partner.made", terms.invitation(OFFER, CODE, TODAY, zone)),
        ("setup.partner.made, lost", terms.invitation(worst, "", TODAY, zone)),
        ("setup.invited", terms.invited(OFFER, Side.CRO, True, TODAY)),
        ("setup.invited, late", terms.invited(OFFER, Side.CRO, False, TODAY)),
        ("setup.invited, worst", terms.invited(worst, Side.CRO, True, TODAY)),
        ("setup.partner", terms.partners(((NORTHMERE.cro_name, "partner"),), (), zone)),
        ("setup.partner, none", terms.partners((), (), zone)),
        ("setup.partner, invited", terms.partners((), (OFFER, worst) * 3, zone)),
        ("setup.agreed", terms.agreed(NORTHMERE.cro_name)),
        ("setup.refused", terms.refused("Northmere")),
        ("setup.refused, worst", terms.refused(MARKUP[:75])),
    ]


def _partnership() -> list[Named]:
    rows = tuple(Counterparts(level, "PER-03", "PER-08") for level in PAIRED)
    gaps = (*rows[:2], Counterparts("L3", "", "PER-09"), Counterparts("quality", "PER-03", ""), rows[4])
    line = Contact(
        "P-NOR", "safety", Side.SPONSOR, "Drug safety desk", "", "+41 44 555", "s@h.example", "24x7"
    )
    own = Contact("P-NOR", "quality", Side.CRO, "", "PER-08", "+44 20", "", MARKUP[:100])
    lines = setup_partnership.Lines(NORTHMERE, (line, own), NAMES)
    pairs = setup_partnership.Pairs
    return [
        ("setup.counterparts", setup_partnership.counterparts((pairs(NORTHMERE, rows, NAMES),), Side.CRO)),
        (
            "setup.counterparts, gaps",
            setup_partnership.counterparts((pairs(HOSTILE, gaps, NAMES),) * 8, Side.SPONSOR),
        ),
        ("setup.contacts", setup_partnership.contacts((lines,), Side.SPONSOR)),
        (
            "setup.contacts, worst",
            setup_partnership.contacts((replace(lines, partnership=HOSTILE),) * 4, Side.CRO),
        ),
        ("setup.studies, none", setup_partnership.studies((), {})),
        (
            "setup.studies",
            setup_partnership.studies((Study("HAL-301", ("P-NOR", "P-X")),), {"P-NOR": MARKUP[:75]}),
        ),
    ]


def _link() -> list[Named]:
    offer = replace(OFFER, kind=Kind.ROOM, terms=None, partnership="P-NOR")
    zone, rows = "Europe/Zurich", ((ROOM, NORTHMERE), (replace(ROOM, name=MARKUP[:100]), HOSTILE))
    internal = Visibility.SPONSOR_INTERNAL
    return [
        ("link.code", link.code(offer, CODE, NORTHMERE.cro_name, zone)),
        ("link.code, lost", link.code(offer, "", MARKUP[:75], zone)),
        ("link.code, used", link.code(replace(offer, state=State.ACCEPTED), "", "Northmere", zone)),
        ("link.code, withdrawn", link.code(replace(offer, state=State.WITHDRAWN), "", "Northmere", zone)),
        ("link.done", link.done(ROOM, NORTHMERE)),
        ("link.done, internal", link.done(replace(ROOM, name=MARKUP[:100], visibility=internal), HOSTILE)),
        ("link.told", link.told(NORTHMERE, Visibility.SHARED)),
        ("link.told, internal", link.told(HOSTILE, internal)),
        ("link.ended", link.ENDED),
        ("link.off", link.OFF),
        ("setup.rooms", link.rooms(rows, (NORTHMERE.cro_name,))),
        ("setup.rooms, none", link.rooms((), ())),
    ]


def company_form(**facts: str) -> Form:
    """The one form that knows nothing but what its reader told."""
    letter = Letter(setup_company.FORM, "i" * 32, facts)
    return setup_company.form(Opening(None, None, letter, NOW))[0]  # type: ignore[arg-type]  # it asks no archive


FORMS = (
    ("setup.company", company_form()),
    ("setup.company, invited", company_form(fixed="cro", name="Zoë Núñez", zone="Europe/Madrid")),
    (
        "setup.company, worst",
        company_form(company=MARKUP, name=MARKUP, zone=MARKUP, email=MARKUP, sent="yes"),
    ),
)
OPENED = (
    *("setup.person.pick", "setup.person", "setup.role", "setup.leave", "setup.away", "setup.partner.form"),
    *("setup.counterparts.form", "setup.contacts.form", "setup.studies.form", "link.form"),
)


def _forms() -> list[Named]:
    """What is shown where a form cannot be."""
    shown = [(name, form.instead) for name, form in FORMS]
    opener = Button("Fill in the form", "setup", {"person": "PER-03"}, primary=True, opens=True)
    words = "Say whom, and on which calendar and escalation policy."
    return [*shown, *((name, setup_company.fields.opener("Fill it in", words, opener)) for name in OPENED)]
